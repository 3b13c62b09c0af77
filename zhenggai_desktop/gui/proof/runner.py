"""One piece of work at a time in a thread of its own; newer work breaks the older off."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress

from PySide6.QtCore import QObject, Qt, Signal

from zhenggai_desktop.domain.proofread.stopping import ProofreadingStopped

Work = Callable[[Callable[[], bool]], object]
"""Gives its result; asks now and then whether it is to stop, and raises ProofreadingStopped then."""


class _Out(QObject):
    """Speaks into the window's thread. It has no parent and lives as long as the thread that holds it: a window that
    closes meanwhile must not take away what the thread is just speaking through."""

    said = Signal(int, object)  # number of the run, result


class Runner(QObject):
    """``done`` comes on the window's thread, for the newest work only; what work raises is its result."""

    done = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._run = 0
        self._waiting: Work | None = None
        self._thread: threading.Thread | None = None
        self._stop = threading.Event()
        self._out = _Out()
        self._out.said.connect(self._on_out, Qt.ConnectionType.QueuedConnection)

    def begin(self, work: Work) -> None:
        """Do this as soon as what is done now has stopped."""
        self.stop()
        if self._thread is None:
            self._start(work)
        else:
            self._waiting = work

    def stop(self) -> None:
        """Break off without waiting; ``done`` will not come."""
        self._run += 1
        self._waiting = None
        self._stop.set()

    def join(self) -> None:
        """Wait until nothing is being done in the thread."""
        self.stop()
        if self._thread is not None:
            self._thread.join()

    def _start(self, work: Work) -> None:
        self._run += 1
        self._stop = threading.Event()
        self._thread = threading.Thread(target=_in_thread, args=(self._run, work, self._stop, self._out), daemon=True)
        self._thread.start()

    def _on_out(self, run: int, result: object) -> None:
        self._thread = None
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            self._start(waiting)
        elif run == self._run and result is not None:
            self.done.emit(result)


def _in_thread(run: int, work: Work, stop: threading.Event, out: _Out) -> None:
    def stopped() -> bool:
        time.sleep(0)  # lets the window's thread go first: typing is not to feel what is done here
        return stop.is_set()

    try:
        result = work(stopped)
    except ProofreadingStopped:
        result = None
    except Exception as error:  # noqa: BLE001 - handed over to the window's thread
        result = error
    with suppress(RuntimeError):  # the program ends
        out.said.emit(run, result)
