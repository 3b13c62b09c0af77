"""What can happen to a paragraph between two states of a document."""

from __future__ import annotations

from enum import StrEnum


class ChangeKind(StrEnum):
    """What happened to a paragraph."""

    REWORDED = "reworded"
    INSERTED = "inserted"
    DELETED = "deleted"
    MOVED = "moved"  # perhaps reworded too: the pieces say so
    SPLIT = "split"
    JOINED = "joined"
    COMMENTED = "commented"
