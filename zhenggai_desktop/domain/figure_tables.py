"""The sheet 统计: every figure with its formula, and how far sections, departments and leaders are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zhenggai_desktop import texts
from zhenggai_desktop.domain.figures import figures
from zhenggai_desktop.domain.progress import Overview, Progress
from zhenggai_desktop.domain.records import Snapshot, Status

Value = str | int | float
_COUNTED = (Status.DONE, Status.MOSTLY_DONE, Status.IN_PROGRESS, Status.NOT_STARTED)


@dataclass(frozen=True, slots=True)
class FigureTable:
    """A small table with its name; ``rates`` are the columns that hold parts of 1."""

    name: str
    captions: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    rates: frozenset[int] = frozenset()


def figure_tables(snapshot: Snapshot, today: dt.date) -> tuple[FigureTable, ...]:
    """Statuses, then sections, departments and leaders, then all figures. Empty ones are left out.

    ``today`` says what is late.
    """
    overview = Overview(snapshot, today)
    statuses = tuple(
        (texts.STATUS_NAMES[status], sum(item.status is status for item in overview.items)) for status in _COUNTED
    )
    found = (
        FigureTable("整改事项完成情况", ("完成情况", "个数"), statuses),
        _progress("按方面", "方面", overview.by_section),
        _progress("按牵头部门", "牵头部门", overview.by_department),
        _progress("按责任领导", "责任领导", overview.by_leader),
        FigureTable("全部数字", ("指标", "数值", "单位", "计算"), tuple(_figures(snapshot))),
    )
    return tuple(table for table in found if table.rows)


def _progress(name: str, caption: str, groups: Sequence[Progress]) -> FigureTable:
    captions = (caption, *(texts.STATUS_NAMES[status] for status in _COUNTED), "合计", "逾期", "完成率")
    rows = tuple(
        (
            f"{group.caption}（不计入总数）" if group.beyond else group.caption,
            *(len(group.ids_of(status)) for status in _COUNTED),
            group.total,
            len(group.late_ids),
            len(group.ids_of(Status.DONE)) / group.total,
        )
        for group in groups
        if group.total
    )
    return FigureTable(name, captions, rows, frozenset({len(captions) - 1}))


def _figures(snapshot: Snapshot) -> Iterator[tuple[Value, ...]]:
    for figure in figures(snapshot):
        whole = figure.value == figure.value.to_integral_value()
        yield figure.caption, int(figure.value) if whole else float(figure.value), figure.unit, figure.formula
