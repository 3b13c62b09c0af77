"""The chapters that a new notice starts with: titles in their order, one of them holds the issues."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from zhenggai_desktop.domain.records import ChapterRole
from zhenggai_desktop.domain.schemes import FrameChapter
from zhenggai_desktop.gui.style import GAP

_UNTITLED = "（不印标题）"
_ISSUES = "　〔问题整改情况〕"
_NEW = "新的章节"


class FrameList(QWidget):
    """``edited`` after each change of the clerk's; the chapter of issues can be moved and named, not removed."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._frame: list[FrameChapter] = []
        self.list = QListWidget()
        self.list.setAccessibleName("新通报的章节")
        self.list.setMinimumHeight(140)
        self.add_button, self.remove_button = QPushButton("添加"), QPushButton("删除")
        self.up_button, self.down_button = QPushButton("上移"), QPushButton("下移")
        row = QHBoxLayout()
        row.setSpacing(GAP)
        for button in (self.add_button, self.remove_button, self.up_button, self.down_button):
            button.setAutoDefault(False)
            row.addWidget(button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self.list)
        column.addLayout(row)
        self.list.itemChanged.connect(self._on_renamed)
        self.list.currentRowChanged.connect(lambda _row: self._show_state())
        self.add_button.clicked.connect(self._on_add)
        self.remove_button.clicked.connect(self._on_remove)
        self.up_button.clicked.connect(lambda: self._move(-1))
        self.down_button.clicked.connect(lambda: self._move(+1))

    @property
    def frame(self) -> tuple[FrameChapter, ...]:
        """The chapters as they stand."""
        return tuple(self._frame)

    def show_frame(self, frame: tuple[FrameChapter, ...], row: int = 0) -> None:
        """Show these chapters."""
        self._frame = list(frame)
        with QSignalBlocker(self.list):
            self.list.clear()
            for chapter in frame:
                item = QListWidgetItem(_caption(chapter))
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
                self.list.addItem(item)
            self.list.setCurrentRow(min(row, len(frame) - 1))
        self._show_state()

    def _show_state(self) -> None:
        at = self.list.currentRow()
        known = 0 <= at < len(self._frame)
        self.remove_button.setEnabled(known and self._frame[at].role is not ChapterRole.ISSUES)
        self.up_button.setEnabled(known and at > 0)
        self.down_button.setEnabled(known and at < len(self._frame) - 1)

    def _changed(self, row: int) -> None:
        self.show_frame(self.frame, row)
        self.edited.emit()

    def _on_renamed(self, item: QListWidgetItem) -> None:
        at = self.list.row(item)
        title = item.text().replace(_ISSUES, "").replace(_UNTITLED, "").strip()
        self._frame[at] = replace(self._frame[at], title=title)
        self._changed(at)

    def _on_add(self) -> None:
        at = self.list.currentRow() + 1
        self._frame.insert(at, FrameChapter(ChapterRole.NARRATIVE, _NEW))
        self._changed(at)
        self.list.editItem(self.list.item(at))

    def _on_remove(self) -> None:
        at = self.list.currentRow()
        del self._frame[at]
        self._changed(at)

    def _move(self, by: int) -> None:
        at = self.list.currentRow()
        self._frame.insert(at + by, self._frame.pop(at))
        self._changed(at + by)


def _caption(chapter: FrameChapter) -> str:
    return (chapter.title or _UNTITLED) + (_ISSUES if chapter.role is ChapterRole.ISSUES else "")
