"""Pages with a ledger in them, as tests look at them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from builders import a_ledger, a_tree

from zhenggai_desktop.gui.main_window import MainWindow
from zhenggai_desktop.gui.months.page import MonthsPage
from zhenggai_desktop.gui.pages.ledger import LedgerPage
from zhenggai_desktop.gui.session import LedgerSession


def shown_page(window: MainWindow, folder: Path, qtbot: Any) -> LedgerPage:
    """Section 1: issues 1, 2, 3; section 2: issues 4, 5, 6; each with two measures."""
    a_ledger(folder, *a_tree(), organisation="某街道党工委").close()
    window.take_file(folder / "台账.zgtz")
    qtbot.waitActive(window)
    page = window.workspace.page("ledger")
    assert isinstance(page, LedgerPage)
    return page


def shown_months(session: LedgerSession, qtbot: Any) -> MonthsPage:
    """The page of the months by itself."""
    page = MonthsPage(session)
    qtbot.addWidget(page)
    page.resize(1280, 700)
    page.show()
    qtbot.waitExposed(page)
    return page
