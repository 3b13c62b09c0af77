"""What is said beside an export of the notice: errors that nobody mended or waived. It never stops the export."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from zhenggai_desktop.errors import CancelledError, ZhenggaiError
from zhenggai_desktop.gui.proof.desk import ProofDesk
from zhenggai_desktop.gui.session import LedgerSession


def unresolved_words(session: LedgerSession, window: QWidget) -> str:
    """The errors by name, the first few of many; "" for none. What is not read yet is waited for."""
    from zhenggai_desktop.services.proofreading import unresolved_errors  # noqa: PLC0415 - with the first export

    try:
        proof = ProofDesk.of(session).fresh(window)
    except CancelledError:
        return "没有等校对完成，可稍后在“通报”页看校对结果。"
    except ZhenggaiError as error:  # an office's own words are written wrong: the export is good all the same
        return f"没有校对：{error.what_happened}。"
    return "\n".join(unresolved_errors(proof))
