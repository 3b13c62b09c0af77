"""Fills a blank Excel form below its header, in the form's own formatting, and keeps everything else of the file.

The first blank row below the header is the model: its fonts, borders, cells merged side by side and height are every
row's; a row with nothing but a printed running number is blank, and so is an example (例, 示例) or “……” there, which
gives way. Formulas of such a row are every row's too. A form without blank rows gets them, with the borders and fonts
of its header. What stands below (signatures, notes) moves down where the ledger needs more rows than the form has; it
is never written over.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from itertools import islice, takewhile
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhenggai_desktop.domain.cleaning import clean
from zhenggai_desktop.domain.form_lines import FormLines, is_example
from zhenggai_desktop.errors import SourceFormatError
from zhenggai_desktop.formats.excel_rows import MOST_ROWS, TALLEST_ROW, column_name
from zhenggai_desktop.formats.form_moving import Insertion, move_references
from zhenggai_desktop.formats.office_files import opened_workbook
from zhenggai_desktop.formats.replacing import replacing
from zhenggai_desktop.formats.text_fit import line_count

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_USUAL_WIDTH, _USUAL_SIZE = 8.43, 11.0
_PRINTED_NUMBER = re.compile(r"(\d{1,4})(?:\.0)?[.．、]?")
_DIGIT_PIXELS, _PIXELS_PER_POINT, _LINE_PITCH = 7.5, 96 / 72, 1.4


@dataclass(frozen=True, slots=True)
class SheetLines:
    """What goes into a sheet from row ``first_row`` on: from 1, the first below the header."""

    sheet: str
    first_row: int
    lines: FormLines


def fill_form_workbook(form: Path, target: Path, sheets: Sequence[SheetLines]) -> None:
    """Write the lines into their sheets and save ``target``. Raises SourceError and ``TargetError``."""
    book = opened_workbook(form, *(one.sheet for one in sheets))
    for one in sheets:
        _Filling(book[one.sheet], one.first_row, one.lines).fill()
    with replacing(target) as temporary:
        book.save(temporary)


class _Filling:
    def __init__(self, page: Worksheet, first_row: int, lines: FormLines) -> None:
        self._page: Any = page  # the library's types do not know which cells are merged
        self._first = first_row
        self._columns = max(page.max_column, len(lines.rows[0]) if lines.rows else 1)
        self._blank = self._blank_rows()
        self._model = self._model_row() if self._blank else first_row - 1
        self._computed = self._formulas() if self._blank else {}
        self._beside = self._merged_beside()
        self._lines = _in_one_cell(lines, self._beside)
        self._height: float | None = self._page.row_dimensions[self._model].height if self._blank else None

    def fill(self) -> None:
        count = len(self._lines.rows)
        if not count:
            return
        blank = self._blank
        styles = [copy(self._model_cell(column)._style) for column in range(1, self._columns + 1)]  # noqa: SLF001
        self._part(self._first, self._first + min(blank, count) - 1)
        if count > blank:
            self._check_room(count - blank)
            self._move_down(self._first + blank, count - blank)
            move_references(self._page, Insertion(self._first + blank, count - blank, blank))
        rows_of = {
            (self._first + row, merge.column + 1): merge.last - merge.first + 1
            for merge in self._lines.merges
            for row in range(merge.first, merge.last + 1)
        }
        for at, texts in enumerate(self._lines.rows):
            self._write(self._first + at, texts, styles, rows_of)
        self._merge()

    def _merged_beside(self) -> list[tuple[int, int]]:
        """Columns that the model row merges side by side; of those that overlap, which no office program makes, the
        first."""
        found: list[tuple[int, int]] = []
        for area in sorted(self._page.merged_cells.ranges, key=lambda area: (area.min_col, area.max_col)):
            is_beside = area.min_row <= self._model <= area.max_row and area.max_col > area.min_col
            if is_beside and (not found or found[-1][1] < area.min_col):
                found.append((area.min_col, area.max_col))
        return found

    def _model_cell(self, column: int) -> Any:
        """The cell that shows how a column looks: of merged ones the first."""
        for area in self._page.merged_cells.ranges:
            if area.min_row <= self._model <= area.max_row and area.min_col == column:
                return self._page.cell(area.min_row, column)
        return self._page.cell(self._model, column)

    def _blank_rows(self) -> int:
        """How many rows below the header have no words, or a running number alone that starts with 1."""
        numbers = takewhile(lambda number: number is not None, map(self._number_in, self._rows_below()))
        blank, running = 0, 0
        for number in numbers:
            if number not in (0, running + 1):
                break
            blank, running = blank + 1, number or running
        return blank

    def _model_row(self) -> int:
        """The first blank row that is no example, whose words may be printed in another colour."""
        blank = range(self._first, self._first + self._blank)
        return next((row for row in blank if not is_example(self._words(row))), self._first)

    def _formulas(self) -> dict[int, str]:
        cells = {column: self._page.cell(self._model, column) for column in range(1, self._columns + 1)}
        return {column: cell.value for column, cell in cells.items() if _counts_its_row(cell)}

    def _words(self, row: int) -> list[str]:
        """What a row says, without formulas that only count in it."""
        cells = (self._page.cell(row, column) for column in range(1, self._columns + 1))
        return [
            text
            for cell in cells
            if cell.value is not None and not _counts_its_row(cell) and (text := str(cell.value).strip())
        ]

    def _rows_below(self) -> range:
        return range(self._first, self._page.max_row + 1)

    def _number_in(self, row: int) -> int | None:
        """The number that alone stands in a row, 0 where nothing or an example does; None for anything else."""
        words = self._words(row)
        if not words or is_example(words):
            return 0
        number = _PRINTED_NUMBER.fullmatch(words[0]) if len(words) == 1 else None
        return int(number[1]) if number else None

    def _part(self, first: int, last: int) -> None:
        """Part what is merged in the rows ``first`` to ``last``; what reaches into them from above stays one cell
        there. With ``last`` in front of ``first`` that is what goes over their border."""
        from openpyxl.cell.cell import MergedCell  # noqa: PLC0415 - loaded with the book

        page = self._page
        for area in list(page.merged_cells.ranges):
            if area.min_row > last or area.max_row < first:
                continue
            page.merged_cells.ranges.discard(area)
            for at in area.cells:
                if at[0] >= first and isinstance(page._cells.get(at), MergedCell):  # noqa: SLF001 - those there are
                    del page._cells[at]  # noqa: SLF001
            if area.min_row < first and (area.min_row < first - 1 or area.max_col > area.min_col):
                self._join(area.min_row, first - 1, area.min_col, area.max_col)

    def _check_room(self, more: int) -> None:
        if self._page.max_row + more > MOST_ROWS:
            raise SourceFormatError(
                f"工作表“{self._page.title}”里表格下面的内容太靠后，放不下要填的行", "请删去表格下面多余的行，再填写"
            )

    def _move_down(self, first: int, by: int) -> None:
        """Move what stands from ``first`` on: cells with their looks, merged ranges and heights."""
        page = self._page
        ranges = page.merged_cells.ranges
        areas = [area for area in ranges if area.min_row >= first]
        ranges.difference_update(areas)
        cells = [at for at in page._cells if at[0] >= first and at[1] <= self._columns]  # noqa: SLF001 - those there are
        heights = {row: found.height for row, found in page.row_dimensions.items() if row >= first}
        for row, column in sorted(cells, reverse=True):
            page._move_cell(row, column, by, 0)  # noqa: SLF001 - move_range makes each cell down to a stray one
        for area in areas:
            area.shift(row_shift=by)
        ranges.update(areas)
        for row in heights:
            page.row_dimensions[row].height = None
        for row, height in heights.items():
            page.row_dimensions[row + by].height = height

    def _write(
        self, row: int, texts: Sequence[str], styles: Sequence[Any], rows_of: Mapping[tuple[int, int], int]
    ) -> None:
        """One row; ``rows_of`` says of a cell over how many rows it goes, which then hold its text together."""
        points = 1.0
        for column in range(1, self._columns + 1):
            cell = self._page.cell(row, column)
            cell._style = copy(styles[column - 1])  # noqa: SLF001 - the library's own way to copy a look
            if not self._blank:
                _make_plain(cell)
            text = clean(texts[column - 1]) if column <= len(texts) else ""
            if text.isdecimal() and len(text) < 6 and not text.startswith("0"):
                cell.value = int(text)
            elif text:
                cell.value = text
                cell.data_type = "s"  # text whatever it begins with
            else:
                cell.value = self._computed_at(row, column)  # or None in place of a printed number
            size = (cell.font.size if cell.font else None) or _USUAL_SIZE
            wanted = line_count(text, self._width(column, size)) * size * _LINE_PITCH + 4
            points = max(points, wanted / rows_of.get((row, column), 1))
        wanted = max(points, self._height or 0.0)
        self._page.row_dimensions[row].height = min(TALLEST_ROW, float(ceil(wanted)))

    def _computed_at(self, row: int, column: int) -> str | None:
        from openpyxl.formula.translate import Translator  # noqa: PLC0415 - loaded with the book

        formula, name = self._computed.get(column), column_name(column)
        if formula is None:
            return None
        translator: Any = Translator(formula, f"{name}{self._model}")
        return str(translator.translate_formula(f"{name}{row}"))

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
            self._join(first, last, merge.column + 1, ends.get(merge.column + 1, merge.column + 1))
            covered.update((row, merge.column + 1) for row in range(first, last + 1))
        for first, last in self._beside:
            for row in range(self._first, self._first + len(self._lines.rows)):
                if (row, first) not in covered:
                    self._join(row, row, first, last)

    def _join(self, first_row: int, last_row: int, first: int, last: int) -> None:
        """Make one cell of an area that no other touches; each of its cells keeps the borders of the model row.

        The library's own way looks through all areas for each, and works the borders out from the first cell.
        """
        from openpyxl.cell.cell import MergedCell  # noqa: PLC0415 - loaded with the book
        from openpyxl.worksheet.merge import MergedCellRange  # noqa: PLC0415

        page = self._page
        area = MergedCellRange(page, f"{column_name(first)}{first_row}:{column_name(last)}{last_row}")
        page.merged_cells.ranges.add(area)
        for row, column in islice(area.cells, 1, None):
            cell: Any = MergedCell(page, row, column)
            cell._style = page.cell(row, column)._style  # noqa: SLF001 - the library's own way to copy a look
            page._cells[row, column] = cell  # noqa: SLF001 - where it keeps them


def _in_one_cell(lines: FormLines, beside: Sequence[tuple[int, int]]) -> FormLines:
    """The lines where columns that the form merges side by side have one cell: it tells what all of them would."""
    if not beside:
        return lines
    covered = {column for first, last in beside for column in range(first, last)}  # from 0, behind the first
    rows: list[tuple[str, ...]] = []
    for row in lines.rows:
        texts = ["" if at in covered else text for at, text in enumerate(row)]
        for first, last in beside:
            if first <= len(row):
                texts[first - 1] = "\n".join(dict.fromkeys(text for text in row[first - 1 : last] if text))
        rows.append(tuple(texts))
    merges = tuple(merge for merge in lines.merges if merge.column not in covered)
    return replace(lines, rows=tuple(rows), merges=merges)


def _counts_its_row(cell: Any) -> bool:
    """True for a formula about the row in which it stands (剩余天数)."""
    if cell.data_type != "f" or not isinstance(cell.value, str):
        return False
    return re.search(rf"(?<!\d)[A-Z]{{1,3}}{cell.row}(?!\d)|ROW\(\)", cell.value) is not None


def _make_plain(cell: Any) -> None:
    """Take from the look of a header what makes it one."""
    from openpyxl.styles import Alignment, Font, PatternFill  # noqa: PLC0415 - loaded with the book

    cell.font = Font(name=cell.font.name, size=cell.font.size)
    cell.fill = PatternFill()
    cell.alignment = Alignment(vertical="center", wrap_text=True)
