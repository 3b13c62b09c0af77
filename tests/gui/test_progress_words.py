"""本周进展: what is typed and not entered yet stays whatever happens beside it, and belongs to its ledger alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from answers import Dialogs
from builders import a_ledger, a_tree
from keyboard import CTRL, focused, press, type_text
from ledger_pages import shown_months
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from zhenggai_desktop.domain.records import Issue, LogEntry, Measure, Status
from zhenggai_desktop.errors import CancelledError, LedgerMissingError, UsageError
from zhenggai_desktop.gui.calls import Call
from zhenggai_desktop.gui.main_window import MainWindow
from zhenggai_desktop.gui.months import view_table
from zhenggai_desktop.gui.months.page import MonthsPage
from zhenggai_desktop.gui.months.progress_view import ProgressView
from zhenggai_desktop.gui.session import LedgerSession
from zhenggai_desktop.services.editing import delete, set_fields
from zhenggai_desktop.services.ledger import Ledger

TODAY = dt.date(2025, 6, 10)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Two sections, six issues, twelve measures: 4, 8 and 12 are done."""
    with a_ledger(tmp_path, *a_tree(), organisation="甲街道") as ledger:
        return ledger.path


@pytest.fixture
def session(dialogs: Dialogs, path: Path, tmp_path: Path) -> Iterator[LedgerSession]:
    session = LedgerSession()
    session.today = lambda: TODAY
    session.user_folder = tmp_path
    session.open(path)
    yield session
    session.close()
    session.deleteLater()


@pytest.fixture
def page(session: LedgerSession, qtbot: Any) -> MonthsPage:
    page = shown_months(session, qtbot)
    page.show_view("progress")
    qtbot.waitActive(page)
    return page


@pytest.fixture
def view(page: MonthsPage) -> ProgressView:
    view = page.view("progress")
    assert isinstance(view, ProgressView)
    return view


def row_of(view: ProgressView, measure: int) -> int:
    return [line.key for line in view.model.lines].index((Measure, measure))


def type_into(view: ProgressView, measure: int, words: str) -> QPlainTextEdit:
    """The words into the line of a measure; its field stays open."""
    view.table.start_at(row_of(view, measure))
    type_text(words)
    field = focused()
    assert isinstance(field, QPlainTextEdit)
    return field


def waiting(view: ProgressView) -> dict[int, str]:
    """What waits to be entered, the open field's too, by measure."""
    return {entry.key[1]: entry.text for entry in view.model.with_typed(*view.table.typed)}


def change(session: LedgerSession, key: tuple[type, int], **values: Any) -> None:
    session.write(lambda ledger: set_fields(ledger, key, values, today=TODAY))


class TestBesideATypedCell:
    def test_undo_takes_back_another_step_and_leaves_the_words(
        self, window: MainWindow, path: Path, qtbot: Any
    ) -> None:
        window.session.today = lambda: TODAY
        window.take_file(path)
        qtbot.waitActive(window)
        change(window.session, (Issue, 1), note="已核对")
        window.perform(Call.PROGRESS_ENTRY)
        view = window.workspace.page("months").view("progress")
        assert isinstance(view, ProgressView)
        field = type_into(view, 1, "写到一半的话")
        press(Qt.Key.Key_Z, CTRL)
        assert window.session.redo_label == "修改备注"
        assert (focused(), field.toPlainText()) == (field, "写到一半的话")
        type_text("，接着写")
        assert waiting(view) == {1: "写到一半的话，接着写"}

    def test_a_change_that_moves_the_lines_leaves_the_words_and_the_cursor(
        self, view: ProgressView, session: LedgerSession
    ) -> None:
        field = type_into(view, 3, "前后")
        QTest.keyClick(field, Qt.Key.Key_Left)
        change(session, (Measure, 1), status=Status.DONE)
        field = focused()
        assert isinstance(field, QPlainTextEdit)
        assert (Measure, 1) not in [line.key for line in view.model.lines]
        type_text("中")
        assert waiting(view) == {3: "前中后"}

    def test_a_change_while_an_input_method_composes(self, view: ProgressView, session: LedgerSession) -> None:
        field = type_into(view, 1, "已经")
        QApplication.sendEvent(field, QInputMethodEvent("zhao kai", []))
        change(session, (Issue, 1), note="别处")
        assert focused() is field
        assert field.textCursor().block().layout().preeditAreaText() == "zhao kai"
        type_text("召开")
        assert waiting(view) == {1: "已经召开"}

    def test_blanks_at_an_end_are_not_taken_away_from_the_typist(
        self, view: ProgressView, session: LedgerSession
    ) -> None:
        field = type_into(view, 1, "第一 ")
        change(session, (Issue, 1), note="别处")
        assert (field.toPlainText(), field.textCursor().hasSelection()) == ("第一 ", False)
        type_text("句")
        assert waiting(view) == {1: "第一 句"}

    def test_the_answer_of_a_large_ledger_comes_while_the_next_line_is_typed(
        self, view: ProgressView, session: LedgerSession, qtbot: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(view_table, "is_small", lambda _snapshot: False)
        type_into(view, 1, "第一条")
        view.enter_button.click()
        type_into(view, 2, "第二条正在打")
        qtbot.waitUntil(lambda: view._gathering._thread is None)
        assert waiting(view) == {2: "第二条正在打"}
        press(Qt.Key.Key_Return, CTRL)
        assert [one.text for one in session.snapshot.log_entries] == ["第一条", "第二条正在打"]

    def test_the_cell_is_empty_once_its_words_are_entered(self, view: ProgressView, session: LedgerSession) -> None:
        type_into(view, 1, "第一条")
        for _ in range(2):
            press(Qt.Key.Key_Return, CTRL)
            change(session, (Issue, 1), note=f"别处{len(session.snapshot.log_entries)}")
        assert (waiting(view), view.table.typed) == ({}, (0, ""))
        assert [one.text for one in session.snapshot.log_entries] == ["第一条"]


class TestOfLinesThatAreNotShown:
    def test_what_was_typed_for_a_finished_measure_waits_as_any_other(
        self, view: ProgressView, session: LedgerSession
    ) -> None:
        view.done.setChecked(True)
        type_into(view, 4, "已收到验收单")
        press(Qt.Key.Key_Return)
        view.done.setChecked(False)
        assert (Measure, 4) not in [line.key for line in view.model.lines]
        assert (waiting(view), view.enter_button.text()) == ({4: "已收到验收单"}, "登记1项")
        view.enter_button.click()
        assert [(one.measure_id, one.text) for one in session.snapshot.log_entries] == [(4, "已收到验收单")]

    def test_ticking_keeps_the_open_cell(self, view: ProgressView) -> None:
        type_into(view, 1, "正在写")
        view.done.click()
        view.done.click()
        assert waiting(view) == {1: "正在写"}

    def test_what_was_typed_for_a_row_that_is_deleted_is_said(
        self, page: MonthsPage, view: ProgressView, session: LedgerSession
    ) -> None:
        told: list[str] = []
        page.told.connect(told.append)
        type_into(view, 1, "再也用不上")
        session.write(lambda ledger: delete(ledger, [(Measure, 1)]))
        assert told == ["所在的行已经删除，没有登记的进展也去掉了：再也用不上"]
        assert waiting(view) == {}
        view.store()
        assert session.snapshot.log_entries == ()


class TestOnTheWayToAnotherLedger:
    @pytest.fixture
    def other(self, tmp_path: Path) -> Path:
        with a_ledger(tmp_path, *a_tree(), name="乙.zgtz") as ledger:
            return ledger.path

    def test_who_stays_can_go_on(
        self, view: ProgressView, session: LedgerSession, other: Path, tmp_path: Path, dialogs: Dialogs
    ) -> None:
        session.may_leave = lambda: False
        with pytest.raises(CancelledError):
            session.open(other)
        with pytest.raises(LedgerMissingError):
            session.open(tmp_path / "没有.zgtz")
        assert view.date.value() == TODAY
        type_into(view, 1, "新的进展")
        view._keep()
        assert "新的进展" in (tmp_path / "progress.json").read_text(encoding="utf-8")
        view.enter_button.click()
        assert [one.text for one in session.snapshot.log_entries] == ["新的进展"]
        session.may_leave = lambda: True

    def test_what_was_given_up_waits_for_its_own_ledger(
        self, page: MonthsPage, view: ProgressView, session: LedgerSession, path: Path, other: Path
    ) -> None:
        type_text("张三", view.reporter)
        type_into(view, 1, "只属于甲")
        session.abandon()
        session.open(other)
        page.show_view("progress")
        assert (waiting(view), view.reporter.text(), view.date.value()) == ({}, "", TODAY)
        session.open(path)
        assert session.snapshot.log_entries == ()
        page.show_view("progress")
        assert waiting(view) == {1: "只属于甲"}
        view.model.forget()
        with Ledger.open(other) as ledger:
            assert ledger.snapshot.log_entries == ()

    def test_a_date_that_is_none_keeps_the_user_with_what_was_typed(
        self, view: ProgressView, session: LedgerSession, other: Path, path: Path
    ) -> None:
        type_into(view, 1, "已开会")
        view.date.setText("那天")
        with pytest.raises(UsageError, match="日期读不出来"):
            session.open(other)
        assert (session.path, waiting(view), view.date.text()) == (path, {1: "已开会"}, "那天")
        view.date.setText("6月9日")
        session.open(other)
        with Ledger.open(path) as ledger:
            entries: tuple[LogEntry, ...] = tuple(ledger.snapshot.log_entries)
        assert [(one.entered_on, one.text) for one in entries] == [(dt.date(2025, 6, 9), "已开会")]
