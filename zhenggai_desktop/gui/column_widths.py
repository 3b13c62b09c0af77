"""Widths of a list's columns in characters, so that they go with the size of letters."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QHeaderView, QTreeWidget

_LEAST = 9  # characters of a column that takes what is left: with less it says nothing, and the list scrolls sideways


def set_widths(rows: QTreeWidget, widths: Sequence[float]) -> None:
    """Give each column so many characters; those of 0 share what is left, now and whenever room or letters change."""
    rows.header().setStretchLastSection(False)
    _Widths(rows, widths).fit_all()


class _Widths(QObject):
    """Belongs to the list."""

    def __init__(self, rows: QTreeWidget, widths: Sequence[float]) -> None:
        super().__init__(rows)
        self._rows, self._widths = rows, tuple(widths)
        rows.installEventFilter(self)
        rows.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._rows and event.type() == QEvent.Type.FontChange:
            self.fit_all()
        elif watched is not self._rows and event.type() == QEvent.Type.Resize:
            self._fit_shared()
        return False

    def fit_all(self) -> None:
        character = self._rows.fontMetrics().horizontalAdvance("字")
        for column, width in enumerate(self._widths):
            if width:
                self._rows.header().resizeSection(column, round(character * width))
        self._fit_shared()

    def _fit_shared(self) -> None:
        header = self._rows.header()
        shown = [column for column in range(len(self._widths)) if not header.isSectionHidden(column)]
        shared = [column for column in shown if not self._widths[column]]
        least = self._rows.fontMetrics().horizontalAdvance("字") * _LEAST
        others = sum(header.sectionSize(column) for column in shown if self._widths[column])
        fits = self._rows.viewport().width() - others >= least * len(shared)
        mode = QHeaderView.ResizeMode.Stretch if fits else QHeaderView.ResizeMode.Interactive
        for column in shared:
            if header.sectionResizeMode(column) != mode:
                header.setSectionResizeMode(column, mode)
            if not fits:
                header.resizeSection(column, least)
