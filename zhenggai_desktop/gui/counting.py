"""Counts of a ledger that are made anew with each of its states."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from zhenggai_desktop.gui.gathering import Gathering, is_small

if TYPE_CHECKING:
    from zhenggai_desktop.domain.records import Snapshot


class Counting(QObject):
    """Answers ``count(snapshot)`` by ``counted``; what is asked while another answer is awaited replaces it."""

    counted = Signal(object, object)  # the snapshot and its answer

    def __init__(self, count: Callable[[Snapshot], Any], parent: QObject) -> None:
        super().__init__(parent)
        self._count = count
        self._gathering = Gathering(self)

    def ask(self, snapshot: Snapshot) -> None:
        """Small ledgers are answered before this returns."""
        work, tell = partial(self._count, snapshot), partial(self.counted.emit, snapshot)
        self._gathering.ask(work, tell, at_once=is_small(snapshot))
