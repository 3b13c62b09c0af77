"""Undo and redo from the window: at once, and where a whole import is taken back, in a thread with its progress."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from zhenggai_desktop.gui.session import LedgerSession

if TYPE_CHECKING:
    from collections.abc import Callable

    from zhenggai_desktop.services.ledger import Ledger

LARGE = 1000  # writes; so many take about a tenth of a second


def undo(session: LedgerSession, window: QWidget) -> str:
    """Take the last step back, which may be what is typed at this moment; gives what it was, "" for none. It may have
    been on another page. Raises ``ZhenggaiError``."""
    session.flush()
    label = session.undo_label
    if label is not None and session.edit(lambda ledger: ledger.rows_to_undo()) >= LARGE:
        _away(session, window, f"正在撤销：{label}…", lambda ledger: ledger.undo())
    elif label is not None:
        session.undo()
    return label or ""


def redo(session: LedgerSession, window: QWidget) -> str:
    """Do the step again that was taken back; gives what it was, "" for none: where something was typed since, that is
    stored and nothing can be done again. Raises ``ZhenggaiError``."""
    session.flush()
    label = session.redo_label
    if label is not None and session.edit(lambda ledger: ledger.rows_to_redo()) >= LARGE:
        _away(session, window, f"正在恢复：{label}…", lambda ledger: ledger.redo())
    elif label is not None:
        session.redo()
    return label or ""


def _away(session: LedgerSession, window: QWidget, caption: str, work: Callable[[Ledger], object]) -> None:
    from zhenggai_desktop.gui.progress import edit_away  # noqa: PLC0415 - not at start

    edit_away(session, window, caption, lambda ledger, _tick: work(ledger))
