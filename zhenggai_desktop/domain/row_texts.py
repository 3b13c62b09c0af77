"""The words of each row in one lower-case string, to be searched with ``in``.

Strings are kept by record: a ledger changes one record at a time, and every other one stays the same object.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import fields

from zhenggai_desktop.domain.records import Evidence, Issue, Measure, Section, Snapshot

_Row = Issue | Measure
_Texts = dict[int, str]  # by id, in the order of the snapshot
_Attached = Mapping[int, tuple[str, ...]]  # by id of the row to which the texts belong
_NOT_SAID = {"uid"}
_STEP = 20  # rows that are read ahead at a time


def _worded(kind: type[Section | Issue | Measure]) -> tuple[str, ...]:
    """The fields of a record that hold words."""
    kinds = ("str", "tuple[str, ...]")
    return tuple(spec.name for spec in fields(kind) if str(spec.type) in kinds and spec.name not in _NOT_SAID)


_WORDED: Mapping[type[Section | Issue | Measure], tuple[str, ...]] = {
    kind: _worded(kind) for kind in (Section, Issue, Measure)
}


class RowTexts:
    """Which rows hold words. ``initials`` gives a text with each Chinese character as the first letter of its
    pinyin; with it, a word of letters is looked for among the initials too."""

    def __init__(self, initials: Callable[[str], str] | None = None) -> None:
        self._initials = initials
        self._snapshot: Snapshot | None = None
        self._known: dict[tuple[type[_Row], int], tuple[_Row, tuple[str, ...], str]] = {}
        self._texts: tuple[_Texts, _Texts] = ({}, {})
        self._letters: dict[str, str] = {}  # by text
        self._lettered: tuple[_Texts, _Texts] | None = None

    def rows_with(self, snapshot: Snapshot, words: Iterable[str]) -> tuple[set[int], set[int]]:
        """Ids of the issues and of the measures that hold every word; words are given in lower case."""
        self._read(snapshot)
        found: tuple[set[int], set[int]] = (set(self._texts[0]), set(self._texts[1]))
        for word in words:
            by_letters = self._read_letters() if _is_letters(word) else None
            for at, texts in enumerate(self._texts):
                hits = {row for row, text in texts.items() if word in text}
                if by_letters is not None:
                    hits |= {row for row, text in by_letters[at].items() if word in text}
                found[at].intersection_update(hits)
        return found

    def sections_with(self, snapshot: Snapshot, words: Collection[str]) -> set[int]:
        """Ids of the sections that hold every word themselves; there are few."""
        texts = {section.id: "\n".join(_words(section)).lower() for section in snapshot.sections}
        letters = self._lettered_of(texts) if self._initials is not None and any(map(_is_letters, words)) else {}
        return {
            at
            for at, text in texts.items()
            if all(word in text or (_is_letters(word) and word in letters.get(at, "")) for word in words)
        }

    def read_ahead(self, snapshot: Snapshot) -> Iterator[None]:
        """Read what a search in the snapshot will look through, a few rows with each step: the search is then as quick
        as any later one. Rows that change in between are read again by the search."""
        to_issues, to_measures = _attached(snapshot)
        for rows, attached in ((snapshot.issues, to_issues), (snapshot.measures, to_measures)):
            for first in range(0, len(rows), _STEP):
                texts = self._joined(rows[first : first + _STEP], attached)
                if self._initials is not None:
                    self._lettered_of(texts)
                yield

    def _read(self, snapshot: Snapshot) -> None:
        if snapshot is self._snapshot:
            return
        to_issues, to_measures = _attached(snapshot)
        self._texts = (self._joined(snapshot.issues, to_issues), self._joined(snapshot.measures, to_measures))
        self._snapshot = snapshot
        self._lettered = None

    def _joined(self, rows: Iterable[_Row], attached: _Attached) -> _Texts:
        texts: _Texts = {}
        for row in rows:
            key, more = (type(row), row.id), attached.get(row.id, ())
            known = self._known.get(key)
            if known is None or known[0] is not row or known[1] != more:
                known = self._known[key] = (row, more, "\n".join((*_words(row), *more)).lower())
            texts[row.id] = known[2]
        return texts

    def _read_letters(self) -> tuple[_Texts, _Texts] | None:
        if self._initials is not None and self._lettered is None:
            self._lettered = (self._lettered_of(self._texts[0]), self._lettered_of(self._texts[1]))
        return self._lettered

    def _lettered_of(self, texts: _Texts) -> _Texts:
        assert self._initials is not None
        letters: _Texts = {}
        for row, text in texts.items():
            found = self._letters.get(text)
            if found is None:
                found = self._letters[text] = self._initials(text)
            letters[row] = found
        return letters


def _words(row: Section | Issue | Measure) -> Iterator[str]:
    for name in _WORDED[type(row)]:
        value: str | tuple[str, ...] = getattr(row, name)
        if isinstance(value, str):
            yield value
        else:
            yield from value


def _attached(snapshot: Snapshot) -> tuple[_Attached, _Attached]:
    """What is entered on issues and on measures: log, outcomes, evidence, closing steps, and what was put off, chased
    and handed on."""
    to_issues: dict[int, tuple[str, ...]] = {}
    to_measures: dict[int, tuple[str, ...]] = {}

    def attach(issue_id: int | None, measure_id: int | None, *texts: str) -> None:
        owners, at = (to_issues, issue_id) if issue_id is not None else (to_measures, measure_id)
        if at is not None:
            owners[at] = (*owners.get(at, ()), *(text for text in texts if text))

    outcomes = {outcome.id: outcome for outcome in snapshot.outcomes}
    for entry in snapshot.log_entries:
        attach(entry.issue_id, entry.measure_id, entry.text, entry.reporter)
    for link in snapshot.outcome_links:
        outcome = outcomes[link.outcome_id]
        words = (outcome.kind, outcome.title, outcome.document_number, outcome.source_text, outcome.note)
        attach(link.issue_id, link.measure_id, *words)
    evidence = {one.id: one for one in snapshot.evidence}
    proving: dict[int | None, list[Evidence]] = {}  # by outcome
    for proof in snapshot.evidence_links:
        proving.setdefault(proof.outcome_id, []).append(one := evidence[proof.evidence_id])
        attach(proof.issue_id, proof.measure_id, *_words_of_file(one))
    for link in snapshot.outcome_links:
        for one in proving.get(link.outcome_id, ()):
            attach(link.issue_id, link.measure_id, *_words_of_file(one))
    for put_off in snapshot.extensions:
        attach(put_off.issue_id, put_off.measure_id, put_off.reason, put_off.approval)
    for chase in snapshot.chases:
        attach(chase.issue_id, chase.measure_id, chase.kind, chase.text)
    for handed in snapshot.hand_overs:
        attach(handed.issue_id, handed.measure_id, handed.old_owner, handed.new_owner, handed.note)
    for step in snapshot.closing_steps:
        attach(step.issue_id, None, step.step, step.result, step.opinion, step.taken_by, step.document_number)
    return to_issues, to_measures


def _words_of_file(one: Evidence) -> tuple[str, ...]:
    return one.title, one.file_name, one.category, one.note


def _is_letters(word: str) -> bool:
    """Whether a word could be meant as pinyin: “zgtz”, “d5x”."""
    return word.isascii() and any(letter.isalpha() for letter in word)
