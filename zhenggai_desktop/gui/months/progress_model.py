"""The lines of 本周进展: what was said last, and what is typed now, kept by record until it is entered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QBrush, QColor

from zhenggai_desktop.domain.changes import RecordKey
from zhenggai_desktop.domain.records import LogEntry, Status
from zhenggai_desktop.gui import themes
from zhenggai_desktop.gui.status_marks import late_icon, status_icon
from zhenggai_desktop.services.progress_entry import DITTO, Entry
from zhenggai_desktop.texts import STATUS_NAMES

AnyIndex = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_HEADS = ("序号", "问题或措施", "牵头部门", "上次进展", "本次进展", "报告人")
Role = Qt.ItemDataRole


class Column(IntEnum):
    NUMBER = 0
    TITLE = 1
    DEPARTMENT = 2
    LAST = 3
    TEXT = 4
    REPORTER = 5


_GREYED = (Column.LAST, Column.NUMBER, Column.DEPARTMENT, Column.REPORTER)


@dataclass(frozen=True, slots=True)
class Line:
    """One record to report on; ``silent`` says that nothing was entered since the beginning of the week."""

    key: RecordKey
    number: str
    title: str
    department: str
    status: Status
    late: bool
    silent: bool
    last: LogEntry | None


class ProgressModel(QAbstractTableModel):
    """Lines that may be filtered away keep what was typed into them."""

    typed = Signal()
    refused = Signal(str)  # a sentence about “同上” that has nothing above it

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self.lines: tuple[Line, ...] = ()
        self._reporter = ""  # of what is typed from now on, and of what was typed before anybody was named
        self.read_only = False
        self._drafts: dict[RecordKey, Entry] = {}
        self._order: tuple[RecordKey, ...] = ()

    def show_lines(self, lines: Sequence[Line], order: Iterable[RecordKey]) -> None:
        """Show these lines; ``order`` are all records there are, in which typed entries are stored. What is typed
        stays; where the lines are of the same records, the field in which is being typed stays too."""
        same = [line.key for line in self.lines] == [line.key for line in lines]
        if not same:
            self.beginResetModel()
        self.lines, self._order = tuple(lines), tuple(order)
        if not same:
            self.endResetModel()
        elif self.lines:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.lines) - 1, self.columnCount() - 1))

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What is typed and not entered yet, in reading order; what belongs to no line at present comes last."""
        placed = {key: self._drafts[key] for key in self._order if key in self._drafts}
        return tuple(map(self._told, (placed | self._drafts).values()))

    def say_reporter(self, name: str) -> None:
        """Who tells what is typed; what waits and has nobody yet is shown with him too."""
        self._reporter = name.strip()
        self._show_drafts(Column.REPORTER)

    def keep_reporter(self) -> None:
        """What waits has from now on who is named now."""
        self._drafts = {key: self._told(entry) for key, entry in self._drafts.items()}

    def _told(self, entry: Entry) -> Entry:
        return entry if entry.reporter else replace(entry, reporter=self._reporter)

    def _show_drafts(self, first: Column = Column.TEXT) -> None:
        if self.lines:
            self.dataChanged.emit(self.index(0, first), self.index(len(self.lines) - 1, Column.REPORTER))

    def drop(self, is_gone: Callable[[RecordKey], bool]) -> tuple[Entry, ...]:
        """Forget what was typed for records that are gone; gives it."""
        gone = tuple(entry for key, entry in self._drafts.items() if is_gone(key))
        for entry in gone:
            del self._drafts[entry.key]
        if gone:
            self.typed.emit()
        return gone

    def take_up(self, entries: Iterable[Entry]) -> None:
        """What was typed in an earlier run, in the place of nothing that is typed now."""
        self._drafts = {entry.key: entry for entry in entries} | self._drafts

    def with_typed(self, row: int, text: str) -> tuple[Entry, ...]:
        """``entries`` with what is being typed into a line and not left yet; a row below 0 is none."""
        words = one_line(text)
        if not 0 <= row < len(self.lines) or not words or words in DITTO:
            return self.entries
        key = self.lines[row].key
        return (*(entry for entry in self.entries if entry.key != key), Entry(key, words, self._reporter))

    def forget(self) -> None:
        """What was typed is entered, or nobody wants it."""
        self._drafts.clear()
        self._show_drafts()
        self.typed.emit()

    # --- what Qt asks

    def rowCount(self, parent: AnyIndex = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: AnyIndex = _ROOT) -> int:
        return 0 if parent.isValid() else len(_HEADS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Role.DisplayRole:
            return _HEADS[section]
        return None

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.column() == Column.TEXT and not self.read_only:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: AnyIndex, role: int = Role.DisplayRole) -> Any:
        line, column = self.lines[index.row()], Column(index.column())
        if role == Role.DecorationRole and column is Column.TITLE:
            return late_icon() if line.late else status_icon(line.status)
        if role == Role.ForegroundRole and column in _GREYED:
            return QBrush(QColor(themes.current().muted))
        return self._words(line, column, role)

    def _words(self, line: Line, column: Column, role: int) -> Any:
        if role in (Role.DisplayRole, Role.EditRole):
            return self._text(line, column)
        if role == Role.ToolTipRole:
            return self._text(line, column).replace("<", "＜") or None  # never markup: the words come from files
        if role == Role.AccessibleTextRole and column is Column.TITLE:
            return f"{STATUS_NAMES[line.status]}{'，逾期' if line.late else ''} {line.title}"
        if role == Role.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
        return None

    def setData(self, index: AnyIndex, value: Any, role: int = Role.EditRole) -> bool:
        if role != Role.EditRole or index.column() != Column.TEXT or self.read_only:
            return False
        line = self.lines[index.row()]
        text = one_line(str(value))
        if text in DITTO:
            above = self._above(index.row())
            if above is None:
                self.refused.emit("上面还没有填本次进展，“同上”没有可以沿用的内容。")
                return False
            text = above.text
        if text == self._text(line, Column.TEXT):
            return True
        if text:
            self._drafts[line.key] = Entry(line.key, text, self._reporter)
        else:
            self._drafts.pop(line.key, None)
        self.dataChanged.emit(index, self.index(index.row(), Column.REPORTER))
        self.typed.emit()
        return True

    def _above(self, row: int) -> Entry | None:
        """What is typed in the nearest line above that has something."""
        lines = reversed(self.lines[:row])
        return next((self._drafts[line.key] for line in lines if line.key in self._drafts), None)

    def _text(self, line: Line, column: Column) -> str:
        draft = self._drafts.get(line.key)
        match column:
            case Column.NUMBER:
                return line.number
            case Column.TITLE:
                return line.title
            case Column.DEPARTMENT:
                return line.department
            case Column.LAST:
                return "" if line.last is None else f"{_day(line.last.entered_on)}{line.last.text}"
            case Column.TEXT:
                return "" if draft is None else draft.text
            case Column.REPORTER:
                return "" if draft is None else self._told(draft).reporter


def one_line(text: str) -> str:
    """What is kept of the words in a field."""
    return " ".join(text.split("\n")).strip()


def _day(day: dt.date | None) -> str:
    return "" if day is None else f"{day.month}月{day.day}日："
