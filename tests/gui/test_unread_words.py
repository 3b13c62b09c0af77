"""What was typed and cannot be read: it stands in nobody's way, lands nowhere else, and goes only with a word."""

from __future__ import annotations

import datetime as dt
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from answers import Dialogs
from builders import a_ledger, a_tree
from keyboard import clear, press, type_text
from ledger_pages import shown_page
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from zhenggai_desktop.domain.records import Issue, Measure, PublicComment
from zhenggai_desktop.gui.calls import Call
from zhenggai_desktop.gui.forms.record_list import RecordList
from zhenggai_desktop.gui.main_window import MainWindow
from zhenggai_desktop.gui.pages.facts import FactsPage
from zhenggai_desktop.gui.pages.ledger import LedgerPage
from zhenggai_desktop.services.ledger import Ledger
from zhenggai_desktop.storage import ledger_file

BACK, DROP = "返回修改", "放弃这几个字"
WORDS = "下周例会"


@pytest.fixture
def page(window: MainWindow, tmp_path: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> LedgerPage:
    """Measure 1 is selected. A file that is held is waited for but a moment."""
    monkeypatch.setattr(ledger_file, "_WAIT", 0.05)
    page = shown_page(window, tmp_path, qtbot)
    page.show_record((Measure, 1))
    return page


def type_into(field: Any, words: str) -> None:
    field.setFocus()
    clear(field)
    type_text(words)


def entries(page: LedgerPage) -> RecordList:
    page.pane.show_caption("进展记录")
    return page.pane._listings[page.pane.tabs.currentIndex()]


def with_unread_entry(page: LedgerPage) -> RecordList:
    """An entry of progress with a date that is none, behind another tab."""
    listing = entries(page)
    listing.add()
    type_into(listing.form.editors["entered_on"], WORDS)
    page.session.flush()
    page.pane.show_caption("内容")
    return listing


class TestOfARecordThatIsGone:
    def test_undoing_the_record_leaves_everything_else_as_it_was(self, page: LedgerPage, window: MainWindow) -> None:
        with_unread_entry(page)
        window.perform(Call.UNDO)
        assert page.session.snapshot.log_entries == ()
        window.perform(Call.SAVE)
        window.perform(Call.REDO)
        assert len(page.session.snapshot.log_entries) == 1
        page.tree.select_keys([(Issue, 3)])
        assert page.pane.key == (Issue, 3)
        window.perform(Call.ADD_MEASURE)
        assert page.session.undo_label == "新增整改措施"

    def test_deleting_the_row_that_it_hung_on_too(
        self, page: LedgerPage, window: MainWindow, dialogs: Dialogs, tmp_path: Path
    ) -> None:
        with_unread_entry(page)
        page.tree.select_keys([(Measure, 1)])
        dialogs.choices = ["删除"]
        window.perform(Call.DELETE)
        window.perform(Call.SAVE)
        window.close()
        assert not window.isVisible()
        with Ledger.open(tmp_path / "台账.zgtz") as ledger:
            assert 1 not in [measure.id for measure in ledger.snapshot.measures]

    def test_a_record_that_comes_back_has_what_the_ledger_says(self, page: LedgerPage, window: MainWindow) -> None:
        with_unread_entry(page)
        window.perform(Call.UNDO)
        window.perform(Call.REDO)
        field = entries(page).form.editors["entered_on"]
        assert field.value() == page.session.snapshot.log_entries[0].entered_on
        assert not field.problem()


class TestOnTheWayToAnotherRow:
    def test_it_is_said_with_its_words(self, page: LedgerPage, window: MainWindow) -> None:
        page.show_record((Issue, 1))
        type_into(page.pane.form(Issue).editors["due_on"], "反馈后三个月内")
        page.show_record((Issue, 2))
        said = window.statusBar().currentMessage()
        assert said == "问题的“到期日”里写的“反馈后三个月内”没有存上：读不出日期，例如写 2025.6.30。"
        assert page.pane.form(Issue).editors["due_on"].text() == "2025年12月30日"

    def test_behind_another_tab_too(self, page: LedgerPage, window: MainWindow) -> None:
        with_unread_entry(page)
        page.tree.select_keys([(Measure, 2)])
        page.pane.settle()
        assert WORDS in window.statusBar().currentMessage()
        page.tree.select_keys([(Measure, 1)])
        field = entries(page).form.editors["entered_on"]
        assert field.text() == "" or not field.problem()

    def test_another_tab_of_the_same_row_keeps_it(self, page: LedgerPage) -> None:
        with_unread_entry(page)
        assert entries(page).form.editors["entered_on"].text() == WORDS

    def test_where_it_can_be_read_nothing_is_said(self, page: LedgerPage, window: MainWindow) -> None:
        window.statusBar().clearMessage()
        page.show_record((Issue, 1))
        type_into(page.pane.form(Issue).editors["due_on"], "2025.6.30")
        page.show_record((Issue, 2))
        assert window.statusBar().currentMessage() == ""
        assert page.session.snapshot.issues[0].due_on == dt.date(2025, 6, 30)

    def test_in_a_list_the_row_stays_where_it_cannot_be_stored(
        self, page: LedgerPage, dialogs: Dialogs, tmp_path: Path
    ) -> None:
        listing = entries(page)
        for _ in range(2):
            listing.add()
        key = listing.current_key()
        type_into(listing.form.editors["text"], "写了很久的一段")
        other = sqlite3.connect(tmp_path / "台账.zgtz", isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        dialogs.choices = ["关闭"]
        above = next(item for item in listing._items() if item is not listing.rows.currentItem())
        listing.rows.setCurrentItem(above)
        assert (listing.current_key(), listing.form.key) == (key, key)
        other.execute("ROLLBACK")
        other.close()
        page.session.flush()
        assert "写了很久的一段" in [one.text for one in page.session.snapshot.log_entries if one.id == key[1]]


class TestOnTheWayToAnotherLedger:
    @pytest.fixture
    def other(self, tmp_path: Path) -> Path:
        """The same records, but a day of the feedback from which words can be reckoned."""
        with a_ledger(tmp_path, *a_tree(), name="乙.zgtz", feedback_date=dt.date(2025, 3, 1)) as ledger:
            return ledger.path

    def asked(self, dialogs: Dialogs) -> str:
        return dialogs.shown[-1]

    def test_it_lands_on_no_record_of_the_other(
        self, page: LedgerPage, window: MainWindow, dialogs: Dialogs, other: Path
    ) -> None:
        page.show_record((Issue, 1))
        type_into(page.pane.form(Issue).editors["due_on"], "反馈后三个月内")
        before = Ledger.open(other)
        due_on = before.snapshot.issues[0].due_on
        before.close()
        dialogs.choices = [DROP]
        window.take_file(other)
        assert "反馈后三个月内" in self.asked(dialogs)
        window.perform(Call.SAVE)
        assert page.session.path == other
        assert page.session.snapshot.issues[0].due_on == due_on
        assert page.session.undo_label == "建立"

    def test_nor_on_the_facts_and_their_lists(
        self, page: LedgerPage, window: MainWindow, dialogs: Dialogs, other: Path
    ) -> None:
        facts = window.workspace.page("facts")
        assert isinstance(facts, FactsPage)
        window.workspace.show_page("facts")
        type_into(facts.form.editors["plan_due"], "反馈后一个月内")
        listing = next(one for one in facts.lists if one._type is PublicComment)
        facts.tabs.setCurrentIndex([facts.tabs.tabText(at) for at in range(facts.tabs.count())].index("群众意见"))
        listing.add()
        type_into(listing.form.editors["received_on"], "上周三下午")
        dialogs.choices = [DROP, DROP]
        window.take_file(other)
        window.perform(Call.ADD_ISSUE)
        window.perform(Call.SAVE)
        window.workspace.show_page("facts")
        assert (page.session.path, page.session.snapshot.facts.plan_due) == (other, None)
        assert facts.form.editors["plan_due"].text() == ""

    def test_who_thinks_better_of_it_stays_with_the_words(
        self, page: LedgerPage, window: MainWindow, dialogs: Dialogs, other: Path, tmp_path: Path
    ) -> None:
        page.show_record((Issue, 1))
        field = page.pane.form(Issue).editors["due_on"]
        type_into(field, "反馈后三个月内")
        page.tree.setFocus()
        dialogs.choices = [BACK] * 3
        window.take_file(other)
        assert page.session.path == tmp_path / "台账.zgtz"
        assert (field.text(), field.hasFocus()) == ("反馈后三个月内", True)
        window.perform(Call.CLOSE)
        window.close()
        assert window.isVisible()
        type_into(field, "2025.6.30")
        window.close()
        assert not window.isVisible()
        with Ledger.open(tmp_path / "台账.zgtz") as ledger:
            assert ledger.snapshot.issues[0].due_on == dt.date(2025, 6, 30)

    def test_a_copy_of_the_same_ledger_is_another_too(
        self, page: LedgerPage, window: MainWindow, dialogs: Dialogs, tmp_path: Path
    ) -> None:
        window.perform(Call.SAVE)
        copy = tmp_path / "副本.zgtz"
        copy.write_bytes((tmp_path / "台账.zgtz").read_bytes())
        page.show_record((Issue, 1))
        field = page.pane.form(Issue).editors["due_on"]
        type_into(field, "反馈后三个月内")
        dialogs.choices = [DROP]
        window.take_file(copy)
        assert page.session.path == copy
        assert not field.problem()
        assert field.text() == "2025年12月31日"

    def test_what_was_given_up_with_a_ledger_is_gone(self, page: LedgerPage, window: MainWindow, other: Path) -> None:
        page.show_record((Issue, 1))
        type_into(page.pane.form(Issue).editors["note"], "只属于甲")
        page.session.abandon()
        window.take_file(other)
        window.perform(Call.SAVE)
        assert [one.note for one in page.session.snapshot.issues] == [""] * 6
        page.show_record((Issue, 1))
        assert page.pane.form(Issue).editors["note"].value() == ""


def test_a_date_is_cleared_by_a_key_and_nothing_is_asked(page: LedgerPage, window: MainWindow) -> None:
    page.show_record((Issue, 1))
    field = page.pane.form(Issue).editors["due_on"]
    type_into(field, "反馈后三个月内")
    clear(field)
    press(Qt.Key.Key_Tab)
    QApplication.processEvents()
    window.close()
    assert not window.isVisible()
