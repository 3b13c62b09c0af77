"""The editor of schemes: a key is seen in the pages at once; what is wrong is said beside its field."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from answers import Dialogs
from builders import a_ledger, a_snapshot, a_tree
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from zhenggai_desktop.domain.schemes import BUILT_IN, load_scheme, scheme_for
from zhenggai_desktop.gui.notice.head import SCHEME
from zhenggai_desktop.gui.notice.scheme_dialog import SchemeDialog
from zhenggai_desktop.gui.pages.notice import NoticePage
from zhenggai_desktop.gui.session import LedgerSession
from zhenggai_desktop.services.importing import plan_source


@pytest.fixture
def dialog(dialogs: Dialogs, qtbot: QtBot, tmp_path: Path) -> Iterator[SchemeDialog]:
    dialog = SchemeDialog(a_snapshot(*a_tree()), BUILT_IN["a"], tmp_path)
    qtbot.addWidget(dialog)
    dialog.show()
    yield dialog
    dialog.close()


def type_over(field: QLineEdit, text: str) -> None:
    """As an input method does, which is how Chinese is typed."""
    field.selectAll()
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(field, event)


def printed(dialog: SchemeDialog) -> str:
    laid_out = dialog.preview.view._laid_out
    assert laid_out is not None
    return "\n".join(block.text for block in laid_out.document.blocks)


def click(button: QPushButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_heading_is_changed_and_seen_at_once(dialog: SchemeDialog, qtbot: QtBot) -> None:
    assert "1.针对第1项工作抓得不够紧，责任没有压实到人问题。" in printed(dialog)
    type_over(dialog.rows["issue-1"].text, "问题{编号}：{标题}。")
    qtbot.waitUntil(lambda: "问题1：第1项工作抓得不够紧，责任没有压实到人。" in printed(dialog))
    assert dialog.scheme.issues[0].pattern == "问题{n}：{title}。"
    assert dialog.use_button.isEnabled()


def test_numbers_run_through_or_restart(dialog: SchemeDialog, qtbot: QtBot) -> None:
    assert "4.针对第4项" not in printed(dialog)
    QTest.mouseClick(
        dialog.rows["issue-1"].restarts, Qt.MouseButton.LeftButton, pos=dialog.rows["issue-1"].restarts.rect().center()
    )
    qtbot.waitUntil(lambda: "4.针对第4项" in printed(dialog))


def test_what_is_wrong_is_said_and_cannot_be_used(dialog: SchemeDialog, qtbot: QtBot) -> None:
    row = dialog.rows["section"]
    before = printed(dialog)
    for text, problem in (
        ("（{编号}）关于", "要写一个{标题}"),
        ("（{编码}）{标题}", "花括号里只能写{编号}或{标题}"),
        ("{标题}", "选了编号样式，要写{编号}"),
        ("{编号}{编号}{标题}", "{编号}只能写一个"),
    ):
        type_over(row.text, text)
        assert (row.problem.text(), row.problem.isVisible()) == (problem, True)
        assert not dialog.use_button.isEnabled()
    assert printed(dialog) == before
    type_over(row.text, "（{编号}）{标题}")
    assert (row.problem.isVisible(), dialog.use_button.isEnabled()) == (False, True)


def test_answers_and_chapters(dialog: SchemeDialog, qtbot: QtBot) -> None:
    type_over(dialog.label, "整改措施及成效：")
    dialog.form.setCurrentIndex(1)
    dialog.form.activated.emit(1)
    qtbot.waitUntil(lambda: "整改措施及成效：\n（一）已召开专题会议两次" in printed(dialog))
    assert "一、整改工作组织开展情况" in printed(dialog)
    click(dialog.frame_list.remove_button)
    qtbot.waitUntil(lambda: "一、反馈问题整改进展情况" in printed(dialog))
    click(dialog.frame_list.down_button)
    qtbot.waitUntil(lambda: "一、下一步工作打算" in printed(dialog))
    click(dialog.frame_list.add_button)
    editor = dialog.frame_list.list.findChild(type(dialog.label))
    type_over(editor, "整改保障情况")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "、整改保障情况" in printed(dialog))


def test_a_scheme_is_kept_as_a_file_and_read_again(dialog: SchemeDialog, dialogs: Dialogs, tmp_path: Path) -> None:
    type_over(dialog.rows["issue-1"].text, "{编号}.{标题}。")
    dialogs.files = [tmp_path / "我的方案"]
    dialogs.choices = ["关闭"]
    dialog.save_action.trigger()
    saved = load_scheme((tmp_path / "我的方案.json").read_text("utf-8"))
    assert saved == dialog.scheme
    dialog.base.setCurrentIndex(4)
    dialog.base.activated.emit(4)
    assert dialog.scheme == BUILT_IN["e"]
    dialogs.files = [tmp_path / "我的方案.json"]
    dialog.file_button.menu().actions()[0].trigger()
    assert dialog.scheme == saved
    assert dialog.rows["issue-1"].text.text() == "{编号}.{标题}。"


def test_a_scheme_is_taken_from_a_notice(
    dialog: SchemeDialog, dialogs: Dialogs, notice: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "空.txt").write_text("没有问题的文字。", "utf-8")
    dialog.show_scheme(BUILT_IN["d"])
    dialogs.files = [tmp_path / "空.txt", notice]
    dialogs.choices = ["关闭"]
    click(dialog.notice_button)
    assert "没有找到问题的标题" in dialogs.shown[0]
    assert dialog.scheme == BUILT_IN["d"]
    click(dialog.notice_button)
    assert dialog.scheme == scheme_for(plan_source(notice).facts) != BUILT_IN["d"]
    assert dialog.rows["chapter"].text.text() == "{编号}、{标题}"


def test_the_page_heads_its_notice_by_the_scheme_that_is_used(
    dialogs: Dialogs, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_ledger(tmp_path, *a_tree()).close()
    session = LedgerSession()
    session.open(tmp_path / "台账.zgtz")
    page = NoticePage(session)
    qtbot.addWidget(page)
    page.show()

    def run(dialog: SchemeDialog) -> int:
        dialog.show()
        type_over(dialog.rows["issue-1"].text, "{编号}.{标题}。")
        click(dialog.use_button)
        return dialog.result()

    monkeypatch.setattr(SchemeDialog, "exec", run)
    page.head.drafts_asked.emit(SCHEME)
    assert scheme_for(session.snapshot.facts).issues[0].pattern == "{n}.{title}。"
    assert session.undo_label == "选择标题方案"
    monkeypatch.setattr(SchemeDialog, "exec", lambda _dialog: QDialog.DialogCode.Rejected)
    session.undo()
    page.head.drafts_asked.emit(SCHEME)
    assert scheme_for(session.snapshot.facts) == BUILT_IN["a"]
    session.close()
    session.deleteLater()
