"""The page before a ledger is open: what to do first, what was open last, what may not be entered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from zhenggai_desktop.gui.calls import Call
from zhenggai_desktop.gui.elided_label import elided_label
from zhenggai_desktop.gui.messages import NO_SECRETS
from zhenggai_desktop.gui.style import DISPLAY_SCALE, GAP, MARGIN, plain_label
from zhenggai_desktop.names import APP_NAME, date_text
from zhenggai_desktop.services.ledger_card import LedgerCard

_COLUMNS = 2
_WIDTH = 56  # characters; a column to read, not the whole screen

_BUTTONS: tuple[tuple[Call, str], ...] = (
    (Call.IMPORT, "导入反馈意见、通报或表格…"),
    (Call.OPEN, "打开台账…"),
    (Call.NEW, "新建空白台账…"),
    (Call.SAMPLE, "打开示例…"),
    (Call.PROOFREAD_FILE, "校对文件…"),
)


class RecentLedger(NamedTuple):
    """A ledger that was open before; ``card`` is empty where nothing is remembered of it."""

    path: Path
    card: LedgerCard = LedgerCard()
    missing: bool = False


class StartPage(QWidget):
    """Asks for an action by ``called``, for a ledger that was open before by ``chosen``."""

    called = Signal(object)  # Call
    chosen = Signal(object)  # Path
    forgotten = Signal(object)  # Path: no longer to be listed

    def __init__(self, icon: QIcon, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cards = QGridLayout()
        self._cards.setSpacing(GAP + 4)
        for column in range(_COLUMNS):
            self._cards.setColumnStretch(column, 1)
        self._heading = plain_label("最近打开", muted=True)
        column = QVBoxLayout()
        column.setSpacing(GAP)
        column.addStretch(2)
        column.addLayout(_headline(icon))
        column.addSpacing(MARGIN)
        column.addLayout(self._buttons())
        column.addWidget(plain_label("也可以把 Word、文本文件或台账文件拖到窗口里。", muted=True))
        column.addSpacing(MARGIN)
        column.addWidget(self._heading)
        column.addLayout(self._cards)
        column.addSpacing(MARGIN)
        column.addWidget(_warning(), 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(3)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        middle = self._middle = QWidget()
        middle.setLayout(column)
        self._fit()
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(middle, 1000)
        row.addStretch(1)
        sheet = QWidget()
        sheet.setLayout(row)
        scroll = QScrollArea()  # on a small screen with large letters not everything fits
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setProperty("plain", True)
        scroll.setWidget(sheet)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        self._middle.setMaximumWidth(self.fontMetrics().horizontalAdvance("字") * _WIDTH)

    def show_recent(self, ledgers: Sequence[RecentLedger], today: dt.date) -> None:
        """Cards of the ledgers that were open last; without any, nothing is shown."""
        while self._cards.count():
            self._cards.takeAt(0).widget().deleteLater()  # type: ignore[union-attr] - cards only
        self._heading.setVisible(bool(ledgers))
        for at, ledger in enumerate(ledgers):
            card = _Card(ledger, today)
            card.chosen.connect(lambda path=ledger.path: self.chosen.emit(path))
            card.forgotten.connect(lambda path=ledger.path: self.forgotten.emit(path))
            self._cards.addWidget(card, *divmod(at, _COLUMNS))

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


class _Card(QFrame):
    """One ledger: clicked, or chosen by Enter, it is opened."""

    chosen = Signal()
    forgotten = Signal()

    def __init__(self, ledger: RecentLedger, today: dt.date) -> None:
        super().__init__()
        self._missing = ledger.missing
        card = ledger.card
        self.setProperty("card", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.ArrowCursor if ledger.missing else Qt.CursorShape.PointingHandCursor)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 10, 14, 10)
        layout.setSpacing(3)
        lines = _lines(ledger, card, today)
        self.setAccessibleName("，".join(lines))
        name = elided_label(lines[0], bold=True)
        name.setObjectName("card-name")
        layout.addWidget(name)
        for line in lines[1:]:
            label = elided_label(line, muted=True)
            label.setMinimumWidth(40)
            layout.addWidget(label)
        if ledger.missing:
            button = QPushButton("从列表移除")
            button.setProperty("link", True)
            button.clicked.connect(self.forgotten)
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addStretch(1)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and not self._missing:
            self.chosen.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        if event.key() in keys and not self._missing:
            self.chosen.emit()
        else:
            super().keyPressEvent(event)


def _lines(ledger: RecentLedger, card: LedgerCard, today: dt.date) -> list[str]:
    """What a card says, line by line."""
    if ledger.missing:
        return [ledger.path.stem, f"找不到文件：{ledger.path}"]
    lines = [ledger.path.stem]
    feedback = f"{date_text(card.feedback_date)}反馈" if card.feedback_date else ""
    if card.unit or feedback:
        lines.append("　".join(filter(None, (card.unit, feedback))))
    if card.total:
        late = card.late(today)
        lines.append(f"已完成 {card.done}/{card.total}" + (f"　逾期 {late}" if late else ""))
    if card.opened_at is not None:
        opened = card.opened_at.astimezone()
        lines.append(f"{opened.month}月{opened.day}日 {opened:%H:%M} 打开")
    lines.append(str(ledger.path.parent))
    return lines


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
