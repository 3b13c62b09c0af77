"""The findings as a list: the gravest first, two lines each, waived ones last."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QStyle,
    QStyledItemDelegate,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from zhenggai_desktop.domain.proofread.captions import FAMILY_NAMES, SEVERITY_NAMES
from zhenggai_desktop.domain.proofread.findings import Finding, Severity
from zhenggai_desktop.domain.records import Waiver
from zhenggai_desktop.gui import themes
from zhenggai_desktop.gui.proof.severities import severity_colour
from zhenggai_desktop.gui.style import GAP

_ENTRY = int(Qt.ItemDataRole.UserRole)
_SEVERITY = _ENTRY + 1
_SECOND = _ENTRY + 2  # the second line of a row
MOST_SHOWN = 400  # of a group; nobody reads more at once
_BAR = 3  # pixels of colour before a row


@dataclass(frozen=True, slots=True)
class Entry:
    """A finding, and where it was waived by what."""

    finding: Finding
    waiver: Waiver | None = None

    @property
    def key(self) -> tuple[object, ...]:
        """By which the same finding is known again after a change."""
        finding = self.finding
        return finding.code, finding.anchor, finding.words, finding.message


class FindingsList(QTreeWidget):
    """Shows entries in groups. ``place_of`` says where a finding stands, in a few words."""

    chosen = Signal(object)  # Entry, or None
    opened = Signal(object)  # Entry: double click or Enter

    def __init__(self, place_of: Callable[[Finding], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._place_of = place_of
        self.setAccessibleName("校对意见")
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setItemsExpandable(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QTreeWidget.ScrollMode.ScrollPerPixel)
        self.setItemDelegate(_Rows(self))
        self.currentItemChanged.connect(lambda item, _before: self.chosen.emit(_entry(item)))
        self.itemActivated.connect(lambda item, _column: self.opened.emit(_entry(item)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What is told about the chosen finding takes room from the list: the finding stays in sight."""
        super().resizeEvent(event)
        if self.currentIndex().isValid():
            self.scrollToItem(self.currentItem())

    @property
    def current(self) -> Entry | None:
        return _entry(self.currentItem())

    def show_entries(self, entries: Iterable[Entry]) -> None:
        """Show other findings; the chosen one stays chosen where it is still there, else the one in its place."""
        current, row = self.current, self._row_of(self.currentItem())
        groups: dict[str, list[Entry]] = {}
        for entry in entries:
            groups.setdefault("" if entry.waiver else entry.finding.severity.value, []).append(entry)
        self.blockSignals(True)
        self.clear()
        rows: list[QTreeWidgetItem] = []
        for name in (*(severity.value for severity in Severity), ""):
            if name in groups:
                rows += self._add_group(name, groups[name])
        again = next((item for item in rows if current and _entry(item).key == current.key), None)  # type: ignore[union-attr]
        if again is None and current is not None and rows:
            again = rows[min(row, len(rows) - 1)]
        if again is not None:
            self.setCurrentItem(again)
        self.blockSignals(False)
        self.chosen.emit(self.current)

    def entries(self) -> list[Entry]:
        """What is shown, in its order."""
        return [entry for item in self._rows() if (entry := _entry(item)) is not None]

    def _add_group(self, name: str, entries: list[Entry]) -> list[QTreeWidgetItem]:
        caption = SEVERITY_NAMES[Severity(name)] if name else "保留不改"
        head = QTreeWidgetItem(self, [f"{caption}　{len(entries)}"])
        head.setFlags(Qt.ItemFlag.ItemIsEnabled)
        head.setData(0, _SEVERITY, name)
        head.setExpanded(True)
        rows: list[QTreeWidgetItem] = []
        for entry in entries[:MOST_SHOWN]:
            finding = entry.finding
            item = QTreeWidgetItem(head, [finding.message])
            item.setData(0, _ENTRY, entry)
            item.setData(0, _SEVERITY, name)
            item.setData(0, _SECOND, f"{self._place_of(finding)}　·　{FAMILY_NAMES[finding.family]}")
            rows.append(item)
        if len(entries) > MOST_SHOWN:
            more = QTreeWidgetItem(head, [f"另有{len(entries) - MOST_SHOWN}处，改正前面的以后再显示"])
            more.setFlags(Qt.ItemFlag.NoItemFlags)
        head.setExpanded(True)
        return rows

    def _rows(self) -> list[QTreeWidgetItem]:
        heads = (head for at in range(self.topLevelItemCount()) if (head := self.topLevelItem(at)) is not None)
        return [head.child(at) for head in heads for at in range(head.childCount())]

    def _row_of(self, item: QTreeWidgetItem | None) -> int:
        return next((at for at, row in enumerate(self._rows()) if row is item), 0)


def _entry(item: QTreeWidgetItem | None) -> Entry | None:
    entry = None if item is None else item.data(0, _ENTRY)
    return entry if isinstance(entry, Entry) else None


class _Rows(QStyledItemDelegate):
    """A bar in the colour of the severity, the sentence, below it the place."""

    def sizeHint(self, option: Any, index: QModelIndex | QPersistentModelIndex) -> QSize:
        height = QFontMetrics(option.font).height()
        lines = 2 if index.parent().isValid() and index.data(_SECOND) else 1
        return QSize(0, height * lines + 2 * GAP - 2)

    def paint(self, painter: QPainter, option: Any, index: QModelIndex | QPersistentModelIndex) -> None:
        painter.save()
        theme, rect = themes.current(), option.rect
        metrics = QFontMetrics(option.font)
        painter.setFont(option.font)
        name = index.data(_SEVERITY)
        colour = severity_colour(Severity(name)) if name else QColor(theme.muted)
        if not index.data(_SECOND):
            self._paint_head(painter, option, index, colour)
            painter.restore()
            return
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(theme.selected))
        painter.fillRect(QRect(rect.left() + GAP, rect.top() + GAP, _BAR, rect.height() - 2 * GAP), colour)
        left = rect.left() + 2 * GAP + _BAR
        width = rect.right() - left - GAP
        line = QRect(left, rect.top() + GAP - 2, width, metrics.height())
        painter.setPen(QColor(theme.ink))
        painter.drawText(line, 0, metrics.elidedText(index.data(), Qt.TextElideMode.ElideRight, width))
        painter.setPen(QColor(theme.muted))
        line.translate(0, metrics.height() + 1)
        painter.drawText(line, 0, metrics.elidedText(index.data(_SECOND), Qt.TextElideMode.ElideMiddle, width))
        painter.restore()

    @staticmethod
    def _paint_head(
        painter: QPainter,
        option: Any,
        index: QModelIndex | QPersistentModelIndex,
        colour: QColor,
    ) -> None:
        font = QFont(option.font)
        font.setBold(index.data(_SEVERITY) is not None)
        painter.setFont(font)
        painter.setPen(colour)
        rect = option.rect.adjusted(GAP, 0, -GAP, 0)
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), index.data())
