"""Family 10: near-identical answers under different issues (domain.md §9.10), kept up to date by difference."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import islice
from zlib import crc32

from zhenggai_desktop.domain.proofread.findings import DocumentRule, Family, Hit, Severity
from zhenggai_desktop.domain.proofread.readings import Reading, Role, Text, same_ends
from zhenggai_desktop.domain.proofread.subject import Subject

_ALIKE = 0.9
_SHORTEST_COMPARED = 40
_SHINGLE, _SKETCH = 6, 8
_MOST_KEPT = 12  # answers that are looked at for one fingerprint
_COMPARED = 3  # of the likeliest, sign by sign
_FEW = 50  # answers that are changed one by one; with more of them all are looked at anew

_Answer = tuple[Text, tuple[int, ...]]  # with its fingerprints


def _sketch(text: str) -> tuple[int, ...]:
    """The smallest fingerprints of a text's pieces: near-identical texts share most of them."""
    if len(text) < _SHORTEST_COMPARED:
        return ()
    data = text.encode("utf-16-le")
    size = 2 * _SHINGLE
    prints = [*map(crc32, [data[k : k + size] for k in range(0, len(data) - size + 1, 2)])]
    most = 4 * (_SKETCH << 32) // len(prints)  # enough of them are smaller, so that few are sorted
    small = {each for each in prints if each < most}
    return tuple(sorted(small if len(small) >= _SKETCH else set(prints))[:_SKETCH])


_SKETCHES = Reading(_sketch, Role.ANSWER)


def alike_answers(subject: Subject) -> Iterator[tuple[int, Hit]]:
    """Near-identical answers under different issues."""
    places = subject.places(_SKETCHES)
    twins = subject.memory.kept("alike answers", None, Twins)
    for at, twin in twins.among([(subject.texts[i], sketch) for i, sketch in places]):
        i, other = places[at][0], subject.texts[places[twin][0]].text
        message = f"与另一个问题的整改情况几乎相同（“{other[:15]}…”）"
        yield i, Hit(0, len(subject.texts[i].text), message)


class Twins:
    """Which answer has one before it that is nearly the same. A change costs the answers that share its words."""

    def __init__(self) -> None:
        self._answers: Sequence[_Answer] = ()
        self._by_print: dict[int, list[int]] = {}  # fingerprint → numbers of the answers that have it, in order
        self._twins: dict[int, int] = {}
        self._compared: dict[tuple[str, str], bool] = {}

    def among(self, answers: Sequence[_Answer]) -> list[tuple[int, int]]:
        """Pairs of numbers in ``answers``: one, and the one before it that it is like."""
        head, tail = same_ends(self._answers, answers)
        changed = range(head, len(answers) - tail)
        moved = len(answers) != len(self._answers)
        before, self._answers = self._answers, answers
        if moved or len(changed) > _FEW:
            self._index()
            wanted: Sequence[int] = range(len(answers))
        else:
            wanted = sorted(self._changed(before, changed))
        for at in wanted:
            twin = self._twin_of(at)
            if twin is None:
                self._twins.pop(at, None)
            else:
                self._twins[at] = twin
        if len(self._compared) > 8 * len(answers) + 1000:
            self._compared.clear()
        return sorted(self._twins.items())

    def _index(self) -> None:
        self._twins.clear()
        self._by_print = {}
        for at, (_, sketch) in enumerate(self._answers):
            for value in sketch:
                self._by_print.setdefault(value, []).append(at)

    def _changed(self, before: Sequence[_Answer], changed: range) -> set[int]:
        """Put the changed answers into the index; gives all answers that are to be looked at again."""
        wanted = set(changed)
        for at in changed:
            old, new = set(before[at][1]), set(self._answers[at][1])
            for value in old - new:
                wanted.update(self._seen_by(value, at))
                self._by_print[value].remove(at)
            for value in new:
                if value not in old:
                    insort(self._by_print.setdefault(value, []), at)
                wanted.update(self._seen_by(value, at))
        return wanted

    def _seen_by(self, value: int, at: int) -> Sequence[int]:
        """The answers that look at the one at ``at`` for a fingerprint that they share."""
        sharing = self._by_print[value]
        place = bisect_left(sharing, at)
        return sharing[place + 1 :] if place < _MOST_KEPT else ()

    def _twin_of(self, at: int) -> int | None:
        text, sketch = self._answers[at]
        votes: dict[int, int] = {}
        for value in sketch:
            for other in islice(self._by_print[value], _MOST_KEPT):
                if other >= at:
                    break
                votes[other] = votes.get(other, 0) + 1
        least = len(sketch)
        likely = sorted((other for other, count in votes.items() if count * 3 >= least), key=lambda o: -votes[o])
        for other in likely[:_COMPARED]:
            twin = self._answers[other][0]
            if twin.anchor != text.anchor and self._are_alike(text.text, twin.text):
                return other
        return None

    def _are_alike(self, one: str, other: str) -> bool:
        pair = one, other
        if pair not in self._compared:
            self._compared[pair] = _alike(one, other)
        return self._compared[pair]


_signs = lru_cache(maxsize=4096)(frozenset[str])


def _of_like_signs(one: str, other: str) -> bool:
    """Have the texts enough signs in common, in whatever order? Far quicker than to compare them in their order."""
    ours, theirs = _signs(one), _signs(other)
    shared = min(len(one) - len(ours - theirs), len(other) - len(theirs - ours))
    return 2 * shared >= _ALIKE * (len(one) + len(other))


def _alike(one: str, other: str) -> bool:
    """Are two texts the same but for a tenth?"""
    if one == other:
        return True
    if not _of_like_signs(one, other):
        return False
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.real_quick_ratio() >= _ALIKE and matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE


RULES: tuple[DocumentRule, ...] = (
    DocumentRule("alike-answers", Family.PLAINNESS, Severity.NOTE, alike_answers, (_SKETCHES,)),
)
