"""What became of a text, character by character: edits, pieces to show, and the merge of two sets of edits.

Numbers and Latin words are never taken apart: 12 that became 15, 十二 that became 二十, is one change.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_TOKEN = re.compile(r"\d+(?:\.\d+)?%?|[A-Za-z]+|[零〇一二三四五六七八九十百千万亿]{2,}|.", re.DOTALL)
_CLAUSE = re.compile(r"[^，。；：！？\n]*[，。；：！？\n]?")
_MOST_WORK = 1_500_000  # pairs of tokens compared one by one; longer texts are compared by clauses first
_STOPS = frozenset("。；！？\n")
_ISLAND = 3  # characters: a kept remnant so short between two changes reads as one change


@dataclass(frozen=True, slots=True)
class Edit:
    """``old[start:end]`` became ``text``, which begins at ``at`` in the new text."""

    start: int
    end: int
    text: str
    at: int


class Fate(StrEnum):
    """What became of a piece of text."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text with its fate; removed ones stand before the added ones that replace them."""

    fate: Fate
    text: str


def edits(old: str, new: str, *, readable: bool = True) -> tuple[Edit, ...]:
    """The changes that make ``new`` of ``old``, in order; empty for equal texts.

    ``readable`` joins changes between which no more than a few characters survived by chance; without it the edits
    are the smallest that the comparison finds.
    """
    if old == new:
        return ()
    found = list(_edits(old, new))
    return tuple(_joined(old, found) if readable else found)


def applied(old: str, changes: Iterable[Edit]) -> str:
    """``old`` with these of its edits, which stand in order and do not overlap."""
    parts: list[str] = []
    place = 0
    for change in changes:
        parts += (old[place : change.start], change.text)
        place = change.end
    return "".join([*parts, old[place:]])


def pieces(old: str, new: str) -> tuple[Piece, ...]:
    """The two texts as one: what stayed, what went, what came."""
    return marked(old, edits(old, new))


def marked(old: str, changes: Iterable[Edit]) -> tuple[Piece, ...]:
    """``old`` with its edits marked."""
    found: list[Piece] = []
    place = 0
    for change in changes:
        found += (
            Piece(Fate.KEPT, old[place : change.start]),
            Piece(Fate.REMOVED, old[change.start : change.end]),
            Piece(Fate.ADDED, change.text),
        )
        place = change.end
    return tuple(piece for piece in (*found, Piece(Fate.KEPT, old[place:])) if piece.text)


def merged(base: str, ours: str, theirs: str) -> str | None:
    """``ours`` with what ``theirs`` changed in ``base``; None where both changed the same place in different ways."""
    if ours in (base, theirs):
        return theirs
    if base == theirs:
        return ours
    mine, other = edits(base, ours, readable=False), edits(base, theirs, readable=False)
    shared = {_settled(base, change) for change in mine}
    new = [change for change in other if _settled(base, change) not in shared]
    if any(_collide(one, two) for one in mine for two in new):
        return None
    return applied(base, sorted([*mine, *new], key=lambda change: (change.start, change.end)))


def moved_place(changes: Sequence[Edit], place: int, *, after: bool = False) -> int:
    """Where a place of the old text lies in the new one.

    Inside a change that is its beginning, with ``after`` its end; so is a place right before or behind an insertion.
    """
    shift = 0
    for change in changes:
        if place < change.start or (place == change.start and not after):
            break
        if place < change.end or (place == change.end == change.start) or (place == change.start and after):
            return change.at + len(change.text) if after else change.at
        shift += len(change.text) - (change.end - change.start)
    return place + shift


def _settled(base: str, change: Edit) -> tuple[int, int, str]:
    """The edit at the first place where it says the same: “。新句” behind a word is “新句。” behind its full stop."""
    start, end, text = change.start, change.end, change.text
    while start and text and start == end and base[start - 1] == text[-1]:
        start, end, text = start - 1, end - 1, text[-1] + text[:-1]
    while start and not text and base[start - 1] == base[end - 1]:
        start, end = start - 1, end - 1
    return start, end, text


def _collide(one: Edit, two: Edit) -> bool:
    """Edits that touch are decided by a person: what lies side by side makes one phrase."""
    return one.start <= two.end and two.start <= one.end


def _edits(old: str, new: str) -> Iterator[Edit]:
    one, two = _TOKEN.findall(old), _TOKEN.findall(new)
    begin = _common(one, two)
    end = _common(one[begin:][::-1], two[begin:][::-1])
    middle, other = one[begin : len(one) - end], two[begin : len(two) - end]
    place = sum(map(len, one[:begin]))
    if len(middle) * len(other) > _MOST_WORK:
        yield from _by_clauses("".join(middle), "".join(other), place, place)
    else:
        yield from _of_tokens(middle, other, place, place)


def _by_clauses(old: str, new: str, start: int, at: int) -> Iterator[Edit]:
    one, two = _CLAUSE.findall(old), _CLAUSE.findall(new)
    for change in _of_tokens(one, two, start, at):
        was = old[change.start - start : change.end - start]
        mine, other = _TOKEN.findall(was), _TOKEN.findall(change.text)
        if len(mine) * len(other) > _MOST_WORK:
            yield change
        else:
            yield from _of_tokens(mine, other, change.start, change.at)


def _of_tokens(one: Sequence[str], two: Sequence[str], start: int, at: int) -> Iterator[Edit]:
    places, others = _places(one, start), _places(two, at)
    matcher = SequenceMatcher(None, one, two, autojunk=len(one) * len(two) > _MOST_WORK)
    for tag, from_old, to_old, from_new, to_new in matcher.get_opcodes():
        if tag != "equal":
            yield Edit(places[from_old], places[to_old], "".join(two[from_new:to_new]), others[from_new])


def _places(tokens: Iterable[str], start: int) -> list[int]:
    places = [start]
    for token in tokens:
        places.append(places[-1] + len(token))
    return places


def _common(one: Sequence[str], two: Sequence[str]) -> int:
    count = 0
    for mine, other in zip(one, two, strict=False):
        if mine != other:
            break
        count += 1
    return count


def _joined(old: str, changes: Sequence[Edit]) -> list[Edit]:
    joined: list[Edit] = []
    for change in changes:
        last = joined[-1] if joined else None
        if last is not None and _is_one(last, change, old[last.end : change.start]):
            island = old[last.end : change.start]
            joined[-1] = Edit(last.start, change.end, last.text + island + change.text, last.at)
        else:
            joined.append(change)
    return joined


def _is_one(last: Edit, change: Edit, island: str) -> bool:
    """A remnant shorter than the changes around it; a sentence's end always parts two changes."""
    return len(island) <= min(_ISLAND, _size(last) - 1, _size(change) - 1) and not _STOPS.intersection(island)


def _size(change: Edit) -> int:
    return max(change.end - change.start, len(change.text))
