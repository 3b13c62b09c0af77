"""The notice on its way out of the window: onto the clipboard, and as bytes that the window made itself."""

from __future__ import annotations

from pathlib import Path

from zhenggai_desktop.domain.blocks import Document


def clipboard_texts(document: Document) -> tuple[str, str]:
    """The notice as plain text and as HTML without classes and fonts, for a web site's editor."""
    from zhenggai_desktop.formats.html_writer import as_html  # noqa: PLC0415 - only when something is copied
    from zhenggai_desktop.formats.text_writer import as_text  # noqa: PLC0415

    return as_text(document), as_html(document)


def save_bytes(path: Path, content: bytes) -> None:
    """Write a file whole or not at all. Raises ``TargetError``."""
    from zhenggai_desktop.formats.replacing import replacing  # noqa: PLC0415

    with replacing(path) as temporary:
        temporary.write_bytes(content)
