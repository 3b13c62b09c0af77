"""Plain tables as a workbook, a sheet each: title, header, rows that fit their texts, ready to be printed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from zhenggai_desktop.domain.cleaning import clean
from zhenggai_desktop.domain.figure_tables import FigureTable
from zhenggai_desktop.domain.records import LedgerFacts
from zhenggai_desktop.formats.excel_rows import (
    LONGEST_TEXT,
    TALLEST_ROW,
    CellRange,
    CellValue,
    SheetContent,
    SheetRow,
    column_name,
    utf16_length,
    write_sheets,
)
from zhenggai_desktop.formats.ledger_layout import height_of
from zhenggai_desktop.formats.ledger_workbook import DEFAULT_FONT, DEFAULT_SIZE, Styles, make_styles, new_book
from zhenggai_desktop.formats.replacing import replacing
from zhenggai_desktop.formats.text_fit import line_count, text_width

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_LEAST, _MOST = 5, 30  # characters
_DIGITS_PER_CHARACTER = 1.7
_A4 = 9
_CUT = "…（内容过长，见台账）"


def write_table_book(path: Path, title: str, tables: Sequence[FigureTable]) -> None:
    """Write the tables to ``path``, the title above each. Raises ``TargetError``.

    A text longer than a cell holds (32,767 UTF-16 units) is cut and says so.
    """
    book = new_book(title, LedgerFacts())
    contents: list[tuple[FigureTable, list[int]]] = []
    for at, table in enumerate(tables):
        page = book.create_sheet() if at else book.worksheets[0]
        widths = [_width(table, column) for column in range(len(table.captions))]
        _set_up(page, table, widths)
        contents.append((table, widths))
    styles = make_styles(book.worksheets[0])
    sheets = [
        SheetContent(_rows(f"{title}·{table.name}", table, widths, styles), [CellRange(1, 1, len(table.captions), 1)])
        for table, widths in contents
    ]
    with replacing(path) as temporary:
        write_sheets(book, temporary, sheets, default_font=(DEFAULT_FONT, DEFAULT_SIZE))


def _width(table: FigureTable, column: int) -> int:
    words = [table.captions[column], *(str(row[column]) for row in table.rows if isinstance(row[column], str))]
    return max(_LEAST, min(_MOST, round(max(map(text_width, words))) + 1))


def _set_up(page: Worksheet, table: FigureTable, widths: Sequence[int]) -> None:
    from openpyxl.worksheet.properties import PageSetupProperties  # noqa: PLC0415

    page.title = table.name
    for at, width in enumerate(widths, 1):
        page.column_dimensions[column_name(at)].width = width * _DIGITS_PER_CHARACTER
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", _A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.print_title_rows = "2:2"
    page.freeze_panes = "B3"


def _rows(title: str, table: FigureTable, widths: Sequence[int], styles: Styles) -> Iterator[SheetRow]:
    count = len(table.captions)
    yield SheetRow((title, *[""] * (count - 1)), (styles.title,) * count, 40.0)
    lines = max(map(line_count, table.captions, widths), default=1)
    yield SheetRow(table.captions, (styles.header,) * count, height_of(lines))
    for row in table.rows:
        looks = tuple(
            styles.percent if at in table.rates else styles.left if isinstance(value, str) else styles.number
            for at, value in enumerate(row)
        )
        lines = max(line_count(str(value), width) for value, width in zip(row, widths, strict=True))
        yield SheetRow(tuple(map(_fitting, row)), looks, min(TALLEST_ROW, height_of(lines)))


def _fitting(value: CellValue) -> CellValue:
    """The value as a cell can hold it."""
    if (
        not isinstance(value, str)
        or len(value) * 2 <= LONGEST_TEXT
        or utf16_length(text := clean(value)) <= LONGEST_TEXT
    ):
        return value
    units = text.encode("utf-16-le")[: (LONGEST_TEXT - utf16_length(_CUT)) * 2]
    return units.decode("utf-16-le", "ignore") + _CUT  # half a sign at the end is left out
