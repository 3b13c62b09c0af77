"""Runs the proofreader on the open ledger after each pause, off the window's thread, and keeps what it found."""

from __future__ import annotations

import threading
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from zhenggai_desktop import paths
from zhenggai_desktop.domain.editions import Edition
from zhenggai_desktop.errors import CancelledError, ZhenggaiError
from zhenggai_desktop.gui.progress import wait_for
from zhenggai_desktop.gui.proof.runner import Runner
from zhenggai_desktop.gui.session import LedgerSession

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from zhenggai_desktop.domain.proofread.checker import Proofreader
    from zhenggai_desktop.domain.records import Snapshot
    from zhenggai_desktop.services.proofreading import Proof

PAUSE = 400  # milliseconds without a change
_FIRST_PAUSE = 900  # after a ledger was opened: the window comes first


class ProofDesk(QObject):
    """One for a session: ``ProofDesk.of(session)``. It works on a snapshot and never touches the connection.

    A change while it works breaks the work off; what was read is remembered, so that nothing is read twice.
    """

    proofread = Signal()  # ``proof`` is another one now

    def __init__(self, session: LedgerSession) -> None:
        super().__init__(session)
        self.proof: Proof | None = None  # of the last snapshot that was read whole
        self.trouble = ""  # why there is none, as a sentence
        self.edition = Edition.PUBLIC
        self._session = session
        self._reader: Proofreader | None = None
        self._read: tuple[Snapshot, Edition] | None = None
        self._runner = Runner(self)
        self._runner.done.connect(self._on_done)
        self._pause = QTimer(self, singleShot=True)
        self._pause.timeout.connect(self._begin)
        session.changed.connect(lambda _changes: self.wait_and_read())
        session.leaving.connect(self.stop)
        session.switched.connect(self._on_switched)
        self._on_switched()

    @staticmethod
    def of(session: LedgerSession) -> ProofDesk:
        """The session's desk, made with the first call."""
        return session.findChild(ProofDesk) or ProofDesk(session)

    @property
    def is_current(self) -> bool:
        """True where ``proof`` is of the ledger as it is at this moment."""
        return self._read is not None and self._read[0] is self._session.snapshot and self._read[1] is self.edition

    def wait_and_read(self, pause: int = PAUSE) -> None:
        """Read the ledger after a pause."""
        if self._session.is_open:
            self._pause.start(pause)

    def set_edition(self, edition: Edition) -> None:
        """Read another edition of the notice."""
        if edition is not self.edition:
            self.edition = edition
            self.wait_and_read(0)

    def forget_words(self) -> None:
        """The office's words are others: read everything anew."""
        self.stop()
        self._reader, self._read = None, None
        self.wait_and_read(0)

    def fresh(self, window: QWidget | None = None) -> Proof:
        """The proof of this moment, waited for over ``window`` where it is not there.

        Raises UsageError for a list of words that is none, CancelledError.
        """
        if not self.is_current or self.proof is None:
            self._pause.stop()
            self._runner.join()
            snapshot, edition = self._session.snapshot, self.edition
            left = threading.Event()
            try:
                self._take(wait_for(window, "正在校对…", lambda: self._work(snapshot, edition, left.is_set)))
            except CancelledError:
                left.set()
                self._reader = None  # the work that nobody waits for keeps it
                raise
        assert self.proof is not None
        return self.proof

    def stop(self) -> None:
        """Break off what is being read, without waiting: whoever is on the way out finds that nobody listens."""
        self._pause.stop()
        self._runner.stop()

    # --- inside

    def _on_switched(self) -> None:
        self.stop()
        self.proof, self._read, self.trouble = None, None, ""
        self.proofread.emit()
        self.wait_and_read(_FIRST_PAUSE)

    def _begin(self) -> None:
        if self._session.is_open and not self.is_current:
            self._runner.begin(partial(self._work, self._session.snapshot, self.edition))

    def _work(
        self, snapshot: Snapshot, edition: Edition, stopped: Callable[[], bool]
    ) -> tuple[Snapshot, Edition, Proof]:
        from zhenggai_desktop.domain.proofread.checker import Proofreader  # noqa: PLC0415 - not at start
        from zhenggai_desktop.services.proofreading import load_lexicon, proofread_ledger  # noqa: PLC0415

        if self._reader is None:
            words = paths.resources_folder() / "words" / "proofreading.json"
            self._reader = Proofreader(load_lexicon(words, paths.user_folder()))
        today = self._session.today()
        proof = proofread_ledger(
            snapshot, self._reader.lexicon, today, "", self._reader, edition=edition, stopped=stopped
        )
        return snapshot, edition, proof

    def _on_done(self, result: object) -> None:
        if isinstance(result, ZhenggaiError):
            self.proof, self.trouble = None, f"{result.what_happened}。{result.what_to_do}。"
            self.proofread.emit()
        elif isinstance(result, Exception):
            raise result
        else:
            self._take(result)

    def _take(self, result: object) -> None:
        assert isinstance(result, tuple)
        snapshot, edition, proof = result
        self.proof, self._read, self.trouble = proof, (snapshot, edition), ""
        self.proofread.emit()
