"""Dates as texts write them: 2024年9月10日, 2024.9.10, 2024-09-10, 二〇二四年九月十日, 9月10日, 2024年9月底."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from zhenggai_desktop.domain.chinese_numbers import read_chinese_number
from zhenggai_desktop.domain.deadlines import month_end
from zhenggai_desktop.domain.quick_patterns import quick

_C = "[〇零○一二三四五六七八九十]"
DATE = quick(
    r"(?<![\d.-])(?P<year>\d{4})年(?:(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})[日号])?)"
    rf"|(?P<cyear>[一二]{_C}{{3}})年(?P<cmonth>{_C}{{1,2}})月(?:(?P<cday>{_C}{{1,3}})[日号])?"
    r"|(?<![\d.-])(?P<nyear>(?:19|20)\d\d)(?P<sign>[-./])(?P<nmonth>\d{1,2})(?P=sign)(?P<nday>\d{1,2})(?![\d.-])"
    rf"|(?<![\d年〇零○一二三四五六七八九十])(?P<smonth>\d{{1,2}}|{_C}{{1,2}})月(?P<sday>\d{{1,2}}|{_C}{{1,3}})[日号](?!线)"
)


PLAUSIBLY_AHEAD = 6  # months: what is told for later than that is more likely a year old


@dataclass(frozen=True, slots=True)
class DateTold:
    """A date at ``start``–``end``; ``year`` None where it is not written, ``day`` None for a month alone."""

    start: int
    end: int
    year: int | None
    month: int
    day: int | None
    words: str

    @property
    def exists(self) -> bool:
        """True where the calendar has this date; 29 February is given the benefit of a missing year."""
        try:
            dt.date(self.year or 2024, self.month, 1 if self.day is None else self.day)
        except ValueError:
            return False
        return True

    @property
    def first(self) -> dt.date | None:
        """The first day that the date can mean; None without a year and for a date that does not exist."""
        return dt.date(self.year, self.month, self.day or 1) if self.year and self.exists else None

    @property
    def last(self) -> dt.date | None:
        """The last day that the date can mean."""
        if not self.year or not self.exists:
            return None
        return dt.date(self.year, self.month, self.day) if self.day else month_end(self.year, self.month)


@lru_cache(maxsize=64)  # several rules ask for the same paragraph in a row
def dates_in(text: str) -> tuple[DateTold, ...]:
    """All dates of a paragraph in reading order."""
    if not ("月" in text or "-" in text or "." in text or "/" in text):
        return ()
    return tuple(date for match in DATE.finditer(text) if (date := _date(match)) is not None)


def _date(match: re.Match[str]) -> DateTold | None:
    for prefix in ("", "c", "n", "s"):
        month = match[f"{prefix}month"]
        if month:
            year = None if prefix == "s" else _number(match[f"{prefix}year"])
            day = match[f"{prefix}day"]
            number = _number(month)
            if number is None:
                return None
            return DateTold(match.start(), match.end(), year, number, _number(day) if day else None, match[0])
    return None


def _number(words: str) -> int | None:
    if words.isdecimal():
        return int(words)
    value = read_chinese_number(words.replace("○", "〇"))
    return None if value is None else int(value)


_FROM_TO = re.compile(r"起?(?:至|到|—{1,2}|-|－|~|～)")


def spans_in(text: str) -> Iterator[tuple[DateTold, DateTold]]:
    """Pairs “from … to …”; a second date without a year has the first one's."""
    dates = dates_in(text)
    for one, other in pairwise(dates):
        if _FROM_TO.fullmatch(text, one.end, other.start):
            year = one.year if other.year is None else other.year
            yield one, DateTold(other.start, other.end, year, other.month, other.day, other.words)
