"""The tree under the fingers: keys, drops and the clipboard, on a real window, with Qt's own tester looking on."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from builders import a_ledger, a_tree
from keyboard import ALT, CTRL, SHIFT, focused, press, type_text
from ledger_pages import shown_page
from PySide6.QtCore import QMimeData, QModelIndex, QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from random_edits import random_step

from zhenggai_desktop.domain.changes import RecordKey
from zhenggai_desktop.domain.outline import Outline
from zhenggai_desktop.domain.records import Issue, Measure, Section
from zhenggai_desktop.gui.calls import Call
from zhenggai_desktop.gui.dialogs.bulk_edit import BulkEdit
from zhenggai_desktop.gui.ledger_model import LedgerModel
from zhenggai_desktop.gui.ledger_tree import LedgerTree
from zhenggai_desktop.gui.main_window import MainWindow
from zhenggai_desktop.gui.menus import VIEW_MENU
from zhenggai_desktop.gui.pages.ledger import LedgerPage
from zhenggai_desktop.gui.tree_columns import Column
from zhenggai_desktop.services import editing
from zhenggai_desktop.services.ledger import Ledger

Key = Qt.Key


@pytest.fixture
def page(window: MainWindow, tmp_path: Path, qtbot: Any) -> Iterator[LedgerPage]:
    """Section 1: issues 1, 2, 3; section 2: issues 4, 5, 6; each with two measures. The tree has the keyboard."""
    page = shown_page(window, tmp_path, qtbot)
    QAbstractItemModelTester(page.model, QAbstractItemModelTester.FailureReportingMode.Fatal, page.model)
    page.tree.setFocus()
    yield page
    QApplication.clipboard().clear()


def select(page: LedgerPage, *keys: tuple[type, int]) -> None:
    page.tree.select_keys(keys)
    page.tree.setFocus()


def tree(page: LedgerPage) -> str:
    """“1(1 2 3) 2(4 5 6)”; measures only where they are not at home."""
    outline = Outline(page.session.snapshot)

    def issue(one: Issue) -> str:
        below = [issue(child) for child in outline.sub_issues(one)]
        below += [f"m{m.id}" for m in outline.measures_of(one) if (m.id + 1) // 2 != one.id]
        return f"{one.id}({' '.join(below)})" if below else str(one.id)

    parts = [
        " ".join(map(issue, outline.issues_of(None))),
        *(f"{s.id}({' '.join(map(issue, outline.issues_of(s)))})" for s in outline.snapshot.sections),
    ]
    return " ".join(filter(None, parts))


def label(page: LedgerPage) -> str | None:
    return page.session.undo_label


def test_a_row_that_is_folded_away_hands_its_selection_to_the_one_above(page: LedgerPage) -> None:
    select(page, (Measure, 1))
    section = page.model.index_of((Section, 1))
    place = QPoint(8, page.tree.visualRect(section).center().y())
    QTest.mouseClick(page.tree.canvas, Qt.MouseButton.LeftButton, pos=place)
    assert not page.tree.isExpanded(section)
    assert page.tree.selected_keys() == [(Section, 1)]
    assert page.pane.key == (Section, 1)
    select(page, (Issue, 4))
    page.tree.expand(section)
    page.tree.collapse(section)
    assert page.tree.selected_keys() == [(Issue, 4)]


class TestKeys:
    def test_enter_adds_a_sibling_to_be_named_at_once(self, page: LedgerPage) -> None:
        select(page, (Issue, 2))
        press(Key.Key_Return)
        assert isinstance(focused(), QLineEdit)
        type_text("新的问题")
        press(Key.Key_Return)
        assert tree(page) == "1(1 2 7 3) 2(4 5 6)"
        assert page.tree.current_key() == (Issue, 7)
        assert page.model.index_of((Issue, 7), Column.TITLE).data() == "新的问题"
        assert label(page) == "修改问题标题"
        assert page.tree.hasFocus()

    def test_one_after_the_other_without_the_mouse(self, page: LedgerPage) -> None:
        select(page, (Measure, 1))
        for words in ("第一条", "第二条"):
            press(Key.Key_Return)
            type_text(words)
            press(Key.Key_Return)
        contents = [m.content for m in page.session.snapshot.measures if m.issue_id == 1]
        assert contents[1:3] == ["第一条", "第二条"]

    def test_escape_leaves_the_name_as_it_was(self, page: LedgerPage) -> None:
        select(page, (Issue, 2))
        press(Key.Key_F2)
        type_text("不要")
        press(Key.Key_Escape)
        assert label(page) == "建立"

    def test_a_title_that_is_being_typed_is_not_lost_by_closing(self, page: LedgerPage, window: MainWindow) -> None:
        path = window.session.path
        assert path is not None
        select(page, (Issue, 2))
        press(Key.Key_F2)
        focused().selectAll()  # type: ignore[attr-defined]
        type_text("还没有按回车")
        window.close()
        with Ledger.open(path) as ledger:
            assert next(issue.title for issue in ledger.snapshot.issues if issue.id == 2) == "还没有按回车"

    def test_a_pause_stores_a_title_that_is_still_typed_and_escape_takes_it_back(
        self, page: LedgerPage, qtbot: Any
    ) -> None:
        def title() -> str:
            return next(issue.title for issue in page.session.snapshot.issues if issue.id == 2)

        before = title()
        select(page, (Issue, 2))
        press(Key.Key_F2)
        focused().selectAll()  # type: ignore[attr-defined]
        type_text("还没")
        qtbot.waitUntil(lambda: title() == "还没")
        type_text("写完")
        assert focused().text() == "还没写完"  # type: ignore[attr-defined]
        press(Key.Key_Escape)
        assert title() == before
        assert page.tree.hasFocus()

    def test_f2_renames_in_place(self, page: LedgerPage) -> None:
        select(page, (Issue, 2))
        press(Key.Key_F2)
        focused().selectAll()  # type: ignore[attr-defined]
        type_text("改过的标题")
        press(Key.Key_Return)
        assert page.model.index_of((Issue, 2), Column.TITLE).data() == "改过的标题"
        assert label(page) == "修改问题标题"

    def test_tab_and_shift_tab_change_the_level(self, page: LedgerPage) -> None:
        select(page, (Issue, 2))
        press(Key.Key_Tab)
        assert tree(page) == "1(1(2) 3) 2(4 5 6)"
        assert page.tree.current_key() == (Issue, 2)
        assert page.tree.hasFocus()
        press(Key.Key_Backtab, SHIFT)
        assert tree(page) == "1(1 2 3) 2(4 5 6)"
        assert label(page) == "升级问题“第2项工作抓得不够紧…”"

    def test_what_has_no_level_to_go_to_is_told_below(self, page: LedgerPage, window: MainWindow) -> None:
        select(page, (Issue, 1))
        press(Key.Key_Tab)
        assert "不能降级" in window.statusBar().currentMessage()
        assert label(page) == "建立"

    def test_alt_up_and_down_move(self, page: LedgerPage) -> None:
        select(page, (Issue, 1))
        press(Key.Key_Down, ALT)
        press(Key.Key_Down, ALT)
        press(Key.Key_Down, ALT)
        assert tree(page) == "1(2 3) 2(1 4 5 6)"
        press(Key.Key_Up, ALT)
        assert tree(page) == "1(2 3 1) 2(4 5 6)"
        assert page.tree.current_key() == (Issue, 1)

    def test_delete_asks_where_more_goes_along_and_undo_brings_it_back(self, page: LedgerPage, dialogs: Any) -> None:
        before = page.session.snapshot
        select(page, (Issue, 2))
        dialogs.choices = ["删除"]
        press(Key.Key_Delete)
        assert "2条整改措施会一起删除" in dialogs.shown[0]
        assert tree(page) == "1(1 3) 2(4 5 6)"
        assert page.tree.current_key() == (Issue, 3)
        press(Key.Key_Z, CTRL)
        assert page.session.snapshot == before
        assert page.tree.current_key() == (Issue, 2)

    def test_delete_of_what_has_nothing_below_does_not_ask(self, page: LedgerPage) -> None:
        select(page, (Measure, 1))
        press(Key.Key_Delete)
        assert label(page) == "删除整改措施“制定第1项措施，明确时…”"
        assert page.tree.current_key() == (Measure, 2)

    def test_delete_can_be_thought_better_of(self, page: LedgerPage, dialogs: Any) -> None:
        select(page, (Section, 1))
        dialogs.choices = ["取消"]
        press(Key.Key_Delete)
        assert tree(page) == "1(1 2 3) 2(4 5 6)"

    def test_f6_goes_to_the_form_and_back(self, page: LedgerPage) -> None:
        select(page, (Issue, 2))
        press(Key.Key_F6)
        assert focused() is page.pane.form(Issue).editors["title"]
        press(Key.Key_F6)
        assert page.tree.hasFocus()

    def test_keys_of_the_tree_mean_what_they_always_mean_in_a_field(self, page: LedgerPage) -> None:
        select(page, (Issue, 2))
        press(Key.Key_F6)
        for key in (Key.Key_Return, Key.Key_Delete):
            press(key)
        assert tree(page) == "1(1 2 3) 2(4 5 6)"
        page.session.flush()
        assert len(page.session.snapshot.measures) == 12

    def test_measures_and_issues_are_added_below_from_anywhere(self, page: LedgerPage) -> None:
        select(page, (Measure, 3))
        press(Key.Key_Return, CTRL)
        press(Key.Key_Escape)
        assert tree(page) == "1(1 2(m13) 3) 2(4 5 6)"
        select(page, (Issue, 2))
        press(Key.Key_Return, CTRL | SHIFT)
        press(Key.Key_Escape)
        assert tree(page) == "1(1 2(7 m13) 3) 2(4 5 6)"


class TestDrop:
    def test_rows_go_where_they_are_dropped(self, page: LedgerPage, qtbot: Any) -> None:
        data = page.model.mimeData([page.model.index_of((Issue, 1)), page.model.index_of((Issue, 3))])
        page.model.dropMimeData(data, Qt.DropAction.MoveAction, 1, 0, page.model.index_of((Section, 2)))
        qtbot.waitUntil(lambda: tree(page) == "1(2) 2(4 1 3 5 6)")
        assert page.tree.selected_keys() == [(Issue, 1), (Issue, 3)]
        assert label(page) == "移动2项"

    def test_an_impossible_target_is_refused(self, page: LedgerPage) -> None:
        data = page.model.mimeData([page.model.index_of((Section, 1))])
        target = page.model.index_of((Issue, 4))
        assert not page.model.canDropMimeData(data, Qt.DropAction.MoveAction, -1, 0, target)


class TestClipboard:
    def test_a_branch_is_copied_with_all_below_it(self, page: LedgerPage) -> None:
        select(page, (Issue, 1))
        press(Key.Key_C, CTRL)
        assert QApplication.clipboard().text().startswith("1-1 第1项工作")
        select(page, (Section, 2))
        press(Key.Key_V, CTRL)
        assert tree(page) == "1(1 2 3) 2(4 5 6 7)"
        assert [m.id for m in page.session.snapshot.measures if m.issue_id == 7] == [13, 14]
        assert page.tree.current_key() == (Issue, 7)
        press(Key.Key_Z, CTRL)
        assert tree(page) == "1(1 2 3) 2(4 5 6)"

    def test_a_branch_goes_from_one_ledger_into_another(
        self, page: LedgerPage, window: MainWindow, tmp_path: Path
    ) -> None:
        select(page, (Section, 2))
        press(Key.Key_C, CTRL)
        there = tmp_path / "另一个"
        there.mkdir()
        a_ledger(there, *a_tree(1, 1, 0), organisation="另一个单位").close()
        window.take_file(there / "台账.zgtz")
        select(page, (Section, 1))
        press(Key.Key_V, CTRL)
        outline = Outline(page.session.snapshot)
        pasted = outline.snapshot.sections[-1]
        assert len(outline.snapshot.sections) == 2
        issues = outline.issues_of(pasted)
        assert [issue.title[:5] for issue in issues] == ["第4项工作", "第5项工作", "第6项工作"]
        assert [len(outline.measures_of(issue)) for issue in issues] == [2, 2, 2]
        with Ledger.open(tmp_path / "台账.zgtz", read_only=True) as before:
            assert not {issue.uid for issue in issues} & {issue.uid for issue in before.snapshot.issues}

    def test_lines_become_measures_of_an_issue(self, page: LedgerPage) -> None:
        QApplication.clipboard().setText("一是修订制度\n二是加强检查")
        select(page, (Issue, 1))
        press(Key.Key_V, CTRL)
        assert [m.content for m in page.session.snapshot.measures if m.issue_id == 1][2:] == ["修订制度", "加强检查"]
        assert label(page) == "粘贴2条整改措施"

    def test_cells_become_measures(self, page: LedgerPage) -> None:
        QApplication.clipboard().setText("整改措施\t责任人\n修订制度\t王\n")
        select(page, (Issue, 1))
        press(Key.Key_V, CTRL)
        measure = next(m for m in page.session.snapshot.measures if m.id == 13)
        assert (measure.content, measure.owner) == ("修订制度", "王")

    def test_an_empty_clipboard_is_told(self, page: LedgerPage, window: MainWindow) -> None:
        QApplication.clipboard().setMimeData(QMimeData())
        press(Key.Key_V, CTRL)
        assert "没有可以粘贴" in window.statusBar().currentMessage()


class TestBulkEdit:
    def test_any_number_of_rows_in_one_step(
        self, page: LedgerPage, window: MainWindow, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fill(dialog: BulkEdit) -> int:
            assert not dialog._accept.isEnabled()
            dialog.show()
            type_text("王科长", dialog.editors["owner"])
            type_text("6月底前", dialog.editors["deadline"])
            assert dialog._accept.isEnabled()
            dialog.close()
            return BulkEdit.DialogCode.Accepted

        monkeypatch.setattr(BulkEdit, "exec", fill)
        before = page.session.snapshot
        page.tree.collapseAll()
        page.tree.expandToDepth(0)
        select(page, (Section, 1))
        press(Key.Key_A, CTRL)
        press(Key.Key_B, CTRL)
        assert {issue.owner for issue in page.session.snapshot.issues} == {"王科长"}
        assert label(page) == "批量修改责任人、整改时限（6项）"
        assert "已修改6项" in window.statusBar().currentMessage()
        window.perform(Call.UNDO)
        assert page.session.snapshot == before

    def test_needs_rows_that_have_duties(self, page: LedgerPage, window: MainWindow) -> None:
        select(page, (Section, 1))
        press(Key.Key_B, CTRL)
        assert "没有选中问题" in window.statusBar().currentMessage()


class TestColumns:
    def test_a_column_can_be_hidden_and_that_is_remembered(
        self, page: LedgerPage, window: MainWindow, resources: Path, home: Path
    ) -> None:
        menu = page.tree.column_menu()
        next(action for action in menu.actions() if action.text() == "责任").trigger()
        menu.deleteLater()
        assert page.tree.isColumnHidden(Column.OWNER)
        page.tree.header().resizeSection(Column.DEADLINE, 177)
        path = window.session.path
        assert path is not None
        window.close()
        again = MainWindow(resources, home / "settings.json")
        again.show()
        again.take_file(path)
        tree = again.workspace.page("ledger").tree
        assert tree.isColumnHidden(Column.OWNER)
        assert tree.columnWidth(Column.DEADLINE) == 177
        again.close()
        again.deleteLater()

    def test_columns_are_ticked_in_the_menu_of_views_too(self, page: LedgerPage, window: MainWindow) -> None:
        assert window.column_menu.menuAction() in window.menuBar().actions()[VIEW_MENU].menu().actions()
        for shown in (False, True):
            window.column_menu.fill()
            action = next(one for one in window.column_menu.actions() if one.text() == "责任")
            assert action.isChecked() is not shown
            action.trigger()
            assert page.tree.isColumnHidden(Column.OWNER) is not shown
        window.perform(Call.CLOSE)
        assert not window.column_menu.isEnabled()

    def test_the_menu_of_a_row_offers_what_can_be_done(self, page: LedgerPage) -> None:
        page._on_menu_wanted(page.tree.mapToGlobal(QPoint(40, 40)))
        menu = QApplication.activePopupWidget()
        assert menu is not None
        texts = [action.text() for action in menu.actions()]
        QTest.keyClick(menu, Key.Key_Escape)
        assert texts[:2] == ["新增同级(&N)", "新增整改措施(&A)"]


class TestRowsThatComeAndGo:
    """The view lays out the branches that changed and no others: what it then shows is what a new view would show."""

    @pytest.mark.parametrize("seed", range(2))
    def test_what_is_shown_is_what_is_open_in_the_order_of_the_rows(
        self, page: LedgerPage, qtbot: Any, seed: int
    ) -> None:
        chance = random.Random(seed)
        page.tree.expandToDepth(0)
        for at in range(40):
            keys = [key for index in shown(page.tree) if (key := page.model.key(index)) is not None]
            if keys and at % 4 == 0:
                page.tree.setExpanded(page.model.index_of(chance.choice(keys)), bool(chance.getrandbits(1)))
            page.session.edit(lambda ledger: random_step(chance, ledger))
            expected = open_rows(page.tree)
            assert [index.internalId() for index in shown(page.tree)] == expected
            places = [(index.row(), page.model.key(index)) for index in shown(page.tree)]
            assert places == [(page.model.index_of(key).row(), key) for _row, key in places if key is not None]
            height = page.tree.visualRect(page.model.index(0, 0)).height()
            room = page.tree.verticalScrollBar().maximum() + page.tree.viewport().height()
            assert room == max(len(expected) * height, page.tree.viewport().height())

    def test_a_row_that_was_open_is_open_where_it_moves_and_where_it_comes_back(
        self, page: LedgerPage, window: MainWindow
    ) -> None:
        select(page, (Issue, 2))
        page.tree.setExpanded(page.model.index_of((Issue, 2)), True)
        for calls in ([Call.MOVE_UP], [Call.INDENT], [Call.DELETE, Call.UNDO]):
            for call in calls:
                if call is Call.DELETE:
                    window.session.edit(lambda ledger: editing.delete(ledger, [(Issue, 2)]))
                else:
                    window.perform(call)
            assert page.tree.isExpanded(page.model.index_of((Issue, 2)))
            assert page.tree.visualRect(page.model.index_of((Measure, 3))).isValid()
            assert page.tree.current_key() == (Issue, 2)

    def test_a_row_that_is_opened_elsewhere_before_the_layout_shows_its_rows(self, page: LedgerPage) -> None:
        page.tree.expandToDepth(0)
        select(page, (Issue, 5))
        page.model.layoutChanged.connect(lambda: page.tree.select_keys([(Measure, 1)]))
        page.session.edit(lambda ledger: editing.add_after(ledger, (Issue, 5)))
        assert page.tree.visualRect(page.model.index_of((Measure, 1))).isValid()
        assert [index.internalId() for index in shown(page.tree)] == open_rows(page.tree)

    def test_a_first_measure_gives_its_issue_an_arrow_and_the_last_takes_it(self, page: LedgerPage) -> None:
        page.session.edit(lambda ledger: editing.delete(ledger, [(Measure, 3), (Measure, 4)]))
        select(page, (Issue, 2))
        press(Key.Key_Right)
        assert not page.tree.isExpanded(page.model.index_of((Issue, 2)))
        added = page.session.edit(lambda ledger: editing.add_below(ledger, (Issue, 2), Measure))
        select(page, (Issue, 2))
        press(Key.Key_Right)
        assert page.tree.visualRect(page.model.index_of(added)).isValid()
        page.session.edit(lambda ledger: editing.delete(ledger, [added]))
        press(Key.Key_Right)
        assert page.tree.current_key() == (Issue, 2)


def test_rows_of_other_branches_are_not_asked_for(
    window: MainWindow, tmp_path: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = shown_page(window, tmp_path, qtbot)
    page.tree.expandAll()
    select(page, (Issue, 5))
    QApplication.processEvents()
    asked: set[RecordKey | None] = set()
    has_rows = LedgerModel.hasChildren

    def noted(model: LedgerModel, parent: QModelIndex) -> bool:
        asked.add(model.key(parent))
        return has_rows(model, parent)

    monkeypatch.setattr(LedgerModel, "hasChildren", noted)
    for call in (Call.ADD_SIBLING, Call.MOVE_UP, Call.UNDO, Call.UNDO, Call.REDO, Call.DELETE, Call.UNDO):
        window.perform(call)
        QApplication.processEvents()
    assert asked >= {(Issue, 4), (Issue, 5), (Issue, 6), (Issue, 7)}
    assert asked.isdisjoint({(Issue, 1), (Issue, 2), (Issue, 3), (Measure, 1)})


def shown(tree: LedgerTree) -> list[QModelIndex]:
    """The rows that can be scrolled to, from the first to the last."""
    index, found = tree.model().index(0, 0), []
    while index.isValid():
        found.append(index)
        index = tree.indexBelow(index)
    return found


def open_rows(tree: LedgerTree, parent: QModelIndex | None = None) -> list[int]:
    """Those that ought to be: the rows at the top and all below a row that is open."""
    above, found = parent or QModelIndex(), list[int]()
    for row in range(tree.model().rowCount(above)):
        index = tree.model().index(row, 0, above)
        found.append(index.internalId())
        found += open_rows(tree, index) if tree.isExpanded(index) else []
    return found


class TestAnEditorThatCloses:
    """Enter has its title stored with the next turn of the event loop; until then something else may have closed it."""

    def test_what_is_done_right_after_enter_finds_the_title_stored(self, page: LedgerPage, window: MainWindow) -> None:
        select(page, (Issue, 2))
        window.perform(Call.RENAME)
        type_text("写完就撤销")
        editor = focused()
        assert isinstance(editor, QLineEdit)
        QTest.keyClick(editor, Key.Key_Return)
        page.session.flush()  # as undo, export or a click elsewhere do
        assert Outline(page.session.snapshot).issue(2).title == "写完就撤销"
        QApplication.processEvents()  # the turn in which Enter's own storing comes
        assert page.tree.state() == page.tree.State.NoState
        history = page.session.write(lambda ledger: ledger.history())
        assert history[0].label == "修改问题标题"

    def test_a_row_that_goes_takes_its_editor_along(self, page: LedgerPage, window: MainWindow) -> None:
        select(page, (Issue, 2))
        window.perform(Call.ADD_SIBLING)
        type_text("刚加的")
        editor = focused()
        assert isinstance(editor, QLineEdit)
        QTest.keyClick(editor, Key.Key_Return)
        with page.session.write(lambda ledger: ledger.step("删掉")) as step:
            step.remove(Issue, 7)
        QApplication.processEvents()
        assert len(page.session.snapshot.issues) == 6
