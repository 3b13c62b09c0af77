"""The chapters of the notice beside the editor: chosen, added, moved and removed here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QToolButton, QVBoxLayout, QWidget

from zhenggai_desktop.domain.records import Chapter, ChapterRole
from zhenggai_desktop.gui.style import GAP
from zhenggai_desktop.texts import ROLE_NAMES

_UID = int(Qt.ItemDataRole.UserRole)


class ChapterList(QWidget):
    """Knows chapters by uid. Everything that changes them leaves by a signal."""

    chosen = Signal(str)  # uid
    add_asked = Signal()
    remove_asked = Signal()
    move_asked = Signal(int)  # by so many places: -1, 1

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = _List()
        self.list.setAccessibleName("通报章节")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setProperty("plain", True)
        self.list.moved.connect(self.move_asked)
        self.list.removed.connect(self.remove_asked)
        self.list.currentItemChanged.connect(self._on_current)
        self.add_button = _button("＋", "添加章节", self.add_asked.emit)
        self.remove_button = _button("－", "删除章节（Delete）", self.remove_asked.emit)
        self.up_button = _button("↑", "上移（Alt+↑）", lambda: self.move_asked.emit(-1))
        self.down_button = _button("↓", "下移（Alt+↓）", lambda: self.move_asked.emit(1))
        buttons = QHBoxLayout()
        buttons.setContentsMargins(GAP, GAP // 2, GAP, GAP)
        buttons.setSpacing(2)
        for button in (self.add_button, self.remove_button, self.up_button, self.down_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.list, 1)
        layout.addLayout(buttons)

    def show_chapters(
        self, chapters: Sequence[Chapter], headings: Mapping[str, str], current: str, *, editable: bool
    ) -> None:
        """Show the chapters by their printed headings; one without a heading by what stands in it."""
        with QSignalBlocker(self.list):
            while self.list.count() > len(chapters):
                self.list.takeItem(self.list.count() - 1)
            while self.list.count() < len(chapters):
                self.list.addItem(QListWidgetItem())
            for row, chapter in enumerate(chapters):  # in place: this may answer a change of the current row
                caption = chapter_caption(chapter, headings)
                self.list.item(row).setText(caption)
                self.list.item(row).setToolTip(caption.replace("<", "＜"))  # cut where the list is narrow; never markup
                self.list.item(row).setData(_UID, chapter.uid)
                if chapter.uid == current:
                    self.list.setCurrentRow(row)
        self.add_button.setEnabled(editable)
        for button in (self.remove_button, self.up_button, self.down_button):
            button.setEnabled(editable and bool(chapters))

    def choose(self, uid: str) -> None:
        """Go to a chapter."""
        for row in range(self.list.count()):
            if self.list.item(row).data(_UID) == uid:
                self.list.setCurrentRow(row)

    def _on_current(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(str(item.data(_UID)))


def chapter_caption(chapter: Chapter, headings: Mapping[str, str]) -> str:
    """“一、整改工作开展情况”, “（导语）”."""
    return headings.get(chapter.uid) or chapter.title or f"（{_role_name(chapter)}）"


def _role_name(chapter: Chapter) -> str:
    if chapter.role is ChapterRole.NARRATIVE and chapter.blocks:
        return chapter.blocks[0].text[:12] or ROLE_NAMES[chapter.role]
    return ROLE_NAMES[chapter.role]


class _List(QListWidget):
    moved = Signal(int)
    removed = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if by is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.moved.emit(by)
        elif event.key() == Qt.Key.Key_Delete:
            self.removed.emit()
        else:
            super().keyPressEvent(event)


def _button(sign: str, tip: str, call: object) -> QToolButton:
    button = QToolButton()
    button.setText(sign)
    button.setToolTip(tip)
    button.setAccessibleName(tip.partition("（")[0])
    button.clicked.connect(call)
    return button
