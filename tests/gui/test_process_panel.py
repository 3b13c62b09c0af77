"""The line of milestones on the overview, its editor, the office's rules and the bar at start, with real events."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from answers import Dialogs
from builders import a_ledger
from keyboard import clear, press, type_text
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QContextMenuEvent, QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMenu
from pytestqt.qtbot import QtBot

from zhenggai_desktop.domain.office_rules import Anchor, OfficeRules, Stage, office_rules
from zhenggai_desktop.domain.process import MilestoneState, process_line
from zhenggai_desktop.domain.records import Draft, Issue, Milestone, Section
from zhenggai_desktop.gui.forms.evidence_list import EvidenceList
from zhenggai_desktop.gui.main_window import MainWindow
from zhenggai_desktop.gui.months.chase_strip import ChaseStrip
from zhenggai_desktop.gui.months.milestone_dialog import MilestoneDialog, NewMilestoneDialog
from zhenggai_desktop.gui.months.rules_form import RulesForm
from zhenggai_desktop.gui.months.stages_dialog import StagesDialog
from zhenggai_desktop.gui.pages.overview import OverviewPage
from zhenggai_desktop.gui.session import LedgerSession
from zhenggai_desktop.services import process, process_papers, proving
from zhenggai_desktop.services.process import set_rules

TODAY = dt.date(2025, 2, 20)
FEEDBACK = dt.date(2025, 1, 14)


@pytest.fixture
def session(dialogs: Dialogs, tmp_path: Path) -> Iterator[LedgerSession]:
    a_ledger(
        tmp_path,
        Section(title="财务管理方面"),
        Issue(section_id=1, title="台账不全", lead_department="财政所", due_on=dt.date(2025, 2, 1)),
        Draft(kind="整改方案", version="第1稿", file_name="整改方案.docx"),
        organisation="清河镇",
        feedback_date=FEEDBACK,
    ).close()
    session = LedgerSession()
    session.today = lambda: TODAY
    session.open(tmp_path / "台账.zgtz")
    yield session
    session.close()
    session.deleteLater()


@pytest.fixture
def page(session: LedgerSession, qtbot: QtBot) -> OverviewPage:
    page = OverviewPage(session)
    qtbot.addWidget(page)
    page.resize(1280, 700)
    page.show()
    qtbot.waitExposed(page)
    return page


def answer(kind: type[QDialog], button: str = "accept_button", **values: object) -> None:
    """Fill in the next dialog and press a button of it."""

    def act() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, kind), dialog
        dialog.set_values(values)
        getattr(dialog, button).click()

    QTimer.singleShot(0, act)


def state(session: LedgerSession, kind: str) -> MilestoneState:
    steps = process_line(session.snapshot, office_rules(session.snapshot.facts), TODAY)
    return next(step.state for step in steps if step.milestone.kind == kind)


def named(session: LedgerSession, kind: str) -> Milestone:
    return next(one for one in session.snapshot.milestones if one.kind == kind)


def test_the_usual_milestones_are_listed_and_their_days_follow_a_preset(
    page: OverviewPage, session: LedgerSession
) -> None:
    panel = page.process
    assert panel.words.text() == "流程：还没有列出节点"
    panel.lay_out_button.click()
    assert len(session.snapshot.milestones) == 15
    assert panel.words.text() == "流程：下一步 反馈问题清单签收，逾期34天"
    menu = panel.period_button.menu()
    menu.actions()[1].trigger()
    assert session.snapshot.facts.report_due == dt.date(2025, 4, 14)
    assert named(session, "整改方案报备").due_on == dt.date(2025, 2, 14)
    assert panel.chase_button.text() == "要催办1项，1项已逾期"


def test_without_a_day_of_the_feedback_a_preset_is_refused_in_its_place(
    page: OverviewPage, session: LedgerSession
) -> None:
    session.write(lambda ledger: _set_feedback(ledger, None))
    page.process.period_button.menu().actions()[0].trigger()
    assert page.process.refusal.text().startswith("还没有填反馈日期")
    assert page.process.refusal.isVisible()


def test_the_keyboard_goes_along_the_line_and_opens_a_milestone(page: OverviewPage, session: LedgerSession) -> None:
    page.process.lay_out_button.click()
    line = page.process.line
    line.setFocus()
    press(Qt.Key.Key_Home)
    press(Qt.Key.Key_Right)
    assert line.accessibleDescription().startswith("反馈问题清单签收：逾期34天")
    answer(MilestoneDialog, done_on=dt.date(2025, 1, 17), files=("签收单.pdf",))
    press(Qt.Key.Key_Return)
    assert state(session, "反馈问题清单签收") is MilestoneState.DONE
    assert session.undo_label == "修改流程节点“反馈问题清单签收”"
    session.undo()
    assert state(session, "反馈问题清单签收") is MilestoneState.LATE


def test_a_click_opens_the_milestone_below_it(page: OverviewPage, session: LedgerSession) -> None:
    page.process.lay_out_button.click()
    line = page.process.line
    QApplication.processEvents()
    answer(MilestoneDialog, done_on=dt.date(2025, 1, 14))
    QTest.mouseClick(line, Qt.MouseButton.LeftButton, pos=line.node_rect(0).center().toPoint() + QPoint(0, 5))
    assert state(session, "反馈会") is MilestoneState.UNPROVEN
    assert "缺会议记录" in line.accessibleDescription()


def test_a_draft_of_the_register_hangs_on_its_milestone_as_its_paper(
    page: OverviewPage, session: LedgerSession
) -> None:
    page.process.lay_out_button.click()
    milestone = named(session, "整改方案审定")
    dialog = MilestoneDialog(session, milestone.id, page)
    assert dialog.needs.text() == "还缺材料：整改方案、会议纪要"
    dialog.drafts.item(0).setCheckState(Qt.CheckState.Checked)
    assert dialog.needs.text() == "还缺材料：会议纪要"
    dialog.set_values({"done_on": TODAY, "minutes_number": "〔2025〕3号"})
    dialog.accept_button.click()
    dialog.deleteLater()
    assert session.snapshot.drafts[0].milestone_id == milestone.id
    assert state(session, "整改方案审定") is MilestoneState.DONE


def test_a_day_set_otherwise_can_be_put_back_to_the_rules(page: OverviewPage, session: LedgerSession) -> None:
    page.process.lay_out_button.click()
    dialog = MilestoneDialog(session, named(session, "公开反馈意见").id, page)
    assert dialog.usual_button.isHidden()
    type_text("1", dialog.editors["due_on"])
    dialog.set_values({"due_on": dt.date(2025, 3, 1)})
    dialog._show_needs()
    assert dialog.usual_button.text() == "按规定：2025年1月24日"
    dialog.usual_button.click()
    assert dialog.values()["due_on"] == dt.date(2025, 1, 24)
    dialog.reject()
    dialog.deleteLater()


def test_a_meeting_is_added_and_removed(page: OverviewPage, session: LedgerSession) -> None:
    page.process.lay_out_button.click()
    answer(NewMilestoneDialog, place="三楼会议室", minutes_number="〔2025〕5号", attendees="班子成员")
    page.process.meeting_button.click()
    meeting = session.snapshot.milestones[-1]
    assert (meeting.kind, meeting.done_on, meeting.place) == ("整改专题会议", TODAY, "三楼会议室")
    assert state(session, "整改专题会议") is MilestoneState.DONE
    answer(MilestoneDialog, "remove_button")
    page.process.line.chosen.emit(meeting.id)
    assert meeting.id not in [one.id for one in session.snapshot.milestones]
    session.undo()
    assert session.snapshot.milestones[-1].id == meeting.id


def test_a_paper_is_opened_from_the_line_and_from_its_milestone(
    page: OverviewPage, session: LedgerSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "反馈会记录.docx").write_bytes(b"1")
    page.process.lay_out_button.click()
    milestone = named(session, "反馈会")
    session.edit(lambda ledger: process.complete(ledger, milestone.id, FEEDBACK, files=("反馈会记录.docx", "签到表")))
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(Path(url.toLocalFile()).name))
    line = page.process.line
    line.setFocus()
    press(Qt.Key.Key_Home)
    place = line.current_rect().center()
    QApplication.sendEvent(line, QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, place, line.mapToGlobal(place)))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    captions = [action.text() for action in menu.actions() if not action.isSeparator()]
    assert captions == ["打开 反馈会记录.docx", "签到表（没有找到文件）", "查看或修改这个节点…"]
    assert [action.isEnabled() for action in menu.actions()][:2] == [True, False]
    menu.actions()[0].trigger()
    menu.close()
    dialog = MilestoneDialog(session, milestone.id, page)
    dialog.open_button.menu().actions()[0].trigger()
    dialog.deleteLater()
    assert opened == ["反馈会记录.docx"] * 2


def test_saving_does_not_wait_again_for_a_share_that_is_gone(
    page: OverviewPage, session: LedgerSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The window stands still for as long as the system takes to say that nothing answers there."""
    gone, asked = "/没有了的共享/方案.docx", list[Path]()
    monkeypatch.setattr(process_papers, "is_file", asked.append)
    page.process.lay_out_button.click()
    milestone = named(session, "反馈会")
    session.edit(lambda ledger: process.change(ledger, milestone.id, {"files": (gone,)}, drafts=()))
    dialog = MilestoneDialog(session, milestone.id, page)
    assert asked.count(Path(gone)) == 1
    dialog.set_values({"place": "三楼会议室"})
    dialog.accept_button.click()
    dialog.deleteLater()
    assert asked.count(Path(gone)) == 1
    assert (named(session, "反馈会").place, named(session, "反馈会").files) == ("三楼会议室", (gone,))


def test_a_paper_that_the_ledger_has_already_is_told(
    page: OverviewPage, session: LedgerSession, tmp_path: Path, dialogs: Dialogs
) -> None:
    """It goes by the name that is there, and takes the place of what somebody made of the file since."""
    for name in ("会议记录.docx", "扫描件.docx"):
        (tmp_path / name).write_bytes(b"1")
    session.edit(lambda ledger: proving.add_files(ledger, (Issue, 1), [tmp_path / "扫描件.docx"]))
    (evidence,) = session.snapshot.evidence
    (tmp_path / "台账_佐证材料" / evidence.file_name).write_bytes("改过".encode())
    page.process.lay_out_button.click()
    dialogs.choices = ["关闭"]
    dialog = MilestoneDialog(session, named(session, "反馈会").id, page)
    dialog.set_values({"files": ("会议记录.docx",)})
    dialog.accept_button.click()
    dialog.deleteLater()
    assert named(session, "反馈会").files == (evidence.file_name,)
    assert dialogs.shown == [
        "有1份材料的内容台账里已经有，没有重复保存，直接引用了原来的那份。"
        "其中1份原来的文件不见了或者被改动过，已经用这次添加的放回原处。"
    ]


def test_a_chosen_paper_is_copied_beside_the_ledger_when_its_milestone_is_saved(
    page: OverviewPage, session: LedgerSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "桌面").mkdir()
    paper = tmp_path / "桌面" / "反馈会记录.docx"
    paper.write_bytes(b"1")
    page.process.lay_out_button.click()
    milestone = named(session, "反馈会")
    dialog = MilestoneDialog(session, milestone.id, page)
    assert dialog.taking.isHidden()
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_args: ([str(paper)], ""))
    dialog.file_button.click()
    assert dialog.needs.text() == "材料齐全：会议记录"
    assert dialog.taking.text() == "1份材料会复制到佐证材料文件夹里，副本、备份和归档都带着；原来的文件不动。"
    assert session.snapshot.evidence == ()
    dialog.accept_button.click()
    dialog.deleteLater()
    (evidence,) = session.snapshot.evidence
    assert named(session, "反馈会").files == (evidence.file_name,)
    assert session.undo_label == "修改流程节点“反馈会”"
    paper.unlink()
    dialog = MilestoneDialog(session, milestone.id, page)
    assert dialog.taking.isHidden()
    assert [action.text() for action in dialog.open_button.menu().actions()] == ["打开 反馈会记录.docx"]
    dialog.accept_button.click()
    dialog.deleteLater()
    page.process.line.setFocus()
    press(Qt.Key.Key_Home)
    assert page.process.line.accessibleDescription().endswith("材料：反馈会记录.docx")
    answer(NewMilestoneDialog, files=("桌面/签到表.pdf",))
    (tmp_path / "桌面" / "签到表.pdf").write_bytes(b"2")
    page.process.meeting_button.click()
    assert [one.title for one in session.snapshot.evidence] == ["反馈会记录", "签到表"]
    listed = EvidenceList(session, page)
    listed.show_owner(None)
    shown = [listed.rows.topLevelItem(at) for at in range(listed.rows.topLevelItemCount())]
    assert [item.text(0) for item in shown if item is not None] == ["反馈会", "整改专题会议"]


def test_the_office_adds_renames_and_removes_stages(
    page: OverviewPage, session: LedgerSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.process.lay_out_button.click()
    told: list[str] = []
    page.told.connect(told.append)
    done = named(session, "成立领导小组")
    session.edit(lambda ledger: process.complete(ledger, done.id, FEEDBACK, files=("成立文件.pdf",)))

    def act(dialog: StagesDialog) -> int:
        dialog.show()
        captions = [dialog.rows.item(at).text() for at in range(dialog.rows.count())]
        dialog.rows.setCurrentRow(0)
        clear(dialog.name)
        type_text("反馈意见会", dialog.name)
        dialog.add_button.click()
        assert dialog.problem.text() == "有的环节还没有名称。"
        assert not dialog.accept_button.isEnabled()
        type_text("动员会", dialog.name)
        dialog.days.setValue(5)
        assert dialog.due.text() == "反馈日期之后5天，即2025年1月19日"
        type_text("签到表", dialog.papers)
        dialog.meeting.click()
        dialog.rows.setCurrentRow(captions.index("成立领导小组") + 1)
        dialog.remove_button.click()
        dialog.rows.setCurrentRow(dialog.rows.count() - 1)
        assert dialog.due.text() == "办了再登记，没有期限"
        dialog.accept_button.click()
        return dialog.result()

    monkeypatch.setattr(StagesDialog, "exec", act)
    page.process.stages_button.click()
    stages = {stage.kind: stage for stage in office_rules(session.snapshot.facts).process}
    assert stages["动员会"] == Stage("动员会", Anchor.FEEDBACK, 5, ("签到表",), meeting=True)
    assert (named(session, "反馈意见会").title, named(session, "动员会").due_on) == ("反馈意见会", dt.date(2025, 1, 19))
    assert "成立领导小组" not in stages
    assert told == ["“成立领导小组”已填过内容，留在流程线上；不要的话可以在节点里删除。"]
    assert session.undo_label == "调整整改流程"


def test_the_usual_process_is_put_back_from_the_rules(
    session: LedgerSession, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = replace(OfficeRules(), process=(Stage("反馈会"),))
    session.edit(lambda ledger: set_rules(ledger, own))
    form = RulesForm(session)
    qtbot.addWidget(form)

    def act(dialog: StagesDialog) -> int:
        dialog.remove_button.click()
        assert dialog.problem.text() == "流程至少要有一个环节。"
        assert not dialog.name.isEnabled()
        dialog.usual_button.click()
        dialog.accept_button.click()
        return dialog.result()

    monkeypatch.setattr(StagesDialog, "exec", act)
    form.stages_button.click()
    assert session.snapshot.facts.rules == ""


class TestRules:
    @pytest.fixture
    def form(self, session: LedgerSession, qtbot: QtBot) -> RulesForm:
        form = RulesForm(session)
        qtbot.addWidget(form)
        form.show()
        form.show_rules()
        return form

    def test_a_lead_time_is_stored_when_its_field_is_left(self, form: RulesForm, session: LedgerSession) -> None:
        form.first["dated"].setValue(20)
        form.first["dated"].editingFinished.emit()
        assert office_rules(session.snapshot.facts).dated.first == 20
        assert session.undo_label == "修改本单位规定"

    def test_what_is_typed_is_stored_after_a_pause(self, form: RulesForm, session: LedgerSession, qtbot: QtBot) -> None:
        field = form.first["dated"].lineEdit()
        clear(field)
        type_text("25", field)
        qtbot.waitUntil(lambda: office_rules(session.snapshot.facts).dated.first == 25)
        assert form.first["dated"].text() == "25 天"
        clear(form.chain)
        type_text("申请\n审", form.chain)
        qtbot.waitUntil(lambda: office_rules(session.snapshot.facts).closing_chain == ("申请", "审"))
        type_text("核", form.chain)
        qtbot.waitUntil(lambda: office_rules(session.snapshot.facts).closing_chain == ("申请", "审核"))
        assert form.problem.text() == ""

    def test_what_is_no_rule_yet_waits_without_a_word(self, form: RulesForm, session: LedgerSession) -> None:
        clear(form.chain)
        type_text("申请\n申请", form.chain)
        form._pause.timeout.emit()
        assert (session.snapshot.facts.rules, form.problem.text()) == ("", "")

    def test_a_second_reminder_before_the_first_is_said_and_not_stored(
        self, form: RulesForm, session: LedgerSession
    ) -> None:
        form.second["dated"].setValue(99)
        form.second["dated"].editingFinished.emit()
        assert form.problem.text() == "限期整改：第二次提醒不能比第一次更早"
        assert session.snapshot.facts.rules == ""

    def test_the_chain_is_changed_and_put_back(self, form: RulesForm, session: LedgerSession) -> None:
        form.chain.setPlainText("申请\n审核\n销号")
        form.chain.left.emit()
        assert office_rules(session.snapshot.facts).closing_chain == ("申请", "审核", "销号")
        form.chain.setPlainText("申请\n申请")
        form.chain.left.emit()
        assert form.problem.text() == "销号环节“申请”写了两次"
        form.show_rules()
        form.usual_button.click()
        assert session.snapshot.facts.rules == ""

    def test_putting_back_leaves_the_kinds_of_outcomes_alone(self, form: RulesForm, session: LedgerSession) -> None:
        own = replace(OfficeRules(), silent_days=3, outcome_kinds=(*OfficeRules().outcome_kinds[:2],))
        session.edit(lambda ledger: set_rules(ledger, own))
        form.show_rules()
        form.usual_button.click()
        rules = office_rules(session.snapshot.facts)
        assert (rules.silent_days, rules.outcome_kinds) == (OfficeRules().silent_days, own.outcome_kinds)
        form.show_rules()
        assert not form.usual_button.isEnabled()


def test_a_bar_tells_of_what_is_late_and_leads_there(
    session: LedgerSession, window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    path = session.path
    assert path is not None
    session.close()
    window.session.today = lambda: TODAY
    window.take_file(path)
    strip = window.workspace.findChild(ChaseStrip)
    assert isinstance(strip, ChaseStrip)
    qtbot.waitUntil(strip.isVisible)
    assert strip.words.text() == "今天要催办1项：已逾期1项（红色）"
    strip.show_button.click()
    assert window.workspace.current_page == "months"
    assert not strip.isVisible()  # whoever goes there knows
    window.session.close()
    window.take_file(path)
    qtbot.waitUntil(strip.isVisible)
    strip.away_button.click()
    assert not strip.isVisible()
    window.session.today = lambda: TODAY + dt.timedelta(days=1)
    window.workspace.minute.timeout.emit()
    qtbot.waitUntil(strip.isVisible)  # the window was open over night: that is of today again


def _set_feedback(ledger: object, day: dt.date | None) -> None:
    with ledger.step("改") as writer:  # type: ignore[attr-defined] - a ledger
        writer.set_facts(feedback_date=day)
