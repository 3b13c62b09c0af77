"""How an open deadline stands on a given day."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum


class Lateness(StrEnum):
    """Far enough away, near, or past."""

    NONE = "none"  # no date, or far enough away
    SOON = "soon"
    LATE = "late"


def lateness(due_on: dt.date | None, today: dt.date, *, soon_within: int = 7) -> Lateness:
    """Late from the day after ``due_on``; soon when at most ``soon_within`` days are left, the last day included."""
    if due_on is None:
        return Lateness.NONE
    left = (due_on - today).days
    if left < 0:
        return Lateness.LATE
    return Lateness.SOON if left <= soon_within else Lateness.NONE
