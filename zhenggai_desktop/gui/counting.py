"""Counts that a large ledger takes time for are made on another thread, on a snapshot, which never changes.

Nothing is told across threads: the window looks every few moments whether the answer is there, so that a page that
is gone by then is simply not told.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from zhenggai_desktop.domain.records import Snapshot

_SMALL = 4000  # issues and measures that are counted at once: nobody feels it
_LOOK = 40  # milliseconds


class Counting(QObject):
    """Answers ``count(snapshot)`` by ``counted``; what is asked while another answer is awaited replaces it."""

    counted = Signal(object, object)  # the snapshot and its answer

    def __init__(self, count: Callable[[Snapshot], Any], parent: QObject) -> None:
        super().__init__(parent)
        self._count = count
        self._asked: Snapshot | None = None
        self._thread: threading.Thread | None = None
        self._answer: list[Any] = []
        self._look = QTimer(self, interval=_LOOK)
        self._look.timeout.connect(self._on_look)

    def ask(self, snapshot: Snapshot) -> None:
        """Small ledgers are answered before this returns."""
        if len(snapshot.issues) + len(snapshot.measures) <= _SMALL:
            self._asked = None
            self.counted.emit(snapshot, self._count(snapshot))
            return
        self._asked = snapshot
        if self._thread is None:
            self._begin()

    def _begin(self) -> None:
        snapshot, self._asked, answer = self._asked, None, list[Any]()
        assert snapshot is not None, "something was asked"
        self._answer = answer
        count = self._count
        self._thread = threading.Thread(target=lambda: answer.append((snapshot, count(snapshot))), daemon=True)
        self._thread.start()
        self._look.start()

    def _on_look(self) -> None:
        if self._thread is not None and self._thread.is_alive():
            return
        self._thread = None
        self._look.stop()
        if self._asked is not None:
            self._begin()
        elif self._answer:
            self.counted.emit(*self._answer.pop())
