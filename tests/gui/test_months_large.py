"""The working months over a large ledger: what is listed is worked out beside the window, and shown when it is."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from builders import a_ledger, a_tree
from ledger_pages import shown_months
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTreeWidgetItem
from pytestqt.qtbot import QtBot

from zhenggai_desktop.domain.records import Issue
from zhenggai_desktop.gui.months import chase_view, closing_view, evidence_view, progress_view
from zhenggai_desktop.gui.months.chase_view import ChaseView
from zhenggai_desktop.gui.months.closing_view import ClosingView
from zhenggai_desktop.gui.months.page import MonthsPage
from zhenggai_desktop.gui.session import LedgerSession

ISSUES = 600
WORKERS = {
    "chase": (chase_view, "due_reminders"),
    "progress": (progress_view, "reported_on"),
    "closing": (closing_view, "closing_rows"),
    "evidence": (evidence_view, "evidence_rows"),
}


@pytest.fixture
def session(tmp_path: Path) -> Iterator[LedgerSession]:
    with a_ledger(tmp_path, *a_tree(2, ISSUES // 2, 2)) as ledger:
        path = ledger.path
    session = LedgerSession()
    session.today = lambda: dt.date(2026, 6, 10)
    session.open(path)
    yield session
    session.close()
    session.deleteLater()


@pytest.fixture
def page(session: LedgerSession, qtbot: QtBot) -> MonthsPage:
    return shown_months(session, qtbot)


def count(view: Any) -> int:
    """How many lines there are."""
    if isinstance(view, ChaseView):
        return len(view.list.ticked_pairs())
    return len(view.model.lines) if isinstance(view, progress_view.ProgressView) else len(view.list.items())


@pytest.mark.parametrize("key", WORKERS)
def test_a_view_is_worked_out_on_another_thread(
    page: MonthsPage, session: LedgerSession, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    module, name = WORKERS[key]
    work, threads = getattr(module, name), set[int]()

    def noted(*given: Any, **named: Any) -> Any:
        threads.add(threading.get_ident())
        return work(*given, **named)

    monkeypatch.setattr(module, name, noted)
    page.show_view(key)
    view = page.view(key)
    qtbot.waitUntil(lambda: count(view) >= ISSUES // 2)
    before = count(view)
    with session.write(lambda ledger: ledger.step("删")) as writer:
        writer.remove(Issue, 3)
    assert count(view) == before
    qtbot.waitUntil(lambda: count(view) < before)
    assert threads
    assert threading.get_ident() not in threads


def test_what_is_done_with_the_rows_waits_for_those_of_now(page: MonthsPage, session: LedgerSession) -> None:
    page.show_view("closing")
    view = page.view("closing")
    assert isinstance(view, ClosingView)
    seen: list[int] = []
    view.guarded(lambda: seen.append(count(view)))
    with session.write(lambda ledger: ledger.step("删")) as writer:
        writer.remove(Issue, 3)
    view.guarded(lambda: seen.append(count(view)))
    assert seen[0] - seen[1] == 1


def test_the_row_that_was_chosen_is_chosen_where_it_stands_now(page: MonthsPage, session: LedgerSession) -> None:
    page.show_view("closing")
    view = page.view("closing")
    assert isinstance(view, ClosingView)
    view.settle()
    view.list.choose(9)
    view.list.items()[8].setCheckState(0, Qt.CheckState.Checked)
    with session.write(lambda ledger: ledger.step("改")) as writer:
        writer.update(Issue, 9, title="改了")
    view.settle()
    assert (view.list.current_id(), view.list.ticked_ids()) == (9, {9})
    current = view.list.current()
    assert current is not None
    assert current.text(1) == "改了"
    with session.write(lambda ledger: ledger.step("删")) as writer:
        writer.remove(Issue, 3)
    view.settle()
    assert (view.list.current_id(), view.list.ticked_ids()) == (9, {9})


def test_a_group_is_ticked_with_its_lines_by_the_mouse(page: MonthsPage, qtbot: QtBot) -> None:
    page.show_view("chase")
    view = page.view("chase")
    assert isinstance(view, ChaseView)
    view.settle()
    qtbot.waitUntil(lambda: not view.list.visualItemRect(view.list.topLevelItem(0)).isEmpty())
    group = view.list.topLevelItem(0)
    assert group is not None
    whole = len(view.list.ticked_pairs())

    def click(item: QTreeWidgetItem) -> None:
        rect: QRect = view.list.visualItemRect(item)
        left = 0 if item is group else view.list.indentation()
        for x in range(left, left + 3 * view.list.indentation(), 4):  # wherever the style puts the box
            before = item.checkState(0)
            place = QPoint(rect.left() - left + x if item is not group else rect.left() + x, rect.center().y())
            QTest.mouseClick(view.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
            if item.checkState(0) is not before:
                return
        pytest.fail("the box cannot be ticked")

    click(group.child(0))
    assert group.checkState(0) is Qt.CheckState.PartiallyChecked
    assert len(view.list.ticked_pairs()) == whole - 1
    click(group)
    assert group.checkState(0) is Qt.CheckState.Checked
    assert len(view.list.ticked_pairs()) == whole
    click(group)
    assert len(view.list.ticked_pairs()) == whole - group.childCount()
