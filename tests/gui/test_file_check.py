"""The check of a file while it runs: beside the window, left by the clerk, under a dialog that closes, on bad files."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from answers import Dialogs, when_shown
from docx import Document
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from thread_notes import threads_of

from zhenggai_desktop import paths
from zhenggai_desktop.gui.calls import Call
from zhenggai_desktop.gui.dialogs.progress_dialog import ProgressDialog
from zhenggai_desktop.gui.main_window import MainWindow
from zhenggai_desktop.gui.messages import CLOSE
from zhenggai_desktop.gui.proof.text_dialog import TextProofDialog
from zhenggai_desktop.services import importing, proofreading

TEXT = "截止目前，建立台帐3本。"


class Gate:
    """Holds a piece of work up in its thread until it is opened."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, owner: object, name: str) -> None:
        real, self.begun, self._open, self.ended = getattr(owner, name), *(threading.Event() for _ in range(3))
        self.gave: list[object] = []

        def held(*given: Any, **named: Any) -> Any:
            self.begun.set()
            assert self._open.wait(30)
            try:
                self.gave.append(real(*given, **named))
                return self.gave[-1]
            finally:
                self.ended.set()

        monkeypatch.setattr(owner, name, held)

    def open(self) -> None:
        self._open.set()
        assert self.ended.wait(30)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "稿.docx"
    document = Document()
    document.add_paragraph(TEXT)
    document.save(str(path))
    return path


def found(text_dialog: TextProofDialog) -> set[str]:
    return {entry.finding.words for entry in text_dialog.panel.list.entries()}


def test_a_file_is_read_and_checked_beside_the_window(
    text_dialog: TextProofDialog, qtbot: QtBot, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading = threads_of(monkeypatch, importing, "source_document")
    checking = threads_of(monkeypatch, proofreading, "proofread_text")
    text_dialog.take_file(source)
    qtbot.waitUntil(lambda: text_dialog.is_current, timeout=30_000)  # the rules are loaded on the way
    assert (reading, checking) == ([False], [False])
    assert {"截止目前", "台帐"} <= found(text_dialog)


@pytest.mark.parametrize("key", [None, Qt.Key.Key_Escape])
def test_reading_that_is_left_leaves_everything_as_it_was(
    text_dialog: TextProofDialog, dialogs: Dialogs, source: Path, monkeypatch: pytest.MonkeyPatch, key: Qt.Key | None
) -> None:
    text_dialog.text.setPlainText("先前的文字")
    gate = Gate(monkeypatch, importing, "source_document")

    def leave(shown: ProgressDialog) -> None:
        if key is None:
            QTest.mouseClick(shown.cancel, Qt.MouseButton.LeftButton)
        else:
            QTest.keyClick(shown, key)

    when_shown(leave)
    dialogs.files = [source]
    text_dialog.open_button.click()
    gate.open()
    QApplication.processEvents()
    assert (text_dialog.text.toPlainText(), text_dialog.windowTitle()) == ("先前的文字", "校对文件")
    assert dialogs.shown == []


def test_while_it_is_checked_that_is_said_and_the_text_can_be_edited(
    text_dialog: TextProofDialog, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Gate(monkeypatch, proofreading, "proofread_text")
    text_dialog.text.setPlainText(TEXT)
    qtbot.waitUntil(gate.begun.is_set)
    assert text_dialog.panel._summary.text() == "正在校对…"
    text_dialog.text.setPlainText("核实的的问题2个。")  # what is checked now is of no use any more
    qtbot.waitUntil(lambda: text_dialog._runner._waiting is not None)
    gate.open()
    qtbot.waitUntil(lambda: text_dialog.is_current)
    assert "台帐" not in found(text_dialog)
    assert "的的" in found(text_dialog)


def test_a_dialog_that_closes_hears_nothing_of_the_check(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Gate(monkeypatch, proofreading, "proofread_text")
    told: list[object] = []
    monkeypatch.setattr(TextProofDialog, "_on_done", lambda _dialog, result: told.append(result))

    def act() -> None:
        text_dialog = QApplication.activeModalWidget()
        assert isinstance(text_dialog, TextProofDialog)
        text_dialog.text.setPlainText(TEXT)
        qtbot.waitUntil(gate.begun.is_set)
        text_dialog.reject()

    QTimer.singleShot(0, act)
    window.perform(Call.PROOFREAD_FILE)
    gate.open()
    qtbot.waitUntil(lambda: not _checking())
    QApplication.processEvents()
    assert (told, gate.gave) == ([], [])  # it ended with the next question whether to stop
    assert QApplication.activeModalWidget() is None


def test_a_list_that_is_left_while_the_text_is_checked_again_is_not_written(
    text_dialog: TextProofDialog, dialogs: Dialogs, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text_dialog.text.setPlainText(TEXT)
    qtbot.waitUntil(lambda: text_dialog.is_current)
    text_dialog.text.setPlainText(f"{TEXT}再次核对。")
    gate = Gate(monkeypatch, proofreading, "proofread_text")
    when_shown(lambda shown: QTest.mouseClick(shown.cancel, Qt.MouseButton.LeftButton))
    dialogs.files = [tmp_path / "意见.xlsx"]
    text_dialog.list_button.click()
    gate.open()
    assert not (tmp_path / "意见.xlsx").exists()
    assert dialogs.shown == []
    qtbot.waitUntil(lambda: text_dialog.is_current)  # the check of its own goes on


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("坏的.docx", b"PK\x03\x04 not a document"),
        ("空的.docx", b""),
        ("不在.docx", None),
        ("旧的.doc", b"\xd0\xcf\x11\xe0"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_and_changes_nothing(
    text_dialog: TextProofDialog, dialogs: Dialogs, tmp_path: Path, name: str, content: bytes | None
) -> None:
    text_dialog.text.setPlainText("先前的文字")
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    dialogs.files, dialogs.choices = [path], [CLOSE]
    text_dialog.open_button.click()
    [words] = dialogs.shown
    assert words
    assert "Traceback" not in words
    assert (text_dialog.text.toPlainText(), text_dialog.windowTitle()) == ("先前的文字", "校对文件")


def test_a_damaged_list_of_own_words_is_told_beside_the_text(text_dialog: TextProofDialog, qtbot: QtBot) -> None:
    own = paths.user_folder() / proofreading.OWN_LEXICON
    own.parent.mkdir(parents=True, exist_ok=True)
    own.write_text("{", "utf-8")
    text_dialog.text.setPlainText(TEXT)
    qtbot.waitUntil(lambda: own.name in text_dialog.panel._summary.text())
    assert (found(text_dialog), text_dialog.save_button.isEnabled()) == (set(), False)
    own.unlink()
    text_dialog.text.setPlainText(f"{TEXT}再次核对。")
    qtbot.waitUntil(lambda: text_dialog.is_current)
    assert "台帐" in found(text_dialog)


def _checking() -> bool:
    return any(thread.name.endswith("(_in_thread)") for thread in threading.enumerate())
