"""Papers about the working months, as Word or PDF: asked where to, composed and written off the window's thread."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from zhenggai_desktop.gui.dialogs import files
from zhenggai_desktop.gui.folders import Purpose
from zhenggai_desktop.gui.messages import tell_exported
from zhenggai_desktop.gui.progress import wait_counted, write_counted
from zhenggai_desktop.gui.session import LedgerSession

if TYPE_CHECKING:
    from zhenggai_desktop.domain.blocks import Document
    from zhenggai_desktop.domain.records import Snapshot


def write_paper(parent: QWidget, session: LedgerSession, name: str, compose: Callable[[Snapshot], Document]) -> None:
    """Ask where the paper called ``name`` shall stand, write it, and say where it is. Raises what writing raises."""
    from zhenggai_desktop.domain.layout_file import ledger_profile  # noqa: PLC0415 - not at start
    from zhenggai_desktop.gui.paper_writing import write_blocks  # noqa: PLC0415

    session.flush()
    path, snapshot = session.path, session.snapshot
    assert path is not None, "a paper is about an open ledger"
    suggestion = session.folders.suggestion(Purpose.EXPORT, path.with_name(f"{path.stem}-{name}.docx"))
    target = files.ask_printed(parent, name, suggestion)
    if target is not None:
        session.folders.used(Purpose.EXPORT, target)
        profile = ledger_profile(snapshot.facts)
        write_counted(
            parent,
            f"正在生成{name}…",
            target,
            lambda made, tick: write_blocks(compose(snapshot), made, profile, tick),
        )
        tell_exported(parent, target)


def write_all_files(parent: QWidget, session: LedgerSession, folder: Path, suffix: str) -> int:
    """一题一档 of every issue with the lists, as Word or PDF, into a new or empty folder; gives how many files.

    Raises ``TargetError`` and ``CancelledError``; then nothing of it is left.
    """
    from zhenggai_desktop.domain.layout_file import ledger_profile  # noqa: PLC0415
    from zhenggai_desktop.gui.paper_writing import write_blocks  # noqa: PLC0415
    from zhenggai_desktop.services.paperwork import write_issue_files  # noqa: PLC0415
    from zhenggai_desktop.services.ticking import Tick, no_tick  # noqa: PLC0415

    snapshot, today = session.snapshot, session.today()
    profile = ledger_profile(snapshot.facts)

    def write(document: Document, path: Path) -> None:
        write_blocks(document, path, profile, no_tick)

    def work(tick: Tick) -> int:
        return len(write_issue_files(snapshot, folder, today=today, suffix=suffix, write=write, tick=tick))

    return wait_counted(parent, "正在生成一题一档…", work)
