"""The list of a proofreader's findings as an Excel sheet for the approval file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from zhenggai_desktop.domain.cleaning import clean
from zhenggai_desktop.formats.replacing import replacing

CAPTIONS = ("序号", "级别", "类别", "位置", "原文", "说明", "建议", "处理情况")
_WIDTHS = (6, 8, 14, 10, 36, 50, 26, 20)
_LONGEST = 2_000  # characters of one cell


def write_proof_workbook(title: str, rows: Sequence[Sequence[str]], path: Path) -> None:
    """Write findings, a row of texts for each below ``CAPTIONS``; text stays text. Raises TargetError."""
    from openpyxl import Workbook  # noqa: PLC0415 - loads late
    from openpyxl.styles import Alignment, Border, Font, Side  # noqa: PLC0415

    book = Workbook()
    sheet = book.create_sheet("校对意见", 0)
    book.remove(book.worksheets[1])
    thin = Side(style="thin")
    border = Border(thin, thin, thin, thin)
    wrapped = Alignment(vertical="top", wrap_text=True)
    heading = sheet.cell(1, 1, clean(title))
    heading.font = Font(name="方正小标宋简体", size=18)
    heading.alignment = Alignment(horizontal="center", vertical="center")
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=len(CAPTIONS))
    for number, line in enumerate((CAPTIONS, *rows), 2):
        for column, value in enumerate(line, 1):
            cell = sheet.cell(number, column)
            cell.value = clean(value)[:_LONGEST]
            cell.data_type = "s"
            cell.font = Font(name="黑体" if number == 2 else "仿宋", size=11)
            cell.alignment, cell.border = wrapped, border
    for column, width in enumerate(_WIDTHS, 1):
        sheet.column_dimensions["ABCDEFGH"[column - 1]].width = width
    sheet.freeze_panes = "A3"
    sheet.print_title_rows = "2:2"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    with replacing(path) as temporary:
        book.save(temporary)
