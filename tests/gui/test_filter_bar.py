"""Finding and filtering under the fingers, on a real window, with Qt's own tester looking on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from builders import a_ledger, a_tree
from keyboard import CTRL, clear, focused, press, type_text
from ledger_pages import shown_page
from openpyxl import load_workbook
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QInputDialog

from zhenggai_desktop.domain.records import Issue, Measure, Section, Status, WithheldGround
from zhenggai_desktop.gui.calls import Call
from zhenggai_desktop.gui.forms.date_editors import DateField, FirstDayField
from zhenggai_desktop.gui.main_window import MainWindow
from zhenggai_desktop.gui.pages.ledger import LedgerPage
from zhenggai_desktop.gui.tree_columns import Column
from zhenggai_desktop.services.ledger import Ledger

Key = Qt.Key


@pytest.fixture
def page(window: MainWindow, tmp_path: Path, qtbot: Any) -> Iterator[LedgerPage]:
    """Section 1: issues 1, 2, 3; section 2: issues 4, 5, 6, due on the last days of 2025; each with two measures."""
    window.session.today = lambda: dt.date(2025, 12, 30)
    page = shown_page(window, tmp_path, qtbot)
    QAbstractItemModelTester(page.model, QAbstractItemModelTester.FailureReportingMode.Fatal, page.model)
    page.tree.setFocus()
    yield page
    QApplication.clipboard().clear()


def shown(page: LedgerPage) -> str:
    """The rows that are shown and opened: “s1 1 m1 m2”."""

    def below(parent: QModelIndex) -> Iterator[str]:
        for row in range(page.model.rowCount(parent)):
            index = page.model.index(row, 0, parent)
            record = page.model.record(index)
            assert record is not None
            yield {Section: "s", Issue: "", Measure: "m"}[type(record)] + str(record.id)
            if page.tree.isExpanded(index):
                yield from below(index)

    return " ".join(below(QModelIndex()))


def find(page: LedgerPage, words: str) -> None:
    """Ctrl+F, the words, and the pause after the last of them."""
    press(Key.Key_F, CTRL)
    type_text(words)
    assert page.bar.pause.isActive()
    page.bar.pause.timeout.emit()


def choose(box: Any, caption: str) -> None:
    """Take an entry of a drop-down by keyboard."""
    at = box.findText(caption)
    assert at >= 0, caption
    while box.currentIndex() != at:
        QTest.keyClick(box, Key.Key_Down if box.currentIndex() < at else Key.Key_Up)


BEFORE = "s1 1 2 3 s2 4 5 6"


def test_words_leave_the_rows_that_hold_them_and_what_stands_above(page: LedgerPage) -> None:
    assert shown(page) == BEFORE
    find(page, "第4项措施")
    assert shown(page) == "s1 2 m4"
    assert page.bar.count.text() == "问题 0/6　措施 1/12"
    assert focused() is page.bar.search


def test_letters_find_by_pinyin(page: LedgerPage) -> None:
    find(page, "d5xgz")
    assert shown(page) == "s2 5"


def test_escape_shows_everything_as_it_was_opened_before(page: LedgerPage) -> None:
    page.tree.select_keys([(Measure, 3)])
    before = shown(page)
    find(page, "第6项工作")
    press(Key.Key_Escape)
    assert shown(page) == before
    assert not page.bar.count.isVisible()
    assert page.bar.search.text() == ""


def test_enter_asks_at_once_and_leads_to_the_rows(page: LedgerPage) -> None:
    press(Key.Key_F, CTRL)
    type_text("第3项工作")
    press(Key.Key_Return)
    assert shown(page) == "s1 3"
    assert focused() is page.tree


def test_nothing_found_is_said_and_not_taken_for_an_empty_ledger(page: LedgerPage) -> None:
    find(page, "没有这样的话")
    assert shown(page) == ""
    assert page.bar.isVisible()
    assert page.bar.count.text() == "问题 0/6　措施 0/12"
    QTest.mouseClick(page.bar.clear_button, Qt.MouseButton.LeftButton)
    assert shown(page) == BEFORE


def test_the_count_says_that_sub_issues_are_among_what_it_counts(page: LedgerPage) -> None:
    with page.session.write(lambda ledger: ledger.step("新增具体表现")) as step:
        step.add(Issue(parent_id=1, title="没有派车单"))
    find(page, "第1项工作")
    assert page.bar.count.text() == "问题和具体表现 1/7　措施 0/12"


def test_a_view_is_one_choice(page: LedgerPage) -> None:
    choose(page.bar.views, "本周到期")
    assert page.bar.count.text() == "问题 3/6　措施 5/12"
    choose(page.bar.views, "全部")
    assert shown(page) == BEFORE


def test_conditions_are_offered_from_the_ledger_and_hold_together(page: LedgerPage) -> None:
    QTest.mouseClick(page.bar.more_button, Qt.MouseButton.LeftButton)
    choose(page.bar.conditions.choices["department"], "业务科室1")
    assert page.bar.wanted.department == "业务科室1"
    assert shown(page) == "s1 2 m3 m4"
    page.bar.conditions.statuses.ticks[Status.DONE].click()
    assert shown(page) == "s1 2 m4"


def offered(page: LedgerPage, name: str) -> list[str]:
    box = page.bar.conditions.choices[name]
    return [box.itemText(at) for at in range(box.count())]


def test_conditions_in_sight_offer_what_another_ledger_holds(
    page: LedgerPage, window: MainWindow, tmp_path: Path
) -> None:
    QTest.mouseClick(page.bar.more_button, Qt.MouseButton.LeftButton)
    choose(page.bar.conditions.choices["department"], "业务科室1")
    other = (Section(title="乙的方面"), Issue(section_id=1, title="乙的问题", lead_department="财政所"))
    a_ledger(tmp_path, *other, name="另一本.zgtz").close()
    window.take_file(tmp_path / "另一本.zgtz")
    assert offered(page, "section_id") == ["不限", "乙的方面"]
    assert offered(page, "department") == ["不限", "财政所"]
    assert page.bar.wanted.is_empty


def test_conditions_in_sight_follow_the_ledger_and_keep_what_is_asked(page: LedgerPage, qtbot: Any) -> None:
    QTest.mouseClick(page.bar.more_button, Qt.MouseButton.LeftButton)
    choose(page.bar.conditions.choices["department"], "业务科室1")
    page.session.edit(_hand_to_one_department)
    qtbot.waitUntil(lambda: "新设的科室" in offered(page, "department"))
    assert page.bar.conditions.choices["department"].currentText() == "业务科室1"
    assert page.bar.wanted.department == "业务科室1"


@pytest.mark.parametrize(
    ("tick", "rows"),
    [("without_measures", ""), ("without_evidence", BEFORE), ("to_close", ""), ("withheld", "s1 2 m3 m4")],
)
def test_what_is_missing_or_withheld_is_a_tick(page: LedgerPage, tick: str, rows: str) -> None:
    page.session.edit(lambda ledger: _withhold(ledger, 2))
    QTest.mouseClick(page.bar.more_button, Qt.MouseButton.LeftButton)
    box = page.bar.conditions.ticks[tick]
    QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=box.rect().center())
    assert getattr(page.bar.wanted, tick) is True
    assert {row for row in shown(page).split() if not row.startswith("m")} == {
        row for row in rows.split() if not row.startswith("m")
    }


def test_a_range_of_days_is_typed(page: LedgerPage) -> None:
    QTest.mouseClick(page.bar.more_button, Qt.MouseButton.LeftButton)
    page.bar.conditions.days["due_from"].setFocus()
    type_text("2025.12.31")
    press(Key.Key_Return)
    page.bar.search.setFocus()
    assert shown(page) == "s1 1 m1 m2"


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("6月", dt.date(2025, 6, 1), dt.date(2025, 6, 30)),
        ("2025.6", dt.date(2025, 6, 1), dt.date(2025, 6, 30)),
        ("二季度", dt.date(2025, 4, 1), dt.date(2025, 6, 30)),
        ("2025年", dt.date(2025, 1, 1), dt.date(2025, 12, 31)),
        ("6月底", dt.date(2025, 6, 30), dt.date(2025, 6, 30)),
        ("6.5", dt.date(2025, 6, 5), dt.date(2025, 6, 5)),
        ("6月起", dt.date(2025, 6, 1), dt.date(2025, 6, 30)),
        ("自2025年6月10日起", dt.date(2025, 6, 10), dt.date(2025, 6, 10)),
        ("6月上旬", dt.date(2025, 6, 1), dt.date(2025, 6, 10)),
        ("6月中旬", dt.date(2025, 6, 11), dt.date(2025, 6, 20)),
        ("6月下旬", dt.date(2025, 6, 21), dt.date(2025, 6, 30)),
    ],
)
def test_a_month_begins_with_its_first_day_and_ends_with_its_last(
    page: LedgerPage, text: str, first: dt.date, last: dt.date
) -> None:
    days = page.bar.conditions.days
    for field in days.values():
        field.setText(text)
    assert (days["due_from"].read(), days["due_to"].read()) == (first, last)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("本月", dt.date(2025, 9, 1), dt.date(2025, 9, 30)),
        ("下月10日", dt.date(2025, 10, 10), dt.date(2025, 10, 10)),
        ("今年6月", dt.date(2025, 6, 1), dt.date(2025, 6, 30)),
        ("本月初", dt.date(2025, 9, 1), dt.date(2025, 9, 10)),
        ("上月", dt.date(2025, 8, 1), dt.date(2025, 8, 31)),
        ("上个月10日起", dt.date(2025, 8, 10), dt.date(2025, 8, 10)),
        ("反馈后一个月内", dt.date(2024, 12, 20), dt.date(2024, 12, 20)),
    ],
)
def test_this_month_is_that_of_today(qtbot: Any, text: str, first: dt.date, last: dt.date) -> None:
    for field, day in ((FirstDayField, first), (DateField, last)):
        asked = field(lambda: (dt.date(2024, 11, 20), dt.date(2025, 9, 8)))
        qtbot.addWidget(asked)
        asked.setText(text)
        assert asked.read() == day


def test_enter_in_a_day_asks_at_once_and_one_that_cannot_be_read_is_said(page: LedgerPage, window: MainWindow) -> None:
    QTest.mouseClick(page.bar.more_button, Qt.MouseButton.LeftButton)
    field = page.bar.conditions.days["due_from"]
    field.setFocus()
    type_text("2025.12.31")
    press(Key.Key_Return)
    assert shown(page) == "s1 1 m1 m2"
    clear(field)
    type_text("下周例会")
    press(Key.Key_Return)
    assert page.model.found is None
    said = window.statusBar().currentMessage()
    assert said == "“时限自”里写的“下周例会”读不出日期，没有按它筛选；请写成例如 2025.6.30。"


def test_paper_says_what_was_asked(page: LedgerPage) -> None:
    assert page.bar.caption() == "全部"
    find(page, "第2项工作")
    assert page.bar.caption() == "查找“第2项工作”"
    QTest.mouseClick(page.bar.more_button, Qt.MouseButton.LeftButton)
    QTest.mouseClick(page.bar.conditions.ticks["without_evidence"], Qt.MouseButton.LeftButton)
    assert page.bar.caption() == "按条件筛选，查找“第2项工作”"
    assert page._listed_words().startswith("按条件筛选，查找“第2项工作”　问题 1/6　措施 ")
    page.bar.clear()
    page.bar.views.setCurrentText("未完成")
    page.bar.views.activated.emit(page.bar.views.currentIndex())
    find(page, "第2项工作")
    assert page.bar.caption() == "未完成，查找“第2项工作”"


def test_a_row_that_is_edited_stays_in_sight(page: LedgerPage) -> None:
    find(page, "第2项工作")
    page.session.edit(lambda ledger: _retitle(ledger, 2, "别的标题"))
    assert shown(page) == "s1 2"
    assert page.model.index_of((Issue, 2), Column.TITLE).data() == "别的标题"


def test_a_row_that_is_added_is_shown_and_one_that_is_removed_is_gone(page: LedgerPage) -> None:
    find(page, "第2项工作")
    page.tree.select_keys([(Issue, 2)])
    page.tree.setFocus()
    page.perform(Call.ADD_SIBLING)
    page.tree.commit()
    assert "7" in shown(page).split()
    page.session.undo()
    assert shown(page) == "s1 2"


@pytest.mark.parametrize(("at", "near"), [(1, 3), (3, 1), (5, 3)])
def test_where_a_row_is_gone_the_next_that_was_found_is_current_and_the_count_follows(
    page: LedgerPage, at: int, near: int, dialogs: Any
) -> None:
    for issue_id in (1, 3, 5):
        page.session.edit(lambda ledger, issue_id=issue_id: _retitle(ledger, issue_id, f"财务混乱{issue_id}"))
    find(page, "财务混乱")
    page.tree.select_keys([(Issue, at)])
    page.tree.setFocus()
    dialogs.choices.append("删除")
    press(Key.Key_Delete)
    assert page.tree.selected_keys() == [(Issue, near)]
    assert page.pane.key == (Issue, near)
    assert page.bar.count.text() == "问题 2/5　措施 0/10"


def test_a_record_that_a_filter_hides_is_shown_all_the_same(page: LedgerPage) -> None:
    find(page, "第2项工作")
    page.show_record((Issue, 6))
    assert page.tree.current_key() == (Issue, 6)
    assert page.model.found is None


def test_the_rows_behind_a_figure_are_shown(page: LedgerPage, window: MainWindow) -> None:
    window.workspace.page("overview").issues_chosen.emit("逾期", (2, 5))
    assert shown(page) == "s1 2 m3 m4 s2 5 m9 m10"
    assert page.bar.views.currentText() == "概览：逾期"
    page.bar.clear()
    assert page.bar.views.findText("概览：逾期") < 0


def test_what_is_filtered_is_exported_as_it_is_seen(page: LedgerPage, dialogs: Any, tmp_path: Path) -> None:
    find(page, "第5项工作")
    dialogs.files = [tmp_path / "筛选.xlsx"]
    dialogs.choices = ["关闭"]
    QTest.mouseClick(page.bar.export_button, Qt.MouseButton.LeftButton)
    book = load_workbook(tmp_path / "筛选.xlsx")
    words = "\n".join(str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row if cell.value)
    book.close()
    assert "第5项工作" in words
    assert "第4项工作" not in words


def test_measures_that_are_not_seen_are_not_exported(page: LedgerPage, dialogs: Any, tmp_path: Path) -> None:
    find(page, "第4项措施")
    dialogs.files, dialogs.choices = [tmp_path / "筛选.xlsx"], ["关闭"]
    page.bar.export_wanted.emit()
    book = load_workbook(tmp_path / "筛选.xlsx")
    words = "\n".join(str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row if cell.value)
    book.close()
    assert "第4项措施" in words
    assert "第3项措施" not in words


class TestOwnViews:
    @pytest.fixture
    def names(self, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[str, bool]]]:
        """What will be typed as names."""
        names: list[tuple[str, bool]] = []
        monkeypatch.setattr(QInputDialog, "getText", lambda *_args, **_kw: names.pop(0))
        yield names
        assert names == []

    @pytest.fixture
    def saved(self, page: LedgerPage, window: MainWindow, qtbot: Any, names: list[tuple[str, bool]]) -> LedgerPage:
        """The view “科室一”: what is open, of one department, with a word."""
        with qtbot.waitActive(window):
            window.activateWindow()
        choose(page.bar.views, "未完成")
        QTest.mouseClick(page.bar.more_button, Qt.MouseButton.LeftButton)
        choose(page.bar.conditions.choices["department"], "业务科室1")
        page.bar.search.setFocus()
        find(page, "措施")
        names.append(("科室一", True))
        page.bar.save_action.trigger()
        return page

    def test_a_view_brings_back_all_that_was_asked(self, saved: LedgerPage) -> None:
        before, wanted = shown(saved), saved.bar.wanted
        assert saved.bar.views.currentText() == "科室一"
        saved.bar.clear()
        assert shown(saved) == BEFORE
        choose(saved.bar.views, "科室一")
        assert saved.bar.wanted == wanted
        assert shown(saved) == before
        assert saved.bar.search.text() == "措施"
        assert saved.bar.conditions.choices["department"].currentText() == "业务科室1"

    def test_views_are_the_ledgers_and_outlive_the_window(
        self, saved: LedgerPage, window: MainWindow, tmp_path: Path, home: Path, resources: Path
    ) -> None:
        a_ledger(tmp_path, *a_tree(1, 1, 1), name="另一本.zgtz").close()
        window.take_file(tmp_path / "另一本.zgtz")
        assert saved.bar.views.findText("科室一") < 0
        window.close()
        (tmp_path / "台账.zgtz").rename(tmp_path / "改了名.zgtz")
        again = MainWindow(resources, home / "settings.json")
        again.take_file(tmp_path / "改了名.zgtz")
        bar = again.workspace.page("ledger").bar
        choose(bar.views, "科室一")
        assert (bar.wanted.department, bar.wanted.words) == ("业务科室1", "措施")
        again.close()
        again.deleteLater()

    def test_any_number_of_statuses_is_asked_and_kept_in_a_view(
        self, page: LedgerPage, names: list[tuple[str, bool]]
    ) -> None:
        QTest.mouseClick(page.bar.more_button, Qt.MouseButton.LeftButton)
        statuses = page.bar.conditions.statuses
        assert statuses.text() == "不限"
        for status in (Status.DONE, Status.IN_PROGRESS):
            statuses.ticks[status].click()
        both = frozenset({Status.DONE, Status.IN_PROGRESS})
        assert (page.bar.wanted.statuses, statuses.text(), statuses.toolTip()) == (both, "2种", "正在推进、已完成")
        found = shown(page)
        names.append(("在办和办结", True))
        page.bar.save_action.trigger()
        page.bar.clear()
        assert (statuses.text(), page.bar.wanted.statuses) == ("不限", frozenset())
        choose(page.bar.views, "在办和办结")
        assert (page.bar.wanted.statuses, shown(page)) == (both, found)
        statuses.ticks[Status.IN_PROGRESS].click()
        assert (page.bar.wanted.statuses, statuses.text()) == (frozenset({Status.DONE}), "已完成")

    def test_a_view_can_be_renamed(self, saved: LedgerPage, names: list[tuple[str, bool]]) -> None:
        names += [("逾期", True), ("党建办", True)]
        saved.bar.rename_action.trigger()
        assert saved.bar.views.currentText() == "党建办"
        assert saved.bar.views.findText("科室一") < 0
        assert [view.name for view in saved.bar._saved] == ["党建办"]

    def test_a_view_is_removed_after_asking(self, saved: LedgerPage, dialogs: Any) -> None:
        dialogs.choices = ["取消", "删除视图"]
        saved.bar.remove_action.trigger()
        assert saved.bar.views.currentText() == "科室一"
        saved.bar.remove_action.trigger()
        assert saved.bar.views.findText("科室一") < 0
        assert shown(saved) == BEFORE

    def test_the_same_name_takes_the_place(self, saved: LedgerPage, names: list[tuple[str, bool]]) -> None:
        find(saved, "制定")
        names.append(("科室一", True))
        saved.bar.save_action.trigger()
        assert [view.wanted.words for view in saved.bar._saved] == ["制定"]

    def test_thinking_better_of_it_changes_nothing(self, saved: LedgerPage, names: list[tuple[str, bool]]) -> None:
        names += [("", False), ("  ", True)]
        saved.bar.save_action.trigger()
        saved.bar.rename_action.trigger()
        assert [view.name for view in saved.bar._saved] == ["科室一"]

    def test_only_what_asks_something_can_be_saved(self, page: LedgerPage, window: MainWindow) -> None:
        page.bar.view_button.menu().aboutToShow.emit()
        assert not page.bar.save_action.isEnabled()
        assert not page.bar.remove_action.isEnabled()
        window.workspace.page("overview").issues_chosen.emit("逾期", (2, 5))
        assert not page.bar.save_action.isEnabled()
        find(page, "措施")
        page.bar.clear()
        choose(page.bar.views, "逾期")
        assert page.bar.save_action.isEnabled()


def test_another_ledger_is_shown_whole(page: LedgerPage, window: MainWindow, tmp_path: Path) -> None:
    find(page, "第5项工作")
    a_ledger(tmp_path, *a_tree(1, 1, 1), name="另一本.zgtz").close()
    window.take_file(tmp_path / "另一本.zgtz")
    assert shown(page) == "s1 1"
    assert page.bar.search.text() == ""


def _withhold(ledger: Ledger, issue_id: int) -> None:
    with ledger.step("不公开") as writer:
        writer.update(Issue, issue_id, withheld=WithheldGround.SENSITIVE)


def _hand_to_one_department(ledger: Ledger) -> None:
    snapshot = ledger.snapshot
    with ledger.step("交给新设的科室") as writer:
        for record in (*snapshot.issues, *snapshot.measures):
            writer.update(type(record), record.id, lead_department="新设的科室")


def _retitle(ledger: Ledger, issue_id: int, title: str) -> None:
    issue = next(issue for issue in ledger.snapshot.issues if issue.id == issue_id)
    with ledger.step("改标题") as writer:
        writer.update(Issue, issue.id, title=title)


def test_what_the_first_search_needs_is_read_before_it_is_asked_for(page: LedgerPage, qtbot: Any) -> None:
    page.ahead.begin(page._texts.read_ahead(page.session.snapshot), pause=0)
    qtbot.waitUntil(lambda: page.ahead.is_done)
    snapshot = page.session.snapshot
    assert len(page._texts._known) == len(snapshot.issues) + len(snapshot.measures)
    assert page._texts._letters
