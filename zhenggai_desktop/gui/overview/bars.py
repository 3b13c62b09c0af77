"""Progress as bars, a line each: what is done, under way, not begun, by pattern and colour; what is late in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from zhenggai_desktop.domain.progress import Progress
from zhenggai_desktop.domain.records import Status
from zhenggai_desktop.gui.drawn_items import DrawnItems
from zhenggai_desktop.gui.overview.colours import late_colour, status_looks
from zhenggai_desktop.paper.status_fill import ORDER, fill
from zhenggai_desktop.texts import STATUS_NAMES

_ROW, _BAR = 34.0, 16.0  # pixels
_CAPTION = 0.34  # of the width, at most
_LEAST_CAPTION = 90.0
_LEGEND = 30.0


class ProgressBars(DrawnItems):
    """A stacked bar for each ``Progress``. Clicks and Enter say which issues stand behind a part or a whole."""

    chosen = Signal(str, object)  # caption, ids of issues
    keys: ClassVar = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
    nothing: ClassVar = "还没有整改事项"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Progress, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_progress(self, rows: Sequence[Progress]) -> None:
        """Show these lines."""
        self._rows = tuple(rows)
        self.current = min(self.current, max(len(self._rows) - 1, 0))
        self.describe()
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(420, round(_LEGEND + _ROW * max(len(self._rows), 1)))

    def minimumSizeHint(self) -> QSize:
        return QSize(280, self.sizeHint().height())

    def part_rect(self, row: int, status: Status) -> QRectF:
        """Where the part of a status lies; empty where nothing has it."""
        bar = self._bar_rect(row)
        progress, left = self._rows[row], bar.left()
        for known in ORDER:
            width = bar.width() * len(progress.ids_of(known)) / max(progress.total, 1)
            if known is status:
                return QRectF(left, bar.top(), width, bar.height())
            left += width
        return QRectF()

    def count(self) -> int:
        return len(self._rows)

    # --- geometry

    def _row_rect(self, row: int) -> QRectF:
        return QRectF(0, _LEGEND + row * _ROW, self.width(), _ROW)

    def _caption_width(self) -> float:
        widest = max((self.fontMetrics().horizontalAdvance(row.caption) for row in self._rows), default=0) + 12.0
        return max(min(widest, self.width() * _CAPTION), _LEAST_CAPTION)

    def _words_width(self) -> float:
        return float(self.fontMetrics().horizontalAdvance("已完成88/88　逾期88 "))

    def _bar_rect(self, row: int) -> QRectF:
        """Bars share one scale: the longest is the one with most items."""
        rect = self._row_rect(row)
        room = rect.width() - self._caption_width() - self._words_width() - 16
        most = max((progress.total for progress in self._rows), default=1)
        width = max(room, 40.0) * self._rows[row].total / max(most, 1)
        return QRectF(self._caption_width() + 8, rect.center().y() - _BAR / 2, width, _BAR)

    def item_at(self, point: QPointF) -> int:
        row = int((point.y() - _LEGEND) // _ROW)
        return row if 0 <= row < len(self._rows) else -1

    def _part_at(self, row: int, point: QPointF) -> Status | None:
        parts = (status for status in ORDER if self.part_rect(row, status).contains(point))
        return next((status for status in parts if self._rows[row].ids_of(status)), None)

    # --- painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._paint_legend(painter)
        if not self._rows:
            painter.setPen(self.palette().placeholderText().color())
            painter.drawText(QRectF(0, _LEGEND, self.width(), _ROW), Qt.AlignmentFlag.AlignVCenter, self.nothing)
        for row in range(len(self._rows)):
            self._paint_row(painter, row)

    def _paint_legend(self, painter: QPainter) -> None:
        left, looks = 0.0, status_looks()
        for status in ORDER:
            name = STATUS_NAMES[status]
            fill(painter, QRectF(left + 1, 8, 20, 11), looks[status])
            painter.setPen(self.palette().placeholderText().color())
            width = self.fontMetrics().horizontalAdvance(name)
            painter.drawText(QRectF(left + 27, 0, width + 4, 27), Qt.AlignmentFlag.AlignVCenter, name)
            left += width + 48

    def _paint_row(self, painter: QPainter, row: int) -> None:
        rect, progress = self._row_rect(row), self._rows[row]
        if row == self.hovered:
            painter.fillRect(rect, self.palette().alternateBase())
        if row == self.current and self.hasFocus():
            painter.setPen(QPen(self.palette().link().color(), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(0, 1, -1, -1))
        painter.setPen(self.palette().windowText().color())
        caption = QRectF(6, rect.top(), self._caption_width() - 6, rect.height())
        words = self.fontMetrics().elidedText(progress.caption, Qt.TextElideMode.ElideRight, int(caption.width()))
        painter.drawText(caption, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, words)
        looks = status_looks()
        for status in ORDER:
            fill(painter, self.part_rect(row, status), looks[status])
        self._paint_words(painter, row, rect)

    def _paint_words(self, painter: QPainter, row: int, rect: QRectF) -> None:
        progress = self._rows[row]
        left = self._bar_rect(row).right() + 8
        done = f"{len(progress.ids_of(Status.DONE))}/{progress.total}"
        painter.setPen(self.palette().windowText().color())
        painter.drawText(QRectF(left, rect.top(), 80, rect.height()), Qt.AlignmentFlag.AlignVCenter, done)
        if progress.late_ids:
            left += self.fontMetrics().horizontalAdvance(done) + 12
            painter.setPen(late_colour())
            late = f"逾期{len(progress.late_ids)}"
            painter.drawText(QRectF(left, rect.top(), 90, rect.height()), Qt.AlignmentFlag.AlignVCenter, late)

    # --- what Qt reports

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        row = self.item_at(event.position())
        if event.button() is Qt.MouseButton.LeftButton and row >= 0:
            self._choose(row, self._part_at(row, event.position()), event.position().x())

    def choose(self, at: int) -> None:
        self._choose(at, None, 0.0)

    def _choose(self, row: int, status: Status | None, x: float) -> None:
        """A part of the bar, the late ones by the words behind it, or the whole line."""
        progress = self._rows[row]
        behind = self._bar_rect(row).right() + 8 + self.fontMetrics().horizontalAdvance("88/88")
        if status is not None:
            self.chosen.emit(f"{progress.caption}　{STATUS_NAMES[status]}", progress.ids_of(status))
        elif progress.late_ids and x > behind:
            self.chosen.emit(f"{progress.caption}　逾期", progress.late_ids)
        else:
            self.chosen.emit(progress.caption, progress.ids)

    def sentence(self, at: int) -> str:
        progress = self._rows[at]
        parts = [f"{STATUS_NAMES[status]}{len(progress.ids_of(status))}" for status in ORDER if progress.ids_of(status)]
        late = f"，逾期{len(progress.late_ids)}" if progress.late_ids else ""
        return f"{progress.caption}：共{progress.total}个，{'、'.join(parts)}{late}"
