"""What is asked about an archive: its password, said twice and plainly explained, and what it leaves out."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from zhenggai_desktop.gui.dialogs.dialog import Dialog
from zhenggai_desktop.gui.manual.keys import add_help_key
from zhenggai_desktop.gui.messages import CANCEL
from zhenggai_desktop.gui.style import GAP, MARGIN, TITLE_SCALE, plain_label

_TOPIC = "换电脑"


class ArchiveDialog(Dialog):
    """Accepted means: ``password`` ("" for none) and ``without_history``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("归档打包")
        self.setMinimumWidth(520)
        self.first, self.again = _password_field("口令"), _password_field("再输一次")
        self.problem = plain_label()
        self.problem.setProperty("problem", True)
        self.warning = plain_label("口令忘了，归档包就再也打不开，谁也找不回来。请另外记好。")
        self.warning.setProperty("warning", True)
        self.warning.setWordWrap(True)
        self.without_history = QCheckBox("归档包里的台账不带修改历史")
        self.without_history.setToolTip("删掉的、改掉的文字不再留在归档包里；正在使用的台账不变")
        form = QFormLayout()
        for caption, field in (("口令(&P)", self.first), ("再输一次(&R)", self.again)):
            label = QLabel(caption)
            label.setBuddy(field)
            form.addRow(label, field)
        self.accept_button = QPushButton("选择存放位置…")
        buttons = _buttons(self, self.accept_button)
        layout = _column(self)
        layout.addWidget(plain_label("归档打包", scale=TITLE_SCALE, bold=True))
        about = "台账、佐证材料、Excel 台账、通报和佐证目录打成一个压缩包，自带校验值。不设口令就留空。"
        words = plain_label(about, muted=True)
        words.setWordWrap(True)
        layout.addWidget(words)
        layout.addLayout(form)
        layout.addWidget(self.problem)
        layout.addWidget(self.warning)
        layout.addWidget(self.without_history)
        layout.addWidget(buttons)
        for field in (self.first, self.again):
            field.textChanged.connect(lambda _text: self._show_state())
        add_help_key(self, _TOPIC)
        self._show_state()

    def password(self) -> str:
        """As typed, with its blanks."""
        return self.first.text()

    def _show_state(self) -> None:
        differs = self.first.text() != self.again.text()
        begun = bool(self.again.text())
        self.problem.setText("两次输入的口令不一样" if differs and begun else "")
        self.problem.setVisible(differs and begun)
        self.warning.setVisible(bool(self.first.text()))
        self.accept_button.setEnabled(not differs)


class PasswordDialog(Dialog):
    """The password of an archive that is locked."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("归档包的口令")
        self.setMinimumWidth(420)
        self.field = _password_field("口令")
        caption = QLabel("口令(&P)")
        caption.setBuddy(self.field)
        form = QFormLayout()
        form.addRow(caption, self.field)
        self.accept_button = QPushButton("打开")
        layout = _column(self)
        words = plain_label(f"“{name}”设有口令。口令忘了，谁也打不开。")
        words.setWordWrap(True)
        layout.addWidget(words)
        layout.addLayout(form)
        layout.addWidget(_buttons(self, self.accept_button))
        self.field.textChanged.connect(lambda text: self.accept_button.setEnabled(bool(text)))
        self.accept_button.setEnabled(False)
        add_help_key(self, _TOPIC)

    def password(self) -> str:
        """As typed."""
        return self.field.text()


def _password_field(name: str) -> QLineEdit:
    field = QLineEdit()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    field.setAccessibleName(name)
    return field


def _column(dialog: QDialog) -> QVBoxLayout:
    layout = QVBoxLayout(dialog)
    layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
    layout.setSpacing(GAP)
    return layout


def _buttons(dialog: QDialog, accept: QPushButton) -> QDialogButtonBox:
    buttons = QDialogButtonBox()
    buttons.addButton(accept, QDialogButtonBox.ButtonRole.AcceptRole)
    accept.setDefault(True)
    buttons.addButton(CANCEL, QDialogButtonBox.ButtonRole.RejectRole)
    buttons.accepted.connect(dialog.accept)
    buttons.rejected.connect(dialog.reject)
    return buttons
