"""Rows of the ledger's tree that are being dragged, as the data that travels with the mouse."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QMimeData

from zhenggai_desktop.domain.changes import RecordKey
from zhenggai_desktop.domain.outline import Outline
from zhenggai_desktop.errors import EditRefusedError
from zhenggai_desktop.gui.tree_rows import kind_and_id
from zhenggai_desktop.services.tree_places import holds, refuse_impossible

ROWS_MIME = "application/x-zhenggai-rows"


def rows_data(tree: str, nodes: Iterable[int]) -> QMimeData:
    """Rows, each once however many of its cells are dragged. ``tree`` is a word of the tree from which they come."""
    data = QMimeData()
    data.setData(ROWS_MIME, " ".join([tree, *map(str, dict.fromkeys(nodes))]).encode("ascii"))
    return data


def dragged_rows(tree: str, data: QMimeData, outline: Outline) -> list[RecordKey]:
    """The rows of this very tree that are dragged; none where they come from another window.

    The numbers by which they travel mean other rows there.
    """
    origin, *nodes = bytes(data.data(ROWS_MIME).data()).decode("ascii").split() or [""]
    keys: list[RecordKey] = [kind_and_id(int(node)) for node in nodes] if origin == tree else []
    return [key for key in keys if holds(outline, key)]


def may_stand(outline: Outline, keys: list[RecordKey], parent: RecordKey | None) -> bool:
    """Whether there are rows, and all of them may stand below ``parent`` (None: at the top)."""
    try:
        refuse_impossible(outline, keys, parent)
    except EditRefusedError:
        return False
    return bool(keys)
