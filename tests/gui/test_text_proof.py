"""Proofreading a file or pasted text without a ledger: typed, mended, saved, commented."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from answers import Dialogs
from pytestqt.qtbot import QtBot

from zhenggai_desktop.gui.messages import CLOSE
from zhenggai_desktop.gui.proof.findings_list import Entry
from zhenggai_desktop.gui.proof.text_dialog import TextProofDialog

TEXT = "截止目前，建立台帐3本。\n联系人手机13812345678，核实的的问题2个。\n再次核对台帐(含电子版)。"


@pytest.fixture
def read(text_dialog: TextProofDialog, qtbot: QtBot) -> TextProofDialog:
    """The dialog with a text that was read."""
    text_dialog.text.setPlainText(TEXT)
    qtbot.waitUntil(lambda: text_dialog.is_current)
    return text_dialog


def entries(text_dialog: TextProofDialog) -> list[Entry]:
    return text_dialog.panel.list.entries()


def one(text_dialog: TextProofDialog, words: str) -> Entry:
    return next(entry for entry in entries(text_dialog) if entry.finding.words == words)


def test_pasted_text_is_read_after_a_pause(read: TextProofDialog) -> None:
    assert {"截止目前", "台帐", "13812345678", "的的"} <= {entry.finding.words for entry in entries(read)}
    assert not read.panel.waive_button.isVisible()
    assert read.text.extraSelections()


def test_a_click_selects_the_words(read: TextProofDialog) -> None:
    for entry in entries(read):
        if entry.finding.line and len(entry.finding.words) > 1:
            read.show_words(entry.finding)
            assert read.text.textCursor().selectedText() == entry.finding.words


def test_a_mend_changes_these_words_only_and_is_undone(read: TextProofDialog) -> None:
    read.panel.mend_asked.emit(one(read, "截止目前").finding)
    assert read.text.toPlainText() == TEXT.replace("截止目前", "截至目前")
    assert "截止目前" not in {entry.finding.words for entry in entries(read)}
    read.text.undo()
    assert read.text.toPlainText() == TEXT


def test_all_of_a_kind_are_one_step(read: TextProofDialog) -> None:
    read.panel.mend_all_asked.emit(one(read, "台帐").finding)
    assert read.text.toPlainText() == TEXT.replace("台帐", "台账").replace("截止目前", "截至目前")
    read.text.undo()
    assert read.text.toPlainText() == TEXT


def test_a_word_file_is_read_saved_mended_and_commented(
    text_dialog: TextProofDialog, dialogs: Dialogs, qtbot: QtBot, tmp_path: Path
) -> None:
    source = tmp_path / "稿.docx"
    document = docx.Document()
    for line in TEXT.split("\n"):
        document.add_paragraph(line)
    document.save(str(source))
    text_dialog.take_file(source)
    assert text_dialog.windowTitle() == "校对“稿.docx”"
    qtbot.waitUntil(lambda: text_dialog.is_current)
    text_dialog.panel.mend_all_asked.emit(one(text_dialog, "台帐").finding)
    targets = [tmp_path / name for name in ("改.docx", "批注.docx", "意见.xlsx")]
    dialogs.files, dialogs.choices = [*targets], [CLOSE] * 3
    for button in (text_dialog.save_button, text_dialog.comment_button, text_dialog.list_button):
        button.click()
    saved = [paragraph.text for paragraph in docx.Document(str(targets[0])).paragraphs]
    assert "截至目前，建立台账3本。" in saved
    assert "台帐" in "".join(paragraph.text for paragraph in docx.Document(str(targets[1])).paragraphs)
    assert list(docx.Document(str(targets[1])).comments)
    assert targets[2].stat().st_size > 0


def test_an_empty_text_has_nothing_to_save(text_dialog: TextProofDialog) -> None:
    assert not text_dialog.save_button.isEnabled()
    assert not text_dialog.comment_button.isEnabled()
