"""What stands below a ledger on its sheet: another ledger, or a table of something else."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from zhenggai_desktop.domain.plan import ImportPlan
from zhenggai_desktop.domain.sheets import CellValue, Sheet, Workbook
from zhenggai_desktop.domain.workbook_reader import understand_workbook

Rows = list[list[CellValue]]
HEAD: list[CellValue] = ["序号", "反馈问题", "整改措施", "责任单位", "完成时限"]
LEDGER: Rows = [
    HEAD,
    [1, "学习不深入", "制定计划", "党政办", "2025年6月底"],
    [2, "账目不清", "清查", "财政所", "2025年7月底"],
]


def read(*rows: Sequence[CellValue]) -> ImportPlan:
    width = max(map(len, rows))
    return understand_workbook(Workbook("台账.xlsx", (Sheet("台账", [[*r, *[""] * (width - len(r))] for r in rows]),)))


def outline(plan: ImportPlan) -> list[tuple[str, list[str]]]:
    return [(s.record.title if s.record else "", [i.record.title for i in s.issues]) for s in plan.sections]


@pytest.mark.parametrize(
    "below",
    [
        [[""], ["整改进展统计表"], ["序号", "单位", "问题总数", "已完成"], [1, "党政办", 3, 2], [2, "财政所", 4, 4]],
        [["序号", "姓名", "职务", "联系电话"], [1, "张三", "镇长", "1"], [2, "李四", "副镇长", "2"]],
        [[""], ["单位", "问题数", "完成数", "完成率"], ["党政办", 3, 2, "67%"], ["财政所", 4, 4, "100%"]],
    ],
)
def test_a_table_of_something_else_holds_no_issues(below: Rows) -> None:
    plan = read(*LEDGER, *below)
    assert outline(plan) == [("", ["学习不深入", "账目不清"])]
    kept = [note.text for note in plan.leftovers if note.code == "other_table"]
    assert kept == ["｜".join(str(cell) for cell in row) for row in below if row != [""]]


def test_a_second_ledger_is_read_by_its_own_header() -> None:
    plan = read(
        ["一、巡察反馈问题"],
        *LEDGER,
        ["二、选人用人专项检查反馈问题"],
        ["序号", "问题", "整改目标", "整改措施", "责任领导"],
        [1, "选拔程序不规范", "规范程序", "学习条例", "张三"],
    )
    assert outline(plan) == [
        ("巡察反馈问题", ["学习不深入", "账目不清"]),
        ("选人用人专项检查反馈问题", ["选拔程序不规范"]),
    ]
    last = plan.sections[1].issues[0]
    assert (last.record.goal, last.record.leaders, last.measures[0].record.content) == (
        "规范程序",
        ("张三",),
        "学习条例",
    )


def test_groups_may_have_their_names_above_the_same_header_each() -> None:
    last: list[CellValue] = [1, "制度不全", "建制", "", ""]
    plan = read(["第四巡察组反馈问题（共2个）"], *LEDGER, ["第六巡察组反馈问题（共1个）"], HEAD, last)
    assert outline(plan) == [
        ("第四巡察组反馈问题", ["学习不深入", "账目不清"]),
        ("第六巡察组反馈问题", ["制度不全"]),
    ]


@pytest.mark.parametrize(
    "below",
    [
        [[""], [3, "制度不全", "建章立制", "党政办", "年内"]],
        [["二、从严治党方面"], HEAD, [3, "制度不全", "建章立制", "党政办", "年内"]],
        [[""], ["", "制度不全", "建章立制", "党政办", "年内"]],
    ],
)
def test_a_ledger_goes_on_behind_a_blank_row_and_the_same_header(below: Rows) -> None:
    assert [issue.record.title for issue in read(*LEDGER, *below).issues()] == ["学习不深入", "账目不清", "制度不全"]
