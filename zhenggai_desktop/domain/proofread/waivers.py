"""Which findings were waived with a reason: a waiver holds as long as its record has the words (domain.md §9)."""

from __future__ import annotations

from collections.abc import Iterable

from zhenggai_desktop.domain.proofread.findings import Finding
from zhenggai_desktop.domain.records import Waiver

_LONGEST = 400  # characters of the words that are kept: enough to know a paragraph again


def waived_words(finding: Finding) -> str:
    """The words to which a waiver is tied; of a finding without words, its sentence."""
    return (finding.words or finding.message)[:_LONGEST]


def waiver_key(finding: Finding) -> tuple[str, str, str]:
    """Rule, record and words: where all three are the same, the waiver holds."""
    return finding.code, finding.anchor.uid if finding.anchor else "", waived_words(finding)


def split_waived(
    findings: Iterable[Finding], waivers: Iterable[Waiver]
) -> tuple[tuple[Finding, ...], tuple[tuple[Finding, Waiver], ...]]:
    """The findings that are open, and those that a waiver covers."""
    known = {(waiver.finding_code, waiver.record_uid, waiver.words): waiver for waiver in waivers}
    still_open: list[Finding] = []
    covered: list[tuple[Finding, Waiver]] = []
    for finding in findings:
        waiver = known.get(waiver_key(finding))
        if waiver is None:
            still_open.append(finding)
        else:
            covered.append((finding, waiver))
    return tuple(still_open), tuple(covered)
