"""Lines of a list that work out what they show when they are first looked at: of many lines few ever are."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QIcon
from PySide6.QtWidgets import QTreeWidgetItem

Role = Qt.ItemDataRole
ROW = int(Role.UserRole)
"""Where a line holds what it stands for."""
_CHECKED, _UNCHECKED = Qt.CheckState.Checked.value, Qt.CheckState.Unchecked.value
_DISPLAY, _HINT, _ICON, _INK, _TICK = (
    int(role) for role in (Role.DisplayRole, Role.ToolTipRole, Role.DecorationRole, Role.ForegroundRole,
                           Role.CheckStateRole)
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cells:
    """What a line shows: a text for each column; hints, pictures and colours by column."""

    texts: Sequence[str]
    hints: Mapping[int, str] = field(default_factory=dict[int, str])
    icons: Mapping[int, QIcon] = field(default_factory=dict[int, QIcon])
    inks: Mapping[int, QBrush] = field(default_factory=dict[int, QBrush])


class LazyItem(QTreeWidgetItem):
    """``row`` is what it stands for, ``look`` says how that looks. ``ticked`` is None for a line without a box; a line
    that is ticked tells its list, as Qt's own does."""

    def __init__(self, row: Any, look: Callable[[Any], Cells], *, ticked: bool | None = None) -> None:
        super().__init__()
        self.row, self.ticked = row, ticked
        self._look = look
        self._cells: Cells | None = None

    def turn(self, row: Any, *, ticked: bool | None) -> None:
        """Stand for something else from the next painting on."""
        self.row, self.ticked, self._cells = row, ticked, None

    def data(self, column: int, role: int) -> Any:
        if role == _TICK:
            return None if column or self.ticked is None else _CHECKED if self.ticked else _UNCHECKED
        if role == ROW:
            return self.row
        cells = self._cells
        if cells is None:
            cells = self._cells = self._look(self.row)
        if role == _DISPLAY:
            return cells.texts[column]
        if role == _ICON:
            return cells.icons.get(column)
        if role == _INK:
            return cells.inks.get(column)
        return hint.replace("<", "＜") if role == _HINT and (hint := cells.hints.get(column)) else None  # never markup

    def setData(self, column: int, role: int, value: Any) -> None:
        """A tick is set; nothing else of it is set from outside."""
        if role == _TICK and self.ticked is not None:
            self.ticked = Qt.CheckState(value) is Qt.CheckState.Checked
            self.emitDataChanged()
            tree = self.treeWidget()
            if tree is not None:  # pyright: ignore[reportUnnecessaryComparison] - the stubs forget items without a tree
                tree.itemChanged.emit(self, column)
