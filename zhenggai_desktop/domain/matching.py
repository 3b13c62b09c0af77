"""Which of two lists speak of the same thing: titles compared by their core and by likeness.

A feedback document says “党的建设不够有力”, its notice “（二）关于党的建设不够有力方面的问题”. What both have in common
is the core: no quotes, no punctuation, no framing words. Equal cores are the same thing; near ones are, from
``LIKE_ENOUGH`` on, unless they speak of different units; a whole title that opens a longer one is, where only one
pair can be meant.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from zhenggai_desktop.domain.parallel_titles import other_offices, speak_of_others

LIKE_ENOUGH = 0.85
DISTINCTIVE = 6  # a core of fewer characters says too little to be looked for anywhere but in its own place

_FRAMING = re.compile("关于|针对|方面|问题|的")


@dataclass(frozen=True, slots=True)
class Named:
    """Something to be paired: its title's core, its place among its siblings (0 where that says nothing), the
    words below the title, which tell equal titles apart, and the office that answers, which tells near ones apart."""

    core: str
    number: int = 0
    details: str = ""
    office: str = ""


def text_core(text: str) -> str:
    """What remains of a title without width, spaces, punctuation, quotes and the words that frame it.

    A title made of nothing but framing words or signs keeps them: it must not equal every other such title.
    """
    letters = bare_text(text)
    return _FRAMING.sub("", letters) or letters or text.strip()


def bare_text(text: str) -> str:
    """The letters and digits of a text, widths made equal: what stays when spacing and punctuation change."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", text) if sign.isalnum())


def named(
    titles: Iterable[str], details: Iterable[str] | None = None, offices: Iterable[str] | None = None
) -> list[Named]:
    """Siblings' titles, ready to be paired; ``details`` and ``offices`` are as many as titles."""
    cores = [text_core(title) for title in titles]
    words = [""] * len(cores) if details is None else [bare_text(text) for text in details]
    names = [""] * len(cores) if offices is None else list(offices)
    siblings = zip(cores, words, names, strict=True)
    return [Named(core, number, word, office) for number, (core, word, office) in enumerate(siblings, 1)]


def likeness(one: str, other: str) -> float:
    """0.0 (nothing in common) to 1.0 (equal) for two cores; 0.0 at once where ``LIKE_ENOUGH`` cannot be reached."""
    return next(_likenesses(other, [one]))


def _likenesses(core: str, others: Iterable[str]) -> Iterator[float]:
    """The likeness of each of ``others`` to ``core``, which is taken apart only once: that is what costs."""
    matcher = SequenceMatcher(None, "", core, autojunk=False)
    for other in others:
        matcher.set_seq1(other)
        promising = core and matcher.real_quick_ratio() >= LIKE_ENOUGH and matcher.quick_ratio() >= LIKE_ENOUGH
        yield matcher.ratio() if promising else 0.0


def pair_up(ours: Sequence[Named], theirs: Sequence[Named]) -> dict[int, int]:
    """For each of theirs that is one of ours: its index → the index of ours. Nothing is used twice.

    Equal cores first, then near ones, the nearest first, then a core that opens exactly one other. What has no
    core is never paired.
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
    by_core: dict[str, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for at in at_ours:
        by_core[ours[at].core][0].append(at)
    for at in at_theirs:
        by_core[theirs[at].core][1].append(at)
    pairs: dict[int, int] = {}
    for twins in by_core.values():
        pairs.update(_paired_twins(ours, theirs, *twins))
    return pairs


def _paired_twins(
    ours: Sequence[Named], theirs: Sequence[Named], at_ours: list[int], at_theirs: list[int]
) -> dict[int, int]:
    """Equal titles: those with the same words below them in order, then those of ours that have none yet in order,
    then the last of what is left.

    What finds no pair is stored behind ours with its own words, and those of ours that had none are given some. The
    order is chosen so that the same list, come again, then finds the same pairs.
    """
    pairs = _without_repeats(
        (other, one) for other in at_theirs for one in at_ours if ours[one].details == theirs[other].details
    )
    wordless = [at for at in at_ours if not ours[at].details and at not in pairs.values()]
    pairs.update(zip((at for at in at_theirs if at not in pairs), wordless, strict=False))
    free_ours = [at for at in at_ours if at not in pairs.values()]
    free_theirs = [at for at in at_theirs if at not in pairs]
    pairs.update(zip(reversed(free_theirs), reversed(free_ours), strict=False))
    return pairs


def _near(ours: Sequence[Named], theirs: Sequence[Named], at_ours: list[int], at_theirs: list[int]) -> dict[int, int]:
    """The nearest pairs first. Of twins in theirs the last is taken: the earlier ones will be stored under their own
    title, and must find themselves there when the same list comes again. What is said of two units is no pair."""
    found = [
        (-score, -other, not _same_number(ours[one], theirs[other]), one)
        for other in at_theirs
        for one, score in zip(at_ours, _likenesses(theirs[other].core, (ours[at].core for at in at_ours)), strict=True)
        if score >= LIKE_ENOUGH and not _of_two(ours[one], theirs[other])
    ]
    return _without_repeats((-behind, one) for _, behind, _, one in sorted(found))


def _of_two(one: Named, other: Named) -> bool:
    return speak_of_others(one.core, other.core) or other_offices(one.office, other.office)


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


def unique_cores(items: Iterable[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    """Of (core, key) pairs those whose core is distinctive and occurs once: they can be found in another place."""
    seen: dict[str, list[int]] = defaultdict(list)
    for core, key in items:
        seen[core].append(key)
    return ((core, keys[0]) for core, keys in seen.items() if len(keys) == 1 and len(core) >= DISTINCTIVE)
