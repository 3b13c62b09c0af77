"""Finished blocks onto paper as a file: Word, text and HTML by the services, PDF by the window's own pages.

May run in any thread: what is laid out here has fonts of its own.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from zhenggai_desktop.domain.blocks import Document
from zhenggai_desktop.domain.layout import LayoutProfile

if TYPE_CHECKING:
    from zhenggai_desktop.services.ticking import Tick

PDF = ".pdf"


def write_blocks(document: Document, path: Path, profile: LayoutProfile, tick: Tick) -> None:
    """Write a document by the suffix of ``path`` in the layout of ``profile``.

    Raises UsageError for an unknown suffix, TargetError, and what ``tick`` raises; then there is no file.
    """
    if path.suffix.lower() == PDF:
        write_pdf(document, path, profile, tick)
        return
    from zhenggai_desktop.services.exporting import write_document  # noqa: PLC0415 - not at start

    write_document(document, path, profile, tick)


def write_pdf(document: Document, path: Path, profile: LayoutProfile, tick: Tick) -> None:
    """Lay a document out and write its pages; half of the work is either."""
    from zhenggai_desktop.paper.pages import PageMaker  # noqa: PLC0415 - only for a PDF
    from zhenggai_desktop.paper.painting import pdf_bytes  # noqa: PLC0415
    from zhenggai_desktop.services.notice_output import save_bytes  # noqa: PLC0415

    laid_out = PageMaker(profile).lay_out(document, lambda done, total: tick(done, 2 * total))
    pages = len(laid_out.pages)
    content = pdf_bytes(laid_out, lambda done: tick(pages + done, 2 * pages))
    save_bytes(path, content)
