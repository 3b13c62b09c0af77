"""Long work off the window's thread: the window stays alive, says what is done, and the user can leave it.

The work gets a snapshot and plain values, never the open ledger: its connection belongs to the window's thread. Work
that nobody waits for any more goes on to its end unseen; therefore it writes nothing but a file of its own, which
takes the target's place only where it was waited for.
"""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import Any, TypeVar

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from zhenggai_desktop.errors import CancelledError
from zhenggai_desktop.gui.messages import CANCEL, busy
from zhenggai_desktop.gui.style import GAP, MARGIN, plain_label

T = TypeVar("T")

SHOWN_AFTER = 400  # milliseconds: what is quicker needs no dialog
_TICK = 250  # milliseconds between two looks at the clock


def wait_for(parent: QWidget | None, caption: str, work: Callable[[], T]) -> T:
    """Have ``work`` done in a thread and give what it gives, or raise what it raises.

    Nothing else can be done in the window meanwhile but to cancel: then ``CancelledError`` is raised.
    """
    worker = _Worker(work)
    loop = QEventLoop()
    worker.done.connect(loop.quit)
    threading.Thread(target=worker.run, daemon=True).start()
    with busy():
        QTimer.singleShot(SHOWN_AFTER, loop, loop.quit)
        if not worker.is_done:
            loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
    if not worker.is_done:
        _wait_in_sight(parent, caption, worker, loop)
    if not worker.is_done:
        raise CancelledError
    return worker.result()


def write_file(parent: QWidget | None, caption: str, path: Path, write: Callable[[Path], object]) -> None:
    """Have ``write`` make a file in a thread, and put it in the place of ``path``.

    Raises what ``write`` raises, ``TargetError`` where the file cannot stand there, ``CancelledError``.
    """
    from zhenggai_desktop.services.notice_output import save_bytes  # noqa: PLC0415 - only when something is saved

    def make() -> bytes:
        with tempfile.TemporaryDirectory(prefix="zhenggai-") as folder:
            made = Path(folder) / path.name
            write(made)
            return made.read_bytes()

    save_bytes(path, wait_for(parent, caption, make))


class _Worker(QObject):
    """Runs the work in its thread; says ``done`` into the window's."""

    done = Signal()

    def __init__(self, work: Callable[[], Any]) -> None:
        super().__init__()
        self._work = work
        self._finished = threading.Event()
        self._value: Any = None
        self._error: BaseException | None = None

    @property
    def is_done(self) -> bool:
        return self._finished.is_set()

    def run(self) -> None:
        try:
            self._value = self._work()
        except BaseException as error:  # noqa: BLE001 - raised again where it is waited for
            self._error = error
        self._finished.set()
        self.done.emit()

    def result(self) -> Any:
        if self._error is not None:
            raise self._error
        return self._value


def _wait_in_sight(parent: QWidget | None, caption: str, worker: _Worker, loop: QEventLoop) -> None:
    dialog = ProgressDialog(caption, parent)
    worker.done.connect(dialog.accept)
    dialog.finished.connect(loop.quit)
    dialog.open()
    try:
        if not worker.is_done:
            loop.exec()
    finally:
        dialog.close()
        dialog.deleteLater()


class ProgressDialog(QDialog):
    """What is being done and for how long; Esc and “取消” leave it."""

    def __init__(self, caption: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(caption.rstrip("…"))
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        self.setMinimumWidth(420)
        self._started = monotonic()
        self.caption = plain_label(caption)
        self.caption.setWordWrap(True)
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)  # how much is left is not known: it moves as long as there is work
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("进行中")
        self.time = plain_label("已用 0 秒", muted=True)
        self.cancel = QPushButton(CANCEL)
        self.cancel.setAutoDefault(False)  # Enter must not end what was just begun
        self.cancel.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addWidget(self.time, 1)
        foot.addWidget(self.cancel)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(GAP)
        layout.addWidget(self.caption)
        layout.addWidget(self.bar)
        layout.addLayout(foot)
        timer = QTimer(self, interval=_TICK)
        timer.timeout.connect(self._show_time)
        timer.start()

    def _show_time(self) -> None:
        self.time.setText(f"已用 {round(monotonic() - self._started)} 秒")
