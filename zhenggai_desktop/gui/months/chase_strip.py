"""A quiet bar when a ledger is opened: how much is late and pressing, and the way there. Never a box."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from zhenggai_desktop.gui.calls import Call
from zhenggai_desktop.gui.counting import Counting
from zhenggai_desktop.gui.later import Later
from zhenggai_desktop.gui.session import LedgerSession
from zhenggai_desktop.gui.style import GAP, MARGIN, plain_label

if TYPE_CHECKING:
    from zhenggai_desktop.domain.records import Snapshot

_WAIT = 1200  # milliseconds after the ledger is on the screen: counting loads what its page does without


class ChaseStrip(QFrame):
    """Counts a moment after a ledger was opened and after changes; put away, it stays away until the next opening
    or the next day."""

    called = Signal(object)  # Call

    def __init__(self, session: LedgerSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._put_away = False
        self._is_wanted = True
        self.words = plain_label()
        self.show_button = QPushButton("查看催办")
        self.away_button = QPushButton("收起")
        for button in (self.show_button, self.away_button):
            button.setProperty("link", True)
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN, 4, MARGIN, 4)
        row.setSpacing(GAP * 2)
        row.addWidget(self.words)
        row.addWidget(self.show_button)
        row.addStretch(1)
        row.addWidget(self.away_button)
        self.hide()
        self._due = Later(_WAIT, self._on_due, self)
        self._counting = Counting(self._count, self)
        self._counting.counted.connect(self._on_counted)
        self.show_button.clicked.connect(self._on_show)
        self.away_button.clicked.connect(self._on_away)
        session.switched.connect(self._on_switched)
        session.changed.connect(lambda _changes: self._ask())
        session.new_day.connect(self._on_switched)  # what is due today was not put away yesterday

    def set_wanted(self, wanted: bool) -> None:
        """Where the page in front says the same itself, the room is for the page."""
        self._is_wanted = wanted
        self._show()

    def _show(self) -> None:
        self.setVisible(self._is_wanted and not self._put_away and bool(self.words.text()))

    def _on_switched(self) -> None:
        self._put_away = False
        self.words.clear()
        self.hide()
        self._ask()

    def _ask(self) -> None:
        if self._session.is_open and not self._put_away:
            self._due.start_after_painting()

    def _on_due(self) -> None:
        if self._session.is_open:
            self._counting.ask(self._session.snapshot)

    def _count(self, snapshot: Snapshot) -> str:
        """“今天要催办9项：已逾期3项、…”; "" where there is nothing."""
        from zhenggai_desktop.domain.chasing import URGENCY_NAMES, Urgency  # noqa: PLC0415 - not at start
        from zhenggai_desktop.services.chasing import due_reminders  # noqa: PLC0415

        found = due_reminders(snapshot, self._session.today())
        counts = Counter(one.urgency for one in found)
        meanings = {Urgency.RED: "已逾期", Urgency.ORANGE: "临近到期或该启动", Urgency.YELLOW: "快到期或久无进展"}
        parts = [f"{meanings[one]}{counts[one]}项（{URGENCY_NAMES[one]}）" for one in Urgency if counts[one]]
        return f"今天要催办{len(found)}项：{'，'.join(parts)}" if counts[Urgency.RED] + counts[Urgency.ORANGE] else ""

    def _on_counted(self, snapshot: Snapshot, words: str) -> None:
        if snapshot is self._session.snapshot and not self._put_away:
            self.words.setText(words)
            self._show()

    def _on_show(self) -> None:
        """Whoever goes there knows: the room is for the list."""
        self._on_away()
        self.called.emit(Call.CHASE)

    def _on_away(self) -> None:
        self._put_away = True
        self.hide()
