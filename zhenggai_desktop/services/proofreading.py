"""Proofread a ledger's notice, or a file that has no ledger; mend what can be mended mechanically."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zhenggai_desktop.domain.blocks import Block, Document, Kind, Run, RunRole, SourceDocument
from zhenggai_desktop.domain.feedback import understand
from zhenggai_desktop.domain.heading_forms import sentence_end
from zhenggai_desktop.domain.notice import compose
from zhenggai_desktop.domain.proofread.checker import Proofreader, mended
from zhenggai_desktop.domain.proofread.findings import Finding, Severity
from zhenggai_desktop.domain.proofread.lexicon import Lexicon, lexicon_of
from zhenggai_desktop.domain.proofread.subject import Subject, Text, subject_of_ledger, subject_of_source
from zhenggai_desktop.domain.records import Snapshot
from zhenggai_desktop.domain.schemes import scheme_for
from zhenggai_desktop.errors import UsageError
from zhenggai_desktop.services.exporting import write_document


@dataclass(frozen=True, slots=True)
class Proof:
    """What was read and what was found in it."""

    subject: Subject
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> int:
        """How many findings must be dealt with or waived."""
        return sum(finding.severity is Severity.ERROR for finding in self.findings)


def load_lexicon(bundled: Path, own: Path | None = None) -> Lexicon:
    """The bundled list of wrong words, with the user's own list over it. Raises UsageError for a list that is none."""
    lexicon = _lexicon(bundled)
    return lexicon.extended(_lexicon(own)) if own is not None and own.is_file() else lexicon


def _lexicon(path: Path) -> Lexicon:
    try:
        return lexicon_of(json.loads(path.read_text("utf-8-sig")))
    except (OSError, ValueError) as error:
        raise UsageError(f"校对词表“{path.name}”读不出来", "请改正或删除这个文件后再试") from error


def proofread_ledger(snapshot: Snapshot, lexicon: Lexicon, today: dt.date, scheme_name: str = "") -> Proof:
    """Findings in the notice that the ledger gives."""
    document = compose(snapshot, scheme_for(snapshot.facts, scheme_name))
    subject = subject_of_ledger(document, snapshot, today)
    return Proof(subject, Proofreader(lexicon).check(subject))


def proofread_source(source: SourceDocument, lexicon: Lexicon, today: dt.date) -> Proof:
    """Findings in a file or pasted text without a ledger."""
    subject = subject_of_source(source, understand(source), today)
    return Proof(subject, Proofreader(lexicon).check(subject))


def fix(proof: Proof, target: Path) -> int:
    """Write the text with all mechanical mends to ``target`` (.docx, .txt or .html); gives how many were made.

    Raises TargetError, and UsageError for another suffix.
    """
    by_paragraph: dict[int, list[Finding]] = {}
    for finding in proof.findings:
        if finding.mend is not None and finding.paragraph >= 0:
            by_paragraph.setdefault(finding.paragraph, []).append(finding)
    lines = [mended(text.text, tuple(by_paragraph.get(i, ()))) for i, text in enumerate(proof.subject.texts)]
    write_document(_document(proof.subject, lines), target)
    return sum(map(len, by_paragraph.values()))


def _document(subject: Subject, lines: Sequence[str]) -> Document:
    """The mended lines as a document, each of the kind that it had."""
    blocks = tuple(_block(text, line) for text, line in zip(subject.texts, lines, strict=True) if line)
    return Document(title=subject.facts.notice_title, blocks=blocks, author=subject.facts.organisation)


def _block(text: Text, line: str) -> Block:
    if text.kind is Kind.HEADING:
        return Block(Kind.HEADING, (Run(line, RunRole.HEADING),), text.level)
    end = sentence_end(line) if text.level else 0
    runs = (Run(line[:end], RunRole.HEADING), Run(line[end:]))
    return Block(text.kind, tuple(run for run in runs if run.text), text.level)


def finding_values(finding: Finding) -> dict[str, Any]:
    """A finding for a program; ``record`` is the uid of the section, issue or chapter that it came from."""
    return {
        "code": finding.code,
        "family": finding.family.value,
        "severity": finding.severity.value,
        "message": finding.message,
        "words": finding.words,
        "line": finding.line,
        "start": finding.start,
        "end": finding.end,
        "mend": finding.mend,
        "record": finding.anchor.uid if finding.anchor else None,
    }
