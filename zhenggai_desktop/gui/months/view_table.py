"""The views of the page of the working months, in one table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from zhenggai_desktop.gui import messages
from zhenggai_desktop.gui.gathering import Gathering, is_small
from zhenggai_desktop.gui.months.view_names import CHASE, CLOSING, EVIDENCE, PROGRESS
from zhenggai_desktop.gui.session import LedgerSession
from zhenggai_desktop.gui.style import GAP, MARGIN
from zhenggai_desktop.gui.wrapped_row import WrappedRow


class MonthView(QWidget):
    """Shows what the session's ledger says whenever it is told to ``refresh``."""

    record_chosen = Signal(object)  # RecordKey
    told = Signal(str)
    called = Signal(object)  # Call

    def __init__(self, session: LedgerSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._gathering = Gathering(self)

    def refresh(self) -> None:
        """Show the ledger as it is today; it is open. What a large one shows is there some moments later."""
        snapshot = self.session.snapshot

        def tell(found: Any) -> None:
            if snapshot is self.session.snapshot:  # or it is asked for again as soon as it is seen
                self.show_found(found)

        self._gathering.ask(self.gathered(), tell, at_once=is_small(snapshot))

    def gathered(self) -> Callable[[], Any]:
        """What works out on any thread what there is to be shown: all that it needs of the window is read now."""
        raise NotImplementedError

    def show_found(self, found: Any) -> None:
        """Show what was worked out."""
        raise NotImplementedError

    def forget(self) -> None:
        """Another ledger is open, or none: no row, tick or choice of the one before is of it."""
        self._gathering.forget()

    def settle(self) -> None:
        """Have what is shown be the ledger as it is."""
        self._gathering.settle()

    def guarded(self, work: Callable[[], object]) -> None:
        """Do something with what is shown that may be refused; a refusal becomes a sentence."""
        self.settle()
        messages.guarded(self, work)

    @staticmethod
    def row(*widgets: QWidget | None) -> WrappedRow:
        """Widgets beside each other, None as room between them; on further lines where they need them."""
        row = WrappedRow(*widgets, spacing=GAP)
        row.setContentsMargins(MARGIN, GAP, MARGIN, GAP)
        return row


@dataclass(frozen=True, slots=True)
class ViewSpec:
    """``caption`` stands on the tab; ``topic`` is the page of the manual about the view."""

    key: str
    caption: str
    topic: str
    make: Callable[[LedgerSession], MonthView]


def _chase(session: LedgerSession) -> MonthView:
    from zhenggai_desktop.gui.months.chase_view import ChaseView  # noqa: PLC0415 - when it is first in front

    return ChaseView(session)


def _progress(session: LedgerSession) -> MonthView:
    from zhenggai_desktop.gui.months.progress_view import ProgressView  # noqa: PLC0415

    return ProgressView(session)


def _closing(session: LedgerSession) -> MonthView:
    from zhenggai_desktop.gui.months.closing_view import ClosingView  # noqa: PLC0415

    return ClosingView(session)


def _evidence(session: LedgerSession) -> MonthView:
    from zhenggai_desktop.gui.months.evidence_view import EvidenceView  # noqa: PLC0415

    return EvidenceView(session)


VIEWS: tuple[ViewSpec, ...] = (
    ViewSpec(CHASE, "催办", "催办", _chase),
    ViewSpec(PROGRESS, "本周进展", "催办", _progress),
    ViewSpec(CLOSING, "销号", "销号", _closing),
    ViewSpec(EVIDENCE, "佐证", "销号", _evidence),
)
