"""What an office decides for itself: its closing chain, its lead times, its process and the periods in it.

Source: domain.md §3 and §4. Practice differs from place to place (concentrated rectification of 2, 3 and 6 months was
found), so everything here is data with a usual value, kept with the ledger where an office departs from it, and shown
under “以本级文件为准”. An empty text stands for what is usual.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from enum import StrEnum
from typing import Any, cast

from zhenggai_desktop.domain.deadlines import add_months
from zhenggai_desktop.domain.outcome_kinds import USUAL_KINDS, CountedKind
from zhenggai_desktop.domain.records import InspectionKind, LedgerFacts, Track
from zhenggai_desktop.errors import UsageError
from zhenggai_desktop.texts import in_terms

NOTICE = "以本级文件为准"
_LONGEST_CHAIN = 20
_LONGEST_NAME = 60
_MOST_KINDS = 500
_LONGEST_WAIT = 3650  # days


class Anchor(StrEnum):
    """The date of the ledger from which a milestone's own date is counted."""

    FEEDBACK = "feedback_date"
    PLAN = "plan_due"
    CONCENTRATED = "concentrated_end"
    REPORT = "report_due"
    PUBLICATION = "publication_date"
    NONE = ""  # it happens when it happens


@dataclass(frozen=True, slots=True)
class Period:
    """The lengths that run from the feedback, in calendar months; ``name`` is what a clerk chooses by."""

    name: str
    plan_months: int
    concentrated_months: int
    report_months: int

    def dates(self, feedback: dt.date) -> dict[str, dt.date]:
        """The dates of the ledger that follow from the day of the feedback, by the names of its facts."""
        return {
            "plan_due": add_months(feedback, self.plan_months),
            "concentrated_end": add_months(feedback, self.concentrated_months),
            "report_due": add_months(feedback, self.report_months),
        }


PERIODS: tuple[Period, ...] = (
    Period("集中整改2个月", 1, 2, 2),
    Period("集中整改3个月", 1, 3, 3),
    Period("集中整改6个月", 2, 6, 6),
)


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of the usual process. ``days`` are counted from the anchor, < 0 before it; ``papers`` prove it."""

    kind: str
    anchor: Anchor = Anchor.NONE
    days: int = 0
    papers: tuple[str, ...] = ()
    meeting: bool = False
    repeats: bool = False


USUAL_PROCESS: tuple[Stage, ...] = (
    Stage("反馈会", Anchor.FEEDBACK, 0, ("会议记录",), meeting=True),
    Stage("反馈问题清单签收", Anchor.FEEDBACK, 3, ("签收单",)),
    Stage("公开反馈意见", Anchor.FEEDBACK, 10, ("公开截图",)),
    Stage("成立领导小组", Anchor.FEEDBACK, 7, ("成立文件",)),
    Stage("整改方案审定", Anchor.PLAN, -7, ("整改方案", "会议纪要"), meeting=True),
    Stage("整改方案会审", Anchor.PLAN, -3, ("会审意见",)),
    Stage("整改方案报备", Anchor.PLAN, 0, ("报备件",)),
    Stage("整改专题会议", Anchor.NONE, 0, ("会议纪要",), meeting=True, repeats=True),
    Stage("专题民主生活会", Anchor.PLAN, 15, ("对照检查材料", "会议记录"), meeting=True),
    Stage("集中整改", Anchor.CONCENTRATED, 0),
    Stage("整改进展情况报告", Anchor.REPORT, 0, ("报告",)),
    Stage("主要负责人组织落实情况报告", Anchor.REPORT, 0, ("报告",)),
    Stage("拟不公开事项报告", Anchor.REPORT, 0, ("拟不公开事项表",)),
    Stage("党内通报", Anchor.REPORT, 15, ("党内通报",)),
    Stage("向社会公开", Anchor.REPORT, 30, ("公开截图",)),
    Stage("成效评估、回头看", Anchor.REPORT, 60, ("评估材料",)),
    Stage("后续整改报告", Anchor.NONE, 0, ("报告",), repeats=True),
)

USUAL_CHAIN: tuple[str, ...] = ("申请", "分管领导审核", "整改办审核", "党（工）委会研究", "报巡察办", "销号")
COMMITTEES: Mapping[str, str] = {"党（工）委会研究": "党组会研究"}
"""The usual step before the leading body, and what it is where that is a 党组."""


def _usual_chain(kind: InspectionKind, *, of_group: bool) -> tuple[str, ...]:
    names = (COMMITTEES.get(name, name) if of_group else name for name in USUAL_CHAIN)
    return tuple(in_terms(name, kind) for name in names)


_TOLD_CHAINS = {
    (kind, of_group): _usual_chain(kind, of_group=of_group) for kind in InspectionKind for of_group in (False, True)
}


@dataclass(frozen=True, slots=True)
class LeadTime:
    """How many days before a deadline it is first called to mind, and when it becomes pressing."""

    first: int
    second: int


@dataclass(frozen=True, slots=True)
class OfficeRules:
    """Everything an office may set. Lead times are by track; ``untracked`` is for what has none."""

    closing_chain: tuple[str, ...] = USUAL_CHAIN
    process: tuple[Stage, ...] = USUAL_PROCESS
    immediate: LeadTime = field(default_factory=lambda: LeadTime(7, 3))
    dated: LeadTime = field(default_factory=lambda: LeadTime(15, 7))
    staged: LeadTime = field(default_factory=lambda: LeadTime(30, 7))
    untracked: LeadTime = field(default_factory=lambda: LeadTime(15, 7))
    silent_days: int = 14
    outcome_kinds: tuple[CountedKind, ...] = USUAL_KINDS

    def lead_time(self, track: Track | None) -> LeadTime:
        """The two lead times for a deadline of this track."""
        return self.untracked if track is None else cast("LeadTime", getattr(self, track.value))


def office_rules(facts: LedgerFacts) -> OfficeRules:
    """The rules of a ledger in its term; the usual ones where what it holds is no rules: another program wrote them.

    The check of the file tells of these, and “台账信息” sets them anew.
    """
    of_group = (facts.organisation_body or facts.organisation).endswith("党组")
    try:
        return told(load_rules(facts.rules), facts.kind, of_group=of_group)
    except UsageError:
        return told(OfficeRules(), facts.kind, of_group=of_group)


def told(rules: OfficeRules, kind: InspectionKind, *, of_group: bool = False) -> OfficeRules:
    """Rules whose usual chain is told in the term of the ledger (domain.md §2) and by the name of its leading body; an
    own one stands as it was written."""
    usual = rules.closing_chain in _TOLD_CHAINS.values()
    return replace(rules, closing_chain=_TOLD_CHAINS[kind, of_group]) if usual else rules


def rules_text(rules: OfficeRules) -> str:
    """The rules as JSON, only what departs from the usual, in whatever term that is told; "" where nothing does."""
    usual = asdict(OfficeRules())
    own = {name: value for name, value in asdict(told(rules, InspectionKind.XUNCHA)).items() if value != usual[name]}
    return json.dumps(own, ensure_ascii=False) if own else ""


def load_rules(text: str) -> OfficeRules:
    """The rules of a JSON text as ``rules_text`` writes it; UsageError with a sentence for anything else."""
    if not text.strip():
        return OfficeRules()
    try:
        data: object = json.loads(text)
        if not isinstance(data, dict):
            raise TypeError
        return _checked(_rules(cast("dict[str, Any]", data)))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise UsageError("本单位规定的内容无法识别", "请在“台账信息”里重新设置，或恢复为通常做法") from error


def _rules(data: Mapping[str, Any]) -> OfficeRules:
    known = {item.name for item in fields(OfficeRules)}
    if set(data) - known:
        raise KeyError(*sorted(set(data) - known))
    values = {name: _READERS.get(name, _lead_time)(value) for name, value in data.items()}
    return replace(OfficeRules(), **values)


def _lead_time(value: Mapping[str, Any]) -> LeadTime:
    return LeadTime(int(value["first"]), int(value["second"]))


def _stage(value: Mapping[str, Any]) -> Stage:
    return Stage(
        str(value["kind"]),
        Anchor(str(value.get("anchor", ""))),
        int(value.get("days", 0)),
        tuple(map(str, value.get("papers", ()))),
        bool(value.get("meeting", False)),
        bool(value.get("repeats", False)),
    )


def _names(value: Sequence[Any]) -> tuple[str, ...]:
    return tuple(map(str, value))


def _stages(value: Sequence[Mapping[str, Any]]) -> tuple[Stage, ...]:
    return tuple(map(_stage, value))


def _kinds(value: Sequence[Mapping[str, Any]]) -> tuple[CountedKind, ...]:
    return tuple(CountedKind(str(kind["name"]), str(kind.get("unit", ""))) for kind in value)


_READERS: Mapping[str, Callable[[Any], Any]] = {
    "closing_chain": _names,
    "process": _stages,
    "silent_days": int,
    "outcome_kinds": _kinds,
}


def _checked(rules: OfficeRules) -> OfficeRules:
    kinds = [kind.name for kind in rules.outcome_kinds]
    names = (*rules.closing_chain, *(stage.kind for stage in rules.process), *kinds)
    if len(set(kinds)) < len(kinds) or len(kinds) > _MOST_KINDS:
        raise ValueError(kinds)
    if (
        not rules.closing_chain
        or len(rules.closing_chain) > _LONGEST_CHAIN
        or len(set(rules.closing_chain)) < len(rules.closing_chain)
    ):
        raise ValueError(rules.closing_chain)
    if any(not name.strip() or len(name) > _LONGEST_NAME for name in names):
        raise ValueError(names)
    waits = [rules.silent_days]
    for track in (rules.immediate, rules.dated, rules.staged, rules.untracked):
        waits += [track.first, track.second]
        if track.second > track.first:
            raise ValueError(track)
    if any(not 0 <= wait <= _LONGEST_WAIT for wait in waits):
        raise ValueError(waits)
    if any(abs(stage.days) > _LONGEST_WAIT for stage in rules.process):
        raise ValueError(rules.process)
    return rules
