"""The ledger as a workbook of several sheets: 台账, the three lists, 统计 with charts, and 数据 to be read back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING

from zhenggai_desktop.domain.data_table import (
    MAIN_CAPTIONS,
    MAIN_SHEET,
    MORE_CAPTIONS,
    MORE_SHEET,
    main_rows,
    more_rows,
)
from zhenggai_desktop.domain.edited_sheets import SEAL, SheetDigest
from zhenggai_desktop.domain.figure_tables import FigureTable, figure_tables
from zhenggai_desktop.domain.ledger_template import LISTS, WHOLE, Template
from zhenggai_desktop.domain.records import Snapshot
from zhenggai_desktop.formats.excel_rows import (
    CellRange,
    CellValue,
    SheetContent,
    SheetRow,
    column_name,
    write_sheets,
)
from zhenggai_desktop.formats.figure_charts import figure_chart
from zhenggai_desktop.formats.ledger_layout import height_of
from zhenggai_desktop.formats.ledger_workbook import (
    DEFAULT_FONT,
    DEFAULT_SIZE,
    Paper,
    PrintedSheet,
    Styles,
    make_styles,
    new_book,
    printed_sheet,
    set_up,
)
from zhenggai_desktop.formats.replacing import replacing
from zhenggai_desktop.formats.text_fit import line_count

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_FIGURES = "统计"
_FIGURE_WIDTHS = (26.0, 11.0, 11.0, 11.0, 11.0, 11.0, 11.0, 11.0)  # Excel's own unit, digits
_FIRST_CHARS, _FORMULA_CHARS = 15, 32  # full-width characters that stand side by side in column A and in D to H
_FORMULA = CellRange(4, 0, 8, 0)  # the columns over which a formula stands
_ONE_PAGE = 60  # rows: so many are still read well when they are scaled to one page
_CHART_COLUMN = "J"
_CHART_ROWS = 16  # rows of a chart's height
_DATA_WIDTH, _DATA_HEIGHT = 14.0, 15.0

Rows = Callable[[Styles], Iterable[SheetRow]]


@dataclass(slots=True)
class _Book:
    """Sheets in their order: each has a page in the frame and rows that come once the styles are known."""

    frame: Workbook
    rows: list[Rows] = field(default_factory=list[Rows])
    merges: list[Sequence[CellRange]] = field(default_factory=list[Sequence[CellRange]])

    def page(self) -> Worksheet:
        """The page of the next sheet."""
        return self.frame.create_sheet() if self.rows else self.frame.worksheets[0]

    def add(self, rows: Rows, merges: Sequence[CellRange] = ()) -> None:
        self.rows.append(rows)
        self.merges.append(merges)


@dataclass(frozen=True, slots=True)
class BookParts:
    """What a workbook holds: printed tables by their templates, figures, data."""

    templates: tuple[Template, ...] = (WHOLE, *LISTS)
    figures: bool = True
    data: bool = True


def write_ledger_book(
    snapshot: Snapshot,
    path: Path,
    parts: BookParts,
    *,
    today: dt.date,
    paper: Paper = Paper.A3,
    told: Snapshot | None = None,
) -> None:
    """Write the parts as sheets of one workbook; ``today`` says what is late. Raises ``TargetError``.

    ``told`` stands for the snapshot in what is never read back: the lists and the figures.
    """
    told = told or snapshot
    sheets = [printed_sheet(told if template.gathered else snapshot, template) for template in parts.templates]
    title = sheets[0].table.title if sheets else snapshot.facts.organisation
    book = _Book(new_book(title, snapshot.facts))
    digests: dict[str, SheetDigest] = {}
    for sheet in sheets:
        _add_printed(book, sheet, paper, digests.setdefault(sheet.name, SheetDigest()))
    if parts.figures:
        _add_figures(book, figure_tables(told, today), paper)
    if parts.data:
        _add_data(book, MAIN_SHEET, MAIN_CAPTIONS, lambda: main_rows(snapshot))
        _add_data(book, MORE_SHEET, MORE_CAPTIONS, lambda: chain(more_rows(snapshot), _seals(digests)))
    styles = make_styles(book.frame.worksheets[0])
    contents = [SheetContent(rows(styles), merges) for rows, merges in zip(book.rows, book.merges, strict=True)]
    with replacing(path) as temporary:
        write_sheets(book.frame, temporary, contents, default_font=(DEFAULT_FONT, DEFAULT_SIZE))


def _add_printed(book: _Book, sheet: PrintedSheet, paper: Paper, digest: SheetDigest) -> None:
    set_up(book.page(), sheet, paper)
    book.add(lambda styles: _digested(sheet.rows(styles), digest), sheet.merges())


def _digested(rows: Iterable[SheetRow], digest: SheetDigest) -> Iterator[SheetRow]:
    for row in rows:
        digest.take(row.values)
        yield row


def _seals(digests: Mapping[str, SheetDigest]) -> Iterator[tuple[CellValue, ...]]:
    """What the printed sheets are now; they have been written by the time the data are."""
    yield from ((SEAL, name, "", digest.text, 1) for name, digest in digests.items())


# --- data


def _add_data(
    book: _Book, name: str, captions: Sequence[str], rows: Callable[[], Iterable[Sequence[CellValue]]]
) -> None:
    page = book.page()
    page.title = name
    page.freeze_panes = "A2"
    page.auto_filter.ref = f"A1:{column_name(len(captions))}1"
    page.print_area = "A1"  # it is for programs: whoever prints the whole workbook wants no pages of it
    for at in range(1, len(captions) + 1):
        page.column_dimensions[column_name(at)].width = _DATA_WIDTH
    book.add(lambda styles: _data_rows(captions, rows(), styles))


def _data_rows(captions: Sequence[str], rows: Iterable[Sequence[CellValue]], styles: Styles) -> Iterator[SheetRow]:
    yield SheetRow(captions, (styles.header,) * len(captions), None)
    plain = (styles.flat,) * len(captions)
    for row in rows:
        looks = plain
        if any(isinstance(value, dt.date) for value in row):
            looks = tuple(styles.flat_date if isinstance(value, dt.date) else styles.flat for value in row)
        yield SheetRow(row, looks, _DATA_HEIGHT)


# --- figures


def _add_figures(book: _Book, tables: Sequence[FigureTable], paper: Paper) -> None:
    page = book.page()
    page.title = _FIGURES
    for at, width in enumerate(_FIGURE_WIDTHS, 1):
        page.column_dimensions[column_name(at)].width = width
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", int(paper)
    starts = _starts(tables)
    page.print_options.horizontalCentered = True
    rows = starts[-1] + len(tables[-1].rows) + 1 if tables else 0
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, int(rows <= _ONE_PAGE)
    from openpyxl.worksheet.properties import PageSetupProperties  # noqa: PLC0415

    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    charts = 0
    for table, start in zip(tables, starts, strict=True):
        chart = figure_chart(page, table, start)
        if chart is not None:
            page.add_chart(chart, f"{_CHART_COLUMN}{charts * _CHART_ROWS + 1}")
            charts += 1
    merges = [merge for table, start in zip(tables, starts, strict=True) for merge in _figure_merges(table, start)]
    book.add(lambda styles: chain.from_iterable(_figure_rows(table, styles) for table in tables), merges)


def _figure_merges(table: FigureTable, start: int) -> Iterator[CellRange]:
    """The table's name over all its columns, and each formula over several."""
    first, last = _FORMULA.first_column, _FORMULA.last_column
    yield CellRange(1, start, last if _has_formulas(table) else len(table.captions), start)
    if _has_formulas(table):
        yield from (CellRange(first, row, last, row) for row in range(start + 1, start + len(table.rows) + 2))


def _has_formulas(table: FigureTable) -> bool:
    return len(table.captions) == _FORMULA.first_column


def _starts(tables: Sequence[FigureTable]) -> list[int]:
    """The row of each table's name; a blank row parts two tables."""
    starts, row = list[int](), 1
    for table in tables:
        starts.append(row)
        row += len(table.rows) + 3
    return starts


def _figure_rows(table: FigureTable, styles: Styles) -> Iterator[SheetRow]:
    more = ("",) * (_FORMULA.last_column - _FORMULA.first_column if _has_formulas(table) else 0)
    width = len(table.captions) + len(more)
    yield SheetRow((table.name, *[""] * (width - 1)), (styles.header,) * width, 24.0)
    yield SheetRow((*table.captions, *more), (styles.header,) * width, 20.0)
    looks = [styles.left, *[styles.number] * (width - 1)]
    for at in table.rates:
        looks[at] = styles.percent
    for at in range(len(table.captions) - 1, width) if more else ():
        looks[at] = styles.left
    for row in table.rows:
        lines = line_count(str(row[0]), _FIRST_CHARS)
        if more:
            lines = max(lines, line_count(str(row[-1]), _FORMULA_CHARS))
        yield SheetRow((*row, *more), looks, min(409.0, float(ceil(height_of(lines)))))
    yield SheetRow((), (), None)
