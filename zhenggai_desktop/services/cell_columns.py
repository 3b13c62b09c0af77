"""Which column of pasted cells is which field of a measure: by its head where there is one, else by what stands in it.

A column without a place is not thrown away: its words go to the note.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from zhenggai_desktop.domain.cell_items import paragraphs_of, split_items
from zhenggai_desktop.domain.deadlines import read_deadline
from zhenggai_desktop.domain.numbering import leading_mark
from zhenggai_desktop.domain.records import Measure
from zhenggai_desktop.texts import STATUS_NAMES

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
_STATUSES = {name: status for status, name in STATUS_NAMES.items()}
_SEPARATORS = str.maketrans(dict.fromkeys("，,;；/\n", "、"))


def measures_of_cells(rows: Rows, *, feedback_date: dt.date | None, today: dt.date) -> list[Measure]:
    """A measure for each row that says anything; for each numbered item of its content, where a cell holds several."""
    if not rows:
        return []
    heads = [head_of(cell) for cell in rows[0]]
    has_heads = sum(head is not None for head in heads) * 2 > sum(bool(cell) for cell in rows[0])
    body = rows[1:] if has_heads else rows
    columns = [head if head is not None else _NOTE for head in heads] if has_heads else _guessed(body, today)
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
    return _HEADS.get("".join(cell.split()))


def _guessed(rows: Rows, today: dt.date) -> list[str]:
    """Numbers first; then what reads as a deadline or a status; of the rest the longest is the content."""
    width = max(map(len, rows))
    columns = [[row[at] for row in rows if at < len(row) and row[at]] for at in range(width)]
    kinds = [_kind(cells, today) for cells in columns]
    free = [at for at, kind in enumerate(kinds) if kind is None]
    content = max(free, key=lambda at: sum(map(len, columns[at])), default=None)
    return ["content" if at == content else _NOTE if kind is None else kind for at, kind in enumerate(kinds)]


def _kind(cells: Sequence[str], today: dt.date) -> str | None:
    tests: tuple[tuple[str, Callable[[str], bool]], ...] = (
        (_IGNORED, is_number),
        ("status", is_status),
        ("deadline", lambda cell: is_deadline(cell, today)),
    )
    return next((name for name, fits in tests if cells and all(map(fits, cells))), None)


def is_number(cell: str) -> bool:
    """Whether a cell holds a number, as that of a row or of a list, and nothing else."""
    mark = leading_mark(cell)
    return cell.isdigit() or (mark is not None and mark.text == cell)


def is_status(cell: str) -> bool:
    """Whether a cell holds one of the ledger's own words for a status."""
    return cell in _STATUSES


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
        return {"status": _STATUSES[cell]} if cell in _STATUSES else _values(measure, _NOTE, cell)
    if name in {"leaders", "supporting_departments"}:
        return {name: tuple(part.strip() for part in cell.translate(_SEPARATORS).split("、") if part.strip())}
    before = getattr(measure, name)
    return {name: f"{before}；{cell}" if before else cell}
