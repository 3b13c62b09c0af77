"""The page of the ledger's facts: typed like any form, lists kept in order."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from builders import a_ledger, a_tree
from keyboard import clear, press, type_text
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from zhenggai_desktop.domain.outcome_kinds import USUAL_KINDS, CountedKind
from zhenggai_desktop.domain.records import Department, InspectionKind, Issue, LedgerFacts, Person
from zhenggai_desktop.gui.calls import Call
from zhenggai_desktop.gui.forms.editors import CheckField, ChoiceField, DepartmentField
from zhenggai_desktop.gui.forms.record_list import RecordList
from zhenggai_desktop.gui.main_window import MainWindow
from zhenggai_desktop.gui.pages.facts import LISTS, FactsPage
from zhenggai_desktop.gui.pages.ledger import LedgerPage
from zhenggai_desktop.services.editing import set_fields
from zhenggai_desktop.services.outcome_kinds import listed_kinds

TODAY = dt.date(2025, 6, 10)


@pytest.fixture
def page(window: MainWindow, tmp_path: Path) -> FactsPage:
    a_ledger(tmp_path, *a_tree()).close()
    window.take_file(tmp_path / "台账.zgtz")
    window.workspace.show_page("facts")
    page = window.workspace.page("facts")
    assert isinstance(page, FactsPage)
    return page


def captions() -> list[str]:
    return [caption for caption, _ in LISTS]


def show(page: FactsPage, caption: str) -> None:
    page.tabs.setCurrentIndex([page.tabs.tabText(at) for at in range(page.tabs.count())].index(caption))


def test_what_is_typed_is_stored_and_shown_in_the_title_of_the_ledger(page: FactsPage, window: MainWindow) -> None:
    page.form.editors["organisation"].setFocus()
    type_text("某街道党工委")
    press(Qt.Key.Key_Tab)
    page.form.editors["feedback_date"].setFocus()
    type_text("2025年1月15日")
    press(Qt.Key.Key_Tab)
    facts = page.session.snapshot.facts
    assert (facts.organisation, facts.feedback_date) == ("某街道党工委", dt.date(2025, 1, 15))
    assert page.session.undo_label == "修改反馈日期"
    window.workspace.show_page("ledger")
    labels = [label.text() for label in window.workspace.page("ledger").findChildren(QLabel)]
    assert "某街道党工委" in labels


def test_dates_that_come_with_the_day_of_the_feedback_are_told(page: FactsPage, window: MainWindow) -> None:
    waiting = {"deadline": "反馈后三个月", "due_on": None}
    page.session.edit(lambda ledger: set_fields(ledger, (Issue, 1), waiting, today=dt.date(2025, 3, 1)))
    page.form.editors["feedback_date"].setFocus()
    type_text("2025.1.15")
    press(Qt.Key.Key_Tab)
    assert next(issue for issue in page.session.snapshot.issues if issue.id == 1).due_on == dt.date(2025, 4, 15)
    assert window.statusBar().currentMessage() == "1处整改时限的到期日已按反馈日期算出，可用“撤销”退回。"


def test_lists_are_added_to_ordered_and_cut(page: FactsPage, dialogs: Any) -> None:
    at = captions().index("部门")
    show(page, captions()[at])
    departments = page.lists[at]
    for name in ("综合科", "财务科"):
        departments.buttons["新增部门"].click()
        departments.form.editors["name"].setFocus()
        type_text(name)
        page.session.flush()
    departments.buttons["上移"].click()
    assert [department.name for department in page.session.snapshot.departments] == ["财务科", "综合科"]
    departments.buttons["删除"].click()
    assert [department.name for department in page.session.snapshot.departments] == ["综合科"]
    assert departments.rows.topLevelItem(0).text(1) == "综合科"


def test_a_kind_is_stored_after_a_pause_unless_its_name_is_half_another_s(page: FactsPage, qtbot: QtBot) -> None:
    show(page, "成果种类")
    kinds = page.kinds
    kinds.add()
    clear(kinds.name)
    type_text(USUAL_KINDS[0].name, kinds.name)  # may become longer
    kinds._pause.timeout.emit()
    assert "新种类" in {kind.name for kind in listed_kinds(page.session.snapshot)}
    assert kinds.problem.text() == ""
    type_text("谈", kinds.name)
    kinds.name.setCursorPosition(1)
    qtbot.waitUntil(lambda: f"{USUAL_KINDS[0].name}谈" in {kind.name for kind in listed_kinds(page.session.snapshot)})
    assert kinds.name.cursorPosition() == 1
    type_text("人", kinds.unit)
    qtbot.waitUntil(lambda: CountedKind(f"{USUAL_KINDS[0].name}谈", "人") in listed_kinds(page.session.snapshot))


def test_kinds_of_outcomes_are_added_named_and_cut(page: FactsPage, dialogs: Any) -> None:
    show(page, "成果种类")
    kinds, session = page.kinds, page.session
    first = kinds.rows.topLevelItem(0)
    assert first is not None
    assert (first.text(0), first.text(1)) == ("制度新建", "项")
    kinds.buttons["新增种类"].click()
    clear(kinds.name)
    type_text("走访群众")
    press(Qt.Key.Key_Tab)
    type_text("户")
    session.flush()
    assert listed_kinds(session.snapshot)[-1] == CountedKind("走访群众", "户")
    kinds.name.setFocus()
    clear(kinds.name)
    type_text("约谈")
    press(Qt.Key.Key_Return)
    assert kinds.problem.text().startswith("已经有“约谈”这个种类")
    assert listed_kinds(session.snapshot)[-1] == CountedKind("走访群众", "户")
    kinds.name.setText("走访群众")
    kinds.buttons["删除"].click()
    assert listed_kinds(session.snapshot) == USUAL_KINDS
    session.undo()
    kinds.buttons["恢复通常的种类"].click()
    assert listed_kinds(session.snapshot) == USUAL_KINDS


def typed_twice(page: FactsPage) -> None:
    """Another kind's name, typed for the first."""
    show(page, "成果种类")
    page.kinds.name.setFocus()
    clear(page.kinds.name)
    type_text(USUAL_KINDS[1].name)


def test_a_doubled_name_of_a_kind_keeps_nobody_from_anything_else(page: FactsPage, window: MainWindow) -> None:
    typed_twice(page)
    window.perform(Call.ADD_SECTION)
    assert page.session.undo_label is not None
    assert page.session.undo_label.startswith("新增")
    assert listed_kinds(page.session.snapshot) == USUAL_KINDS


def test_a_doubled_name_of_a_kind_is_given_up_with_a_word_when_its_page_is_left(
    page: FactsPage, window: MainWindow
) -> None:
    typed_twice(page)
    window.workspace.show_page("ledger")
    words = f"“{USUAL_KINDS[0].name}”没有改：已经有“{USUAL_KINDS[1].name}”这个种类"
    assert window.statusBar().currentMessage().startswith(words)
    window.workspace.show_page("facts")
    assert (page.kinds.name.text(), page.kinds.problem.text()) == (USUAL_KINDS[0].name, "")


def test_a_doubled_name_of_a_kind_is_given_up_with_a_word_when_another_kind_is_chosen(page: FactsPage) -> None:
    typed_twice(page)
    press(Qt.Key.Key_Return)
    page.kinds.rows.setCurrentItem(page.kinds.rows.topLevelItem(2))
    assert page.kinds.name.text() == USUAL_KINDS[2].name
    assert page.kinds.problem.text().startswith(f"“{USUAL_KINDS[0].name}”没有改：已经有")


def test_what_was_typed_for_a_kind_does_not_go_into_another_ledger(
    page: FactsPage, window: MainWindow, tmp_path: Path
) -> None:
    show(page, "成果种类")
    page.kinds.unit.setFocus()
    type_text("新", page.kinds.unit)
    page.session.abandon()  # as after a store that failed
    a_ledger(tmp_path, *a_tree(), name="另一份.zgtz").close()
    window.take_file(tmp_path / "另一份.zgtz")
    page.session.flush()
    assert listed_kinds(page.session.snapshot) == USUAL_KINDS


def test_a_person_belongs_to_a_department_of_the_directory(page: FactsPage) -> None:
    with page.session._ledger.step("建立") as writer:  # type: ignore[union-attr] - it is open
        writer.add_many((Department(name="综合科"), Department(name="财务科"), Person(name="赵明")))
    show(page, "人员")
    people = page.lists[captions().index("人员")]
    field = people.form.editors["department_id"]
    assert isinstance(field, DepartmentField)
    assert [field.itemText(at) for at in range(field.count())] == ["未填", "综合科", "财务科"]
    field.setFocus()
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Down)
    assert page.session.snapshot.persons[0].department_id == 2
    show(page, "部门")
    page.lists[captions().index("部门")].rows.setFocus()
    press(Qt.Key.Key_Down)
    page.lists[captions().index("部门")].buttons["删除"].click()
    show(page, "人员")
    assert page.session.snapshot.persons[0].department_id is None
    assert field.currentText() == "未填"


def test_a_section_with_issues_is_only_deleted_after_asking(page: FactsPage, dialogs: Any) -> None:
    at = captions().index("方面")
    show(page, captions()[at])
    dialogs.choices = ["取消", "删除"]
    page.lists[at].buttons["删除"].click()
    assert len(page.session.snapshot.sections) == 2
    page.lists[at].buttons["删除"].click()
    assert "3个问题、6条整改措施" in dialogs.shown[1]
    assert len(page.session.snapshot.sections) == 1


def test_every_field_has_a_name_and_a_label(page: FactsPage) -> None:
    for form in (page.form, *(page_list.form for page_list in page.lists)):
        buddies = {label.buddy() for label in form.findChildren(QLabel) if label.buddy()}
        for name, field in form.editors.items():
            assert field.accessibleName(), name
            assert field in buddies or isinstance(field, CheckField), name


def test_a_comment_of_the_public_is_kept_and_an_opinion_needs_a_draft(page: FactsPage, dialogs: Any) -> None:
    at = captions().index("群众意见")
    show(page, captions()[at])
    page.lists[at].buttons["新增群众意见"].click()
    page.lists[at].form.editors["text"].setFocus()
    type_text("路灯不亮")
    page.session.flush()
    assert [comment.text for comment in page.session.snapshot.public_comments] == ["路灯不亮"]
    at = captions().index("会审意见")
    show(page, captions()[at])
    dialogs.choices.append("关闭")
    page.lists[at].buttons["新增会审意见"].click()
    assert "还没有导出过送审稿" in dialogs.shown[-1]


def test_the_captions_follow_what_the_ledger_is_about(page: FactsPage, window: MainWindow) -> None:
    def said() -> list[str]:
        labels = [label.text() for label in page.form.findChildren(QLabel) if "巡" in label.text()]
        return [*labels, page.tabs.tabText(1), page.form.editors["team"].accessibleName()]

    kinds = page.form.editors["kind"]
    assert isinstance(kinds, ChoiceField)
    usual = ["巡察", "巡察或巡视", "巡察组", "巡察开始", "巡察结束", "被巡察单位", "巡察组"]
    assert sorted(said()) == sorted(usual)
    page.session.edit(lambda ledger: set_fields(ledger, (LedgerFacts, 1), {"kind": InspectionKind.XUNSHI}, today=TODAY))
    followed = ["巡视", "巡察或巡视", "巡视组", "巡视开始", "巡视结束", "被巡视单位", "巡视组"]
    assert sorted(said()) == sorted(followed)
    assert [kinds.itemText(at) for at in range(kinds.count())] == ["巡察", "巡视"]
    show(page, "被巡视单位")
    units = page.lists[0]
    add = units.buttons["新增被巡察单位"]
    assert add.text() == "新增被巡视单位"
    add.click()
    assert page.session.undo_label == "新增被巡视单位"
    show(page, "本单位规定")
    assert "报巡视办" in page.rules.chain.value()
    page.rules.chain.left.emit()
    assert page.session.undo_label == "新增被巡视单位"  # nothing of the office's own is kept
    assert page.session.snapshot.facts.rules == ""
    page.session.undo()
    page.session.undo()
    assert sorted(said()) == sorted(usual)


def test_the_periods_of_an_outcome_follow_it_too(page: FactsPage, window: MainWindow) -> None:
    page.session.edit(lambda ledger: set_fields(ledger, (LedgerFacts, 1), {"kind": InspectionKind.XUNSHI}, today=TODAY))
    window.workspace.show_page("ledger")
    ledger_page = window.workspace.page("ledger")
    assert isinstance(ledger_page, LedgerPage)
    ledger_page.show_record((Issue, 1))
    ledger_page.pane.show_caption("成果")
    outcomes = ledger_page.pane._page(ledger_page.pane.tabs.currentIndex())
    assert isinstance(outcomes, RecordList)
    outcomes.add()
    periods = outcomes.form.editors["period"]
    assert isinstance(periods, ChoiceField)
    assert {periods.itemText(at) for at in range(periods.count())} == {"未填", "巡视中", "巡视以来"}
