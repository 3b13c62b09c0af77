"""What an office decides for itself: the usual values, their bounds, and the days that follow from them."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from typing import Any

import pytest

from zhenggai_desktop.domain.office_rules import (
    PERIODS,
    USUAL_CHAIN,
    USUAL_PROCESS,
    Anchor,
    LeadTime,
    OfficeRules,
    Stage,
    load_rules,
    rules_text,
)
from zhenggai_desktop.domain.outcome_kinds import CountedKind
from zhenggai_desktop.domain.records import Track
from zhenggai_desktop.errors import UsageError


def test_the_periods_run_from_the_feedback_in_calendar_months() -> None:
    dates = {period.name: period.dates(dt.date(2025, 1, 31)) for period in PERIODS}
    assert dates == {
        "集中整改2个月": {
            "plan_due": dt.date(2025, 2, 28),
            "concentrated_end": dt.date(2025, 3, 31),
            "report_due": dt.date(2025, 3, 31),
        },
        "集中整改3个月": {
            "plan_due": dt.date(2025, 2, 28),
            "concentrated_end": dt.date(2025, 4, 30),
            "report_due": dt.date(2025, 4, 30),
        },
        "集中整改6个月": {
            "plan_due": dt.date(2025, 3, 31),
            "concentrated_end": dt.date(2025, 7, 31),
            "report_due": dt.date(2025, 7, 31),
        },
    }


def test_the_usual_process_with_its_days() -> None:
    """domain.md §4 Milestone: the chain and what each day is counted from; the office may change them."""
    assert [(stage.kind, stage.anchor, stage.days) for stage in USUAL_PROCESS] == [
        ("反馈会", Anchor.FEEDBACK, 0),
        ("反馈问题清单签收", Anchor.FEEDBACK, 3),
        ("公开反馈意见", Anchor.FEEDBACK, 10),
        ("成立领导小组", Anchor.FEEDBACK, 7),
        ("整改方案审定", Anchor.PLAN, -7),
        ("整改方案会审", Anchor.PLAN, -3),
        ("整改方案报备", Anchor.PLAN, 0),
        ("整改专题会议", Anchor.NONE, 0),
        ("专题民主生活会", Anchor.PLAN, 15),
        ("集中整改", Anchor.CONCENTRATED, 0),
        ("整改进展情况报告", Anchor.REPORT, 0),
        ("主要负责人组织落实情况报告", Anchor.REPORT, 0),
        ("拟不公开事项报告", Anchor.REPORT, 0),
        ("党内通报", Anchor.REPORT, 15),
        ("向社会公开", Anchor.REPORT, 30),
        ("成效评估、回头看", Anchor.REPORT, 60),
        ("后续整改报告", Anchor.NONE, 0),
    ]
    assert [stage.kind for stage in USUAL_PROCESS if stage.repeats] == ["整改专题会议", "后续整改报告"]
    assert [stage.kind for stage in USUAL_PROCESS if stage.meeting] == [
        "反馈会", "整改方案审定", "整改专题会议", "专题民主生活会",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("track", "lead"),
    [(Track.IMMEDIATE, (7, 3)), (Track.DATED, (15, 7)), (Track.STAGED, (30, 7)), (None, (15, 7))],
)
def test_deadlines_are_called_to_mind_by_their_track(track: Track | None, lead: tuple[int, int]) -> None:
    assert OfficeRules().lead_time(track) == LeadTime(*lead)
    assert OfficeRules().silent_days == 14


OWN = replace(
    OfficeRules(),
    closing_chain=("申请", "销号"),
    process=(Stage("反馈会", Anchor.FEEDBACK, -2, ("记录",), meeting=True), Stage("例会", repeats=True)),
    staged=LeadTime(20, 10),
    silent_days=0,
    outcome_kinds=(CountedKind("走访", "户"), CountedKind("其他")),
)


def test_only_what_departs_from_the_usual_is_kept() -> None:
    assert rules_text(OfficeRules()) == ""
    assert set(json.loads(rules_text(OWN))) == {"closing_chain", "process", "staged", "silent_days", "outcome_kinds"}
    assert load_rules(rules_text(OWN)) == OWN
    assert load_rules(" \n") == OfficeRules()


def test_what_a_stage_or_a_kind_leaves_out() -> None:
    found = load_rules('{"process": [{"kind": "例会"}], "outcome_kinds": [{"name": "走访"}]}')
    assert found.process == (Stage("例会", Anchor.NONE, 0, (), meeting=False, repeats=False),)
    assert found.outcome_kinds == (CountedKind("走访", ""),)


def stages(*days: int) -> list[dict[str, Any]]:
    return [{"kind": f"第{at}步", "anchor": "feedback_date", "days": day} for at, day in enumerate(days)]


@pytest.mark.parametrize(
    ("data", "good"),
    [
        ({"closing_chain": [f"第{at}步" for at in range(20)]}, True),
        ({"closing_chain": [f"第{at}步" for at in range(21)]}, False),
        ({"closing_chain": []}, False),
        ({"closing_chain": ["申请", "申请"]}, False),
        ({"closing_chain": ["字" * 60]}, True),
        ({"closing_chain": ["字" * 61]}, False),
        ({"closing_chain": [" "]}, False),
        ({"process": stages(3650, -3650)}, True),
        ({"process": stages(3651)}, False),
        ({"process": stages(-3651)}, False),
        ({"process": [{"kind": ""}]}, False),
        ({"process": [{"kind": "甲", "anchor": "yesterday"}]}, False),
        ({"process": []}, True),
        ({"silent_days": 0}, True),
        ({"silent_days": 3650}, True),
        ({"silent_days": 3651}, False),
        ({"silent_days": -1}, False),
        ({"dated": {"first": 7, "second": 7}}, True),
        ({"dated": {"first": 6, "second": 7}}, False),
        ({"immediate": {"first": 3651, "second": 1}}, False),
        ({"untracked": {"first": 5, "second": -1}}, False),
        ({"staged": {"first": 5}}, False),
        ({"outcome_kinds": [{"name": f"第{at}种"} for at in range(500)]}, True),
        ({"outcome_kinds": [{"name": f"第{at}种"} for at in range(501)]}, False),
        ({"outcome_kinds": [{"name": "甲"}, {"name": "甲", "unit": "人"}]}, False),
        ({"outcome_kinds": [{"name": "字" * 61}]}, False),
        ({"colour": "red"}, False),
        ([], False),
    ],
)
def test_rules_have_bounds(data: object, good: bool) -> None:
    text = json.dumps(data)
    if good:
        assert load_rules(text) != OfficeRules()
    else:
        with pytest.raises(UsageError, match="无法识别"):
            load_rules(text)


def test_the_usual_chain_ends_with_the_closing() -> None:
    assert USUAL_CHAIN == ("申请", "分管领导审核", "整改办审核", "党（工）委会研究", "报巡察办", "销号")
