"""Runs all rules over a subject. What rules read in a paragraph is remembered by its words: an edit costs little."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from zhenggai_desktop.domain.proofread import (
    coverage,
    figures,
    listings,
    names,
    naming,
    patterns,
    privacy,
    sequence,
    status,
    sums,
    times,
    times_of_prose,
    totals,
    typography,
    wording,
)
from zhenggai_desktop.domain.proofread.findings import DocumentRule, Finding, Hit, Severity, TextRule
from zhenggai_desktop.domain.proofread.lexicon import Lexicon
from zhenggai_desktop.domain.proofread.stopping import ProofreadingStopped
from zhenggai_desktop.domain.proofread.subject import Memory, Subject, Text
from zhenggai_desktop.domain.quantities import counting

Rule = TextRule | DocumentRule
_NOWHERE = Text("")
_SURER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}


def _never() -> bool:
    return False


class Proofreader:
    """The rules with an office's words. One instance is kept while a text is worked on."""

    def __init__(self, lexicon: Lexicon | None = None) -> None:
        words = self.lexicon = lexicon or Lexicon()
        everything: tuple[Rule, ...] = (
            *sums.RULES,
            *figures.RULES,
            *listings.RULES,
            *totals.rules(words),
            *coverage.RULES,
            *status.RULES,
            *privacy.rules(words),
            *names.rules(words),
            *times.RULES,
            *times_of_prose.RULES,
            *sequence.RULES,
            *typography.RULES,
            *patterns.rules(words),
            *naming.RULES,
            *wording.rules(words),
        )
        self.rules = tuple(rule for rule in everything if rule.code not in words.silenced)
        self._text_rules = tuple(rule for rule in self.rules if isinstance(rule, TextRule))
        self._always = frozenset(at for at, rule in enumerate(self._text_rules) if not rule.needs)
        self._by_sign: dict[str, set[int]] = {}
        for at, rule in enumerate(self._text_rules):
            for word in rule.needs:
                self._by_sign.setdefault(word[0], set()).add(at)
        self._document_rules = tuple(rule for rule in self.rules if isinstance(rule, DocumentRule))
        self._units = words.units
        self._memory = Memory()

    def check(self, subject: Subject, stopped: Callable[[], bool] = _never) -> tuple[Finding, ...]:
        """All findings, in the order of the text; those on the document as a whole come first.

        ``stopped`` is asked before each paragraph and rule; where it says yes, ProofreadingStopped is raised.
        """
        subject = replace(subject, memory=self._memory)
        with counting(self._units):
            found = [*self._of_texts(subject, stopped), *self._of_document(subject, stopped)]
        self._memory.turn()  # words that are gone are forgotten
        found.sort(key=lambda finding: (finding.paragraph, finding.start, _SURER[finding.severity], finding.code))
        return tuple(_once(found))

    def _of_texts(self, subject: Subject, stopped: Callable[[], bool]) -> Iterator[Finding]:
        for i, text in enumerate(subject.texts):
            if stopped():
                raise ProofreadingStopped
            for rule, hit in subject.read(self._hits, text.text):
                yield _finding(rule, hit, i, text)

    def _hits(self, text: str) -> tuple[tuple[TextRule, Hit], ...]:
        """What the rules see in a paragraph; those whose words it does not hold are not even asked."""
        possible = set(self._always)
        for sign in self._by_sign.keys() & set(text):
            possible |= self._by_sign[sign]
        return tuple(
            (rule, hit)
            for rule in map(self._text_rules.__getitem__, sorted(possible))
            if not rule.needs or any(word in text for word in rule.needs)
            for hit in rule.check(text)
        )

    def _of_document(self, subject: Subject, stopped: Callable[[], bool]) -> Iterator[Finding]:
        for rule in self._document_rules:
            if stopped():
                raise ProofreadingStopped
            for i, hit in rule.check(subject):
                yield _finding(rule, hit, i, subject.texts[i] if i >= 0 else _NOWHERE)


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
