"""Is what was published word for word what was approved? Words are pasted, or a file is opened."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from zhenggai_desktop.domain.records import Snapshot
from zhenggai_desktop.errors import ZhenggaiError
from zhenggai_desktop.gui import messages
from zhenggai_desktop.gui.dialogs.dialog import Dialog
from zhenggai_desktop.gui.dialogs.drop_down import DropDown
from zhenggai_desktop.gui.messages import CLOSE
from zhenggai_desktop.gui.notice.drafts_dialog import change_caption
from zhenggai_desktop.gui.notice.marked_text import MarkedText
from zhenggai_desktop.gui.progress import wait_for
from zhenggai_desktop.gui.style import GAP, MARGIN, TITLE_SCALE, plain_label
from zhenggai_desktop.services.drafts import draft_at, draft_name, numbered
from zhenggai_desktop.services.publishing import Publication, approved_draft, check_pasted, check_published

_SIZE = (1180, 640)  # pixels; fits a 1366 × 768 screen with its taskbar
_KINDS = "发布的文字 (*.docx *.doc *.wps *.html *.htm *.mht *.mhtml *.pdf *.txt);;所有文件 (*)"


class PublishedDialog(Dialog):
    """Raises UsageError where no draft is registered. ``folder`` is where a file is looked for first."""

    help_topic = "送审改稿"

    def __init__(self, snapshot: Snapshot, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._snapshot = snapshot
        self._folder = folder
        self.setWindowTitle("核对已发布文字")
        self.resize(*_SIZE)
        self.drafts = DropDown()
        self.drafts.setAccessibleName("与哪一稿核对")
        for number, draft in reversed(numbered(snapshot)):
            self.drafts.addItem(f"{number}　{draft_name(draft)}", number)
        self.drafts.setCurrentIndex(self.drafts.findData(snapshot.drafts.index(approved_draft(snapshot)) + 1))
        self.words = QPlainTextEdit()
        self.words.setAccessibleName("发布的文字")
        self.words.setPlaceholderText("在网页上全选、复制，粘贴到这里；或者打开发布的文件")
        self.words.setTabChangesFocus(True)
        self.open_button = QPushButton("打开文件(&O)…")
        self.check_button = QPushButton("核对(&K)")
        self.check_button.setProperty("primary", True)
        self.state = plain_label(bold=True)
        self.state.setWordWrap(True)
        self.changes = MarkedText("不同之处")
        self._arrange()
        self.open_button.clicked.connect(self._on_open)
        self.check_button.clicked.connect(self._on_check)
        self.words.setFocus()

    def _arrange(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(GAP)
        layout.addWidget(plain_label("核对已发布文字", scale=TITLE_SCALE, bold=True))
        layout.addWidget(plain_label("分段和空格是网页的排版，不算不同；其余一字之差都列出", muted=True))
        panes = QSplitter(Qt.Orientation.Horizontal)
        panes.addWidget(self._column(plain_label("发布的文字", bold=True), self.words))
        panes.addWidget(self._column(self.state, self.changes))
        panes.setHandleWidth(1)
        panes.setSizes([_SIZE[0] // 2, _SIZE[0] // 2])
        panes.setChildrenCollapsible(False)
        layout.addWidget(panes, 1)
        layout.addLayout(self._foot())
        self.state.setText("还没有核对")

    @staticmethod
    def _column(head: QWidget, body: QWidget) -> QWidget:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, GAP, 0)
        column.setSpacing(GAP)
        column.addWidget(head)
        column.addWidget(body, 1)
        return side

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(GAP)
        caption = plain_label("审定的文稿(&D)")
        caption.setBuddy(self.drafts)
        close = QPushButton(CLOSE)
        close.clicked.connect(self.reject)
        row.addWidget(caption)
        row.addWidget(self.drafts)
        row.addStretch(1)
        for button in (self.open_button, self.check_button, close):
            button.setAutoDefault(False)
            row.addWidget(button)
        return row

    def _on_check(self) -> None:
        words = self.words.toPlainText()
        self._compare(lambda draft: check_pasted(self._snapshot, words, draft))

    def _on_open(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, "打开发布的文件", str(self._folder), _KINDS)
        if chosen:
            self._compare(lambda draft: check_published(self._snapshot, Path(chosen), draft))

    def _compare(self, check: Callable[..., Publication]) -> None:
        try:
            draft = draft_at(self._snapshot, self.drafts.currentData())
            found = wait_for(self, "正在与发布的文字比较…", lambda: check(draft))
        except ZhenggaiError as error:
            messages.show_error(self, error)
            return
        name = draft_name(found.draft)
        if found.changes:
            self.state.setText(f"{found.name}与{name}有 {len(found.changes)} 处不同")
        else:
            self.state.setText(f"{found.name}与{name}一字不差")
        self.state.setProperty("problem", bool(found.changes))
        self.state.style().unpolish(self.state)
        self.state.style().polish(self.state)
        self.changes.show_entries(((change_caption(change), change.pieces) for change in found.changes), "没有不同")
