"""The notice as laid-out pages under each other. A click says which record lies there."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from zhenggai_desktop.gui import themes
from zhenggai_desktop.paper.pages import LaidOut, Page, PlacedLine, Spot
from zhenggai_desktop.paper.painting import PagePainter

FIT_WIDTH = 0.0  # a zoom of its own: as wide as there is room
_GAP = 14  # pixels between and around pages
_INCH = 72  # points
_SMALLEST, _LARGEST = 0.3, 4.0
_STEP = 1.15  # of the wheel
_KEPT = 12  # painted pages


class Preview(QAbstractScrollArea):
    """Shows a ``LaidOut``; what is seen stays where it is when another one follows."""

    chosen = Signal(object)  # Spot under a click
    zoomed = Signal(float)  # 1.0 = as on paper

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._laid_out: LaidOut | None = None
        self._widest = 0.0  # points
        self._painter: PagePainter | None = None
        self._marked: frozenset[tuple[int, float, float]] = frozenset()  # page, top and left of line
        self._tops: list[int] = []  # of the pages, in pixels from the first one's; the last entry ends them
        self._zoom = FIT_WIDTH
        self._painted: dict[int, tuple[Page, float, QPixmap]] = {}
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setAccessibleName("通报预览")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.viewport().setMouseTracking(True)

    def clear(self) -> None:
        """Show nothing: what was shown is another document's."""
        self._laid_out, self._painter, self._marked = None, None, frozenset()
        self._painted.clear()
        self.verticalScrollBar().setRange(0, 0)
        self.horizontalScrollBar().setRange(0, 0)
        self.viewport().update()

    def show_pages(self, laid_out: LaidOut) -> None:
        """Show another state of the document."""
        self._laid_out = laid_out
        self._widest = max(laid_out.size_of(page).width for page in range(len(laid_out.pages)))
        self._painter = PagePainter(laid_out)
        self._marked = frozenset()
        self._set_bars()
        self.viewport().update()

    @property
    def laid_out(self) -> LaidOut | None:
        """What is shown."""
        return self._laid_out

    @property
    def page_count(self) -> int:
        return 0 if self._laid_out is None else len(self._laid_out.pages)

    @property
    def zoom(self) -> float:
        """Pixels of the screen per pixel of the paper at its true size."""
        if self._laid_out is None:
            return 1.0
        if self._zoom:
            return self._zoom
        room = self.viewport().width() - 2 * _GAP
        return min(max(room / self._true_width(), _SMALLEST), _LARGEST)

    def set_zoom(self, zoom: float) -> None:
        """``FIT_WIDTH`` or a factor; what is in the middle stays there."""
        bar = self.verticalScrollBar()
        middle = (bar.value() + self.viewport().height() / 2) / max(self._total_height(), 1)
        self._zoom = zoom and min(max(zoom, _SMALLEST), _LARGEST)
        self._set_bars()
        bar.setValue(round(middle * self._total_height() - self.viewport().height() / 2))
        self.viewport().update()
        self.zoomed.emit(self.zoom)

    def mark(self, lines: tuple[tuple[int, PlacedLine], ...], *, scroll: bool = True) -> None:
        """Tint these lines (pages from 0) and bring the first into view."""
        self._marked = frozenset((page, placed.top, placed.line.left) for page, placed in lines)
        if lines and scroll:
            self._bring_into_view(*lines[0])
        self.viewport().update()

    def point_of(self, page: int, placed: PlacedLine) -> QPoint:
        """Where a line begins on the viewport now, inside its first character."""
        assert self._laid_out is not None
        size, scale = self._laid_out.size_of(page), self._scale()
        corner = self._page_rect(page).topLeft()
        x = corner.x() + (size.left + placed.line.left + 2) * scale
        y = corner.y() + (size.top + placed.top + self._laid_out.height_of(placed.line) / 2) * scale
        return QPoint(round(x), round(y))

    def sizeHint(self) -> QSize:
        return QSize(560, 640)

    # --- geometry

    def _scale(self) -> float:
        """Pixels per point."""
        return self.zoom * self.logicalDpiX() / _INCH

    def _true_width(self) -> float:
        """The widest page at its true size, in pixels."""
        return self._widest * self.logicalDpiX() / _INCH

    def _page_size(self, page: int) -> QSize:
        assert self._laid_out is not None
        size, scale = self._laid_out.size_of(page), self._scale()
        return QSize(round(size.width * scale), round(size.height * scale))

    def _total_height(self) -> int:
        return self._tops[-1] if self._tops else 0

    def _page_rect(self, page: int) -> QRect:
        """Where a page lies on the viewport now."""
        size = self._page_size(page)
        left = max((self.viewport().width() - size.width()) // 2, _GAP) - self.horizontalScrollBar().value()
        return QRect(QPoint(left, self._tops[page] - self.verticalScrollBar().value()), size)

    def _set_bars(self) -> None:
        if self._laid_out is None:
            return
        scale, size_of = self._scale(), self._laid_out.size_of
        heights = (round(size_of(page).height * scale) + _GAP for page in range(self.page_count))
        self._tops = list(accumulate(heights, initial=_GAP))
        view = self.viewport().size()
        vertical, horizontal = self.verticalScrollBar(), self.horizontalScrollBar()
        vertical.setRange(0, max(self._total_height() - view.height(), 0))
        vertical.setPageStep(view.height())
        vertical.setSingleStep(round(self._laid_out.size.pitch * scale))
        horizontal.setRange(0, max(round(self._widest * scale) + 2 * _GAP - view.width(), 0))
        horizontal.setPageStep(view.width())

    def _bring_into_view(self, page: int, placed: PlacedLine) -> None:
        point, view = self.point_of(page, placed), self.viewport().height()
        if not view // 8 < point.y() < view - view // 8:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + point.y() - view // 3)

    def _visible(self) -> Iterator[tuple[int, QRect]]:
        first = max(bisect_right(self._tops, self.verticalScrollBar().value()) - 1, 0)
        for page in range(first, self.page_count):
            rect = self._page_rect(page)
            if rect.top() > self.viewport().height():
                return
            if rect.bottom() >= 0:
                yield page, rect

    def _spot(self, point: QPointF) -> Spot | None:
        if self._laid_out is None:
            return None
        for page, rect in self._visible():
            if rect.contains(point.toPoint()):
                scale = self._scale()
                return self._laid_out.spot(page, (point.x() - rect.left()) / scale, (point.y() - rect.top()) / scale)
        return None

    # --- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        theme = themes.current()
        painter.fillRect(event.rect(), QColor(theme.desk))
        for page, rect in self._visible():
            if rect.intersects(event.rect()):
                painter.drawPixmap(rect.topLeft(), self._pixmap(page, rect.size()))
                painter.setPen(QPen(QColor(theme.line)))
                painter.drawRect(rect.adjusted(-1, -1, 0, 0))
                self._paint_marks(painter, page, rect)
        if self.hasFocus():
            painter.setPen(QPen(QColor(theme.accent), 2))
            painter.drawRect(self.viewport().rect().adjusted(1, 1, -1, -1))

    def _paint_marks(self, painter: QPainter, page: int, rect: QRect) -> None:
        assert self._laid_out is not None
        size, scale, mark = self._laid_out.size_of(page), self._scale(), QColor(themes.current().mark)
        for placed in self._laid_out.pages[page].lines:
            if (page, placed.top, placed.line.left) in self._marked:
                left, right = placed.cell or (-4.0, size.text_width + 4)
                x, y = rect.left() + (size.left + left) * scale, rect.top() + (size.top + placed.top) * scale
                height = self._laid_out.height_of(placed.line)
                painter.fillRect(QRectF(x, y, (right - left) * scale, height * scale), mark)

    def _pixmap(self, page: int, size: QSize) -> QPixmap:
        """The page painted; painted again only where its lines or the scale are others."""
        assert self._laid_out is not None
        assert self._painter is not None
        ratio = self.devicePixelRatioF()
        content, scale = self._laid_out.pages[page], self._scale() * ratio
        known = self._painted.pop(page, None)
        if known is None or known[0] != content or known[1] != scale:
            pixmap = QPixmap(size * ratio)
            pixmap.setDevicePixelRatio(ratio)
            pixmap.fill(Qt.GlobalColor.white)
            painter = QPainter(pixmap)
            painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
            painter.scale(scale / ratio, scale / ratio)
            self._painter.paint(painter, page)
            painter.end()
            known = (content, scale, pixmap)
        self._painted[page] = known
        while len(self._painted) > _KEPT:
            del self._painted[next(iter(self._painted))]
        return known[2]

    # --- what Qt reports

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._set_bars()
        self.zoomed.emit(self.zoom)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        spot = self._spot(event.position())
        has_record = spot is not None and spot.anchor is not None
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if has_record else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and (spot := self._spot(event.position())) is not None:
            self.chosen.emit(spot)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.set_zoom(self.zoom * (_STEP if event.angleDelta().y() > 0 else 1 / _STEP))
            event.accept()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self.verticalScrollBar()
        if event.key() == Qt.Key.Key_Home:
            bar.setValue(0)
        elif event.key() == Qt.Key.Key_End:
            bar.setValue(bar.maximum())
        else:
            super().keyPressEvent(event)
