"""Which columns the list shows, in the menu of views: for the keyboard, and for whoever never right-clicks a header."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu, QWidget

if TYPE_CHECKING:
    from zhenggai_desktop.gui.ledger_tree import LedgerTree


class ColumnMenu(QMenu):
    """Filled when it is opened."""

    def __init__(self, tree: Callable[[], LedgerTree], parent: QWidget | None = None) -> None:
        super().__init__("清单的列(&C)", parent)
        self._tree = tree
        self.aboutToShow.connect(self.fill)

    def fill(self) -> None:
        """The columns as they are shown now, to be ticked."""
        self.clear()
        self._tree().fill_columns(self)
