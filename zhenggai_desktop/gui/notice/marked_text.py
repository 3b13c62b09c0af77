"""Words with what was taken out and what was put in, told by colour and by line, so that print and eyes agree."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum, auto

from PySide6.QtGui import QColor, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit, QWidget

from zhenggai_desktop.domain.records import Status
from zhenggai_desktop.domain.text_diff import Fate, Piece
from zhenggai_desktop.gui.themes import current

_TINT = 28  # of 255: the ground of a mark, in its own ink
_LINE_HEIGHT = 150  # per cent
_GAP = 10  # pixels between two entries


class Side(Enum):
    """Which state of the words is shown."""

    BEFORE = auto()
    AFTER = auto()
    BOTH = auto()


class MarkedText(QTextEdit):
    """Shows pieces; nothing in them is ever markup."""

    def __init__(self, name: str, side: Side = Side.BOTH, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._side = side
        self.setReadOnly(True)
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)

    def show_pieces(self, pieces: Sequence[Piece], empty: str = "") -> None:
        """Show one text; ``empty`` says what it means where this side has no words."""
        self.clear()
        cursor = QTextCursor(self.document())
        self._set_block(cursor)
        shown = [piece for piece in pieces if self._shows(piece)]
        self._insert(cursor, shown)
        if not shown and empty:
            cursor.insertText(empty, _muted())
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def show_entries(self, entries: Iterable[tuple[str, Sequence[Piece]]], empty: str) -> None:
        """Show captions with texts below them, one after the other."""
        self.clear()
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        first = True
        for caption, pieces in entries:
            self._set_block(cursor, new=not first, above=0 if first else _GAP)
            cursor.insertText(caption, _muted())
            self._set_block(cursor, new=True)
            self._insert(cursor, pieces)
            first = False
        if first:
            cursor.insertText(empty, _muted())
        cursor.endEditBlock()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def _shows(self, piece: Piece) -> bool:
        hidden = {Side.BEFORE: Fate.ADDED, Side.AFTER: Fate.REMOVED}.get(self._side)
        return piece.fate is not hidden

    def _insert(self, cursor: QTextCursor, pieces: Sequence[Piece]) -> None:
        for piece in pieces:
            parts = piece.text.split("\n")
            for at, part in enumerate(parts):
                if at:
                    if piece.fate is not Fate.KEPT:  # where a paragraph ends is a change that would not be seen
                        cursor.insertText("↵", _format(piece.fate))
                    self._set_block(cursor, new=True)
                cursor.insertText(part, _format(piece.fate))

    @staticmethod
    def _set_block(cursor: QTextCursor, *, new: bool = False, above: int = 0) -> None:
        block = QTextBlockFormat()
        block.setLineHeight(_LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        block.setTopMargin(above)
        if new:
            cursor.insertBlock(block, QTextCharFormat())
        else:
            cursor.setBlockFormat(block)


def _format(fate: Fate) -> QTextCharFormat:
    words = QTextCharFormat()
    if fate is not Fate.KEPT:
        worn = current()
        ink = QColor(worn.problem if fate is Fate.REMOVED else worn.statuses[Status.DONE])
        words.setForeground(ink)
        ink.setAlpha(_TINT)
        words.setBackground(ink)
        words.setFontStrikeOut(fate is Fate.REMOVED)
        words.setFontUnderline(fate is Fate.ADDED)
    return words


def _muted() -> QTextCharFormat:
    words = QTextCharFormat()
    words.setForeground(QColor(current().muted))
    return words
