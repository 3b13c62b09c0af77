"""A row of the ledger's tree, drawn at once.

The view's own way asks the model seven questions for each cell and has the style sheet read its rules for each: most
of what an edit took until it was seen. Here a row is one call. It looks as the style sheet says, with colours from
the theme and sizes from the view.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QIcon, QPainter, QPixmap, QStaticText

from zhenggai_desktop.gui import themes
from zhenggai_desktop.gui.drawn_icons import SIZE
from zhenggai_desktop.gui.status_marks import late_icon, status_icon
from zhenggai_desktop.gui.style import mark_side
from zhenggai_desktop.gui.tree_columns import Column
from zhenggai_desktop.gui.tree_rows import ROOT

if TYPE_CHECKING:
    from zhenggai_desktop.domain.records import Status
    from zhenggai_desktop.gui.ledger_model import LedgerModel
    from zhenggai_desktop.gui.ledger_tree import LedgerTree

AnyIndex = QModelIndex | QPersistentModelIndex
NumberMark = Callable[[QPainter, QRect, AnyIndex], None]

_AROUND = 3  # pixels between a cell's edge, its picture and its words
_RIGHT = 6  # more of them at the right
_LARGEST = 3.0  # times the usual size is the largest picture of a mark
_KEPT = 2000  # texts whose shortened form is kept
_NUMBER, _STATUS, _DEADLINE = int(Column.NUMBER), int(Column.STATUS), int(Column.DEADLINE)


class RowPainter:
    """Draws the rows of one tree. ``begin`` with each painting, then ``draw`` row by row."""

    def __init__(self, tree: LedgerTree, model: LedgerModel) -> None:
        self._tree, self._model = tree, model
        self.number_mark: NumberMark | None = None  # draws something into the number's cell, after the number
        self._worn: tuple[str, str, float] = ("", "", 0.0)
        self._status_marks: dict[Status, QPixmap] = {}
        self._shortened: dict[tuple[str, int, bool], QStaticText] = {}

    def begin(self) -> None:
        """Take in sizes, columns and colours as they are now."""
        tree, header, theme = self._tree, self._tree.header(), themes.current()
        font = tree.font()
        worn = font.key(), theme.ground, tree.devicePixelRatioF()
        if self._worn != worn:
            self._worn = worn
            self._ratio = worn[2]
            bold = tree.font()
            bold.setBold(True)
            self._fonts = font, bold
            self._metrics = QFontMetrics(font), QFontMetrics(bold)
            self._ink, self._muted, self._arrow = QColor(theme.ink), QColor(theme.disabled), QColor(theme.muted)
            self._accent = QColor(theme.accent)
            self._surface, self._stripe, self._selected = (  # a brush would load all of Qt's gradients
                QColor(colour) for colour in (theme.surface, theme.stripe, theme.selected)
            )
            self._icon = mark_side(font.pointSizeF())
            self._shortened.clear()
            self._status_marks.clear()
            self._late_mark = self._picture(late_icon())
            self._arrows = self._arrow_picture(is_open=False), self._arrow_picture(is_open=True)
        self._words_ink = self._ink if tree.isEnabled() else self._muted
        self._day = self._model.today()
        self._indent = tree.indentation()
        self._above = tree.verticalOffset()
        self._selection = tree.selectionModel()
        self._only = self._only_one()
        self._focused = tree.currentIndex().internalId() if tree.hasFocus() and tree.currentIndex().isValid() else None
        self._columns = [
            (int(column), header.sectionViewportPosition(column), header.sectionSize(column))
            for column in Column
            if not header.isSectionHidden(column)
        ]

    def _only_one(self) -> int | None:
        """The number of the only row that is selected, 0 where there is none; None where more are."""
        ranges = self._selection.selection()
        if not ranges.count():
            return ROOT
        first = ranges.first()
        return first.topLeft().internalId() if ranges.count() == 1 and first.height() == 1 else None

    def draw(self, painter: QPainter, rect: QRect, index: AnyIndex) -> None:
        """Draw the row of ``index`` into its rectangle."""
        top, height = rect.y(), rect.height()
        left, end = self._columns[0][1], sum(self._columns[-1][1:])
        node = index.internalId()
        is_selected = self._selection.isSelected(index) if self._only is None else node == self._only
        is_striped = (top + self._above) // height & 1
        painter.setBackground(self._selected if is_selected else self._stripe if is_striped else self._surface)
        painter.eraseRect(left, top, end - left, height)  # fillRect would load the gradients too
        painter.setPen(self._words_ink)
        row = self._model.painted_row(index, self._day)
        metrics = self._metrics[row.is_section]
        painter.setFont(self._fonts[row.is_section])
        head = top + (height - metrics.height()) // 2
        for column, position, width in self._columns:
            x, right, mark = position, position + width - _RIGHT, None
            if column == _NUMBER:
                x += (row.depth + 1) * self._indent
                if row.has_rows:
                    side, arrow = self._icon // 2, self._arrows[self._tree.isExpanded(index)]
                    painter.drawPixmap(x - self._indent // 2 - side, top + height // 2 - side, arrow)
                if self.number_mark is not None:
                    self.number_mark(painter, QRect(x, top, position + width - x, height), index)
            elif column == _STATUS and row.status is not None:
                mark = self._status_mark(row.status)
            elif column == _DEADLINE and row.is_late:
                mark = self._late_mark
            if mark is not None:
                painter.drawPixmap(x + _AROUND, top + (height - self._icon) // 2, mark)
                x += 2 * _AROUND + self._icon
            if text := row.texts[column]:
                short = self._short(text, right - x - 2 * _AROUND, bold=row.is_section)
                painter.drawStaticText(x + _AROUND, head, short)
        if not is_selected and node == self._focused:
            painter.setPen(self._accent)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(left, top, end - left - 1, height - 1)

    def _short(self, text: str, room: int, *, bold: bool) -> QStaticText:
        """The text on one line, with … where there is no room for all of it; its letters are laid out once."""
        key = text, room, bold
        short = self._shortened.get(key)
        if short is None:
            if len(self._shortened) >= _KEPT:
                self._shortened.clear()
            line = text.replace("\n", " ")
            short = QStaticText(self._metrics[bold].elidedText(line, Qt.TextElideMode.ElideRight, room))
            short.setTextFormat(Qt.TextFormat.PlainText)
            self._shortened[key] = short
        return short

    def _status_mark(self, status: Status) -> QPixmap:
        mark = self._status_marks.get(status)
        if mark is None:
            mark = self._status_marks[status] = self._picture(status_icon(status))
        return mark

    def _picture(self, icon: QIcon) -> QPixmap:
        """An icon in the size of the letters: it has pictures of its own for larger screens, not for larger letters."""
        side = round(self._icon * self._ratio)
        picture = icon.pixmap(QSize(SIZE, SIZE), _LARGEST).scaled(
            side, side, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        picture.setDevicePixelRatio(self._ratio)
        return picture

    def _arrow_picture(self, *, is_open: bool) -> QPixmap:
        """A small triangle, to the right before a row that is closed, down before one that is open."""
        centre, side, half = self._icon // 2, self._icon // 4, self._icon // 8
        picture = QPixmap(QSize(1, 1) * round(2 * centre * self._ratio))
        picture.setDevicePixelRatio(self._ratio)
        picture.fill(Qt.GlobalColor.transparent)
        points = [QPoint(-side, -half), QPoint(side, -half), QPoint(0, half + 1)]
        if not is_open:
            points = [QPoint(-half, -side), QPoint(-half, side), QPoint(half + 1, 0)]
        painter = QPainter(picture)
        painter.translate(centre, centre)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._arrow)
        painter.drawPolygon(points)
        painter.end()
        return picture
