"""The ledger as flat tables that can be read back without loss: the sheets 数据 and 数据续 of the exported workbook.

数据 has a line for each measure, for each issue without one and for each empty section, with every field of all three
and their uids: made to be filtered, counted and pivoted. 数据续 has a line for each filled field of every other record,
and the parts of texts that are too long for one cell.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from uuid import NAMESPACE_OID, uuid5

from zhenggai_desktop import texts
from zhenggai_desktop.domain.outline import Outline
from zhenggai_desktop.domain.portable import (
    Fields,
    Key,
    Portable,
    blanks,
    from_text,
    is_reference,
    portable,
    to_text,
    travelling,
)
from zhenggai_desktop.domain.records import (
    RECORD_TYPES,
    Chase,
    Issue,
    LedgerFacts,
    Measure,
    Outcome,
    Record,
    Section,
    Snapshot,
    Waiver,
)
from zhenggai_desktop.domain.sheets import CellValue, Sheet, Workbook, value_text

MAIN_SHEET, MORE_SHEET = "数据", "数据续"
MORE_CAPTIONS = ("记录", "标识", "字段", "值", "段")
LONGEST = 16_000  # characters of one cell: Excel holds 32,767 units, of which a rare character takes two
_LONGEST_UID = 100  # characters; this program's have 36
_ELSEWHERE = "（全文见“数据续”）"
_NUMBER, _PARENT = "序号", "上级问题标识"
_FLAT: tuple[tuple[type[Record], str], ...] = ((Section, "方面"), (Issue, "问题"), (Measure, "措施"))
_OWN_COLUMNS = {"section_id", "parent_id", "issue_id"}  # said by the columns of uids

_FORMER_KINDS: Mapping[str, type[Record]] = {"督办": Chase, "免改": Waiver}
_FORMER_FIELDS: Mapping[tuple[type[Record], str], str] = {
    (Outcome, "kind"): "类别",
    (LedgerFacts, "scheme_changes"): "方案调整",
}  # what workbooks say that were exported under an earlier word

Value = str | int | dt.date | None


def _fields(record_type: type[Record]) -> list[str]:
    return [name for name in travelling(record_type) if name not in _OWN_COLUMNS]


def _captions() -> Iterator[tuple[str, type[Record] | None, str]]:
    """Every column: its caption, the record of which it speaks, and the field ("" for the uid)."""
    yield _NUMBER, None, ""
    for record_type, word in _FLAT:
        yield f"{word}标识", record_type, ""
        if record_type is Issue:
            yield _PARENT, None, ""
        for name in _fields(record_type):
            yield f"{word}·{texts.field_name(record_type, name)}", record_type, name


COLUMNS: tuple[tuple[str, type[Record] | None, str], ...] = tuple(_captions())
MAIN_CAPTIONS: tuple[str, ...] = tuple(caption for caption, _, _ in COLUMNS)


# --- out


def main_rows(snapshot: Snapshot) -> Iterator[tuple[Value, ...]]:
    """The lines of 数据 below its captions."""
    outline = Outline(snapshot)
    records = portable(snapshot)
    numbers = outline.numbers()
    parts: dict[Key, tuple[Value, ...]] = {}

    def cells(record_type: type[Record], uid: str | None) -> tuple[Value, ...]:
        if uid is None:
            return ("",) * (len(_fields(record_type)) + 1)
        key = (record_type, uid)
        if key not in parts:
            values = records[key]
            parts[key] = (uid, *(_cell(record_type, name, values[name]) for name in _fields(record_type)))
        return parts[key]

    for section in outline.sections():
        issues = [found for top in outline.issues_of(section) for found in outline.walk_below(top)]
        first = cells(Section, section.uid if section else None)
        if not issues:
            yield ("", *first, *_with_parent(cells(Issue, None), ""), *cells(Measure, None))
        for issue in issues:
            parent = outline.parent(issue)
            middle = _with_parent(cells(Issue, issue.uid), parent.uid if parent else "")
            measures: Sequence[Measure | None] = outline.measures_of(issue) or (None,)
            for measure in measures:
                yield (numbers[issue.id], *first, *middle, *cells(Measure, measure.uid if measure else None))


def _with_parent(cells: tuple[Value, ...], parent: str) -> tuple[Value, ...]:
    return (cells[0], parent, *cells[1:])


def _cell(record_type: type[Record], name: str, value: object) -> Value:
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    text = to_text(record_type, name, value)
    return text if len(text) <= LONGEST else _ELSEWHERE


def more_rows(snapshot: Snapshot) -> Iterator[tuple[Value, ...]]:
    """The lines of 数据续 below its captions; a record without any filled field has one line without a field."""
    flat = {record_type for record_type, _ in _FLAT}
    for (record_type, uid), values in portable(snapshot).items():
        kind = texts.RECORD_NAMES[record_type]
        written = False
        for name, value in values.items():
            text = to_text(record_type, name, value)
            if value == blanks(record_type)[name] or (record_type in flat and len(text) <= LONGEST):
                continue
            for at in range(0, len(text), LONGEST):
                yield kind, uid, texts.field_name(record_type, name), text[at : at + LONGEST], at // LONGEST + 1
                written = True
        if not written and record_type not in flat:
            yield kind, uid, "", "", 1


# --- in


def is_data(workbook: Workbook) -> bool:
    """True for a workbook that this program wrote with its data."""
    return _sheet(workbook, MAIN_SHEET, _MAIN_KEYS) is not None


def read_data(workbook: Workbook) -> tuple[Portable, list[tuple[int, str]]]:
    """Every record of the data sheets in the order of ``RECORD_TYPES``, and what could not be read with its row.

    A record whose lines differ in a field has the value of its first line. Columns may stand in any order and may be
    missing: their fields are left out.
    """
    reading = _Reading()
    main, more = _sheet(workbook, MAIN_SHEET, _MAIN_KEYS), _sheet(workbook, MORE_SHEET, MORE_CAPTIONS)
    if main is not None:
        reading.main(main)
    if more is not None:
        reading.more(more)
    records: Portable = {}
    for record_type in RECORD_TYPES:
        for uid, values in reading.found[record_type].items():
            records[record_type, uid] = values
    return records, reading.doubts


_MAIN_KEYS = _, _ISSUE_UID, _ = tuple(f"{word}标识" for _, word in _FLAT)


def _sheet(workbook: Workbook, name: str, needed: Sequence[str]) -> Sheet | None:
    """The sheet of that name whose first row has the captions that tell the records apart."""
    for sheet in workbook.sheets:
        if sheet.name == name and sheet.rows and set(needed) <= set(map(value_text, sheet.rows[0])):
            return sheet
    return None


class _Reading:
    """Takes the records of the sheets together; ``doubts`` are rows with what is wrong in them."""

    def __init__(self) -> None:
        self.found: dict[type[Record], dict[str, Fields]] = {record_type: {} for record_type in RECORD_TYPES}
        self.doubts: list[tuple[int, str]] = []

    def main(self, sheet: Sheet) -> None:
        places = {value_text(value): at for at, value in reversed(list(enumerate(sheet.rows[0])))}
        columns = [
            (record_type, name, place)
            for caption, record_type, name in COLUMNS
            if record_type is not None and (place := _place_of(caption, name, places)) is not None
        ]
        uid_places = {record_type: places[f"{word}标识"] for record_type, word in _FLAT}
        for at, row in enumerate(sheet.rows[1:], 2):
            uids = {record_type: _uid(row[place]) for record_type, place in uid_places.items()}
            fresh = {record_type for record_type, uid in uids.items() if uid and uid not in self.found[record_type]}
            for record_type in fresh:
                self.found[record_type][uids[record_type]] = {}
            for record_type, name, place in columns:
                if name and record_type in fresh:
                    self._take((record_type, uids[record_type]), name, row[place], at)
            self._connect(uids, fresh, _uid(row[places[_PARENT]]) if _PARENT in places else "")

    def _connect(self, uids: Mapping[type[Record], str], fresh: set[type[Record]], parent: str) -> None:
        if Issue in fresh:
            values = self.found[Issue][uids[Issue]]
            values["parent_id"] = parent or None
            values["section_id"] = None if parent else uids[Section] or None
        if Measure in fresh:
            self.found[Measure][uids[Measure]]["issue_id"] = uids[Issue] or None

    def more(self, sheet: Sheet) -> None:
        now = {texts.RECORD_NAMES[record_type]: record_type for record_type in RECORD_TYPES}
        types_by_name = {**_FORMER_KINDS, **now}
        places = {value_text(value): at for at, value in enumerate(sheet.rows[0])}
        pieces: dict[tuple[Key, str], list[tuple[str, int]]] = {}
        for at, row in enumerate(sheet.rows[1:], 2):
            kind, named, caption, text = (value_text(row[places[name]]) for name in MORE_CAPTIONS[:4])
            record_type, uid = types_by_name.get(kind.strip()), _uid(named)
            if record_type is None or not uid:
                continue
            self.found[record_type].setdefault(uid, dict(blanks(record_type)))
            if caption:
                pieces.setdefault(((record_type, uid), caption), []).append((text, at))
        for (key, caption), parts in pieces.items():
            name = next((name for name in travelling(key[0]) if caption in _names(key[0], name)), None)
            if name is not None:
                self._take(key, name, "".join(part for part, _ in parts), parts[0][1])

    def _take(self, key: Key, name: str, value: CellValue, row: int) -> None:
        text = value_text(value)
        if text == _ELSEWHERE:
            return
        record_type, uid = key
        try:
            named = _uid(text) if is_reference(record_type, name) else text
            self.found[record_type][uid][name] = from_text(record_type, name, named)
        except ValueError:
            caption = texts.field_name(record_type, name)
            words = f"{texts.RECORD_NAMES[record_type]}的“{caption}”不能是“{text[:30]}”，这一格没有导入"
            self.doubts.append((row, words))


def _uid(value: CellValue) -> str:
    """What a cell names a record by. A name longer than any of this program, which no cell of the next export might
    hold, gives way to a short one of its own."""
    uid = value_text(value).strip()
    return uid if len(uid) <= _LONGEST_UID else str(uuid5(NAMESPACE_OID, uid))


def _place_of(caption: str, name: str, places: Mapping[str, int]) -> int | None:
    """The column of a caption, or of the one that it had before every field had a caption."""
    return places.get(caption, places.get(f"{caption.partition('·')[0]}·{name}"))


def _names(record_type: type[Record], name: str) -> tuple[str, ...]:
    """What a field is called and was called, and its own name: that stood there before every field had a caption."""
    caption = texts.field_name(record_type, name)
    return caption, _FORMER_FIELDS.get((record_type, name), caption), name


def numbers_in(workbook: Workbook) -> dict[str, str]:
    """What the issues of the data sheets were called when they were written, by uid: in a part of a ledger as in the
    whole."""
    main = _sheet(workbook, MAIN_SHEET, (_NUMBER, *_MAIN_KEYS))
    if main is None:
        return {}
    captions = [value_text(value) for value in main.rows[0]]
    number, issue = captions.index(_NUMBER), captions.index(_ISSUE_UID)
    return {uid: value_text(row[number]) for row in main.rows[1:] if (uid := _uid(row[issue]))}


def filled(records: Portable) -> Portable:
    """Records with the fields that were not read as blanks."""
    return {key: {**blanks(key[0]), **values} for key, values in records.items()}
