"""Files taken in as evidence, away from the window's thread: how far it is, a way out, and never half a file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from zhenggai_desktop.domain.changes import RecordKey
from zhenggai_desktop.gui.progress import edit_away
from zhenggai_desktop.gui.session import LedgerSession
from zhenggai_desktop.services import proving

if TYPE_CHECKING:
    from zhenggai_desktop.services.ledger import Ledger
    from zhenggai_desktop.services.ticking import Tick


def copy_evidence(session: LedgerSession, parent: QWidget, owner: RecordKey, paths: Sequence[Path]) -> proving.Added:
    """Copy files and folders into the ledger's folder and hang them on an issue or a measure, as one step.

    Raises ``CancelledError`` and what ``proving.add_files`` raises; everything is then as it was.
    """

    def copy(ledger: Ledger, tick: Tick) -> proving.Added:
        files = proving.files_of(paths)
        return proving.add_files(ledger, owner, files, proving.counted(files, tick))

    return edit_away(session, parent, "正在复制佐证材料…", copy)


def known_words(known: int, restored: int) -> str:
    """What became of ``known`` files that the ledger had already; "" where it had none of them. ``restored`` as in
    ``Added``."""
    if not known:
        return ""
    said = f"有{known}份材料的内容台账里已经有，没有重复保存，直接引用了原来的那份。"
    if restored:
        said += f"其中{restored}份原来的文件不见了或者被改动过，已经用这次添加的放回原处。"
    return said
