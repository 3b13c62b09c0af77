"""Fills a blank Excel form below its header, in the form's own formatting, and keeps everything else of the file.

The first row below the header is the model: its fonts, borders, cells merged side by side and height are every row's.
What stands below the blank rows (signatures) moves down where the ledger needs more rows than the form has.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhenggai_desktop.domain.cleaning import clean
from zhenggai_desktop.domain.form_lines import FormLines
from zhenggai_desktop.formats.excel_rows import TALLEST_ROW, column_name
from zhenggai_desktop.formats.office_files import opened_workbook
from zhenggai_desktop.formats.replacing import replacing
from zhenggai_desktop.formats.text_fit import line_count

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_USUAL_WIDTH, _USUAL_SIZE = 8.43, 11.0
_DIGIT_PIXELS, _PIXELS_PER_POINT, _LINE_PITCH = 7.5, 96 / 72, 1.4


def fill_form_workbook(form: Path, target: Path, sheet: str, first_row: int, lines: FormLines) -> None:
    """Write the lines into the sheet from row ``first_row`` (from 1, the first below the header) and save ``target``.

    Raises SourceError and ``TargetError``.
    """
    book = opened_workbook(form, sheet)
    _Filling(book[sheet], first_row, lines).fill()
    with replacing(target) as temporary:
        book.save(temporary)


class _Filling:
    def __init__(self, page: Worksheet, first_row: int, lines: FormLines) -> None:
        self._page: Any = page  # the library's types do not know which cells are merged
        self._first, self._lines = first_row, lines
        self._columns = max(page.max_column, len(lines.rows[0]) if lines.rows else 1)
        self._beside = self._merged_beside()
        self._height: float | None = self._page.row_dimensions[first_row].height

    def fill(self) -> None:
        count = len(self._lines.rows)
        if not count:
            return
        blank = self._blank_rows()
        styles = [copy(self._page.cell(self._first, column)._style) for column in range(1, self._columns + 1)]  # noqa: SLF001
        self._unmerge(self._first, self._first + blank - 1)
        if count > blank:
            self._move_down(self._first + blank, count - blank)
        for at, texts in enumerate(self._lines.rows):
            self._write(self._first + at, texts, styles)
        self._merge()

    def _merged_beside(self) -> list[tuple[int, int]]:
        """Columns that the model row merges side by side."""
        return [
            (area.min_col, area.max_col)
            for area in self._page.merged_cells.ranges
            if area.min_row <= self._first <= area.max_row and area.max_col > area.min_col
        ]

    def _blank_rows(self) -> int:
        """How many rows below the header have no words, at least one."""
        row = self._first
        while row <= self._page.max_row and not any(
            self._page.cell(row, column).value not in (None, "") for column in range(1, self._columns + 1)
        ):
            row += 1
        return max(1, row - self._first)

    def _unmerge(self, first: int, last: int) -> None:
        for area in list(self._page.merged_cells.ranges):
            if first <= area.min_row <= last:
                self._page.unmerge_cells(str(area))

    def _move_down(self, first: int, by: int) -> None:
        """Move what stands from ``first`` on: cells with their looks, merged ranges and heights."""
        page = self._page
        last = page.max_row
        if first > last:
            return
        areas = [copy(area) for area in page.merged_cells.ranges if area.min_row >= first]
        for area in areas:
            page.unmerge_cells(str(area))
        heights = {row: page.row_dimensions[row].height for row in range(first, last + 1)}
        page.move_range(f"A{first}:{column_name(self._columns)}{last}", rows=by, translate=True)
        for area in areas:
            area.shift(row_shift=by)
            page.merge_cells(str(area))
        for row in heights:
            page.row_dimensions[row].height = None
        for row, height in heights.items():
            page.row_dimensions[row + by].height = height

    def _write(self, row: int, texts: Sequence[str], styles: Sequence[Any]) -> None:
        lines = 1.0
        for column in range(1, self._columns + 1):
            cell = self._page.cell(row, column)
            cell._style = copy(styles[column - 1])  # noqa: SLF001 - the library's own way to copy a look
            text = clean(texts[column - 1]) if column <= len(texts) else ""
            if text.isdecimal() and len(text) < 6 and not text.startswith("0"):
                cell.value = int(text)
            elif text:
                cell.value = text
                cell.data_type = "s"  # text whatever it begins with
            size = (cell.font.size if cell.font else None) or _USUAL_SIZE
            lines = max(lines, line_count(text, self._width(column, size)) * size * _LINE_PITCH + 4)
        wanted = max(lines, self._height or 0.0)
        self._page.row_dimensions[row].height = min(TALLEST_ROW, float(ceil(wanted)))

    def _width(self, column: int, size: float) -> float:
        """How many full-width characters stand side by side in a column, with those merged to it."""
        last = next((last for first, last in self._beside if first == column), column)
        widths = [self._page.column_dimensions[column_name(at)].width or _USUAL_WIDTH for at in range(column, last + 1)]
        return max(1.0, (sum(widths) * _DIGIT_PIXELS - 6) / (size * _PIXELS_PER_POINT))

    def _merge(self) -> None:
        """Runs of lines that share a cell, and what the model row merges side by side."""
        ends = dict(self._beside)
        covered: set[tuple[int, int]] = set()
        for merge in self._lines.merges:
            first, last = self._first + merge.first, self._first + merge.last
            for row in range(first + 1, last + 1):
                self._page.cell(row, merge.column + 1).value = None
            self._page.merge_cells(
                start_row=first, end_row=last, start_column=merge.column + 1,
                end_column=ends.get(merge.column + 1, merge.column + 1),
            )  # fmt: skip
            covered.update((row, merge.column + 1) for row in range(first, last + 1))
        for first, last in self._beside:
            for row in range(self._first, self._first + len(self._lines.rows)):
                if (row, first) not in covered:
                    self._page.merge_cells(start_row=row, end_row=row, start_column=first, end_column=last)
