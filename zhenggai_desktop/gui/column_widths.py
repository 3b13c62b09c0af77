"""Widths of a list's columns in characters, so that they go with the size of letters."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHeaderView, QTreeWidget


def set_widths(rows: QTreeWidget, widths: Sequence[float]) -> None:
    """Give each column so many characters; those of 0 share what is left."""
    header = rows.header()
    header.setStretchLastSection(False)
    character = rows.fontMetrics().horizontalAdvance("字")
    for column, width in enumerate(widths):
        if width:
            header.resizeSection(column, round(character * width))
        else:
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
