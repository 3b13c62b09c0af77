"""A password for a file that was exported."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QDialogButtonBox, QPushButton, QVBoxLayout, QWidget

from zhenggai_desktop.errors import ZhenggaiError
from zhenggai_desktop.gui import messages
from zhenggai_desktop.gui.dialogs.dialog import Dialog
from zhenggai_desktop.gui.dialogs.new_password import NewPassword
from zhenggai_desktop.gui.style import GAP, MARGIN, plain_label

_LOST = "密码遗失后，文件无法打开，也没有办法找回密码。"


class PasswordDialog(Dialog):
    """Asks for the password of the file called ``name``."""

    help_topic = "出通报"

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("给文件加密码")
        self.setMinimumWidth(420)
        self.fields = NewPassword(_LOST)
        buttons = QDialogButtonBox()
        self.lock: QPushButton = buttons.addButton("加密码", QDialogButtonBox.ButtonRole.AcceptRole)
        self.lock.setDefault(True)
        buttons.addButton(messages.CANCEL, QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        head = plain_label(f"用 Word、WPS 或 Excel 打开“{name}”时要输入这个密码。")
        head.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(GAP)
        for widget in (head, self.fields, buttons):
            layout.addWidget(widget)
        self.fields.changed.connect(self._look)
        self._look()

    @property
    def password(self) -> str:
        """What was typed."""
        return self.fields.password

    def _look(self) -> None:
        """The button works once both fields say the same."""
        self.lock.setEnabled(bool(self.password) and self.fields.agrees)


def lock_exported(parent: QWidget | None, path: Path) -> None:
    """Ask for a password and put the file under it, in its place."""
    from zhenggai_desktop.services.locking import lock_file  # noqa: PLC0415 - few files get a password

    dialog = PasswordDialog(path.name, parent)
    try:
        if dialog.exec() != PasswordDialog.DialogCode.Accepted:
            return
        try:
            with messages.busy():
                lock_file(path, dialog.password)
        except ZhenggaiError as error:
            messages.show_error(parent, error)
            return
    finally:
        dialog.deleteLater()
    messages.tell(parent, f"“{path.name}”已加上密码。", _LOST)
