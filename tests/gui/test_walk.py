"""A clerk's first hour, by real keys and clicks, counted: from the feedback document to the two files.

Every key counts, Ctrl and Shift too; typed text does not. What the system's own file dialogs ask is one Enter each.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from keyboard import focused, type_text
from openpyxl import load_workbook
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from zhenggai_desktop.domain.records import Issue
from zhenggai_desktop.gui.dialogs.bulk_edit import BulkEdit
from zhenggai_desktop.gui.dialogs.import_dialog import ImportDialog
from zhenggai_desktop.gui.main_window import MainWindow
from zhenggai_desktop.gui.pages.ledger import LedgerPage

MOST = 40
Key, Mod = Qt.Key, Qt.KeyboardModifier
LEFT = Qt.MouseButton.LeftButton
SAMPLE = "feedback-automatic-numbers.docx"


@dataclass
class Hands:
    """What the hands do, in words, with how many clicks and keys it was."""

    done: list[tuple[str, int]] = field(default_factory=list)

    def key(self, why: str, key: Key, *held: Mod) -> None:
        modifiers = Mod.NoModifier
        for one in held:
            modifiers |= one
        self.done.append((why, 1 + len(held)))
        QTest.keyClick(focused(), key, modifiers)
        QApplication.processEvents()

    def click(self, why: str, widget: QWidget, place: QPoint | None = None, *held: Mod) -> None:
        self.done.append((why, 1 + len(held)))
        QTest.mouseClick(
            widget, LEFT, held[0] if held else Mod.NoModifier, widget.rect().center() if place is None else place
        )
        QApplication.processEvents()

    def row(self, why: str, view: Any, index: QModelIndex, *held: Mod) -> None:
        view.scrollTo(index)
        self.click(why, view.viewport(), view.visualRect(index).center(), *held)

    def answered(self, why: str) -> None:
        """Enter in a dialog of the system, or on the button that is marked."""
        self.done.append((why, 1))

    @property
    def count(self) -> int:
        return sum(count for _, count in self.done)


def a_feedback(path: Path) -> Path:
    """A document whose numbers are Word's own, for machines without the published one."""
    document = Document()
    document.add_paragraph("关于柳林街道党工委巡察情况的反馈意见")
    document.add_paragraph(
        "根据区委统一部署，2025年3月4日至5月10日，区委第二巡察组对柳林街道党工委开展了巡察。现将情况反馈如下。"
    )
    document.add_paragraph("一、巡察发现的主要问题")
    for head in ("（一）落实上级决策部署方面", "（二）落实全面从严治党责任方面"):
        document.add_paragraph(head)
        for at in range(8):
            document.add_paragraph(f"第{at + 1}项工作抓得不够紧，责任没有压实。", style="List Number")
    document.add_paragraph("二、意见建议")
    document.add_paragraph("（一）压实整改责任。")
    document.add_paragraph("中共柳林区委第二巡察组")
    document.add_paragraph("2025年6月30日")
    document.save(str(path))
    return path


@pytest.fixture(params=["published", "made"])
def feedback(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    if request.param == "made":
        return a_feedback(tmp_path / "反馈意见.docx")
    source = Path(request.getfixturevalue("published")) / SAMPLE
    copy = tmp_path / SAMPLE
    copy.write_bytes(source.read_bytes())
    return copy


def test_from_the_feedback_to_both_files_in_at_most_forty_clicks_and_keys(
    window: MainWindow,
    dialogs: Any,
    feedback: Path,
    tmp_path: Path,
    qtbot: Any,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    hands = Hands()
    window.session.today = lambda: dt.date(2025, 4, 1)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    ledger, workbook, notice = tmp_path / "台账.zgtz", tmp_path / "台账.xlsx", tmp_path / "通报.docx"

    def in_dialog(work: Callable[[Any], None]) -> Callable[[Any], int]:
        """Modal dialogs wait for the user: the hands work in them while they are shown."""

        def exec_(dialog: Any) -> int:
            dialog.show()
            dialog.activateWindow()
            qtbot.waitUntil(dialog.isActiveWindow)
            work(dialog)
            assert not dialog.isVisible(), "the dialog was not answered"
            window.activateWindow()  # a screen that is none does not give the keyboard back by itself
            QApplication.processEvents()
            return int(dialog.result())

        return exec_

    def correct_and_import(dialog: ImportDialog) -> None:
        lines = dialog.source.model.lines
        row = next(at for at, line in enumerate(lines) if line.text.startswith("2."))
        hands.row("选一行", dialog.source.view, dialog.source.model.index(row, 2))
        hands.key("改为…", Key.Key_R, Mod.AltModifier)
        menu = QApplication.activePopupWidget()
        if menu is None:  # a button's own menu runs a loop of its own: on a screen that is none it is shown by hand
            menu = dialog.source.role.menu()
            menu.popup(dialog.source.role.mapToGlobal(QPoint(0, dialog.source.role.height())))
        assert isinstance(menu, QMenu)
        action = next(action for action in menu.actions() if action.text().startswith("具体表现"))
        hands.click("具体表现", menu, menu.actionGeometry(action).center())
        assert "更正" in dialog.source.model.index(row, 1).data()
        hands.key("导入", Key.Key_Return, Mod.ControlModifier)

    def assign(dialog: BulkEdit) -> None:
        type_text("王主任、李主任", dialog.editors["leaders"])
        hands.key("修改", Key.Key_Return)

    monkeypatch.setattr(ImportDialog, "exec", in_dialog(correct_and_import))
    monkeypatch.setattr(BulkEdit, "exec", in_dialog(assign))

    # import
    dialogs.files = [feedback, ledger]
    hands.key("导入反馈意见", Key.Key_I, Mod.ControlModifier)
    hands.answered("打开")
    hands.answered("保存台账")
    qtbot.waitUntil(window.isActiveWindow)
    page = window.workspace.page("ledger")
    assert isinstance(page, LedgerPage)
    tree, model = page.tree, page.model
    snapshot = window.session.snapshot
    # a level changed in the tree
    issue = next(issue for issue in snapshot.issues if issue.parent_id is None and issue.position == 4)
    hands.row("选一个问题", tree, model.index_of((Issue, issue.id)))
    hands.key("降级", Key.Key_Tab)
    outline = model.outline
    assert outline.depth(outline.issue(issue.id)) == 2
    # ten issues in bulk
    section = window.session.snapshot.sections[-2 if len(window.session.snapshot.sections) > 2 else -1]
    first = model.index_of((Issue, outline.issues_of(section)[0].id))
    last = first
    for _ in range(9):
        last = tree.indexBelow(last) if tree.indexBelow(last).isValid() else last
    if len(outline.issues_of(section)) < 10 and model.key(last)[0] is not Issue:
        last = model.index_of((Issue, outline.issues_of(section)[-1].id))
    hands.row("第一个", tree, first)
    hands.row("到第十个", tree, last, Mod.ShiftModifier)
    chosen = [key for key in tree.selected_keys() if key[0] is Issue]
    hands.key("批量修改", Key.Key_B, Mod.ControlModifier)
    leaders = {issue.id: issue.leaders for issue in window.session.snapshot.issues}
    assert {leaders[at] for _, at in chosen} == {("王主任", "李主任")}
    # a deadline in a clerk's words
    hands.row("选一个问题", tree, first)
    deadline = page.pane.form(Issue).editors["deadline"]
    page.pane.form(Issue).ensureWidgetVisible(deadline)
    hands.click("整改时限", deadline)
    type_text("6月底前")
    hands.key("离开", Key.Key_Tab)
    changed = next(one for one in window.session.snapshot.issues if one.id == model.key(first)[1])
    assert (changed.deadline, changed.due_on) == ("6月底前", dt.date(changed.due_on.year, 6, 30))
    # undo and redo
    hands.key("撤销", Key.Key_Z, Mod.ControlModifier)
    assert window.session.redo_label == "修改整改时限"
    hands.key("恢复", Key.Key_Y, Mod.ControlModifier)
    assert window.session.undo_label == "修改整改时限"
    # a filter
    hands.key("查找", Key.Key_F, Mod.ControlModifier)
    type_text("王主任")
    qtbot.waitUntil(lambda: model.found is not None)
    assert model.found is not None
    assert model.found.issue_ids == {at for _, at in chosen}
    # both files
    dialogs.files, dialogs.choices = [workbook], ["关闭"]
    hands.key("导出台账", Key.Key_E, Mod.ControlModifier)
    hands.answered("保存台账表格")
    hands.answered("关闭提示")
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    dialogs.files, dialogs.choices = [notice], ["关闭"]
    hands.key("导出通报", Key.Key_E, Mod.ControlModifier, Mod.ShiftModifier)
    hands.answered("保存通报")
    hands.answered("关闭提示")

    cells = [str(cell.value) for row in load_workbook(workbook).worksheets[0].iter_rows() for cell in row if cell.value]
    assert any("王主任" in cell for cell in cells)
    assert any("6月底前" in cell for cell in cells)
    words = "\n".join(paragraph.text for paragraph in Document(str(notice)).paragraphs)
    assert all(section.title in words for section in window.session.snapshot.sections[:1])
    with capsys.disabled():
        steps = "、".join(f"{why} {count}" for why, count in hands.done)
        print(f"\n从反馈意见到台账和通报：{hands.count} 次点击和按键（{steps}）")
    assert len(chosen) >= (10 if feedback.name == SAMPLE else 7)
    assert hands.count <= MOST
