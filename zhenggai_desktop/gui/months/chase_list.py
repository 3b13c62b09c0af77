"""What has to be chased, in groups of department or leader, each line with a tick: for whom a letter is made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QBrush, QFont, QKeyEvent
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem, QWidget

from zhenggai_desktop.domain.changes import RecordKey
from zhenggai_desktop.domain.chasing import URGENCY_NAMES, Reason, Reminder
from zhenggai_desktop.domain.records import Chase, Issue, Measure
from zhenggai_desktop.gui.column_widths import set_widths
from zhenggai_desktop.gui.lazy_items import Cells, LazyItem
from zhenggai_desktop.gui.months.urgency_marks import urgency_icon
from zhenggai_desktop.gui.overview.colours import late_colour
from zhenggai_desktop.services.chase_letters import uid_of
from zhenggai_desktop.texts import date_text

_HEADS = ("序号", "事项", "牵头部门", "责任人", "时限", "情况", "最近进展", "上次催办")
_WIDTHS = (9, 0, 6, 5, 9.5, 11, 6, 11)  # characters; 0 takes what is left
_DEPARTMENT, _STATE = 2, 5

Groups = Sequence[tuple[str, Sequence[Reminder]]]


class ChaseList(QTreeWidget):
    """Ticks stay as they were set when the list is shown anew. Enter and a double click ask for the record."""

    record_chosen = Signal(object)  # RecordKey
    ticked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setHeaderLabels(list(_HEADS))
        self.setUniformRowHeights(True)
        self.setAccessibleName("要催办的事项")
        self._unticked: set[tuple[str, str]] = set()
        self._items: list[_Group] = []
        self._chases: Mapping[RecordKey, Chase] = {}
        self._groups: Groups = ()
        set_widths(self, _WIDTHS)
        self.itemChanged.connect(self._on_changed)
        self.itemDoubleClicked.connect(lambda item, _column: self._ask(item))

    def show_groups(self, groups: Groups, chases: Mapping[RecordKey, Chase], *, leaders: bool) -> None:
        """Show these reminders; ``leaders`` says that the groups are leaders, and the departments are columns."""
        current = self.current_reminder()
        self._groups, self._chases = groups, chases
        self.setColumnHidden(_DEPARTMENT, not leaders)
        bold = QFont(self.font())
        bold.setBold(True)
        with QSignalBlocker(self):
            self.clear()
            self._items = [_Group(name, found, self._lines(name, found), bold) for name, found in groups]
            self.addTopLevelItems(self._items)
            for group in self._items:
                group.setFirstColumnSpanned(True)  # counts only for an item that is in a tree
            self.expandAll()
            self._choose(current)

    def current_reminder(self) -> Reminder | None:
        """The line that the keyboard is on; None on a group."""
        chosen = next(iter(self.selectedItems()), None)
        return chosen.row if isinstance(chosen, LazyItem) else None

    def ticked_pairs(self) -> tuple[tuple[str, Reminder], ...]:
        """Recipient and reminder of every ticked line."""
        return tuple(
            (name, one) for name, found in self._groups for one in found if (name, uid_of(one)) not in self._unticked
        )

    # --- inside

    def _lines(self, name: str, found: Sequence[Reminder]) -> list[LazyItem]:
        unticked = self._unticked
        return [LazyItem(one, self._cells, ticked=(name, uid_of(one)) not in unticked) for one in found]

    def _cells(self, one: Reminder) -> Cells:
        duties, chase = one.duties, self._chases.get(key_of(one))
        silent = "" if one.silent is None else "今天" if one.silent <= 0 else f"{one.silent}天前"
        last = "" if chase is None else f"{short_day(chase.chased_on)} {chase.kind}".strip()
        title = one.title if one.measure is None else f"措施：{one.title}"
        deadline = duties.deadline or date_text(duties.due_on)
        return Cells(
            (one.number, title, duties.lead_department, duties.owner, deadline, one.words, silent, last),
            {1: title, _STATE: f"{URGENCY_NAMES[one.urgency]}：{one.words}", 7: last},
            {_STATE: urgency_icon(one.urgency)},
            {_STATE: QBrush(late_colour())} if one.reason is Reason.LATE else {},
        )

    def _choose(self, wanted: Reminder | None) -> None:
        lines = [line for group in self._items for line in group.lines]
        same = (line for line in lines if wanted is not None and uid_of(line.row) == uid_of(wanted))
        line = next(same, lines[0] if lines else None)
        if line is not None:
            self.setCurrentItem(line)

    def _on_changed(self, _item: QTreeWidgetItem, column: int) -> None:
        if column == 0:
            self._read_ticks()
            self.scheduleDelayedItemsLayout()  # a group's box goes with those of its lines
            self.ticked.emit()

    def _read_ticks(self) -> None:
        self._unticked -= {(name, uid_of(one)) for name, found in self._groups for one in found}
        for (name, _), group in zip(self._groups, self._items, strict=True):
            self._unticked |= {(name, uid_of(line.row)) for line in group.lines if not line.ticked}

    def _ask(self, item: QTreeWidgetItem | None) -> None:
        if isinstance(item, LazyItem):
            self.record_chosen.emit(key_of(item.row))

    # --- what Qt reports

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._ask(self.currentItem())
        else:
            super().keyPressEvent(event)


def key_of(one: Reminder) -> RecordKey:
    """The record that is chased."""
    return (Issue, one.issue.id) if one.measure is None else (Measure, one.measure.id)


class _Group(QTreeWidgetItem):
    """A department or a leader above its lines; its box is that of all of them together."""

    def __init__(self, name: str, found: Sequence[Reminder], lines: list[LazyItem], font: QFont) -> None:
        late = sum(one.reason is Reason.LATE for one in found)
        super().__init__([f"{name}（{len(found)}项{f'，{late}项已逾期' if late else ''}）"])
        self.lines = lines
        self.setFont(0, font)
        self.addChildren(lines)

    def data(self, column: int, role: int) -> Any:
        if role != Qt.ItemDataRole.CheckStateRole:
            return super().data(column, role)
        ticked, state = sum(bool(line.ticked) for line in self.lines), Qt.CheckState
        whole = state.Checked if ticked == len(self.lines) else state.PartiallyChecked if ticked else state.Unchecked
        return None if column else whole.value

    def setData(self, column: int, role: int, value: Any) -> None:
        if role != Qt.ItemDataRole.CheckStateRole:
            super().setData(column, role, value)
            return
        for line in self.lines:
            line.ticked = Qt.CheckState(value) is Qt.CheckState.Checked
        tree = self.treeWidget()
        if tree is not None:  # pyright: ignore[reportUnnecessaryComparison] - the stubs forget items without a tree
            tree.itemChanged.emit(self, column)


def short_day(day: dt.date | None) -> str:
    """“6月3日”; "" for no day."""
    return "" if day is None else f"{day.month}月{day.day}日"
