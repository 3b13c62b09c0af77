"""A department's sheet to fill in: what to read is locked, what to fill is open, with lists to choose from.

Protection has no password: it guards against slips, not against people. Ids stand in a hidden column, the values at
sending on a hidden sheet. Nothing is merged, so that rows can be sorted and filtered.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhenggai_desktop.domain.distribution import FILLED, HIDDEN_SHEET, READ, Sending, captions, hidden_rows
from zhenggai_desktop.domain.ledger_table import LedgerTable, Value
from zhenggai_desktop.domain.records import LedgerFacts
from zhenggai_desktop.formats.excel_rows import (
    TALLEST_ROW,
    CellRange,
    SheetContent,
    SheetRow,
    column_name,
    write_sheets,
)
from zhenggai_desktop.formats.ledger_layout import Layout, height_of, lay_out, row_heights
from zhenggai_desktop.formats.ledger_workbook import DEFAULT_FONT, DEFAULT_SIZE, Paper, new_book, room_for
from zhenggai_desktop.formats.replacing import replacing
from zhenggai_desktop.formats.status_look import mark_statuses
from zhenggai_desktop.formats.text_fit import line_count
from zhenggai_desktop.texts import STATUS_NAMES

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_SHEET = "填报"
_HEADER_ROW = 3
_ROOM_TO_ADD = 20  # blank rows below the last one
_BLANK_WIDTH = 4  # characters of an empty column that is only read
_LONGEST = 5_000  # characters of one answer
_WIDEST, _WIDER = 140, 4  # characters: Excel's widest column is 255 of its own digits
_LEAST_HEIGHT = 40.0  # points: room for a few words by hand
_DIGITS_PER_CHARACTER = 1.7  # 仿宋 10 pt in Excel's own unit of width
_OPEN_FILL, _HEAD_FILL = "FFFFF9E5", "FFF2F2F2"
_INSTRUCTION = (
    "请只填写浅黄色的格子：整改进展、完成情况（从列表选择）、实际完成日期、备注。"
    "要增加措施，请写在最下面的空行，写明序号（或问题）和整改措施。请勿删除或改动隐藏的列和工作表，填好后直接发回。"
)  # fmt: skip


def write_department_workbook(path: Path, sending: Sending, facts: LedgerFacts, round_uid: str) -> None:
    """Write one recipient's sheet. Raises ``TargetError``."""
    book = new_book(f"{sending.recipient}整改填报表", facts)
    page, hidden = book.worksheets[0], book.create_sheet(HIDDEN_SHEET)
    page.title, hidden.sheet_state = _SHEET, "veryHidden"
    looks = _Looks(page)
    sheet = _FillingSheet(sending, looks)
    sheet.set_up(page)
    merges = [CellRange(1, row, len(captions()) - 1, row) for row in (1, 2)]
    rows = hidden_rows(facts.uid, round_uid, sending)
    plain = (SheetRow(row, (looks.hidden,) * len(row)) for row in rows)
    with replacing(path) as temporary:
        contents = [SheetContent(sheet.rows(), merges), SheetContent(plain)]
        write_sheets(book, temporary, contents, default_font=(DEFAULT_FONT, DEFAULT_SIZE))


class _Looks:
    """Style numbers of the frame: locked and open cells, plain and dates."""

    def __init__(self, page: Worksheet) -> None:
        from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side  # noqa: PLC0415

        line = Side(style="thin", color="FF7F7F7F")
        boxed = Border(left=line, right=line, top=line, bottom=line)
        top = Alignment(horizontal="left", vertical="top", wrap_text=True)
        middle = Alignment(horizontal="center", vertical="center", wrap_text=True)
        columns = count(1)

        def style(font: Font, alignment: Alignment, *, border: Border | None = None, fill: str = "",
                  number_format: str = "@", locked: bool = True) -> int:  # fmt: skip
            cell = page.cell(1, next(columns))
            cell.font, cell.alignment, cell.number_format = font, alignment, number_format
            cell.border = border or Border()
            cell.fill = PatternFill("solid", fgColor=fill) if fill else PatternFill()
            cell.protection = Protection(locked=locked)
            return cell.style_id

        body = Font(name="仿宋", size=10)
        self.title = style(Font(name="方正小标宋简体", size=18), middle)
        self.instruction = style(Font(name="楷体", size=10), Alignment(vertical="center", wrap_text=True))
        self.header = style(Font(name="黑体", size=10), middle, border=boxed, fill=_HEAD_FILL)
        self.locked = style(body, top, border=boxed)
        self.open = style(body, top, border=boxed, fill=_OPEN_FILL, number_format="General", locked=False)
        self.words = style(body, top, border=boxed, fill=_OPEN_FILL, locked=False)  # text: 1-2 must not become a day
        self.day = style(body, top, border=boxed, fill=_OPEN_FILL, number_format="yyyy-mm-dd", locked=False)
        self.hidden = style(body, Alignment(), number_format="@")


def _with_narrow_blanks(table: LedgerTable) -> LedgerTable:
    """The table with little room for what is only read and empty: the room is for what is to be filled in."""
    filled = {key for row in table.rows for key, value in zip(table.keys, row.cells, strict=True) if value}
    read = {key for key, _ in READ}
    return replace(table, widths=tuple(_BLANK_WIDTH if key in read - filled else 0 for key in table.keys))


def _with_room_for_all(layout: Layout) -> Layout:
    """Wider columns where a row would be higher than Excel's 409 points: a row that is to be filled in has its id and
    cannot go on in further ones. On paper everything is smaller then."""
    widths = list(layout.widths)
    for row in layout.divided:
        for at, value in enumerate(layout.table.rows[row].cells):
            while isinstance(value, str) and widths[at] < _WIDEST and _is_too_tall(value, widths[at]):
                widths[at] += _WIDER
    return replace(layout, widths=tuple(widths), heights=row_heights(layout.table, widths))


def _is_too_tall(text: str, width: int) -> bool:
    return height_of(line_count(text, width)) > TALLEST_ROW


class _FillingSheet:
    def __init__(self, sending: Sending, looks: _Looks) -> None:
        self._sending, self._looks = sending, looks
        self._layout = _with_room_for_all(
            lay_out(_with_narrow_blanks(sending.table), room_for(len(sending.table.keys)))
        )
        self._last = _HEADER_ROW + len(sending.ids) + _ROOM_TO_ADD

    def set_up(self, page: Worksheet) -> None:
        for at, width in enumerate(self._layout.widths, 1):
            page.column_dimensions[column_name(at)].width = width * _DIGITS_PER_CHARACTER + 1
        page.column_dimensions[column_name(len(captions()))].hidden = True
        page.freeze_panes = f"A{_HEADER_ROW + 1}"
        page.auto_filter.ref = f"A{_HEADER_ROW}:{column_name(len(captions()))}{_HEADER_ROW + len(self._sending.ids)}"
        self._set_page(page)
        status = column_name(captions().index(dict(FILLED)["status"]) + 1)
        mark_statuses(page, f"{status}{_HEADER_ROW + 1}:{status}{self._last}")
        self._protect(page)
        self._offer_choices(page)

    def _set_page(self, page: Worksheet) -> None:
        """A4 lying, as wide as the page, the header on each: some departments fill in by hand."""
        from openpyxl.worksheet.page import PageMargins  # noqa: PLC0415
        from openpyxl.worksheet.properties import PageSetupProperties  # noqa: PLC0415

        page.page_setup.orientation, page.page_setup.paperSize = "landscape", int(Paper.A4)
        page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
        page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        page.page_margins = PageMargins(left=0.4, right=0.4, top=0.5, bottom=0.6, header=0.3, footer=0.3)
        page.print_title_rows = f"{_HEADER_ROW}:{_HEADER_ROW}"
        page.print_area = f"A1:{column_name(len(captions()) - 1)}{self._last}"
        footer = page.oddFooter
        assert footer is not None
        footer.center.text = "第 &P 页，共 &N 页"

    def _protect(self, page: Worksheet) -> None:
        protection = page.protection
        protection.sheet = True
        for allowed in ("formatCells", "formatColumns", "formatRows", "insertRows", "sort", "autoFilter"):
            setattr(protection, allowed, False)  # the file format says what is forbidden

    def _offer_choices(self, page: Worksheet) -> None:
        from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415

        names = ",".join(STATUS_NAMES.values())
        rules = {
            "status": DataValidation(type="list", formula1=f'"{names}"', allow_blank=True, errorTitle="完成情况",
                                     error="请从列表中选择", errorStyle="warning"),
            "completed_on": DataValidation(type="date", operator="greaterThan", formula1="36526", allow_blank=True,
                                           errorTitle="日期", error="请写成 2025-6-30 这样的日期"),
            "progress": DataValidation(type="textLength", operator="lessThanOrEqual", formula1=str(_LONGEST),
                                       allow_blank=True, errorTitle="整改进展", error=f"请控制在{_LONGEST}字以内"),
        }  # fmt: skip
        for at, (name, _) in enumerate(FILLED, len(READ) + 1):
            if name in rules:
                rule: Any = rules[name]  # its own types know no ranges
                rule.add(f"{column_name(at)}{_HEADER_ROW + 1}:{column_name(at)}{self._last}")
                page.add_data_validation(rules[name])

    def rows(self) -> Iterator[SheetRow]:
        looks, width = self._looks, len(captions())
        empty = ("",) * (width - 1)
        title = f"{self._sending.table.title}（{self._sending.recipient}）"
        yield SheetRow((title, *empty), (looks.title,) * width, 36.0)
        yield SheetRow((_INSTRUCTION, *empty), (looks.instruction,) * width, 34.0)
        yield SheetRow(captions(), (looks.header,) * width, max(24.0, self._layout.header_height))
        for row, row_id, height in zip(self._layout.table.rows, self._sending.ids, self._layout.heights, strict=True):
            cells: tuple[Value, ...] = (*row.cells, row_id)
            yield SheetRow(
                cells, self._styles(new=row_id.startswith("I:")), min(TALLEST_ROW, max(_LEAST_HEIGHT, height))
            )
        blank = (looks.words,) * len(READ) + self._filled_styles() + (looks.locked,)
        for _ in range(_ROOM_TO_ADD):
            yield SheetRow(("",) * width, blank, _LEAST_HEIGHT)

    def _styles(self, *, new: bool) -> tuple[int, ...]:
        """``new``: the issue has no measure yet, so what will be done can be written too."""
        looks = self._looks
        read = tuple(looks.words if new and name == "content" else looks.locked for name, _ in READ)
        return (*read, *self._filled_styles(), looks.locked)

    def _filled_styles(self) -> tuple[int, ...]:
        return tuple(self._looks.day if name == "completed_on" else self._looks.open for name, _ in FILLED)
