"""A document as plain text: pasted into a web editor or a chat, and what two versions are compared by."""

from __future__ import annotations

from pathlib import Path

from zhenggai_desktop.domain.blocks import Document
from zhenggai_desktop.domain.cleaning import clean
from zhenggai_desktop.formats.replacing import replacing


def as_text(document: Document) -> str:
    """Each block on a line of its own, no blank lines, a line break at the end.

    A block with chosen line breaks (a title) takes as many lines as it chooses. "" for a document without words.
    """
    lines = (line for block in document.blocks for line in clean(block.text).split("\n"))
    return "".join(f"{line}\n" for line in lines if line.strip())


def write_text(document: Document, path: Path) -> None:
    """Write ``as_text`` in UTF-8 without a byte order mark. Raises ``TargetError``."""
    with replacing(path) as temporary:
        temporary.write_bytes(as_text(document).encode())
