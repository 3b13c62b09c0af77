"""The other documents seen before they go out, and their templates changed, kept and dropped again."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import pytest
from answers import Dialogs
from builders import a_ledger, a_tree
from full_ledger import full_ledger
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QDialog, QTreeWidgetItem
from pytestqt.qtbot import QtBot
from thread_notes import threads_of

from zhenggai_desktop.domain.blocks import Document
from zhenggai_desktop.domain.document_names import (
    ENTRY_NAMES,
    ISSUE_NAMES,
    PART_NAMES,
    REPEAT_NAMES,
    SECTION_NAMES,
    TABLE_NAMES,
    column_names,
)
from zhenggai_desktop.domain.document_template import BLOCK_KINDS, REPEATED, TABLE_KEYS, load_document_template
from zhenggai_desktop.domain.document_values import RecordTexts
from zhenggai_desktop.domain.layout import GUOBIAO
from zhenggai_desktop.domain.schemes import scheme_for
from zhenggai_desktop.gui.notice.documents_dialog import DocumentsDialog
from zhenggai_desktop.gui.notice.template_dialog import TemplateDialog
from zhenggai_desktop.gui.session import LedgerSession
from zhenggai_desktop.paper.pages import LaidOut, PageMaker
from zhenggai_desktop.services import documents as services_documents
from zhenggai_desktop.services.documents import KINDS, chosen_template

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "documents"


@pytest.fixture
def session(dialogs: Dialogs, tmp_path: Path) -> Iterator[LedgerSession]:
    a_ledger(tmp_path, *a_tree(), organisation="中共清河区柳林街道工作委员会").close()
    session = LedgerSession()
    session.open(tmp_path / "台账.zgtz")
    yield session
    session.close()
    session.deleteLater()


@pytest.fixture
def documents(session: LedgerSession, qtbot: QtBot, tmp_path: Path) -> DocumentsDialog:
    dialog = DocumentsDialog(session, FOLDER, tmp_path / "own")
    qtbot.addWidget(dialog)
    return dialog


@pytest.fixture
def editor(session: LedgerSession, qtbot: QtBot) -> TemplateDialog:
    template = chosen_template("plan", FOLDER)
    dialog = TemplateDialog(template, session.snapshot, dt.date(2025, 1, 8), GUOBIAO)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def entries(dialog: TemplateDialog) -> list[QTreeWidgetItem]:
    root = dialog.tree.invisibleRootItem()
    return [root.child(at) for at in range(root.childCount())]


def words(dialog: DocumentsDialog | TemplateDialog) -> str:
    laid_out = dialog.preview.view.laid_out
    assert laid_out is not None
    return "".join(piece.text for page in laid_out.pages for line in page.lines for piece in line.line.pieces)


def test_every_document_is_shown_with_its_tables(documents: DocumentsDialog) -> None:
    for at, kind in enumerate(KINDS):
        documents.list.setCurrentRow(at)
        assert documents.kind == kind
        assert documents.preview.view.page_count >= 1
    documents.list.setCurrentRow(0)
    assert "整改责任清单" in words(documents)


def test_a_document_is_saved_as_pdf_and_registered(
    documents: DocumentsDialog,
    dialogs: Dialogs,
    session: LedgerSession,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    in_the_window = threads_of(monkeypatch, services_documents, "send_document")
    dialogs.files, dialogs.choices = [tmp_path / "方案.pdf"], ["关闭"]
    documents.save_button.click()
    assert (tmp_path / "方案.pdf").read_bytes().startswith(b"%PDF")
    assert [draft.file_name for draft in session.snapshot.drafts] == ["方案.pdf"]
    assert in_the_window == [False]


def test_a_changed_template_is_kept_used_and_dropped(
    documents: DocumentsDialog, dialogs: Dialogs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def change(dialog: TemplateDialog) -> QDialog.DialogCode:
        dialog.tree.setCurrentItem(entries(dialog)[0])
        dialog.entry.text.setPlainText("{单位简称}整改落实方案")
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(TemplateDialog, "exec", change)
    documents.edit_button.click()
    assert "整改落实方案" in words(documents)
    assert "自己的模板" in documents.list.item(0).text()
    dialogs.files, dialogs.choices = [tmp_path / "方案"], ["关闭"]
    documents.save_button.click()
    assert "整改落实方案" in docx.Document(str(tmp_path / "方案.docx")).paragraphs[0].text.replace("\n", "")
    dialogs.choices = ["恢复自带模板"]
    documents.reset_button.click()
    assert "整改落实方案" not in words(documents)
    assert not documents.reset_button.isEnabled()


def test_a_damaged_own_template_is_told_and_can_be_dropped(
    documents: DocumentsDialog, dialogs: Dialogs, tmp_path: Path
) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "statistics.json").write_text("{", "utf-8")
    dialogs.choices = ["关闭"]
    documents.list.setCurrentRow(KINDS.index("statistics"))
    assert "不是有效的 JSON" in dialogs.shown[0]
    dialogs.choices = ["恢复自带模板"]
    documents.reset_button.click()
    assert "统计表" in words(documents)


def test_an_untouched_template_is_what_it_was(editor: TemplateDialog) -> None:
    assert editor.template == chosen_template("plan", FOLDER)


def test_entries_are_added_moved_and_removed_with_the_pages_beside_them(editor: TemplateDialog, qtbot: QtBot) -> None:
    editor.add("paragraph")
    editor.entry.text.setPlainText("经研究，制定本方案：")
    editor.entry.text.moveCursor(QTextCursor.MoveOperation.End)
    editor.entry.insert("单位简称")
    qtbot.waitUntil(lambda: "经研究，制定本方案：" in words(editor))
    assert [block.kind for block in editor.template.blocks[:2]] == ["title", "paragraph"]
    editor.move(-1)
    assert editor.template.blocks[0].text == "经研究，制定本方案：{单位简称}"
    assert not editor.up_button.isEnabled()
    editor.remove()
    assert editor.template == chosen_template("plan", FOLDER)


def test_a_placeholder_of_an_issue_is_offered_only_where_issues_repeat(editor: TemplateDialog) -> None:
    def groups() -> list[str]:
        return [action.text() for action in editor.entry.menu.actions()]

    assert "这个问题" not in groups()
    repeated = next(item for item in entries(editor) if item.text(0).startswith("逐项重复"))
    editor.tree.setCurrentItem(repeated.child(1).child(0))
    assert groups()[0] == "这个问题"


def test_columns_are_chosen_renamed_and_moved(editor: TemplateDialog, qtbot: QtBot) -> None:
    item = next(item for item in entries(editor) if item.text(0) == "表格　问题清单")
    editor.tree.setCurrentItem(item)
    table = editor.entry.table
    section, caption = table.item(1, 0), table.item(2, 1)
    assert section is not None
    assert caption is not None
    section.setCheckState(Qt.CheckState.Unchecked)
    caption.setText("存在问题")
    table.setCurrentCell(2, 0)
    editor.entry.move_column(-1)
    (spec,) = [block for block in editor.template.blocks if block.kind == "table" and block.of == "issues"]
    assert [column.key for column in spec.columns[:3]] == ["number", "issue", "manifestation"]
    assert spec.columns[1].caption == "存在问题"
    qtbot.waitUntil(lambda: "存在问题" in words(editor))


def test_a_template_is_saved_for_another_computer(editor: TemplateDialog, dialogs: Dialogs, tmp_path: Path) -> None:
    dialogs.files, dialogs.choices = [tmp_path / "模板"], ["关闭"]
    editor.file_button.click()
    text = (tmp_path / "模板.json").read_text("utf-8")
    assert load_document_template(text, "plan") == chosen_template("plan", FOLDER)


def test_everything_that_a_template_knows_has_a_name() -> None:
    assert set(ENTRY_NAMES) == set(BLOCK_KINDS)
    assert set(REPEAT_NAMES) == set(REPEATED)
    assert set(TABLE_NAMES) == set(TABLE_KEYS)
    assert all(name != key for of in TABLE_KEYS for key, name in column_names(of).items())
    snapshot = full_ledger()
    records = RecordTexts(snapshot, scheme_for(snapshot.facts), dt.date(2025, 1, 8))
    assert set(records.issue(snapshot.issues[0], 1)) == set(ISSUE_NAMES)
    assert set(records.section(None, 1)) == set(SECTION_NAMES)
    ((_, part), *_) = records.parts(snapshot.issues[0])
    assert set(part) - set(ISSUE_NAMES) == set(PART_NAMES)


class TestALargeLedger:
    """Its documents are laid out beside the window."""

    @pytest.fixture
    def large(self, dialogs: Dialogs, qtbot: QtBot, tmp_path: Path) -> Iterator[DocumentsDialog]:
        a_ledger(tmp_path, *a_tree(2, 15, 2), name="大.zgtz").close()
        session = LedgerSession()
        session.open(tmp_path / "大.zgtz")
        dialog = DocumentsDialog(session, FOLDER, tmp_path / "own")
        qtbot.addWidget(dialog)
        dialog.show()
        yield dialog
        dialog.reject()
        dialog.pages.settle()
        session.close()
        session.deleteLater()

    def test_its_pages_come_when_they_are_there(self, large: DocumentsDialog, qtbot: QtBot) -> None:
        assert (large.preview.view.page_count, large.preview.state) == (0, "正在排版…")
        assert not large.print_button.isEnabled()
        qtbot.waitUntil(lambda: large.preview.view.page_count > 1)
        assert large.preview.state.startswith("共 ")
        assert large.print_button.isEnabled()

    def test_what_was_chosen_last_is_shown(self, large: DocumentsDialog) -> None:
        for kind in ("plan", "progress_report", "statistics"):
            large.list.setCurrentRow(KINDS.index(kind))
        large.pages.settle()
        assert "统计表" in words(large)

    def test_nothing_comes_after_it_is_closed(
        self, large: DocumentsDialog, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        large.pages.settle()
        begun, go_on, ended, told = threading.Event(), threading.Event(), threading.Event(), list[object]()
        lay_out = PageMaker.lay_out

        def slow(maker: PageMaker, document: Document, tick: Any) -> LaidOut:
            begun.set()
            assert go_on.wait(30)
            try:
                return lay_out(maker, document, tick)
            finally:
                ended.set()

        monkeypatch.setattr(PageMaker, "lay_out", slow)
        large.pages.shown.connect(lambda: told.append(None))
        large.list.setCurrentRow(1)
        assert begun.wait(30)
        large.reject()
        go_on.set()
        assert ended.wait(30)
        large.pages.settle()
        assert (told, large.pages.laid_out) == ([], None)

    def test_pages_are_painted_with_the_fonts_of_the_window(self, large: DocumentsDialog) -> None:
        large.pages.settle()
        laid_out = large.preview.view.laid_out
        assert laid_out is not None
        assert laid_out.faces is large.pages._faces
        assert not large.preview.view.grab().toImage().isNull()
