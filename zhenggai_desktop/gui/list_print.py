"""The list on paper: the rows that a filter leaves, in the columns that are shown, on lying A4, its head repeated.

Each text is broken into lines once and each page is painted by itself: a text document with one table of all rows
took minutes for a large ledger.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QModelIndex, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPen,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QWidget

from zhenggai_desktop.gui.ledger_model import LedgerModel
from zhenggai_desktop.gui.tree_columns import CAPTIONS, Column

if TYPE_CHECKING:
    from zhenggai_desktop.services.ticking import Tick

#: Shares of the width; the title takes what the others leave.
_SHARES = {Column.NUMBER: 9, Column.STATUS: 9, Column.DEADLINE: 13, Column.OWNER: 12, Column.DONE: 7}
_FAMILIES = ["FangSong", "仿宋", "STFangsong", "Noto Serif CJK SC", "SimSun"]
_POINT = 10  # units: fonts have whole sizes only, and letters of 10.5 points are wanted
_LETTERS, _TITLE = 105, 160
_MARGIN = 425  # 1.5 cm
_FOOT = 200  # below the table, for the number of the page
_PAD = 30  # between a cell's edge and its words
_STEP = 90  # of a level
_LINE = 1.25  # lines of letters
_TICKED = 50  # rows between two ticks


@dataclass(frozen=True, slots=True)
class _Row:
    """Lines of each cell, and how far the title stands in."""

    cells: tuple[tuple[str, ...], ...]
    indent: int = 0
    bold: bool = False

    @property
    def lines(self) -> int:
        return max(map(len, self.cells))


class ListPaper:
    """All rows of a model as a table under ``heading``; ``below`` says what is listed."""

    def __init__(self, model: LedgerModel, columns: Sequence[Column], heading: str, below: str) -> None:
        self._columns, self.heading, self._below = tuple(columns), heading, below
        self._texts = [
            (tuple(str(index.siblingAtColumn(column).data() or "") for column in columns), depth, depth == 0)
            for index, depth in _indexes(model, QModelIndex(), 0)
        ]
        self._fonts = _font(_LETTERS), _font(_LETTERS, bold=True)
        self._metrics = QFontMetricsF(self._fonts[0]), QFontMetricsF(self._fonts[1])
        self._line = self._metrics[0].height() * _LINE

    def paint(self, device: QPagedPaintDevice, tick: Tick = lambda _done, _total: None) -> bool:
        """All pages onto a printer or PDF of ``paper``; false where it cannot be painted on.

        Half of what is ticked is the breaking of lines; what ``tick`` raises ends the painting.
        """
        painter = QPainter()
        if not painter.begin(device):
            return False
        try:
            scale = device.logicalDpiX() / (72 * _POINT)
            sheet, around = device.pageLayout().fullRectPoints(), 2 * _MARGIN
            width, height = sheet.width() * _POINT - around, sheet.height() * _POINT - around - _FOOT
            page = QRectF(_MARGIN, _MARGIN, width, height)
            pages = self._pages(page, tick)
            painter.scale(scale, scale)
            for number, rows in enumerate(pages):
                tick(len(pages) + number, 2 * len(pages))
                if number:
                    device.newPage()
                self._paint_page(painter, page, rows, f"第{number + 1}页，共{len(pages)}页", first=number == 0)
        finally:
            painter.end()
        return True

    # --- lines and pages

    def _widths(self, whole: float) -> list[float]:
        others = sum(_SHARES[column] for column in self._columns if column is not Column.TITLE)
        return [whole * (100 - others if at is Column.TITLE else _SHARES[at]) / 100 for at in self._columns]

    def _pages(self, page: QRectF, tick: Tick) -> list[list[_Row]]:
        widths, total = self._widths(page.width()), len(self._texts)
        most = int((page.height() - self._top() - self._height(1) - 2 * _PAD) / self._line)  # lines of the longest row
        pages: list[list[_Row]] = [[]]
        left = page.height() - self._top() - self._height(1)
        for at, (texts, depth, bold) in enumerate(self._texts):
            if at % _TICKED == 0:
                tick(at, 2 * total)
            for row in _parted(self._broken(texts, widths, depth * _STEP, bold=bold), most):
                if pages[-1] and self._height(row.lines) > left:
                    pages.append([])
                    left = page.height() - self._height(1)
                pages[-1].append(row)
                left -= self._height(row.lines)
        return pages

    def _top(self) -> float:
        """What stands above the table of the first page."""
        return 2.2 * _TITLE + 2 * self._line

    def _height(self, lines: int) -> float:
        return lines * self._line + _PAD

    def _broken(self, texts: Sequence[str], widths: Sequence[float], indent: int, *, bold: bool) -> _Row:
        cells: list[tuple[str, ...]] = []
        for column, text, width in zip(self._columns, texts, widths, strict=True):
            room = width - 2 * _PAD - (indent if column is Column.TITLE else 0)
            cells.append(tuple(self._lines(" ".join(text.split()), room, bold=bold)))
        return _Row(tuple(cells), indent, bold)

    def _lines(self, text: str, room: float, *, bold: bool) -> Iterator[str]:
        if self._metrics[bold].horizontalAdvance(text) <= room:
            yield text
            return
        layout = QTextLayout(text, self._fonts[bold])
        layout.setTextOption(_wrapping())
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(room)
            yield text[line.textStart() : line.textStart() + line.textLength()].rstrip()
        layout.endLayout()

    # --- painting

    def _paint_page(self, painter: QPainter, page: QRectF, rows: Sequence[_Row], foot: str, *, first: bool) -> None:
        top = page.top()
        if first:
            painter.setFont(_font(_TITLE, bold=True))
            middle = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
            painter.drawText(QRectF(page.left(), top, page.width(), 2 * _TITLE), middle, self.heading)
            painter.setFont(self._fonts[0])
            painter.drawText(QPointF(page.left(), top + 2.2 * _TITLE + self._line), self._below)
            top += self._top()
        head = _Row(tuple((CAPTIONS[column],) for column in self._columns), bold=True)
        for row in (head, *rows):
            self._paint_row(painter, page, top, row)
            top += self._height(row.lines)
        painter.setFont(self._fonts[0])
        painter.setPen(Qt.GlobalColor.black)
        right = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(QRectF(page.left(), page.bottom(), page.width(), _FOOT), right, foot)

    def _paint_row(self, painter: QPainter, page: QRectF, top: float, row: _Row) -> None:
        height, left, ascent = self._height(row.lines), page.left(), self._metrics[row.bold].ascent()
        painter.setFont(self._fonts[row.bold])
        for column, width, lines in zip(self._columns, self._widths(page.width()), row.cells, strict=True):
            painter.setPen(QPen(QColor("#808080"), 5))
            painter.drawRect(QRectF(left, top, width, height))
            painter.setPen(Qt.GlobalColor.black)
            x = left + _PAD + (row.indent if column is Column.TITLE else 0)
            for at, line in enumerate(lines):
                painter.drawText(QPointF(x, top + _PAD / 2 + at * self._line + ascent), line)
            left += width


def print_list(parent: QWidget, paper_of_list: ListPaper) -> None:
    """Ask for a printer and print. Raises CancelledError."""
    from zhenggai_desktop.gui.printing import ask_and_print  # noqa: PLC0415 - asks the system for its printers

    ask_and_print(parent, paper_of_list.heading, paper(), paper_of_list.paint)


def paper() -> QPageLayout:
    """A4, lying; its margins are painted."""
    size, none = QPageSize(QPageSize.PageSizeId.A4), QMarginsF(0, 0, 0, 0)
    return QPageLayout(size, QPageLayout.Orientation.Landscape, none, QPageLayout.Unit.Millimeter)


def _indexes(model: LedgerModel, parent: QModelIndex, depth: int) -> Iterator[tuple[QModelIndex, int]]:
    for row in range(model.rowCount(parent)):
        index = model.index(row, 0, parent)
        yield index, depth
        yield from _indexes(model, index, depth + 1)


def _parted(row: _Row, most: int) -> Iterator[_Row]:
    """A row that is longer than a page goes on with its next lines."""
    for first in range(0, row.lines, most):
        cells = tuple(lines[first : first + most] or ("",) for lines in row.cells)
        yield row if row.lines <= most else _Row(cells, row.indent, row.bold)


def _font(units: int, *, bold: bool = False) -> QFont:
    font = QFont(_FAMILIES)
    font.setPixelSize(units)
    font.setBold(bold)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def _wrapping() -> QTextOption:
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return option
