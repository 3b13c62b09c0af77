"""The working months under a clerk's hands: closing on its tab and in a batch, chasing, extensions, handing on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from answers import Dialogs
from builders import a_ledger
from docx import Document as WordDocument
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog

from zhenggai_desktop.domain.office_rules import OfficeRules, rules_text
from zhenggai_desktop.domain.records import (
    Evidence,
    EvidenceLink,
    Issue,
    Measure,
    Section,
    Status,
)
from zhenggai_desktop.gui.calls import Call
from zhenggai_desktop.gui.forms.editors import LineField
from zhenggai_desktop.gui.main_window import MainWindow
from zhenggai_desktop.gui.months import closing_list
from zhenggai_desktop.gui.months.closing_dialogs import OVERRIDE, ClosingDialog
from zhenggai_desktop.gui.months.closing_list import ClosingList
from zhenggai_desktop.gui.months.deadline_dialogs import HandOnDialog
from zhenggai_desktop.gui.months.fields_dialog import FieldsDialog
from zhenggai_desktop.gui.pages.ledger import LedgerPage

TODAY = dt.date(2025, 6, 10)
CHAIN = ("申请", "分管领导审核", "整改办审核", "党（工）委会研究", "报巡察办", "销号")


@pytest.fixture
def page(window: MainWindow, tmp_path: Path) -> LedgerPage:
    """Issue 1 may be closed, issue 2 lacks everything, issue 3 is late, issue 4 has nobody."""
    late, soon = dt.date(2025, 6, 1), dt.date(2025, 6, 12)
    a_ledger(
        tmp_path,
        Section(title="财务管理方面"),
        Issue(section_id=1, title="台账不全", lead_department="财政所", owner="张三", public_text="已建立台账。"),
        Issue(
            section_id=1, title="制度不全", lead_department="党建办", due_on=soon, deadline="6月12日前", owner="张三"
        ),
        Issue(section_id=1, title="公示不及时", lead_department="财政所", due_on=late, deadline="6月1日前"),
        Issue(section_id=1, title="没有人负责", due_on=late, deadline="6月1日前", leaders=("李主任", "张三")),
        Measure(issue_id=1, content="建立台账", status=Status.DONE),
        Measure(issue_id=2, content="修订制度"),
        Evidence(title="台账", file_name="台账.pdf"),
        EvidenceLink(evidence_id=1, issue_id=1),
        organisation="中共云溪街道工作委员会",
    ).close()
    window.session.today = lambda: TODAY
    window.take_file(tmp_path / "台账.zgtz")
    found = window.workspace.page("ledger")
    assert isinstance(found, LedgerPage)
    return found


def closing_tab(page: LedgerPage, issue_id: int) -> ClosingList:
    page.show_record((Issue, issue_id))
    page.pane.show_caption("销号")
    found = page.pane._page(page.pane.tabs.currentIndex())
    assert isinstance(found, ClosingList)
    return found


def test_the_tab_gathers_what_is_missing_once_for_each_state_of_the_ledger(
    page: LedgerPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Going from issue to issue must not build the outline of a large ledger each time."""
    gathered: list[closing_list.closing.States] = []
    real = closing_list.closing.States

    def noted(*given: Any) -> closing_list.closing.States:
        gathered.append(real(*given))
        return gathered[-1]

    monkeypatch.setattr(closing_list.closing, "States", noted)
    words = {issue_id: closing_tab(page, issue_id).lacks.text() for issue_id in (1, 2, 1, 2)}
    assert words[1] == "具备销号条件。"
    assert words[2].startswith("还缺：还有1条措施没有完成")
    assert len(gathered) == 1
    with page.session.write(lambda ledger: ledger.step("完成措施")) as step:
        step.update(Measure, 2, status=Status.DONE)
    assert not closing_tab(page, 2).lacks.text().startswith("还缺：还有1条措施")
    assert len(gathered) == 2


def test_what_is_closed_with_the_issue_above_it_can_be_reopened_and_not_gone_on_with(page: LedgerPage) -> None:
    with page.session.write(lambda ledger: ledger.step("销号")) as step:
        step.update(Issue, 1, closed=True)
        below = step.add(Issue(parent_id=1, title="具体表现"))
    tab = closing_tab(page, below.id)
    assert tab.lacks.text() == "已随上级问题销号。"
    enabled = {caption: tab.buttons[caption].isEnabled() for caption in (closing_list.GO_ON, closing_list.REOPEN)}
    assert enabled == {closing_list.GO_ON: False, closing_list.REOPEN: True}


def answer(monkeypatch: pytest.MonkeyPatch, kind: type[QDialog], act: Callable[[QDialog], None]) -> None:
    """Do something with the next dialogs of a kind, in the place of a user."""

    def exec_(dialog: QDialog) -> int:
        dialog.show()
        QApplication.processEvents()
        act(dialog)
        dialog.hide()
        return dialog.result()

    monkeypatch.setattr(kind, "exec", exec_)


def agree(**values: object) -> Callable[[QDialog], None]:
    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, FieldsDialog)
        dialog.set_values(values)
        dialog.accept_button.click()

    return act


def test_an_issue_goes_through_the_chain_step_by_step(page: LedgerPage, monkeypatch: pytest.MonkeyPatch) -> None:
    tab = closing_tab(page, 1)
    assert tab.chain.text().replace("\u2060", "").startswith("▶申请　○分管领导审核")
    assert tab.lacks.text() == "具备销号条件。"
    answer(monkeypatch, ClosingDialog, agree(taken_by="王主任", opinion="同意"))
    for at, step in enumerate(CHAIN):
        assert tab.buttons[closing_list.GO_ON].text() == f"办理“{step}”…"
        assert tab.buttons[closing_list.BACK].isEnabled() == (at > 0)
        tab.buttons[closing_list.GO_ON].click()
    assert tab.chain.text().replace("\u2060", "") == "　".join(f"✓{step}" for step in CHAIN)
    assert tab.lacks.text() == "已销号。"
    assert not tab.buttons[closing_list.GO_ON].isEnabled()
    snapshot = page.session.snapshot
    assert [step.step for step in snapshot.closing_steps] == list(CHAIN)
    assert {step.taken_by for step in snapshot.closing_steps} == {"王主任"}
    assert snapshot.issues[0].closed
    page.session.undo()
    assert not page.session.snapshot.issues[0].closed


def test_a_step_that_is_put_in_by_hand_is_named_as_the_ledger_names_it(page: LedgerPage, window: MainWindow) -> None:
    tab = closing_tab(page, 1)
    tab.add()
    field = tab.form.editors["step"]
    assert isinstance(field, LineField)
    assert field.placeholderText() == field.toolTip() == "、".join(CHAIN)
    own = OfficeRules(closing_chain=("科室申请", "主任办公会", "销号"))
    with window.session.write(lambda ledger: ledger.step("改环节")) as step:
        step.set_facts(rules=rules_text(own))
    assert field.placeholderText() == "科室申请、主任办公会、销号"
    completer = field.completer()
    assert completer is not None
    names = completer.model()
    assert [names.index(row, 0).data() for row in range(names.rowCount())] == ["科室申请", "主任办公会", "销号"]


def test_a_return_needs_a_reason_which_is_asked_for_in_the_dialog(
    page: LedgerPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab = closing_tab(page, 1)
    answer(monkeypatch, ClosingDialog, agree())
    tab.buttons[closing_list.GO_ON].click()
    said: list[str] = []

    def without_a_reason_then_with_one(dialog: QDialog) -> None:
        assert isinstance(dialog, FieldsDialog)
        dialog.accept_button.click()
        said.append(dialog.refusal.text())
        assert dialog.result() != QDialog.DialogCode.Accepted
        agree(opinion="佐证不足")(dialog)

    answer(monkeypatch, FieldsDialog, without_a_reason_then_with_one)
    tab.buttons[closing_list.BACK].click()
    assert said == ["退回要写明理由。请填写理由后再试。"]
    assert [step.result for step in page.session.snapshot.closing_steps] == ["同意", "退回"]
    assert tab.lacks.text() == "具备销号条件。退回1次。"
    assert tab.chain.text().replace("\u2060", "").startswith("▶申请")


def test_what_is_missing_is_named_and_overridden_only_with_a_reason(
    page: LedgerPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab = closing_tab(page, 2)
    assert tab.lacks.text() == "还缺：还有1条措施没有完成；没有写明取得的成效（整改进展或成果）；没有佐证材料。"
    said: list[str] = []

    def first_without(dialog: QDialog) -> None:
        assert isinstance(dialog, ClosingDialog)
        dialog.accept_button.click()
        said.append(dialog.refusal.text())
        agree(**{OVERRIDE: "区委巡察办同意先行销号"})(dialog)

    answer(monkeypatch, ClosingDialog, first_without)
    tab.buttons[closing_list.GO_ON].click()
    assert said[0].startswith("“制度不全”还不具备销号条件：还有1条措施没有完成")
    assert "理由：区委巡察办同意先行销号" in page.session.snapshot.closing_steps[0].opinion


def test_a_batch_takes_the_ticked_issues_in_one_step(
    page: LedgerPage, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.tree.select_keys([(Issue, 1), (Issue, 2), (Issue, 3), (Measure, 1)])

    def untick_one(dialog: QDialog) -> None:
        assert isinstance(dialog, ClosingDialog)
        assert dialog.chosen() == [1, 2, 3]
        item = dialog.issues.topLevelItem(1)
        assert item is not None
        item.setCheckState(0, Qt.CheckState.Unchecked)
        assert dialog.accept_button.text() == "办理“申请”（2项）"
        agree(**{OVERRIDE: "先行申请"})(dialog)

    answer(monkeypatch, ClosingDialog, untick_one)
    window.perform(Call.CLOSING)
    assert [step.issue_id for step in page.session.snapshot.closing_steps] == [1, 3]
    assert page.session.undo_label == "销号·申请（2项）"


def test_nothing_selected_is_said_below(page: LedgerPage, window: MainWindow) -> None:
    page.show_record((Section, 1))
    window.perform(Call.CLOSING)
    assert window.statusBar().currentMessage().startswith("没有选中问题或整改措施")


def test_the_application_form_of_an_issue_is_a_word_file(page: LedgerPage, dialogs: Dialogs, tmp_path: Path) -> None:
    target = tmp_path / "审批表.docx"
    dialogs.files.append(target)
    dialogs.choices.append("关闭")
    closing_tab(page, 1).buttons[closing_list.FORM].click()
    document = WordDocument(str(target))
    assert "台账不全" in "".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)


def test_a_deadline_is_put_off_with_its_reason(
    page: LedgerPage, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.show_record((Issue, 2))
    answer(monkeypatch, FieldsDialog, agree(new_deadline="7月底前", reason="等待上级文件", approval="分管领导同意"))
    window.perform(Call.EXTEND)
    issue, extension = page.session.snapshot.issues[1], page.session.snapshot.extensions[0]
    assert (issue.deadline, issue.due_on) == ("7月底前", dt.date(2025, 7, 31))
    assert (extension.old_deadline, extension.reason, extension.approval) == (
        "6月12日前",
        "等待上级文件",
        "分管领导同意",
    )


def test_the_first_deadline_is_said_where_it_is_put_off_again(
    page: LedgerPage, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.show_record((Issue, 2))
    answer(monkeypatch, FieldsDialog, agree(new_deadline="7月底前", reason="等待上级文件"))
    window.perform(Call.EXTEND)
    said: list[str] = []

    def read(dialog: QDialog) -> None:
        assert isinstance(dialog, FieldsDialog)
        said.append(dialog.about.text())
        dialog.reject()

    answer(monkeypatch, FieldsDialog, read)
    window.perform(Call.EXTEND)
    assert "现在的时限：7月底前，最初的时限：6月12日前。" in said[0]


def test_several_deadlines_are_put_off_together_or_not_at_all(
    page: LedgerPage, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.tree.select_keys([(Issue, 2), (Issue, 3)])
    said: list[str] = []

    def too_early_then_later(dialog: QDialog) -> None:
        assert isinstance(dialog, FieldsDialog)
        agree(new_deadline="2025年6月5日前", reason="疫情")(dialog)
        said.append(dialog.refusal.text())
        assert page.session.snapshot.extensions == ()
        agree(new_deadline="2025年8月底前")(dialog)

    answer(monkeypatch, FieldsDialog, too_early_then_later)
    window.perform(Call.EXTEND)
    assert said[0].startswith("“2025年6月5日前”不晚于“制度不全”原来的时限（6月12日前）")
    assert [issue.deadline for issue in page.session.snapshot.issues[1:3]] == ["2025年8月底前"] * 2
    assert page.session.undo_label == "延期（2项）"


def test_duties_are_handed_on_everywhere_and_kept(
    page: LedgerPage, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, HandOnDialog, agree(old_owner="张三", new_owner="赵六", note="岗位调整"))
    window.perform(Call.HAND_ON)
    issues = page.session.snapshot.issues
    assert [issue.owner for issue in issues] == ["赵六", "赵六", "", ""]
    assert issues[3].leaders == ("李主任", "赵六")
    assert [one.new_owner for one in page.session.snapshot.hand_overs] == ["赵六"] * 3
    assert window.statusBar().currentMessage() == "已交接3项，可用“撤销”一次退回。"


def test_the_calendar_holds_every_open_deadline(
    page: LedgerPage, window: MainWindow, dialogs: Dialogs, tmp_path: Path
) -> None:
    target = tmp_path / "时限.ics"
    dialogs.files.append(target)
    dialogs.choices.append("关闭")
    window.perform(Call.CALENDAR)
    assert target.read_text("utf-8").count("BEGIN:VEVENT") == 3
    assert page.session.snapshot.issues[1].title == "制度不全"
