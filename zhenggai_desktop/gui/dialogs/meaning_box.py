"""A drop-down that says what a column of a foreign table means."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSignalBlocker, Signal
from PySide6.QtWidgets import QMenu, QWidget

from zhenggai_desktop.domain.column_names import COLUMN_NAMES, use_name
from zhenggai_desktop.domain.table_columns import Column, ColumnUse
from zhenggai_desktop.gui.dialogs.drop_down import DropDown


class MeaningBox(DropDown):
    """The first entry leaves it to the program. ``chosen`` tells a ``Column``, or None for the first entry."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxVisibleItems(len(COLUMN_NAMES) + 1)
        self.addItem("")
        for name in COLUMN_NAMES.values():
            self.addItem(name)
        self.activated.connect(lambda at: self.chosen.emit(None if at == 0 else list(COLUMN_NAMES)[at - 1]))

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
            self.setItemText(0, f"自动识别：{use_name(by_itself.columns)}")
            self.setCurrentIndex(0 if said is None else list(COLUMN_NAMES).index(said) + 1)
