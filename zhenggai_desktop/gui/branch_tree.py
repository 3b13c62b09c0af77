"""A tree that lays out the branches that changed, not all that is open.

After each row that comes, goes or moves Qt's own tree asks the model about every open row: some five questions each,
which a model in Python feels. Here a branch whose rows are about to change is folded, and unfolded where the next
layout is due: Qt then asks about its own rows alone. The model tells the parents with ``layoutAboutToBeChanged``.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex
from PySide6.QtWidgets import QAbstractItemView, QTreeView, QWidget

AnyIndex = QModelIndex | QPersistentModelIndex


class BranchTree(QTreeView):
    """Rows are all of one height and are drawn whole."""

    _folded: list[QPersistentModelIndex] | None = None  # branches to lay out; None for the whole tree
    _is_quiet = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setUniformRowHeights(True)
        canvas = self.findChild(QWidget, "qt_scrollarea_viewport")
        assert canvas is not None, "every scroll area has one"
        self.canvas = canvas  # asking for the viewport as such would load half of Qt's classes

    def follow(self, model: Any) -> None:
        """Show a model that tells which branches it changes."""
        self.setModel(model)
        model.layoutAboutToBeChanged["QList<QPersistentModelIndex>"].connect(self._fold)
        model.modelAboutToBeReset.connect(self.lay_out_whole)

    def lay_out(self) -> None:
        """Give rows that came, went or moved their places now: the next painting shows them."""
        self.executeDelayedItemsLayout()

    def lay_out_whole(self) -> None:
        """Have the next layout look at every row."""
        self._folded = None

    def setExpanded(self, index: AnyIndex, expanded: bool) -> None:
        """As Qt's own. Before a layout that is due Qt keeps in mind what is opened, and looks at it with the layout: a
        layout of some branches would not look elsewhere."""
        if self._folded is not None:
            if index in self._folded and expanded:
                return
            if not any(is_above(branch, index) for branch in self._folded):
                self.lay_out()
        super().setExpanded(index, expanded)

    # --- what Qt asks

    def doItemsLayout(self) -> None:
        """Of the branches that were folded, where nothing else asks for more."""
        folded, self._folded = self._folded, None
        if folded is None or any(self.isExpanded(branch) for branch in folded):
            super().doItemsLayout()
            return
        with self._quietly():
            for branch in folded:
                self.expand(branch)
        self._fit_scroll_bar()
        self.updateEditorGeometries()
        self.canvas.update()

    def updateGeometries(self) -> None:
        """Between folding and unfolding nobody scrolls."""
        if not self._is_quiet:
            super().updateGeometries()

    def dataChanged(self, first: AnyIndex, last: AnyIndex, roles: Sequence[int] = ()) -> None:
        """Where the first and the last row stand says what is to be drawn; Qt's own way asks for each of their cells.
        It is taken where somebody types into a row or has it read aloud."""
        from PySide6.QtGui import QAccessible  # noqa: PLC0415 - its lists of roles and events are long

        if self.state() == QAbstractItemView.State.EditingState or QAccessible.isActive():
            super().dataChanged(first, last, roles)
        elif self._folded is None and (top := self.visualRect(first.sibling(first.row(), 0))).isValid():
            bottom = top if first.row() == last.row() else self.visualRect(last.sibling(last.row(), 0))
            self.canvas.update(0, top.y(), self.canvas.width(), bottom.bottom() + 1 - top.y())

    # --- inside

    def _fold(self, parents: list[QPersistentModelIndex]) -> None:
        """Rows below these parents are about to change."""
        self.lay_out()
        self._folded = None
        if not parents or not all(parent.isValid() for parent in parents):
            return
        branches = [branch for branch in parents if self._is_open(branch)]
        self._folded = [branch for branch in branches if not any(is_above(other, branch) for other in branches)]
        with self._quietly():
            for branch in self._folded:
                self.collapse(branch)

    def _fit_scroll_bar(self) -> None:
        """As far as there are rows; Qt's own way has the header drawn anew too."""
        model = self.model()
        last, rows = QModelIndex(), model.rowCount()
        while rows:
            last = model.index(rows - 1, 0, last)
            rows = model.rowCount(last) if self.isExpanded(last) else 0
        bar = self.verticalScrollBar()
        bar.setMaximum(max(0, bar.value() + self.visualRect(last).bottom() + 1 - self.canvas.height()))

    @contextmanager
    def _quietly(self) -> Generator[None]:
        """Fold and unfold without telling anybody and without showing how."""
        was_animated, was_blocked = self.isAnimated(), self.blockSignals(True)
        self.setAnimated(False)
        self._is_quiet = True
        try:
            yield
        finally:
            self._is_quiet = False
            self.setAnimated(was_animated)
            self.blockSignals(was_blocked)

    def _is_open(self, branch: AnyIndex) -> bool:
        """Whether the rows below a row are among those that can be scrolled to."""
        while branch.isValid():
            if not self.isExpanded(branch):
                return False
            branch = branch.parent()
        return True


def is_above(one: AnyIndex, other: AnyIndex) -> bool:
    """Whether a row stands above another, at whatever distance."""
    above = other.parent()
    while above.isValid() and above != one:
        above = above.parent()
    return above.isValid()
