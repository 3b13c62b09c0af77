"""Everything the window says in a box: one sentence on what happened, one on what to do. Texts are never markup."""

from __future__ import annotations

import platform
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, qVersion
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QPushButton, QWidget

from zhenggai_desktop import __version__
from zhenggai_desktop.errors import ZhenggaiError
from zhenggai_desktop.texts import APP_NAME

Role = QMessageBox.ButtonRole
CANCEL = "取消"
CLOSE = "关闭"
NO_SECRETS = "本程序不得录入涉密内容"


def ask(
    parent: QWidget | None,
    text: str,
    more: str,
    choices: Sequence[str],
    *,
    icon: QMessageBox.Icon = QMessageBox.Icon.Question,
    details: str = "",
) -> str:
    """Show a box with ``choices`` as buttons: the first is the default, the last is what Esc means."""
    box = QMessageBox(icon, APP_NAME, text, QMessageBox.StandardButton.NoButton, parent)
    box.setInformativeText(more)
    for label in box.findChildren(QLabel):  # setTextFormat would leave the second sentence to guessing
        label.setTextFormat(Qt.TextFormat.PlainText)
    if details:
        box.setDetailedText(details)
    buttons = [box.addButton(choice, Role.AcceptRole) for choice in choices[:-1]]
    buttons.append(box.addButton(choices[-1], Role.RejectRole))
    box.setDefaultButton(buttons[0])
    box.setEscapeButton(buttons[-1])
    try:
        return _answer(box, buttons)
    finally:
        box.deleteLater()


def _answer(box: QMessageBox, buttons: Sequence[QPushButton]) -> str:
    """Wait for the user. The text of the button that was pressed."""
    box.exec()
    clicked = box.clickedButton()
    return next((button.text() for button in buttons if button is clicked), buttons[-1].text())


def tell(parent: QWidget | None, text: str, more: str = "", *, details: str = "") -> None:
    """Something good to know."""
    ask(parent, text, more, [CLOSE], icon=QMessageBox.Icon.Information, details=details)


def show_error(parent: QWidget | None, error: ZhenggaiError) -> None:
    """What happened and what to do."""
    happened, todo = (f"{part}。" if part else "" for part in (error.what_happened, error.what_to_do))
    ask(parent, happened, todo, [CLOSE], icon=QMessageBox.Icon.Warning)


def show_bug(parent: QWidget | None, places: str) -> None:
    """A mistake of the program. ``places`` names where in the code, without a word of the ledger."""
    more = "已保存的内容不受影响。请重新打开程序；如再次出现，请把“详细信息”发给维护人员。"
    ask(parent, "程序内部出错，这一步没有完成。", more, [CLOSE], icon=QMessageBox.Icon.Critical, details=places)


def tell_exported(parent: QWidget | None, path: Path) -> None:
    """Where the file is, with the ways to it."""
    choices = {"打开文件": path, "打开所在文件夹": path.parent, CLOSE: None}
    target = choices[
        ask(parent, f"已导出“{path.name}”。", str(path.parent), list(choices), icon=QMessageBox.Icon.Information)
    ]
    if target is not None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(target)))


def about(parent: QWidget | None) -> None:
    """Version and terms."""
    more = (
        "从巡察反馈到整改公开稿：一个台账文件，离线使用，不联网。\n"
        f"{NO_SECRETS}。\n\n"
        f"Python {platform.python_version()}，Qt {qVersion()}（按 LGPL 许可使用）。"
    )
    tell(parent, f"{APP_NAME} {__version__}", more)


@contextmanager
def busy() -> Generator[None]:
    """The waiting pointer while something takes its time."""
    QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
    try:
        yield
    finally:
        QApplication.restoreOverrideCursor()
