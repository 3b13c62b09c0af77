"""The clause before a place: what rules of figures ask for again and again, with the signs of a text found once."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache

_BEGINS = re.compile("[。；，、：（]")


def clause_before(text: str, at: int) -> str:
    """The words between the last of 。；，、：（ before ``at`` and ``at``."""
    return text[clause_begin(text, at) : at]


def clause_begin(text: str, at: int) -> int:
    """The place behind the last of 。；，、：（ before ``at``, 0 without one."""
    begins = _begins(text)
    number = bisect_right(begins, at)
    return begins[number - 1] if number else 0


@lru_cache(maxsize=64)  # many rules ask for the same paragraph in a row
def _begins(text: str) -> tuple[int, ...]:
    return tuple([match.end() for match in _BEGINS.finditer(text)])


def sentence_begin(text: str, at: int) -> int:
    """The place behind the last 。 before ``at``, 0 without one."""
    return text.rfind("。", 0, at) + 1


def part_begin(text: str, at: int) -> int:
    """The place behind the last 。 or ； before ``at``, 0 without one."""
    return max(sentence_begin(text, at), text.rfind("；", 0, at) + 1)


def words_before(text: str, at: int, most: int) -> str:
    """The ``most`` characters right before ``at``, fewer at the beginning of the text."""
    return text[max(at - most, 0) : at]
