"""Keys in the real window: wherever the keyboard is, a key means one thing, and what the place says of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from keyboard import CTRL, come_back_to, focused, press, type_text
from ledger_pages import shown_page
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from zhenggai_desktop.domain.records import Issue, Measure
from zhenggai_desktop.gui.main_window import MainWindow
from zhenggai_desktop.gui.months.progress_view import ProgressView
from zhenggai_desktop.gui.months.view_table import VIEWS
from zhenggai_desktop.gui.page_table import MONTHS, PAGES
from zhenggai_desktop.gui.pages.ledger import LedgerPage

KEYPAD = Qt.KeyboardModifier.KeypadModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def opened(window: MainWindow, tmp_path: Path, qtbot: Any) -> MainWindow:
    """The window with a ledger of two sections, six issues and twelve measures."""
    come_back_to(shown_page(window, tmp_path, qtbot))
    return window


def every_place(window: MainWindow) -> Iterator[str]:
    """Every page and every view of a page, one after the other in front."""
    for page in PAGES:
        if page.key == MONTHS:
            continue
        window.workspace.show_page(page.key)
        QApplication.processEvents()
        yield page.key
    for view in VIEWS:
        window._show_month_view(view.key)
        QApplication.processEvents()
        yield view.key


def keys_that_count(window: MainWindow) -> dict[str, list[str]]:
    """The keys that count now wherever in the window the keyboard is, or anywhere within something that is shown."""
    found: dict[str, list[str]] = {}

    def note(keys: list[QKeySequence], name: str) -> None:
        for key in keys:
            found.setdefault(key.toString(), []).append(name)

    for action in window.findChildren(QAction):
        widgets = [one for one in action.associatedObjects() if isinstance(one, QWidget) and not isinstance(one, QMenu)]
        within = action.shortcutContext() is Qt.ShortcutContext.WidgetWithChildrenShortcut
        if action.shortcutContext() is Qt.ShortcutContext.WindowShortcut or (
            within and any(one.isVisible() for one in widgets)
        ):
            note(action.shortcuts(), action.text())
    for shortcut in window.findChildren(QShortcut):
        if shortcut.context() is not Qt.ShortcutContext.WidgetShortcut and shortcut.parent().isVisible():
            note(shortcut.keys(), type(shortcut.parent()).__name__)
    return found


def test_wherever_the_keyboard_is_a_key_means_one_thing(opened: MainWindow) -> None:
    doubled: dict[str, list[str]] = {}
    for place in every_place(opened):
        found = keys_that_count(opened)
        doubled |= {f"{place}: {key}": names for key, names in found.items() if len(names) > 1}
        assert found["Ctrl+S"] == ["保存(&S)"], place
    assert doubled == {}


@pytest.mark.parametrize(
    ("shift", "counted"), [(Qt.KeyboardModifier.NoModifier, "measures"), (SHIFT, "issues")], ids=["measure", "issue"]
)
def test_a_row_is_added_from_the_form_too_and_from_no_other_page(
    opened: MainWindow, shift: Qt.KeyboardModifier, counted: str
) -> None:
    page, count = opened.workspace.page("ledger"), len(getattr(opened.session.snapshot, counted))
    for key, held in ((Qt.Key.Key_Return, CTRL), (Qt.Key.Key_Enter, CTRL | KEYPAD)):
        page.show_record((Issue, 2))
        page.pane.form(Issue).editors["note"].setFocus()
        press(key, held | shift)
        count += 1
        assert len(getattr(opened.session.snapshot, counted)) == count
    for place in every_place(opened):
        if place != "ledger":
            press(Qt.Key.Key_Return, CTRL | shift)
    assert len(getattr(opened.session.snapshot, counted)) == count


def test_del_is_the_tree_s_and_the_list_s_where_each_has_the_keyboard(opened: MainWindow) -> None:
    page, snapshot = cast("LedgerPage", opened.workspace.page("ledger")), lambda: opened.session.snapshot
    page.show_record((Measure, 1))
    page.pane.show_caption("进展记录")
    listing = page.pane._listings[page.pane.tabs.currentIndex()]
    listing.add()
    listing.add()
    for elsewhere in (page.bar.views, page.pane.tabs.tabBar(), listing.buttons["删除"]):
        elsewhere.setFocus()
        press(Qt.Key.Key_Delete)
    assert len(snapshot().log_entries) == 2
    listing.rows.setFocus()
    press(Qt.Key.Key_Delete)
    assert len(snapshot().log_entries) == 1
    for row in (12, 11):
        page.tree.select_keys([(Measure, row)])
        page.tree.setFocus()
        press(Qt.Key.Key_Delete)
    assert (len(snapshot().log_entries), len(snapshot().measures)) == (1, 10)


def test_rows_are_pasted_into_the_tree_while_the_evidence_is_in_sight(opened: MainWindow) -> None:
    page = cast("LedgerPage", opened.workspace.page("ledger"))
    page.show_record((Measure, 1))
    page.pane.show_caption("佐证")
    page.tree.setFocus()
    press(Qt.Key.Key_C, CTRL)
    press(Qt.Key.Key_V, CTRL)
    press(Qt.Key.Key_V, CTRL)
    QApplication.clipboard().clear()
    assert len(opened.session.snapshot.measures) == 14
    assert opened.session.snapshot.evidence == ()


@pytest.mark.parametrize(
    ("key", "held"), [(Qt.Key.Key_Return, CTRL), (Qt.Key.Key_Enter, CTRL | KEYPAD)], ids=["main", "keypad"]
)
@pytest.mark.parametrize("where", ["cell", "reporter", "date"])
def test_progress_is_entered_by_its_key_from_anywhere_in_its_view(
    opened: MainWindow, key: Qt.Key, held: Qt.KeyboardModifier, where: str
) -> None:
    opened._show_month_view("progress")
    view = opened.workspace.page(MONTHS).view("progress")
    assert isinstance(view, ProgressView)
    come_back_to(view)
    view.table.start_at(0)
    type_text("已召开会议")
    if where != "cell":
        {"reporter": view.reporter, "date": view.date}[where].setFocus()
    QTest.keyClick(focused(), key, held)
    assert [one.text for one in opened.session.snapshot.log_entries] == ["已召开会议"]
    assert len(opened.session.snapshot.measures) == 12
    assert opened.workspace.current_page == MONTHS
