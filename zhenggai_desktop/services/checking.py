"""The check of a ledger that may be too damaged to be opened for work."""

from __future__ import annotations

import contextlib
from pathlib import Path

from zhenggai_desktop.domain.records import Evidence
from zhenggai_desktop.storage.check import CheckCode, CheckFinding, check
from zhenggai_desktop.storage.codec import codec
from zhenggai_desktop.storage.evidence import EvidenceFolder
from zhenggai_desktop.storage.ledger_file import LedgerFile, understood, utc_now
from zhenggai_desktop.storage.store import read_all


def check_file(path: Path) -> tuple[CheckFinding, ...]:
    """What is wrong with a ledger's file and its evidence; nothing is changed.

    A ledger whose rows do not hang together is refused when it is opened; here it is told what is wrong with it.
    LedgerFileError where the file cannot be read as a ledger at all.
    """
    with (
        contextlib.closing(LedgerFile.open(path, read_only=True, who="", clock=utc_now)) as file,
        understood(file.path),
    ):
        found = check(file.connection)
        evidence = read_all(file.connection, codec(Evidence), checked=False)
    return (*found, *EvidenceFolder(file.path).check(evidence))


def is_about_evidence(finding: CheckFinding) -> bool:
    """Whether a finding is about a file beside the ledger; the ledger's own file is sound as far as that goes."""
    return finding.code in (CheckCode.EVIDENCE_MISSING, CheckCode.EVIDENCE_CHANGED, CheckCode.EVIDENCE_UNREADABLE)
