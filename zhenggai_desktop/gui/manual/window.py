"""The window of the manual: pages and a search at the left, the page at the right. It stands beside the work."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSignalBlocker, QSize, Qt, QUrl
from PySide6.QtGui import QColor, QDesktopServices, QKeySequence, QShortcut, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import (
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QStyledItemDelegate,
    QTextBrowser,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from zhenggai_desktop.gui import themes
from zhenggai_desktop.gui.clear_button import give_clear_button
from zhenggai_desktop.gui.manual.keys import TOPIC
from zhenggai_desktop.gui.manual.page_text import PageText
from zhenggai_desktop.gui.manual.pages import FIRST, Hit, ManualPage, find, licence_pages, load_pages
from zhenggai_desktop.gui.page_table import FACTS, HISTORY, LEDGER, MONTHS, NOTICE, OVERVIEW
from zhenggai_desktop.gui.style import GAP, plain_label

#: By page of the ledger.
TOPICS: Mapping[str, str] = {
    LEDGER: "填台账",
    NOTICE: "出通报",
    OVERVIEW: "概览与挂图",
    FACTS: "收到反馈怎么办",
    HISTORY: "查历史",
    MONTHS: "催办",
}
_SIZE = (940, 640)  # pixels
_PICTURE = "\ufffc"  # the character that stands in a text for a picture
_TALLEST = 16_000  # pixels of a row
_NAME = int(Qt.ItemDataRole.UserRole)


class ManualWindow(QWidget):
    """Shows one page; the list holds all pages, or those that hold the words that are searched."""

    def __init__(self, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle("使用手册")
        self.pages = {page.name: page for page in load_pages(folder)}
        self.licences = licence_pages(folder.parent)
        self.search = QLineEdit()
        self.list = QListWidget()
        self.text = PageText()
        self._nothing = plain_label("没有找到，换个说法试试", muted=True)
        self._shown = ""
        self.text.setSearchPaths([str(folder)])
        self._arrange()
        self._connect()
        self._list_pages()
        self.show_page(FIRST)

    @property
    def shown(self) -> str:
        """The name of the page that is shown."""
        return self._shown

    def open_at(self, name: str) -> None:
        """Come to the front with a page; one that does not exist is the first."""
        self.search.clear()
        self.show()  # first: pictures are made for the width of the page
        self.show_page(name if name in self.pages else FIRST)
        self.raise_()
        self.activateWindow()
        self.search.setFocus()

    def show_page(self, name: str) -> None:
        """Show a page and mark in it what is searched."""
        page = self.pages.get(name) or self.licences.get(name)
        if page is None:
            return
        if name != self._shown:
            self._shown = name
            self.text.setMarkdown(page.markdown)
            self._space_out()
        self._mark()
        with QSignalBlocker(self.list):
            names = [self.list.item(at).data(_NAME) for at in range(self.list.count())]
            self.list.setCurrentRow(names.index(name) if name in names else -1)

    # --- arranging

    def _arrange(self) -> None:
        self.resize(*_SIZE)
        self.search.setPlaceholderText("查找手册")
        self.search.setAccessibleName("查找手册")
        give_clear_button(self.search)
        self.list.setAccessibleName("手册目录")
        self.list.setWordWrap(True)
        self.list.setItemDelegate(_WrappedItems(self.list))
        self.list.setProperty("plain", True)
        self.text.setAccessibleName("手册正文")
        self.text.setOpenLinks(False)
        self.text.setFrameShape(QTextBrowser.Shape.NoFrame)
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(GAP, GAP, GAP, GAP)
        column.setSpacing(GAP)
        for widget in (self.search, self._nothing):
            column.addWidget(widget)
        column.addWidget(self.list, 1)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setHandleWidth(1)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(side)
        splitter.addWidget(self.text)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([250, _SIZE[0] - 250])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(splitter)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._on_search)
        self.search.returnPressed.connect(self.list.setFocus)
        self.list.currentItemChanged.connect(self._on_item)
        self.text.anchorClicked.connect(self._on_link)
        self.text.refit.connect(self._refit)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self, self._to_search)
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self._on_escape)

    def _refit(self) -> None:
        """Show the page again at another width, at the same place."""
        place, name = self.text.verticalScrollBar().value(), self._shown
        self._shown = ""
        self.show_page(name)
        self.text.verticalScrollBar().setValue(place)

    def _list_pages(self) -> None:
        with QSignalBlocker(self.list):
            self.list.clear()
            for page in self.pages.values():
                self.list.addItem(_item(page))
        self._nothing.hide()

    def _space_out(self) -> None:
        """Markdown's paragraphs stand close: a little air to read."""
        cursor = QTextCursor(self.text.document())
        block = self.text.document().begin()
        while block.isValid():
            cursor.setPosition(block.position())
            layout = cursor.blockFormat()
            heading = layout.headingLevel()
            layout.setTopMargin(16 if heading == 2 else 0 if heading else 3)
            layout.setBottomMargin(8 if heading else 5)
            is_picture = block.text().strip() == _PICTURE  # which would get a third of its height of nothing below it
            layout.setLineHeight(100 if is_picture else 130, 1)  # per cent, proportional
            cursor.setBlockFormat(layout)
            block = block.next()
        self.text.moveCursor(QTextCursor.MoveOperation.Start)

    # --- what the user does

    def _on_search(self, words: str) -> None:
        if not words.strip():
            self._list_pages()
            self.show_page(self._shown)
            return
        hits = find(self.pages.values(), words)
        with QSignalBlocker(self.list):
            self.list.clear()
            for hit in hits:
                self.list.addItem(_item(hit.page, hit))
        self._nothing.setVisible(not hits)
        if hits:
            self.show_page(hits[0].page.name)

    def _on_item(self, item: QListWidgetItem | None, _before: QListWidgetItem | None) -> None:
        if item is not None:
            self.show_page(item.data(_NAME))

    def _on_link(self, url: QUrl) -> None:
        """To another page; a file or an address outside of the manual is the system's."""
        name = url.path(QUrl.ComponentFormattingOption.FullyDecoded).removesuffix(".md")
        if name in self.pages or name in self.licences:
            self.show_page(name)
        elif not url.isRelative():
            QDesktopServices.openUrl(url)

    def _mark(self) -> None:
        """Lay a colour under every word that is searched, and bring the first into view."""
        theme = themes.current()
        look = QTextCharFormat()
        look.setBackground(QColor(theme.selected))
        look.setForeground(QColor(theme.ink))
        marks: list[Any] = []  # Qt's stubs know no fields of a selection
        for word in self.search.text().split():
            cursor = self.text.document().find(word, 0, QTextDocument.FindFlag(0))
            while not cursor.isNull():
                mark: Any = QTextEdit.ExtraSelection()
                mark.cursor, mark.format = cursor, look
                marks.append(mark)
                cursor = self.text.document().find(word, cursor)
        self.text.setExtraSelections(marks)
        if marks:
            first = QTextCursor(min((mark.cursor for mark in marks), key=QTextCursor.position))
            first.clearSelection()
            self.text.setTextCursor(first)
            self.text.ensureCursorVisible()

    def _to_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _on_escape(self) -> None:
        """The search first, then the window."""
        if self.search.text():
            self.search.clear()
        else:
            self.close()


class _WrappedItems(QStyledItemDelegate):
    """Wraps words within the padding that the style sheet gives an item, of which Qt's own measuring knows nothing."""

    def __init__(self, view: QListWidget) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: Any, index: QModelIndex | QPersistentModelIndex) -> QSize:
        room = self._view.viewport().width()
        option.rect.setWidth(room - 2 * GAP)
        return super().sizeHint(option, index).boundedTo(QSize(room, _TALLEST))


def _item(page: ManualPage, hit: Hit | None = None) -> QListWidgetItem:
    item = QListWidgetItem(page.name if hit is None or not hit.snippet else f"{page.name}\n{hit.snippet}")
    item.setData(_NAME, page.name)
    return item


def topic_of(widget: QWidget | None, otherwise: str) -> str:
    """The page about the nearest thing around ``widget`` that has one."""
    while widget is not None:
        topic = widget.property(TOPIC)
        if topic:
            return str(topic)
        widget = widget.parentWidget()
    return otherwise
