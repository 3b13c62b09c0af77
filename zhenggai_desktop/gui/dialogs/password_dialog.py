"""A password for a file that was exported, typed twice; what is wrong with it stands beside the fields."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from zhenggai_desktop.errors import ZhenggaiError
from zhenggai_desktop.gui import messages

_LONGEST = 255  # characters that Word and Excel take
_LOST = "密码遗失后，文件无法打开，也没有办法找回密码。"


class PasswordDialog(QDialog):
    """Asks for the password of the file called ``name``."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("给文件加密码")
        self.note = QLabel()
        self.note.setWordWrap(True)
        self.first, self.again = self._field(), self._field()
        self.buttons = QDialogButtonBox()
        self.lock: QPushButton = self.buttons.addButton("加密码", QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.addButton(messages.CANCEL, QDialogButtonBox.ButtonRole.RejectRole)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        head = QLabel(f"用 Word、WPS 或 Excel 打开“{name}”时要输入这个密码。")
        head.setTextFormat(Qt.TextFormat.PlainText)
        head.setWordWrap(True)
        fields = QFormLayout()
        fields.addRow("密码", self.first)
        fields.addRow("再输一次", self.again)
        layout = QVBoxLayout(self)
        layout.addWidget(head)
        layout.addLayout(fields)
        layout.addWidget(self.note)
        layout.addWidget(self.buttons)
        self.setMinimumWidth(420)
        for field in (self.first, self.again):
            field.textChanged.connect(self._look)
        self._look()

    @property
    def password(self) -> str:
        """What was typed."""
        return self.first.text()

    def _field(self) -> QLineEdit:
        field = QLineEdit(self)
        field.setEchoMode(QLineEdit.EchoMode.Password)
        field.setMaxLength(_LONGEST)
        return field

    def _look(self) -> None:
        """The button works once both fields say the same."""
        same = self.first.text() == self.again.text()
        self.lock.setEnabled(bool(self.first.text()) and same)
        self.note.setText("两次输入的密码不一样。" if self.again.text() and not same else _LOST)


def lock_exported(parent: QWidget | None, path: Path) -> None:
    """Ask for a password and put the file under it, in its place."""
    from zhenggai_desktop.services.locking import lock_file  # noqa: PLC0415 - few files get a password

    dialog = PasswordDialog(path.name, parent)
    try:
        if dialog.exec() != QDialog.DialogCode.Accepted:
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
