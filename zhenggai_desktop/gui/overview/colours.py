"""Colours of words that a palette has no role for."""

from __future__ import annotations

from PySide6.QtGui import QColor, QPalette

from zhenggai_desktop.paper.status_fill import LATE

_LATE_ON_DARK = QColor("#ff9d8f")


def late_colour(palette: QPalette) -> QColor:
    """What is late, at a contrast of 4.5 : 1 at least on a light ground and on a dark one."""
    return _LATE_ON_DARK if palette.window().color().lightness() < 128 else QColor(LATE.ink)
