"""How a status looks as an area: by pattern first, by colour beside it, so that a black and white print says the same.

Patterns are drawn as lines of the page, not as brushes: a brush counts the printer's dots and would vanish on one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from zhenggai_desktop.domain.records import Status


@dataclass(frozen=True, slots=True)
class Look:
    """``step`` is the distance between the hatching's lines, 0 for none; ``rising`` and ``falling`` say which way."""

    ink: str
    ground: str
    step: float = 0.0
    rising: bool = True
    falling: bool = False


LOOKS: Mapping[Status, Look] = {
    Status.DONE: Look("#1f6b43", "#1f6b43"),
    Status.MOSTLY_DONE: Look("#2f6f9f", "#cfe3f2", 3.0, falling=True),
    Status.IN_PROGRESS: Look("#a86300", "#fbe8c8", 4.5),
    Status.NOT_STARTED: Look("#7b8794", "#ffffff"),
}
LATE = Look("#9c2b1f", "#f7d9d4", 3.0, rising=False, falling=True)
ORDER: tuple[Status, ...] = (Status.DONE, Status.MOSTLY_DONE, Status.IN_PROGRESS, Status.NOT_STARTED)


def fill(painter: QPainter, rect: QRectF, look: Look, *, width: float = 0.8) -> None:
    """Fill and frame a rectangle; nothing for an empty one."""
    if rect.width() <= 0 or rect.height() <= 0:
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(rect, QColor(look.ground))
    painter.setPen(QPen(QColor(look.ink), width))
    if look.step:
        painter.save()
        painter.setClipRect(rect, Qt.ClipOperation.IntersectClip)
        painter.drawLines(_hatching(rect, look))
        painter.restore()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(rect)
    painter.restore()


def _hatching(rect: QRectF, look: Look) -> list[QLineF]:
    """Lines at 45° from edge to edge."""
    lines: list[QLineF] = []
    height = rect.height()
    at = rect.left() - height
    while at < rect.right():
        if look.rising:
            lines.append(QLineF(at, rect.bottom(), at + height, rect.top()))
        if look.falling:
            lines.append(QLineF(at, rect.top(), at + height, rect.bottom()))
        at += look.step
    return lines
