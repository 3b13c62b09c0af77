"""Where in the ledger the words of a composed paragraph stand, so that a mend can be put there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from zhenggai_desktop.domain.items import serving_measures
from zhenggai_desktop.domain.outline import Outline
from zhenggai_desktop.domain.proofread.findings import Finding
from zhenggai_desktop.domain.proofread.subject import Subject
from zhenggai_desktop.domain.records import Chapter, Issue, LedgerFacts, Measure, Section, Snapshot


@dataclass(frozen=True, slots=True)
class Correction:
    """One field of one record with its new value, and the findings that it mends."""

    record_type: type[Issue] | type[Measure] | type[Section] | type[Chapter] | type[LedgerFacts]
    record_id: int
    field: str
    value: object
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class _Slot:
    """A text of the ledger as it is printed in one paragraph: ``block`` counts the blocks of a chapter."""

    record: Issue | Measure | Section | Chapter | LedgerFacts
    field: str
    words: str
    block: int = -1


def corrections(subject: Subject, findings: Sequence[Finding]) -> list[Correction]:
    """What to write into the ledger for the mends of ``findings``; those whose words it does not hold are left out.

    Several mends of one field are one correction. ``subject`` is the one in which the findings were made.
    """
    outline = Outline(subject.snapshot)
    by_uid = _records(subject.snapshot)
    spots: dict[tuple[type, int, str], list[tuple[_Slot, int, Finding]]] = {}
    for finding in findings:
        if finding.mend is None or not 0 <= finding.paragraph < len(subject.texts):
            continue
        text = subject.texts[finding.paragraph]
        record = by_uid.get(text.anchor.uid) if text.anchor else subject.facts
        spot = _spot(text.text, finding, _slots(record, outline)) if record is not None else None
        if spot is not None:
            slot, start = spot
            spots.setdefault((type(slot.record), slot.record.id, slot.field), []).append((slot, start, finding))
    return [_correction(*key, places) for key, places in spots.items()]


def _records(snapshot: Snapshot) -> dict[str, Issue | Section | Chapter]:
    return {record.uid: record for record in (*snapshot.issues, *snapshot.sections, *snapshot.chapters)}


def _slots(record: Issue | Section | Chapter | LedgerFacts, outline: Outline) -> Iterator[_Slot]:
    if isinstance(record, Chapter):
        for i, block in enumerate(record.blocks):
            yield _Slot(record, "blocks", block.text, i)
        yield _Slot(record, "printed_heading", record.printed_heading)
        if not record.printed_heading:
            yield _Slot(record, "title", record.title)
    elif isinstance(record, Section):
        yield _Slot(record, "introduction", record.introduction)
        yield _Slot(
            record, "printed_heading" if record.printed_heading else "title", record.printed_heading or record.title
        )
    elif isinstance(record, Issue):
        yield _Slot(record, "public_text", record.public_text)
        yield _Slot(record, "answer_introduction", record.answer_introduction)
        for measure in serving_measures(outline, record):
            yield _Slot(measure, "progress", measure.progress)
        yield _Slot(
            record, "printed_heading" if record.printed_heading else "title", record.printed_heading or record.title
        )
    else:
        yield _Slot(record, "notice_title", record.notice_title)
        yield _Slot(record, "signature_organisation", record.signature_organisation)


def _spot(text: str, finding: Finding, slots: Iterator[_Slot]) -> tuple[_Slot, int] | None:
    """The field that holds the finding's words at its place in the paragraph, and where in the field."""
    for slot in slots:
        for offset, line in _lines(slot.words):
            at = text.find(line) if line else -1
            while at >= 0:
                if at <= finding.start and finding.end <= at + len(line):
                    return slot, offset + finding.start - at
                at = text.find(line, at + 1)
            if line and text and text in line:  # a paragraph that is a part of the field
                return slot, offset + line.find(text) + finding.start
            at = _between_placeholders(text, line, finding) if "{" in line else -1
            if at >= 0:
                return slot, offset + at
    return None


_PLACEHOLDER = re.compile(r"\{[^{}]{1,80}\}")


def _between_placeholders(text: str, template: str, finding: Finding) -> int:
    """Where the finding's words begin in ``template``, which is printed with values in place of {names}; -1 = nowhere.

    Words that a placeholder printed cannot be mended here.
    """
    ends = [0, *(end for match in _PLACEHOLDER.finditer(template) for end in match.span()), len(template)]
    pieces = [(ends[k], template[ends[k] : ends[k + 1]]) for k in range(0, len(ends), 2)]
    printed = re.search(".*?".join(f"({re.escape(words)})" for _, words in pieces), text, re.DOTALL)
    for number, (start, _) in enumerate(pieces, 1):
        if printed and printed.start(number) <= finding.start and finding.end <= printed.end(number):
            return start + finding.start - printed.start(number)
    return -1


def _lines(words: str) -> Iterator[tuple[int, str]]:
    offset = 0
    for line in words.split("\n"):
        yield offset, line
        offset += len(line) + 1


def _correction(record_type: type, record_id: int, field: str, places: list[tuple[_Slot, int, Finding]]) -> Correction:
    first = places[0][0]
    done = tuple(finding for _, _, finding in places)
    if isinstance(first.record, Chapter) and field == "blocks":
        blocks = list(first.record.blocks)
        for slot, start, finding in sorted(places, key=lambda place: place[1], reverse=True):
            old = blocks[slot.block]
            blocks[slot.block] = replace(old, text=_put(old.text, start, finding))
        return Correction(record_type, record_id, field, tuple(blocks), done)
    words = first.words
    for _, start, finding in sorted(places, key=lambda place: place[1], reverse=True):
        words = _put(words, start, finding)
    return Correction(record_type, record_id, field, words, done)


def _put(words: str, start: int, finding: Finding) -> str:
    """The mend in its place; a place that another mend has changed already is left."""
    end = start + len(finding.words)
    return words[:start] + (finding.mend or "") + words[end:] if words[start:end] == finding.words else words
