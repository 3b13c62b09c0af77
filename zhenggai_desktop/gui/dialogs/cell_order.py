"""Fields in the cells of a table are reached by Tab after the table, from the top, before what stands below it."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtWidgets import QTableWidget, QWidget


def order_cells(table: QTableWidget, column: int, following: QWidget) -> None:
    """Put the widgets of a column between the table and ``following``."""
    cells = [table.cellWidget(row, column) for row in range(table.rowCount())]
    for one, other in pairwise((table, *cells, following)):
        QWidget.setTabOrder(one, other)
