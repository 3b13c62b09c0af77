"""What a test's user answers to the dialogs that would wait for one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox, QPushButton

from zhenggai_desktop.gui.dialogs.progress_dialog import ProgressDialog


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


def when_shown(act: Callable[[ProgressDialog], object]) -> None:
    """Do something as soon as the dialog of long work is there."""

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, ProgressDialog):
            act(dialog)
        else:
            QTimer.singleShot(10, look)

    QTimer.singleShot(0, look)
