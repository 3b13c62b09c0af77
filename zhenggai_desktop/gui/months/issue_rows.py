"""What the lists of the working months share: rows that stand for issues, and the choice of a department."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QTreeWidget

from zhenggai_desktop.gui.column_widths import set_widths
from zhenggai_desktop.gui.dialogs.drop_down import DropDown
from zhenggai_desktop.gui.lazy_items import Cells, LazyItem

_ALL = "全部部门"


class IssueRows(QTreeWidget):
    """One line for each issue: of something with an ``issue``. ``widths`` are characters, 0 takes what is left."""

    def __init__(self, name: str, heads: Sequence[str], widths: Sequence[float]) -> None:
        super().__init__()
        self.enter_pressed: Callable[[], None] = lambda: None
        self._items: list[LazyItem] = []
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setAlternatingRowColors(True)
        self.setAccessibleName(name)
        self.setHeaderLabels(list(heads))
        set_widths(self, widths)

    def show_rows(
        self, rows: Sequence[Any], look: Callable[[Any], Cells], ticked: Collection[int] | None = None
    ) -> None:
        """Show these, each as ``look`` says; ``ticked`` are ids of issues, None for rows without boxes. The row of the
        issue that was chosen is chosen again, else the first."""
        current = self.current_id()
        ticks = [None if ticked is None else row.issue.id in ticked for row in rows]
        with QSignalBlocker(self):
            if len(rows) == len(self._items):
                for item, row, tick in zip(self._items, rows, ticks, strict=True):
                    item.turn(row, ticked=tick)
                self.scheduleDelayedItemsLayout()
            else:
                self.clear()
                self._items = [LazyItem(row, look, ticked=tick) for row, tick in zip(rows, ticks, strict=True)]
                self.addTopLevelItems(self._items)
            self.choose(current)

    def items(self) -> Sequence[LazyItem]:
        return self._items

    def current(self) -> LazyItem | None:
        """The row that is chosen."""
        chosen = next(iter(self.selectedItems()), None)
        return chosen if isinstance(chosen, LazyItem) else None

    def current_id(self) -> int | None:
        item = self.current()
        return None if item is None else item.row.issue.id

    def choose(self, issue_id: int | None) -> None:
        """Choose the row of an issue, or else the first."""
        items = self._items
        found = next((item for item in items if item.row.issue.id == issue_id), items[0] if items else None)
        if found is not None:
            self.setCurrentItem(found)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.enter_pressed()
        else:
            super().keyPressEvent(event)


class DepartmentBox(DropDown):
    """All departments or one."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("牵头部门")

    def offer(self, names: Iterable[str]) -> None:
        """Offer these in their order, without a signal; the one that is chosen stays where it is still there."""
        known = self.currentText()
        with QSignalBlocker(self):
            self.clear()
            self.addItems([_ALL, *names])
            self.setCurrentIndex(max(self.findText(known), 0))

    def takes(self, *names: str) -> bool:
        """Whether what is these departments' is to be shown."""
        return self.currentText() in (_ALL, *names)
