"""How a status looks as an area on the screen: on paper's patterns, in the colours of the theme that is worn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtGui import QColor

from zhenggai_desktop.domain.records import Status
from zhenggai_desktop.gui import themes
from zhenggai_desktop.paper.status_fill import LOOKS, Look


def late_colour() -> QColor:
    """Words about what is late."""
    return QColor(themes.current().late)


def status_looks() -> Mapping[Status, Look]:
    """On a light ground as on paper; on a dark one the same patterns, light on dark."""
    theme = themes.current()
    if theme is themes.LIGHT:
        return LOOKS
    done = Look(theme.statuses[Status.DONE], theme.statuses[Status.DONE])
    hatched = {
        status: replace(look, ink=theme.statuses[status], ground=theme.surface) for status, look in LOOKS.items()
    }
    return {**hatched, Status.DONE: done}
