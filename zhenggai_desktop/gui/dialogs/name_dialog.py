"""Who works here? The name goes into the history of every ledger that is edited on this PC."""

from __future__ import annotations

from PySide6.QtWidgets import QDialogButtonBox, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from zhenggai_desktop.gui.dialogs.dialog import Dialog
from zhenggai_desktop.gui.messages import CANCEL
from zhenggai_desktop.gui.style import GAP, MARGIN, plain_label

_LONGEST = 40  # characters


class NameDialog(Dialog):
    """Accepted means: ``name``, which is never empty then."""

    help_topic = "查历史"

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("操作人姓名")
        self.setMinimumWidth(420)
        self.field = QLineEdit(name)
        self.field.setMaxLength(_LONGEST)
        self.field.selectAll()
        caption = QLabel("姓名(&N)")
        caption.setBuddy(self.field)
        row = QHBoxLayout()
        row.addWidget(caption)
        row.addWidget(self.field, 1)
        words = plain_label("以后的每一步修改都记在这个姓名下。这是记录，不是登录；以前的记录不变。", muted=True)
        words.setWordWrap(True)
        buttons = QDialogButtonBox()
        self.accept_button = buttons.addButton("记住", QDialogButtonBox.ButtonRole.AcceptRole)
        self.accept_button.setDefault(True)
        buttons.addButton(CANCEL, QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.field.textChanged.connect(lambda _text: self._show_state())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(GAP)
        layout.addLayout(row)
        layout.addWidget(words)
        layout.addWidget(buttons)
        self._show_state()

    def name(self) -> str:
        """The name without blanks around it."""
        return self.field.text().strip()

    def _show_state(self) -> None:
        self.accept_button.setEnabled(bool(self.name()))
