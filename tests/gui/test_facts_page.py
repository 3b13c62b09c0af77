"""The page of the ledger's facts: typed like any form, lists kept in order."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from builders import a_ledger, a_tree
from keyboard import press, type_text
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from zhenggai_desktop.gui.forms.editors import CheckField
from zhenggai_desktop.gui.main_window import MainWindow
from zhenggai_desktop.gui.pages.facts import LISTS, FactsPage


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


def test_lists_are_added_to_ordered_and_cut(page: FactsPage, dialogs: Any) -> None:
    at = captions().index("部门")
    page.tabs.setCurrentIndex(at + 1)
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


def test_a_section_with_issues_is_only_deleted_after_asking(page: FactsPage, dialogs: Any) -> None:
    at = captions().index("方面")
    page.tabs.setCurrentIndex(at + 1)
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
    page.tabs.setCurrentIndex(at + 1)
    page.lists[at].buttons["新增公众意见"].click()
    page.lists[at].form.editors["text"].setFocus()
    type_text("路灯不亮")
    page.session.flush()
    assert [comment.text for comment in page.session.snapshot.public_comments] == ["路灯不亮"]
    at = captions().index("会审意见")
    page.tabs.setCurrentIndex(at + 1)
    dialogs.choices.append("关闭")
    page.lists[at].buttons["新增会审意见"].click()
    assert "还没有导出过送审稿" in dialogs.shown[-1]
