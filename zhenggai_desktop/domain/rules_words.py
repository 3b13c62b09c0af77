"""What was changed in an office's rules, in words for the history: each part that differs, from what to what."""

from __future__ import annotations

from collections.abc import Iterator

from zhenggai_desktop.domain.office_rules import Anchor, LeadTime, OfficeRules, Stage, load_rules, told
from zhenggai_desktop.domain.records import InspectionKind, Track
from zhenggai_desktop.errors import UsageError
from zhenggai_desktop.texts import TRACK_NAMES

ANCHOR_NAMES = {
    Anchor.FEEDBACK: "反馈日期",
    Anchor.PLAN: "报送方案的期限",
    Anchor.CONCENTRATED: "集中整改截止",
    Anchor.REPORT: "报告的期限",
    Anchor.PUBLICATION: "公开日期",
    Anchor.NONE: "不按日期算",
}


def changed_rules(
    before: str, after: str, kind: InspectionKind = InspectionKind.XUNCHA
) -> Iterator[tuple[str, str, str]]:
    """Caption, what was and what became, for each part of the rules that differs; "" stands for nothing.

    Texts that are no rules (another program wrote them) are told as they are.
    """
    try:
        old, new = told(load_rules(before), kind), told(load_rules(after), kind)
    except UsageError:
        yield "本单位规定", before, after
        return
    if old.closing_chain != new.closing_chain:
        yield "销号环节", " → ".join(old.closing_chain), " → ".join(new.closing_chain)
    yield from _changed_stages(old, new)
    for track in (*Track, None):
        was, now = old.lead_time(track), new.lead_time(track)
        if was != now:
            yield f"提醒（{TRACK_NAMES[track] if track else '没有填整改类型'}）", _lead(was), _lead(now)
    if old.silent_days != new.silent_days:
        yield "久无进展", f"{old.silent_days}天", f"{new.silent_days}天"
    if old.outcome_kinds != new.outcome_kinds:
        yield "成果种类", _kinds(old, new), _kinds(new, old)


def stage_words(stage: Stage) -> str:
    """“反馈问题清单签收（反馈日期之后3天；材料：签收单）”."""
    parts = [due_words(stage)]
    if stage.papers:
        parts.append(f"材料：{'、'.join(stage.papers)}")
    parts += ["会议"] * stage.meeting + ["可以多次"] * stage.repeats
    return f"{stage.kind}（{'；'.join(parts)}）"


def due_words(stage: Stage) -> str:
    """“反馈日期之后3天”, “反馈日期当天”, “不按日期算”."""
    name = ANCHOR_NAMES[stage.anchor]
    if stage.anchor is Anchor.NONE:
        return name
    return f"{name}{'之后' if stage.days > 0 else '之前'}{abs(stage.days)}天" if stage.days else f"{name}当天"


def _changed_stages(old: OfficeRules, new: OfficeRules) -> Iterator[tuple[str, str, str]]:
    gone = [stage_words(stage) for stage in old.process if stage not in new.process]
    come = [stage_words(stage) for stage in new.process if stage not in old.process]
    if gone or come:
        yield "流程环节", "、".join(gone), "、".join(come)
    elif old.process != new.process:
        yield "流程环节", _order(old), _order(new)


def _order(rules: OfficeRules) -> str:
    return "、".join(stage.kind for stage in rules.process)


def _kinds(these: OfficeRules, without: OfficeRules) -> str:
    """The kinds that the other rules do not have."""
    own = (kind for kind in these.outcome_kinds if kind not in without.outcome_kinds)
    return "、".join(f"{kind.name}（{kind.unit}）" if kind.unit else kind.name for kind in own)


def _lead(lead: LeadTime) -> str:
    return f"提前{lead.first}天、{lead.second}天"
