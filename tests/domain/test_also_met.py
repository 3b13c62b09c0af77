"""The forms of notices that were also met (domain.md §6): another body answers, groups by status, several bodies."""

from pathlib import Path

import pytest

from zhenggai_desktop.domain.blocks import SourceDocument, SourceParagraph
from zhenggai_desktop.domain.feedback import understand
from zhenggai_desktop.domain.notice import compose
from zhenggai_desktop.domain.plan import ImportPlan
from zhenggai_desktop.domain.plan_snapshot import plan_snapshot
from zhenggai_desktop.domain.records import Status
from zhenggai_desktop.domain.schemes import scheme_for
from zhenggai_desktop.domain.status_words import group_status
from zhenggai_desktop.domain.units import unit_named

TEXTS = Path(__file__).parents[1] / "texts"


def read(name: str) -> ImportPlan:
    lines = (TEXTS / f"{name}.txt").read_text("utf-8").split("\n")
    paragraphs = tuple(SourceParagraph(i, line) for i, line in enumerate(lines, 1) if line.strip())
    plan = understand(SourceDocument(name, paragraphs))
    composed = [block.text for block in compose(plan_snapshot(plan), scheme_for(plan.facts)).blocks]
    assert composed == [line for line in lines if line]
    return plan


def test_another_body_answers() -> None:
    plan = read("notice_bodies")
    assert [issue.record.answered_by for issue in plan.issues()] == [
        "",
        "驻民政局纪检监察组",
        "派驻区民政局纪检监察组",
    ]


def test_chapters_group_issues_by_status() -> None:
    plan = read("notice_grouped")
    told = [(i.record.title, i.record.status, i.record.standing) for i in plan.issues()]
    assert told == [
        ("河道巡查记录不全", None, False),
        ("党费收缴不及时", None, False),
        ("水库除险加固滞后", Status.IN_PROGRESS, False),
        ("理论学习不够经常", None, True),
    ]
    assert {m.record.status for i in list(plan.issues())[:2] for m in i.measures} == {Status.DONE}
    assert not plan.doubts


@pytest.mark.parametrize(
    ("name", "units"),
    [
        ("notice_two_bodies_parts", ["城东街道党工委"] * 3 + ["城东街道办事处"] * 2),
        ("notice_units_as_chapters", ["区第一中学党委"] * 2 + ["区第二中学党委"] * 2),
    ],
)
def test_several_inspected_bodies_are_counted_apart(name: str, units: list[str]) -> None:
    plan = read(name)
    assert [issue.record.units for issue in plan.issues()] == [(unit,) for unit in units]
    assert plan.inspected_units == list(dict.fromkeys(units))


def test_sub_issues_stand_directly_under_a_section() -> None:
    plan = read("notice_subs_under_section")
    assert [[issue.number for issue in section.issues] for section in plan.sections] == [
        ["1.", "2."],
        ["（1）", "（2）"],
    ]
    assert [issue.record.printed_level for issue in plan.sections[1].issues] == [2, 2]
    assert [note.code for note in plan.doubts] == ["level_missing"]


@pytest.mark.parametrize(
    ("title", "status", "standing"),
    [
        ("已完成整改的问题", Status.DONE, False),
        ("已完成的事项（5个）", Status.DONE, False),
        ("基本完成的问题", Status.MOSTLY_DONE, False),
        ("正在推进整改的问题", Status.IN_PROGRESS, False),
        ("尚未完成的任务", Status.NOT_STARTED, False),
        ("需长期坚持的问题", None, True),
        ("上轮巡察整改未完成的问题", None, False),
    ],
)
def test_headings_that_name_a_status(title: str, status: Status | None, standing: bool) -> None:
    assert group_status(title) == (status, standing)


@pytest.mark.parametrize(
    ("title", "unit"),
    [("党工委部分", "某街道党工委"), ("关于某社区存在的问题", "某社区党委"), ("下一步打算", ""), ("某", "")],
)
def test_headings_that_name_a_body(title: str, unit: str) -> None:
    assert unit_named(title, ["某街道党工委", "某社区党委"]) == unit
