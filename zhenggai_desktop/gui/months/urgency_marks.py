"""The mark beside a reminder: triangle, diamond, disc, so that the three colours can be told apart without colour."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QIcon, QPainter, QPen

from zhenggai_desktop.domain.chasing import Urgency
from zhenggai_desktop.gui import themes
from zhenggai_desktop.gui.drawn_icons import drawn_icon

_SHAPES = {
    Urgency.RED: [(8, 2), (14.5, 13.5), (1.5, 13.5)],
    Urgency.ORANGE: [(8, 1.5), (14.5, 8), (8, 14.5), (1.5, 8)],
    Urgency.YELLOW: [],  # a disc
}


def urgency_icon(urgency: Urgency) -> QIcon:
    """Red triangle, orange diamond, yellow disc, in the tones of the theme that is worn."""
    theme = themes.current()
    return _icon(urgency, theme.urgencies[urgency.name.lower()], theme.ink)


@cache
def _icon(urgency: Urgency, colour: str, edge: str) -> QIcon:
    return drawn_icon(lambda painter: _draw(painter, urgency, colour, edge))


def _draw(painter: QPainter, urgency: Urgency, colour: str, edge: str) -> None:
    painter.setPen(QPen(QColor(edge), 1.0))
    painter.setBrush(QColor(colour))
    if points := _SHAPES[urgency]:
        painter.drawPolygon([QPointF(x, y) for x, y in points])
    else:
        painter.drawEllipse(QPointF(8, 8), 5.5, 5.5)
