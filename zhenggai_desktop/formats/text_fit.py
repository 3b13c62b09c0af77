"""How many lines a Chinese text takes in a cell of a given width.

Excel and WPS do not fit the height of rows with merged cells, so heights are reckoned here. Widths are counted in
full-width characters (em): a Chinese character is 1, a digit or letter about half. The estimate is on the safe
side: a renderer with other fonts may need fewer lines, hardly ever more.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, islice
from math import ceil

_NO_START = frozenset("，。、；：？！）》”’】〕〉…—％%,.;:?!)]}·")  # never begins a line (GB/T 15834)
_NO_END = frozenset("（《“‘【〔〈([{")  # never ends one
_NARROW = 0.56  # em; digits of 仿宋 are 0.5, of the fonts that stand in for it 0.56
_WIDE_LATIN = 0.75  # em; capitals and m, w


class _Widths(dict[str, float]):
    """Widths in em, filled as characters are met."""

    def __missing__(self, char: str) -> float:
        if unicodedata.east_asian_width(char) in "WFA":
            width = 1.0
        elif char.isupper() or char in "mw@%&":
            width = _WIDE_LATIN
        else:
            width = 0.0 if unicodedata.combining(char) else _NARROW
        self[char] = width
        return width


@lru_cache(maxsize=1)
def _widths() -> _Widths:
    return _Widths()


def text_width(text: str) -> float:
    """The width of a text on one line, in em."""
    widths = _widths()
    return sum(widths[char] for char in text)


def line_count(text: str, width: float) -> int:
    """Lines of ``text`` wrapped at ``width`` em; 0 for an empty text."""
    if not text:
        return 0
    if "\n" not in text:
        return 1 if len(text) <= width else _wrapped(text, width)
    return sum(1 if len(part) <= width else _wrapped(part, width) for part in text.split("\n"))


@lru_cache(maxsize=4096)
def _wrapped(text: str, width: float) -> int:
    """Lines of a text without line breaks, filled greedily; at least one character goes on each."""
    ends = list(accumulate(map(_widths().__getitem__, text)))
    if ends[-1] <= width:
        return 1
    return sum(1 for _ in _line_ends(text, ends, width))


def _line_ends(text: str, ends: Sequence[float], width: float) -> Iterator[int]:
    """Where each line of a text without line breaks ends; ``ends`` are the right edges of its characters in em."""
    start = 0
    while start < len(text):
        reached = (ends[start - 1] if start else 0.0) + width
        end = max(bisect_right(ends, reached, lo=start), start + 1)
        start = _break_before(text, start, end) if end < len(text) else end
        yield start


def pieces(text: str, width: float, lines: int, mark: str) -> list[str]:
    """A text in pieces of at most ``lines`` lines, each after the first behind ``mark``; nothing else is added or lost.

    A piece ends with a paragraph or a sentence where one ends in its last lines. ``lines`` is 5 or more.
    """
    found: list[str] = []
    while len(ends := _first_ends(text, width, lines + 1)) > lines:
        at = _piece_end(text, ends, len(mark) if found else 0)
        found.append(text[:at])
        text = mark + text[at:]
    return [*found, text]


def _first_ends(text: str, width: float, lines: int) -> list[int]:
    """Where the first ``lines`` lines of a text end; no more of a long text is looked at than they need."""
    seen = (lines + 1) * (ceil(width / _NARROW) + 1)
    while True:
        found = list(islice(_all_ends(text[:seen], width), lines + 1))
        if len(found) > lines or seen >= len(text):  # where a line ends is known when the next one is
            return found[:lines]
        seen *= 2


def _all_ends(text: str, width: float) -> Iterator[int]:
    """Where each line of a text ends."""
    start = 0
    for part in text.split("\n"):
        if part:
            ends = list(accumulate(map(_widths().__getitem__, part)))
            yield from (start + end for end in _line_ends(part, ends, width))
        else:
            yield start
        start += len(part) + 1


_LATE = 4  # lines at the end of a piece in which a sentence may end


def _piece_end(text: str, ends: Sequence[int], begin: int) -> int:
    """Where the next piece ends, whose lines and one more end at ``ends``; what stands before ``begin`` is its mark."""
    last = len(ends) - 2
    early, late = max(ends[last - _LATE], begin), max(ends[last], begin + 1)
    paragraph = text.rfind("\n", early, late + 1)
    if paragraph > early:
        return paragraph  # the break itself begins the next piece: at the end of a cell it would be lost
    sentence = max(text.rfind(sign, early, late) for sign in "。；")
    return sentence + 1 if sentence > early else late


def _break_before(text: str, start: int, end: int) -> int:
    """Where the line that could end at ``end`` does end: not within a word or number, not before 。, not after （."""
    at = end
    while at - 1 > start and (
        text[at] in _NO_START or text[at - 1] in _NO_END or (_in_word(text[at]) and _in_word(text[at - 1]))
    ):
        at -= 1
    return end if at - 1 <= start else at


def _in_word(char: str) -> bool:
    return char.isascii() and (char.isalnum() or char in "-./")
