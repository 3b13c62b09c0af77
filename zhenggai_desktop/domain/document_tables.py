"""The tables of a document template: rows of the ledger, of its figures and registers, as cells of a block."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from zhenggai_desktop import texts
from zhenggai_desktop.domain.blocks import Anchor, Cell, Table
from zhenggai_desktop.domain.chasing import URGENCY_NAMES, reminders
from zhenggai_desktop.domain.document_template import BlockSpec, ColumnSpec
from zhenggai_desktop.domain.document_values import Values
from zhenggai_desktop.domain.exact_numbers import exact
from zhenggai_desktop.domain.figures import Figure, figures, percentage
from zhenggai_desktop.domain.frame import GAP
from zhenggai_desktop.domain.layout import text_width
from zhenggai_desktop.domain.ledger_table import Row, ledger_table
from zhenggai_desktop.domain.ledger_template import Lines, Template, TemplateColumn
from zhenggai_desktop.domain.money import USUAL, YUAN, converted
from zhenggai_desktop.domain.office_rules import office_rules
from zhenggai_desktop.domain.outline import Outline
from zhenggai_desktop.domain.progress import Overview, Progress
from zhenggai_desktop.domain.records import (
    Draft,
    Issue,
    Measure,
    ReviewOpinion,
    Section,
    Snapshot,
    Status,
    WithheldGround,
)

Record = Mapping[str, str]
_LEDGER_LINES = {"issues": Lines.ISSUES, "measures": Lines.MEASURES, "departments": Lines.DEPARTMENTS}
COUNTING = ("sections_progress", "departments_progress", "outcomes")
"""Tables of numbers, which tell no words of an issue."""
_SUBMITTED = ("public_review", "internal_review")
_WIDEST, _NARROWEST = 26.0, 2.2  # characters that count when a column gets its share by content
_NOTHING: Record = {}
_ADOPTED = {True: "采纳", False: "未采纳", None: ""}


def table_of(spec: BlockSpec, snapshot: Snapshot, values: Values, today: dt.date) -> Table:
    """The table that a template's entry of kind ``table`` asks for; at least ``spec.least`` rows below its head."""
    if spec.of in _LEDGER_LINES:
        return _ledger(spec, snapshot)
    if spec.of in _PROGRESS:
        return _table(spec, list(_progress(_PROGRESS[spec.of](Overview(snapshot, today)), total=spec.total)))
    return _table(spec, list(_SOURCES[spec.of](spec, snapshot, values, today)))


def form_of(spec: BlockSpec, values: Values) -> Table:
    """The form that a template's entry writes out cell by cell, its placeholders filled."""
    columns = len(spec.widths) or max(sum(cell.columns for cell in row) for row in spec.rows)
    rows: list[tuple[Cell | None, ...]] = []
    covered: dict[int, int] = {}  # column → rows that a cell above still covers
    for row in spec.rows:
        cells: list[Cell | None] = [None] * columns
        waiting = iter(row)
        at = 0
        while at < columns:
            if covered.get(at, 0):
                covered[at] -= 1
                at += 1
                continue
            cell = next(waiting, None)
            if cell is None:
                break
            span = min(cell.columns, columns - at)
            cells[at] = Cell(values.fill(cell.text), cell.rows, span, cell.head, cell.centred)
            covered |= {column: cell.rows - 1 for column in range(at, at + span) if cell.rows > 1}
            at += span
        rows.append(tuple(cells))
    widths = spec.widths or (1.0,) * columns
    return Table(widths, tuple(rows), 0, spec.heights, spec.roomy)


# --- tables of records


def _table(spec: BlockSpec, records: Sequence[Record]) -> Table:
    """One record a row, or ``across`` of them side by side."""
    columns = spec.columns * spec.across
    head = tuple(Cell(column.caption, head=True) for column in columns)
    rows: list[tuple[Cell | None, ...]] = []
    count = max(spec.least, -(-len(records) // spec.across))
    for first in range(0, count * spec.across, spec.across):
        beside: list[Record] = [
            records[at] if at < len(records) else _NOTHING for at in range(first, first + spec.across)
        ]
        rows.append(tuple(_record_cell(record, column) for record in beside for column in spec.columns))
    heights = (0.0, *((spec.heights * count)[:count] if len(spec.heights) == 1 else spec.heights))
    return Table(_widths(columns, rows), (head, *rows), 1, heights, spec.roomy)


_FIELDS: Mapping[str, str] = {
    "section": "title",
    "issue": "title",
    "manifestation": "title",
    "goal": "goal",
    "content": "content",
    "progress": "progress",
    "lead_department": "lead_department",
    "owner": "owner",
    "note": "note",
}
"""Columns of the ledger whose cells may be a record's field, word for word."""


class _Sources:
    """Which field of which record a cell of the ledger is."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._outline = Outline(snapshot)
        self._issues = {issue.id: issue for issue in snapshot.issues}
        self._measures = {measure.id: measure for measure in snapshot.measures}

    def marked(self, cell: Cell, key: str, row: Row) -> Cell:
        """The cell with its record and field, where it says no more and no less than that."""
        field = _FIELDS.get(key, "")
        if not cell.text or not field:
            return cell
        for record in self._near(row):
            if getattr(record, field, "") == cell.text:
                return replace(cell, anchor=Anchor(type(record).__name__.lower(), record.uid), field=field)
        return cell

    def _near(self, row: Row) -> Iterator[Measure | Issue | Section]:
        """The row's measure, its issue, those above it, its section."""
        measure = self._measures.get(row.measure_id or 0)
        if measure is not None:
            yield measure
        issue = self._issues.get(row.issue_id)
        section = self._outline.section_of(issue) if issue else None
        while issue is not None:
            yield issue
            issue = self._outline.parent(issue)
        if section is not None:
            yield section


def _ledger(spec: BlockSpec, snapshot: Snapshot) -> Table:
    columns = tuple(TemplateColumn(column.key, column.caption) for column in spec.columns)
    template = Template("", "", _LEDGER_LINES[spec.of], columns, gathered=True)
    found = ledger_table(snapshot, template=template)
    sources = _Sources(snapshot)
    rows: list[list[Cell | None]] = [
        [
            sources.marked(Cell(_ledger_text(column.key, value), centred=column.centred), column.key, row)
            for value, column in zip(row.cells, spec.columns, strict=True)
        ]
        for row in found.rows
    ]
    for merge in found.merges:
        cell = rows[merge.first][merge.column]
        if cell is not None:
            rows[merge.first][merge.column] = replace(cell, rows=merge.last - merge.first + 1)
        for row in range(merge.first + 1, merge.last + 1):
            rows[row][merge.column] = None
    blank: list[Cell | None] = [Cell("")] * len(spec.columns)
    rows += [blank] * max(spec.least - len(rows), 0)
    head = tuple(Cell(column.caption, head=True) for column in spec.columns)
    done = [tuple(row) for row in rows]
    return Table(_widths(spec.columns, done), (head, *done), 1, (), spec.roomy)


def _widths(columns: Sequence[ColumnSpec], rows: Sequence[Sequence[Cell | None]]) -> tuple[float, ...]:
    """The shares that the template states; for a column without one, what its words ask for."""
    return tuple(
        column.width
        or max(
            text_width(column.caption) + 1,
            min(_WIDEST, _NARROWEST + _mean([text_width(cell.text) for row in rows if (cell := row[at])]) ** 0.8),
        )
        for at, column in enumerate(columns)
    )


def _mean(lengths: Sequence[float]) -> float:
    return sum(lengths) / len(lengths) if lengths else 0.0


def _record_cell(record: Record, column: ColumnSpec) -> Cell:
    """A cell of a register; ``field:…`` of its record names the field that the words are."""
    text, field = record.get(column.key, ""), record.get(f"field:{column.key}", "")
    anchor = Anchor(record["kind"], record["uid"]) if text and field else None
    return Cell(text, centred=column.centred, anchor=anchor, field=field if anchor else "")


def _ledger_text(key: str, value: object) -> str:
    """Names of people stand below each other: in a narrow column a line's end would tear them."""
    return _text(value).replace(texts.LIST_SEPARATOR, "\n") if key == "leaders" else _text(value)


def _text(value: object) -> str:
    return texts.date_text(value) if isinstance(value, dt.date) else "" if value is None else str(value)


# --- where records come from


def _progress(groups: Sequence[Progress], *, total: bool) -> Iterator[Record]:
    """A record for each group; with ``total`` the sum behind those that are in it, an item of two groups once."""
    if total:
        counted, beyond = ([group for group in groups if group.beyond is which] for which in (False, True))
        items = {item.id: item for group in counted for item in group.items}
        groups = [*counted, *([Progress("合　计", tuple(items.values()))] if items else []), *beyond]
    for group in groups:
        counts = {status.value: str(len(group.ids_of(status))) for status in Status}
        done = len(group.ids_of(Status.DONE))
        rate = f"{exact(percentage(done, group.total))}%" if group.total else ""
        record = {
            "name": group.caption,
            "total": str(group.total),
            "late": str(len(group.late_ids)),
            "rate": rate,
        }
        yield record | counts | ({"beyond": "yes", "note": "不计入合计"} if group.beyond else {})


_PROGRESS: Mapping[str, Callable[[Overview], Sequence[Progress]]] = {
    "sections_progress": lambda overview: overview.by_section,
    "departments_progress": lambda overview: overview.by_department,
}


_UNFILLED = re.compile(r"（另有\d+条未填数量）$")


def _outcomes(_spec: BlockSpec, snapshot: Snapshot, _values: Values, _today: dt.date) -> Iterator[Record]:
    """Sums; one of which some numbers are not known says so, and one without any is left to be filled in. Money of one
    kind is added up in 万元 where it is kept in several units, as in the sentences of the notice."""
    found = [figure for figure in figures(snapshot) if figure.key.startswith("outcome:")]
    money: dict[str, list[Figure]] = {}
    for figure in found:
        if figure.unit in YUAN:
            money.setdefault(figure.caption, []).append(figure)
    for figure in found:
        group = money.get(figure.caption, []) if figure.unit in YUAN else []
        if figure in group[1:]:
            continue  # it is in the sum of the first
        unfilled = "".join(words[0] for one in (group or [figure]) if (words := _UNFILLED.search(one.formula)))
        total = sum((converted(one.value, one.unit) for one in group), Decimal(0))
        text = f"{exact(total)}{USUAL}" if group[1:] else figure.text
        empty = unfilled and not any(one.value for one in (group or [figure]))
        yield {"kind": figure.caption, "number": GAP if empty else text + unfilled}


def _withheld(_spec: BlockSpec, snapshot: Snapshot, _values: Values, _today: dt.date) -> Iterator[Record]:
    """Issues that are not to be published, with the words that stand for them where some are proposed.

    What lies below one goes with it, and is listed in its cell unless it is held back by itself.
    """
    outline = Outline(snapshot)
    held = [issue for issue in outline.walk() if issue.withheld is not WithheldGround.NONE]
    for number, issue in enumerate(held, 1):
        section = outline.section_of(issue)
        below = [part.title for part in outline.walk_below(issue) if part is not issue and part not in held]
        listed = [f"（{at}）{title}" for at, title in enumerate(below, 1)]
        more = [*filter(None, (issue.original_text, *listed))]
        yield {
            "number": str(number),
            "section": section.title if section else "",
            "issue": "\n".join(filter(None, (issue.title, *more))),
            "wording": issue.withheld_wording or "不公开，公开稿中只写明项数",
            "ground": texts.WITHHELD_NAMES[issue.withheld],
            "approval": issue.withheld_approval,
            "note": issue.note,
            "kind": "issue",
            "uid": issue.uid,
            "field:issue": "" if more else "title",
            "field:wording": "withheld_wording" if issue.withheld_wording else "",
            "field:approval": "withheld_approval",
            "field:note": "note",
        }


def submitted_drafts(snapshot: Snapshot) -> tuple[Draft, ...]:
    """The drafts that went out for approval, oldest first."""
    return tuple(draft for draft in snapshot.drafts if draft.edition in _SUBMITTED)


def _versions(_spec: BlockSpec, snapshot: Snapshot, _values: Values, _today: dt.date) -> Iterator[Record]:
    opinions = {draft.id: [o for o in snapshot.review_opinions if o.draft_id == draft.id] for draft in snapshot.drafts}
    for number, draft in enumerate(submitted_drafts(snapshot), 1):
        adopted = sum(opinion.adopted is True for opinion in opinions[draft.id])
        said = f"收到意见{len(opinions[draft.id])}条，采纳{adopted}条" if opinions[draft.id] else ""
        exported = draft.exported_at.astimezone().date() if draft.exported_at else None
        yield {
            "number": str(number),
            "version": draft.version,
            "exported_on": texts.date_text(exported),
            "file_name": draft.file_name,
            "note": said,
        }


def _opinions(spec: BlockSpec, snapshot: Snapshot, values: Values, _today: dt.date) -> Iterator[Record]:
    """What each body said of the drafts; a body that has said nothing has a row to write in."""
    drafts = {draft.id: draft for draft in snapshot.drafts}
    left = list(snapshot.review_opinions)
    for name in spec.bodies:
        body = values.fill(name)
        own = [opinion for opinion in left if opinion.body == body]
        left = [opinion for opinion in left if opinion.body != body]
        yield from (_opinion(opinion, drafts) for opinion in own)
        if not own:
            yield {"body": body}
    yield from (_opinion(opinion, drafts) for opinion in left)


def _opinion(opinion: ReviewOpinion, drafts: Mapping[int, Draft]) -> Record:
    draft = drafts.get(opinion.draft_id)
    version = f"（{draft.version}）" if draft and draft.version else ""
    return {
        "body": opinion.body,
        "text": opinion.text + version,
        "adopted": _ADOPTED[opinion.adopted],
        "given_on": texts.date_text(opinion.given_on),
    }


def _comments(_spec: BlockSpec, snapshot: Snapshot, _values: Values, _today: dt.date) -> Iterator[Record]:
    for number, comment in enumerate(snapshot.public_comments, 1):
        yield {
            "number": str(number),
            "received_on": texts.date_text(comment.received_on),
            "text": comment.text,
            "answered_by": comment.answered_by,
            "answered_on": texts.date_text(comment.answered_on),
            "answer": comment.answer or "正在办理",
            "kind": "publiccomment",
            "uid": comment.uid,
            "field:text": "text",
            "field:answered_by": "answered_by",
            "field:answer": "answer" if comment.answer else "",
        }


def _milestones(_spec: BlockSpec, snapshot: Snapshot, _values: Values, _today: dt.date) -> Iterator[Record]:
    for number, milestone in enumerate(snapshot.milestones, 1):
        yield {
            "number": str(number),
            "kind": milestone.kind,
            "title": milestone.title,
            "due_on": texts.date_text(milestone.due_on),
            "done_on": texts.date_text(milestone.done_on),
            "place": milestone.place,
            "minutes_number": milestone.minutes_number,
        }


def _reminders(_spec: BlockSpec, snapshot: Snapshot, values: Values, today: dt.date) -> Iterator[Record]:
    """What is to be chased with ``{对象}`` (a department or a leader; everybody where it is empty), of the kinds that
    ``{催办类别}`` names (late, pressing …; all where it is empty) and the uids in ``{催办编号}`` (likewise; a
    number may be that of two)."""
    recipient, kinds, uids = values.known("对象"), values.known("催办类别").split(), values.known("催办编号").split()
    for one in reminders(Overview(snapshot, today), office_rules(snapshot.facts)):
        duties = one.duties
        if uids and one.uid not in uids:
            continue
        if recipient in ("", *one.departments, *duties.leaders) and (not kinds or one.reason.value in kinds):
            yield {
                "number": one.number,
                "title": one.title,
                "department": duties.lead_department,
                "leaders": texts.list_text(duties.leaders),
                "owner": duties.owner,
                "deadline": duties.deadline_words,
                "words": one.words,
                "colour": URGENCY_NAMES[one.urgency],
            }


_SOURCES: Mapping[str, Callable[[BlockSpec, Snapshot, Values, dt.date], Iterator[Record]]] = {
    "outcomes": _outcomes,
    "withheld": _withheld,
    "versions": _versions,
    "opinions": _opinions,
    "comments": _comments,
    "reminders": _reminders,
    "milestones": _milestones,
}
