"""A workbook of any program as values: sheets of typed cells with their merged ranges. Nothing is understood yet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from zhenggai_desktop.domain.blocks import SourceCell, SourceRemark, SourceTable
from zhenggai_desktop.domain.cleaning import clean


@dataclass(frozen=True, slots=True)
class CellError:
    """A formula that came to nothing: “#REF!”, or "" where the program that saved the file had not reckoned it."""

    text: str


CellValue = str | bool | int | float | dt.date | dt.datetime | dt.time | dt.timedelta | CellError
"""What a cell holds; an empty cell holds ""."""


class Area(NamedTuple):
    """Rows and columns from 0, both ends included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet from its cell A1 on; all rows are equally long.

    Of a merged range the first cell holds the value. ``hidden_rows`` is empty where the format does not tell.
    """

    name: str
    rows: Sequence[Sequence[CellValue]]
    merges: Sequence[Area] = ()
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()

    @property
    def columns(self) -> int:
        """How many columns the sheet has; 0 for an empty one."""
        return len(self.rows[0]) if self.rows else 0


@dataclass(frozen=True, slots=True)
class Workbook:
    """``name`` is the file's, for sentences and the ledger's list of sources."""

    name: str
    sheets: tuple[Sheet, ...]
    remarks: tuple[SourceRemark, ...] = ()


def value_text(value: CellValue) -> str:
    """A cell as a person reads it: whole numbers without a point, dates as 2025-06-30, 是 and 否."""
    if isinstance(value, str):
        return value if value.isprintable() else clean(value)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, dt.datetime):
        midnight = value.time() == dt.time()
        return value.date().isoformat() if midnight else value.isoformat(" ", "minutes")
    if isinstance(value, dt.date):
        return value.isoformat()
    return value.text if isinstance(value, CellError) else str(value)


def as_table(sheet: Sheet) -> SourceTable:
    """The sheet as a table of texts whose lines are the sheet's rows, counted from 1. Empty cells are left out,
    merged ones are one cell; where ranges overlap or are damaged the first one counts."""
    spans, covered = _spans(sheet)
    cells: list[SourceCell] = []
    width = sheet.columns
    for at, row in enumerate(sheet.rows):
        first, line = at * width, at + 1
        for column, value in enumerate(row):
            if value != "" and not covered[first + column]:
                text = value if isinstance(value, str) and value.isprintable() else value_text(value)
                span = spans.get(first + column)
                cells.append(SourceCell(at, column, text, line, *span) if span else SourceCell(at, column, text, line))
            elif value == "" and first + column in spans and not covered[first + column]:
                cells.append(SourceCell(at, column, "", line, *spans[first + column]))
    return SourceTable(1, max(1, len(sheet.rows)), len(sheet.rows), sheet.columns, tuple(cells))


_MOST_COVERED = 4  # times all cells of a sheet: ranges that overlap more than that are nonsense


def _spans(sheet: Sheet) -> tuple[dict[int, tuple[int, int]], bytearray]:
    """The rows and columns of each merged range by its first cell; and for each cell whether one covers it that begins
    elsewhere.

    Cells are known by their place, counted along the rows from 0.
    """
    width = sheet.columns
    spans: dict[int, tuple[int, int]] = {}
    covered = bytearray(len(sheet.rows) * width)
    left = _MOST_COVERED * len(covered)
    for row, column, bottom, right in sheet.merges:
        last_row, last_column = min(bottom, len(sheet.rows) - 1), min(right, width - 1)
        rows, columns = last_row - row + 1, last_column - column + 1
        first = row * width + column
        if min(row, column) < 0 or min(rows, columns) < 1 or covered[first] or first in spans:
            continue
        left -= rows * columns
        if left < 0:
            break
        spans[first] = (rows, columns)
        for at in range(first, (last_row + 1) * width, width):
            covered[at : at + columns] = b"\x01" * columns
        covered[first] = 0
    return spans, covered
