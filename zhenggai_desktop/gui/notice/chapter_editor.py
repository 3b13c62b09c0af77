"""One chapter: its heading, its prose, and the tools above it. What is typed leaves by ``edited``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QMenu, QToolButton, QVBoxLayout, QWidget

from zhenggai_desktop.domain.placeholders import Offer, Placeholder
from zhenggai_desktop.domain.records import BlockKind, Chapter, ChapterBlock, ChapterRole
from zhenggai_desktop.gui.dialogs.drop_down import DropDown
from zhenggai_desktop.gui.notice.chapter_text import ChapterText, kind_of
from zhenggai_desktop.gui.style import GAP, plain_label

_KINDS: tuple[tuple[str, BlockKind, int], ...] = (
    ("正文", BlockKind.PARAGRAPH, 0),
    ("一级标题　一、", BlockKind.HEADING, 1),
    ("二级标题　（一）", BlockKind.HEADING, 2),
    ("三级标题　1.", BlockKind.HEADING, 3),
    ("四级标题　（1）", BlockKind.HEADING, 4),
    ("段首标题　（一）…。", BlockKind.PARAGRAPH, 2),
    ("段首标题　1.…。", BlockKind.PARAGRAPH, 3),
    ("段首标题　（1）…。", BlockKind.PARAGRAPH, 4),
)
_FREQUENT = 12  # placeholders in the first part of the menu
_AROUND = 8  # characters before and behind an offered number


class ChapterEditor(QWidget):
    """Shows one chapter at a time and knows what was typed into it."""

    edited = Signal()
    leaving = Signal()
    place_changed = Signal(int)
    scheme_heading_asked = Signal()
    bind_asked = Signal(object)  # list of Offer

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = QLineEdit()
        self.title.setAcceptDrops(False)  # a file that is dropped here is for the window
        self.title.setAccessibleName("章节标题")
        self.title.setPlaceholderText("不印标题")
        self.text = ChapterText()
        self.kinds = _kind_box()
        self.insert_button = _menu_button("插入数字", "插入台账中的数字，通报里的数字随台账变化")
        self.bind_button = _menu_button("", "把与台账一致的数字改为随台账变化")
        self._printed = plain_label(muted=True)
        self._by_scheme = QToolButton()
        self._by_scheme.setText("按标题方案编号")
        self._by_scheme.setToolTip("不再照原文印出，改由标题方案编号")
        self._note = plain_label(muted=True)
        self._note.setWordWrap(True)
        self._arrange()
        self._connect()

    def show_chapter(
        self,
        chapter: Chapter | None,
        heading: str,
        known: Mapping[str, Placeholder],
        found: Sequence[Offer],
        *,
        editable: bool,
        issues: int,
    ) -> None:
        """Show a chapter; what is typed already and equal is left alone, cursor and all."""
        self.setEnabled(chapter is not None)
        chapter = chapter or Chapter()
        if self.title.text() != chapter.title:
            self.title.setText(chapter.title)
        self.text.show_blocks(chapter.blocks, known)
        self.show_values(known, found)
        self._printed.setText(f"印作：{heading}")
        self._printed.setVisible(bool(heading))
        self._by_scheme.setVisible(bool(chapter.printed_heading) and editable)
        composed = chapter.role is ChapterRole.ISSUES
        self._note.setText(f"本章后面的 {issues} 个问题及整改情况由台账生成，点右边预览中的文字即可去修改。")
        self._note.setVisible(composed)
        for widget in (self.title, self.text):
            widget.setReadOnly(not editable)
        for widget in (self.kinds, self.insert_button):
            widget.setEnabled(editable)
        self.bind_button.setVisible(bool(found) and editable)

    def show_values(self, known: Mapping[str, Placeholder], found: Sequence[Offer]) -> None:
        """Show the present values everywhere and what could be bound."""
        self.text.show_values(known)
        _fill(self.insert_button.menu(), self._insert_actions(known))
        self.bind_button.setText(f"绑定数字（{len(found)}）")
        _fill(self.bind_button.menu(), self._bind_actions(found))
        self.bind_button.setVisible(bool(found) and not self.text.isReadOnly())

    @property
    def typed(self) -> tuple[str, tuple[ChapterBlock, ...]]:
        """Title and blocks as they stand in the fields now."""
        return self.title.text(), self.text.blocks()

    # --- arranging

    def _arrange(self) -> None:
        head = QHBoxLayout()
        caption = QLabel("章节标题(&T)")
        caption.setBuddy(self.title)
        head.addWidget(caption)
        head.addWidget(self.title, 1)
        below = QHBoxLayout()
        below.setContentsMargins(0, 0, 0, 0)
        below.addWidget(self._printed, 1)
        below.addWidget(self._by_scheme)
        tools = QHBoxLayout()
        tools.addWidget(self.kinds)
        tools.addWidget(self.insert_button)
        tools.addWidget(self.bind_button)
        tools.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GAP * 2, GAP, GAP * 2, GAP)
        layout.setSpacing(GAP)
        layout.addLayout(head)
        layout.addLayout(below)
        layout.addLayout(tools)
        layout.addWidget(self.text, 1)
        layout.addWidget(self._note)

    def _connect(self) -> None:
        self.title.textEdited.connect(self.edited)
        self.title.editingFinished.connect(self.leaving)
        self.text.edited.connect(self.edited)
        self.text.leaving.connect(self.leaving)
        self.text.place_changed.connect(self.place_changed)
        self.text.cursorPositionChanged.connect(self._show_kind)
        self.kinds.activated.connect(self._on_kind)
        self._by_scheme.clicked.connect(self.scheme_heading_asked)

    def _show_kind(self) -> None:
        kind = kind_of(self.text.textCursor().block())
        at = next((at for at, (_, *known) in enumerate(_KINDS) if tuple(known) == kind), -1)
        with QSignalBlocker(self.kinds):
            self.kinds.setCurrentIndex(at)

    def _on_kind(self, at: int) -> None:
        _, kind, level = _KINDS[at]
        self.text.set_kind(kind, level)
        self.text.setFocus()

    def _insert_actions(self, known: Mapping[str, Placeholder]) -> list[QAction]:
        actions: list[QAction] = []
        for number, (name, placeholder) in enumerate(known.items()):
            if number == _FREQUENT:
                actions.append(_separator(self))
            action = QAction(f"{name}\t{placeholder.value}", self)
            action.triggered.connect(lambda _checked=False, name=name: self.text.insert_placeholder(name))
            actions.append(action)
        return actions

    def _bind_actions(self, found: Sequence[Offer]) -> list[QAction]:
        if not found:
            return []
        every = QAction("全部绑定", self)
        every.triggered.connect(lambda _checked=False: self.bind_asked.emit(list(found)))
        actions = [every, _separator(self)]
        for offer in found:
            action = QAction(f"{_words_around(offer)}\t{offer.placeholder.name}", self)
            action.triggered.connect(lambda _checked=False, offer=offer: self.bind_asked.emit([offer]))
            actions.append(action)
        return actions


def _words_around(offer: Offer) -> str:
    text = offer.chapter.blocks[offer.block].text
    start, end = max(offer.start - _AROUND, 0), offer.end + _AROUND
    return f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}".replace("&", "&&")


def _kind_box() -> QComboBox:
    box = DropDown()
    box.setAccessibleName("段落样式")
    box.setToolTip("这一段是正文还是标题")
    for caption, _, _ in _KINDS:
        box.addItem(caption)
    return box


def _menu_button(text: str, tip: str) -> QToolButton:
    button = QToolButton()
    button.setText(text)
    button.setToolTip(tip)
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    menu = QMenu(button)
    menu.setToolTipsVisible(True)
    button.setProperty("drop", True)
    button.setMenu(menu)
    return button


def _fill(menu: QMenu, actions: Sequence[QAction]) -> None:
    for old in menu.actions():
        menu.removeAction(old)
        old.deleteLater()
    menu.addActions(list(actions))


def _separator(parent: QWidget) -> QAction:
    separator = QAction(parent)
    separator.setSeparator(True)
    return separator
