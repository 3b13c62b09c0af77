"""A real window on a real ledger; dialogs answered as each test says; nothing left behind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMessageBox, QPushButton

from zhenggai_desktop.gui import app, messages
from zhenggai_desktop.gui.dialogs.import_dialog import ImportDialog
from zhenggai_desktop.gui.dialogs.import_preview import ImportPreview
from zhenggai_desktop.gui.main_window import MainWindow
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


@dataclass
class Dialogs:
    """What the user will answer, and what was shown. A question without an answer fails the test."""

    files: list[Path | None] = field(default_factory=list)
    choices: list[str] = field(default_factory=list)
    previews: list[bool] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)

    def answer_file(self, *_: Any) -> tuple[str, str]:
        path = self.files.pop(0)
        return ("" if path is None else str(path), "")

    def answer_message(self, box: QMessageBox, buttons: list[QPushButton]) -> str:
        self.shown.append(f"{box.text()}{box.informativeText()}")
        choice = self.choices.pop(0)
        assert choice in [button.text() for button in buttons]
        return choice

    def answer_preview(self) -> QDialog.DialogCode:
        return QDialog.DialogCode.Accepted if self.previews.pop(0) else QDialog.DialogCode.Rejected

    def all_answered(self) -> bool:
        return not (self.files or self.choices or self.previews)


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
