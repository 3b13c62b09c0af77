"""The kinds of outcomes that an office counts: data with a usual list, kept with its rules (domain.md §4 Outcome)."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from zhenggai_desktop.domain.record_making import Value, frozen
from zhenggai_desktop.domain.records import Outcome


@frozen
class CountedKind(Value):
    """A kind by the name under which it is summed, with the unit in which it is usually counted."""

    name: str
    unit: str = ""


USUAL_KINDS: tuple[CountedKind, ...] = (
    CountedKind("制度新建", "项"),
    CountedKind("制度修订", "项"),
    CountedKind("立案", "件"),
    CountedKind("了结", "件"),
    CountedKind("党纪处分", "人"),
    CountedKind("政务处分", "人"),
    CountedKind("诫勉", "人"),
    CountedKind("批评教育", "人"),
    CountedKind("提醒谈话", "人"),
    CountedKind("约谈", "人"),
    CountedKind("通报批评", "人"),
    CountedKind("组织处理", "人"),
    CountedKind("红色预警卡", "张"),
    CountedKind("黄色预警卡", "张"),
    CountedKind("清退资金", "万元"),
    CountedKind("追回资金", "万元"),
    CountedKind("挽回损失", "万元"),
    CountedKind("线索移交", "件"),
    CountedKind("线索办结", "件"),
    CountedKind("线索在办", "件"),
    CountedKind("会议", "次"),
    CountedKind("学习", "次"),
    CountedKind("培训", "次"),
    CountedKind("检查", "次"),
)


@frozen
class KindUse(Value):
    """A kind as the ledger has it. ``listed`` is False for one that was only typed; ``totals`` are the sums by unit, in
    the order of their first use."""

    kind: CountedKind
    listed: bool
    count: int
    totals: tuple[tuple[str, Decimal], ...]


def kind_uses(kinds: Iterable[CountedKind], outcomes: Iterable[Outcome]) -> tuple[KindUse, ...]:
    """The listed kinds in their order, then those that were typed besides, in the order of their first use."""
    by_kind: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        if outcome.kind:
            by_kind.setdefault(outcome.kind, []).append(outcome)
    listed = list(kinds)
    names = {kind.name for kind in listed}
    others = [CountedKind(name, found[0].unit) for name, found in by_kind.items() if name not in names]
    return tuple(_use(kind, by_kind.get(kind.name, []), listed=kind.name in names) for kind in (*listed, *others))


def usual_unit(kinds: Iterable[CountedKind], name: str) -> str:
    """The unit in which a kind is counted, "" for one that is not listed."""
    return next((kind.unit for kind in kinds if kind.name == name), "")


def _use(kind: CountedKind, outcomes: list[Outcome], *, listed: bool) -> KindUse:
    totals: dict[str, Decimal] = {}
    for outcome in outcomes:
        if outcome.number is not None:
            totals[outcome.unit] = totals.get(outcome.unit, Decimal(0)) + outcome.number
    return KindUse(kind, listed, len(outcomes), tuple(totals.items()))
