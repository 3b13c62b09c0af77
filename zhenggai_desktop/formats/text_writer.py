"""A document as plain text: pasted into a web editor or a chat, and what two versions are compared by."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from zhenggai_desktop.domain.blocks import Block, Cell, Document
from zhenggai_desktop.domain.cleaning import clean
from zhenggai_desktop.formats.replacing import replacing


def as_text(document: Document) -> str:
    """Each block on a line of its own, no blank lines, a line break at the end.

    A block with chosen line breaks (a title) takes as many lines as it chooses. In a table every word stays in its
    column: what a cell above or beside covers is empty. "" for a document without words.
    """
    lines = (line for block in document.blocks for line in _lines(block))
    return "".join(f"{line}\n" for line in lines if line.strip())


def _lines(block: Block) -> list[str]:
    if block.table is None:
        return clean(block.text).split("\n")
    return [_row(row) for row in block.table.rows]


def _row(row: Sequence[Cell | None]) -> str:
    last = max((at for at, cell in enumerate(row) if cell is not None), default=-1)
    return "\t".join("" if cell is None else " ".join(clean(cell.text).split()) for cell in row[: last + 1])


def write_text(document: Document, path: Path) -> None:
    """Write ``as_text`` in UTF-8 without a byte order mark. Raises ``TargetError``."""
    with replacing(path) as temporary:
        temporary.write_bytes(as_text(document).encode())
