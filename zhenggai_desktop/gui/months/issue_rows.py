"""What the lists of the working months share: rows that stand for issues, and the choice of a department."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem

from zhenggai_desktop.gui.column_widths import set_widths
from zhenggai_desktop.gui.dialogs.drop_down import DropDown

ROW = int(Qt.ItemDataRole.UserRole)
"""Where an item holds what it shows: something with an ``issue``."""
_ALL = "全部部门"


class IssueRows(QTreeWidget):
    """One line for each issue; ``widths`` are characters, 0 takes what is left."""

    def __init__(self, name: str, heads: Sequence[str], widths: Sequence[float]) -> None:
        super().__init__()
        self.enter_pressed: Callable[[], None] = lambda: None
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setAlternatingRowColors(True)
        self.setAccessibleName(name)
        self.setHeaderLabels(list(heads))
        set_widths(self, widths)

    def items(self) -> list[QTreeWidgetItem]:
        return [item for at in range(self.topLevelItemCount()) if (item := self.topLevelItem(at))]

    def current(self) -> QTreeWidgetItem | None:
        """The row that is chosen."""
        return next(iter(self.selectedItems()), None)

    def current_id(self) -> int | None:
        item = self.current()
        return None if item is None else item.data(0, ROW).issue.id

    def choose(self, issue_id: int | None) -> None:
        """Choose the row of an issue, or else the first."""
        items = self.items()
        same = (item for item in items if item.data(0, ROW).issue.id == issue_id)
        found = next(same, items[0] if items else None)
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

    def takes(self, name: str) -> bool:
        """Whether what is this department's is to be shown."""
        return self.currentText() in (_ALL, name)
