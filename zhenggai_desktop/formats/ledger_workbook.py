"""The ledger as an Excel workbook to be printed, filtered and filled in (domain.md §5).

Title 2号小标宋, header 黑体, body 仿宋 10 pt, wrapped, top-aligned; landscape A3 (A4 scaled down), fitted to the page's
width, header row on each page, page numbers; statuses by grounds that a black and white print tells apart. Columns
without merged cells have a button to filter by; in a merged column Excel would find the first row of each run alone.

No text is cut: one that would be higher than Excel's 409 points goes on in further rows of the sheet, behind （续）, so
that a page breaks between two of its lines; what is short is merged over those rows. A text longer than Excel's 32,767
characters is refused with a sentence that says where it stands.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate, count
from pathlib import Path
from typing import TYPE_CHECKING

from zhenggai_desktop import texts
from zhenggai_desktop.domain.cleaning import clean
from zhenggai_desktop.domain.continued_cells import CONTINUED
from zhenggai_desktop.domain.ledger_table import LedgerTable, Value, ledger_table
from zhenggai_desktop.domain.ledger_template import WHOLE, Template
from zhenggai_desktop.domain.records import LedgerFacts, Snapshot
from zhenggai_desktop.errors import TargetError
from zhenggai_desktop.formats.excel_rows import (
    LONGEST_TEXT,
    MOST_ROWS,
    CellRange,
    SheetRow,
    column_name,
    utf16_length,
    write_package,
)
from zhenggai_desktop.formats.ledger_layout import BODY_SIZE, Layout, lay_out
from zhenggai_desktop.formats.replacing import replacing
from zhenggai_desktop.formats.status_look import mark_statuses
from zhenggai_desktop.names import APP_NAME

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.worksheet.worksheet import Worksheet


class Paper(StrEnum):
    """Landscape; columns are laid out for A3, and a sheet on A4 is scaled to 71 %."""

    A3 = "8"
    A4 = "9"


_TITLE_FONT, _HEADER_FONT, _BODY_FONT = "方正小标宋简体", "黑体", "仿宋"
_TITLE_SIZE, _HEADER_SIZE = 22.0, BODY_SIZE  # a caption is as wide as as many characters of the body
_TITLE_HEIGHT, _FACTS_HEIGHT = 40.0, 20.0
_CENTRED = frozenset({"number", "leaders", "lead_department", "supporting_departments", "owner", "status"})  # fmt: skip
_FROZEN_COLUMNS = 3  # 序号, 方面, 问题 stay in sight
_FROZEN_FROM = 12  # columns: a table of fewer is seen whole

# Widths. Excel counts columns in digits of the default font: 8 pixels for 宋体 11, on which everything here rests.
DEFAULT_FONT, DEFAULT_SIZE, _DIGIT_PIXELS = "宋体", 11, 8
_CELL_MARGIN = 8  # pixels: Excel's own 5, and 3 so that the last character of a full line surely fits
_PIXELS_PER_POINT = 96 / 72
_MARGIN_SIDE, _MARGIN_TOP, _MARGIN_BOTTOM, _FOOTER = 0.4, 0.6, 0.7, 0.35  # inches
_PAGE_WIDTH = 420 / 25.4 - 2 * _MARGIN_SIDE  # inches, A3


def write_ledger_workbook(
    snapshot: Snapshot,
    path: Path,
    *,
    paper: Paper = Paper.A3,
    run_through: bool = False,
    template: Template = WHOLE,
) -> None:
    """Write the ledger in the columns of ``template`` to ``path``; a file that is there is replaced, or left as it was
    when writing fails.

    ``run_through``: issues are numbered through all sections (see ``Outline.number``). Raises ``TargetError``.
    """
    sheet = printed_sheet(snapshot, template, run_through=run_through)
    frame, styles = _frame(sheet, paper, snapshot.facts)
    with replacing(path) as temporary:
        write_package(frame, temporary, sheet.rows(styles), sheet.merges(), default_font=(DEFAULT_FONT, DEFAULT_SIZE))


def printed_sheet(snapshot: Snapshot, template: Template, *, run_through: bool = False) -> PrintedSheet:
    """A table of the ledger laid out for the page. Raises ``TargetError`` for what Excel cannot hold."""
    table = ledger_table(snapshot, run_through=run_through, template=template)
    check_limits(table)
    return PrintedSheet(lay_out(table, room_for(len(table.keys))), facts_line(snapshot.facts), template.name)


def room_for(columns: int) -> int:
    """How many characters of the body stand side by side on an A3 page in so many columns."""
    return int((_PAGE_WIDTH * 96 - columns * _CELL_MARGIN) / (BODY_SIZE * _PIXELS_PER_POINT))


def check_limits(table: LedgerTable) -> None:
    for row in table.rows:
        for caption, value in zip(table.captions, row.cells, strict=True):
            if isinstance(value, str) and len(value) * 2 > LONGEST_TEXT and utf16_length(clean(value)) > LONGEST_TEXT:
                raise TargetError(
                    f"序号{row.cells[0]}的“{caption}”有{len(value)}字，Excel一个单元格最多放{LONGEST_TEXT}字",
                    "请把它分成几条，再导出",
                )


def facts_line(facts: LedgerFacts) -> str:
    parts = (
        ("责任单位", facts.organisation),
        (texts.in_terms("巡察组", facts.kind) if facts.team else "", facts.team),
        ("反馈日期", texts.date_text(facts.feedback_date)),
    )
    return "　　".join(f"{caption}：{value}" for caption, value in parts if value)


@dataclass(frozen=True, slots=True)
class Styles:
    """Style numbers in the frame."""

    title: int
    facts: int
    header: int
    left: int
    centred: int
    date: int
    flat: int  # one line, not wrapped: data to be read by a program
    flat_date: int
    number: int
    percent: int

    def of_column(self, key: str) -> int:
        if key == "completed_on":
            return self.date
        return self.centred if key in _CENTRED else self.left


class PrintedSheet:
    """Where everything stands on the sheet: title, a line of facts, header, then the table."""

    def __init__(self, layout: Layout, facts: str, name: str) -> None:
        self.table, self.layout, self.facts, self.name = layout.table, layout, facts, name
        self.columns = len(self.table.keys)
        self.header_row = 3 if facts else 2
        self._parts = [layout.parts(row) for row in range(len(self.table.rows))]
        self.starts = list(accumulate(map(len, self._parts), initial=self.header_row + 1))
        self._alone = set(self._divided_cells())
        if self.starts[-1] > MOST_ROWS:
            raise TargetError(f"台账有{len(self.table.rows)}行，超过Excel一张表的上限", "请分成几个台账，再导出")

    def rows(self, styles: Styles) -> Iterator[SheetRow]:
        empty = ("",) * (self.columns - 1)
        yield SheetRow((self.table.title, *empty), (styles.title,) * self.columns, _TITLE_HEIGHT)
        if self.facts:
            yield SheetRow((self.facts, *empty), (styles.facts,) * self.columns, _FACTS_HEIGHT)
        yield SheetRow(self.table.captions, (styles.header,) * self.columns, self.layout.header_height)
        body = tuple(styles.of_column(key) for key in self.table.keys)
        for at, values in enumerate(self._values()):
            first, *others = self._parts[at]
            pieces_of = self._pieces(at)
            for column, pieces in pieces_of.items():
                values[column] = pieces[0]
            yield SheetRow(values, body, first)
            for part, height in enumerate(others, 1):
                further: list[Value] = ["", *empty]
                if self._is_counted(at):
                    further[0] = f"{values[0]}\n{CONTINUED}"
                for column, pieces in pieces_of.items():
                    further[column] = pieces[part] if part < len(pieces) else ""
                yield SheetRow(further, body, height)

    def _values(self) -> list[list[Value]]:
        """The cells of all rows, empty where a merged cell above covers them."""
        values = [list(row.cells) for row in self.table.rows]
        for merge in self.table.merges:
            for row in range(merge.first + 1, merge.last + 1):
                values[row][merge.column] = ""
        return values

    def merges(self) -> list[CellRange]:
        heads = [CellRange(1, row, self.columns, row) for row in range(1, self.header_row)]
        body = [(merge.column, merge.first, merge.last) for merge in self.table.merges]
        body += [(column, row, row) for row, column in self._alone if column or not self._is_counted(row)]
        ranges = (self._range(*each) for each in body)
        return heads + [each for each in ranges if each.first_row < each.last_row]

    def _range(self, column: int, first: int, last: int) -> CellRange:
        """The rows of the sheet that are one cell; of a divided text those of its last piece."""
        pieces = self._pieces(first).get(column, ("",))
        return CellRange(column + 1, self.starts[first] + len(pieces) - 1, column + 1, self.starts[last + 1] - 1)

    def _pieces(self, row: int) -> Mapping[int, Sequence[str]]:
        """By column the texts of a row that go on in further rows of the sheet."""
        divided = self.layout.divided.get(row)
        return divided.pieces if divided else {}

    def _is_counted(self, row: int) -> bool:
        """The number stands again beside each piece, unless one merged cell has it for several rows of the table."""
        return self.table.keys[:1] == ("number",) and (row, 0) in self._alone

    def _divided_cells(self) -> Iterator[tuple[int, int]]:
        """Cells of one table row that are several sheet rows high, unless a longer merged cell holds them."""
        held = {row: set[int]() for row in self.divided_rows()}
        rows = sorted(held)
        for merge in self.table.merges:
            for row in rows[bisect_left(rows, merge.first) : bisect_right(rows, merge.last)]:
                held[row].add(merge.column)
        for row in rows:
            yield from ((row, column) for column in range(self.columns) if column not in held[row])

    def divided_rows(self) -> list[int]:
        return [at for at, parts in enumerate(self._parts) if len(parts) > 1]


# --- the frame: everything but rows


def _frame(sheet: PrintedSheet, paper: Paper, facts: LedgerFacts) -> tuple[Workbook, Styles]:
    book = new_book(sheet.table.title, facts)
    page = book.worksheets[0]
    set_up(page, sheet, paper)
    return book, make_styles(page)


def new_book(title: str, facts: LedgerFacts) -> Workbook:
    """An empty workbook with one sheet that says who made it and what it is."""
    from openpyxl import Workbook  # noqa: PLC0415 - it takes time to load, and only an export needs it

    book = Workbook()
    book.properties.title = title
    book.properties.creator = facts.organisation or APP_NAME
    return book


def set_up(page: Worksheet, sheet: PrintedSheet, paper: Paper = Paper.A3) -> None:
    """Name, column widths, page, filter and frozen panes of a sheet whose rows are written later."""
    page.title = sheet.name
    for column, width in enumerate(sheet.layout.widths, 1):
        pixels = round(width * BODY_SIZE * _PIXELS_PER_POINT) + _CELL_MARGIN
        page.column_dimensions[column_name(column)].width = pixels / _DIGIT_PIXELS
    _set_page(page, sheet, paper)
    _set_filter(page, sheet)
    if "status" in sheet.table.keys and sheet.table.rows:
        column = sheet.table.keys.index("status") + 1
        mark_statuses(page, str(CellRange(column, sheet.header_row + 1, column, sheet.starts[-1] - 1)))


def _set_page(page: Worksheet, sheet: PrintedSheet, paper: Paper) -> None:
    from openpyxl.worksheet.page import PageMargins  # noqa: PLC0415
    from openpyxl.worksheet.properties import PageSetupProperties  # noqa: PLC0415

    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = int(paper)
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0  # as many pages down as it takes
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.page_margins = PageMargins(
        left=_MARGIN_SIDE, right=_MARGIN_SIDE, top=_MARGIN_TOP, bottom=_MARGIN_BOTTOM, header=_FOOTER, footer=_FOOTER
    )
    page.print_options.horizontalCentered = True
    page.print_title_rows = f"{sheet.header_row}:{sheet.header_row}"
    footer = page.oddFooter
    assert footer is not None
    footer.center.text, footer.center.size = "第 &P 页，共 &N 页", 10
    frozen = _FROZEN_COLUMNS if sheet.columns >= _FROZEN_FROM else 0
    page.freeze_panes = f"{column_name(frozen + 1)}{sheet.header_row + 1}"
    page.sheet_view.zoomScale = 100


def _set_filter(page: Worksheet, sheet: PrintedSheet) -> None:
    """Buttons to filter by. None where a row had to be divided: a filter would show only its upper part."""
    from openpyxl.worksheet.filters import FilterColumn  # noqa: PLC0415

    if sheet.divided_rows() or not sheet.table.rows:
        return
    page.auto_filter.ref = str(CellRange(1, sheet.header_row, sheet.columns, sheet.starts[-1] - 1))
    merged = sorted({merge.column for merge in sheet.table.merges})
    page.auto_filter.filterColumn = [FilterColumn(colId=column, hiddenButton=True) for column in merged]


def make_styles(page: Worksheet) -> Styles:
    """Register every style with a cell of the frame; rows then name it by its number."""
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side  # noqa: PLC0415

    line = Side(style="thin", color="FF7F7F7F")
    boxed = Border(left=line, right=line, top=line, bottom=line)
    shade = PatternFill("solid", fgColor="FFF2F2F2")
    body = Font(name=_BODY_FONT, size=BODY_SIZE)
    columns = count(1)

    def style(font: Font, alignment: Alignment, *, border: Border | None = None, fill: PatternFill | None = None,
              number_format: str = "@") -> int:  # fmt: skip
        cell = page.cell(1, next(columns))
        cell.font, cell.alignment, cell.number_format = font, alignment, number_format
        cell.border, cell.fill = border or Border(), fill or PatternFill()
        return cell.style_id

    left = Alignment(horizontal="left", vertical="top", wrap_text=True)
    centred = Alignment(horizontal="center", vertical="top", wrap_text=True)
    middle = Alignment(horizontal="center", vertical="center", wrap_text=True)
    flat = Alignment(horizontal="left", vertical="top")
    return Styles(
        title=style(Font(name=_TITLE_FONT, size=_TITLE_SIZE), middle),
        facts=style(body, Alignment(horizontal="left", vertical="center")),
        header=style(Font(name=_HEADER_FONT, size=_HEADER_SIZE), middle, border=boxed, fill=shade),
        left=style(body, left, border=boxed, number_format="General"),
        centred=style(body, centred, border=boxed, number_format="General"),
        date=style(body, centred, border=boxed, number_format="yyyy-mm-dd"),
        flat=style(body, flat, number_format="@"),
        flat_date=style(body, flat, number_format="yyyy-mm-dd"),
        number=style(body, centred, border=boxed, number_format="General"),
        percent=style(body, centred, border=boxed, number_format="0.00%"),
    )
