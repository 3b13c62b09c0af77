"""The mark beside a status: a shape that can be told apart without colour, drawn once per size and theme."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen

from zhenggai_desktop.domain.records import Status
from zhenggai_desktop.gui import themes
from zhenggai_desktop.gui.drawn_icons import SIZE, drawn_icon

_FULL_TURN = 5760  # Qt counts sixteenths of a degree

#: Filled part of the disc; the finished one carries a tick instead.
_FILLED: dict[Status, float] = {
    Status.NOT_STARTED: 0.0,
    Status.IN_PROGRESS: 0.5,
    Status.MOSTLY_DONE: 0.75,
    Status.DONE: 1.0,
}


def status_icon(status: Status) -> QIcon:
    """Empty ring, half disc, three quarters, full disc with a tick; in the colours of the theme that is worn."""
    theme = themes.current()
    return _status_icon(status, theme.statuses[status], theme.surface)


def late_icon() -> QIcon:
    """A triangle with a point: past its date."""
    theme = themes.current()
    return _late_icon(theme.late, theme.surface)


@cache
def _status_icon(status: Status, colour: str, ground: str) -> QIcon:
    return drawn_icon(lambda painter: _draw(painter, colour, ground, _FILLED[status]))


@cache
def _late_icon(colour: str, ground: str) -> QIcon:
    return drawn_icon(lambda painter: _draw_late(painter, colour, ground))


def _draw_late(painter: QPainter, colour: str, ground: str) -> None:
    painter.setPen(QPen(QColor(colour), 1.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.setBrush(QColor(colour))
    painter.drawPolygon([QPointF(8, 2.5), QPointF(14, 13), QPointF(2, 13)])
    painter.setPen(QPen(QColor(ground), 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawLine(QPointF(8, 6.2), QPointF(8, 9))
    painter.drawPoint(QPointF(8, 11.2))


def _draw(painter: QPainter, colour: str, ground: str, filled: float) -> None:
    disc = QRectF(2.5, 2.5, SIZE - 5, SIZE - 5)
    painter.setPen(QPen(QColor(colour), 1.5))
    painter.drawEllipse(disc)
    painter.setBrush(QColor(colour))
    if filled:
        painter.drawPie(disc, _FULL_TURN // 4, -int(_FULL_TURN * filled))
    if filled == 1.0:
        painter.setPen(QPen(QColor(ground), 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawPolyline([QPointF(5.5, 8.2), QPointF(7.4, 10.1), QPointF(10.6, 6.3)])
