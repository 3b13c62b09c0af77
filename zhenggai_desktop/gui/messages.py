"""Everything the window says in a box: one sentence on what happened, one on what to do. Texts are never markup."""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from zhenggai_desktop import __version__
from zhenggai_desktop.errors import CancelledError, ZhenggaiError
from zhenggai_desktop.names import APP_NAME

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMessageBox

Icon = Literal["Question", "Information", "Warning", "Critical"]
CANCEL = "取消"
COPY_ELSEWHERE = "请用“文件”菜单的“另存副本”存到能写入的文件夹"
CLOSE = "关闭"
COPY_DIAGNOSTICS = "复制诊断信息"
LOCK = "加密码…"
_LOCKABLE = (".docx", ".xlsx", ".xlsm")
LICENCES = "开源许可"
NO_SECRETS = "本程序不得录入涉密内容"


def ask(
    parent: QWidget | None,
    text: str,
    more: str,
    choices: Sequence[str],
    *,
    icon: Icon = "Question",
    details: str = "",
    default: str = "",
) -> str:
    """Show a box with ``choices`` as buttons: the last is what Esc means, ``default`` or the first what Enter does."""
    from PySide6.QtWidgets import QMessageBox  # noqa: PLC0415 - a window is on the screen before any box is

    role, none = QMessageBox.ButtonRole, QMessageBox.StandardButton.NoButton
    box = QMessageBox(QMessageBox.Icon[icon], APP_NAME, text, none, parent)
    box.setInformativeText(more)
    for label in box.findChildren(QLabel):  # setTextFormat would leave the second sentence to guessing
        label.setTextFormat(Qt.TextFormat.PlainText)
    if details:
        box.setDetailedText(details)
    buttons = [box.addButton(choice, role.AcceptRole) for choice in choices[:-1]]
    buttons.append(box.addButton(choices[-1], role.RejectRole))
    box.setDefaultButton(buttons[choices.index(default) if default else 0])
    box.setEscapeButton(buttons[-1])
    try:
        with _usual_pointer():
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
    ask(parent, text, more, [CLOSE], icon="Information", details=details)


def show_error(parent: QWidget | None, error: ZhenggaiError) -> None:
    """What happened and what to do; nothing where the user cancelled: that needs no telling."""
    if isinstance(error, CancelledError):
        return
    happened, todo = (f"{part}。" if part else "" for part in (error.what_happened, error.what_to_do))
    ask(parent, happened, todo, [CLOSE], icon="Warning")


def guarded(parent: QWidget | None, work: Callable[[], object]) -> None:
    """Do something; what goes wrong outside the program becomes a sentence in a box."""
    try:
        work()
    except ZhenggaiError as error:
        show_error(parent, error)


def show_bug(parent: QWidget | None, places: str, *, saved: bool) -> None:
    """A mistake of the program. ``places`` names where in the code, without a word of the ledger.

    ``saved``: what was typed is in the ledger now.
    """
    kept = "台账和刚才输入的内容都已保存。" if saved else "此前的内容都已保存，最后输入的几个字可能没有存上。"
    more = f"{kept}可以继续使用；如再次出现，请把诊断信息发给维护人员。"
    _report(parent, "程序内部出错，这一步没有完成。", more, "Critical", places)


def show_crash(parent: QWidget | None, report: str) -> None:
    """The last run did not end by itself; ``report`` is what its death left, "" where it was killed."""
    more = "台账每改一步就存盘一次，已保存的内容没有丢失；请看一眼最后修改的地方。"
    more += "\n如果经常这样，请把诊断信息发给维护人员。" if report else "\n断电、强行关机或结束进程都会这样。"
    _report(parent, "程序上次没有正常退出。", more, "Warning", report)


def _report(parent: QWidget | None, text: str, more: str, icon: Icon, places: str) -> None:
    choices = [COPY_DIAGNOSTICS, CLOSE] if places else [CLOSE]
    if ask(parent, text, more, choices, icon=icon, details=places, default=CLOSE) == COPY_DIAGNOSTICS:
        copy_diagnostics(places)


def copy_diagnostics(places: str = "") -> None:
    """What a helper needs onto the clipboard; it holds nothing of a ledger."""
    from zhenggai_desktop.gui.diagnostics import diagnostics  # noqa: PLC0415 - on demand

    QApplication.clipboard().setText("\n\n".join(part for part in (diagnostics(), places) if part))


def open_outside(place: Path) -> None:
    """Have the system open a file or a folder that this program wrote or chose itself."""
    from PySide6.QtCore import QUrl  # noqa: PLC0415 - not at start
    from PySide6.QtGui import QDesktopServices  # noqa: PLC0415

    QDesktopServices.openUrl(QUrl.fromLocalFile(str(place)))


def tell_written(parent: QWidget | None, text: str, folder: Path) -> None:
    """That several files lie in a folder, with the way to it."""
    choices = ["打开文件夹", CLOSE]
    if ask(parent, text, str(folder), choices, icon="Information") == choices[0]:
        open_outside(folder)


def tell_exported(parent: QWidget | None, path: Path, more: str = "") -> None:
    """Where the file is, with the ways to it; ``more`` is a sentence about what was done besides."""
    choices = {"打开文件": path, "打开所在文件夹": path.parent, CLOSE: None}
    offered = list(choices)
    if path.suffix.lower() in _LOCKABLE:
        offered.insert(2, LOCK)
    answer = ask(parent, f"已导出“{path.name}”。{more}", str(path.parent), offered, icon="Information")
    if answer == LOCK:
        from zhenggai_desktop.gui.dialogs.password_dialog import lock_exported  # noqa: PLC0415 - few files get one

        lock_exported(parent, path)
        return
    target = choices[answer]
    if target is not None:
        open_outside(target)


def about(parent: QWidget | None) -> bool:
    """Version and terms, and what a helper needs to know. True where the licences are asked for."""
    more = (
        "从巡察反馈到整改公开稿：一个台账文件，离线使用，不联网。\n"
        f"{NO_SECRETS}。\n\n"
        f"Python {sys.version.split()[0]}，Qt {qVersion()}（按 LGPL 许可使用）。"
    )
    choices = [COPY_DIAGNOSTICS, LICENCES, CLOSE]
    icon = "Information"
    answer = ask(parent, f"{APP_NAME} {__version__}", more, choices, icon=icon, default=CLOSE)
    if answer == COPY_DIAGNOSTICS:
        copy_diagnostics()
    return answer == LICENCES


@contextmanager
def _usual_pointer() -> Generator[None]:
    """No waiting pointer over a question, even where it comes up in the middle of something that takes its time."""
    waiting: list[QCursor] = []
    while (cursor := cast("QCursor | None", QApplication.overrideCursor())) is not None:  # its stub forgets None
        waiting.append(QCursor(cursor))
        QApplication.restoreOverrideCursor()
    try:
        yield
    finally:
        for cursor in reversed(waiting):
            QApplication.setOverrideCursor(cursor)


@contextmanager
def busy() -> Generator[None]:
    """The waiting pointer while something takes its time."""
    QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
    try:
        yield
    finally:
        QApplication.restoreOverrideCursor()
