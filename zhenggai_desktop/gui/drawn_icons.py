"""Marks drawn as icons, sharp on screens of 100, 200 and 300 %, in the same colours where their row is selected."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap

SIZE = 16  # pixels at 100 %
_RESOLUTIONS = (1, 2, 3)


def drawn_icon(draw: Callable[[QPainter], None]) -> QIcon:
    """An icon of ``SIZE``; ``draw`` paints it in pixels at 100 %, smoothed."""
    icon = QIcon()
    for resolution in _RESOLUTIONS:
        pixmap = QPixmap(SIZE * resolution, SIZE * resolution)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(resolution, resolution)
        draw(painter)
        painter.end()
        pixmap.setDevicePixelRatio(resolution)
        icon.addPixmap(pixmap)
        icon.addPixmap(pixmap, QIcon.Mode.Selected)  # else Qt mixes it with the colour of the selection: red is grey
    return icon
