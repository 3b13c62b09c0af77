"""Which of two lists speak of the same thing: titles compared by their core and by likeness.

A feedback document says “党的建设不够有力”, its notice “（二）关于党的建设不够有力方面的问题”. What both have in common
is the core: no quotes, no punctuation, no framing words. Equal cores are the same thing; near ones are, from
``LIKE_ENOUGH`` on; a whole title that opens a longer one is, where only one pair can be meant.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

LIKE_ENOUGH = 0.85
DISTINCTIVE = 6  # a core of fewer characters says too little to be looked for anywhere but in its own place

_FRAMING = re.compile("关于|针对|方面|问题|的")


@dataclass(frozen=True, slots=True)
class Named:
    """Something to be paired: its title's core and its place among its siblings, 0 where that says nothing."""

    core: str
    number: int = 0


def text_core(text: str) -> str:
    """What remains of a title without width, spaces, punctuation, quotes and the words that frame it.

    A title made of nothing but framing words keeps them: it must not equal every other such title.
    """
    letters = bare_text(text)
    return _FRAMING.sub("", letters) or letters


def bare_text(text: str) -> str:
    """The letters and digits of a text, widths made equal: what stays when spacing and punctuation change."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", text) if sign.isalnum())


def named(titles: Iterable[str]) -> list[Named]:
    """Siblings' titles, ready to be paired."""
    return [Named(text_core(title), number) for number, title in enumerate(titles, 1)]


def likeness(one: str, other: str) -> float:
    """0.0 (nothing in common) to 1.0 (equal) for two cores; 0.0 at once where 0.85 cannot be reached."""
    if one == other:
        return 1.0
    if not one or not other or 2 * min(len(one), len(other)) < LIKE_ENOUGH * (len(one) + len(other)):
        return 0.0
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= LIKE_ENOUGH else 0.0


def pair_up(ours: Sequence[Named], theirs: Sequence[Named]) -> dict[int, int]:
    """For each of theirs that is one of ours: its index → the index of ours. Nothing is used twice.

    Equal cores first (of several equal ones the same number, then the same order), then near ones, the nearest
    first, then a core that opens exactly one other. What has no core is never paired.
    """
    pairs: dict[int, int] = {}
    for stage in (_equal, _near, _opening):
        used = set(pairs.values())
        free_ours = [at for at, item in enumerate(ours) if item.core and at not in used]
        free_theirs = [at for at, item in enumerate(theirs) if item.core and at not in pairs]
        if not free_ours or not free_theirs:
            break
        pairs.update(stage(ours, theirs, free_ours, free_theirs))
    return pairs


def _equal(ours: Sequence[Named], theirs: Sequence[Named], at_ours: list[int], at_theirs: list[int]) -> dict[int, int]:
    by_core: dict[str, list[int]] = defaultdict(list)
    for at in at_ours:
        by_core[ours[at].core].append(at)
    pairs: dict[int, int] = {}
    numbered_first = sorted(at_theirs, key=lambda at: not _same_number_in(by_core[theirs[at].core], ours, theirs[at]))
    for at in numbered_first:
        candidates = by_core[theirs[at].core]
        if not candidates:
            continue
        chosen = next((one for one in candidates if _same_number(ours[one], theirs[at])), candidates[0])
        candidates.remove(chosen)
        pairs[at] = chosen
    return pairs


def _near(ours: Sequence[Named], theirs: Sequence[Named], at_ours: list[int], at_theirs: list[int]) -> dict[int, int]:
    found = [
        (-score, not _same_number(ours[one], theirs[other]), other, one)
        for other in at_theirs
        for one in at_ours
        if (score := likeness(ours[one].core, theirs[other].core)) >= LIKE_ENOUGH
    ]
    return _without_repeats((other, one) for _, _, other, one in sorted(found))


def _opening(
    ours: Sequence[Named], theirs: Sequence[Named], at_ours: list[int], at_theirs: list[int]
) -> dict[int, int]:
    found = [(other, one) for other in at_theirs for one in at_ours if _opens(ours[one].core, theirs[other].core)]
    uses_of_theirs = Counter(other for other, _ in found)
    uses_of_ours = Counter(one for _, one in found)
    return {other: one for other, one in found if uses_of_theirs[other] == 1 and uses_of_ours[one] == 1}


def _without_repeats(pairs: Iterable[tuple[int, int]]) -> dict[int, int]:
    kept: dict[int, int] = {}
    used: set[int] = set()
    for other, one in pairs:
        if other not in kept and one not in used:
            kept[other] = one
            used.add(one)
    return kept


def _opens(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return len(short) >= DISTINCTIVE and long.startswith(short)


def _same_number(one: Named, other: Named) -> bool:
    return one.number != 0 and one.number == other.number


def _same_number_in(candidates: list[int], ours: Sequence[Named], other: Named) -> bool:
    return any(_same_number(ours[one], other) for one in candidates)


def unique_cores(items: Iterable[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    """Of (core, key) pairs those whose core is distinctive and occurs once: they can be found in another place."""
    seen: dict[str, list[int]] = defaultdict(list)
    for core, key in items:
        seen[core].append(key)
    return ((core, keys[0]) for core, keys in seen.items() if len(keys) == 1 and len(core) >= DISTINCTIVE)
