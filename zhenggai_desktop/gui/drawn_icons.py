"""Marks drawn as icons, sharp at each size of letters and resolution, in the same colours in rows that are selected."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap

SIZE = 16  # pixels at 100 %
#: Sides in pixels with the resolution of the screen. Letters of 100 to 200 % lie between; Qt makes a picture smaller
#: for them, never larger. Each one takes its time at start.
_DRAWN = ((SIZE, 1), (SIZE, 2), (SIZE, 3), (2 * SIZE, 1), (2 * SIZE, 2))


def drawn_icon(draw: Callable[[QPainter], None]) -> QIcon:
    """An icon of ``SIZE`` and larger; ``draw`` paints it in pixels of ``SIZE``, smoothed."""
    icon = QIcon()
    for side, resolution in _DRAWN:
        pixmap = QPixmap(side * resolution, side * resolution)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(side * resolution / SIZE, side * resolution / SIZE)
        draw(painter)
        painter.end()
        pixmap.setDevicePixelRatio(resolution)
        icon.addPixmap(pixmap)
        icon.addPixmap(pixmap, QIcon.Mode.Selected)  # else Qt mixes it with the colour of the selection: red is grey
    return icon
