"""What a department is sent to fill in, and what its sheet says when it comes back.

A sheet has a row for each measure (or issue without one) for which the recipient answers. What is to be read is the
ledger's; what is to be filled are few fields, whose values at sending travel along as the base of the merge.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import cast

from zhenggai_desktop.domain.cell_items import read_day
from zhenggai_desktop.domain.ledger_table import LedgerTable, Row, Value, ledger_table
from zhenggai_desktop.domain.ledger_template import Lines, Template, TemplateColumn
from zhenggai_desktop.domain.matching import bare_text
from zhenggai_desktop.domain.outline import Outline
from zhenggai_desktop.domain.portable import Fields, Key, Portable, from_text, portable, to_text
from zhenggai_desktop.domain.progress import UNASSIGNED
from zhenggai_desktop.domain.records import Issue, Measure, Record, Snapshot
from zhenggai_desktop.domain.sheets import Sheet, Workbook, value_text
from zhenggai_desktop.domain.status_cells import read_status
from zhenggai_desktop.domain.workflow import Workflow

ID_CAPTION = "标识（请勿改动）"
HIDDEN_SHEET = "底稿"
MARK = "zhenggai-distribution-1"
_CHUNK = 30_000  # characters of base values in one cell


class By(StrEnum):
    """To whom the rows are shared out."""

    DEPARTMENT = "department"
    LEADER = "leader"
    UNIT = "unit"


READ: tuple[tuple[str, str], ...] = (
    ("number", "序号"), ("section", "反馈方面"), ("issue", "反馈问题"), ("manifestation", "具体表现"),
    ("content", "整改措施"), ("deadline", "整改时限"),
)  # fmt: skip
FILLED: tuple[tuple[str, str], ...] = (
    ("progress", "整改进展"), ("status", "完成情况"), ("completed_on", "实际完成日期"), ("note", "备注"),
)  # fmt: skip
"""Fields of a measure; for an issue without measures progress becomes its first one, the others are the issue's."""
_DAY = [name for name, _ in FILLED].index("completed_on")
_TEMPLATE = Template("填报", "整改填报表", Lines.MEASURES, tuple(TemplateColumn(*pair) for pair in (*READ, *FILLED)))


@dataclass(frozen=True, slots=True)
class Sending:
    """One recipient's sheet: the table, the record of each row, and the values at sending by the row's id."""

    recipient: str
    table: LedgerTable
    ids: tuple[str, ...]
    base: Mapping[str, Mapping[str, str]]


def sendings(snapshot: Snapshot, by: By) -> Iterator[Sending]:
    """A sheet for everybody who answers for something, in the order of the ledger; rows of nobody come last."""
    outline, records = Outline(snapshot), portable(snapshot)
    workflow = Workflow(outline)
    table = ledger_table(snapshot, template=_TEMPLATE)
    rows: dict[str, list[Row]] = {}
    for row in table.rows:
        issue = outline.issue(row.issue_id)
        measure = outline.measure(row.measure_id) if row.measure_id is not None else None
        if measure is not None and measure.issue_id != issue.id:
            continue  # linked: it is filled in where it stands
        duties = workflow.measure_duties(measure) if measure else workflow.duties(issue)
        names = {By.DEPARTMENT: (duties.lead_department,), By.LEADER: duties.leaders, By.UNIT: issue.units}[by]
        for name in dict.fromkeys(name for name in names if name) or ("",):
            rows.setdefault(name, []).append(row)
    for name in sorted(rows, key=lambda name: not name):
        ids = tuple(_row_id(outline, row) for row in rows[name])
        base = {row_id: _filled_values(records, row_id) for row_id in ids}
        found = tuple(_with_own_values(row, base[row_id]) for row, row_id in zip(rows[name], ids, strict=True))
        alone = LedgerTable(table.title, table.keys, table.captions, found, ())
        yield Sending(name or UNASSIGNED, alone, ids, base)


def _row_id(outline: Outline, row: Row) -> str:
    if row.measure_id is not None:
        return f"M:{outline.measure(row.measure_id).uid}"
    return f"I:{outline.issue(row.issue_id).uid}"


def _filled_values(records: Portable, row_id: str) -> dict[str, str]:
    record_type, uid = key_of(row_id)
    values = records[record_type, uid]
    return {name: to_text(record_type, name, values[name]) for name, _ in FILLED if name in values}


def _with_own_values(row: Row, base: Mapping[str, str]) -> Row:
    """The row with the record's own values where it is to be filled in, not with those it inherits."""
    own: list[Value] = [base.get(name, "") for name, _ in FILLED]
    if own[_DAY]:
        own[_DAY] = dt.date.fromisoformat(str(own[_DAY]))
    return Row(row.issue_id, row.measure_id, (*row.cells[: len(READ)], *own))


def key_of(row_id: str) -> Key:
    """The record that a row's id names."""
    kind, _, uid = row_id.partition(":")
    return (Measure if kind == "M" else Issue), uid


# --- what travels hidden


def hidden_rows(ledger_uid: str, round_uid: str, sending: Sending) -> list[tuple[str, ...]]:
    """The rows of the hidden sheet: whose it is, and the base values in cells that Excel can hold."""
    text = json.dumps(sending.base, ensure_ascii=False)
    chunks = [text[at : at + _CHUNK] for at in range(0, len(text), _CHUNK)]
    return [(MARK, ledger_uid, round_uid, sending.recipient), *((chunk,) for chunk in chunks)]


@dataclass(slots=True)
class ReturnedRow:
    """A row as it came back. ``row_id`` is "" for a row that was added; ``texts`` hold the columns that are there."""

    line: int
    row_id: str
    texts: dict[str, str]


@dataclass(slots=True)
class Returned:
    """A sheet that came back. ``base`` is empty where the hidden sheet was lost."""

    name: str
    ledger_uid: str = ""
    round_uid: str = ""
    recipient: str = ""
    base: dict[str, dict[str, str]] = field(default_factory=dict[str, dict[str, str]])
    rows: list[ReturnedRow] = field(default_factory=list[ReturnedRow])


def read_returned(workbook: Workbook) -> Returned | None:
    """The filled-in sheet in a workbook, wherever it stands; None where there is none."""
    returned = Returned(workbook.name)
    for sheet in workbook.sheets:
        if sheet.rows and sheet.rows[0] and sheet.rows[0][0] == MARK:
            _read_hidden(sheet, returned)
    for sheet in workbook.sheets:
        places = _header(sheet)
        if places is not None:
            returned.rows = list(_rows(sheet, *places))
            return returned
    return None


def _read_hidden(sheet: Sheet, returned: Returned) -> None:
    head = [value_text(value) for value in sheet.rows[0][:4]]
    _, returned.ledger_uid, returned.round_uid, returned.recipient = (*head, "", "", "")[:4]
    try:
        base: object = json.loads("".join(value_text(row[0]) for row in sheet.rows[1:]))
    except (ValueError, RecursionError):
        return
    if isinstance(base, dict):
        returned.base = cast("dict[str, dict[str, str]]", base)


def _header(sheet: Sheet) -> tuple[int, dict[str, int]] | None:
    """The header's row and the column of each field that is there, "id" among them."""
    fields = {caption: name for name, caption in (*READ, *FILLED)} | {ID_CAPTION: "id"}
    for at, row in enumerate(sheet.rows[:20]):
        places = {fields[words]: column for column, value in enumerate(row)
                  if (words := "".join(value_text(value).split())) in fields}  # fmt: skip
        if "id" in places or len(places) >= len(READ):
            return at, places
    return None


def _rows(sheet: Sheet, header: int, places: Mapping[str, int]) -> Iterator[ReturnedRow]:
    for at, row in enumerate(sheet.rows[header + 1 :], header + 2):
        texts = {name: value_text(row[column]).strip() for name, column in places.items()}
        row_id = texts.pop("id", "")
        if row_id or any(texts.get(name) for name in ("progress", "content", "status", "note", "issue")):
            yield ReturnedRow(at, row_id if row_id[:2] in ("M:", "I:") else "", texts)


# --- what it says, ready to be merged


@dataclass(slots=True)
class Reading:
    """``theirs`` and ``base`` are in the form of ``merging.merge``; ``added`` are measures to be offered.

    ``doubts`` are sentences with the row of the sheet.
    """

    theirs: Portable = field(default_factory=dict[Key, Fields])
    base: Portable = field(default_factory=dict[Key, Fields])
    added: list[AddedMeasure] = field(default_factory=list["AddedMeasure"])
    doubts: list[tuple[int, str]] = field(default_factory=list[tuple[int, str]])


@dataclass(frozen=True, slots=True)
class AddedMeasure:
    """A measure that the sheet brings: below which issue, and what it says."""

    issue_uid: str
    line: int
    values: Fields


def interpret(returned: Returned, snapshot: Snapshot, base: Mapping[str, Mapping[str, str]]) -> Reading:
    """What the returned rows say of the ledger's records. ``base`` are the values at sending, {} where unknown."""
    return _Interpreter(returned, snapshot, base).read()


class _Interpreter:
    def __init__(self, returned: Returned, snapshot: Snapshot, base: Mapping[str, Mapping[str, str]]) -> None:
        self._returned, self._base = returned, base
        self._outline = Outline(snapshot)
        numbers = self._outline.numbers()
        self._by_number = {number: issue_id for issue_id, number in numbers.items()}
        self._by_title: dict[str, list[Issue]] = {}
        for issue in snapshot.issues:
            self._by_title.setdefault(bare_text(issue.title), []).append(issue)
        self._reading = Reading()

    def read(self) -> Reading:
        for row_id, values in self._base.items():
            self._reading.base[key_of(row_id)] = self._values(0, key_of(row_id)[0], values)
        for row in self._returned.rows:
            self._row(row)
        return self._reading

    def _row(self, row: ReturnedRow) -> None:
        row_id = row.row_id or self._known_by_words(row)
        key = key_of(row_id) if row_id else None
        if key is None:
            self._added(row, self._issue_of(row))
            return
        if key in self._reading.theirs:
            self._doubt(row, "与上面一行是同一条，只取第一行")
            return
        self._reading.theirs[key] = self._values(row.line, key[0], row.texts)
        if key[0] is Issue and (row.texts.get("progress") or row.texts.get("content")):
            self._added(row, key[1])

    def _known_by_words(self, row: ReturnedRow) -> str:
        """The id of a row whose id was lost, by its issue and the words of its measure."""
        uid, words = self._issue_of(row), bare_text(row.texts.get("content", ""))
        issue = next((i for i in self._outline.walk() if i.uid == uid), None)
        if issue is None or not words:
            return ""
        measures = self._outline.measures_of(issue)
        return next((f"M:{measure.uid}" for measure in measures if bare_text(measure.content) == words), "")

    def _issue_of(self, row: ReturnedRow) -> str:
        """The uid of the issue that a row names by its number or its words; "" where it names none for certain."""
        titles = [row.texts.get("manifestation", ""), row.texts.get("issue", "")]
        for words in filter(None, map(bare_text, titles)):
            found = self._by_title.get(words, [])
            if len(found) == 1:
                return found[0].uid
        issue_id = self._by_number.get(row.texts.get("number", ""))
        return self._outline.issue(issue_id).uid if issue_id is not None else ""

    def _added(self, row: ReturnedRow, issue_uid: str) -> None:
        texts = {name: text for name, text in row.texts.items() if name in ("content", *(n for n, _ in FILLED))}
        if not (texts.get("content") or texts.get("progress")):
            return
        if not issue_uid:
            self._doubt(row, "新增的一行看不出属于哪个问题，没有收入")
            return
        values = self._values(row.line, Measure, texts)
        values["content"] = texts.get("content", "")
        self._reading.added.append(AddedMeasure(issue_uid, row.line, values))

    def _values(self, line: int, record_type: type[Record], texts: Mapping[str, str]) -> Fields:
        """The typed values of the fields that are to be filled; what is no value is doubted and left out."""
        values: Fields = {}
        for name, caption in FILLED:
            if name not in texts or (record_type is Issue and name == "progress"):
                continue
            try:
                values[name] = _value(record_type, name, texts[name])
            except ValueError:
                self._reading.doubts.append((line, f"“{caption}”写的“{texts[name][:20]}”看不懂，没有收入"))
        return values

    def _doubt(self, row: ReturnedRow, text: str) -> None:
        self._reading.doubts.append((row.line, text))


def _value(record_type: type[Record], name: str, text: str) -> object:
    """The value of a cell in any office's words; ValueError for words that mean none."""
    if name == "status" and text:
        status, _ = read_status(text)
        if status is None:
            raise ValueError(text)
        return status
    if name == "completed_on" and text:
        day = read_day(text)
        if day is None:
            raise ValueError(text)
        return day
    return from_text(record_type, name, text)


def captions() -> Sequence[str]:
    """The header of the sheet."""
    return (*(caption for _, caption in (*READ, *FILLED)), ID_CAPTION)
