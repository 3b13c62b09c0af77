"""What stands in the place of a tree that shows no row: the ways to fill it, or that nothing answers the filter."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from zhenggai_desktop.gui.calls import Call
from zhenggai_desktop.gui.focus_entry import lead_focus
from zhenggai_desktop.gui.style import GAP, plain_label

_WAYS = ((Call.IMPORT, "导入反馈意见、通报或表格…"), (Call.ADD_SECTION, "手工新增方面"))


class Invitation(QWidget):
    """A ledger without sections: the ways to fill it. Its first button takes the keyboard."""

    called = Signal(Call)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        layout = QVBoxLayout(self)
        layout.setSpacing(GAP)
        layout.addStretch(2)
        layout.addWidget(plain_label("台账里还没有问题"), 0, Qt.AlignmentFlag.AlignHCenter)
        buttons: list[QPushButton] = []
        for call, words in _WAYS:
            button = QPushButton(words)
            button.clicked.connect(lambda _checked=False, call=call: self.called.emit(call))
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
            buttons.append(button)
        lead_focus(self, buttons[0])
        layout.addStretch(3)


def nothing_found() -> QWidget:
    """A label that nothing answers the filter."""
    label = plain_label("没有符合条件的问题和措施", muted=True)
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    label.setAutoFillBackground(True)
    label.setBackgroundRole(QPalette.ColorRole.Base)
    return label
