"""What somebody wrote into the printed sheet of the ledger, as changes of the records that its rows speak of.

The workbook carries the records as they were when it was written: so it is known what every cell held, and a cell that
holds something else now was edited. Rows that were added, taken out or sorted cannot be told apart so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from zhenggai_desktop.domain.blocks import SourceCell
from zhenggai_desktop.domain.cell_items import (
    as_one,
    paragraphs_of,
    read_day,
    read_offices,
    read_people,
    split_items,
)
from zhenggai_desktop.domain.continued_cells import with_whole_cells
from zhenggai_desktop.domain.deadlines import read_deadline
from zhenggai_desktop.domain.ledger_table import Row, ledger_table
from zhenggai_desktop.domain.ledger_template import WHOLE
from zhenggai_desktop.domain.plan import PlanNote
from zhenggai_desktop.domain.portable import Fields, Key, Portable, blanks, whole_snapshot
from zhenggai_desktop.domain.record_making import new_uid
from zhenggai_desktop.domain.records import Issue, LedgerFacts, Measure, Numbers, Snapshot
from zhenggai_desktop.domain.sheets import Sheet, as_table, value_text
from zhenggai_desktop.domain.status_cells import read_status
from zhenggai_desktop.domain.table_columns import MEASURE_FIELDS, Column, find_header, solid

#: The columns that are filled in: the key of the printed table, and the field of the record.
_KEYS: Mapping[Column, str] = {
    Column.MEASURE: "content",
    **MEASURE_FIELDS,
    Column.COMPLETED: "completed_on",
    Column.NOTE: "note",
}
_GOAL = "goal"
_OTHERS: Mapping[Column, str] = {
    Column.SECTION: "section",
    Column.ISSUE: "issue",
    Column.DETAIL: "manifestation",
    Column.RECOMMENDATION: "recommendations",
    Column.GOAL: _GOAL,
    Column.TRACK: "track",
    Column.RESULT: "outcomes",
    Column.EVIDENCE: "evidence",
    Column.CLOSING: "closing",
}
_MORE_PARTS = {"progress", "note"}  # a cell in which more than the field stands


@dataclass(slots=True)
class Edited:
    """The records with what was written into the sheet; ``notes`` are edits that have no field of their own."""

    records: Portable
    notes: list[PlanNote] = field(default_factory=list[PlanNote])


def with_edits(records: Portable, sheet: Sheet, numbers: Mapping[str, str]) -> Edited | None:
    """The edits of a sheet of the whole ledger; None where its rows are not those of the records any more.

    ``numbers`` are those with which the issues were printed, by uid: a part of a ledger has those of the whole.
    """
    snapshot = _numbered(whole_snapshot(records), numbers)
    rows = ledger_table(snapshot).rows
    table = with_whole_cells(as_table(sheet))
    header = find_header(table)
    if header is None:
        return None
    columns = {use.column: at for at, use in enumerate(header.uses)}
    grid = enumerate(table.grid()[header.end_row :], header.end_row)
    body = [row for at, row in grid if any(cell is not None and cell.text and cell.row == at for cell in row)]
    printed = [_text(row, columns.get(Column.NUMBER)) for row in body]
    if Column.NUMBER not in columns or printed != [value_text(row.cells[0] or "") for row in rows]:
        return None
    editing = _Editing(records, snapshot)
    for row, cells in zip(rows, body, strict=True):
        now = {key: _text(cells, columns[column]) for column, key in {**_KEYS, **_OTHERS}.items() if column in columns}
        line = next((cell.line for cell in cells if cell is not None), 0)
        editing.take(row, {key: text for key, text in now.items() if solid(text) != solid(_was(row, key))}, line)
    return editing.edited


def _numbered(snapshot: Snapshot, numbers: Mapping[str, str]) -> Snapshot:
    """The snapshot with the numbers that were printed; as it is where they are not known of all issues."""
    if not all(numbers.get(issue.uid) for issue in snapshot.issues):
        return snapshot
    return replace(snapshot, numbers=Numbers({}, {issue.id: numbers[issue.uid] for issue in snapshot.issues}, {}))


def _text(row: Sequence[SourceCell | None], at: int | None) -> str:
    cell = row[at] if at is not None and at < len(row) else None
    return "" if cell is None else cell.text.strip()


def _was(row: Row, key: str) -> str:
    value = row.cells[_PLACES[key]]
    return "" if value is None else value_text(value)


_READERS: Mapping[str, Callable[[str], object]] = {
    "leaders": read_people,
    "supporting_departments": read_offices,
    "status": lambda text: read_status(text)[0],
    "completed_on": read_day,
}
_PLACES = {choice.key: at for at, choice in enumerate(WHOLE.columns)}


def _one_part(name: str, text: str, before: str, was: str) -> Fields | None:
    """The field of a cell in which more stands than the field; what is written behind all of it goes on with it."""
    if solid(was) in ("", solid(before)):
        return {name: text}
    if not text.startswith(was):
        return None
    return {name: "\n".join(filter(None, [before, text[len(was) :].strip()]))}


def _each_measure(own: Mapping[str, str]) -> list[dict[str, str]]:
    """What was written beside an issue without measures, a measure each: one cell may hold several that are numbered,
    and the progress of each in the same order."""
    introduction, items = split_items(paragraphs_of(own.get("content", "")))
    if introduction or len(items) < 2:
        return [dict(own)]
    more = {name: text for name, text in own.items() if name not in ("content", "progress")}
    _, told = split_items(paragraphs_of(own.get("progress", "")))
    told = told if len(told) == len(items) else (own.get("progress", ""), *[""] * (len(items) - 1))
    return [
        {**more, "content": item, **({"progress": progress} if progress else {})}
        for item, progress in zip(items, told, strict=True)
    ]


class _Editing:
    """Takes the changed cells row by row."""

    def __init__(self, records: Portable, snapshot: Snapshot) -> None:
        self.edited = Edited({key: dict(values) for key, values in records.items()})
        self._facts: LedgerFacts = snapshot.facts
        self._issues = {one.id: one for one in snapshot.issues}
        self._measures = {one.id: one for one in snapshot.measures}

    def take(self, row: Row, changed: Mapping[str, str], line: int) -> None:
        if not changed:
            return
        issue = self._issues[row.issue_id]
        measure = self._measures[row.measure_id] if row.measure_id is not None else None
        if measure is not None and measure.issue_id != issue.id:  # it stands with another issue, and is edited there
            self._note(changed, line)
            return
        if goal := changed.get(_GOAL):
            self.edited.records[Issue, self._of_goal(issue).uid][_GOAL] = as_one(paragraphs_of(goal))
        own = {name: text for name, text in changed.items() if text and name in _KEYS.values()}
        if measure is not None:
            self._write((Measure, measure.uid), own, row, line)
        elif "content" in own or "progress" in own:
            for one in _each_measure(own):
                key = (Measure, new_uid())
                self.edited.records[key] = {**blanks(Measure), "issue_id": issue.uid}
                self._write(key, one, row, line)
        else:
            self._write((Issue, issue.uid), own, row, line)
        told = own.keys() | ({_GOAL} if goal else set[str]())
        self._note({name: text for name, text in changed.items() if name not in told}, line)

    def _write(self, key: Key, own: Mapping[str, str], row: Row, line: int) -> None:
        for name, text in own.items():
            values = self._values(key[0] is Issue, name, text, self.edited.records[key], _was(row, name))
            if values is None:
                self._note({name: text}, line)
            else:
                self.edited.records[key].update(values)

    def _of_goal(self, issue: Issue) -> Issue:
        """The issue whose goal its row prints: its own, or that of one above it."""
        above: Issue | None = issue
        while above is not None and not above.goal:
            above = self._issues.get(above.parent_id or 0)
        return above or issue

    def _values(self, of_issue: bool, name: str, text: str, fields: Fields, was: str) -> Fields | None:
        """The fields that a cell's words are; None for words that are none."""
        if name in _MORE_PARTS:
            return _one_part(name, text, str(fields.get(name) or ""), was)
        if name == "deadline":
            return dict(self._deadline(text, of_issue=of_issue))
        read = _READERS.get(name)
        value: object = text if read is None else read(text)
        return None if value is None else {name: value}

    def _deadline(self, text: str, *, of_issue: bool) -> Iterator[tuple[str, object]]:
        found = read_deadline(text, feedback_date=self._facts.feedback_date, today=self._facts.feedback_date)
        yield from (("deadline", text), ("due_on", found.due_on))
        if of_issue:
            yield from (("track", found.track), ("standing", found.standing))

    def _note(self, changed: Mapping[str, str], line: int) -> None:
        captions = {choice.key: choice.caption for choice in WHOLE.columns}
        for name, text in changed.items():
            what = f"改成了“{text[:60]}”" if text else "清空了"
            words = f"“{captions[name]}”{what}，没有读入；请在程序里改"
            self.edited.notes.append(PlanNote("edited", line, words))
