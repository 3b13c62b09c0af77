"""The mark beside a status: a shape that can be told apart without colour, drawn once per size."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap

from zhenggai_desktop.domain.records import Status

SIZE = 16  # pixels at 100 %
_RESOLUTIONS = (1, 2, 3)  # screens at 100, 200 and 300 %
_FULL_TURN = 5760  # Qt counts sixteenths of a degree

#: Colour and filled part of the disc; the finished one carries a tick instead.
_LOOKS: dict[Status, tuple[str, float]] = {
    Status.NOT_STARTED: ("#8a96a3", 0.0),
    Status.IN_PROGRESS: ("#c77700", 0.5),
    Status.MOSTLY_DONE: ("#2f7fb8", 0.75),
    Status.DONE: ("#2e7d4f", 1.0),
}

_LATE = "#b42318"


@cache
def status_icon(status: Status) -> QIcon:
    """Empty ring, half disc, three quarters, full disc with a tick."""
    icon = QIcon()
    for resolution in _RESOLUTIONS:
        icon.addPixmap(_pixmap(status, resolution))
    return icon


@cache
def late_icon() -> QIcon:
    """A triangle with a point: past its date."""
    icon = QIcon()
    for resolution in _RESOLUTIONS:
        icon.addPixmap(_drawn(resolution, _draw_late))
    return icon


def _pixmap(status: Status, resolution: int) -> QPixmap:
    return _drawn(resolution, lambda painter: _draw(painter, *_LOOKS[status]))


def _drawn(resolution: int, draw: Callable[[QPainter], None]) -> QPixmap:
    pixmap = QPixmap(SIZE * resolution, SIZE * resolution)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(resolution, resolution)
    draw(painter)
    painter.end()
    pixmap.setDevicePixelRatio(resolution)
    return pixmap


def _draw_late(painter: QPainter) -> None:
    painter.setPen(QPen(QColor(_LATE), 1.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.setBrush(QColor(_LATE))
    painter.drawPolygon([QPointF(8, 2.5), QPointF(14, 13), QPointF(2, 13)])
    painter.setPen(QPen(QColor("white"), 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawLine(QPointF(8, 6.2), QPointF(8, 9))
    painter.drawPoint(QPointF(8, 11.2))


def _draw(painter: QPainter, colour: str, filled: float) -> None:
    disc = QRectF(2.5, 2.5, SIZE - 5, SIZE - 5)
    painter.setPen(QPen(QColor(colour), 1.5))
    painter.drawEllipse(disc)
    painter.setBrush(QColor(colour))
    if filled:
        painter.drawPie(disc, _FULL_TURN // 4, -int(_FULL_TURN * filled))
    if filled == 1.0:
        painter.setPen(QPen(QColor("white"), 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawPolyline([QPointF(5.5, 8.2), QPointF(7.4, 10.1), QPointF(10.6, 6.3)])
