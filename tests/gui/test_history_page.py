"""The history under a clerk's eyes: read, narrowed down, exported, gone back to; and whose name the steps bear."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from answers import Dialogs
from builders import a_ledger, a_tree
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from thread_notes import threads_of

from zhenggai_desktop.domain.changes import HistoryEntry
from zhenggai_desktop.domain.records import Issue, LogEntry, Measure
from zhenggai_desktop.gui.calls import Call
from zhenggai_desktop.gui.dialogs.name_dialog import NameDialog
from zhenggai_desktop.gui.main_window import MainWindow
from zhenggai_desktop.gui.pages import history
from zhenggai_desktop.gui.pages.history import HistoryPage
from zhenggai_desktop.services.attachments import add_to
from zhenggai_desktop.services.editing import delete, set_fields
from zhenggai_desktop.services.ledger import Ledger
from zhenggai_desktop.services.ledger_history import HistoryFilter, find_steps

DAYS = [dt.datetime(2025, 6, day, 4, tzinfo=dt.UTC) for day in range(1, 8)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Two people's work on three issues over a week, after the steps that made them."""
    a_ledger(tmp_path, *a_tree(1, 3, 1)).close()
    days = iter(DAYS)
    clock = lambda: next(days)  # noqa: E731 - a clock is a function
    path, today = tmp_path / "台账.zgtz", dt.date(2025, 6, 7)
    with Ledger.open(path, who="张三", clock=clock) as ledger:
        set_fields(ledger, (Issue, 1), {"title": "学习不够深入", "owner": "赵科长"}, today=today)
        set_fields(ledger, (Issue, 2), {"deadline": "6月底前"}, today=today)
        entry = add_to(ledger, LogEntry, (Measure, 1), today=today)
    with Ledger.open(path, who="李四", clock=clock) as ledger:
        set_fields(ledger, entry, {"text": "召开专题会议"}, today=today)
        delete(ledger, [(Issue, 3)])
    return path


@pytest.fixture
def page(window: MainWindow, path: Path) -> HistoryPage:
    window.take_file(path)
    window.workspace.show_page("history")
    found = window.workspace.page("history")
    assert isinstance(found, HistoryPage)
    return found


def listed(page: HistoryPage) -> list[tuple[str, str]]:
    items = (page.rows.topLevelItem(at) for at in range(page.rows.topLevelItemCount()))
    return [(item.text(1), item.text(2)) for item in items if item is not None]


def details(page: HistoryPage) -> list[list[str]]:
    items = (page.details.topLevelItem(at) for at in range(page.details.topLevelItemCount()))
    return [[item.text(column) for column in range(5)] for item in items if item is not None]


def choose(page: HistoryPage, label: str) -> None:
    at = next(at for at, (_, words) in enumerate(listed(page)) if label in words)
    page.rows.setCurrentItem(page.rows.topLevelItem(at))


def test_it_says_who_changed_what_from_what_to_what(page: HistoryPage) -> None:
    assert [who for who, _ in listed(page)[:5]] == ["李四", "李四", "张三", "张三", "张三"]
    choose(page, "修改问题")
    assert [row[:1] + row[2:] for row in details(page)] == [
        ["问题", "问题", "第1项工作抓得不够紧，责任没有压实到人", "学习不够深入"],
        ["问题", "责任人", "责任人", "赵科长"],
    ]
    choose(page, "删除")
    assert ["问题", "第3项工作抓得不够紧，责任没有压实到人", "删除", "", ""] in details(page)
    assert any(row[0] == "整改措施" and row[2] == "删除" for row in details(page)), "and what went along"


def test_every_filter_narrows_it_down(page: HistoryPage) -> None:
    everything = len(listed(page))
    page.people.setCurrentText("李四")
    assert len(listed(page)) == 2
    page.people.setCurrentIndex(0)
    page.kinds.setCurrentText("进展记录")
    assert [words for _, words in listed(page)] == ["修改进展", "新增进展记录"]
    page.kinds.setCurrentIndex(0)
    page.issues.setCurrentIndex(page.issues.findData(2))
    assert "修改整改时限" in [words for _, words in listed(page)]
    assert "删除" not in "".join(words for _, words in listed(page))
    page.issues.setCurrentIndex(0)
    page.first.setText("2025.6.2")
    page.last.setText("2025.6.3")
    page.first.left.emit()
    assert len(listed(page)) == 2
    page.first.clear()
    page.last.clear()
    page.last.left.emit()
    assert len(listed(page)) == everything


def test_another_ledger_s_history_is_seen_whole(page: HistoryPage, window: MainWindow, tmp_path: Path) -> None:
    page.people.setCurrentText("李四")
    page.kinds.setCurrentText("进展记录")
    page.issues.setCurrentIndex(page.issues.findData(2))
    page.first.setText("2025.6.2")
    page.words.setText("没有这几个字")
    a_ledger(tmp_path, *a_tree(1, 3, 1), name="另一本.zgtz").close()
    window.take_file(tmp_path / "另一本.zgtz")
    window.workspace.show_page("history")
    assert page.wanted() == HistoryFilter()
    assert listed(page)


def test_words_are_found_in_what_was_written(page: HistoryPage, qtbot: object, monkeypatch: pytest.MonkeyPatch) -> None:
    page.words.setText("赵科长")
    page._due.timeout.emit()
    assert len(listed(page)) == 1
    page.words.setText("没有这几个字")
    page._due.timeout.emit()
    assert listed(page) == []
    assert not page.export_button.isEnabled()


def test_words_with_quotes_and_lines_are_found_too(path: Path) -> None:
    text = '他说"可以"\n第二行\\尾'
    with Ledger.open(path) as ledger:
        set_fields(ledger, (Issue, 1), {"note": text}, today=dt.date(2025, 6, 7))
        assert len(find_steps(ledger, HistoryFilter(words='"可以"'))) == 1
        assert len(find_steps(ledger, HistoryFilter(words="\\尾"))) == 1


def test_going_back_to_a_step_is_a_step_itself(
    page: HistoryPage, dialogs: Dialogs, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_the_window = threads_of(monkeypatch, Ledger, "undo_to")
    choose(page, "修改整改时限")
    dialogs.choices.append("回到这一步之后")
    page.back_button.click()
    assert "此后的3步会一起退回" in dialogs.shown[0]
    assert len(page.session.snapshot.issues) == 3
    assert page.session.snapshot.log_entries == ()
    assert page.session.snapshot.issues[1].deadline == "6月底前"
    assert listed(page)[0][1].startswith("回到“修改整改时限")
    assert in_the_window == [False]
    page.session.undo()
    assert len(page.session.snapshot.issues) == 2


def test_the_newest_step_is_no_point_to_go_back_to(page: HistoryPage) -> None:
    page.rows.setCurrentItem(page.rows.topLevelItem(0))
    assert not page.back_button.isEnabled()


def test_the_newest_that_a_filter_leaves_is_one_where_others_came_later(page: HistoryPage) -> None:
    page.issues.setCurrentIndex(page.issues.findData(2))
    assert page.rows.currentItem().text(2) == "修改整改时限"
    assert page.back_button.isEnabled()
    page.issues.setCurrentIndex(0)
    page.people.setCurrentText("李四")
    assert not page.back_button.isEnabled(), "nothing came later"


def test_enter_in_a_day_narrows_down_and_one_that_cannot_be_read_is_said(page: HistoryPage, window: MainWindow) -> None:
    everything = len(listed(page))
    page.last.setText("2025.6.2")
    QTest.keyClick(page.last, Qt.Key.Key_Return)
    assert len(listed(page)) == 2
    page.last.setText("上周")
    QTest.keyClick(page.last, Qt.Key.Key_Return)
    assert len(listed(page)) == everything
    said = window.statusBar().currentMessage()
    assert said == "“到”里写的“上周”读不出日期，没有按它筛选；请写成例如 2025.6.30。"


def test_what_is_shown_is_exported(
    page: HistoryPage, dialogs: Dialogs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_the_window = threads_of(monkeypatch, history, "write_history")
    target = tmp_path / "历史.xlsx"
    dialogs.files.append(target)
    dialogs.choices.append("关闭")
    page.people.setCurrentText("张三")
    page.export_button.click()
    sheet = load_workbook(target)["修改历史"]
    rows = [[cell.value or "" for cell in row] for row in sheet.iter_rows()]
    assert any(row[1] == "张三" and row[5:] == ["责任人", "责任人", "赵科长"] for row in rows)
    assert not any(row[1] == "李四" for row in rows)
    assert in_the_window == [False]


def test_the_name_is_asked_once_and_written_into_steps(
    window: MainWindow, path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.take_file(path)
    strip, field = window.workspace.name_strip, window.workspace.name_field
    assert strip.isVisible()
    field.setFocus()
    field.setText("王五")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert not strip.isVisible()
    assert window.workspace.page("ledger").focusWidget() is QApplication.focusWidget()  # not on the tabs
    window.session.edit(lambda ledger: set_fields(ledger, (Issue, 1), {"note": "已核对"}, today=dt.date(2025, 6, 8)))
    newest: HistoryEntry = window.session.write(lambda ledger: ledger.history())[0]
    assert newest.who == "王五"
    assert json.loads((home / "settings.json").read_text("utf-8"))["who"] == "王五"
    window.session.close()
    window.take_file(path)
    assert not strip.isVisible()


def test_the_name_can_be_changed(window: MainWindow, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    window.take_file(path)

    def rename(dialog: NameDialog) -> int:
        dialog.field.setText("  ")
        assert not dialog.accept_button.isEnabled()
        dialog.field.setText(" 赵六 ")
        dialog.show()
        QApplication.processEvents()
        dialog.accept_button.click()
        return dialog.result()

    monkeypatch.setattr(NameDialog, "exec", rename)
    window.perform(Call.USER_NAME)
    assert window.session.who == "赵六"
    assert not window.workspace.name_strip.isVisible()


def test_a_ledger_that_is_only_read_asks_for_no_name(window: MainWindow, path: Path) -> None:
    window.session.open(path, read_only=True)
    assert not window.workspace.name_strip.isVisible()
