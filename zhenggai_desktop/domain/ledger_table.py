"""The ledger as a table (domain.md §5): one row per measure, or per issue that has none, and what is merged.

Columns are data. Cells of the issue's own words are merged over its rows; who answers for a measure and until when is
written in every row, also where it is inherited, so that a filter on a department finds every row.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from zhenggai_desktop import texts
from zhenggai_desktop.domain.exact_numbers import exact
from zhenggai_desktop.domain.ledger_lines import Line, Sheet, lines_of
from zhenggai_desktop.domain.ledger_template import WHOLE, Lines, Template
from zhenggai_desktop.domain.newly_said import is_told
from zhenggai_desktop.domain.records import (
    Issue,
    LogEntry,
    Outcome,
    Snapshot,
    WithheldGround,
)

Value = str | int | dt.date | None


@dataclass(frozen=True, slots=True)
class Merge:
    """Rows ``first`` to ``last`` (from 0, both included, at least two) of one column are one cell; its value
    stands in the first."""

    column: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table; ``measure_id`` is None where the issue has no measure. Text keeps its line breaks."""

    issue_id: int
    measure_id: int | None
    cells: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class LedgerTable:
    title: str
    keys: tuple[str, ...]  # one for each caption
    captions: tuple[str, ...]
    rows: tuple[Row, ...]
    merges: tuple[Merge, ...]
    widths: tuple[int, ...] = ()  # characters for each column, 0 by content; () for no wish at all


def ledger_table(snapshot: Snapshot, *, run_through: bool = False, template: Template = WHOLE) -> LedgerTable:
    """The ledger in the columns of ``template``; ``run_through`` numbers issues through all sections (see
    ``Outline.number``)."""
    sheet = Sheet(snapshot, run_through=run_through, gathered=template.gathered)
    lines = lines_of(template, sheet)
    columns = [_COLUMNS[choice.key] for choice in template.columns]
    rows = [
        Row(
            line.issue.id,
            line.measure.id if line.measure else None,
            tuple(column.cell(sheet, line) for column in columns),
        )
        for line in lines
    ]
    facts = snapshot.facts
    name = facts.organisation_short or facts.organisation
    title = f"{name}{texts.INSPECTION_NAMES[facts.kind]}反馈问题{template.title}".replace("问题问题", "问题")
    keys = tuple(choice.key for choice in template.columns)
    captions = tuple(choice.caption for choice in template.columns)
    widths = tuple(choice.width for choice in template.columns)
    merges = _merges(columns, lines, by_department=template.lines is Lines.DEPARTMENTS)
    return LedgerTable(title, keys, captions, tuple(rows), tuple(merges), widths if any(widths) else ())


# --- cells


def _joined(parts: Iterable[str], by: str = "\n") -> str:
    return by.join(part for part in parts if part)


def _listed(items: Sequence[str]) -> str:
    """One item as it is, several numbered, each on its line; "" for none."""
    return items[0] if len(items) == 1 else "\n".join(f"{at}.{item}" for at, item in enumerate(items, 1))


def _number(sheet: Sheet, line: Line) -> Value:
    number = sheet.numbers[line.issue.id]
    return int(number) if number.isdecimal() else number


def _section(_sheet: Sheet, line: Line) -> Value:
    return line.section.title if line.section else ""


def _issue(sheet: Sheet, line: Line) -> Value:
    """The top issue. The feedback's words below the title stand under 具体表现, unless sub-issues stand there."""
    top = line.path[0]
    return top.title if sheet.outline.is_leaf(top) else _joined((top.title, top.original_text))


def _manifestation(sheet: Sheet, line: Line) -> Value:
    gathered = _listed([_joined((part.title, part.original_text)) for part in sheet.gathered.get(line.issue.id, ())])
    if len(line.path) == 1:
        return line.issue.original_text if sheet.outline.is_leaf(line.issue) else gathered
    return _joined((*(words for issue in line.path[1:] for words in (issue.title, issue.original_text)), gathered))


def _recommendations(_sheet: Sheet, line: Line) -> Value:
    return _listed(_nearest(line, "recommendations").recommendations)


def _goal(_sheet: Sheet, line: Line) -> Value:
    return _nearest(line, "goal").goal


def _nearest(line: Line, field: str) -> Issue:
    """The issue, going up, that fills a field; the issue itself where none does."""
    return next((issue for issue in reversed(line.path) if getattr(issue, field)), line.issue)


def _content(sheet: Sheet, line: Line) -> Value:
    measure = line.measure
    if measure is None:
        return ""
    if line.linked:
        return f"同{sheet.numbers[measure.issue_id]}：{measure.content or measure.progress}"
    return measure.content


def _progress(sheet: Sheet, line: Line) -> Value:
    """What the notice says, then the dated entries that it does not tell, a line each. What stands before the first
    measure stays before it."""
    issue, measure = line.issue, line.measure
    parts = [issue.answer_introduction, *_entries(sheet.log.get((issue.id, None), ()))] if line.first else []
    if measure is None:
        parts.insert(0, issue.public_text)
    elif not line.linked:
        logged = sheet.log.get((None, measure.id), ())
        parts += [measure.progress, *_entries(one for one in logged if not is_told(one.text, measure.progress))]
    return _joined(parts)


def _entries(entries: Iterable[LogEntry]) -> Iterator[str]:
    for entry in entries:
        yield _joined((texts.date_text(entry.entered_on), entry.text), "：") + (
            f"（{entry.reporter}）" if entry.reporter else ""
        )


def _deadline(_sheet: Sheet, line: Line) -> Value:
    return line.duties.deadline_words


def _status(sheet: Sheet, line: Line) -> Value:
    flow = sheet.workflow
    return texts.status_text(flow.measure_status(line.measure) if line.measure else flow.status(line.issue))


def _completed_on(_sheet: Sheet, line: Line) -> Value:
    return (line.measure.completed_on if line.measure else None) or line.issue.completed_on


def _outcomes(sheet: Sheet, line: Line) -> Value:
    return _joined(_outcome(outcome) for outcome in sheet.outcomes.get(line.issue.id, ()))


def _outcome(outcome: Outcome) -> str:
    """“制度新建2项：《会议制度》（某发〔2025〕3号）”."""
    count = f"{exact(outcome.number)}{outcome.unit}" if outcome.number is not None else ""
    number = f"（{outcome.document_number}）" if outcome.document_number else ""
    return _joined((f"{outcome.kind}{count}", f"{outcome.title}{number}"), "：") or outcome.source_text


def _evidence(sheet: Sheet, line: Line) -> Value:
    return _joined(evidence.title or evidence.file_name for evidence in sheet.evidence.get(line.issue.id, ()))


def _closing(sheet: Sheet, line: Line) -> Value:
    """已销号 with the date of the last step, or how far the chain has come; "" where it has not begun."""
    steps = sheet.steps.get(line.issue.id, ())
    date = texts.date_text(steps[-1].taken_on) if steps else ""
    if line.issue.closed:
        return _joined(("已销号", date))
    return _joined((_joined((steps[-1].step, steps[-1].result), "："), date)) if steps else ""


def _note(_sheet: Sheet, line: Line) -> Value:
    """The measure's note; in the issue's first row also what holds for the issue and has no column of its own."""
    issue = line.issue
    own = [line.measure.note] if line.measure and not line.linked else []
    if not line.first:
        return _joined(own)
    withheld = issue.withheld is not WithheldGround.NONE
    return _joined((
        "重点" if issue.emphasis else "",
        f"拟不公开（{texts.WITHHELD_NAMES[issue.withheld]}）" if withheld else "",
        f"涉及单位：{texts.list_text(issue.units)}" if issue.units else "",
        f"答复单位：{issue.answered_by}" if issue.answered_by else "",
        issue.note,
        *own,
    ))  # fmt: skip


# --- columns and what is merged in them


def _in_every_row(_line: Line) -> object:
    return None


@dataclass(frozen=True, slots=True)
class _Column:
    """``belongs_to`` names the record that a cell speaks of: neighbours that speak of the same one are merged."""

    key: str
    cell: Callable[[Sheet, Line], Value]
    belongs_to: Callable[[Line], object] = _in_every_row


def _own_issue(line: Line) -> object:
    return line.issue.id


_COLUMNS: dict[str, _Column] = {column.key: column for column in (
    _Column("number", _number, _own_issue),
    _Column("section", _section, lambda line: ("section", line.section.id) if line.section else None),
    _Column("issue", _issue, lambda line: line.path[0].id),
    _Column("manifestation", _manifestation, _own_issue),
    _Column("recommendations", _recommendations, lambda line: _nearest(line, "recommendations").id),
    _Column("goal", _goal, lambda line: _nearest(line, "goal").id),
    _Column("content", _content),
    _Column("leaders", lambda _sheet, line: texts.list_text(line.duties.leaders)),
    _Column("lead_department", lambda _sheet, line: line.duties.lead_department),
    _Column("supporting_departments", lambda _sheet, line: texts.list_text(line.duties.supporting_departments)),
    _Column("owner", lambda _sheet, line: line.duties.owner),
    _Column("track", lambda _sheet, line: texts.track_text(line.duties.track, standing=line.duties.standing)),
    _Column("deadline", _deadline),
    _Column("progress", _progress),
    _Column("status", _status),
    _Column("completed_on", _completed_on),
    _Column("outcomes", _outcomes, _own_issue),
    _Column("evidence", _evidence, _own_issue),
    _Column("closing", _closing, _own_issue),
    _Column("note", _note),
)}  # fmt: skip


def _merges(columns: Sequence[_Column], lines: Sequence[Line], *, by_department: bool) -> Iterator[Merge]:
    """Neighbours of one owner in each column; in a list by departments those of one department only."""
    for at, column in enumerate(columns):
        owner = column.belongs_to
        if by_department and column.key == "lead_department":
            owner = _department
        if owner is not _in_every_row:
            found = [owner(line) for line in lines]
            if by_department:
                found = [who and (who, _department(line)) for who, line in zip(found, lines, strict=True)]
            yield from _runs(at, found)


def _department(line: Line) -> object:
    return line.duties.lead_department or None


def _runs(column: int, owners: Sequence[object]) -> Iterator[Merge]:
    """Runs of at least two neighbours with one owner; None is nobody's."""
    first = 0
    for at in range(1, len(owners) + 1):
        if at < len(owners) and owners[at] is not None and owners[at] == owners[first]:
            continue
        if at - first > 1:
            yield Merge(column, first, at - 1)
        first = at
