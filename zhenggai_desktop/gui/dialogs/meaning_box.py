"""A drop-down that says what a column of a foreign table means."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPoint, QSignalBlocker, Signal
from PySide6.QtWidgets import QMenu, QWidget

from zhenggai_desktop.domain.column_names import COLUMN_NAMES
from zhenggai_desktop.domain.table_columns import Column, ColumnUse
from zhenggai_desktop.gui.dialogs.drop_down import DropDown


class MeaningBox(DropDown):
    """The first entry leaves it to the program. ``chosen`` tells a ``Column``, or None for the first entry.

    ``names`` are the meanings that are offered; one that is not among them counts as ``Column.OTHER``, which is.
    """

    chosen = Signal(object)

    def __init__(self, names: Mapping[Column, str] = COLUMN_NAMES, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names = names
        self.setMaxVisibleItems(len(names) + 1)
        self.addItem("")
        for name in names.values():
            self.addItem(name)
        self.activated.connect(lambda at: self.chosen.emit(None if at == 0 else list(names)[at - 1]))

    def pop_up(self, at: QPoint) -> None:
        """The choices as a menu at a place of the screen."""
        menu = QMenu(self)
        for place in range(self.count()):
            action = menu.addAction(self.itemText(place))
            action.setCheckable(True)
            action.setChecked(place == self.currentIndex())
            action.triggered.connect(lambda _checked=False, place=place: self._choose(place))
            if place == 0:
                menu.addSeparator()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    def _choose(self, place: int) -> None:
        self.setCurrentIndex(place)
        self.activated.emit(place)

    def show_use(self, by_itself: ColumnUse, said: Column | None) -> None:
        """Show what the program reads and what was said instead, None for nothing."""
        with QSignalBlocker(self):
            read = (column if column in self._names else Column.OTHER for column in by_itself.columns)
            self.setItemText(0, f"自动识别：{'、'.join(dict.fromkeys(self._names[column] for column in read))}")
            shown = said if said is None or said in self._names else Column.OTHER
            self.setCurrentIndex(0 if shown is None else list(self._names).index(shown) + 1)
