"""What is asked about an archive: its password, said twice and plainly explained, and what it leaves out."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QFormLayout, QPushButton, QVBoxLayout, QWidget

from zhenggai_desktop.gui.dialogs.dialog import Dialog
from zhenggai_desktop.gui.dialogs.new_password import CAPTION, NewPassword, caption_of, password_field
from zhenggai_desktop.gui.messages import CANCEL
from zhenggai_desktop.gui.style import GAP, MARGIN, TITLE_SCALE, plain_label

_ABOUT = (
    "台账、佐证材料、Excel 台账、通报和佐证目录打成一个压缩包，自带校验值。"
    "不设密码就留空；设了密码，里面的文件名（有问题的标题）仍看得见。"
)
_WITHOUT_HISTORY = (
    "每一步改了什么不再留在归档包里，也就不能撤销；登记过的各稿是当时的原文，仍在其中。正在使用的台账不变"
)
_LOST = "密码忘了，归档包就再也打不开，谁也找不回来。请另外记好。"


class ArchiveDialog(Dialog):
    """Accepted means: ``password`` ("" for none) and ``without_history``."""

    help_topic = "换电脑"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("归档打包")
        self.setMinimumWidth(520)
        self.fields = NewPassword(_LOST)
        self.without_history = QCheckBox("归档包里的台账不带修改历史")
        self.without_history.setToolTip(_WITHOUT_HISTORY)
        self.accept_button = QPushButton("选择存放位置…")
        about = plain_label(_ABOUT, muted=True)
        about.setWordWrap(True)
        layout = _column(self)
        layout.addWidget(plain_label("归档打包", scale=TITLE_SCALE, bold=True))
        layout.addWidget(about)
        layout.addWidget(self.fields)
        layout.addWidget(self.without_history)
        layout.addWidget(_buttons(self, self.accept_button))
        self.fields.changed.connect(lambda: self.accept_button.setEnabled(self.fields.agrees))

    def password(self) -> str:
        """As typed, with its blanks."""
        return self.fields.password


class ArchivePasswordDialog(Dialog):
    """The password of an archive that is locked."""

    help_topic = "换电脑"

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("归档包的密码")
        self.setMinimumWidth(420)
        self.field = password_field(CAPTION)
        form = QFormLayout()
        form.addRow(caption_of(self.field, f"{CAPTION}(&P)"), self.field)
        self.accept_button = QPushButton("打开")
        layout = _column(self)
        words = plain_label(f"“{name}”设有密码。密码忘了，谁也打不开。")
        words.setWordWrap(True)
        layout.addWidget(words)
        layout.addLayout(form)
        layout.addWidget(_buttons(self, self.accept_button))
        self.field.textChanged.connect(lambda text: self.accept_button.setEnabled(bool(text)))
        self.accept_button.setEnabled(False)

    def password(self) -> str:
        """As typed."""
        return self.field.text()


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
