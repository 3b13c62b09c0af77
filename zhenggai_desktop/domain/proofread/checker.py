"""Runs all rules over a subject. What rules read in a paragraph is remembered by its words: an edit costs little."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from zhenggai_desktop.domain.notice import Composition
from zhenggai_desktop.domain.proofread import (
    comparisons,
    contradictions,
    coverage,
    durations,
    figures,
    growth,
    lesser_sums,
    listings,
    names,
    naming,
    offices,
    parts_of_text,
    patterns,
    people,
    places,
    privacy,
    rates,
    sequence,
    set_phrases,
    stated_sums,
    status,
    sums,
    times,
    times_of_feedback,
    times_of_prose,
    times_told,
    totals,
    two_units,
    typography,
    wording,
)
from zhenggai_desktop.domain.proofread.findings import DocumentRule, Finding, Hit, Severity, TextRule
from zhenggai_desktop.domain.proofread.lexicon import Lexicon
from zhenggai_desktop.domain.proofread.readings import BlockTexts, Memory, Reading, Text
from zhenggai_desktop.domain.proofread.stopping import ProofreadingStopped, never
from zhenggai_desktop.domain.proofread.subject import Subject
from zhenggai_desktop.domain.quantities import counting, prepare
from zhenggai_desktop.domain.quick_patterns import Gated, needed_by_any, ungated
from zhenggai_desktop.texts import in_terms

Rule = TextRule | DocumentRule
_NOWHERE = Text("")
_SURER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}


class Proofreader:
    """The rules with an office's words. One instance is kept while a text is worked on."""

    def __init__(self, lexicon: Lexicon | None = None) -> None:
        words = self.lexicon = lexicon or Lexicon()
        everything: tuple[Rule, ...] = (
            *sums.RULES,
            *two_units.RULES,
            *people.RULES,
            *stated_sums.RULES,
            *set_phrases.RULES,
            *comparisons.RULES,
            *figures.RULES,
            *rates.RULES,
            *growth.RULES,
            *lesser_sums.RULES,
            *listings.RULES,
            *totals.rules(words),
            *parts_of_text.RULES,
            *coverage.RULES,
            *status.RULES,
            *contradictions.RULES,
            *privacy.rules(words),
            *names.rules(words),
            *times.RULES,
            *times_told.RULES,
            *times_of_prose.RULES,
            *times_of_feedback.RULES,
            *durations.RULES,
            *sequence.RULES,
            *typography.RULES,
            *patterns.rules(words),
            *naming.RULES,
            *offices.RULES,
            *places.RULES,
            *wording.rules(words),
        )
        self.rules = tuple(rule for rule in everything if rule.code not in words.silenced)
        self._text_rules = tuple(rule for rule in self.rules if isinstance(rule, TextRule))
        self._document_rules = tuple(rule for rule in self.rules if isinstance(rule, DocumentRule))
        self._units = words.units
        prepare(self._units)
        self._seen = tuple((rule, reading_of(rule)) for rule in self._text_rules)
        asked = dict.fromkeys(reading for rule in self._document_rules for reading in rule.reads)
        self.composition, self.texts = Composition(), BlockTexts()  # of the ledger that is read again and again
        self._findings: dict[tuple[int, int], tuple[tuple[Hit, ...], Text, tuple[Finding, ...]]] = {}
        self._memory = Memory((*(reading for _, reading in self._seen), *asked))

    def check(self, subject: Subject, stopped: Callable[[], bool] = never) -> tuple[Finding, ...]:
        """All findings, in the order of the text; those on the document as a whole come first.

        ``stopped`` is asked before each paragraph and rule; where it says yes, ProofreadingStopped is raised.
        """
        subject = replace(subject, memory=self._memory)
        with counting(self._units):
            self._memory.show(subject.texts, stopped)
            found = [*self._of_texts(subject), *self._of_document(subject, stopped)]
        found.sort(key=lambda finding: (finding.paragraph, finding.start, _SURER[finding.severity], finding.code))
        return tuple(_once(found))

    def _of_texts(self, subject: Subject) -> Iterator[Finding]:
        known, self._findings = self._findings, {}
        for at, (rule, reading) in enumerate(self._seen):
            for i, hits in subject.places(reading):
                text, before = subject.texts[i], known.get((at, i))
                if before is None or before[0] is not hits or before[1] is not text:
                    before = hits, text, tuple(_finding(rule, hit, i, text) for hit in hits)
                self._findings[at, i] = before
                yield from before[2]

    def _of_document(self, subject: Subject, stopped: Callable[[], bool]) -> Iterator[Finding]:
        for rule in self._document_rules:
            if stopped():
                raise ProofreadingStopped
            for i, hit in rule.check(subject):
                told = in_terms(hit.message, subject.facts.kind)
                own = hit if told == hit.message else replace(hit, message=told)
                yield _finding(rule, own, i, subject.texts[i] if i >= 0 else _NOWHERE)


def reading_of(rule: TextRule) -> Reading[tuple[Hit, ...]]:
    """What a rule sees in paragraphs; it is not asked where they do not hold the words that it needs."""
    check, own = ungated(rule.check)
    needs = rule.needs
    gate = own or (needed_by_any(map(re.escape, needs)) if needs else None)

    def read(text: str) -> tuple[Hit, ...]:
        return tuple(check(text)) if not needs or any(word in text for word in needs) else ()

    return Reading(Gated(read, gate, ()))


def _once(found: list[Finding]) -> Iterator[Finding]:
    """Two rules that say the same family's fault at the very same words are told once, the surer one."""
    seen: set[tuple[object, ...]] = set()
    for finding in found:
        key = (finding.paragraph, finding.start, finding.end, finding.family)
        if finding.paragraph >= 0 and finding.end > finding.start:
            if key in seen:
                continue
            seen.add(key)
        yield finding


def _finding(rule: Rule, hit: Hit, paragraph: int, text: Text) -> Finding:
    return Finding(
        code=rule.code,
        family=rule.family,
        severity=rule.severity,
        message=hit.message,
        words=text.text[hit.start : hit.end],
        paragraph=paragraph,
        line=text.line,
        start=hit.start,
        end=hit.end,
        mend=hit.mend,
        anchor=text.anchor,
        also=hit.also,
    )


def mended(text: str, findings: tuple[Finding, ...]) -> str:
    """``text`` with the mends of its findings put in, from the end so that places stay true; overlaps are left."""
    limit = len(text) + 1
    for finding in sorted(findings, key=lambda f: (f.start, f.end), reverse=True):
        if finding.mend is not None and finding.end <= limit:
            text = text[: finding.start] + finding.mend + text[finding.end :]
            limit = finding.start
    return text
