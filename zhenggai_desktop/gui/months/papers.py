"""Word papers about the working months: asked where to, composed and written off the window's thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from zhenggai_desktop.gui.dialogs import files
from zhenggai_desktop.gui.folders import Purpose
from zhenggai_desktop.gui.messages import tell_exported
from zhenggai_desktop.gui.progress import write_file
from zhenggai_desktop.gui.session import LedgerSession

if TYPE_CHECKING:
    from zhenggai_desktop.domain.blocks import Document
    from zhenggai_desktop.domain.records import Snapshot


def write_paper(parent: QWidget, session: LedgerSession, name: str, compose: Callable[[Snapshot], Document]) -> None:
    """Ask where the paper called ``name`` shall stand, write it, and say where it is. Raises what writing raises."""
    from zhenggai_desktop.services.exporting import write_document  # noqa: PLC0415 - not at start

    session.flush()
    path, snapshot = session.path, session.snapshot
    assert path is not None, "a paper is about an open ledger"
    suggestion = session.folders.suggestion(Purpose.EXPORT, path.with_name(f"{path.stem}-{name}.docx"))
    target = files.ask_paper(parent, name, suggestion)
    if target is not None:
        session.folders.used(Purpose.EXPORT, target)
        write_file(parent, f"正在生成{name}…", target, lambda made: write_document(compose(snapshot), made))
        tell_exported(parent, target)
