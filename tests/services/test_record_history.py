"""The history of one record: its own steps only, with what was and what became."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path

import pytest
from builders import a_ledger, a_tree

from zhenggai_desktop.domain.layout import GUOBIAO
from zhenggai_desktop.domain.office_rules import LeadTime, office_rules
from zhenggai_desktop.domain.outcome_kinds import CountedKind
from zhenggai_desktop.domain.records import RECORD_TYPES, Draft, Issue, Status
from zhenggai_desktop.services import arranging, editing, process
from zhenggai_desktop.services.ledger import Ledger
from zhenggai_desktop.services.ledger_history import StepReader
from zhenggai_desktop.services.record_history import _NAMED, _UNSAID, FieldChange, history_of
from zhenggai_desktop.texts import field_name

TODAY = dt.date(2025, 3, 10)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with a_ledger(tmp_path, *a_tree(2, 2, 1), who="张三") as ledger:
        yield ledger


def labels(ledger: Ledger, issue_id: int) -> list[str]:
    return [step.entry.label for step in history_of(ledger, (Issue, issue_id))]


def test_names_the_steps_that_touched_a_record_and_who_did_them(ledger: Ledger) -> None:
    editing.set_fields(ledger, (Issue, 1), {"owner": "甲"}, today=TODAY)
    editing.set_fields(ledger, (Issue, 2), {"owner": "乙"}, today=TODAY)
    assert labels(ledger, 1) == ["修改责任人", "建立"]
    assert history_of(ledger, (Issue, 1))[0].entry.who == "张三"


def test_tells_what_a_field_was_and_what_it_became(ledger: Ledger) -> None:
    editing.set_fields(ledger, (Issue, 1), {"owner": "", "status": Status.DONE}, today=TODAY)
    (newest, made) = history_of(ledger, (Issue, 1))
    assert newest.fields == (
        FieldChange("责任人", "责任人", "空"),
        FieldChange("完成情况", "空", "已完成"),
        FieldChange("实际完成日期", "空", "2025年3月10日"),
    )
    assert made.fields == ()


def test_an_undone_step_is_told_with_its_undoing(ledger: Ledger) -> None:
    editing.set_fields(ledger, (Issue, 1), {"owner": "甲"}, today=TODAY)
    ledger.undo()
    undoing, undone, _ = history_of(ledger, (Issue, 1))
    assert undoing.fields == (FieldChange("责任人", "甲", "责任人"),)
    assert undone.entry.undone


def test_making_room_for_another_row_is_nobodys_history_but_a_move_is(ledger: Ledger) -> None:
    editing.add_after(ledger, (Issue, 1))
    assert labels(ledger, 2) == ["建立"]
    arranging.indent(ledger, [(Issue, 2)])
    (step, _) = history_of(ledger, (Issue, 2))
    assert step.fields == (FieldChange("位置", "贯彻落实决策部署方面1", "未命名的一项"),)


def newest(ledger: Ledger) -> list[tuple[str, str, str, str]]:
    """What the newest step did: record, field, from, to."""
    lines = StepReader(ledger).lines(ledger.history()[0].id)
    return [(line.kind, field.caption, field.before, field.after) for line in lines for field in line.fields]


def test_no_record_is_told_in_the_names_of_the_program() -> None:
    """What a step may change in any record has a caption, or is not told by itself."""
    told = {
        (kind.__name__, field.name)
        for kind in RECORD_TYPES
        for field in fields(kind)
        if field.name not in _UNSAID and field.name not in _NAMED and not field.name.endswith("_id")
    }
    assert [one for one in sorted(told) if one[1] == "rules"] == [("LedgerFacts", "rules")]
    kinds = {kind.__name__: kind for kind in RECORD_TYPES}
    assert [one for one in sorted(told) if field_name(kinds[one[0]], one[1]).isascii()] == []


def test_a_milestone_is_told_in_the_clerks_words(ledger: Ledger) -> None:
    process.lay_out(ledger)
    first = ledger.snapshot.milestones[0].id
    process.complete(ledger, first, dt.date(2025, 3, 3), files=("会议记录.docx",))
    assert newest(ledger) == [
        ("流程节点", "完成于", "空", "2025年3月3日"),
        ("流程节点", "材料", "空", "会议记录.docx"),
    ]
    with ledger.step("登记") as writer:
        draft = writer.add(Draft(kind="整改方案", file_name="整改方案.docx")).id
    process.change(ledger, first, {}, drafts=[draft])
    assert newest(ledger) == [("文稿", "流程节点", "空", "反馈会")]


def test_the_offices_rules_are_told_part_by_part(ledger: Ledger) -> None:
    usual = office_rules(ledger.snapshot.facts)
    own = replace(usual, closing_chain=("申请", "销号"), silent_days=30, dated=LeadTime(20, 5))
    process.set_rules(ledger, own)
    assert newest(ledger) == [
        (
            "台账信息",
            "销号环节",
            "申请 → 分管领导审核 → 整改办审核 → 党（工）委会研究 → 报巡察办 → 销号",
            "申请 → 销号",
        ),
        ("台账信息", "提醒（限期整改）", "提前15天、7天", "提前20天、5天"),
        ("台账信息", "久无进展", "14天", "30天"),
    ]
    stage = replace(usual.process[1], days=-2, papers=("签收单", "清单"))
    kinds = (*usual.outcome_kinds[1:], CountedKind("绿色预警卡", "张"))
    process.set_rules(ledger, replace(own, process=(usual.process[0], stage, *usual.process[3:]), outcome_kinds=kinds))
    assert newest(ledger) == [
        (
            "台账信息",
            "流程环节",
            "反馈问题清单签收（反馈日期之后3天；材料：签收单）、公开反馈意见（反馈日期之后10天；材料：公开截图）",
            "反馈问题清单签收（反馈日期之前2天；材料：签收单、清单）",
        ),
        ("台账信息", "成果种类", "制度新建（项）", "绿色预警卡（张）"),
    ]
    with ledger.step("版式") as writer:
        writer.set_facts(layout_profile="行距 30 磅")
    assert newest(ledger)[0][1:] == ("版式", GUOBIAO.name, "行距 30 磅")
