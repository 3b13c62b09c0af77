"""Rows of the tree and files dropped with the mouse: at real places of a real window.

The offscreen platform begins no drag of its own, so each test sends what a drag sends: enter, move, drop.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from answers import Dialogs
from builders import a_ledger, a_tree
from docx import Document
from every_dialog import TODAY, a_foreign_table
from ledger_pages import shown_page
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from zhenggai_desktop.domain.changes import RecordKey
from zhenggai_desktop.domain.distribution import By
from zhenggai_desktop.domain.outline import Outline
from zhenggai_desktop.domain.records import Issue, Measure, Section
from zhenggai_desktop.gui.calls import Call
from zhenggai_desktop.gui.dialogs.import_dialog import ImportDialog
from zhenggai_desktop.gui.dialogs.import_preview import ImportPreview
from zhenggai_desktop.gui.dialogs.review_dialog import ReviewDialog
from zhenggai_desktop.gui.dialogs.workbook_dialog import WorkbookDialog
from zhenggai_desktop.gui.ledger_model import LedgerModel
from zhenggai_desktop.gui.main_window import MainWindow
from zhenggai_desktop.gui.page_table import PAGES
from zhenggai_desktop.gui.pages.ledger import LedgerPage
from zhenggai_desktop.gui.tree_columns import Column
from zhenggai_desktop.services.distributing import distribute

MOVE, COPY = Qt.DropAction.MoveAction, Qt.DropAction.CopyAction
NO_KEYS, LEFT = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton


@pytest.fixture
def page(window: MainWindow, tmp_path: Path, qtbot: Any) -> LedgerPage:
    """Section 1: issues 1, 2, 3; section 2: issues 4, 5, 6; each with two measures."""
    page = shown_page(window, tmp_path, qtbot)
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
        step.setAccepted(kind is QDragMoveEvent)  # what was let in may be moved until somebody says no
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


class TestFiles:
    @pytest.fixture
    def asked(self, monkeypatch: pytest.MonkeyPatch) -> list[str]:
        """The dialogs that came up; each is left without importing anything."""
        names: list[str] = []

        def leave(dialog: QDialog) -> QDialog.DialogCode:
            names.append(type(dialog).__name__)
            return QDialog.DialogCode.Rejected

        for kind in (ImportDialog, WorkbookDialog, ImportPreview, ReviewDialog):
            monkeypatch.setattr(kind, "exec", leave)
        return names

    @pytest.fixture(params=["start page", "tree", "form", "field"])
    def ground(self, window: MainWindow, tmp_path: Path, request: pytest.FixtureRequest) -> QWidget:
        """A place of the window on which the mouse lets go."""
        if request.param == "start page":
            return window.start_page
        a_ledger(tmp_path, *a_tree()).close()
        window.take_file(tmp_path / "台账.zgtz")
        page = window.workspace.page("ledger")
        assert isinstance(page, LedgerPage)
        page.show_record((Issue, 1))
        form = page.pane.form(Issue)
        field = form.editors["original_text"]
        assert isinstance(field, QPlainTextEdit)
        return {"tree": page.tree.viewport(), "form": form, "field": field.viewport()}[request.param]

    def test_each_kind_of_file_is_taken_anywhere(
        self, window: MainWindow, ground: QWidget, asked: list[str], dialogs: Dialogs, notice: Path, tmp_path: Path
    ) -> None:
        document = Document()
        document.add_paragraph("一、存在问题")
        document.save(str(tmp_path / "反馈.docx"))
        for path in (notice, tmp_path / "反馈.docx", a_foreign_table(tmp_path)):
            assert drop(ground, urls(path), QPoint(9, 9), COPY)
        assert asked == ["ImportDialog", "ImportDialog", "WorkbookDialog"]
        dialogs.choices = ["关闭"]
        assert drop(ground, urls(tmp_path), QPoint(9, 9), COPY)
        assert "是文件夹，不是文件" in dialogs.shown[-1]
        other = tmp_path / "另一个"
        other.mkdir()
        a_ledger(other, *a_tree(1, 1, 1)).close()
        assert drop(ground, urls(other / "台账.zgtz"), QPoint(9, 9), COPY)
        assert window.session.path == other / "台账.zgtz"

    def test_a_ledger_that_is_open_to_read_refuses_documents_at_once(
        self, window: MainWindow, asked: list[str], dialogs: Dialogs, notice: Path, tmp_path: Path
    ) -> None:
        a_ledger(tmp_path, *a_tree()).close()
        window.session.open(tmp_path / "台账.zgtz", read_only=True)
        for paths in ((notice,), (notice, a_foreign_table(tmp_path))):
            dialogs.choices = ["关闭"]
            assert drop(window.workspace, urls(*paths), QPoint(9, 9), COPY)
            assert dialogs.shown[-1].startswith("台账“台账.zgtz”是以只读方式打开的，不能导入。请先点“改为可以编辑”")
        assert asked == []

    @pytest.mark.parametrize("key", [spec.key for spec in PAGES])
    def test_no_field_of_a_page_keeps_a_file_for_itself(
        self, window: MainWindow, page: LedgerPage, tmp_path: Path, key: str
    ) -> None:
        """Else its address would stand in the field as words."""
        page.bar.more_button.setChecked(True)
        window.workspace.show_page(key)
        window.setAcceptDrops(False)  # it would take what a field leaves to it
        data = urls(tmp_path / "台账.zgtz")
        keeping: list[str] = []
        for field in window.workspace.page(key).findChildren(QWidget):
            if isinstance(field, QLineEdit | QTextEdit | QPlainTextEdit):
                ground = field if isinstance(field, QLineEdit) else field.viewport()
                held = QDragEnterEvent(QPoint(3, 3), COPY, data, LEFT, NO_KEYS)
                held.ignore()
                if ground.acceptDrops():
                    QApplication.sendEvent(ground, held)
                if held.isAccepted():
                    keeping.append(field.accessibleName() or field.objectName())
        assert keeping == []

    def test_several_files_at_once_are_told_what_to_do(
        self, window: MainWindow, dialogs: Dialogs, notice: Path, tmp_path: Path
    ) -> None:
        dialogs.choices = ["关闭"]
        assert drop(window.start_page, urls(notice, a_foreign_table(tmp_path)), QPoint(9, 9), COPY)
        assert dialogs.shown == [
            "拖进来的有2个文件，一次只能打开或导入一个。请一个一个拖进来；佐证材料请拖到所选问题的“佐证”标签上。"
        ]

    def test_several_sheets_of_this_ledger_are_collected_together(
        self, page: LedgerPage, asked: list[str], tmp_path: Path
    ) -> None:
        sent = page.session.write(lambda ledger: distribute(ledger, tmp_path / "发", By.DEPARTMENT, today=TODAY))
        sheets = [one.path for one in sent]
        assert len(sheets) > 1
        assert drop(page.tree.viewport(), urls(*sheets), QPoint(9, 9), COPY)
        assert asked == ["ReviewDialog"]

    def test_evidence_goes_to_its_tab_while_another_is_in_front(self, page: LedgerPage, tmp_path: Path) -> None:
        page.show_record((Issue, 2))
        tabs = page.pane.tabs
        at = next(at for at in range(tabs.count()) if tabs.tabText(at) == "佐证")
        picture, paper = tmp_path / "照片.jpg", tmp_path / "纪要.pdf"
        picture.write_bytes(b"1")
        paper.write_bytes(b"2")
        assert tabs.currentIndex() == 0
        assert drop(tabs.tabBar(), urls(picture, paper), tabs.tabBar().tabRect(at).center(), COPY)
        assert tabs.currentIndex() == at
        assert tabs.tabText(at) == "佐证 2"
        assert [link.issue_id for link in page.session.snapshot.evidence_links] == [2, 2]

    def test_files_held_above_the_tab_bring_it_forward_and_no_other(self, page: LedgerPage, tmp_path: Path) -> None:
        page.show_record((Issue, 2))
        tabs = page.pane.tabs
        assert not drop(tabs.tabBar(), urls(tmp_path / "照片.jpg"), tabs.tabBar().tabRect(2).center(), COPY)
        assert tabs.currentIndex() == 0


def urls(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data
