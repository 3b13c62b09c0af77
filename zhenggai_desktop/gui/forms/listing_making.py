"""The list for a kind of record that hangs on something."""

from __future__ import annotations

from collections.abc import Callable

from zhenggai_desktop.domain.changes import RecordKey
from zhenggai_desktop.domain.records import ClosingStep, Evidence, Record
from zhenggai_desktop.gui.forms.evidence_list import EvidenceList
from zhenggai_desktop.gui.forms.record_list import RecordList
from zhenggai_desktop.gui.months.closing_list import ClosingList
from zhenggai_desktop.gui.session import LedgerSession


def make_list(
    session: LedgerSession, kind: type[Record], *, confirm: Callable[[RecordKey], bool] | None = None
) -> RecordList:
    """Evidence has files, closing has a chain, everything else only fields."""
    if kind is Evidence:
        return EvidenceList(session, confirm=confirm)
    if kind is ClosingStep:
        return ClosingList(session, confirm=confirm)
    return RecordList(session, kind, confirm=confirm)
