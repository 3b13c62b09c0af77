"""Runs all rules over a subject. Rules of paragraphs are remembered by the words: an edit costs little."""

from __future__ import annotations

from collections.abc import Iterator

from zhenggai_desktop.domain.proofread import completeness, figures, privacy, times, typography, wording
from zhenggai_desktop.domain.proofread.findings import DocumentRule, Finding, Hit, Lexicon, TextRule
from zhenggai_desktop.domain.proofread.subject import Subject, Text

Rule = TextRule | DocumentRule
_NOWHERE = Text("")


class Proofreader:
    """The rules with an office's word list. One instance is kept while a text is worked on."""

    def __init__(self, lexicon: Lexicon | None = None) -> None:
        everything: tuple[Rule, ...] = (
            *figures.RULES,
            *completeness.RULES,
            *privacy.RULES,
            *times.RULES,
            *typography.RULES,
            *wording.rules(lexicon or Lexicon()),
        )
        self.rules = everything
        self._text_rules = tuple(rule for rule in everything if isinstance(rule, TextRule))
        self._document_rules = tuple(rule for rule in everything if isinstance(rule, DocumentRule))
        self._known: dict[str, tuple[tuple[TextRule, Hit], ...]] = {}

    def check(self, subject: Subject) -> tuple[Finding, ...]:
        """All findings, in the order of the text; those on the document as a whole come first."""
        found = [*self._of_texts(subject), *self._of_document(subject)]
        return tuple(sorted(found, key=lambda finding: (finding.paragraph, finding.start, finding.code)))

    def _of_texts(self, subject: Subject) -> Iterator[Finding]:
        known: dict[str, tuple[tuple[TextRule, Hit], ...]] = {}
        for i, text in enumerate(subject.texts):
            hits = known.get(text.text)
            if hits is None:
                hits = self._known.get(text.text)
            if hits is None:
                hits = tuple((rule, hit) for rule in self._text_rules for hit in rule.check(text.text))
            known[text.text] = hits
            for rule, hit in hits:
                yield _finding(rule, hit, i, text)
        self._known = known  # words that are gone are forgotten

    def _of_document(self, subject: Subject) -> Iterator[Finding]:
        for rule in self._document_rules:
            for i, hit in rule.check(subject):
                yield _finding(rule, hit, i, subject.texts[i] if i >= 0 else _NOWHERE)


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
    )


def mended(text: str, findings: tuple[Finding, ...]) -> str:
    """``text`` with the mends of its findings put in, from the end so that places stay true; overlaps are left."""
    limit = len(text) + 1
    for finding in sorted(findings, key=lambda f: (f.start, f.end), reverse=True):
        if finding.mend is not None and finding.end <= limit:
            text = text[: finding.start] + finding.mend + text[finding.end :]
            limit = finding.start
    return text
