"""The pages of an open ledger, in one table: adding a page is adding a row.

A page is a ``Page``: it gets the session, follows ``session.switched`` and ``session.changed`` by itself, and asks
for everything else by its signals. Pages are made when they are first shown, so that a window is on the screen
before any of them is loaded.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from zhenggai_desktop.gui.calls import Call
from zhenggai_desktop.gui.session import LedgerSession

if TYPE_CHECKING:
    from zhenggai_desktop.domain.changes import RecordKey

LEDGER = "ledger"
FACTS = "facts"
NOTICE = "notice"
OVERVIEW = "overview"
HISTORY = "history"
MONTHS = "months"


class Page(QWidget):
    """One way to look at the open ledger."""

    called = Signal(object)  # Call: something of the table of actions
    record_chosen = Signal(object)  # RecordKey: show this record on the ledger page
    issues_chosen = Signal(str, object)  # what to call them, ids of issues: the ledger page shows only these
    told = Signal(str)  # a sentence for the status bar

    def __init__(self, session: LedgerSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session

    def take_actions(self, actions: Mapping[Call, QAction]) -> None:
        """Get to know the window's actions, to offer them in menus of its own."""

    @property
    def tells_what_is_due(self) -> bool:
        """Whether the page itself says what is late and pressing: then the strip above it need not."""
        return False

    def print_page(self) -> None:
        """Print what the page shows, where that makes sense on paper."""
        self.told.emit("这一页没有可以打印的内容；清单、通报和挂图可以打印。")

    def show_record(self, key: RecordKey) -> None:
        """Bring a record into view, where the page shows records."""

    def show_issues(self, caption: str, ids: Collection[int]) -> None:
        """Show only these issues, where the page shows a list of them."""


class PageSpec(NamedTuple):
    """``caption`` stands on the tab, ``shortcut`` leads to it."""

    key: str
    caption: str
    shortcut: str
    make: Callable[[LedgerSession], Page]


def _ledger(session: LedgerSession) -> Page:
    from zhenggai_desktop.gui.pages.ledger import LedgerPage  # noqa: PLC0415 - see the module
    from zhenggai_desktop.gui.proof.desk import ProofDesk  # noqa: PLC0415
    from zhenggai_desktop.gui.proof.tree_marks import TreeMarks  # noqa: PLC0415

    page = LedgerPage(session)
    TreeMarks(page.tree, page.model, ProofDesk.of(session))
    return page


def _notice(session: LedgerSession) -> Page:
    from zhenggai_desktop.gui.pages.notice import NoticePage  # noqa: PLC0415
    from zhenggai_desktop.gui.proof.notice_side import NoticeSide  # noqa: PLC0415

    page = NoticePage(session)
    NoticeSide(page)
    return page


def _overview(session: LedgerSession) -> Page:
    from zhenggai_desktop.gui.pages.overview import OverviewPage  # noqa: PLC0415

    return OverviewPage(session)


def _facts(session: LedgerSession) -> Page:
    from zhenggai_desktop.gui.pages.facts import FactsPage  # noqa: PLC0415

    return FactsPage(session)


def _history(session: LedgerSession) -> Page:
    from zhenggai_desktop.gui.pages.history import HistoryPage  # noqa: PLC0415

    return HistoryPage(session)


def _months(session: LedgerSession) -> Page:
    from zhenggai_desktop.gui.months.page import MonthsPage  # noqa: PLC0415

    return MonthsPage(session)


PAGES: tuple[PageSpec, ...] = (
    PageSpec(LEDGER, "台账", "Ctrl+1", _ledger),
    PageSpec(NOTICE, "通报", "Ctrl+2", _notice),
    PageSpec(OVERVIEW, "概览", "Ctrl+3", _overview),
    PageSpec(FACTS, "台账信息", "Ctrl+4", _facts),
    PageSpec(HISTORY, "历史", "Ctrl+5", _history),
    PageSpec(MONTHS, "督办", "Ctrl+6", _months),
)
