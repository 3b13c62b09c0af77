"""The wall chart on the screen: its pages under each other; a click on a row leads to the issue."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QScrollArea, QWidget

from zhenggai_desktop.gui import themes
from zhenggai_desktop.paper.wall_chart import WallChart

_GAP = 14
_LEAST = 900  # pixels: a narrower chart cannot be read, it is scrolled instead


class ChartView(QScrollArea):
    """Shows a chart as wide as there is room."""

    issue_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sheet = _Sheet()
        self.sheet.issue_chosen.connect(self.issue_chosen)
        self.setWidget(self.sheet)
        self.setWidgetResizable(True)
        self.setProperty("framed", True)  # it has the keyboard, to be scrolled
        self.setAccessibleName("挂图作战")

    def show_chart(self, chart: WallChart) -> None:
        """Show another chart."""
        self.sheet.show_chart(chart)


class _Sheet(QWidget):
    issue_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chart: WallChart | None = None
        self.setMouseTracking(True)
        self.setMinimumWidth(_LEAST)

    def show_chart(self, chart: WallChart) -> None:
        self._chart = chart
        self._fit()
        self.update()

    def point_of(self, issue_id: int) -> QPoint:
        """The middle of an issue's row on this widget; its corner where the chart has no such row."""
        assert self._chart is not None
        found = self._chart.row_point(issue_id)
        if found is None:
            return QPoint()
        number, point = found
        corner, scale = self._page_rect(number).topLeft(), self._scale()
        return QPoint(round(corner.x() + point.x() * scale), round(corner.y() + point.y() * scale))

    def _scale(self) -> float:
        assert self._chart is not None
        return (self.width() - 2 * _GAP) / self._chart.size.width()

    def _page_rect(self, number: int) -> QRect:
        assert self._chart is not None
        size = QSize(self.width() - 2 * _GAP, round(self._chart.size.height() * self._scale()))
        return QRect(QPoint(_GAP, _GAP + number * (size.height() + _GAP)), size)

    def _fit(self) -> None:
        """As high as all pages are at this width."""
        if self._chart is not None:
            self.setMinimumHeight(self._page_rect(self._chart.page_count).top())

    def _issue_at(self, point: QPointF) -> int | None:
        if self._chart is None:
            return None
        for number in range(self._chart.page_count):
            rect = self._page_rect(number)
            if rect.contains(point.toPoint()):
                scale = self._scale()
                inside = QPointF((point.x() - rect.left()) / scale, (point.y() - rect.top()) / scale)
                return self._chart.issue_at(number, inside)
        return None

    def resizeEvent(self, _event: object) -> None:
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = themes.current()
        painter.fillRect(event.rect(), QColor(theme.desk))
        if self._chart is None:
            return
        for number in range(self._chart.page_count):
            rect = self._page_rect(number)
            if not rect.intersects(event.rect()):
                continue
            painter.fillRect(rect, Qt.GlobalColor.white)
            painter.setPen(QPen(QColor(theme.line)))
            painter.drawRect(rect.adjusted(-1, -1, 0, 0))
            painter.save()
            painter.translate(rect.topLeft())
            painter.scale(self._scale(), self._scale())
            self._chart.paint(painter, number)
            painter.restore()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        found = self._issue_at(event.position())
        self.setCursor(Qt.CursorShape.ArrowCursor if found is None else Qt.CursorShape.PointingHandCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        found = self._issue_at(event.position())
        if event.button() is Qt.MouseButton.LeftButton and found is not None:
            self.issue_chosen.emit(found)
