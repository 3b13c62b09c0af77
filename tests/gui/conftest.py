"""A real window on a real ledger; dialogs answered as each test says; nothing left behind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from answers import Dialogs
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog
from pytestqt.qtbot import QtBot

from zhenggai_desktop.gui import app, messages
from zhenggai_desktop.gui.dialogs.import_dialog import ImportDialog
from zhenggai_desktop.gui.dialogs.import_preview import ImportPreview
from zhenggai_desktop.gui.main_window import MainWindow
from zhenggai_desktop.gui.proof.text_dialog import TextProofDialog
from zhenggai_desktop.gui.session import LedgerSession
from zhenggai_desktop.gui.style import dress


@pytest.fixture(scope="session")
def qapp_cls() -> Any:
    """The application as the program makes it: in Chinese, in its own look."""
    return app.make_application


@pytest.fixture(autouse=True)
def nothing_left(qapp: QApplication) -> Iterator[None]:
    """Each test closes and deletes what it opens."""
    yield
    dress(qapp)
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    left = [
        widget for widget in qapp.topLevelWidgets() if widget.isVisible() or isinstance(widget, QDialog | MainWindow)
    ]
    assert left == []


@pytest.fixture
def dialogs(monkeypatch: pytest.MonkeyPatch) -> Iterator[Dialogs]:
    dialogs = Dialogs()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", dialogs.answer_file)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", dialogs.answer_file)
    monkeypatch.setattr(messages, "_answer", dialogs.answer_message)
    for dialog in (ImportPreview, ImportDialog):
        monkeypatch.setattr(dialog, "exec", dialogs.answer_preview)
    yield dialogs
    assert dialogs.all_answered(), dialogs


@pytest.fixture
def window(qapp: QApplication, dialogs: Dialogs, home: Path, resources: Path) -> Iterator[MainWindow]:
    window = MainWindow(resources, home / "settings.json")
    window.show()
    yield window
    window.close()
    window.deleteLater()


@pytest.fixture
def notice(resources: Path) -> Path:
    """The bundled notice."""
    return resources / "samples" / "示例整改通报.txt"


@pytest.fixture
def session(dialogs: Dialogs) -> Iterator[LedgerSession]:
    """One window's work, with no ledger open yet."""
    session = LedgerSession()
    yield session
    session.close()
    session.deleteLater()


@pytest.fixture
def text_dialog(qtbot: QtBot, dialogs: Dialogs, tmp_path: Path) -> Iterator[TextProofDialog]:
    """The window beside the window in which a text without a ledger is checked."""
    dialog = TextProofDialog(tmp_path)
    qtbot.addWidget(dialog)
    dialog.show()
    yield dialog
    dialog.close_down()
