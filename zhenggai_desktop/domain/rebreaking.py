"""A text broken where another one has its paragraphs, however it came: run together, or in a paragraph a sentence."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

from zhenggai_desktop.domain.text_diff import edits, moved_place

_TELLING = 10  # characters of a paragraph that are found by chance nowhere else


def broken_like(old: Sequence[str], new: Sequence[str]) -> list[str]:
    """The words of ``new`` in the paragraphs of ``old`` as far as they are known again, else in their own."""
    whole, own = "".join(new), list(accumulate(map(len, new)))
    known = list(_known(old, whole))
    cuts = {0, len(whole), *(place for _, start, end in known for place in (start, end))}
    ends = [(-1, 0, 0), *known, (len(old), len(whole), len(whole))]
    for (last, _, start), (following, end, _) in pairwise(ends):
        between = old[last + 1 : following]
        cuts.update(_like(between, whole[start:end], start) if between else _inside(own, start, end))
    return [whole[start:end] for start, end in pairwise(sorted(cuts))]


def _known(old: Sequence[str], whole: str) -> Iterator[tuple[int, int, int]]:
    """The paragraphs that stand in the words but once, in the order of the words: which, from where, to where."""
    found = ((whole.find(text), at) for at, text in enumerate(old) if len(text) >= _TELLING)
    end = 0
    for start, at in sorted((start, at) for start, at in found if start >= 0):
        if start >= end and whole.find(old[at], start + 1) < 0:
            end = start + len(old[at])
            yield at, start, end


def _like(old: Sequence[str], words: str, start: int) -> Iterator[int]:
    """Where paragraphs between known ones begin and end in the words that stand there now."""
    changes = edits("".join(old), words, readable=False)
    for place in accumulate(map(len, old)):
        yield start + moved_place(changes, place)


def _inside(places: Sequence[int], start: int, end: int) -> Sequence[int]:
    return places[bisect_left(places, start) : bisect_left(places, end)]
