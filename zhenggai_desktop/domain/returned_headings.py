"""A heading that came back: does its title, put into the scheme's words again, give the very heading?

The scheme does not repeat what a title ends with (针对…问题 of “…的问题”), so that a title that lost its end is headed
in other words than the reviewer wrote.
"""

from __future__ import annotations

from collections.abc import Sequence

from zhenggai_desktop.domain.numbering import without_mark
from zhenggai_desktop.domain.schemes import HeadingPattern, Scheme

_MOST = 200  # numbers that are tried


def number_only(before: str, now: str) -> bool:
    """Two headings that differ in their number alone."""
    return before != now and without_mark(before) == without_mark(now)


def still_prints(scheme: Scheme, recommendations: Sequence[str], was: tuple[str, str], now: tuple[str, str]) -> bool:
    """``was`` and ``now`` are title and heading; True as well where no pattern of the scheme made the old heading."""
    patterns = dict.fromkeys((scheme.chapter, scheme.section, scheme.list_section, *scheme.issues, scheme.list_issue))
    made = [
        pattern.heading(number, now[0], recommendations=recommendations)
        for pattern in patterns
        if (number := _number(pattern, recommendations, was))
    ]
    return not made or any(heading == now[1] or without_mark(heading) == without_mark(now[1]) for heading in made)


def _number(pattern: HeadingPattern, recommendations: Sequence[str], was: tuple[str, str]) -> int:
    """With which number the pattern made the heading; 0 where it did not."""
    numbers = range(1, _MOST if "{n}" in pattern.pattern else 2)
    tried = (n for n in numbers if pattern.heading(n, was[0], recommendations=recommendations) == was[1])
    return next(tried, 0)
