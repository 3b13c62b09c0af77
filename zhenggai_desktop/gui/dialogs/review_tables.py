"""Flat lists of what a review says: one look, one way to share the width."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHeaderView, QTreeWidget


def plain_tree(name: str, heads: Sequence[str]) -> QTreeWidget:
    """An empty list with these heads; ``name`` is what a screen reader calls it."""
    tree = QTreeWidget()
    tree.setAccessibleName(name)
    tree.setRootIsDecorated(False)
    tree.setUniformRowHeights(True)
    tree.setAlternatingRowColors(True)
    tree.setHeaderLabels(list(heads))
    return tree


def shown(text: str) -> str:
    """A text on one line of a list."""
    return " ".join(text.split()) or "（空）"


def share_width(tree: QTreeWidget, columns: Sequence[int]) -> None:
    """Let these columns share the width that the others leave."""
    header = tree.header()
    header.setStretchLastSection(False)
    for column in range(tree.columnCount()):
        stretched = column in columns
        mode = QHeaderView.ResizeMode.Stretch if stretched else QHeaderView.ResizeMode.ResizeToContents
        header.setSectionResizeMode(column, mode)
