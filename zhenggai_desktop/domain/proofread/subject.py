"""What is proofread: a document's paragraphs, with the ledger behind them where there is one."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from zhenggai_desktop.domain.blocks import Anchor, Document, Kind, SourceDocument
from zhenggai_desktop.domain.document_parts import is_contact_paragraph
from zhenggai_desktop.domain.notice import compose
from zhenggai_desktop.domain.plan import ImportPlan
from zhenggai_desktop.domain.plan_snapshot import plan_snapshot
from zhenggai_desktop.domain.records import DocumentKind, LedgerFacts, Snapshot
from zhenggai_desktop.domain.schemes import scheme_for
from zhenggai_desktop.domain.typography import normalise


@dataclass(frozen=True, slots=True)
class Text:
    """One paragraph in its normal form: its words, what it is, where it is from; ``raw`` is as the source has it."""

    text: str
    kind: Kind = Kind.PARAGRAPH
    level: int = 0
    line: int = 0
    anchor: Anchor | None = None
    raw: str = ""

    @property
    def is_answer(self) -> bool:
        """True for what was done about an issue."""
        return self.kind is Kind.PARAGRAPH and self.anchor is not None and self.anchor.kind in ("issue", "measure")

    @property
    def is_contact(self) -> bool:
        """True for the closing paragraph in which telephone numbers and addresses belong."""
        return is_contact_paragraph(self.text)


@dataclass(frozen=True, slots=True)
class Subject:
    """Paragraphs to be proofread. ``snapshot`` is the ledger, or what the reading core made of a file."""

    texts: tuple[Text, ...]
    snapshot: Snapshot
    plan: ImportPlan | None = None  # set where there is no ledger but a file
    today: dt.date | None = None

    @property
    def facts(self) -> LedgerFacts:
        return self.snapshot.facts

    @property
    def published(self) -> dt.date | None:
        """The day that the notice bears, else today."""
        return self.facts.publication_date or self.today


def subject_of_ledger(document: Document, snapshot: Snapshot, today: dt.date | None = None) -> Subject:
    """The notice composed from a ledger."""
    texts = tuple(
        Text(block.text, block.kind, block.level, i, block.anchor, block.text)
        for i, block in enumerate(document.blocks, 1)
    )
    return Subject(texts, snapshot, None, today)


def subject_of_source(source: SourceDocument, plan: ImportPlan, today: dt.date | None = None) -> Subject:
    """A file without a ledger. A notice is seen as its own composition, so that headings and answers are known."""
    snapshot = plan_snapshot(plan)
    lines: dict[str, tuple[int, str]] = {}
    for paragraph in source.paragraphs:
        lines.setdefault(normalise(paragraph.text)[0], (paragraph.line, paragraph.text))
    if plan.document is DocumentKind.NOTICE:
        blocks = compose(snapshot, scheme_for(plan.facts)).blocks
        found = [(b.text, b.kind, b.level, b.anchor) for b in blocks]
    else:
        found = [(text, Kind.PARAGRAPH, 0, None) for text in lines]
    texts = tuple(
        Text(text, kind, level, *_at(lines, text)[:1], anchor, _at(lines, text)[1])
        for text, kind, level, anchor in found
    )
    strays = tuple(
        Text(note.text, line=note.line, raw=note.text)
        for note in plan.leftovers
        if not any(char.isalnum() for char in note.text)
    )
    return Subject((*texts, *strays), snapshot, plan, today)


def _at(lines: dict[str, tuple[int, str]], text: str) -> tuple[int, str]:
    """Line and raw words of a paragraph; one that was joined or split is found by its beginning."""
    if text in lines:
        return lines[text]
    near = next((place for known, place in lines.items() if known.startswith(text) or text.startswith(known)), None)
    return near or (0, text)
