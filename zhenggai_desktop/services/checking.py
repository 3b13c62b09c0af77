"""The check of a ledger that may be too damaged to be opened for work."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from zhenggai_desktop.domain.records import Evidence, Milestone
from zhenggai_desktop.services.process_papers import check_papers
from zhenggai_desktop.storage.check import CheckCode, CheckFinding
from zhenggai_desktop.storage.check import check as check_rows
from zhenggai_desktop.storage.codec import codec
from zhenggai_desktop.storage.evidence import EvidenceFolder
from zhenggai_desktop.storage.ledger_file import LedgerFile, understood, utc_now
from zhenggai_desktop.storage.store import read_all

_ABOUT_PAPERS = {CheckCode.PAPER_OUTSIDE, CheckCode.PAPER_MISSING}
_ABOUT_FILES = {
    CheckCode.EVIDENCE_MISSING,
    CheckCode.EVIDENCE_CHANGED,
    CheckCode.EVIDENCE_UNREADABLE,
    *_ABOUT_PAPERS,
}


def check_file(path: Path) -> tuple[CheckFinding, ...]:
    """What is wrong with a ledger's file and its evidence; nothing is changed.

    A ledger whose rows do not hang together is refused when it is opened; here it is told what is wrong with it.
    LedgerFileError where the file cannot be read as a ledger at all.
    """
    with (
        contextlib.closing(LedgerFile.open(path, read_only=True, who="", clock=utc_now)) as file,
        understood(file.path),
    ):
        found = check_rows(file.connection)
        evidence = read_all(file.connection, codec(Evidence), checked=False)
        milestones = read_all(file.connection, codec(Milestone), checked=False)
    return (*found, *check_around(file.path, evidence, milestones))


def check_around(ledger: Path, evidence: Sequence[Evidence], milestones: Sequence[Milestone]) -> Iterator[CheckFinding]:
    """What is wrong with the files beside a ledger, and what it names and does not keep. Reads each file."""
    yield from EvidenceFolder(ledger).check(evidence)
    yield from check_papers(ledger, evidence, milestones)


def is_about_evidence(finding: CheckFinding) -> bool:
    """Whether a finding is about a file beside the ledger; the ledger's own file is sound as far as that goes."""
    return finding.code in _ABOUT_FILES


def is_about_papers(finding: CheckFinding) -> bool:
    """Whether a finding is about a file that a milestone names and the ledger does not keep."""
    return finding.code in _ABOUT_PAPERS
