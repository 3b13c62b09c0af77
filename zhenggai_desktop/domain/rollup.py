"""Many ledgers in one table: a street's communities, a district's offices.

Counted as in ``figures``: 应整改 are the items to be answered, 已整改 those that are done, 基本完成 is not done. Sums
of outcomes are exact; money is counted in 万元, in whatever unit of money an outcome is, and nothing else is.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from zhenggai_desktop import texts
from zhenggai_desktop.domain.exact_numbers import exact
from zhenggai_desktop.domain.figure_tables import FigureTable
from zhenggai_desktop.domain.matching import likeness, text_core
from zhenggai_desktop.domain.money import YUAN, converted
from zhenggai_desktop.domain.outline import Outline
from zhenggai_desktop.domain.progress import Overview
from zhenggai_desktop.domain.records import Outcome, Snapshot, Status, Track

_RULES = ("制度",)
_MONEY = ("清退", "追回", "挽回", "清缴", "上缴")
_ACCOUNTABLE = ("党纪", "政务处分", "诫勉", "批评教育", "提醒谈话", "约谈", "组织处理", "问责", "警告", "记过", "撤")
_ALIKE = 0.85
_SHARED_FROM = 2  # units with the same problem


@dataclass(frozen=True, slots=True)
class UnitLedger:
    """One unit's ledger under the name by which the table lists it."""

    name: str
    snapshot: Snapshot


def rollup_tables(ledgers: Sequence[UnitLedger], today: dt.date) -> tuple[FigureTable, ...]:
    """汇总, 逾期清单 and 共性问题; ``today`` says what is late."""
    overviews = [(ledger.name, Overview(ledger.snapshot, today)) for ledger in ledgers]
    return (_sums(overviews), _late(overviews), _shared(ledgers))


def _sums(overviews: Iterable[tuple[str, Overview]]) -> FigureTable:
    captions = (
        "单位", "应整改", "已整改", "基本完成", "正在推进", "未启动", "完成率", "逾期", "立行立改", "其中已完成",
        "制度（项）", "挽回（万元）", "问责（人）",
    )  # fmt: skip
    rows = [_unit_row(name, overview) for name, overview in overviews]
    if len(rows) > 1:
        rows.append(_total(rows))
    return FigureTable("汇总", captions, tuple(tuple(row) for row in rows), frozenset({6}))


def _unit_row(name: str, overview: Overview) -> list[str | int | float]:
    items = overview.items
    done = [item for item in items if item.status is Status.DONE]
    immediate = [item for item in items if item.duties.track is Track.IMMEDIATE]
    counts = [sum(item.status is status for item in items) for status in
              (Status.MOSTLY_DONE, Status.IN_PROGRESS, Status.NOT_STARTED)]  # fmt: skip
    outcomes = overview.snapshot.outcomes
    return [
        name,
        len(items),
        len(done),
        *counts,
        len(done) / len(items) if items else 0.0,
        sum(item.late for item in items),
        len(immediate),
        sum(item.status is Status.DONE for item in immediate),
        _number(_sum_of(outcomes, _RULES)),
        _number(_money_of(outcomes)),
        _number(_sum_of(outcomes, _ACCOUNTABLE, unit="人")),
    ]


def _sum_of(outcomes: Iterable[Outcome], kinds: Sequence[str], unit: str = "") -> Decimal:
    """The sum of the outcomes in this unit ("" for any) whose kind speaks of one of ``kinds``."""
    return sum(
        (number for outcome, number in _counted(outcomes, kinds) if not unit or outcome.unit == unit), Decimal(0)
    )


def _money_of(outcomes: Iterable[Outcome]) -> Decimal:
    """What came back, in 万元. Rooms, cars and whatever else was cleared away is no money and is left out, as is a
    number without a unit."""
    found = ((number, outcome.unit.strip()) for outcome, number in _counted(outcomes, _MONEY))
    return sum((converted(number, unit) for number, unit in found if unit in YUAN), Decimal(0))


def _counted(outcomes: Iterable[Outcome], kinds: Sequence[str]) -> Iterator[tuple[Outcome, Decimal]]:
    for outcome in outcomes:
        if outcome.number is not None and any(kind in outcome.kind for kind in kinds):
            yield outcome, outcome.number


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(exact(value))


def _total(rows: Sequence[Sequence[str | int | float]]) -> list[str | int | float]:
    sums: list[str | int | float] = ["合计"]
    for at in range(1, len(rows[0])):
        exactly = sum((Decimal(str(row[at])) for row in rows), Decimal(0))
        sums.append(_number(exactly))
    whole, done = sums[1], sums[2]
    sums[6] = float(done) / float(whole) if whole else 0.0
    return sums


def _late(overviews: Iterable[tuple[str, Overview]]) -> FigureTable:
    rows: list[tuple[str | int | float, ...]] = []
    for name, overview in overviews:
        numbers = overview.outline.numbers()
        for due in overview.late:
            what = due.measure.content or due.measure.progress if due.measure else ""
            rows.append(
                (name, numbers[due.issue.id], due.issue.title, what, due.duties.lead_department,
                 texts.date_text(due.due_on), -due.left)
            )  # fmt: skip
    captions = ("单位", "序号", "问题", "措施", "牵头部门", "到期日", "逾期天数")
    return FigureTable("逾期清单", captions, tuple(rows))


def _shared(ledgers: Sequence[UnitLedger]) -> FigureTable:
    """Problems that several units have, those of most units first."""
    groups: list[tuple[str, str, dict[str, str]]] = []  # core, words, unit → its own words
    for ledger in ledgers:
        for title in _titles(ledger.snapshot):
            core = text_core(title)
            group = next((group for group in groups if group[0] == core or _near(group[0], core)), None)
            if group is None:
                group = (core, title, dict[str, str]())
                groups.append(group)
            group[2].setdefault(ledger.name, title)
    found = [(words, units) for _, words, units in groups if len(units) >= _SHARED_FROM]
    found.sort(key=lambda pair: -len(pair[1]))
    rows = tuple((words, len(units), "、".join(units)) for words, units in found)
    return FigureTable("共性问题", ("问题", "单位数", "单位"), rows)


def _near(one: str, other: str) -> bool:
    return abs(len(one) - len(other)) * 3 <= max(len(one), len(other)) and likeness(one, other) >= _ALIKE


def _titles(snapshot: Snapshot) -> Iterator[str]:
    outline = Outline(snapshot)
    return (issue.title for issue in outline.walk() if issue.title and outline.is_leaf(issue))
