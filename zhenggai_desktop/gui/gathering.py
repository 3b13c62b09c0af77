"""What a large ledger takes time for is worked out on another thread, from a snapshot, which never changes.

Nothing is told across threads: the window looks every few moments whether the answer is there, so that a page that
is gone by then is simply not told.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from zhenggai_desktop.domain.records import Snapshot

T = TypeVar("T")
_SMALL = 1500  # issues and measures for which an answer is made at once: nobody feels it
_LOOK = 20  # milliseconds


def is_small(snapshot: Snapshot, most: int = _SMALL) -> bool:
    """Whether what is worked out of a ledger is there at once: of so many issues and measures at the most."""
    return len(snapshot.issues) + len(snapshot.measures) <= most


class Gathering(QObject):
    """Does one thing after the other; what is asked while another answer is awaited takes its place."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._asked: tuple[Callable[[], Any], Callable[[Any], None]] | None = None
        self._tell: Callable[[Any], None] | None = None  # the answer that is awaited
        self._thread: threading.Thread | None = None
        self._answer: list[tuple[Any, BaseException | None]] = []
        self._look = QTimer(self, interval=_LOOK)
        self._look.timeout.connect(self._on_look)

    def ask(self, work: Callable[[], T], tell: Callable[[T], None], *, at_once: bool) -> None:
        """Have ``work`` done and its answer told here: before this returns, or some moments later. What ``work``
        raises is raised here too."""
        if at_once:
            self._asked = self._tell = None
            tell(work())
            return
        self._asked = work, tell
        if self._thread is None:
            self._begin()

    def settle(self) -> None:
        """Wait for the answer that was asked for, and tell it."""
        while self._thread is not None:
            self._thread.join()
            self._on_look()

    def forget(self) -> None:
        """Nobody waits for an answer any more."""
        self._asked = self._tell = None

    def _begin(self) -> None:
        assert self._asked is not None, "something was asked"
        (work, self._tell), self._asked = self._asked, None
        answer = self._answer = []
        self._thread = threading.Thread(target=lambda: answer.append(_done(work)), daemon=True)
        self._thread.start()
        self._look.start()

    def _on_look(self) -> None:
        if self._thread is not None and self._thread.is_alive():
            return
        self._thread = None
        self._look.stop()
        if self._asked is not None:
            self._begin()
        elif self._tell is not None:
            tell, self._tell = self._tell, None
            found, error = self._answer.pop()
            if error is not None:
                raise error
            tell(found)


def _done(work: Callable[[], Any]) -> tuple[Any, BaseException | None]:
    try:
        return work(), None
    except BaseException as error:  # noqa: BLE001 - it is raised where the answer is awaited
        return None, error
