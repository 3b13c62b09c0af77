"""The columns of single months (“9月份进展”): which day each of them stands for.

A month without a year gets one from the captions beside it, from the dates above the table (填报日期), else from the
deadlines in it; the columns count on through the new year. The day is the last of the month.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Sequence

from zhenggai_desktop.domain.blocks import SourceTable
from zhenggai_desktop.domain.deadlines import month_end
from zhenggai_desktop.domain.table_columns import Column, Header

_MONTH = re.compile(r"(?:(20\d\d|\d\d)年)?(\d{1,2})月(?:(\d{1,2})日)?")
_YEAR = re.compile(r"(20\d\d)\s*[年./\-]\s*(\d{1,2})?")
_DATED = (Column.DEADLINE, Column.COMPLETED)


def month_ends(table: SourceTable, header: Header) -> tuple[dict[str, dt.date | None], str]:
    """The day of each month column by its caption, None where no year can be found; and "" or a sentence on how the
    year was guessed."""
    found = [
        (use.caption, match)
        for use in header.uses
        if use.column is Column.MONTH and (match := _MONTH.search(use.caption))
    ]
    if not found:
        return {}, ""
    matches = [match for _, match in found]
    year, guessed = _year_of_last(table, header, matches)
    if year is None:
        return {}, "月份列没有写年份，进展记录没有日期，请核对"
    months = [int(match[2]) for match in matches]
    years = _years(months, year)
    said = f"月份列没有写年份，按{year}年{months[-1]}月倒推，请核对" if guessed else ""
    return {caption: _day(own, match) for (caption, match), own in zip(found, years, strict=True)}, said


def _year_of_last(table: SourceTable, header: Header, matches: Sequence[re.Match[str]]) -> tuple[int | None, bool]:
    """The year of the last month column, and whether it was only inferred."""
    months = [int(match[2]) for match in matches]
    written = [at for at, match in enumerate(matches) if match[1]]
    if written:
        at = written[-1]
        behind = zip(months[at:], months[at + 1 :], strict=False)
        return int(matches[at][1][-2:]) + 2000 + sum(later < before for before, later in behind), False
    told = _latest(cell.text for cell in table.cells if cell.row < header.first_row)
    if told:
        year, month = told
        return (year if not month or months[-1] <= month else year - 1), False
    places = {at for at, use in enumerate(header.uses) if use.column in _DATED}
    dated = Counter(
        int(match[1])
        for cell in table.cells
        if cell.column in places and cell.row >= header.end_row and (match := _YEAR.search(cell.text))
    )
    return (dated.most_common(1)[0][0], True) if dated else (None, True)


def _latest(texts: Iterable[str]) -> tuple[int, int] | None:
    """The latest year and month (0 for none) in the texts."""
    found = [(int(match[1]), int(match[2] or 0)) for text in texts for match in _YEAR.finditer(text)]
    return max(found, default=None)


def _years(months: Sequence[int], last: int) -> list[int]:
    """A year for each month, counted back from the last one: December before January is the year before."""
    years = [last]
    for before, later in zip(reversed(months[:-1]), reversed(months), strict=False):
        years.append(years[-1] - (before > later))
    return years[::-1]


def _day(year: int, match: re.Match[str]) -> dt.date | None:
    """The day itself where the caption names one, else the end of the month; None for an impossible one."""
    try:
        month = int(match[2])
        return dt.date(year, month, int(match[3])) if match[3] else month_end(year, month)
    except ValueError:
        return None
