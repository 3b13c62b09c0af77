"""What a row of the tree looks like: ground, marks, words and the frame of the keyboard, read from the screen."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from ledger_pages import shown_page
from PySide6.QtCore import QItemSelectionModel, QRect
from PySide6.QtGui import QColor, QImage, QPalette
from PySide6.QtWidgets import QApplication

from zhenggai_desktop.domain.records import Issue, Measure, Section, Status
from zhenggai_desktop.gui import style, themes
from zhenggai_desktop.gui.main_window import MainWindow
from zhenggai_desktop.gui.pages.ledger import LedgerPage
from zhenggai_desktop.gui.tree_columns import Column

Flag = QItemSelectionModel.SelectionFlag


@pytest.fixture
def page(window: MainWindow, tmp_path: Path, qtbot: Any) -> LedgerPage:
    """Section 1: issues 1, 2, 3; section 2: issues 4, 5, 6; each with two measures. The tree has the keyboard."""
    page = shown_page(window, tmp_path, qtbot)
    page.tree.setFocus()
    return page


def cell(page: LedgerPage, key: tuple[type, int], column: Column) -> QImage:
    """A cell as it is on the screen."""
    QApplication.processEvents()
    index = page.model.index_of(key)
    rect: QRect = page.tree.visualRect(index.siblingAtColumn(column))
    if column is Column.NUMBER:
        rect.setLeft(0)
    assert not rect.isEmpty()
    return page.tree.viewport().grab(rect).toImage()


def colours(image: QImage) -> dict[str, int]:
    """How often each colour is there."""
    found: dict[str, int] = {}
    for y in range(image.height()):
        for x in range(image.width()):
            name = image.pixelColor(x, y).name()
            found[name] = found.get(name, 0) + 1
    return found


def ground(image: QImage) -> str:
    found = colours(image)
    return max(found, key=lambda name: found[name])


def test_grounds_are_striped_and_the_selected_row_has_its_own(page: LedgerPage) -> None:
    theme = themes.current()
    page.tree.select_keys([(Issue, 2)])
    assert [ground(cell(page, key, Column.TITLE)) for key in [(Section, 1), (Issue, 1), (Issue, 2), (Issue, 3)]] == [
        theme.surface, theme.stripe, theme.selected, theme.stripe
    ]  # fmt: skip
    assert ground(cell(page, (Issue, 2), Column.NUMBER)) == theme.selected
    assert ground(cell(page, (Issue, 2), Column.DONE)) == theme.selected


def test_stripes_go_along_when_the_list_is_scrolled(page: LedgerPage, window: MainWindow) -> None:
    page.tree.expandAll()
    window.resize(900, 420)
    QApplication.processEvents()
    before = ground(cell(page, (Issue, 2), Column.TITLE))
    page.tree.verticalScrollBar().setValue(7)
    assert page.tree.verticalScrollBar().value() == 7
    assert ground(cell(page, (Issue, 2), Column.TITLE)) == before


def test_a_status_has_its_mark_in_its_colour(page: LedgerPage) -> None:
    colour = themes.current().statuses[Status.DONE]
    page.tree.select_keys([(Issue, 3)])
    assert colour not in colours(cell(page, (Issue, 1), Column.STATUS))
    with page.session.write(lambda ledger: ledger.step("完成")) as step:
        step.update(Issue, 1, status=Status.DONE)
    assert colours(cell(page, (Issue, 1), Column.STATUS))[colour] > 20
    assert colour not in colours(cell(page, (Section, 1), Column.STATUS))


def test_what_is_late_is_marked_from_its_day_on(page: LedgerPage) -> None:
    late = themes.current().late
    with page.session.write(lambda ledger: ledger.step("时限")) as step:
        step.update(Issue, 1, due_on=dt.date(2026, 6, 30), status=Status.IN_PROGRESS)
    page.session.today = lambda: dt.date(2026, 6, 30)
    page.tree.viewport().update()
    assert late not in colours(cell(page, (Issue, 1), Column.DEADLINE))
    page.session.today = lambda: dt.date(2026, 7, 1)
    page.tree.viewport().update()
    assert colours(cell(page, (Issue, 1), Column.DEADLINE))[late] > 20


def test_words_are_drawn_and_follow_an_edit(page: LedgerPage) -> None:
    before = cell(page, (Issue, 1), Column.TITLE)
    assert len(colours(before)) > 2
    with page.session.write(lambda ledger: ledger.step("改标题")) as step:
        step.update(Issue, 1, title="")
    assert len(colours(cell(page, (Issue, 1), Column.TITLE))) == 1
    with page.session.write(lambda ledger: ledger.step("改标题")) as step:
        step.update(Issue, 1, title="第一行\n第二行")
    assert cell(page, (Issue, 1), Column.TITLE) != before


def test_a_long_title_ends_within_its_cell(page: LedgerPage) -> None:
    with page.session.write(lambda ledger: ledger.step("改标题")) as step:
        step.update(Issue, 1, title="督" * 400)
    image = cell(page, (Issue, 1), Column.TITLE)
    assert len(colours(image.copy(0, 0, 40, image.height()))) > 2
    assert len(colours(image.copy(image.width() - 6, 0, 6, image.height()))) == 1


def test_only_a_row_with_rows_below_it_has_an_arrow(page: LedgerPage) -> None:
    page.tree.setExpanded(page.model.index_of((Issue, 1)), True)
    indent = page.tree.indentation()
    assert len(colours(cell(page, (Issue, 1), Column.NUMBER).copy(0, 4, 2 * indent, 20))) > 1
    assert len(colours(cell(page, (Measure, 1), Column.NUMBER).copy(0, 4, 3 * indent, 20))) == 1


def test_the_row_with_the_keyboard_is_framed_where_it_is_not_selected(page: LedgerPage) -> None:
    accent = themes.current().accent
    page.tree.select_keys([(Issue, 2)])
    assert accent not in colours(cell(page, (Issue, 3), Column.TITLE))
    page.tree.selectionModel().setCurrentIndex(page.model.index_of((Issue, 3), Column.TITLE), Flag.NoUpdate)
    assert colours(cell(page, (Issue, 3), Column.TITLE))[accent] > 100
    page.pane.take_focus()
    assert accent not in colours(cell(page, (Issue, 3), Column.TITLE))


def test_hidden_columns_are_not_drawn(page: LedgerPage) -> None:
    page.tree.setColumnHidden(Column.STATUS, True)
    QApplication.processEvents()
    colour = themes.current().statuses[Status.IN_PROGRESS]
    whole = page.tree.viewport().grab().toImage()
    assert not {colour, themes.current().statuses[Status.NOT_STARTED]} & colours(whole).keys()


def test_marks_grow_with_the_letters_and_colours_follow_the_theme(page: LedgerPage, window: MainWindow) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    page.tree.select_keys([(Issue, 3)])
    with page.session.write(lambda ledger: ledger.step("完成")) as step:
        step.update(Issue, 1, status=Status.DONE)
    usual = colours(cell(page, (Issue, 1), Column.STATUS))[themes.LIGHT.statuses[Status.DONE]]
    style.dress(application, 150, themes.DARK)
    try:
        image = cell(page, (Issue, 1), Column.STATUS)
        assert ground(image) in (themes.DARK.surface, themes.DARK.stripe)
        assert colours(image)[themes.DARK.statuses[Status.DONE]] > 1.6 * usual
    finally:
        style.dress(application)


def test_an_open_file_that_is_only_read_looks_the_same(page: LedgerPage) -> None:
    before = cell(page, (Issue, 1), Column.TITLE)
    page.model.editable = False
    page.tree.viewport().update()
    assert cell(page, (Issue, 1), Column.TITLE) == before
    page.tree.setEnabled(False)
    greyed = QColor(page.tree.palette().color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text)).name()
    assert greyed == themes.current().disabled
    assert themes.current().ink not in colours(cell(page, (Issue, 1), Column.TITLE))
