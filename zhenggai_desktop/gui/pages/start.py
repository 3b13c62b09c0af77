"""The page before a ledger is open: what to do first, what was open last, what may not be entered."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from zhenggai_desktop.gui.actions import Call
from zhenggai_desktop.gui.messages import NO_SECRETS
from zhenggai_desktop.gui.style import DISPLAY_SCALE, GAP, MARGIN, plain_label
from zhenggai_desktop.texts import APP_NAME

_RECENT_SHOWN = 5
_WIDTH = 560  # pixels; a column to read, not the whole screen

_BUTTONS: tuple[tuple[Call, str], ...] = (
    (Call.IMPORT, "导入反馈意见或通报…"),
    (Call.OPEN, "打开台账…"),
    (Call.NEW, "新建空白台账…"),
)


class StartPage(QWidget):
    """Asks for an action by ``called``, for a ledger that was open before by ``chosen``."""

    called = Signal(object)  # Call
    chosen = Signal(object)  # Path

    def __init__(self, icon: QIcon, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._recent = QGridLayout()
        self._recent.setVerticalSpacing(2)
        self._recent.setHorizontalSpacing(MARGIN)
        self._recent.setColumnStretch(1, 1)
        column = QVBoxLayout()
        column.setSpacing(GAP)
        column.addStretch(3)
        column.addLayout(_headline(icon))
        column.addSpacing(MARGIN)
        column.addLayout(self._buttons())
        column.addWidget(plain_label("也可以把 Word、文本文件或台账文件拖到窗口里。", muted=True))
        column.addSpacing(MARGIN)
        column.addLayout(self._recent)
        column.addSpacing(MARGIN)
        column.addWidget(_warning(), 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(4)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        middle = QWidget()
        middle.setFixedWidth(_WIDTH)
        middle.setLayout(column)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(middle)
        row.addStretch(1)

    def show_recent(self, paths: Sequence[Path]) -> None:
        """List the ledgers that were open last; without any, nothing is shown."""
        while self._recent.count():
            self._recent.takeAt(0).widget().deleteLater()
        if paths:
            self._recent.addWidget(plain_label("最近打开", muted=True), 0, 0)
        for row, path in enumerate(paths[:_RECENT_SHOWN], 1):
            self._recent.addWidget(self._recent_button(path), row, 0, Qt.AlignmentFlag.AlignLeft)
            folder = plain_label(str(path.parent), muted=True)
            folder.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            self._recent.addWidget(folder, row, 1)

    def _recent_button(self, path: Path) -> QPushButton:
        button = QPushButton(path.stem.replace("&", "&&"))
        button.setProperty("link", True)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.clicked.connect(lambda: self.chosen.emit(path))
        return button

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(GAP)
        for call, text in _BUTTONS:
            button = QPushButton(text)
            button.setObjectName(f"start-{call}")
            button.setProperty("primary", call is Call.IMPORT)
            button.clicked.connect(lambda _checked=False, call=call: self.called.emit(call))
            row.addWidget(button)
        row.addStretch(1)
        return row


def _headline(icon: QIcon) -> QHBoxLayout:
    picture = QLabel()
    picture.setPixmap(icon.pixmap(64, 64))
    words = QVBoxLayout()
    words.setSpacing(2)
    words.addWidget(plain_label(APP_NAME, scale=DISPLAY_SCALE, bold=True))
    words.addWidget(plain_label("从巡察反馈到整改公开稿，一个文件，离线使用", muted=True))
    row = QHBoxLayout()
    row.setSpacing(MARGIN)
    row.addWidget(picture)
    row.addLayout(words)
    row.addStretch(1)
    return row


def _warning() -> QLabel:
    label = plain_label(NO_SECRETS)
    label.setProperty("warning", True)
    return label
