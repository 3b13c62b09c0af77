"""Small pictures: drawn, or bundled and given the ink of a theme. They follow the screen's resolution."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QIcon

from zhenggai_desktop.gui.themes import LIGHT, Theme

_DRAWN = "#3d4b58"  # the ink of the bundled pictures
_SIDES = (16, 24, 32, 48, 72)  # pixels: what toolbars ask for at 100 to 200 %


@cache
def calendar_icon(ink: str) -> QIcon:
    """A sheet with two rings and a line under its head."""
    from PySide6.QtGui import QColor, QPainter, QPen  # noqa: PLC0415 - not at start

    from zhenggai_desktop.gui.drawn_icons import drawn_icon  # noqa: PLC0415

    def draw(painter: QPainter) -> None:
        painter.setPen(QPen(QColor(ink), 1.2))
        painter.drawRoundedRect(QRectF(2.5, 3.5, 11, 10), 1.5, 1.5)
        painter.drawLine(3, 7, 13, 7)
        painter.drawLine(5, 2, 5, 5)
        painter.drawLine(11, 2, 11, 5)
        painter.fillRect(QRectF(5, 9, 2, 2), QColor(ink))
        painter.fillRect(QRectF(9, 9, 2, 2), QColor(ink))

    return drawn_icon(draw)


def tinted(path: Path, theme: Theme) -> QIcon:
    """A bundled picture in the theme's ink; as it stands on a light ground, for which it was drawn."""
    if theme is LIGHT:
        return QIcon(str(path))
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice  # noqa: PLC0415 - not at start in the light
    from PySide6.QtGui import QImageReader, QPixmap  # noqa: PLC0415

    svg = path.read_text(encoding="utf-8").replace(_DRAWN, theme.ink).encode("utf-8")
    icon = QIcon()
    for side in _SIDES:
        buffer = QBuffer()
        buffer.setData(QByteArray(svg))
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        reader = QImageReader(buffer, QByteArray(b"svg"))
        reader.setScaledSize(QSize(side, side))
        icon.addPixmap(QPixmap.fromImage(reader.read()))
    return icon
