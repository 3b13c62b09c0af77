"""The lines of a source as a list: number, what each became in words and colour, and its text in one line."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont

from zhenggai_desktop.domain.blocks import LineRole
from zhenggai_desktop.domain.line_uses import LineUse, UsedLine
from zhenggai_desktop.gui import themes

Index = QModelIndex | QPersistentModelIndex
NUMBER, USE, TEXT = range(3)
_HEADS = ("行", "识别为", "原文")
_LONGEST_TIP = 600  # characters

USE_NAMES = {
    LineUse.TITLE: "标题",
    LineUse.LEAD: "导语",
    LineUse.CHAPTER: "章节",
    LineUse.PROSE: "正文",
    LineUse.SECTION: "方面",
    LineUse.ISSUE: "问题",
    LineUse.SUB_ISSUE: "具体表现",
    LineUse.WORDING: "问题原文",
    LineUse.ANSWER: "整改情况",
    LineUse.RECOMMENDATION: "意见建议",
    LineUse.CLOSING: "结尾",
    LineUse.SIGNATURE: "落款",
    LineUse.TABLE: "表格",
    LineUse.JOINED: "并入上一行",
    LineUse.LEFT_OVER: "未归入",
    LineUse.LEFT_OUT: "不导入",
}
ROLE_NAMES = {
    LineRole.CHAPTER: "章节",
    LineRole.SECTION: "方面",
    LineRole.ISSUE: "问题",
    LineRole.SUB_ISSUE: "具体表现",
    LineRole.TEXT: "正文，不是标题",
}
#: On a light ground and on a dark one; each stands out 3 : 1 at least from what is behind it.
HUES = {
    LineUse.CHAPTER: ("#6b7782", "#a3afba"),
    LineUse.SECTION: ("#2f74b5", "#7cb4ea"),
    LineUse.ISSUE: ("#1a7f63", "#5fcaa6"),
    LineUse.SUB_ISSUE: ("#66821a", "#b5d04e"),
    LineUse.RECOMMENDATION: ("#8a5cba", "#c5a3ea"),
    LineUse.LEFT_OVER: ("#a86a00", "#f0b45c"),
}
_BOLD = frozenset({LineUse.CHAPTER, LineUse.SECTION, LineUse.ISSUE})
_FAINT = frozenset({LineUse.LEFT_OUT, LineUse.JOINED})
_INDENTS = {LineUse.SECTION: 0, LineUse.ISSUE: 1, LineUse.SUB_ISSUE: 2, LineUse.WORDING: 2, LineUse.ANSWER: 2}


class SourceLines(QAbstractTableModel):
    """Rows are ``UsedLine``s; texts are never markup."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: tuple[UsedLine, ...] = ()

    def show_lines(self, lines: tuple[UsedLine, ...]) -> None:
        """Show other lines, or the same as something else."""
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(_HEADS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _HEADS[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return _words(line, index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"第{line.place.line}行，{use_name(line)}：{line.text.strip()}"
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == TEXT:
            return line.text.strip()[:_LONGEST_TIP].replace("<", "＜")  # never markup: the words come from files
        if role == Qt.ItemDataRole.DecorationRole and index.column() == USE:
            return hue(line.use)
        return _font(line) if role == Qt.ItemDataRole.FontRole else None


def hue(use: LineUse) -> QColor:
    """The colour of a use on the theme that is worn; none for plain text."""
    dark = themes.current().scheme is Qt.ColorScheme.Dark
    return QColor(HUES[use][dark]) if use in HUES else QColor(Qt.GlobalColor.transparent)


def use_name(line: UsedLine) -> str:
    """What the line became, and whether a person said so."""
    return USE_NAMES[line.use] + ("（更正）" if line.said is not LineRole.AUTO else "")


def _words(line: UsedLine, column: int) -> str:
    if column == NUMBER:
        return str(line.place.line) if not line.place.start else "↳"
    if column == USE:
        return use_name(line)
    return "　" * _INDENTS.get(line.use, 0) + " ".join(line.text.split())


def _font(line: UsedLine) -> QFont | None:
    if line.use not in _BOLD | _FAINT:
        return None
    font = QFont()
    font.setBold(line.use in _BOLD)
    font.setStrikeOut(line.use is LineUse.LEFT_OUT)
    font.setItalic(line.use is LineUse.JOINED)
    return font
