"""Drafts in the window: what came back is shown and taken, two drafts are compared, the published text is checked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from answers import Dialogs
from builders import a_ledger
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton
from pytestqt.qtbot import QtBot
from thread_notes import threads_of

from zhenggai_desktop.domain.records import Issue, Measure, Section
from zhenggai_desktop.gui.notice import drafts_dialog, published_dialog
from zhenggai_desktop.gui.notice.drafts_dialog import DraftsDialog
from zhenggai_desktop.gui.notice.head import COLLECT, PUBLISHED, REGISTER
from zhenggai_desktop.gui.notice.published_dialog import PublishedDialog
from zhenggai_desktop.gui.notice.returned_dialog import KIND, PLACE, TICK, WORDS, ReturnedDialog
from zhenggai_desktop.gui.pages.notice import NoticePage
from zhenggai_desktop.gui.session import LedgerSession
from zhenggai_desktop.services import returning
from zhenggai_desktop.services.drafts import send_notice
from zhenggai_desktop.services.ledger import Ledger

Check = Qt.CheckState


@pytest.fixture
def session(dialogs: Dialogs, tmp_path: Path) -> Iterator[LedgerSession]:
    """A ledger whose notice went out and came back with three changes."""
    with a_ledger(
        tmp_path,
        Section(title="关于作风方面问题"),
        Issue(section_id=1, title="作风不实"),
        Issue(section_id=1, title="<b>制度</b>不全"),
        Measure(issue_id=1, progress="开展检查三次，发现问题五个。"),
        Measure(issue_id=2, progress="修订制度两项，公开办事流程。"),
        organisation="柳林镇党委",
    ) as ledger:
        send_notice(ledger, tmp_path / "稿.docx")
    document = docx.Document(str(tmp_path / "稿.docx"))
    for paragraph in document.paragraphs:
        for run in paragraph.runs:
            for old, new in (("检查三次", "专项检查四次"), ("两项", "三项"), ("1.", "3.")):
                run.text = run.text.replace(old, new)
    document.save(str(tmp_path / "稿.docx"))
    session = LedgerSession()
    session.open(tmp_path / "台账.zgtz")
    yield session
    session.close()
    session.deleteLater()


@pytest.fixture
def page(session: LedgerSession, qtbot: QtBot) -> NoticePage:
    page = NoticePage(session)
    qtbot.addWidget(page)
    page.resize(1200, 700)
    page.show()
    return page


class Asked:
    """Catches a dialog of the page, does something with it, and says what was shown."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._monkeypatch = monkeypatch

    def by(self, page: NoticePage, call: str, kind: type[QDialog], work) -> None:
        opened: list[QDialog] = []

        def run(dialog: QDialog) -> int:
            opened.append(dialog)
            dialog.show()
            work(dialog)
            dialog.close()
            return dialog.result()

        self._monkeypatch.setattr(kind, "exec", run)
        page.head.drafts_asked.emit(call)
        assert len(opened) == 1


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Asked:
    return Asked(monkeypatch)


def click(button: QPushButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def progress(session: LedgerSession) -> list[str]:
    return [one.progress for one in session.snapshot.measures]


def rows(dialog: ReturnedDialog) -> list[list[str]]:
    items = [dialog.list.topLevelItem(at) for at in range(dialog.list.topLevelItemCount())]
    return [[item.text(column) for column in (KIND, PLACE, WORDS)] for item in items if item is not None]


class TestReturned:
    def test_changes_stand_side_by_side(self, page: NoticePage, dialogs: Dialogs, asked: Asked, tmp_path: Path) -> None:
        dialogs.files = [tmp_path / "稿.docx"]

        def work(dialog: ReturnedDialog) -> None:
            assert dialog.summary.text() == "整改通报（社会公开稿）第1稿：改写 3 处"
            assert [row[:2] for row in rows(dialog)] == [
                ["改写", "问题1-1 作风不实"], ["改写", "问题1-1 作风不实"], ["改写", "问题1-2 <b>制度</b>不全"],
            ]  # fmt: skip
            assert dialog.ticked == [2, 3]
            assert dialog.state.text() == "不能收入：只改了编号，编号由标题方案排定。"
            dialog.list.setCurrentItem(dialog.list.topLevelItem(1))
            assert dialog.before.toPlainText() == "整改进展情况：开展检查三次，发现问题五个。"
            assert dialog.after.toPlainText() == "整改进展情况：开展专项检查四次，发现问题五个。"
            assert dialog.list.topLevelItem(2).toolTip(PLACE) == "问题1-2 ＜b>制度＜/b>不全"

        before = progress(page.session)
        asked.by(page, COLLECT, ReturnedDialog, work)
        assert progress(page.session) == before

    def test_what_is_ticked_is_taken_in_one_step(
        self,
        page: NoticePage,
        dialogs: Dialogs,
        asked: Asked,
        tmp_path: Path,
        qtbot: QtBot,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        dialogs.files = [tmp_path / "稿.docx"]
        in_the_window = threads_of(monkeypatch, returning, "take_returned")
        told: list[str] = []
        page.told.connect(told.append)

        def work(dialog: ReturnedDialog) -> None:
            qtbot.waitUntil(lambda: QApplication.focusWidget() is dialog.list)
            dialog.list.setCurrentItem(dialog.list.topLevelItem(1))
            QTest.keyClick(dialog.list, Qt.Key.Key_Space)  # refused
            assert (dialog.ticked, dialog.take_button.text()) == ([3], "收入 1 处")
            QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
            assert dialog.isVisible()
            assert dialog.list.topLevelItem(2).checkState(TICK) is Check.Unchecked
            assert dialog.ticked == []

        asked.by(page, COLLECT, ReturnedDialog, work)
        assert progress(page.session) == ["开展检查三次，发现问题五个。", "修订制度三项，公开办事流程。"]
        assert told == ["已收入“稿.docx”的 1 处修改，可用“撤销”退回。"]
        assert in_the_window == [False]
        page.session.undo()
        assert progress(page.session)[1] == "修订制度两项，公开办事流程。"

    def test_all_or_none_by_a_button(self, page: NoticePage, dialogs: Dialogs, asked: Asked, tmp_path: Path) -> None:
        dialogs.files = [tmp_path / "稿.docx"]

        def work(dialog: ReturnedDialog) -> None:
            click(dialog.none_button)
            assert (dialog.ticked, dialog.take_button.isEnabled()) == ([], False)
            click(dialog.all_button)
            assert dialog.take_button.text() == "收入 2 处"
            click(dialog.take_button)
            assert dialog.result() == QDialog.DialogCode.Accepted

        asked.by(page, COLLECT, ReturnedDialog, work)
        assert progress(page.session) == ["开展专项检查四次，发现问题五个。", "修订制度三项，公开办事流程。"]

    def test_an_older_draft_is_told_and_asked_about(
        self, page: NoticePage, dialogs: Dialogs, asked: Asked, tmp_path: Path
    ) -> None:
        page.session.edit(lambda ledger: send_notice(ledger, tmp_path / "二.docx"))
        dialogs.files = [tmp_path / "稿.docx"]
        dialogs.choices = ["取消", "收入"]

        def work(dialog: ReturnedDialog) -> None:
            assert "之后又导出过第2稿" in dialog.remarks.text()
            assert dialog.ticked == []
            click(dialog.all_button)
            click(dialog.take_button)
            assert progress(page.session)[0] == "开展检查三次，发现问题五个。"
            click(dialog.take_button)

        asked.by(page, COLLECT, ReturnedDialog, work)
        assert progress(page.session)[0] == "开展专项检查四次，发现问题五个。"

    def test_a_foreign_file_is_told_in_a_sentence(self, page: NoticePage, dialogs: Dialogs, tmp_path: Path) -> None:
        (tmp_path / "别的.txt").write_text("会议研究了防汛工作。", "utf-8")
        dialogs.files = [tmp_path / "别的.txt"]
        dialogs.choices = ["关闭"]
        page.head.drafts_asked.emit(COLLECT)
        assert "不是从本台账导出的文稿" in dialogs.shown[0]


class TestRegister:
    def test_a_draft_is_compared_with_the_ledger_now(
        self, page: NoticePage, asked: Asked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        in_the_window = threads_of(monkeypatch, drafts_dialog, "compare_drafts")

        def change(ledger: Ledger) -> None:
            with ledger.step("修改") as writer:
                writer.update(Measure, 2, progress="修订制度六项，公开办事流程。")

        page.session.edit(change)
        page.session.edit(lambda ledger: send_notice(ledger, tmp_path / "发布.docx", final=True))

        def work(dialog: DraftsDialog) -> None:
            assert [dialog.list.topLevelItem(at).text(1) for at in range(2)] == [
                "整改通报（社会公开稿）发布稿", "整改通报（社会公开稿）第1稿",
            ]  # fmt: skip
            assert dialog.state.text().endswith("没有不同")
            dialog.list.setCurrentItem(dialog.list.topLevelItem(1))
            assert dialog.state.text() == "整改通报（社会公开稿）第1稿 → 台账现状：1 处不同"
            assert "修订制度两六项" in dialog.changes.toPlainText()
            dialog.other.setCurrentIndex(1)
            dialog.other.activated.emit(1)
            assert dialog.state.text().startswith("整改通报（社会公开稿）第1稿 → 整改通报（社会公开稿）发布稿：1 处")

        asked.by(page, REGISTER, DraftsDialog, work)
        assert in_the_window
        assert not any(in_the_window)


class TestPublished:
    def test_pasted_words_are_held_against_the_draft(
        self, page: NoticePage, asked: Asked, dialogs: Dialogs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        in_the_window = threads_of(monkeypatch, published_dialog, "check_pasted")
        text = "\n".join(one.text for one in docx.Document(str(tmp_path / "稿.docx")).paragraphs)
        dialogs.choices = ["关闭"]
        dialogs.files = [tmp_path / "稿.docx"]

        def work(dialog: PublishedDialog) -> None:
            click(dialog.check_button)
            assert dialogs.shown == ["没有粘贴文字。请从网页上复制全文，粘贴后再核对。"]
            dialog.words.setPlainText(text)
            click(dialog.check_button)
            assert dialog.state.text() == "粘贴的文字与整改通报（社会公开稿）第1稿有 3 处不同"
            click(dialog.open_button)
            assert dialog.state.text().startswith("稿.docx与")

        asked.by(page, PUBLISHED, PublishedDialog, work)
        assert in_the_window == [False, False]

    def test_without_a_draft_there_is_nothing_to_check(self, page: NoticePage, dialogs: Dialogs) -> None:
        page.session.undo()
        dialogs.choices = ["关闭"]
        page.head.drafts_asked.emit(PUBLISHED)
        assert "还没有登记过文稿" in dialogs.shown[0]
