"""The columns of a ledger as their cells show them: captions do not part a status from a story of what was done."""

from __future__ import annotations

import re
from dataclasses import replace

from zhenggai_desktop.domain.table_columns import Column, ColumnUse, Header, solid
from zhenggai_desktop.domain.table_rows import DataRow, TableRows

_TRACK = re.compile(
    "(?:(?:立行立改|立查立改|即知即改|边查边改|限期整改|限时整改|分阶段整改|长期整改|长期坚持|持续整改|持续推进)[，、并和且；。]?)+"
)
_ASPECT = re.compile(r"[^。；;]{2,50}方面(?:(?:存在)?的?问题)?[。：:]?\s*")  # with a number or without
_SHARES = re.compile(r"\s*(?:\d{1,3}(?:\.\d+)?[%％]|[01](?:\.\d+)?)\s*")
_PART = re.compile("[%％.]")  # 1 and 0 alone may count something
_PROSE = 24  # characters: a column of longer texts holds no statuses


def shown_header(header: Header, found: TableRows) -> Header:
    """The header as its cells show it: 完成情况 that tells stories is no status but what was done, where no other
    column tells it; 整改进度 of shares alone is the status; 整改要求 that says 立行立改 and 长期坚持 alone is the kind
    of rectification; 反馈意见 that names …方面 alone is the section, and so is 反馈内容 beside 问题."""
    stories = _texts(found, Column.STATUS)
    if not header.has(Column.PROGRESS) and stories and sum(map(len, stories)) > _PROSE * len(stories):
        header = _as(header, Column.STATUS, Column.PROGRESS)
    told = _texts(found, Column.PROGRESS)
    shares = bool(told) and all(map(_SHARES.fullmatch, told)) and any(_PART.search(text) for text in told)
    if shares and not header.has(Column.STATUS):
        header = _as(header, Column.PROGRESS, Column.STATUS)
    asked = _texts(found, Column.RECOMMENDATION)
    if not header.has(Column.SECTION) and header.has(Column.ISSUE) and asked and all(map(_ASPECT.fullmatch, asked)):
        header, asked = _as(header, Column.RECOMMENDATION, Column.SECTION), []
    named = _texts(found, Column.ISSUE) if header.has(Column.DETAIL) and not header.has(Column.SECTION) else ()
    if named and any(u.caption == "反馈内容" for u in header.uses) and all(map(_ASPECT.fullmatch, named)):
        header = _as(_as(header, Column.ISSUE, Column.SECTION), Column.DETAIL, Column.ISSUE)
    if not header.has(Column.TRACK) and asked and all(_TRACK.fullmatch(solid(text)) for text in asked):
        header = _as(header, Column.RECOMMENDATION, Column.TRACK)
    return header


def _texts(found: TableRows, column: Column) -> list[str]:
    return [cell.text for row in found.rows if isinstance(row, DataRow) for cell in row.cells.get(column, ())]


def _as(header: Header, column: Column, other: Column) -> Header:
    uses = (ColumnUse((other,), use.caption) if use.column is column else use for use in header.uses)
    return replace(header, uses=tuple(uses))
