"""The filled-in sheets of a workbook that came back from a department, as texts by the sheet's own columns.

People reword headings, copy sheets, merge cells and add columns. What can be meant by it is read; the rest is said.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

from zhenggai_desktop.domain.blocks import SourceCell
from zhenggai_desktop.domain.distribution import FILLED, ID_CAPTION, MARK, READ
from zhenggai_desktop.domain.sheets import CellError, CellValue, Sheet, Workbook, as_table, value_text
from zhenggai_desktop.domain.table_columns import Column, column_of
from zhenggai_desktop.names import some_of

_CAPTIONS: Mapping[str, str] = dict((*READ, *FILLED))
_FIELDS: Mapping[str, str] = {caption: name for name, caption in _CAPTIONS.items()} | {ID_CAPTION: "id"}
_MEANINGS: Mapping[Column, str] = {
    Column.NUMBER: "number", Column.SECTION: "section", Column.ISSUE: "issue", Column.DETAIL: "manifestation",
    Column.MEASURE: "content", Column.DEADLINE: "deadline", Column.PROGRESS: "progress", Column.MONTH: "progress",
    Column.STATUS: "status", Column.COMPLETED: "completed_on", Column.NOTE: "note",
}  # fmt: skip
_ANSWERS = frozenset(name for name, _ in FILLED)
_ID = re.compile(r"[MI]:[0-9a-f]{8}-[0-9a-f-]{4,}")
_SEARCHED = 20  # rows from the top in which the header is looked for
_FEWEST = 3  # headings of a header whose own words were changed
_SHOWN = 40  # characters of a cell in a sentence


@dataclass(slots=True)
class ReturnedRow:
    """A row as it came back. ``row_id`` is "" for a row that was added; ``texts`` hold the columns that are there.

    ``line`` counts from 1; ``sheet`` is "" where the workbook has only one that was filled in.
    """

    line: int
    row_id: str
    texts: dict[str, str]
    sheet: str = ""

    @property
    def place(self) -> str:
        """“第4行”, with the sheet where there are several."""
        return f"“{self.sheet}”第{self.line}行" if self.sheet else f"第{self.line}行"


@dataclass(slots=True)
class Returned:
    """What came back. ``base`` is empty where the hidden sheet was lost; ``doubts`` say what was not read and why."""

    name: str
    ledger_uid: str = ""
    round_uid: str = ""
    recipient: str = ""
    base: dict[str, dict[str, str]] = field(default_factory=dict[str, dict[str, str]])
    rows: list[ReturnedRow] = field(default_factory=list[ReturnedRow])
    doubts: list[str] = field(default_factory=list[str])


def read_returned(workbook: Workbook) -> Returned | None:
    """The filled-in sheets in a workbook, wherever they stand; None where there is none."""
    returned = Returned(workbook.name)
    filled: list[tuple[Sheet, _Header]] = []
    strange: list[str] = []
    for sheet in workbook.sheets:
        if sheet.rows and sheet.rows[0] and sheet.rows[0][0] == MARK:
            _read_hidden(sheet, returned)
        elif (header := _header(sheet)) is not None:
            filled.append((sheet, header))
        elif not sheet.hidden and any(value != "" for row in sheet.rows for value in row):
            strange.append(sheet.name)
    if not filled:
        return None
    for sheet, header in filled:
        reader = _SheetReader(sheet, header, sheet.name if len(filled) > 1 else "")
        returned.rows += reader.rows()
        returned.doubts += reader.doubts
    returned.doubts += [f"工作表“{name}”不是填报表，没有收入，请核对里面有没有填报的内容" for name in strange]
    return returned


def shown(text: str) -> str:
    """The words of a cell in quotes, cut where they are long, for a sentence."""
    words = " ".join(text.split())
    return f"“{words if len(words) <= _SHOWN else words[: _SHOWN - 1] + '…'}”"


def _read_hidden(sheet: Sheet, returned: Returned) -> None:
    head = [value_text(value) for value in sheet.rows[0][:4]]
    _, returned.ledger_uid, returned.round_uid, returned.recipient = (*head, "", "", "")[:4]
    try:
        base: object = json.loads("".join(value_text(row[0]) for row in sheet.rows[1:]))
    except (ValueError, RecursionError):
        return
    rows = cast("dict[str, object]", base) if isinstance(base, dict) else {}
    for row_id, values in rows.items():
        if isinstance(values, dict):
            pairs = cast("dict[str, object]", values).items()
            returned.base[row_id] = {name: text for name, text in pairs if isinstance(text, str)}


# --- the header


@dataclass(frozen=True, slots=True)
class _Header:
    """Row of the header from 0, the column of each field that is there, "id" among them, and all captions."""

    row: int
    places: Mapping[str, int]
    captions: Sequence[str]


def _header(sheet: Sheet) -> _Header | None:
    """The header of a filled-in sheet. One whose words were changed is known by the ids below it, and where there is
    none at all, what stands above the first id is."""
    first, id_column = _first_id(sheet)
    found: _Header | None = None
    for at, row in enumerate(sheet.rows[:_SEARCHED]):
        captions = ["".join(value_text(value).split()) for value in row]
        exact = {_FIELDS[words] for words in captions if words in _FIELDS}
        if "id" in exact or len(exact) >= len(READ):
            return _Header(at, _places(captions, id_column), captions)
        if first is not None and at < first:
            places = _places(captions, id_column)
            if len(places) > _FEWEST and (found is None or len(places) >= len(found.places)):
                found = _Header(at, places, captions)
    if found is None and first is not None and id_column is not None:
        return _Header(first - 1, {"id": id_column}, ("",) * sheet.columns)
    return found


def _first_id(sheet: Sheet) -> tuple[int | None, int | None]:
    """Row and column of the first cell that holds a record's id."""
    for at, row in enumerate(sheet.rows):
        for column, value in enumerate(row):
            if isinstance(value, str) and _ID.fullmatch(value.strip()):
                return at, column
    return None, None


def _places(captions: Sequence[str], id_column: int | None) -> dict[str, int]:
    """The column of each field: by its exact heading, else by what the heading means. The first of twins counts."""
    places: dict[str, int] = {} if id_column is None else {"id": id_column}
    for column, words in enumerate(captions):
        if words in _FIELDS:
            places.setdefault(_FIELDS[words], column)
    for column, words in enumerate(captions):
        if not words or column in places.values():
            continue
        meaning = column_of(words)
        if meaning is Column.DEADLINE and "deadline" in places:
            meaning = Column.COMPLETED  # the second time of a table is when it was done
        name = _MEANINGS.get(meaning)
        if name is not None:
            places.setdefault(name, column)
    return places


# --- the rows


class _SheetReader:
    def __init__(self, sheet: Sheet, header: _Header, name: str) -> None:
        self._sheet, self._header, self._name = sheet, header, name
        self._grid = as_table(sheet).grid()
        self._merged: dict[SourceCell, tuple[str, list[int]]] = {}
        self.doubts: list[str] = []

    def rows(self) -> list[ReturnedRow]:
        """The rows that hold an id or words; ``doubts`` then say what else was written and what is missing."""
        header = self._header
        if len(header.places) == 1:
            self._doubt("没有表头，看不出哪一列是什么，没有收入。请恢复表头（整改进展、完成情况等）后再收一次")
            return []
        found = list(self._rows())
        for name, caption in FILLED:
            if name not in header.places:
                where = f"第{header.row + 1}行的表头"
                self._doubt(f"没有“{caption}”一列，这一列没有收入。如果填报过，请恢复{where}后再收一次")
        for column, caption in enumerate(header.captions):
            if column not in header.places.values():
                self._strange_column(column, caption)
        for cell, (name, lines) in self._merged.items():
            if len(lines) > 1:
                rows = f"第{lines[0]}—{lines[-1]}行"
                self._doubt(f"{rows}的“{_CAPTIONS[name]}”合并成了一格，各行都按{shown(cell.text)}收入，请核对")
        return found

    def _rows(self) -> Iterator[ReturnedRow]:
        for at in range(self._header.row + 1, len(self._sheet.rows)):
            row_id = self._row_id(at)
            own = {name: text for name, text in self._own_texts(at).items() if name != "id"}
            if not row_id and (not any(own.values()) or self._is_heading(own)):
                continue
            texts = {name: text for name in own if (text := self._text(at, name)) is not None}
            yield ReturnedRow(at + 1, row_id, texts, self._name)

    def _row_id(self, at: int) -> str:
        text = self._own_texts(at).get("id", "")
        return text if text[:2] in ("M:", "I:") else ""

    def _own_texts(self, at: int) -> dict[str, str]:
        """What stands in the row itself, not in a cell that reaches down from above."""
        row = self._sheet.rows[at]
        return {name: value_text(row[column]).strip() for name, column in self._header.places.items()}

    def _text(self, at: int, name: str) -> str | None:
        """The text of one field in a row. A merged cell speaks for each of its rows, but not for the columns beside
        its own. None where nothing was answered, not even by leaving it empty."""
        column = self._header.places[name]
        cell = self._grid[at][column]
        answer = name in _ANSWERS
        if isinstance(value := self._sheet.rows[at][column], CellError):
            return self._formula(at, name, value) if answer else ""
        if cell is None:
            return ""
        text = cell.text.strip()
        merged = cell.row_span > 1 or cell.column_span > 1
        if not answer:
            return text if cell.column == column and cell.row > self._header.row else ""
        if not merged:
            return text
        if cell.column != column or cell.row <= self._header.row or not text:
            return None
        if cell.row_span > 1:
            self._merged.setdefault(cell, (name, []))[1].append(at + 1)
        return text

    def _formula(self, at: int, name: str, value: CellError) -> None:
        what = f"（{value.text}）" if value.text else ""
        self._doubt(f"第{at + 1}行：“{_CAPTIONS[name]}”的公式没有算出结果{what}，没有收入，请改成文字后再收一次")

    def _is_heading(self, texts: Mapping[str, str]) -> bool:
        """True for the heading once more, as it stands on every printed page."""
        captions = self._header.captions
        return all("".join(text.split()) in ("", captions[self._header.places[name]]) for name, text in texts.items())

    def _strange_column(self, column: int, caption: str) -> None:
        words = [(at + 1, text) for at, text in self._words_below(column)]
        if not words:
            return
        name = f"“{caption}”列" if caption else f"{_letters(column)}列（没有列名）"
        examples = some_of([f"第{line}行{shown(text)}" for line, text in words], "处")
        which = "第二个" if caption in _FIELDS else ""
        self._doubt(f"{which}{name}不在填报表之内，没有收入：{examples}。请核对后手工填写")

    def _words_below(self, column: int) -> Iterable[tuple[int, str]]:
        rows: Sequence[Sequence[CellValue]] = self._sheet.rows
        for at in range(self._header.row + 1, len(rows)):
            text = value_text(rows[at][column]).strip()
            if text and "".join(text.split()) != self._header.captions[column]:
                yield at, text

    def _doubt(self, text: str) -> None:
        self.doubts.append(f"“{self._name}”{text}" if self._name else text)


def _letters(column: int) -> str:
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
