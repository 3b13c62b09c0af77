"""Labels and fields in two columns; in one where there is no room for two, as with large letters on a small screen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from zhenggai_desktop.domain.record_making import Value, frozen
from zhenggai_desktop.gui.style import GAP

_CAPTION_WIDTH = 6  # characters
_FIELD_WIDTH = 10.5  # characters that a field in two columns must have: a whole date and its button


@frozen
class Cell(Value):
    """``label`` is None for a field that says its caption itself. ``half`` cells share a row by twos."""

    label: QLabel | None
    editor: QWidget
    problem: QLabel
    half: bool


class FieldGrid(QGridLayout):
    """Places its cells anew when ``fit`` is told another width."""

    def __init__(self, cells: Sequence[Cell]) -> None:
        super().__init__()
        self._cells = cells
        self._wide: bool | None = None
        self.setHorizontalSpacing(GAP)
        self.setVerticalSpacing(GAP - 2)
        self._place(wide=True)

    def fit(self, width: int, character: int) -> None:
        """``width`` and the width of a character, in pixels."""
        self._place(wide=width >= 2 * character * (_CAPTION_WIDTH + _FIELD_WIDTH))
        has_pairs = bool(self._wide) and any(cell.half for cell in self._cells)
        for column, needed in ((0, True), (2, has_pairs)):
            self.setColumnMinimumWidth(column, character * _CAPTION_WIDTH if needed else 0)
            self.setColumnStretch(column + 1, 1 if needed else 0)

    def _place(self, *, wide: bool) -> None:
        if wide == self._wide:
            return
        self._wide = wide
        top = Qt.AlignmentFlag.AlignTop
        for cell, row, right in self._rows(wide=wide):
            column, span = (2, 1) if right else (0, 1 if cell.half and wide else 3)
            for widget in (cell.label, cell.editor, cell.problem):
                if widget is not None:
                    self.removeWidget(widget)
            if cell.label is not None:
                cell.label.setContentsMargins(GAP if right else 0, 5, 0, 0)
                self.addWidget(cell.label, row, column, top)
            self.addWidget(cell.editor, row, column + 1, 1, span, top)
            self.addWidget(cell.problem, row + 1, column + 1, 1, span)

    def _rows(self, *, wide: bool) -> Iterator[tuple[Cell, int, bool]]:
        """Each cell with its row and whether it stands at the right."""
        row, left_is_free = -2, True
        for cell in self._cells:
            right = wide and cell.half and not left_is_free
            row += 0 if right else 2
            left_is_free = right or not cell.half
            yield cell, row, right
