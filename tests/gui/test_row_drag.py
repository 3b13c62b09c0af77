"""Rows of the tree and files dropped with the mouse: at real places of a real window.

The offscreen platform begins no drag of its own, so each test sends what a drag sends: enter, move, drop.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from builders import a_ledger, a_tree
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QWidget

from zhenggai_desktop.domain.changes import RecordKey
from zhenggai_desktop.domain.outline import Outline
from zhenggai_desktop.domain.records import Issue, Measure, Section
from zhenggai_desktop.gui.actions import Call
from zhenggai_desktop.gui.ledger_model import LedgerModel
from zhenggai_desktop.gui.main_window import MainWindow
from zhenggai_desktop.gui.pages.ledger import LedgerPage
from zhenggai_desktop.gui.tree_columns import Column

MOVE, COPY = Qt.DropAction.MoveAction, Qt.DropAction.CopyAction
NO_KEYS, LEFT = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton


@pytest.fixture
def page(window: MainWindow, tmp_path: Path, qtbot: Any) -> LedgerPage:
    """Section 1: issues 1, 2, 3; section 2: issues 4, 5, 6; each with two measures."""
    a_ledger(tmp_path, *a_tree(), organisation="某街道党工委").close()
    window.take_file(tmp_path / "台账.zgtz")
    qtbot.waitActive(window)
    page = window.workspace.page("ledger")
    assert isinstance(page, LedgerPage)
    QAbstractItemModelTester(page.model, QAbstractItemModelTester.FailureReportingMode.Fatal, page.model)
    return page


def over(page: LedgerPage, key: RecordKey, part: float = 0.5) -> QPoint:
    """A place in a row's title; ``part`` of its height from its top."""
    rect = page.tree.visualRect(page.model.index_of(key, Column.TITLE))
    return QPoint(rect.center().x(), rect.top() + round(rect.height() * part))


def drop(ground: QWidget, data: QMimeData, place: QPoint, action: Qt.DropAction = MOVE) -> bool:
    """Whether it may be dropped there; then it is."""
    for kind in (QDragEnterEvent, QDragMoveEvent):
        step = kind(place, action, data, LEFT, NO_KEYS)
        QApplication.sendEvent(ground, step)
        if not step.isAccepted():
            return False
    QApplication.sendEvent(ground, QDropEvent(QPointF(place), action, data, LEFT, NO_KEYS))
    QApplication.processEvents()  # the rows go when the drag is over
    return True


def drag(page: LedgerPage, rows: list[RecordKey], place: QPoint) -> bool:
    data = page.model.mimeData([page.model.index_of(key, Column.TITLE) for key in rows])
    return drop(page.tree.viewport(), data, place)


def tree(page: LedgerPage) -> list[list[int]]:
    outline = Outline(page.session.snapshot)
    return [[issue.id for issue in outline.issues_of(section)] for section in outline.snapshot.sections]


def issue(page: LedgerPage, number: int) -> Issue:
    return next(issue for issue in page.session.snapshot.issues if issue.id == number)


class TestRows:
    @pytest.mark.parametrize(
        ("part", "expected", "parent"),
        [
            (0.02, [[1, 3], [4, 2, 5, 6]], None),
            (0.98, [[1, 3], [4, 5, 2, 6]], None),
            (0.5, [[1, 3], [4, 5, 6]], 5),
        ],
        ids=["above", "below", "into"],
    )
    def test_an_issue_goes_where_the_line_or_frame_shows(
        self, page: LedgerPage, part: float, expected: list[list[int]], parent: int | None
    ) -> None:
        assert drag(page, [(Issue, 2)], over(page, (Issue, 5), part))
        assert (tree(page), issue(page, 2).parent_id) == (expected, parent)
        assert page.tree.current_key() == (Issue, 2)
        page.window().perform(Call.UNDO)  # type: ignore[attr-defined] - the main window
        assert tree(page) == [[1, 2, 3], [4, 5, 6]]

    def test_several_rows_go_together_in_one_step(self, page: LedgerPage) -> None:
        assert drag(page, [(Issue, 1), (Issue, 3)], over(page, (Section, 2)))
        assert tree(page) == [[2], [4, 5, 6, 1, 3]]
        assert page.session.undo_label == "移动2项"
        assert set(page.tree.selected_keys()) == {(Issue, 1), (Issue, 3)}

    def test_a_measure_goes_to_another_issue(self, page: LedgerPage) -> None:
        page.tree.expandAll()
        assert drag(page, [(Measure, 1)], over(page, (Issue, 2)))
        assert [m.id for m in page.session.snapshot.measures if m.issue_id == 2] == [3, 4, 1]

    def test_a_section_changes_its_place(self, page: LedgerPage) -> None:
        assert drag(page, [(Section, 2)], over(page, (Section, 1), 0.02))
        assert [section.id for section in page.session.snapshot.sections] == [2, 1]

    @pytest.mark.parametrize(
        ("row", "target"),
        [
            ((Section, 1), (Issue, 4)),
            ((Section, 1), (Section, 1)),
            ((Section, 1), (Section, 2)),
            ((Issue, 1), (Issue, 1)),
            ((Issue, 1), (Measure, 3)),
            ((Measure, 1), (Section, 2)),
            ((Measure, 1), (Measure, 3)),
        ],
        ids=str,
    )
    def test_a_place_that_cannot_be_is_refused_before_the_button_is_let_go(
        self, page: LedgerPage, row: RecordKey, target: RecordKey
    ) -> None:
        page.tree.expandAll()
        before = page.session.snapshot
        assert not drag(page, [row], over(page, target))
        assert page.session.snapshot is before

    def test_an_issue_is_not_put_into_what_is_below_it(self, page: LedgerPage) -> None:
        assert drag(page, [(Issue, 2)], over(page, (Issue, 1)))
        page.tree.expandAll()
        assert not drag(page, [(Issue, 1)], over(page, (Issue, 2)))
        assert not drag(page, [(Section, 1)], over(page, (Issue, 2)))

    def test_a_ledger_that_is_open_to_read_takes_nothing(
        self, page: LedgerPage, window: MainWindow, tmp_path: Path
    ) -> None:
        window.session.open(tmp_path / "台账.zgtz", read_only=True)
        assert not drag(page, [(Issue, 2)], over(page, (Issue, 5)))

    def test_rows_of_another_window_are_not_taken_for_rows_of_this_one(self, page: LedgerPage) -> None:
        """They travel by their numbers, which mean other rows here."""
        there = LedgerModel()
        there.show_snapshot(page.session.snapshot)
        before = page.session.snapshot
        data = there.mimeData([there.index_of((Issue, 2), Column.TITLE)])
        assert not drop(page.tree.viewport(), data, over(page, (Issue, 5)))
        assert page.session.snapshot is before

    def test_words_of_another_program_are_not_rows(self, page: LedgerPage) -> None:
        words = QMimeData()
        words.setText("一些文字")
        assert not drop(page.tree.viewport(), words, over(page, (Issue, 5)), COPY)
