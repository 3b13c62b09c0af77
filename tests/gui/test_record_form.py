"""The form: what is typed is stored, in few and named steps; nothing is lost and nothing comes back at the typist."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from builders import a_ledger, a_tree
from keyboard import clear, press, type_text
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QInputMethodEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from zhenggai_desktop.domain.records import Issue, LedgerFacts, Measure, Section, Status, Track
from zhenggai_desktop.gui.calls import Call
from zhenggai_desktop.gui.forms.record_form import PAUSE
from zhenggai_desktop.gui.main_window import MainWindow
from zhenggai_desktop.gui.pages.ledger import LedgerPage
from zhenggai_desktop.gui.style import dress
from zhenggai_desktop.services.editing import set_fields
from zhenggai_desktop.services.ledger import Ledger

FEEDBACK, TODAY = dt.date(2025, 1, 15), dt.date(2025, 3, 10)


@pytest.fixture
def page(window: MainWindow, tmp_path: Path) -> LedgerPage:
    """Issue 2 is selected; it has measures 3 and 4."""
    a_ledger(tmp_path, *a_tree(), organisation="某街道党工委", feedback_date=dt.date(2025, 1, 15)).close()
    window.session.today = lambda: dt.date(2025, 3, 10)
    window.take_file(tmp_path / "台账.zgtz")
    page = window.workspace.page("ledger")
    page.show_record((Issue, 2))
    return page


def editor(page: LedgerPage, name: str, kind: type = Issue) -> Any:
    return page.pane.form(kind).editors[name]


def issue(page: LedgerPage, issue_id: int = 2) -> Issue:
    return next(issue for issue in page.session.snapshot.issues if issue.id == issue_id)


def steps(page: LedgerPage) -> list[str]:
    """The labels of all steps after the first, the oldest first."""
    ledger = page.session._ledger
    assert ledger is not None
    return [entry.label for entry in ledger.history()][-2::-1]


class TestStoring:
    def test_a_pause_stores_what_was_typed_as_one_step(self, page: LedgerPage, qtbot: Any) -> None:
        field = editor(page, "note")
        field.setFocus()
        for word in ("请", "综合科", "牵头"):
            type_text(word)
        assert steps(page) == []
        qtbot.waitUntil(lambda: issue(page).note == "请综合科牵头")
        assert steps(page) == ["修改备注"]

    def test_the_pause_is_well_under_a_second(self) -> None:
        assert PAUSE <= 700

    def test_leaving_a_field_stores_it(self, page: LedgerPage) -> None:
        editor(page, "goal").setFocus()
        type_text("制度健全")
        press(Qt.Key.Key_Tab)
        assert issue(page).goal == "制度健全"
        assert steps(page) == ["修改整改目标"]

    def test_another_record_stores_the_old_one(self, page: LedgerPage) -> None:
        editor(page, "owner").setFocus()
        clear(editor(page, "owner"))
        type_text("王科长")
        page.show_record((Issue, 3))
        assert issue(page).owner == "王科长"
        assert issue(page, 3).owner == "责任人"
        assert editor(page, "owner").value() == "责任人"

    def test_closing_stores_it(self, page: LedgerPage, window: MainWindow, tmp_path: Path) -> None:
        editor(page, "note").setFocus()
        type_text("最后一句")
        window.close()
        with Ledger.open(tmp_path / "台账.zgtz") as ledger:
            assert next(issue for issue in ledger.snapshot.issues if issue.id == 2).note == "最后一句"

    def test_saving_by_hand_stores_it_and_says_so(self, page: LedgerPage, window: MainWindow) -> None:
        editor(page, "note").setFocus()
        type_text("按保存")
        QTest.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
        assert issue(page).note == "按保存"
        assert "已保存" in window.statusBar().currentMessage()
        assert window._saved.text().startswith("已保存 ")

    def test_a_choice_is_stored_at_once(self, page: LedgerPage) -> None:
        page.show_record((Measure, 3))
        field = editor(page, "status", Measure)
        field.setFocus()
        field.setCurrentIndex(0)
        for _ in range(len(Status)):
            press(Qt.Key.Key_Down)
        measure = next(measure for measure in page.session.snapshot.measures if measure.id == 3)
        assert (measure.status, measure.completed_on) == (Status.DONE, dt.date(2025, 3, 10))
        assert editor(page, "completed_on", Measure).text() == "2025年3月10日"

    def test_undo_takes_typed_words_back_though_they_were_not_stored_yet(self, page: LedgerPage) -> None:
        field = editor(page, "note")
        field.setFocus()
        type_text("写错了")
        press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert (field.value(), issue(page).note) == ("", "")
        press(Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
        assert (field.value(), issue(page).note) == ("写错了", "写错了")

    def test_words_that_cannot_be_stored_stay_and_are_told(
        self, page: LedgerPage, dialogs: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from zhenggai_desktop.errors import LedgerFileError
        from zhenggai_desktop.services import editing

        def fail(*_: Any, **__: Any) -> None:
            raise LedgerFileError("磁盘已满", "请腾出空间")

        monkeypatch.setattr(editing, "set_fields", fail)
        form = page.pane.form(Issue)
        editor(page, "note").setFocus()
        type_text("不能丢")
        form._on_pause()
        assert not form._warning.isHidden()
        assert "磁盘已满" in form._warning.text()
        dialogs.choices = ["关闭"]
        page.show_record((Issue, 3))
        QApplication.processEvents()
        assert page.tree.current_key() == (Issue, 2)
        assert editor(page, "note").value() == "不能丢"
        monkeypatch.undo()
        page.session.flush()
        assert issue(page).note == "不能丢"
        assert form._warning.isHidden()

    def test_nothing_typed_is_lost_when_the_process_is_killed_a_second_later(self, tmp_path: Path, root: Path) -> None:
        script = _KILLED.format(root=str(root), tests=str(root / "tests"), folder=str(tmp_path))
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == 9, done.stderr
        with Ledger.open(tmp_path / "台账.zgtz") as ledger:
            assert ledger.snapshot.issues[0].note == "最后一个字"


_KILLED = """
import os, sys
sys.path[:0] = [{root!r}, {tests!r}, {tests!r} + "/gui"]
from pathlib import Path
from builders import a_ledger, a_tree
from keyboard import type_text
from PySide6.QtCore import QTimer
from zhenggai_desktop.domain.records import Issue
from zhenggai_desktop.gui import app
from zhenggai_desktop.gui.main_window import MainWindow

folder = Path({folder!r})
a_ledger(folder, *a_tree()).close()
application = app.make_application(["test"])
window = MainWindow(Path({root!r}) / "resources", folder / "settings.json")
window.show()
window.take_file(folder / "台账.zgtz")
page = window.workspace.page("ledger")
page.show_record((Issue, 1))
type_text("最后一个字", page.pane.form(Issue).editors["note"])
QTimer.singleShot(1000, lambda: os._exit(9))
application.exec()
"""


class TestALittleLater:
    """The tree is painted before the form is filled; nobody can type into a form that shows another row."""

    def test_the_form_follows_when_the_tree_is_painted(self, page: LedgerPage, window: MainWindow, qtbot: Any) -> None:
        qtbot.waitActive(window)
        form = page.pane.form(Issue)
        page.tree.setFocus()
        page.show_record((Issue, 3))
        assert (page.tree.current_key(), form.key) == ((Issue, 3), (Issue, 2))
        qtbot.waitUntil(lambda: form.key == (Issue, 3))

    def test_the_keyboard_finds_the_form_filled(self, page: LedgerPage, window: MainWindow, qtbot: Any) -> None:
        qtbot.waitActive(window)
        form, note = page.pane.form(Issue), editor(page, "note")
        page.tree.setFocus()
        page.show_record((Issue, 3))
        assert form.key == (Issue, 2)
        note.setFocus()
        type_text("只写进第三个")
        page.session.flush()
        assert (issue(page, 2).note, issue(page, 3).note) == ("", "只写进第三个")

    def test_a_form_that_has_the_keyboard_follows_at_once(
        self, page: LedgerPage, window: MainWindow, qtbot: Any
    ) -> None:
        qtbot.waitActive(window)
        form, note = page.pane.form(Issue), editor(page, "note")
        note.setFocus()
        type_text("第二个")
        page.show_record((Issue, 3))
        assert form.key == (Issue, 3)
        type_text("第三个")
        page.session.flush()
        assert (issue(page, 2).note, issue(page, 3).note) == ("第二个", "第三个")

    def test_a_row_that_is_gone_leaves_the_form_to_the_next(
        self, page: LedgerPage, window: MainWindow, qtbot: Any
    ) -> None:
        qtbot.waitActive(window)
        page.tree.setFocus()
        window.perform(Call.ADD_SIBLING)
        window.perform(Call.UNDO)
        added = page.pane.key
        qtbot.waitUntil(lambda: page.pane.form(Issue).key == page.tree.current_key() == added)
        assert added is not None
        assert added[1] in {each.id for each in page.session.snapshot.issues}


class TestDeadline:
    def test_chinese_words_give_date_and_track(self, page: LedgerPage) -> None:
        field = editor(page, "deadline")
        field.setFocus()
        clear(field)
        type_text("6月底前")
        press(Qt.Key.Key_Tab)
        found = issue(page)
        assert (found.deadline, found.due_on, found.track) == ("6月底前", dt.date(2025, 6, 30), Track.DATED)
        assert editor(page, "due_on").text() == "2025年6月30日"
        assert steps(page) == ["修改整改时限"]

    def test_a_date_is_written_out_when_its_field_is_left(self, page: LedgerPage) -> None:
        field = editor(page, "completed_on")
        field.setFocus()
        QTest.keyClicks(field, "2025.2.3")
        press(Qt.Key.Key_Tab)
        assert field.text() == "2025年2月3日"
        assert issue(page).completed_on == dt.date(2025, 2, 3)

    def test_what_is_no_date_is_told_beside_the_field_and_not_stored(self, page: LedgerPage) -> None:
        field = editor(page, "completed_on")
        field.setFocus()
        type_text("过几天")
        press(Qt.Key.Key_Tab)
        problems = [
            label.text() for label in page.findChildren(QLabel) if label.isVisible() and label.property("problem")
        ]
        assert problems == ["读不出日期，例如写 2025.6.30"]
        assert issue(page).completed_on is None

    def test_the_calendar_writes_a_deadline(self, page: LedgerPage) -> None:
        field = editor(page, "deadline")
        field.setFocus()
        press(Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
        calendar = field._popup._calendar
        assert calendar.isVisible()
        calendar.clicked.emit(calendar.selectedDate())
        assert not calendar.isVisible()
        assert issue(page).deadline == "2025年底前"


class TestManners:
    def test_no_field_is_squeezed_where_a_narrow_form_comes_up_with_large_letters(
        self, qapp: QApplication, window: MainWindow, tmp_path: Path
    ) -> None:
        dress(qapp, 150)
        window.resize(1366, 728)
        a_ledger(tmp_path, *a_tree(), organisation="甲").close()
        window.take_file(tmp_path / "台账.zgtz")
        page = window.workspace.page("ledger")
        assert isinstance(page, LedgerPage)
        page.show_record((Issue, 2))
        for _ in range(3):
            QApplication.processEvents()
        fields = page.pane.form(Issue).editors
        assert {name for name, field in fields.items() if field.height() < field.sizeHint().height()} == set()

    def test_the_wheel_never_changes_a_value(self, page: LedgerPage) -> None:
        for name in ("track", "status", "due_on", "title"):
            field = editor(page, name)
            before = field.value()
            field.setFocus()
            place = QPointF(5, 5)
            none = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
            wheel = QWheelEvent(place, place, QPoint(), QPoint(0, -120), *none, Qt.ScrollPhase.NoScrollPhase, False)
            QApplication.sendEvent(field, wheel)
            assert field.value() == before

    def test_a_composing_input_method_is_left_alone(self, page: LedgerPage, qtbot: Any) -> None:
        field = editor(page, "note")
        field.setFocus()
        type_text("已有")
        QApplication.sendEvent(field, QInputMethodEvent("pinyin", []))
        page.session.flush()
        assert issue(page).note == "已有"
        assert field.textCursor().block().layout().preeditAreaText() == "pinyin"

    def test_the_typed_text_and_the_cursor_stay_when_it_is_stored(self, page: LedgerPage) -> None:
        field = editor(page, "supporting_departments")
        field.setFocus()
        clear(field)
        type_text("综合科，")
        page.session.flush()
        assert (field.text(), field.cursorPosition()) == ("综合科，", 4)
        assert issue(page).supporting_departments == ("综合科",)
        press(Qt.Key.Key_Tab)
        assert issue(page).supporting_departments == ("综合科",)

    def test_text_fields_grow(self, page: LedgerPage) -> None:
        field = editor(page, "goal")
        before = field.height()
        field.setFocus()
        type_text("很长的目标，" * 40)
        assert field.height() > before + 40

    def test_pairs_of_fields_stand_below_each_other_where_there_is_no_room(self, page: LedgerPage) -> None:
        form, left, right = page.pane.form(Issue), editor(page, "leaders"), editor(page, "owner")
        QApplication.processEvents()  # the page has given the form its place
        form.resize(600, 500)
        QApplication.processEvents()
        assert left.y() == right.y()
        form.resize(300, 500)
        QApplication.processEvents()
        assert (left.x(), left.y() < right.y()) == (right.x(), True)
        assert right.geometry().right() <= form.viewport().width()

    def test_names_are_completed_one_at_a_time(self, page: LedgerPage, qtbot: Any) -> None:
        field = editor(page, "leaders")
        qtbot.waitUntil(lambda: field.completer() is not None)
        field.setFocus()
        clear(field)
        type_text("分管领导甲、分管领导")
        completer = field.completer()
        completer.setCompletionPrefix(field.text())  # as the field does
        assert completer.completionCount() == 2
        index = completer.completionModel().index(1, 0)
        assert completer.pathFromIndex(index) == "分管领导甲、分管领导乙"

    def test_the_name_at_the_cursor_is_completed_by_keys(self, page: LedgerPage, qtbot: Any) -> None:
        qtbot.waitActive(page.window())
        field = editor(page, "leaders")
        qtbot.waitUntil(lambda: field.completer() is not None)
        field.setFocus()
        for place, typed, expected in (
            (0, "分管领导甲、分管领导", "分管领导甲、分管领导乙"),
            (3, "，分管领导", "王主任、分管领导乙、李主任"),
        ):
            clear(field)
            if place:
                type_text("王主任、李主任")
                field.setCursorPosition(place)
            type_text(typed)
            popup = field.completer().popup()
            qtbot.waitUntil(popup.isVisible)
            for _ in range(2):
                QTest.keyClick(popup, Qt.Key.Key_Down)
            QTest.keyClick(popup, Qt.Key.Key_Return)
            assert (field.text(), popup.isVisible()) == (expected, False)
        page.session.flush()
        assert issue(page).leaders == ("王主任", "分管领导乙", "李主任")

    def test_what_counts_from_above_is_shown_in_an_empty_field(self, page: LedgerPage) -> None:
        page.show_record((Measure, 3))
        assert editor(page, "owner", Measure).placeholderText() == "同问题：责任人"

    def test_every_field_has_a_name_and_a_label_with_a_buddy(self, page: LedgerPage) -> None:
        for kind in (Issue, Measure, Section):
            form = page.pane.form(kind)
            buddies = {label.buddy() for label in form.findChildren(QLabel) if label.buddy()}
            for name, field in form.editors.items():
                assert field.accessibleName(), name
                assert field in buddies or field.metaObject().className() == "CheckField", name

    def test_focus_goes_in_reading_order(self, page: LedgerPage) -> None:
        form = page.pane.form(Issue)
        fields = list(form.editors.values())
        fields[0].setFocus()
        seen = [QApplication.focusWidget()]
        for _ in fields[1:]:
            press(Qt.Key.Key_Tab)
            seen.append(QApplication.focusWidget())
        assert seen == fields

    def test_a_ledger_that_is_open_to_read_takes_no_words(
        self, window: MainWindow, dialogs: Any, tmp_path: Path
    ) -> None:
        with a_ledger(tmp_path, *a_tree(), name="读.zgtz"):
            dialogs.choices = ["以只读方式打开"]
            window.take_file(tmp_path / "读.zgtz")
            page = window.workspace.page("ledger")
            page.show_record((Issue, 1))
            field = editor(page, "note")
            field.setFocus()
            QTest.keyClicks(field, "no")
            assert field.value() == ""
            assert not editor(page, "track").isEnabled()
            assert not window.actions_by_call[Call.DELETE].isEnabled()


class TestTabs:
    def test_an_entry_is_added_typed_and_removed(self, page: LedgerPage) -> None:
        page.pane.show_caption("进展记录")
        entries = page.pane._page(2)
        entries.buttons["新增进展记录"].click()
        field = entries.form.editors["text"]
        field.setFocus()
        type_text("召开专题会议")
        page.session.flush()
        (entry,) = page.session.snapshot.log_entries
        assert (entry.issue_id, entry.text, entry.entered_on) == (2, "召开专题会议", dt.date(2025, 3, 10))
        assert entries.rows.topLevelItem(0).text(2) == "召开专题会议"
        assert page.pane.tabs.tabText(2) == "进展记录 1"
        entries.buttons["删除"].click()
        assert page.session.snapshot.log_entries == ()
        assert steps(page) == ["新增进展记录", "修改进展", "删除进展记录“召开专题会议”"]

    def test_history_tells_what_was_done_to_this_record(self, page: LedgerPage) -> None:
        editor(page, "note").setFocus()
        type_text("甲")
        page.session.flush()
        page.pane.show_caption("历史")
        rows = page.pane._page(7).rows
        assert [rows.topLevelItem(at).text(2) for at in range(rows.topLevelItemCount())] == ["修改备注", "建立"]

    def test_a_row_without_the_tab_shows_its_first_and_the_next_one_the_tab_again(self, page: LedgerPage) -> None:
        tabs = page.pane.tabs
        page.pane.show_caption("销号")
        page.show_record((Section, 1))
        assert page.pane.tabs.tabText(tabs.currentIndex()) == "内容"
        page.show_record((Measure, 3))
        assert page.pane.tabs.tabText(tabs.currentIndex()) == "内容"
        page.show_record((Issue, 3))
        assert page.pane.tabs.tabText(tabs.currentIndex()) == "销号"

    def test_tabs_are_those_of_the_kind_of_row(self, page: LedgerPage) -> None:
        def shown() -> list[str]:
            tabs = page.pane.tabs
            return [tabs.tabText(at) for at in range(tabs.count()) if tabs.isTabVisible(at)]

        assert shown() == ["内容", "公开", "进展记录", "成果", "佐证", "销号", "经过", "历史"]
        page.show_record((Section, 1))
        assert shown() == ["内容", "历史"]


def test_characters_are_counted_beside_what_the_notice_prints(page: LedgerPage) -> None:
    page.show_record((Measure, 3))
    field = editor(page, "progress", Measure)
    form = page.pane.form(Measure)
    label = next(label for label in form.findChildren(QLabel) if label.buddy() is field)
    problem = form._problems["progress"]
    field.setFocus()
    clear(field)
    assert label.text() == "整改进展"
    type_text("已完成整改。")
    assert label.text() == "整改进展\n6 字"
    type_text("长" * 795)
    assert label.text() == "整改进展\n801 字"
    assert problem.text() == "一段有 801 字，超过 800 字，建议分段"
    page.session.flush()
    stored = next(measure for measure in page.session.snapshot.measures if measure.id == 3)
    assert len(stored.progress) == 801  # it is stored all the same
    press(Qt.Key.Key_Return)
    type_text("短")
    assert problem.text() != ""
    clear(field)
    assert (label.text(), problem.text()) == ("整改进展", "")


class TestDeadlineNotes:
    @pytest.mark.parametrize(
        ("words", "note"),
        [
            ("下周三", "读不出日期，不会催办；请在“到期日”里填写"),
            ("2025.1.1", "早于反馈日期（2025年1月15日），请核对"),
            ("6月底前", ""),
            ("立行立改，长期坚持", ""),
            ("", ""),
        ],
    )
    def test_what_to_know_about_a_deadline_stands_below_it(self, page: LedgerPage, words: str, note: str) -> None:
        cleared = {"deadline": "", "due_on": None, "standing": False}
        page.session.edit(lambda ledger: set_fields(ledger, (Issue, 2), cleared, today=dt.date(2025, 3, 10)))
        field = editor(page, "deadline")
        field.setFocus()
        if words:
            type_text(words)
        press(Qt.Key.Key_Tab)
        assert issue(page).deadline == words
        label = page.pane.form(Issue)._problems["deadline"]
        assert (label.text(), label.isHidden()) == (note, not note)

    def test_what_waits_for_the_day_of_the_feedback_says_where_to_give_it(self, page: LedgerPage) -> None:
        facts = page.session.snapshot.facts
        page.session.edit(
            lambda ledger: set_fields(ledger, (LedgerFacts, facts.id), {"feedback_date": None}, today=TODAY)
        )
        cleared = {"deadline": "", "due_on": None}
        page.session.edit(lambda ledger: set_fields(ledger, (Issue, 2), cleared, today=TODAY))
        editor(page, "deadline").setFocus()
        type_text("反馈后三个月")
        press(Qt.Key.Key_Tab)
        label = page.pane.form(Issue)._problems["deadline"]
        assert "“台账信息”里填写反馈日期" in label.text()
        assert not label.isHidden()
        page.session.edit(
            lambda ledger: set_fields(ledger, (LedgerFacts, facts.id), {"feedback_date": FEEDBACK}, today=TODAY)
        )
        page.pane.settle()
        assert editor(page, "due_on").text() == "2025年4月15日"
        assert label.isHidden()

    def test_nothing_is_said_while_a_deadline_is_typed(self, page: LedgerPage) -> None:
        field = editor(page, "deadline")
        field.setFocus()
        clear(field)
        type_text("下周三")
        assert page.pane.form(Issue)._problems["deadline"].isHidden()

    def test_a_day_set_by_hand_settles_it(self, page: LedgerPage) -> None:
        field = editor(page, "deadline")
        field.setFocus()
        clear(field)
        type_text("下周三")
        press(Qt.Key.Key_Tab)
        editor(page, "due_on").setFocus()
        type_text("2025.3.19")
        press(Qt.Key.Key_Tab)
        assert issue(page).due_on == dt.date(2025, 3, 19)
        assert page.pane.form(Issue)._problems["deadline"].isHidden()


def test_what_is_typed_whole_is_offered_no_more(page: LedgerPage, qtbot: Any) -> None:
    """The list would take the Enter that is meant for the form or the dialog."""
    qtbot.waitActive(page.window())
    field = editor(page, "owner")
    field.set_suggestions(["王科长", "王科员"])
    field.setFocus()
    clear(field)
    type_text("王科")
    qtbot.waitUntil(lambda: field.completer().popup().isVisible())
    type_text("长")
    qtbot.waitUntil(lambda: not field.completer().popup().isVisible())
