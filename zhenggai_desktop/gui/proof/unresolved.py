"""What is said beside an export of the notice: errors that nobody mended or waived. It never stops the export."""

from __future__ import annotations

from zhenggai_desktop.errors import ZhenggaiError
from zhenggai_desktop.gui.proof.desk import ProofDesk
from zhenggai_desktop.gui.session import LedgerSession


def unresolved_words(session: LedgerSession) -> str:
    """The errors by name, the first few of many; "" for none."""
    from zhenggai_desktop.services.proofreading import unresolved_errors  # noqa: PLC0415 - with the first export

    try:
        proof = ProofDesk.of(session).fresh()
    except ZhenggaiError as error:  # an office's own words are written wrong: the export is good all the same
        return f"没有校对：{error.what_happened}。"
    return "\n".join(unresolved_errors(proof))
