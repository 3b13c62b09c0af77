"""Long work off the window's thread: the window stays alive, says what is done, and the user can leave it.

Work that reads gets a snapshot and plain values. Nobody waits for it to end once it is left: it goes on unseen to its
next tick, and therefore writes nothing but a file of its own, which takes the target's place only where it was waited
for. Work that writes into the open ledger has it lent, see ``edit_away``; left, it is waited for until it has taken
back what it began.
"""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from zhenggai_desktop.errors import CancelledError
from zhenggai_desktop.gui.messages import busy

if TYPE_CHECKING:
    from zhenggai_desktop.gui.dialogs.progress_dialog import ProgressDialog
    from zhenggai_desktop.gui.session import LedgerSession
    from zhenggai_desktop.services.ledger import Ledger
    from zhenggai_desktop.services.ticking import Tick

T = TypeVar("T")

SHOWN_AFTER = 400  # milliseconds: what is quicker needs no dialog


def wait_for(parent: QWidget | None, caption: str, work: Callable[[], T]) -> T:
    """Have ``work`` done in a thread and give what it gives, or raise what it raises.

    Nothing else can be done in the window meanwhile but to cancel: then ``CancelledError`` is raised.
    """
    return wait_counted(parent, caption, lambda _tick: work())


def wait_counted(parent: QWidget | None, caption: str, work: Callable[[Tick], T]) -> T:
    """``wait_for`` work that ticks: what share of it is done is shown, and left, it ends with its next tick."""
    return _wait(parent, caption, work, to_the_end=False)


def edit_away(session: LedgerSession, parent: QWidget | None, caption: str, work: Callable[[Ledger, Tick], T]) -> T:
    """Have ``work`` write into the open ledger in a thread, after what was typed is stored.

    Nothing in the window touches the ledger meanwhile; it hears of the changes when the work is over. Left by the
    user it raises ``CancelledError`` with its next tick or write, and its step is taken back before this does.
    """
    session.flush()
    with session.lent() as ledger:

        def in_thread(tick: Tick) -> T:
            with ledger.interrupted_by(lambda: tick(0, 0)):
                return work(ledger, tick)

        return _wait(parent, caption, in_thread, to_the_end=True)


def work_here(parent: QWidget | None, caption: str, work: Callable[[Tick], T]) -> T:
    """``wait_counted`` for what only the window's own thread may do, such as painting on a printer.

    The window lives at its ticks, which should come several times a second; left, the work ends with its next one.
    """
    here = _Here(parent, caption)
    _waiting.append(here)
    try:
        with busy(), closing(here):
            return work(here.tick)
    finally:
        _waiting.remove(here)


def write_file(parent: QWidget | None, caption: str, path: Path, write: Callable[[Path], object]) -> None:
    """Have ``write`` make a file in a thread, and put it in the place of ``path``.

    Raises what ``write`` raises, ``TargetError`` where the file cannot stand there, ``CancelledError``.
    """
    write_counted(parent, caption, path, lambda made, _tick: write(made))


def write_counted(parent: QWidget | None, caption: str, path: Path, write: Callable[[Path, Tick], object]) -> None:
    """``write_file`` for a writer that ticks."""
    from zhenggai_desktop.services.notice_output import save_bytes  # noqa: PLC0415 - only when something is saved

    def make(tick: Tick) -> bytes:
        with tempfile.TemporaryDirectory(prefix="zhenggai-") as folder:
            made = Path(folder) / path.name
            write(made, tick)
            return made.read_bytes()

    save_bytes(path, wait_counted(parent, caption, make))


_waiting: list[_Worker | _Here] = []  # what the window waits for now


def is_waiting() -> bool:
    """True while the window waits for some work: it must not be closed under it."""
    return bool(_waiting)


def _wait(parent: QWidget | None, caption: str, work: Callable[[Tick], T], *, to_the_end: bool) -> T:
    worker = _Worker(work)
    loop = QEventLoop()
    worker.done.connect(loop.quit)
    threading.Thread(target=worker.run, daemon=True).start()
    _waiting.append(worker)
    try:
        with busy():
            QTimer.singleShot(SHOWN_AFTER, loop, loop.quit)
            if not worker.is_done:
                loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        if not worker.is_done:
            _wait_in_sight(parent, caption, worker, to_the_end=to_the_end)
    finally:
        _waiting.remove(worker)
    if not worker.is_done:
        raise CancelledError
    return worker.result()


class _Worker(QObject):
    """Runs the work in its thread; says ``done`` into the window's."""

    done = Signal()

    def __init__(self, work: Callable[[Tick], Any]) -> None:
        super().__init__()
        self._work = work
        self._finished = threading.Event()
        self._left = threading.Event()
        self._value: Any = None
        self._error: BaseException | None = None
        self.share = (0, 0)  # done, total

    @property
    def is_done(self) -> bool:
        return self._finished.is_set()

    def leave(self) -> None:
        """Have the work end with its next tick."""
        self._left.set()

    def run(self) -> None:
        try:
            self._value = self._work(self._tick)
        except BaseException as error:  # noqa: BLE001 - raised again where it is waited for
            self._error = error
        self._finished.set()
        self.done.emit()

    def result(self) -> Any:
        if self._error is not None:
            raise self._error
        return self._value

    def _tick(self, done: int, total: int) -> None:
        if self._left.is_set():
            raise CancelledError
        if total > 0:
            self.share = (done, total)


class _Here:
    """Shows work of the window's thread once it takes long, and lets the window live at its ticks."""

    def __init__(self, parent: QWidget | None, caption: str) -> None:
        self._parent, self._caption = parent, caption
        self._started = monotonic()
        self._dialog: ProgressDialog | None = None
        self._share = (0, 0)
        self._is_left = False

    def tick(self, done: int, total: int) -> None:
        self._share = (done, total)
        if self._dialog is None and (monotonic() - self._started) * 1000 < SHOWN_AFTER:
            return
        if self._dialog is None:
            from zhenggai_desktop.gui.dialogs.progress_dialog import ProgressDialog  # noqa: PLC0415 - seldom seen

            QApplication.restoreOverrideCursor()  # the dialog can be clicked
            self._dialog = ProgressDialog(self._caption, lambda: self._share, self._parent)
            self._dialog.left.connect(self._leave)
            self._dialog.open()
        QApplication.processEvents()
        if self._is_left:
            raise CancelledError

    def _leave(self) -> None:
        self._is_left = True

    def close(self) -> None:
        if self._dialog is not None:
            QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)  # ``busy`` gives it back
            self._dialog.close()
            self._dialog.deleteLater()


def _wait_in_sight(parent: QWidget | None, caption: str, worker: _Worker, *, to_the_end: bool) -> None:
    from zhenggai_desktop.gui.dialogs.progress_dialog import ProgressDialog  # noqa: PLC0415

    dialog = ProgressDialog(caption, lambda: worker.share, parent, to_the_end=to_the_end)
    loop = QEventLoop()
    worker.done.connect(dialog.accept)
    dialog.left.connect(worker.leave)
    dialog.finished.connect(loop.quit)
    dialog.open()
    try:
        if not worker.is_done:
            loop.exec()
    finally:
        dialog.close()
        dialog.deleteLater()
