"""Reads what the first search will look through while nobody waits for it: a few milliseconds at a time.

At 20,000 issues the first search would take a second, the first one by pinyin longer still.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress

from PySide6.QtCore import QObject, QTimer

FIRST_PAUSE = 2000  # milliseconds after a ledger was opened: the page, its figures and its proof come first
_PAUSE = 15  # milliseconds between two slices: keys go first
_SLICE = 0.004  # seconds


class ReadingAhead(QObject):
    """Goes through an iterator in slices; ``load``, which takes long at one piece, is called on a thread before."""

    def __init__(self, load: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self._load = load
        self._thread: threading.Thread | None = None
        self._work: Iterator[None] | None = None
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._go_on)

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to be read."""
        return self._work is None

    def begin(self, work: Iterator[None], pause: int = FIRST_PAUSE) -> None:
        """Read this after a pause; what was being read is given up."""
        self._work = work
        self._timer.start(pause)

    def stop(self) -> None:
        """Give up what is being read."""
        self._work = None
        self._timer.stop()

    def _go_on(self) -> None:
        self._timer.setInterval(_PAUSE)
        if self._thread is None:
            self._thread = threading.Thread(target=self._loaded, daemon=True)
            self._thread.start()
        if self._thread.is_alive() or self._work is None:
            return
        end = time.perf_counter() + _SLICE
        for _ in self._work:
            if time.perf_counter() > end:
                return
        self.stop()

    def _loaded(self) -> None:
        with suppress(Exception):  # the first search meets the same trouble, and tells of it
            self._load()
