"""Where lines of Chinese text break: a table of signs and a greedy search, without any font or Qt.

Rules: GB/T 15834-2011 §5.1 (no pause or closing sign begins a line, no opening sign ends one, —— and …… are never
torn), and what Word does with “允许标点溢出边界”: a pause or stop that just does not fit hangs out at the right.
Numbers and Latin words are not broken unless they alone are wider than a line.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

NOT_FIRST = frozenset("!%),.:;?]}°·ˇ’”′″℃‰、。〃々〉》」』】〕〗〞！＂％＇），．：；？］｝～￠")
NOT_LAST = frozenset("$([{£¥‘“〈《「『【〔〖〝＄（［｛￡￥")
HANGING = frozenset("、。，．；：！？")
_PAIRED = frozenset("—…─")
_CLOSING = frozenset("、。〉》」』】〕〗！），．：；？］｝’”")  # ink on the left: the right half may be taken away
_MARKS = _CLOSING | frozenset("〈《「『【〔〖（［｛‘“")
_BLANKS = frozenset(" \t\u3000")
_SLACK = 0.01  # points: sums of fractions are not exact


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters ``start`` to ``end`` of a text on one line.

    ``filled`` is where what counts for the width ends: before blanks at the end and before a sign that hangs out.
    ``last`` is true for the last line of a paragraph or of a part before a chosen break; it is not justified.
    """

    start: int
    end: int
    filled: int
    last: bool


def can_break(before: str, after: str) -> bool:
    """Whether a line may end between two neighbouring characters."""
    if after in NOT_FIRST or before in NOT_LAST or after in _BLANKS:
        return False
    if before in _BLANKS:
        return True
    if before == after and before in _PAIRED:
        return False
    return not (_is_latin(before) and _is_latin(after))


def compressed(text: str) -> tuple[int, ...]:
    """The places of signs that give half of their width to the sign after them, as Word's 只压缩标点符号 has it."""
    return tuple(place for place in range(len(text) - 1) if text[place] in _CLOSING and text[place + 1] in _MARKS)


def stretches(text: str, advances: Sequence[float], first: float, width: float) -> Iterator[Stretch]:
    """The lines of a paragraph; ``first`` is the room on its first line, ``width`` on the others, in points.

    ``advances`` are those of the characters of ``text``. ``\\n`` is a chosen break and stands on no line. An empty
    text is one empty line.
    """
    sums = [0.0, *accumulate(advances)]
    start, room = 0, first
    for part in text.split("\n"):
        stop = start + len(part)
        while True:
            stretch = _next(text, sums, start, stop, room)
            yield stretch
            start, room = stretch.end, width
            if start >= stop:
                break
        start = stop + 1


def _next(text: str, sums: Sequence[float], start: int, stop: int, room: float) -> Stretch:
    fits = bisect_right(sums, sums[start] + room + _SLACK, start, stop + 1) - 1
    if fits >= stop:
        return Stretch(start, stop, _without_blanks(text, start, stop), last=True)
    fits = max(fits, start + 1)
    if text[fits] in HANGING and (fits + 1 == stop or can_break(text[fits], text[fits + 1])):
        return Stretch(start, fits + 1, fits, last=fits + 1 == stop)
    if text[fits] in _BLANKS:
        end = _behind_blanks(text, fits, stop)
        if end == stop or can_break(text[end - 1], text[end]):
            return Stretch(start, end, _without_blanks(text, start, fits), last=end == stop)
    end = fits
    while end > start and not can_break(text[end - 1], text[end]):
        end -= 1
    if end == start:
        end = fits  # nothing but one long word
    return Stretch(start, end, _without_blanks(text, start, end), last=False)


def _behind_blanks(text: str, place: int, stop: int) -> int:
    while place < stop and text[place] in _BLANKS:
        place += 1
    return place


def _without_blanks(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1] in _BLANKS:
        end -= 1
    return end


def _is_latin(sign: str) -> bool:
    """Letters, digits and signs that are written together without blanks."""
    return "!" <= sign <= "\u024f"
