"""The page of the working months: chasing, weekly progress, closing, with real keys on a real ledger."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from answers import Dialogs
from builders import a_ledger
from docx import Document as WordDocument
from keyboard import CTRL, clear, come_back_to, focused, press, type_text
from ledger_pages import shown_months
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from zhenggai_desktop.domain.records import Issue, LogEntry, Measure, Section, Status
from zhenggai_desktop.domain.watching import Look
from zhenggai_desktop.gui.dialogs.agreement import agreed
from zhenggai_desktop.gui.months.chase_view import ChaseView
from zhenggai_desktop.gui.months.closing_view import ClosingView
from zhenggai_desktop.gui.months.fields_dialog import FieldsDialog
from zhenggai_desktop.gui.months.gather_dialog import GatherDialog
from zhenggai_desktop.gui.months.page import MonthsPage
from zhenggai_desktop.gui.months.progress_model import Column
from zhenggai_desktop.gui.months.progress_view import ProgressView
from zhenggai_desktop.gui.months.report_dialog import ReportDialog
from zhenggai_desktop.gui.session import LedgerSession
from zhenggai_desktop.services.ledger import Ledger
from zhenggai_desktop.services.progress_entry import Entry, enter

TODAY = dt.date(2025, 6, 10)


@pytest.fixture
def ledger_path(tmp_path: Path) -> Path:
    """Four issues: late, due in two days, silent, and one whose measures are done."""
    with a_ledger(
        tmp_path,
        Section(title="财务管理方面"),
        Issue(section_id=1, title="台账不全", lead_department="财政所", leaders=("王主任",), owner="张三",
              due_on=dt.date(2025, 6, 1), deadline="6月1日前"),
        Issue(section_id=1, title="制度不全", lead_department="党建办", leaders=("李主任",), owner="张三",
              due_on=dt.date(2025, 6, 12), status=Status.IN_PROGRESS),
        Issue(section_id=1, title="公示不及时", lead_department="财政所", status=Status.IN_PROGRESS),
        Issue(section_id=1, title="已经改好", lead_department="党建办"),
        Measure(issue_id=1, content="补登台账", status=Status.IN_PROGRESS),
        Measure(issue_id=1, content="开展培训"),
        Measure(issue_id=2, content="修订制度", progress="已修订。", status=Status.IN_PROGRESS),
        Measure(issue_id=4, content="整改到位", progress="已整改到位。", status=Status.DONE),
        LogEntry(measure_id=1, entered_on=dt.date(2025, 6, 3), text="已补登20条。", reporter="赵六"),
        organisation="中共云溪街道工作委员会",
        organisation_short="云溪街道",
        feedback_date=dt.date(2025, 3, 1),
    ) as ledger:  # fmt: skip
        return ledger.path


@pytest.fixture
def session(dialogs: Dialogs, ledger_path: Path) -> Iterator[LedgerSession]:
    session = LedgerSession()
    session.today = lambda: TODAY
    session.open(ledger_path)
    yield session
    session.close()
    session.deleteLater()


@pytest.fixture
def page(session: LedgerSession, qtbot: QtBot) -> MonthsPage:
    return shown_months(session, qtbot)


def history(session: LedgerSession) -> list[str]:
    return session.write(lambda ledger: [entry.label for entry in ledger.history()])


class Filled:
    """Fills in the next dialog as soon as it is there, and presses its button."""

    def __init__(self, **values: str) -> None:
        self.values = values
        self.refusal = ""
        QTimer.singleShot(0, self._fill)

    def _fill(self) -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, FieldsDialog), dialog
        for name, text in self.values.items():
            type_text(text, dialog.editors[name])
        QTest.mouseClick(dialog.accept_button, Qt.MouseButton.LeftButton)
        if dialog.result() != QDialog.DialogCode.Accepted:
            self.refusal = dialog.refusal.text()
            dialog.reject()


class TestChasing:
    @pytest.fixture
    def view(self, page: MonthsPage) -> ChaseView:
        page.show_view("chase")
        view = page.view("chase")
        assert isinstance(view, ChaseView)
        return view

    def lines(self, view: ChaseView) -> list[tuple[str, list[tuple[str, str]]]]:
        tree = view.list
        groups = [tree.topLevelItem(at) for at in range(tree.topLevelItemCount())]
        return [
            (group.text(0), [(group.child(at).text(1), group.child(at).text(5)) for at in range(group.childCount())])
            for group in groups
        ]

    def test_the_gravest_stand_first_under_their_departments_in_words(self, view: ChaseView) -> None:
        assert self.lines(view) == [
            ("财政所（2项，1项已逾期）", [("台账不全", "已逾期9天"), ("公示不及时", "已101天没有进展")]),
            ("党建办（1项）", [("制度不全", "2天后到期")]),
        ]

    def test_a_number_of_days_is_looked_at_as_asked(self, view: ChaseView) -> None:
        view.show_look(Look.LATE)
        assert self.lines(view) == [("财政所（1项，1项已逾期）", [("台账不全", "已逾期9天")])]
        view.show_look(Look.SILENT)
        view.days.setValue(90)
        assert [name for name, _ in self.lines(view)] == ["财政所（1项）"]  # 制度不全 has progress, of an unknown day

    def test_the_next_morning_it_is_that_day_s(self, view: ChaseView, page: MonthsPage, session: LedgerSession) -> None:
        before = [one.words for _, one in view.list.ticked_pairs()]
        page.hide()
        session.today = lambda: TODAY + dt.timedelta(days=1)
        session.look_at_day()
        page.show()
        after = [one.words for _, one in view.list.ticked_pairs()]
        assert before[0] == "已逾期9天"
        assert after[0] == "已逾期10天"

    def test_leaders_are_groups_too(self, view: ChaseView) -> None:
        view.groups.setCurrentIndex(1)
        assert [name for name, _ in self.lines(view)] == ["王主任（1项，1项已逾期）", "李主任（1项）", "未明确（1项）"]

    def test_letters_go_to_those_who_are_ticked_and_are_kept_as_chases(
        self, view: ChaseView, dialogs: Dialogs, session: LedgerSession, tmp_path: Path
    ) -> None:
        tree = view.list
        tree.topLevelItem(1).setCheckState(0, Qt.CheckState.Unchecked)
        assert view.write_button.text() == "生成1份…"
        target = tmp_path / "督办.docx"
        dialogs.files, dialogs.choices = [target], ["关闭"]
        view.write_button.click()
        text = "\n".join(paragraph.text for paragraph in WordDocument(str(target)).paragraphs)
        assert "财政所：" in text
        assert "党建办" not in text
        assert "已登记催办2项" in dialogs.shown[0]
        assert [(chase.issue_id, chase.kind, chase.chased_on) for chase in session.snapshot.chases] == [
            (1, "督办通知单", TODAY), (3, "督办通知单", TODAY)]  # fmt: skip
        assert tree.topLevelItem(0).child(0).text(7) == "6月10日 督办通知单"
        session.undo()
        assert session.snapshot.chases == ()

    def test_a_kind_of_letter_that_nobody_gets_says_so_on_its_button(self, view: ChaseView) -> None:
        for at in range(2):
            view.list.topLevelItem(at).setCheckState(0, Qt.CheckState.Unchecked)
        view.list.topLevelItem(1).setCheckState(0, Qt.CheckState.Checked)
        view.letters.setCurrentIndex(2)
        assert not view.write_button.isEnabled()
        assert "超期告诫书" in view.write_button.toolTip()

    def test_short_texts_are_copied_and_the_chase_is_kept(self, view: ChaseView, session: LedgerSession) -> None:
        view.copy_button.click()
        text = QGuiApplication.clipboard().text()
        assert text.startswith("财政所：截至6月10日，由你部门牵头的巡察整改事项有2项需要抓紧，其中1项已逾期。")
        assert "\n\n党建办：" in text
        assert len(session.snapshot.chases) == 3

    def test_what_nobody_answers_for_is_neither_counted_nor_sent_nor_kept_but_told(
        self, view: ChaseView, session: LedgerSession, dialogs: Dialogs, tmp_path: Path
    ) -> None:
        view.groups.setCurrentIndex(1)
        assert view.write_button.text() == "生成2份…"  # the third issue has no leader
        told: list[str] = []
        view.told.connect(told.append)
        view.copy_button.click()
        text = QGuiApplication.clipboard().text()
        assert text.startswith("王主任：截至6月10日，您负责的巡察整改事项有1项需要抓紧")
        assert "未明确" not in text
        lacking = "另有1项没有填责任领导，没有生成；请先填写责任领导。"
        assert told == [f"已复制2段短信文字，可以粘贴到微信或短信。已登记催办2项，可以撤销。{lacking}"]
        assert {chase.issue_id for chase in session.snapshot.chases} == {1, 2}
        dialogs.files, dialogs.choices = [tmp_path / "督办.docx"], ["关闭"]
        view.write_button.click()
        assert f"已登记催办2项。{lacking}" in dialogs.shown[0]

    def test_where_nobody_at_all_answers_there_is_nothing_to_copy(self, view: ChaseView) -> None:
        view.groups.setCurrentIndex(1)
        for at in range(2):
            view.list.topLevelItem(at).setCheckState(0, Qt.CheckState.Unchecked)
        assert not view.copy_button.isEnabled()
        assert view.copy_button.toolTip() == "打勾的事项都没有填责任领导，请先填写责任领导"
        assert view.write_button.toolTip() == "打勾的事项都没有填责任领导，请先填写责任领导"

    def test_nothing_is_kept_where_that_is_not_wanted(self, view: ChaseView, session: LedgerSession) -> None:
        view.keep.setChecked(False)
        view.copy_button.click()
        assert session.snapshot.chases == ()

    def test_an_extension_keeps_the_old_deadline(self, view: ChaseView, session: LedgerSession) -> None:
        filled = Filled(new_deadline="9月底前", reason="工程延期", approval="街道党工委第8次会议")
        view.extend_button.click()
        assert filled.refusal == ""
        [one] = session.snapshot.extensions
        assert (one.old_deadline, one.new_deadline, one.reason) == ("6月1日前", "9月底前", "工程延期")
        assert one.approval == "街道党工委第8次会议"
        assert session.snapshot.issues[0].due_on == dt.date(2025, 9, 30)

    def test_what_an_extension_lacks_is_said_in_the_dialog(self, view: ChaseView, session: LedgerSession) -> None:
        filled = Filled(new_deadline="9月底前")
        view.extend_button.click()
        assert filled.refusal == "延期要写明理由。请填写理由后再试。"
        assert session.snapshot.extensions == ()

    def test_enter_leads_to_the_record(self, view: ChaseView, qtbot: QtBot) -> None:
        view.list.setFocus()
        with qtbot.waitSignal(view.record_chosen) as asked:
            press(Qt.Key.Key_Return)
        assert asked.args == [(Issue, 1)]


class TestProgress:
    @pytest.fixture
    def view(self, page: MonthsPage) -> ProgressView:
        page.show_view("progress")
        view = page.view("progress")
        assert isinstance(view, ProgressView)
        return view

    def cells(self, view: ProgressView, column: Column) -> list[str]:
        model = view.model
        return [model.index(row, column).data() for row in range(model.rowCount())]

    def test_open_measures_and_issues_without_any_are_lines_with_what_was_said_last(self, view: ProgressView) -> None:
        assert self.cells(view, Column.TITLE) == ["补登台账", "开展培训", "修订制度", "公示不及时"]
        assert self.cells(view, Column.LAST) == ["6月3日：已补登20条。", "", "", ""]

    def test_a_long_number_stands_on_one_line(self, view: ProgressView, session: LedgerSession) -> None:
        with session.write(lambda ledger: ledger.step("新增")) as step:
            below = step.add(Issue(parent_id=1, title="具体表现"))
            step.add(Measure(issue_id=step.add(Issue(parent_id=below.id, title="细分")).id, content="整改"))
        view.window().resize(1180, 720)
        numbers = self.cells(view, Column.NUMBER)
        assert "1-1-1-1-措1" in numbers
        room, metrics = view.table.columnWidth(Column.NUMBER), view.table.fontMetrics()
        assert room > max(map(metrics.horizontalAdvance, numbers))

    def test_widths_that_were_dragged_stay_when_other_lines_are_shown(self, view: ProgressView) -> None:
        view.window().resize(1180, 720)
        dragged = view.table.columnWidth(Column.TITLE) + 90
        view.table.setColumnWidth(Column.TITLE, dragged)
        before = view.model.rowCount()
        view.done.click()
        assert view.model.rowCount() > before
        assert view.table.columnWidth(Column.TITLE) == dragged

    def test_the_keyboard_goes_down_the_column_and_ditto_takes_what_is_above(
        self, view: ProgressView, session: LedgerSession
    ) -> None:
        type_text("李科长", view.reporter)
        view.table.start_at(0)
        for text in ("已补登全部台账。", "同上", ""):
            type_text(text)
            press(Qt.Key.Key_Return)
        type_text("已公示")
        press(Qt.Key.Key_Return, CTRL)
        entries = [(one.measure_id, one.issue_id, one.text, one.reporter) for one in session.snapshot.log_entries[1:]]
        assert entries == [
            (1, None, "已补登全部台账。", "李科长"),
            (2, None, "已补登全部台账。", "李科长"),
            (None, 3, "已公示", "李科长"),
        ]
        assert {one.entered_on for one in session.snapshot.log_entries[1:]} == {TODAY}
        assert history(session)[0] == "登记进展（3项）"
        assert self.cells(view, Column.TEXT) == [""] * 4
        assert self.cells(view, Column.LAST)[1] == "6月10日：已补登全部台账。"
        session.undo()
        assert len(session.snapshot.log_entries) == 1

    def test_whoever_is_named_after_typing_told_what_has_nobody_yet(
        self, view: ProgressView, session: LedgerSession
    ) -> None:
        view.table.start_at(0)
        type_text("已补登全部台账。")
        press(Qt.Key.Key_Return)
        view.reporter.setFocus()
        type_text("李科长")
        assert self.cells(view, Column.REPORTER) == ["李科长", "", "", ""]
        view.table.start_at(1)
        clear(view.reporter)
        type_text("王主任", view.reporter)
        type_text("已公示")
        press(Qt.Key.Key_Return, CTRL)
        told = [(one.text, one.reporter) for one in session.snapshot.log_entries[1:]]
        assert told == [("已补登全部台账。", "李科长"), ("已公示", "王主任")]

    def test_a_ledger_that_is_only_read_offers_nothing_to_gather(
        self, view: ProgressView, session: LedgerSession, ledger_path: Path
    ) -> None:
        assert view.gather_button.isEnabled()
        session.open(ledger_path, read_only=True)
        come_back_to(view)
        assert not view.gather_button.isEnabled()
        assert view.report_button.isEnabled()

    def test_the_next_morning_what_is_typed_is_of_that_day(self, view: ProgressView, session: LedgerSession) -> None:
        assert view.date.value() == TODAY
        session.today = lambda: TODAY + dt.timedelta(days=1)
        session.look_at_day()
        view.table.start_at(0)
        type_text("上午报来")
        press(Qt.Key.Key_Return, CTRL)
        assert session.snapshot.log_entries[-1].entered_on == TODAY + dt.timedelta(days=1)

    def test_what_was_typed_before_midnight_is_of_the_day_on_which_it_was_typed(
        self, view: ProgressView, session: LedgerSession
    ) -> None:
        view.table.start_at(0)
        type_text("昨晚报来")
        session.today = lambda: TODAY + dt.timedelta(days=1)
        session.look_at_day()
        press(Qt.Key.Key_Return, CTRL)
        assert session.snapshot.log_entries[-1].entered_on == TODAY
        assert session.snapshot.log_entries[-1].text == "昨晚报来"

    def test_ditto_with_nothing_above_is_said_and_not_taken(self, view: ProgressView) -> None:
        view.table.start_at(0)
        type_text("同上")
        press(Qt.Key.Key_Return)
        assert "同上" in view.problem.text()
        assert self.cells(view, Column.TEXT)[0] == ""

    def test_composing_is_not_disturbed(self, view: ProgressView) -> None:
        view.table.start_at(0)
        field = focused()
        QApplication.sendEvent(field, QInputMethodEvent("yi wan cheng", []))
        assert focused() is field
        assert self.cells(view, Column.TEXT)[0] == ""
        commit = QInputMethodEvent()
        commit.setCommitString("已完成")
        QApplication.sendEvent(field, commit)
        assert focused() is field
        press(Qt.Key.Key_Return)
        assert self.cells(view, Column.TEXT)[0] == "已完成"

    def test_a_filter_keeps_what_is_typed_into_hidden_lines(self, view: ProgressView) -> None:
        view.table.start_at(3)
        type_text("已公示")
        press(Qt.Key.Key_Up)
        view.departments.setCurrentText("党建办")
        assert self.cells(view, Column.TITLE) == ["修订制度"]
        assert view.enter_button.text() == "登记1项"
        view.departments.setCurrentIndex(0)
        view.late.setChecked(True)
        assert self.cells(view, Column.TITLE) == ["补登台账", "开展培训"]
        view.late.setChecked(False)
        view.silent.setChecked(True)
        assert len(self.cells(view, Column.TITLE)) == 4
        view.done.setChecked(True)
        assert "整改到位" in self.cells(view, Column.TITLE)

    def test_a_date_that_is_none_is_said_beside_it_and_nothing_is_lost(
        self, view: ProgressView, session: LedgerSession, dialogs: Dialogs
    ) -> None:
        view.table.start_at(0)
        type_text("已补登")
        press(Qt.Key.Key_Down)
        view.date.setText("那天")
        assert view.problem.text() == "读不出日期，例如写 2025.6.30"
        dialogs.choices = ["关闭"]
        view.enter_button.click()
        assert len(session.snapshot.log_entries) == 1
        assert self.cells(view, Column.TEXT)[0] == "已补登"
        view.date.setText("6月9日")
        view.enter_button.click()
        assert session.snapshot.log_entries[-1].entered_on == dt.date(2025, 6, 9)

    def test_what_is_typed_is_stored_when_the_ledger_closes(
        self, view: ProgressView, session: LedgerSession, ledger_path: Path
    ) -> None:
        view.table.start_at(0)
        type_text("没有按登记")
        session.close()
        with Ledger.open(ledger_path) as ledger:
            assert ledger.snapshot.log_entries[-1].text == "没有按登记"

    def test_what_was_taken_back_by_hand_does_not_come_again(
        self, session: LedgerSession, ledger_path: Path, qtbot: QtBot, tmp_path: Path
    ) -> None:
        session.user_folder = tmp_path
        page = shown_months(session, qtbot)
        page.show_view("progress")
        view = page.view("progress")
        assert isinstance(view, ProgressView)
        view.table.start_at(0)
        type_text("写错了", view.table._delegate._editor)
        view._keep()
        assert "写错了" in (tmp_path / "progress.json").read_text(encoding="utf-8")
        view.table.commit()
        view.model.setData(view.model.index(0, Column.TEXT), "")
        session.close()
        session.open(ledger_path)
        page.show_view("progress")
        assert view.model.entries == ()
        assert "写错了" not in (tmp_path / "progress.json").read_text(encoding="utf-8")

    @pytest.mark.parametrize("words", ["", "[1, 2]", '{"a": 1}', "\udcff", "{" * 9])
    def test_a_damaged_memory_of_them_is_an_empty_one(
        self, session: LedgerSession, qtbot: QtBot, tmp_path: Path, words: str
    ) -> None:
        (tmp_path / "progress.json").write_bytes(words.encode("utf-8", "surrogateescape"))
        session.user_folder = tmp_path
        page = shown_months(session, qtbot)
        page.show_view("progress")
        view = page.view("progress")
        assert isinstance(view, ProgressView)
        assert view.model.entries == ()

    def test_entries_are_gathered_into_the_progress_that_is_printed(
        self, view: ProgressView, session: LedgerSession
    ) -> None:
        Filled()
        view.gather_button.click()
        assert session.snapshot.measures[0].progress == "已补登20条。"
        assert history(session)[0] == "进展记录汇入整改进展（1项）"

    def test_measures_that_shall_not_have_it_stay_unticked_while_the_day_is_typed(
        self, page: MonthsPage, session: LedgerSession, qtbot: QtBot
    ) -> None:
        day = dt.date(2025, 6, 9)
        session.write(lambda ledger: enter(ledger, [Entry((Measure, at), "报来了", "") for at in (2, 3)], on=day))
        dialog = GatherDialog(session, [1, 2, 3], page)
        dialog.show()
        assert dialog.ticked() == [1, 3, 2]
        dialog.list.topLevelItem(1).setCheckState(0, Qt.CheckState.Unchecked)
        field = dialog.editors["entered_on"]
        qtbot.keyClicks(field, "2025.")
        assert field.problem() != ""
        assert (dialog.ticked(), dialog.list.topLevelItemCount()) == ([1, 2], 3)
        qtbot.keyClicks(field, "6.3")
        assert (dialog.ticked(), dialog.list.topLevelItemCount()) == ([1, 2], 3)
        qtbot.keyClicks(field, "0")
        assert dialog.list.topLevelItemCount() == 0
        clear(field)
        assert (dialog.ticked(), dialog.list.topLevelItemCount()) == ([1, 2], 3)
        type_text("6月", field)  # from its first day
        assert dialog.list.topLevelItemCount() == 3
        dialog.close()
        dialog.deleteLater()

    def test_a_report_is_written_registered_and_the_next_begins_after_it(
        self, view: ProgressView, session: LedgerSession, dialogs: Dialogs, tmp_path: Path
    ) -> None:
        from zhenggai_desktop.domain.period_report import ReportKind
        from zhenggai_desktop.services.period_reporting import next_period

        target = tmp_path / "周报.docx"
        dialogs.files, dialogs.choices = [target], ["关闭"]
        Filled()
        agreed(ReportDialog(session, view))
        assert WordDocument(str(target)).paragraphs[0].text == "云溪街道巡察整改工作周报"
        [draft] = session.snapshot.drafts
        assert (draft.kind, draft.edition) == ("整改周报", "2025年6月9日至2025年6月10日")
        later = dt.date(2025, 6, 17)
        assert next_period(session.snapshot, ReportKind.WEEKLY, later) == (dt.date(2025, 6, 11), later)


class TestClosing:
    @pytest.fixture
    def view(self, page: MonthsPage) -> ClosingView:
        page.show_view("closing")
        view = page.view("closing")
        assert isinstance(view, ClosingView)
        return view

    def rows(self, view: ClosingView) -> list[list[str]]:
        return [[item.text(column) for column in (1, 4, 5)] for item in view.list.items()]

    def choose(self, view: ClosingView, *titles: str) -> None:
        for item in view.list.items():
            ticked = item.text(1) in titles
            item.setCheckState(0, Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)

    def test_what_is_done_and_waits_for_its_closing_is_late_nowhere(
        self, view: ClosingView, session: LedgerSession
    ) -> None:
        """The overview, the reminders and 销号台账 count one late issue; so does the line above the list."""
        with session.write(lambda ledger: ledger.step("完成")) as writer:
            writer.update(Issue, 4, due_on=dt.date(2025, 5, 1))
        assert self.rows(view)[3] == ["已经改好", "", "待申请"]
        assert view._words.text() == "已销号 0/4，未销号 4，其中逾期 1"

    def test_what_is_not_closed_is_listed_with_its_countdown(self, view: ClosingView) -> None:
        assert self.rows(view) == [
            ["台账不全", "逾期9天", "待申请"],
            ["制度不全", "还有2天", "待申请"],
            ["公示不及时", "", "待申请"],
            ["已经改好", "", "待申请"],
        ]
        assert view.list.items()[3].text(6) == "没有佐证材料"

    def test_many_are_applied_for_with_a_reason_in_one_step(self, view: ClosingView, session: LedgerSession) -> None:
        self.choose(view, "制度不全", "已经改好")
        assert view.step_button.text() == "办理“申请”（2项）…"
        filled = Filled(taken_by="王主任", override="材料在纪委")
        view.step_button.click()
        assert filled.refusal == ""
        steps = session.snapshot.closing_steps
        assert [(step.issue_id, step.step, step.taken_by) for step in steps] == [
            (2, "申请", "王主任"),
            (4, "申请", "王主任"),
        ]
        assert "材料在纪委" in steps[0].opinion
        assert self.rows(view)[1][2] == "申请 1/6，下一步：分管领导审核"
        assert history(session)[0] == "销号·申请（2项）"

    def test_without_a_reason_what_is_missing_is_said_in_the_dialog(
        self, view: ClosingView, session: LedgerSession
    ) -> None:
        self.choose(view, "已经改好")
        filled = Filled()
        view.step_button.click()
        assert "没有佐证材料" in filled.refusal
        assert session.snapshot.closing_steps == ()

    def test_nothing_is_ticked_or_chosen_in_another_ledger(
        self, view: ClosingView, session: LedgerSession, tmp_path: Path
    ) -> None:
        view.departments.setCurrentText("党建办")
        self.choose(view, "制度不全", "已经改好")
        assert view.list.ticked_ids() == {2, 4}
        a_ledger(
            tmp_path,
            Section(title="党建方面"),
            *(Issue(section_id=1, title=f"另一项{at}", lead_department="党建办") for at in range(4)),
            name="另一本.zgtz",
        ).close()
        session.open(tmp_path / "另一本.zgtz")
        assert len(self.rows(view)) == 4
        assert (view.list.ticked_ids(), view.departments.currentIndex()) == (set(), 0)
        assert view.step_button.text() == "办理“申请”…"

    def test_one_goes_back_and_one_is_reopened_with_their_reasons(
        self, view: ClosingView, session: LedgerSession
    ) -> None:
        for _ in range(2):
            self.choose(view, "已经改好")
            Filled(override="材料齐了再补")
            view.step_button.click()
        self.choose(view, "已经改好")
        without = Filled()
        view.back_button.click()
        assert without.refusal == "退回要写明理由。请填写理由后再试。"
        Filled(opinion="材料不全")
        view.back_button.click()
        assert session.snapshot.closing_steps[-1].result == "退回"
        for _ in range(6):
            self.choose(view, "已经改好")
            Filled(override="同意")
            view.step_button.click()
        assert session.snapshot.issues[3].closed
        view.shown.setCurrentIndex(4)
        self.choose(view, "已经改好")
        assert not view.step_button.isEnabled()
        Filled(opinion="回头看发现反弹")
        view.reopen_button.click()
        assert not session.snapshot.issues[3].closed
        view.shown.setCurrentIndex(0)
        assert self.rows(view)[3][2] == "待申请，重新整改1次，退回1次"

    def test_issues_at_different_steps_leave_the_step_to_the_dialog(self, view: ClosingView) -> None:
        self.choose(view, "已经改好")
        Filled(override="先办")
        view.step_button.click()
        self.choose(view, "已经改好", "台账不全")
        assert view.step_button.text() == "办理下一步（2项）…"

    def test_application_forms_are_written(self, view: ClosingView, dialogs: Dialogs, tmp_path: Path) -> None:
        target = tmp_path / "审批表.docx"
        dialogs.files, dialogs.choices = [target], ["关闭"]
        view.form_button.click()
        assert "销号申请审批表" in "\n".join(paragraph.text for paragraph in WordDocument(str(target)).paragraphs)
