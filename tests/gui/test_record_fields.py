"""What is shown of a record: filled fields with their captions, nothing empty."""

from __future__ import annotations

import datetime as dt

from builders import a_snapshot

from zhenggai_desktop.domain.outline import Outline
from zhenggai_desktop.domain.records import Issue, Measure, Section, Snapshot, Status
from zhenggai_desktop.domain.workflow import Workflow
from zhenggai_desktop.gui.record_fields import (
    Group,
    RecordText,
    describe_issue,
    describe_ledger,
    describe_measure,
    describe_section,
)

SNAPSHOT: Snapshot = a_snapshot(
    Section(title="甲方面", source="选人用人专项检查"),
    Issue(section_id=1, title="学习不够", leaders=("王某", "李某"), deadline="6月底前", due_on=dt.date(2025, 6, 30)),
    Issue(
        parent_id=1, title="研讨少", original_text="去年只研讨一次。", recommendations=("补课", "建制度"), closed=True
    ),
    Measure(issue_id=2, content="每月研讨", progress="已研讨三次", owner="张某"),
)
WORKFLOW = Workflow(Outline(SNAPSHOT))


def lines(text: RecordText) -> list[str]:
    groups: list[str] = []
    for group in text.groups:
        groups += [f"# {group.heading}"] if group.heading else []
        groups += [f"{caption}：{words}" for caption, words in group.fields]
    return [text.place, text.title, *groups]


def test_a_section_counts_its_issues() -> None:
    assert lines(describe_section(SNAPSHOT.sections[0], WORKFLOW.outline)) == [
        "方面 1", "甲方面", "类别：反馈问题", "来源：选人用人专项检查", "问题：1个，具体表现1个",
    ]  # fmt: skip


def test_a_sub_issue_shows_what_counts_for_it_from_above_and_its_measures() -> None:
    assert lines(describe_issue(SNAPSHOT.issues[1], WORKFLOW)) == [
        "问题 1-1-1 › 甲方面 › 学习不够",
        "研讨少",
        "完成情况：未启动",
        "整改时限：6月底前",
        "到期日：2025年6月30日",
        "责任领导：王某、李某",
        "销号：已销号",
        "# 反馈",
        "反馈原文：去年只研讨一次。",
        "整改意见 1：补课",
        "整改意见 2：建制度",
        "# 措施 1",
        "完成情况：未启动",
        "整改措施：每月研讨",
        "整改进展：已研讨三次",
    ]


def test_a_status_set_by_hand_says_so() -> None:
    snapshot = a_snapshot(Issue(title="甲", status=Status.DONE))
    text = describe_issue(snapshot.issues[0], Workflow(Outline(snapshot)))
    assert text.groups == (Group("", (("完成情况", "已完成（手工设定）"),)),)


def test_a_measure_shows_its_own_owner_and_the_rest_from_its_issue() -> None:
    assert lines(describe_measure(SNAPSHOT.measures[0], WORKFLOW)) == [
        "问题 1-1-1 › 甲方面 › 学习不够 › 研讨少",
        "措施 1",
        "完成情况：未启动",
        "整改措施：每月研讨",
        "整改进展：已研讨三次",
        "整改时限：6月底前",
        "到期日：2025年6月30日",
        "责任领导：王某、李某",
        "责任人：张某",
    ]


def test_a_ledger_shows_its_facts() -> None:
    facts = a_snapshot(
        organisation="某街道党工委", inspection_start=dt.date(2025, 3, 1), phone="0000-1", recommendations=("压实责任",)
    ).facts
    assert lines(describe_ledger(facts, ["甲社区", "乙社区"])) == [
        "台账",
        "某街道党工委",
        "责任单位：某街道党工委",
        "被巡察单位：甲社区、乙社区",
        "巡察时间：2025年3月1日",
        "# 联系方式",
        "联系电话：0000-1",
        "# 意见建议",
        "意见 1：压实责任",
    ]
