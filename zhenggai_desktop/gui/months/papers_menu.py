"""The papers of a milestone as a menu: each opens, and one that is not found says so."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QMenu, QWidget

from zhenggai_desktop.gui.folders import Purpose
from zhenggai_desktop.gui.opening import open_file
from zhenggai_desktop.gui.session import LedgerSession
from zhenggai_desktop.services.process_papers import Paper, papers_of

NO_PAPER = "还没有挂材料"
NOT_FOUND = "（没有找到文件）"


def paper_folders(session: LedgerSession) -> tuple[Path, ...]:
    """Where papers are looked for that are named without a whole path."""
    ledger = session.path
    folders = (ledger.parent, session.folders.start(Purpose.EXPORT, ledger.parent)) if ledger is not None else ()
    return tuple(dict.fromkeys(folders))


def papers_here(session: LedgerSession, milestone_id: int) -> tuple[Paper, ...]:
    """What hangs on a milestone, its own papers first, and where each lies now."""
    folder = session.write(lambda ledger: ledger.evidence_folder) if session.is_open else None
    return papers_of(session.snapshot, milestone_id, paper_folders(session), folder)


def papers_menu(papers: Sequence[Paper], parent: QWidget) -> QMenu:
    """The papers of a milestone to be opened; what lies nowhere that is known cannot be chosen."""
    menu = QMenu(parent)
    for paper in papers:
        _add(menu, paper, parent)
    if not papers:
        menu.addAction(NO_PAPER).setEnabled(False)
    return menu


def _add(menu: QMenu, paper: Paper, parent: QWidget) -> None:
    words = paper.caption.replace("&", "&&")
    path: Path | None = paper.path
    if path is None:
        menu.addAction(f"{words}{NOT_FOUND}").setEnabled(False)
    else:
        menu.addAction(f"打开 {words}", lambda: open_file(parent, path))
