"""The mark beside a reminder: triangle, diamond, disc, so that the three colours can be told apart without colour."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap

from zhenggai_desktop.domain.chasing import Urgency
from zhenggai_desktop.gui import themes

SIZE = 16  # pixels at 100 %
_RESOLUTIONS = (1, 2, 3)
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
    icon = QIcon()
    for resolution in _RESOLUTIONS:
        pixmap = QPixmap(SIZE * resolution, SIZE * resolution)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(resolution, resolution)
        painter.setPen(QPen(QColor(edge), 1.0))
        painter.setBrush(QColor(colour))
        if points := _SHAPES[urgency]:
            painter.drawPolygon([QPointF(x, y) for x, y in points])
        else:
            painter.drawEllipse(QPointF(8, 8), 5.5, 5.5)
        painter.end()
        pixmap.setDevicePixelRatio(resolution)
        icon.addPixmap(pixmap)
    return icon
