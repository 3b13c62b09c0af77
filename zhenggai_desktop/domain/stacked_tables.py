"""Tables that stand below one another on a sheet, or were run together: each begins with a header of its own.

A second ledger (专项检查反馈问题, with other columns) is read by its own header; a table of anything else (统计表,
人员名单) is none of the ledger's rows.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from zhenggai_desktop.domain.blocks import SourceCell, SourceTable
from zhenggai_desktop.domain.numbering import MarkKind, leading_mark
from zhenggai_desktop.domain.status_cells import read_status
from zhenggai_desktop.domain.table_columns import Column, Header, column_of, find_header, solid

_MOST_TABLES = 40
_LONGEST_CAPTION = 16
_LONGEST_TITLE = 60
_FEWEST_CAPTIONS = 3
_CAPTION = re.compile(
    r".*(?:[总个件项人次条]?数|数量|率|占比|金额|合计)|姓名|性别|职务|.*电话|联系方式|单位(?:名称)?|部门(?:名称)?|科室|村(?:居|社区)?|"
    r"类别|类型|项目|指标|内容|名称|时间|日期|地点|(?:已|未|正在|基本)?(?:完成|整改|推进|销号)|备注"
)
_FOOT = re.compile(
    r".{0,8}(?:人|单位|部门|日期|时间|电话|意见|签[字名章]|盖章)\s*[：:]|(?:备注|注|说明)\s*[：:]|20\d\d年"
)
_NUMBERS = {"编号", "问题序号", "问题编号", "No"}  # beside all that begins with 序
_HEADING_MARKS = {MarkKind.CHINESE, MarkKind.CHINESE_PAREN}

_Rows = dict[int, list[SourceCell]]


@dataclass(frozen=True, slots=True)
class StackedTable:
    """One of them; without a ``header`` it is no ledger. ``section`` is the heading above that names its section."""

    table: SourceTable
    header: Header | None
    section: str = ""


def stacked(table: SourceTable, header: Header) -> list[StackedTable]:
    """The ledger above, and what begins below it with a header of its own; the table alone where nothing does."""
    rows = _looked_at(table, header)
    captions = {use.caption for use in header.uses}
    captions |= {solid(cell.text) for cell in table.cells if header.first_row <= cell.row < header.end_row}
    begins = [row for row in list(rows) if _begins(rows, row, captions, header)]
    starts = [start for row in begins if (start := _with_title(rows, row, header.end_row)) > _first(table, header)]
    if not starts or len(starts) > _MOST_TABLES:
        return [StackedTable(table, header)]
    ends = [*sorted(set(starts)), table.rows]
    first = StackedTable(_cut(table, 0, ends[0]), header)
    return _headed([first, *(_below(_cut(table, start, end)) for start, end in pairwise(ends))])


def _first(table: SourceTable, header: Header) -> int:
    """The first row with words below the header: captions there go on with it."""
    return min((cell.row for cell in table.cells if cell.row >= header.end_row and cell.text.strip()), default=0)


def _looked_at(table: SourceTable, header: Header) -> _Rows:
    """The rows that may be a header, by 序号 or a blank row above, and those around them; few in any ledger."""
    first = header.end_row
    filled = {cell.row for cell in table.cells if cell.text}
    numbers = {cell.row for cell in table.cells if cell.text in _NUMBERS or "序" in cell.text[:1]}
    found = {row for row in numbers if row >= first}
    found |= {row for row in filled if row > first and not (row - 1 in filled and row - 2 in filled)}
    wanted = {at for row in found for at in (row, row - 1, row - 2)}
    rows: _Rows = defaultdict(list)
    for cell in table.cells if found else ():
        if cell.row in wanted and cell.row >= first and cell.text and not cell.text.isspace():
            rows[cell.row].append(cell)
    return rows


def words_of(table: SourceTable) -> Iterator[tuple[int, str]]:
    """The rows of a table that is no ledger, each with its line."""
    rows: _Rows = defaultdict(list)
    for cell in table.cells:
        if cell.text and not cell.text.isspace():
            rows[cell.row].append(cell)
    for cells in rows.values():
        yield cells[0].line, "｜".join(" ".join(cell.text.split()) for cell in cells)


def _begins(rows: _Rows, row: int, captions: set[str], header: Header) -> bool:
    """True for a row of captions that is not the header again: 序号 and other short words, or captions alone behind a
    blank row."""
    cells = rows[row]
    words = [solid(cell.text) for cell in cells]
    if len(cells) < _FEWEST_CAPTIONS or max(map(len, words)) > _LONGEST_CAPTION:
        return False
    if sum(word not in captions for word in words) < 2:
        return False
    if any(column_of(word) is Column.NUMBER for word in words):
        return True
    before = row - 1
    if len(rows.get(before, ())) == 1 and before > header.end_row:
        before -= 1
    blank = not rows.get(before) and before >= header.end_row
    return blank and all(map(_is_caption, words)) and not any(_is_status(cell, header) for cell in cells)


def _is_status(cell: SourceCell, header: Header) -> bool:
    """True for 已完成 in the column of statuses: a record's, not a caption."""
    return header.uses[cell.column].column is Column.STATUS and read_status(cell.text)[0] is not None


def _is_caption(word: str) -> bool:
    return column_of(word) is not Column.OTHER or _CAPTION.fullmatch(word) is not None


def _with_title(rows: _Rows, row: int, first: int) -> int:
    """The row of the title that stands alone right above a header, else the header's own row."""
    above = next((at for at in (row - 1, row - 2) if rows.get(at)), -1)
    if above < first or len(rows[above]) > 1:
        return row
    words = solid(rows[above][0].text)
    return row if len(words) > _LONGEST_TITLE or _FOOT.match(words) else above


def _cut(table: SourceTable, start: int, end: int) -> SourceTable:
    cells = tuple(
        cell._replace(row=cell.row - start, row_span=min(cell.row_span, end - cell.row))
        for cell in table.cells
        if start <= cell.row < end
    )
    first = min((cell.line for cell in cells), default=table.first_line) if start else table.first_line
    return replace(table, first_line=first, rows=end - start, cells=cells)


def _below(table: SourceTable) -> StackedTable:
    header = find_header(table)
    titles = [cell for cell in table.cells if header and cell.row < header.first_row and cell.text.strip()]
    return StackedTable(table, header if len(titles) < _FEWEST_CAPTIONS else None)


def _headed(parts: Sequence[StackedTable]) -> list[StackedTable]:
    """With the headings that number the ledgers (一、巡察反馈问题, 二、专项检查反馈问题) as their sections."""
    titles = [_heading(part) for part in parts]
    marks = [leading_mark(solid(title.text)) if title else None for title in titles]
    numbers = [mark.number for mark in marks if mark and mark.kind in _HEADING_MARKS]
    if len(numbers) < 2 or numbers != list(range(numbers[0], numbers[0] + len(numbers))):
        return list(parts)
    return [
        replace(part, section=title.text, table=_without(part.table, title)) if title and mark else part
        for part, title, mark in zip(parts, titles, marks, strict=True)
    ]


def _heading(part: StackedTable) -> SourceCell | None:
    """The last cell above a ledger's header."""
    header = part.header
    above = [cell for cell in part.table.cells if header and cell.row < header.first_row and cell.text.strip()]
    return above[-1] if above else None


def _without(table: SourceTable, cell: SourceCell) -> SourceTable:
    return replace(table, cells=tuple(other for other in table.cells if other is not cell))
