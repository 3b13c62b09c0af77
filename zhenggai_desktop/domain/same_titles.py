"""Rows of one title below each other: several measures of one issue, or several issues that are called alike.

三会一课落实不到位 of 甲村 and of 乙村 are two. What tells: an office or village in front of the issue that is another,
and another number where numbers count issues; where they count rows, one issue goes on over several.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from zhenggai_desktop.domain.blocks import SourceCell
from zhenggai_desktop.domain.cell_items import plain
from zhenggai_desktop.domain.table_columns import Column, Header
from zhenggai_desktop.domain.table_rows import DataRow, one_line

_WHOSE = re.compile(
    r".*(?:单位|村|社区|居|党组织|党?支部|学校|院系|科室|部门|站所|企业|公司|项目部|镇街|乡镇|街道)(?:名称)?"
)
_IN_FRONT = {Column.NUMBER, Column.SECTION, Column.LEAD_DEPARTMENT, Column.OTHER}


class Titles:
    """What the rows of a table say of issues that are called alike."""

    def __init__(self, header: Header, rows: Sequence[DataRow | SourceCell]) -> None:
        issue = next((at for at, use in enumerate(header.uses) if use.column is Column.ISSUE), 0)
        leading = header.uses[:issue] if all(use.column in _IN_FRONT for use in header.uses[:issue]) else ()
        self._whose = {
            at
            for at, use in enumerate(leading)
            if use.column in (Column.LEAD_DEPARTMENT, Column.OTHER) and _WHOSE.fullmatch(use.caption)
        }
        self._counts_issues, self._exceptions = self._counted(rows)

    def apart(self, before: DataRow, row: DataRow) -> bool:
        """True where ``row``, of the same title, begins an issue of its own."""
        if _same(before, row, Column.NUMBER):
            return False
        mine, other = self._owner(before), self._owner(row)
        if mine and other and mine != other:
            return True
        if not _numbers_differ(before, row):
            return False
        several = _differ(before, row, Column.DETAIL)  # 具体表现 of one issue
        return self._counts_issues or (self._exceptions and _offices_differ(before, row) and not several)

    def _owner(self, row: DataRow) -> str:
        """The office or village in front of the issue; blank and merged cells say nothing."""
        cells = (*row.cells.get(Column.LEAD_DEPARTMENT, ()), *(cell for _, cell in row.others))
        return "｜".join(plain(one_line(c.text)) for c in cells if c.column in self._whose and c.row == row.index)

    def _counted(self, rows: Sequence[DataRow | SourceCell]) -> tuple[bool, bool]:
        """Whether a number stands at several rows of one title, and whether equal titles are the exception."""
        titles: set[str] = set()
        alike = shared = 0
        for before, row in _neighbours(rows):
            mine, other = before.cell(Column.ISSUE), row.cell(Column.ISSUE)
            if mine is None or other is None or mine == other:
                continue
            titles |= {plain(mine.text), plain(other.text)}
            if plain(mine.text) == plain(other.text):
                alike += 1
                shared += not _numbers_differ(before, row)
        return shared > 0, 0 < alike * 2 < len(titles)


def _neighbours(rows: Sequence[DataRow | SourceCell]) -> Iterator[tuple[DataRow, DataRow]]:
    for before, row in pairwise(rows):
        if isinstance(before, DataRow) and isinstance(row, DataRow):
            yield before, row


def _numbers_differ(before: DataRow, row: DataRow) -> bool:
    return _differ(before, row, Column.NUMBER)


def _offices_differ(before: DataRow, row: DataRow) -> bool:
    return _differ(before, row, Column.LEAD_DEPARTMENT)


def _differ(before: DataRow, row: DataRow, column: Column) -> bool:
    return before.cell(column) is not None and row.cell(column) is not None and not _same(before, row, column)


def _same(before: DataRow, row: DataRow, column: Column) -> bool:
    mine, other = before.cell(column), row.cell(column)
    return mine is not None and other is not None and (mine == other or plain(mine.text) == plain(other.text))
