"""The prose of a chapter in an editor: paragraphs and headings as plain text, placeholders as chips.

Nothing is kept here: ``blocks`` is what is typed at this moment, in the form in which the ledger stores it. There is no
undo of its own; the ledger's is the only one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QSyntaxHighlighter,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFormat,
)
from PySide6.QtWidgets import QTextEdit, QWidget

from zhenggai_desktop.domain.heading_forms import sentence_end
from zhenggai_desktop.domain.placeholders import PLACEHOLDER, Placeholder
from zhenggai_desktop.domain.records import BlockKind, ChapterBlock
from zhenggai_desktop.gui.notice.chips import CHIP, OBJECT, ChipPainter, chip_format, chip_name

_KIND = int(QTextFormat.Property.UserProperty) + 11
_LEVEL = _KIND + 1
_BREAK = "\u2028"  # a chosen line break inside a paragraph, as Qt writes it
_PARAGRAPH = ChapterBlock(BlockKind.PARAGRAPH, 0, "")
_LINE_HEIGHT = 150  # per cent


class ChapterText(QTextEdit):
    """Editor of one chapter's blocks."""

    edited = Signal()  # by the user, not by ``show_blocks``
    place_changed = Signal(int)  # the block in which the cursor stands, from 0
    leaving = Signal()  # the keyboard goes elsewhere

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._loading = False
        self._known: tuple[ChapterBlock, ...] = ()
        self._chips = ChipPainter(self.document())
        self.document().documentLayout().registerHandler(CHIP, self._chips)
        self._highlighter = _Headings(self)
        self.setAcceptRichText(False)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setAccessibleName("章节正文")
        self.document().setDocumentMargin(14)
        self.setMinimumHeight(self.fontMetrics().height() * 2)  # at twice the scale a window is only so high
        self.document().contentsChange.connect(self._on_contents_change)
        self.cursorPositionChanged.connect(lambda: self.place_changed.emit(self.textCursor().blockNumber()))

    # --- blocks in and out

    def show_blocks(self, blocks: Sequence[ChapterBlock], known: Mapping[str, Placeholder]) -> None:
        """Show other blocks, with the cursor where it was as far as it can be; what is shown already is left alone."""
        self.show_values(known)
        if tuple(blocks) == self.blocks():
            return
        place = self.textCursor().position()
        self._loading = True
        try:
            self.clear()
            cursor = self.textCursor()
            for number, block in enumerate(blocks or (_PARAGRAPH,)):
                if number:
                    cursor.insertBlock()
                cursor.setBlockFormat(_block_format(block.kind, block.level, self._indent()))
                self._insert(cursor, block.text)
        finally:
            self._loading = False
        self._known = self.blocks()
        cursor = self.textCursor()
        cursor.setPosition(min(place, self.document().characterCount() - 1))
        self.setTextCursor(cursor)

    def show_values(self, known: Mapping[str, Placeholder]) -> None:
        """Show the present values in the chips."""
        if {name: item.value for name, item in known.items()} != {n: i.value for n, i in self._chips.known.items()}:
            self._chips.known = known
            self.document().markContentsDirty(0, self.document().characterCount())

    def blocks(self) -> tuple[ChapterBlock, ...]:
        """What stands in the editor; an editor without words holds no block."""
        found: list[ChapterBlock] = []
        block = self.document().begin()
        while block.isValid():
            kind, level = kind_of(block)
            found.append(ChapterBlock(kind, level, _text_of(block)))
            block = block.next()
        return () if found == [_PARAGRAPH] else tuple(found)

    # --- editing

    def set_kind(self, kind: BlockKind, level: int) -> None:
        """Make headings or paragraphs of the blocks that are selected."""
        cursor = self.textCursor()
        first = self.document().findBlock(cursor.selectionStart())
        last = self.document().findBlock(cursor.selectionEnd()).blockNumber()
        while first.isValid() and first.blockNumber() <= last:
            QTextCursor(first).setBlockFormat(_block_format(kind, level, self._indent()))
            first = first.next()
        self._highlighter.rehighlight()
        self._on_contents_change()

    def insert_placeholder(self, name: str) -> None:
        """Put a chip in the place of the selection."""
        self._insert(self.textCursor(), f"{{{name}}}")
        self.setFocus()

    def go_to(self, number: int, place: int) -> None:
        """Set the cursor to a character of a block."""
        block = self.document().findBlockByNumber(number)
        if block.isValid():
            cursor = QTextCursor(block)
            cursor.setPosition(block.position() + min(place, block.length() - 1))
            self.setTextCursor(cursor)
            self.ensureCursorVisible()

    def select_words(self, words: str, nth: int) -> bool:
        """Select the words, of several the ``nth`` from 0 on, else the last; False where they are not here."""
        found, cursor = False, QTextCursor(self.document())
        for _ in range(nth + 1):
            following = self.document().find(words, cursor) if words and "\n" not in words else QTextCursor()
            if following.isNull():
                break
            cursor, found = following, True
        if found:
            self.setTextCursor(cursor)
            self.ensureCursorVisible()
        return found

    def _insert(self, cursor: QTextCursor, text: str) -> None:
        """Text at the cursor; names in braces that are known become chips, line feeds stay inside the block."""
        plain = QTextCharFormat()
        text = text.replace("\n", _BREAK)
        end = 0
        for match in PLACEHOLDER.finditer(text):
            cursor.insertText(text[end : match.start()], plain)
            if match[1] in self._chips.known:
                cursor.insertText(OBJECT, chip_format(match[1], plain))
            else:
                cursor.insertText(match[0], plain)
            end = match.end()
        cursor.insertText(text[end:], plain)
        self.setCurrentCharFormat(plain)

    def _indent(self) -> float:
        return 2.0 * self.fontMetrics().horizontalAdvance("字")

    def _on_contents_change(self) -> None:
        """Formats change by themselves (bold headings, new values); only words and kinds count as edits."""
        if self._loading:
            return
        blocks = self.blocks()
        if blocks != self._known:
            self._known = blocks
            self.edited.emit()

    # --- what Qt asks

    def keyPressEvent(self, event: QKeyEvent) -> None:
        was_heading = kind_of(self.textCursor().block())[0] is not BlockKind.PARAGRAPH
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            cursor = self.textCursor()
            level = 0 if was_heading or kind_of(cursor.block())[1] else kind_of(cursor.block())[1]
            if not cursor.block().text():
                cursor.setBlockFormat(_block_format(BlockKind.PARAGRAPH, level, self._indent()))
        elif event.text() == "}":
            self._make_chip()

    def _make_chip(self) -> None:
        """Braces that were typed around a known name become its chip."""
        cursor = self.textCursor()
        before = cursor.block().text()[: cursor.positionInBlock()]
        match = next((m for m in PLACEHOLDER.finditer(before) if m.end() == len(before)), None)
        if match is not None and match[1] in self._chips.known:
            cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, len(match[0]))
            self._insert(cursor, match[0])

    def event(self, event: QEvent) -> bool:
        """Undo and redo belong to the window, which has what is typed stored first."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_undo(event):
            event.ignore()
            return True
        return super().event(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Qt takes what an input method commits even where the text is to be read only."""
        if self.isReadOnly():
            event.ignore()
        else:
            super().inputMethodEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.leaving.emit()
        super().focusOutEvent(event)

    def createMimeDataFromSelection(self) -> QMimeData:
        data = QMimeData()
        cursor = self.textCursor()
        document = self.document()
        parts: list[str] = []
        block = document.findBlock(cursor.selectionStart())
        while block.isValid() and block.position() <= cursor.selectionEnd():
            start = max(cursor.selectionStart() - block.position(), 0)
            parts.append(_text_of(block, start, cursor.selectionEnd() - block.position()))
            block = block.next()
        data.setText("\n".join(parts))
        return data

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Words, but no files: those are for the window."""
        return source.hasText() and not source.hasUrls()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Pasted lines are paragraphs; names in braces become chips again."""
        cursor = self.textCursor()
        for number, line in enumerate(source.text().replace("\r\n", "\n").split("\n")):
            if number:
                cursor.insertBlock(_block_format(BlockKind.PARAGRAPH, 0, self._indent()))
            self._insert(cursor, line.strip() if number else line)
        self.setTextCursor(cursor)


def _is_undo(event: QKeyEvent) -> bool:
    return event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo)


class _Headings(QSyntaxHighlighter):
    """Shows headings, and the first sentence of a paragraph that begins with one, in bold."""

    def __init__(self, editor: QTextEdit) -> None:
        super().__init__(editor.document())

    def highlightBlock(self, text: str) -> None:
        kind, level = kind_of(self.currentBlock())
        if kind is BlockKind.PARAGRAPH and not level:
            return
        bold = QTextCharFormat()
        bold.setFontWeight(QFont.Weight.Bold)
        self.setFormat(0, sentence_end(text) if kind is BlockKind.PARAGRAPH else len(text), bold)


def kind_of(block: QTextBlock) -> tuple[BlockKind, int]:
    """What a block of the editor is, in the ledger's words."""
    text_format = block.blockFormat()
    kind = text_format.property(_KIND)
    return (BlockKind(kind), int(text_format.property(_LEVEL))) if kind else (BlockKind.PARAGRAPH, 0)


def _block_format(kind: BlockKind, level: int, indent: float) -> QTextBlockFormat:
    found = QTextBlockFormat()
    found.setProperty(_KIND, kind.value)
    found.setProperty(_LEVEL, level)
    found.setTextIndent(0.0 if kind is BlockKind.TITLE else indent)
    found.setAlignment(Qt.AlignmentFlag.AlignHCenter if kind is BlockKind.TITLE else Qt.AlignmentFlag.AlignLeft)
    found.setTopMargin(6.0 if kind is BlockKind.HEADING else 2.0)
    found.setLineHeight(_LINE_HEIGHT, int(QTextBlockFormat.LineHeightTypes.ProportionalHeight.value))
    return found


def _text_of(block: QTextBlock, start: int = 0, end: int | None = None) -> str:
    """The words of a block between two places, chips as names in braces."""
    parts: list[str] = []
    iterator = block.begin()
    while not iterator.atEnd():
        fragment = iterator.fragment()
        at = fragment.position() - block.position()
        text = fragment.text()[max(start - at, 0) : None if end is None else max(end - at, 0)]
        if OBJECT in text:
            text = text.replace(OBJECT, f"{{{chip_name(fragment.charFormat())}}}")
        parts.append(text)
        iterator += 1
    return "".join(parts).replace(_BREAK, "\n")
