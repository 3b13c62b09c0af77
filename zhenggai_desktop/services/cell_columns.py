"""Which column of pasted cells is which field of a measure: by its head where there is one, else by what stands in it.

A column without a place is not thrown away: its words go to the note.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from zhenggai_desktop.domain.cell_items import (
    paragraphs_of,
    read_offices,
    read_people,
    split_items,
    unbroken_day,
)
from zhenggai_desktop.domain.deadlines import read_deadline
from zhenggai_desktop.domain.numbering import leading_mark
from zhenggai_desktop.domain.records import Measure
from zhenggai_desktop.domain.status_cells import read_status, says_no_more
from zhenggai_desktop.domain.table_columns import MEASURE_FIELDS, Column, column_of, solid

Rows = Sequence[Sequence[str]]

_IGNORED = ""
_NOTE = "note"
_LONGEST_DEADLINE = 20  # characters
#: Heads as offices write them.
_HEADS: Mapping[str, str] = {
    "序号": _IGNORED,
    "编号": _IGNORED,
    "整改措施": "content",
    "措施": "content",
    "整改计划": "content",
    "整改进展": "progress",
    "整改描述": "progress",
    "整改情况": "progress",
    "责任领导": "leaders",
    "分管领导": "leaders",
    "牵头部门": "lead_department",
    "责任部门": "lead_department",
    "责任单位": "lead_department",
    "配合部门": "supporting_departments",
    "责任人": "owner",
    "负责人": "owner",
    "整改时限": "deadline",
    "完成时限": "deadline",
    "完成时间": "deadline",
    "时限": "deadline",
    "完成情况": "status",
    "整改进度": "status",
    "备注": _NOTE,
}
_NAMES: Mapping[str, Callable[[str], tuple[str, ...]]] = {
    "leaders": read_people,
    "lead_department": read_offices,
    "supporting_departments": read_offices,
    "owner": read_people,
}
_FIELDS: Mapping[Column, str] = {Column.NUMBER: _IGNORED, **MEASURE_FIELDS}
# a measure's own words are none of them: they end like a head too (制定学习计划)
_STATUS = re.compile(  # nothing but such words: 责任未落实 and 整改不到位 are issues, 完成修订 is a measure
    r"(?:已经?|正在?|仍在|基本|全部|全面|大部分?|部分|尚?未|暂|没有|持续|按期|如期|完成|完毕|整改|推进|落实|到位|办[结理]|启动|开展|进行|销号|结束|"
    r"中|约|达到?|\d+(?:\.\d+)?[%％]|并?长期坚持|[，,、；;。（）()√×])+"
)
_KEPT_UP = re.compile("(?:长期|持续|常态化?)(?:坚持|整改)")  # as long as that, not as far
_LONGEST_HEAD = 10  # characters


def measures_of_cells(rows: Rows, *, feedback_date: dt.date | None, today: dt.date) -> list[Measure]:
    """A measure for each row that says anything; for each numbered item of its content, where a cell holds several."""
    if not rows:
        return []
    heads = [_head_above(cell) for cell in rows[0]]
    has_heads = sum(head is not None for head in heads) * 2 > sum(bool(cell) for cell in rows[0])
    body = rows[1:] if has_heads else rows
    columns = _headed(rows[0], heads) if has_heads else _guessed(body, today)
    columns += [_NOTE] * (max(map(len, rows)) - len(columns))  # words behind the last head are kept too
    found = (one for row in body for one in _parted(_measure(row, columns, feedback_date, today)))
    return [replace(one, content=_without_mark(one.content)) for one in found if one != Measure()]


def _parted(measure: Measure) -> Iterator[Measure]:
    """One for each numbered item. Owners and days are said for all of them, progress and note once."""
    introduction, items = split_items(paragraphs_of(measure.content))
    if introduction or len(items) < 2 or leading_mark(measure.content) is None:
        yield measure
        return
    said, parts = split_items(paragraphs_of(measure.progress))
    each_has_its_own = not said and len(parts) == len(items)
    for at, content in enumerate(items):
        progress = parts[at] if each_has_its_own else measure.progress if at == 0 else ""
        yield replace(measure, content=content, progress=progress, note="" if at else measure.note)


def _without_mark(content: str) -> str:
    mark = leading_mark(content)
    return content if mark is None else content[len(mark.text) :].strip()


def head_of(cell: str) -> str | None:
    """The field of a measure that stands below a head, "" for one that is passed over; None where it is no head."""
    return _HEADS.get(solid(cell))


def _head_above(cell: str) -> str | None:
    """As ``head_of``, other words of a header known too: they count where most of a row's cells are heads."""
    words = solid(cell)
    known = _HEADS.get(words)
    return _FIELDS.get(column_of(words)) if known is None and len(words) <= _LONGEST_HEAD else known


def _headed(row: Sequence[str], heads: Sequence[str | None]) -> list[str]:
    columns = [head if head is not None else _NOTE for head in heads]
    planned = (at for at, cell in enumerate(row) if heads[at] is None and column_of(cell) is Column.MEASURE)
    if "content" not in columns and (at := next(planned, None)) is not None:
        columns[at] = "content"
    return columns


def _guessed(rows: Rows, today: dt.date) -> list[str]:
    """Numbers first; then what reads as a deadline or a status; of the rest the longest is the content."""
    width = max(map(len, rows))
    columns = [[row[at] for row in rows if at < len(row) and row[at]] for at in range(width)]
    kinds = [_kind(cells, today) for cells in columns]
    free = [at for at, kind in enumerate(kinds) if kind is None]
    content = max(free, key=lambda at: sum(map(len, columns[at])), default=None)
    return ["content" if at == content else _NOTE if kind is None else kind for at, kind in enumerate(kinds)]


def _kind(cells: Sequence[str], today: dt.date) -> str | None:
    if not cells:
        return None
    if all(map(is_number, cells)):
        return _IGNORED
    if are_statuses(cells):
        return "status"
    return "deadline" if all(is_deadline(cell, today) for cell in cells) else None


def is_number(cell: str) -> bool:
    """Whether a cell holds a number, as that of a row or of a list, and nothing else."""
    mark = leading_mark(cell)
    return cell.isdigit() or (mark is not None and mark.text == cell)


def is_status(cell: str) -> bool:
    """Whether a cell holds nothing but the words for a status: 推进中, 完成80%."""
    plain = says_no_more(cell) or _STATUS.fullmatch(cell)
    return bool(cell) and bool(plain) and read_status(cell)[0] is not None


def are_statuses(cells: Sequence[str]) -> bool:
    """Whether a column of such cells says how far things are; 长期坚持 alone says until when."""
    return all(map(is_status, cells)) and not all(map(_KEPT_UP.fullmatch, cells))


def is_deadline(cell: str, today: dt.date) -> bool:
    """Whether a cell of at most twenty characters reads as a deadline."""
    if len(cell) > _LONGEST_DEADLINE:
        return False
    read = read_deadline(cell, today=today)
    return read.due_on is not None or read.track is not None or read.standing


def _measure(row: Sequence[str], columns: Sequence[str], feedback_date: dt.date | None, today: dt.date) -> Measure:
    measure = Measure()
    for name, cell in zip(columns, row, strict=False):
        if name and cell:
            measure = replace(measure, **_values(measure, name, cell))
    if measure.deadline:
        due_on = read_deadline(measure.deadline, feedback_date=feedback_date, today=today).due_on
        measure = replace(measure, due_on=due_on)
    return measure


def _values(measure: Measure, name: str, cell: str) -> dict[str, Any]:
    if name == "status":
        status = read_status(cell)[0]
        words = {} if status and says_no_more(cell) else _values(measure, _NOTE, cell)
        return {"status": status, **words} if status else words
    if name in _NAMES:
        names = _NAMES[name](cell)
        return {name: names if isinstance(getattr(measure, name), tuple) else "、".join(names)}
    if name == "deadline":
        cell = unbroken_day(cell)
    before = getattr(measure, name)
    return {name: f"{before}；{cell}" if before else cell}
