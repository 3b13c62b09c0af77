"""The import assistant under a clerk's hands: lines corrected, nothing imported before it is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders import a_ledger
from keyboard import ALT, CTRL, press
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton
from pytestqt.qtbot import QtBot

from zhenggai_desktop.domain.records import DocumentKind, Snapshot
from zhenggai_desktop.gui.dialogs.import_dialog import ImportDialog
from zhenggai_desktop.gui.dialogs.source_lines import TEXT, USE, SourceLines
from zhenggai_desktop.services.import_assistant import assist
from zhenggai_desktop.services.importing import apply, plan_source


@pytest.fixture
def feedback(resources: Path) -> Path:
    return resources / "samples" / "示例反馈意见.txt"


def shown(dialog: ImportDialog, qtbot: QtBot) -> ImportDialog:
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is dialog.source.view)
    return dialog


@pytest.fixture
def dialog(feedback: Path, qtbot: QtBot) -> ImportDialog:
    return shown(ImportDialog(assist(feedback, Snapshot()), compared=False), qtbot)


def row_with(dialog: ImportDialog, words: str) -> int:
    return next(row for row, line in enumerate(dialog.source.model.lines) if words in line.text)


def use_of(dialog: ImportDialog, words: str) -> str:
    return dialog.source.model.index(row_with(dialog, words), USE).data()


def choose_role(dialog: ImportDialog, name: str) -> None:
    next(action for action in dialog.source.role.menu().actions() if action.text() == name).trigger()


def press_button(key: Qt.Key, dialog: ImportDialog, qtbot: QtBot) -> None:
    """Alt and a letter: the button goes down first and does its work when it comes up."""
    before = dialog.plan
    press(key, ALT)
    qtbot.waitUntil(lambda: dialog.plan is not before)


def click(button: QPushButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


class TestLines:
    def test_stand_with_what_they_became(self, dialog: ImportDialog) -> None:
        assert use_of(dialog, "服务中心大局") == "方面"
        assert use_of(dialog, "理论学习联系实际") == "问题"
        assert use_of(dialog, "送学到基层") == "具体表现"
        assert use_of(dialog, "压实整改责任") == "意见建议"

    def test_are_a_sound_model_through_corrections(self, dialog: ImportDialog, qtbot: QtBot) -> None:
        model = dialog.source.model
        tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
        dialog.source.go_to(8)
        click(dialog.source.leave)
        click(dialog.source.back)
        assert tester.model() is model
        assert isinstance(model, SourceLines)

    def test_are_shown_as_written_never_as_markup(self, tmp_path: Path, qtbot: QtBot) -> None:
        (tmp_path / "源.txt").write_text("关于巡察的反馈意见\n一、问题\n1.<b>甲</b>不严。", "utf-8")
        dialog = shown(ImportDialog(assist(tmp_path / "源.txt", Snapshot()), compared=False), qtbot)
        row = row_with(dialog, "甲")
        dialog.source.go_to(row)
        index = dialog.source.model.index(row, TEXT)
        assert "<b>甲</b>" in index.data()
        assert "<b>" not in index.data(Qt.ItemDataRole.ToolTipRole)
        assert dialog.source.whole.toPlainText() == "1.<b>甲</b>不严。"


class TestCorrections:
    def test_a_line_is_given_another_level(self, dialog: ImportDialog) -> None:
        dialog.source.go_to(row_with(dialog, "老旧小区"))
        choose_role(dialog, "具体表现")
        assert use_of(dialog, "老旧小区") == "具体表现（更正）"
        assert dialog.source.line().text.startswith("2.老旧小区")
        choose_role(dialog, "恢复自动识别")
        assert use_of(dialog, "老旧小区") == "问题"

    def test_a_line_is_left_out_and_taken_in_again_by_the_same_key(self, dialog: ImportDialog, qtbot: QtBot) -> None:
        dialog.source.go_to(row_with(dialog, "送学到基层"))
        press_button(Qt.Key.Key_D, dialog, qtbot)
        assert use_of(dialog, "送学到基层") == "不导入"
        assert not [title for title in dialog.result_view.tree.titles() if "送学到基层" in title]
        press_button(Qt.Key.Key_D, dialog, qtbot)
        assert use_of(dialog, "送学到基层") == "具体表现"

    def test_a_line_is_joined_to_the_one_before(self, dialog: ImportDialog, qtbot: QtBot) -> None:
        dialog.source.go_to(row_with(dialog, "送学到基层"))
        press_button(Qt.Key.Key_J, dialog, qtbot)
        assert use_of(dialog, "送学到基层") == "并入上一行"

    def test_a_line_is_split_at_the_cursor(self, dialog: ImportDialog, qtbot: QtBot) -> None:
        source = dialog.source
        source.go_to(row_with(dialog, "中心组学习研讨"))
        assert not source.split.isEnabled()
        source.whole.setFocus()
        for _ in "（1）中心组学习研讨质量不高。":
            press(Qt.Key.Key_Right)
        press_button(Qt.Key.Key_S, dialog, qtbot)
        texts = [line.text for line in source.model.lines]
        at = texts.index("（1）中心组学习研讨质量不高。")
        assert texts[at + 1] == "个别研讨发言与工作结合不紧。"
        assert use_of(dialog, "个别研讨发言") == "问题原文"

    def test_the_last_correction_is_taken_back(self, dialog: ImportDialog, qtbot: QtBot) -> None:
        assert not dialog.source.back.isEnabled()
        dialog.source.go_to(row_with(dialog, "送学到基层"))
        press_button(Qt.Key.Key_D, dialog, qtbot)
        assert dialog.source.back.isEnabled()
        press(Qt.Key.Key_Z, CTRL)
        assert use_of(dialog, "送学到基层") == "具体表现"
        assert not dialog.source.back.isEnabled()

    def test_the_kind_of_the_document_is_changed(self, dialog: ImportDialog) -> None:
        dialog.kind.setFocus()
        press(Qt.Key.Key_End)
        assert dialog.plan.document is DocumentKind.NOTICE
        assert dialog.summary.text().startswith("识别为整改通报")

    def test_the_first_line_has_no_line_before_it(self, dialog: ImportDialog) -> None:
        dialog.source.go_to(0)
        assert not dialog.source.join.isEnabled()


class TestGoingTo:
    def test_a_doubt_leads_to_its_line(self, published: Path, qtbot: QtBot) -> None:
        dialog = shown(ImportDialog(assist(published / "notice-scheme-a.txt", Snapshot()), compared=False), qtbot)
        doubt = dialog.plan.doubts[0]
        assert dialog.doubts_caption.text() == f"存疑 {len(dialog.plan.doubts)} 处，请核对"
        item = dialog.doubts.topLevelItem(0)
        assert (item.text(0), item.text(1)) == (f"第 {doubt.line} 行", doubt.text)
        place = dialog.doubts.visualItemRect(item).center()
        QTest.mouseClick(dialog.doubts.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert dialog.source.line().place.line == doubt.line

    def test_a_record_leads_to_its_line_and_a_line_to_its_record(self, dialog: ImportDialog) -> None:
        dialog.result_view.tree.setFocus()
        press(Qt.Key.Key_Home)
        press(Qt.Key.Key_Down)
        assert "理论学习联系实际" in dialog.source.line().text
        dialog.source.view.setFocus()
        press(Qt.Key.Key_Down)
        assert "中心组学习研讨" in dialog.result_view.tree.currentItem().text(0)

    def test_without_doubts_it_says_so(self, dialog: ImportDialog) -> None:
        assert dialog.doubts_caption.text() == "没有存疑之处"
        assert not dialog.doubts.isVisible()


class TestImporting:
    def test_enter_in_the_lines_does_not_import(self, dialog: ImportDialog) -> None:
        press(Qt.Key.Key_Return)
        assert dialog.isVisible()

    def test_ctrl_enter_imports_the_plan_as_corrected(self, dialog: ImportDialog, qtbot: QtBot) -> None:
        dialog.source.go_to(row_with(dialog, "送学到基层"))
        press_button(Qt.Key.Key_D, dialog, qtbot)
        press(Qt.Key.Key_Return, CTRL)
        assert dialog.result() == QDialog.DialogCode.Accepted
        assert not any("送学到基层" in issue.record.title for issue in dialog.plan.issues())

    def test_a_ledger_is_compared_with(self, feedback: Path, tmp_path: Path, qtbot: QtBot) -> None:
        with a_ledger(tmp_path) as ledger:
            apply(ledger, plan_source(feedback))
            snapshot = ledger.snapshot
        dialog = shown(ImportDialog(assist(feedback, snapshot), compared=True), qtbot)
        tabs = [dialog.result_view.tabText(at) for at in range(dialog.result_view.count())]
        assert [tab.split()[0] for tab in tabs[:5]] == ["内容", "新增", "已有", "不同", "台账独有"]
        assert tabs[1] == "新增 0"
        assert int(tabs[2].split()[1]) > 10
        assert not dialog.import_button.isEnabled()

    def test_without_a_ledger_there_is_nothing_to_compare(self, dialog: ImportDialog) -> None:
        tabs = [dialog.result_view.tabText(at).split()[0] for at in range(dialog.result_view.count())]
        assert tabs == ["内容", "未归入", "已规范"]
