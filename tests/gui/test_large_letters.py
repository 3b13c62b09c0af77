"""What a narrow window and large letters leave room for: everything is still reached and read."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from ledger_pages import shown_page
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QToolButton

from zhenggai_desktop.domain.records import Issue
from zhenggai_desktop.gui.inner_button import InnerButton
from zhenggai_desktop.gui.main_window import MainWindow
from zhenggai_desktop.gui.pages.facts import FactsPage
from zhenggai_desktop.gui.pages.ledger import LedgerPage
from zhenggai_desktop.services.editing import set_fields

TODAY = dt.date(2025, 3, 10)
SMALL = (1366, 728)  # pixels: a usual screen without its taskbar


def _settle() -> None:
    for _ in range(5):
        QApplication.processEvents()


def _write_at(window: MainWindow, scale: int) -> None:
    """Letters of a size in per cent, reached as the clerk reaches it."""
    window.appearance.rescale(0)
    while window.appearance.scale < scale:
        window.appearance.rescale(+1)
    assert window.appearance.scale == scale


@pytest.fixture
def page(window: MainWindow, tmp_path: Path, qtbot: Any) -> LedgerPage:
    window.resize(*SMALL)
    return shown_page(window, tmp_path, qtbot)


@pytest.mark.parametrize("scale", [100, 150, 200])
def test_a_day_of_the_filter_can_be_read_whole(window: MainWindow, page: LedgerPage, scale: int) -> None:
    _write_at(window, scale)
    page.bar.more_button.setChecked(True)
    _settle()
    for field in page.bar.conditions.days.values():
        field.setCursorPosition(0)
        begin, calendar = field.cursorRect().center().x(), field.findChildren(QToolButton)[0]
        room = calendar.geometry().left() - begin
        assert room >= field.fontMetrics().horizontalAdvance("2025年12月31日"), scale


def test_the_days_come_back_beside_the_ticks_when_there_is_room_again(window: MainWindow, page: LedgerPage) -> None:
    _write_at(window, 150)
    page.bar.more_button.setChecked(True)
    _settle()
    day, tick = page.bar.conditions.days["due_to"], page.bar.conditions.ticks["withheld"]
    assert tick.mapTo(page.bar, tick.rect().center()).y() > day.geometry().bottom()
    _write_at(window, 100)
    window.resize(1920, 1000)
    _settle()
    assert abs(tick.mapTo(page.bar.conditions, tick.rect().center()).y() - day.geometry().center().y()) < day.height()


def test_all_tabs_of_an_issue_are_seen_at_150_per_cent(window: MainWindow, page: LedgerPage) -> None:
    page.show_record((Issue, 1))
    _write_at(window, 150)
    _settle()
    bar = page.pane.tabs.tabBar()
    shown = [at for at in range(bar.count()) if bar.isTabVisible(at)]
    assert bar.tabRect(shown[-1]).right() <= bar.width()
    assert not any(button.isVisible() for button in bar.findChildren(QToolButton))


def test_the_facts_are_as_wide_as_their_letters_ask(window: MainWindow, page: LedgerPage) -> None:
    window.workspace.show_page("facts")
    facts = window.workspace.page("facts")
    assert isinstance(facts, FactsPage)
    window.resize(1920, 1000)
    _settle()
    usual = facts.form.width()
    assert usual < facts.width() * 2 / 3
    _write_at(window, 150)
    _settle()
    assert facts.form.width() > usual * 1.4


def test_a_list_of_the_facts_is_higher_where_the_page_is(window: MainWindow, page: LedgerPage) -> None:
    window.workspace.show_page("facts")
    facts: Any = window.workspace.page("facts")
    facts.tabs.setCurrentIndex(1)
    units = facts.lists[0]
    _settle()
    low = units.rows.height()
    window.resize(1920, 1400)
    _settle()
    assert units.rows.height() > low * 1.3


@pytest.mark.parametrize(("key", "is_there"), [("notice", True), ("overview", False), ("months", False)])
def test_the_strip_gives_its_room_to_pages_that_say_the_same(
    window: MainWindow, page: LedgerPage, key: str, is_there: bool
) -> None:
    strip = window.workspace.chase_strip
    strip._on_counted(window.session.snapshot, "今天要催办9项")
    assert strip.isVisible()
    window.workspace.show_page(key)
    assert strip.isVisible() is is_there
    window.workspace.show_page("ledger")
    assert strip.isVisible()


def test_what_is_ticked_grows_with_the_letters(window: MainWindow, page: LedgerPage) -> None:
    page.bar.more_button.setChecked(True)
    tick = page.bar.conditions.ticks["withheld"]
    style = tick.style()
    sides = []
    for scale in (100, 200):
        _write_at(window, scale)
        _settle()
        sides.append(style.pixelMetric(style.PixelMetric.PM_IndicatorWidth, None, tick))
    assert sides[1] >= 2 * sides[0] - 4


def test_the_evidence_of_an_issue_does_not_scroll_sideways_at_200_per_cent(
    window: MainWindow, page: LedgerPage
) -> None:
    _write_at(window, 200)
    page.show_record((Issue, 1))
    page.pane.show_caption("佐证")
    _settle()
    areas = [area for area in page.pane.tabs.currentWidget().findChildren(QScrollArea) if area.isVisible()]
    assert areas
    assert all(area.horizontalScrollBar().maximum() == 0 for area in areas)


@pytest.mark.parametrize("scale", [100, 150, 200])
def test_pictures_in_fields_are_as_large_as_the_letters(window: MainWindow, page: LedgerPage, scale: int) -> None:
    _write_at(window, scale)
    page.bar.search.setText("学习")
    page.show_record((Issue, 1))
    _settle()
    for field in (page.pane.form(Issue).editors["due_on"], page.bar.search):
        button = field.findChild(InnerButton)
        picture = button.picture().translated(button.pos())
        assert picture.height() == round(16 * scale / 100)
        assert field.rect().contains(picture)
        assert abs(picture.center().y() - field.rect().center().y()) <= 1


@pytest.mark.parametrize("scale", [100, 150, 200])
def test_what_is_said_below_a_field_leaves_the_form_its_width(window: MainWindow, page: LedgerPage, scale: int) -> None:
    _write_at(window, scale)
    page.show_record((Issue, 1))
    form = page.pane.form(Issue)
    for words in ("下周三", "反馈后三个月"):
        waiting = {"deadline": words, "due_on": None}
        page.session.edit(lambda ledger, waiting=waiting: set_fields(ledger, (Issue, 1), waiting, today=TODAY))
        page.pane.settle()
        _settle()
        note = form._problems["deadline"]
        assert note.isVisible()
        assert form.widget().width() <= form.viewport().width(), words
        assert note.heightForWidth(note.width()) <= note.height(), words
        assert all(one.geometry().right() < form.viewport().width() for one in form.editors.values()), words


def test_a_click_on_the_pictures_does_what_they_show(page: LedgerPage) -> None:
    page.bar.search.setText("学习")
    QTest.mouseClick(page.bar.search.findChild(InnerButton), Qt.MouseButton.LeftButton)
    assert (page.bar.search.text(), page.bar.search.findChild(InnerButton).isVisible()) == ("", False)
    page.show_record((Issue, 1))
    form = page.pane.form(Issue)
    field = form.editors["due_on"]
    form.ensureWidgetVisible(field)
    _settle()
    QTest.mouseClick(field.findChild(InnerButton), Qt.MouseButton.LeftButton)
    assert field._popup.isVisible()
    field._popup.close()
