"""Draw the icons of the program and of its ledgers in every size from the drawings in ``resources/icons``.

    .venv/bin/python installer/make_icons.py

Up to 24 pixels a drawing of its own serves: of the large one only a smear would be left.
"""

from __future__ import annotations

import os
import struct
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

ICONS = Path(__file__).resolve().parent.parent / "resources" / "icons"
NAMES = ("zhenggai", "ledger")
SIZES = (16, 20, 24, 32, 40, 48, 64, 96, 128, 256)  # pixels: what Windows asks for at 100 to 200 %
_SMALL = 24


def main() -> None:
    """Write ``zhenggai.ico``, ``ledger.ico`` and, for systems without either kind, ``zhenggai.png``."""
    for name in NAMES:
        (ICONS / f"{name}.ico").write_bytes(windows_icon([(size, picture(name, size)) for size in SIZES]))
    (ICONS / "zhenggai.png").write_bytes(picture("zhenggai", 256))


def picture(name: str, size: int) -> bytes:
    """One icon as PNG, ``size`` pixels wide and high."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QGuiApplication.instance() or QGuiApplication([])
    renderer = QSvgRenderer(str(ICONS / (f"{name}-small.svg" if size <= _SMALL else f"{name}.svg")))
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # pyright: ignore[reportCallIssue, reportArgumentType] - a device is taken too
    del application
    return bytes(data.data())


def windows_icon(pictures: list[tuple[int, bytes]]) -> bytes:
    """An .ico of PNG pictures, each with its size in pixels (at most 256)."""
    offset = 6 + 16 * len(pictures)
    head, body = struct.pack("<HHH", 0, 1, len(pictures)), b""
    for size, data in pictures:
        head += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(data), offset + len(body))
        body += data
    return head + body


if __name__ == "__main__":
    main()
