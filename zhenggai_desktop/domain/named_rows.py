"""Which issue or measure a row of a sheet speaks of, where only its words and its number tell.

A number alone is little: departments number their copies anew. So it counts where the row has no other words, and
where its words are nearly those of the issue with this number.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Mapping
from functools import cached_property

from zhenggai_desktop.domain.distribution import READ, TEMPLATE
from zhenggai_desktop.domain.ledger_table import ledger_table
from zhenggai_desktop.domain.matching import LIKE_ENOUGH, bare_text, likeness, text_core
from zhenggai_desktop.domain.outline import Outline
from zhenggai_desktop.domain.portable import Key
from zhenggai_desktop.domain.records import Issue, Measure, Snapshot

Texts = Mapping[str, str]
_ISSUE, _MANIFESTATION = (tuple(name for name, _ in READ).index(name) for name in ("issue", "manifestation"))


class RowFinder:
    """Looks rows up in one state of the ledger. ``texts`` are a row's cells by the names of ``distribution.READ``."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._outline = Outline(snapshot)
        self._issues = {issue.uid: issue for issue in snapshot.issues}
        self._measures = {measure.uid for measure in snapshot.measures}

    def knows(self, key: Key) -> bool:
        """True for an issue or a measure that the ledger has."""
        return key[1] in (self._measures if key[0] is Measure else self._issues)

    def issue(self, texts: Texts) -> Issue | None:
        """The issue that a row names; None where it names none for certain."""
        numbered = self._by_number.get(_number(texts.get("number", "")))
        words = bare_text(texts.get("issue", "")), bare_text(texts.get("manifestation", ""))
        if not any(words):
            return numbered
        if numbered is not None and not words[1] and self._cells[numbered.id][0] == words[0]:
            return numbered
        for found in (self._by_words.get(words, []), self._titled(*words)):
            if len(found) == 1:
                return found[0]
            if numbered in found:
                return numbered
        return numbered if numbered is not None and self._alike(words, numbered) else None

    def measure(self, issue: Issue, words: str, besides: Collection[Key] = ()) -> Measure | None:
        """The measure of an issue with these words, the first of equal ones that is not among ``besides``."""
        bare = bare_text(words)
        found = [one for one in self._outline.measures_of(issue) if bare_text(one.content) == bare]
        return next((one for one in found if (Measure, one.uid) not in besides), None)

    def is_without_measures(self, issue: Issue) -> bool:
        """True for an issue that has a row of its own in a sheet."""
        return self._outline.is_leaf(issue) and not self._outline.measures_of(issue)

    def by_uid(self, uid: str) -> Issue | None:
        """The issue with this uid; None where it was deleted."""
        return self._issues.get(uid)

    @cached_property
    def _by_number(self) -> dict[str, Issue]:
        return {number: issues[0] for number, issues in self._outline.by_number().items() if len(issues) == 1}

    @cached_property
    def _cells(self) -> dict[int, tuple[str, str]]:
        """The words of each issue as a sheet shows them; those of issues that have no row are their titles."""
        rows = ledger_table(self._snapshot, template=TEMPLATE).rows
        shown = {row.issue_id: (str(row.cells[_ISSUE] or ""), str(row.cells[_MANIFESTATION] or "")) for row in rows}
        return {
            issue.id: (bare_text(one), bare_text(other))
            for issue in self._snapshot.issues
            for one, other in (shown.get(issue.id, (issue.title, "")),)
        }

    @cached_property
    def _by_words(self) -> dict[tuple[str, str], list[Issue]]:
        found: dict[tuple[str, str], list[Issue]] = defaultdict(list)
        for issue in self._outline.walk():
            found[self._cells[issue.id]].append(issue)
        return found

    @cached_property
    def _by_title(self) -> dict[str, list[Issue]]:
        found: dict[str, list[Issue]] = defaultdict(list)
        for issue in self._outline.walk():
            found[bare_text(issue.title)].append(issue)
        return found

    def _titled(self, title: str, manifestation: str) -> list[Issue]:
        """The issues that one of the two columns names by their title alone. Below an issue with sub-issues words
        that are none of theirs are no words of the issue itself."""
        found = self._by_title.get(manifestation or title, [])
        if found or not manifestation:
            return found
        return [issue for issue in self._by_title.get(title, []) if self._outline.is_leaf(issue)]

    def _alike(self, words: tuple[str, str], issue: Issue) -> bool:
        title, shown = bare_text(issue.title), self._cells[issue.id]
        if not words[1]:
            return _near(words[0], title) or _near(words[0], shown[0])
        if not shown[1]:
            return self._outline.is_leaf(issue) and _near(words[0], shown[0])
        return _near(words[1], shown[1]) and _near(words[0], shown[0])


_DASHES = re.compile("[‐-―−－]")
_AS_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_TWO_PARTS = 2020  # who types 1-2 gets a day of this year, who types 1-2-3 one of 2001


def _number(text: str) -> str:
    """A number as the ledger writes it: Excel makes a day of 1-2 and of 1-2-3, people write long dashes."""
    number = _DASHES.sub("-", unicodedata.normalize("NFKC", text)).replace(" ", "")
    if day := _AS_DAY.fullmatch(number):
        year, *parts = map(int, day.groups())
        return "-".join(map(str, parts if year >= _TWO_PARTS else (year % 100, *parts)))
    return number


def _near(one: str, other: str) -> bool:
    return one == other or likeness(text_core(one), text_core(other)) >= LIKE_ENOUGH
