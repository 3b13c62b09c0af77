"""Small pictures that are drawn, not loaded: they follow the screen's resolution."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap

_SIZE = 16  # pixels at 100 %
_INK = "#5b6875"


@cache
def calendar_icon() -> QIcon:
    """A sheet with two rings and a line under its head."""
    icon = QIcon()
    for resolution in (1, 2, 3):
        pixmap = QPixmap(_SIZE * resolution, _SIZE * resolution)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(resolution, resolution)
        painter.setPen(QPen(QColor(_INK), 1.2))
        painter.drawRoundedRect(QRectF(2.5, 3.5, 11, 10), 1.5, 1.5)
        painter.drawLine(3, 7, 13, 7)
        painter.drawLine(5, 2, 5, 5)
        painter.drawLine(11, 2, 11, 5)
        painter.fillRect(QRectF(5, 9, 2, 2), QColor(_INK))
        painter.fillRect(QRectF(9, 9, 2, 2), QColor(_INK))
        painter.end()
        pixmap.setDevicePixelRatio(resolution)
        icon.addPixmap(pixmap)
    return icon
