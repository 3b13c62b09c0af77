"""Which paragraph of a document that came back is which paragraph of the one that went out. The text decides.

First what is word for word the same, in order; what stands elsewhere was moved. Between them paragraphs that were
split, joined or reworded, by the pairs of characters they share. A hint (a bookmark that survived) tells equal
paragraphs apart and makes a doubtful likeness good enough; it never overrules the words.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

LIKE = 0.42
"""From this likeness on a paragraph between the same neighbours is the old one, reworded."""
LIKE_ELSEWHERE = 0.6
"""From this likeness on a paragraph in another place is the old one, moved and reworded."""
LIKE_BY_HINT = 0.12
"""What a hint must have beside it."""

_PART = 0.75  # of a part's pairs lie in the whole
_WHOLE = 0.7  # of the whole's pairs lie in its parts together
_MOST_PARTS = 8
_COMMON = 60  # paragraphs that share a run of characters: it tells nothing
_RUN = 3  # characters
_SMALL = 3600  # pairs of paragraphs that are all compared
_LEAST_WHOLE = 4  # pairs of characters: what is shorter is not split
_LEAST_KNOWN = 4  # characters of a paragraph that is known again inside another
_CANDIDATES = 6
_MOST_TWINS = 200_000  # pairs of equal paragraphs between the same neighbours
_PairsOf = Callable[[int], Counter[str]]


@dataclass(frozen=True, slots=True)
class Match:
    """Places in the old and in the new document that belong together.

    One and one: kept or reworded; one and several: split; several and one: joined; none on one side: inserted or
    deleted. ``moved``: it stands in another order than its neighbours.
    """

    old: tuple[int, ...]
    new: tuple[int, ...]
    moved: bool = False


def match_paragraphs(old: Sequence[str], new: Sequence[str], hints: Mapping[int, int] | None = None) -> list[Match]:
    """Every place of both documents in exactly one ``Match``, in the order of the new document.

    ``hints`` gives for places of the new document the old place that its bookmark names. What was deleted stands where
    it stood.
    """
    return _Matcher(old, new, hints or {}).matches()


def likeness(one: str, other: str) -> float:
    """0.0 to 1.0: how many of their pairs of neighbouring characters two texts share (Dice)."""
    return _dice(_pairs(one), _pairs(other))


def share(part: str, whole: str) -> float:
    """0.0 to 1.0: how many of the pairs of neighbouring characters of ``part`` lie in ``whole``."""
    return _share(_pairs(part), _pairs(whole))


class _Matcher:
    def __init__(self, old: Sequence[str], new: Sequence[str], hints: Mapping[int, int]) -> None:
        self._old = old
        self._new = new
        self._hints = {at: was for at, was in hints.items() if 0 <= was < len(old)}
        self._found: list[Match] = []
        self._backbone: list[tuple[int, int]] = []
        self._free_old = set(range(len(old)))
        self._free_new = set(range(len(new)))
        self._counted_old: dict[int, Counter[str]] = {}
        self._counted_new: dict[int, Counter[str]] = {}

    def matches(self) -> list[Match]:
        moved = self._equal()
        for olds, news in self._gaps():
            self._same_in_order(olds, news)
        for one, other in moved:  # only now: twins between the same neighbours were never moved
            if one in self._free_old and other in self._free_new:
                self._take((one,), (other,), moved=True)
        for olds, news in self._gaps():
            self._parts(olds, news)
            self._reworded(olds, news)
        self._elsewhere()
        self._found += [Match((at,), ()) for at in sorted(self._free_old)]
        self._found += [Match((), (at,)) for at in sorted(self._free_new)]
        return self._in_order()

    # --- what is word for word the same

    def _equal(self) -> list[tuple[int, int]]:
        """Take the paragraphs that can only be each other and stand in order; gives those that stand elsewhere."""
        places: dict[str, list[int]] = defaultdict(list)
        for at, text in enumerate(self._old):
            places[text].append(at)
        counts = Counter(self._new)
        pairs: list[tuple[int, int]] = []
        used: set[int] = set()
        for at, text in enumerate(self._new):
            hinted = self._hints.get(at)
            if hinted is not None and self._old[hinted] == text and hinted not in used:
                pairs.append((hinted, at))
                used.add(hinted)
            elif counts[text] == 1 and len(places.get(text, ())) == 1 and places[text][0] not in used:
                pairs.append((places[text][0], at))
                used.add(places[text][0])
        kept = set(_longest_rise([one for one, _ in pairs]))
        for at in sorted(kept):
            self._take((pairs[at][0],), (pairs[at][1],))
        return [pair for at, pair in enumerate(pairs) if at not in kept]

    def _same_in_order(self, olds: Sequence[int], news: Sequence[int]) -> None:
        """Equal paragraphs between the same neighbours, of which there are several."""
        one, other = [self._old[at] for at in olds], [self._new[at] for at in news]
        begin = _same_at_the_head(one, other)
        end = _same_at_the_head(one[begin:][::-1], other[begin:][::-1])
        last_old, last_new = len(one) - end, len(other) - end
        for step in (*range(begin), *range(-end, 0)):
            self._take((olds[step],), (news[step],))
        for was, at in _pairs_in_order(one[begin:last_old], other[begin:last_new]):
            self._take((olds[begin + was],), (news[begin + at],))

    # --- parts and wholes

    def _parts(self, olds: Sequence[int], news: Sequence[int]) -> None:
        """Paragraphs that were split, then those that were joined."""
        small = len(olds) * len(news) <= _SMALL
        for_old = None if small else _Index(self._new, news)
        for was in olds:
            places = news if for_old is None else for_old.alike(self._old[was], _MOST_PARTS)
            free = [at for at in places if at in self._free_new]
            if window := self._window(self._pairs_of_old(was), free, self._pairs_of_new):
                self._take((was,), window)
        for_new = None if small else _Index(self._old, olds)
        for at in news:
            places = olds if for_new is None else for_new.alike(self._new[at], _MOST_PARTS)
            free = [was for was in places if was in self._free_old]
            if at in self._free_new and (window := self._window(self._pairs_of_new(at), free, self._pairs_of_old)):
                self._take(window, (at,))

    def _window(self, whole: Counter[str], places: Sequence[int], pairs_of: _PairsOf) -> tuple[int, ...]:
        """Consecutive places, two at least, that together are the whole; () where there are none."""
        if whole.total() < _LEAST_WHOLE or len(places) < 2:
            return ()
        best: tuple[float, tuple[int, ...]] = (0.0, ())
        for run in _runs([at for at in places if _share(pairs_of(at), whole) >= _PART]):
            for length in range(2, min(len(run), _MOST_PARTS) + 1):
                for start in range(len(run) - length + 1):
                    window = tuple(run[start : start + length])
                    size = sum(pairs_of(at).total() for at in window)
                    if not _WHOLE <= size / whole.total() <= 1 / _WHOLE:
                        continue
                    together = sum((pairs_of(at) for at in window), Counter[str]())
                    score = _dice(together, whole)
                    alone = max(_dice(pairs_of(at), whole) for at in window)
                    if _share(whole, together) >= _WHOLE and score > max(best[0], alone + 0.02):
                        best = score, window
        return best[1]

    # --- reworded

    def _reworded(self, olds: Sequence[int], news: Sequence[int]) -> None:
        """Likest pairs first; none may cross another between the same neighbours."""
        mine = [at for at in olds if at in self._free_old]
        others = [at for at in news if at in self._free_new]
        if not mine or not others:
            return
        scored = sorted(self._scored(mine, others), key=lambda found: (-found[0], found[2], found[1]))
        taken: list[tuple[int, int]] = []
        for score, was, at in scored:
            if was not in self._free_old or at not in self._free_new:
                continue
            hinted = self._hints.get(at) == was
            if score < (LIKE_BY_HINT if hinted else LIKE):
                continue
            slot = bisect_left(taken, (was, at))
            before, behind = taken[slot - 1 : slot] if slot else [], taken[slot : slot + 1]
            if all(other < at for _, other in before) and all(other > at for _, other in behind):
                self._take((was,), (at,))
                taken.insert(slot, (was, at))

    def _scored(self, mine: Sequence[int], others: Sequence[int]) -> Iterator[tuple[float, int, int]]:
        candidates = (
            ((was, at) for was in mine for at in others)
            if len(mine) * len(others) <= _SMALL
            else self._likely(mine, others)
        )
        for was, at in candidates:
            score = _dice(self._pairs_of_old(was), self._pairs_of_new(at))
            yield LIKE if score < LIKE and _holds(self._old[was], self._new[at]) else score, was, at

    def _elsewhere(self) -> None:
        """What is left on both sides and alike, wherever it stands: moved, and mostly reworded too."""
        mine, others = sorted(self._free_old), sorted(self._free_new)
        if not mine or not others:
            return
        found = [
            (score, was, at)
            for was, at in self._likely(mine, others)
            if (score := _dice(self._pairs_of_old(was), self._pairs_of_new(at)))
            >= (LIKE if self._hints.get(at) == was else LIKE_ELSEWHERE)
        ]
        for _, was, at in sorted(found, key=lambda each: (-each[0], each[2], each[1])):
            if was in self._free_old and at in self._free_new:
                self._take((was,), (at,), moved=True)

    # --- small things

    def _likely(self, mine: Sequence[int], others: Sequence[int]) -> Iterator[tuple[int, int]]:
        """Old and new places that are worth a comparison."""
        index, known = _Index(self._old, mine), set(mine)
        for at in others:
            likely = index.alike(self._new[at], _CANDIDATES)
            hinted = self._hints.get(at)
            if hinted in known and hinted not in likely:
                likely.append(hinted)
            yield from ((was, at) for was in likely)

    def _pairs_of_old(self, at: int) -> Counter[str]:
        if at not in self._counted_old:
            self._counted_old[at] = _pairs(self._old[at])
        return self._counted_old[at]

    def _pairs_of_new(self, at: int) -> Counter[str]:
        if at not in self._counted_new:
            self._counted_new[at] = _pairs(self._new[at])
        return self._counted_new[at]

    def _take(self, olds: tuple[int, ...], news: tuple[int, ...], *, moved: bool = False) -> None:
        self._free_old.difference_update(olds)
        self._free_new.difference_update(news)
        self._found.append(Match(olds, news, moved))
        if not moved:
            self._backbone.append((olds[-1], news[-1]))

    def _gaps(self) -> list[tuple[list[int], list[int]]]:
        """Free places of both documents between the same fixed neighbours."""
        ends = [*sorted(self._backbone), (len(self._old), len(self._new))]
        free_old, free_new = sorted(self._free_old), sorted(self._free_new)
        gaps: list[tuple[list[int], list[int]]] = []
        at_old = at_new = 0
        for end_old, end_new in ends:
            stop_old, stop_new = bisect_left(free_old, end_old), bisect_left(free_new, end_new)
            olds, news = free_old[at_old:stop_old], free_new[at_new:stop_new]
            at_old, at_new = stop_old, stop_new
            if olds and news:
                gaps.append((olds, news))
        return gaps

    def _in_order(self) -> list[Match]:
        """By the new document; what is only in the old one follows what stood before it."""
        behind = {was: found for found in self._found if found.new and not found.moved for was in found.old}
        ordered: list[tuple[int, int, Match]] = []
        last_new = -1
        place = {found.old[0]: found for found in self._found if found.old and not found.new}
        for was in range(len(self._old)):
            if was in behind:
                last_new = max(last_new, behind[was].new[-1])
            elif was in place:
                ordered.append((last_new, 1 + was, place[was]))
        ordered += [(found.new[0], 0, found) for found in self._found if found.new]
        return [found for _, _, found in sorted(ordered, key=lambda each: each[:2])]


def _same_at_the_head(one: Sequence[str], other: Sequence[str]) -> int:
    count = 0
    for mine, its in zip(one, other, strict=False):
        if mine != its:
            break
        count += 1
    return count


def _pairs_in_order(one: Sequence[str], other: Sequence[str]) -> list[tuple[int, int]]:
    """Places of equal texts that stand in the same order: the longest runs first, or, where thousands are alike and
    that would take their product in time, the first with the first, the second with the second."""
    places: dict[str, list[int]] = defaultdict(list)
    for at, text in enumerate(other):
        places[text].append(at)
    counts = Counter(text for text in one if text in places)
    if not counts:
        return []
    if sum(count * len(places[text]) for text, count in counts.items()) <= _MOST_TWINS:
        blocks = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
        return [(was + step, at + step) for was, at, size in blocks for step in range(size)]
    used: Counter[str] = Counter()
    pairs: list[tuple[int, int]] = []
    for was, text in enumerate(one):
        if used[text] < len(places.get(text, ())):
            pairs.append((was, places[text][used[text]]))
            used[text] += 1
    return [pairs[at] for at in _longest_rise([at for _, at in pairs])]


class _Index:
    """Paragraphs by the runs of characters in them, so that likely partners are found without trying all."""

    def __init__(self, texts: Sequence[str], places: Iterable[int]) -> None:
        self._by_run: dict[str, list[int]] = defaultdict(list)
        for at in places:
            for run in set(_short_runs(texts[at])):
                self._by_run[run].append(at)

    def alike(self, text: str, most: int) -> list[int]:
        """Places of the paragraphs that share most with ``text``, in their order."""
        votes: Counter[int] = Counter()
        for run in set(_short_runs(text)):
            places = self._by_run.get(run, ())
            if len(places) <= _COMMON:
                votes.update(places)
        return sorted(at for at, _ in votes.most_common(most))


def _short_runs(text: str) -> Iterator[str]:
    if len(text) < _RUN:
        yield text
    for at in range(len(text) - _RUN + 1):
        yield text[at : at + _RUN]


def _pairs(text: str) -> Counter[str]:
    if len(text) < 2:
        return Counter([text] if text else [])
    return Counter(text[at : at + 2] for at in range(len(text) - 1))


def _dice(one: Counter[str], other: Counter[str]) -> float:
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 1.0


def _share(part: Counter[str], whole: Counter[str]) -> float:
    """How much of ``part`` lies in ``whole``, 0.0 to 1.0; 0.0 for a part without words."""
    return (part & whole).total() / part.total() if part.total() else 0.0


def _holds(one: str, other: str) -> bool:
    """Does one of two paragraphs stand word for word in the other, which has much more?"""
    part, whole = sorted((one, other), key=len)
    return len(part) >= _LEAST_KNOWN and part in whole


def _runs(places: Sequence[int]) -> Iterator[list[int]]:
    """Consecutive places, as lists."""
    run: list[int] = []
    for at in places:
        if run and at != run[-1] + 1:
            yield run
            run = []
        run.append(at)
    if run:
        yield run


def _longest_rise(values: Sequence[int]) -> list[int]:
    """Places of a longest rising selection of ``values``, which are all different."""
    tails: list[int] = []
    tail_places: list[int] = []
    before: list[int] = []
    for at, value in enumerate(values):
        slot = bisect_left(tails, value)
        before.append(tail_places[slot - 1] if slot else -1)
        if slot == len(tails):
            tails.append(value)
            tail_places.append(at)
        else:
            tails[slot] = value
            tail_places[slot] = at
    found: list[int] = []
    at = tail_places[-1] if tail_places else -1
    while at >= 0:
        found.append(at)
        at = before[at]
    return found[::-1]
