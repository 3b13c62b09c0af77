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


@pytest.mark.parametrize(
    "rows",
    [
        [["问题", "整改措施", "完成情况"], ["学习不深入", "制定学习计划", "已完成"], [""],
         ["账目不清", "制定清查计划", "已完成"]],
        [["序号", "反馈问题", "责任", "<", "时限"], [""], ["", "", "牵头领导", "牵头单位", "完成时间"], [""],
         [1, "学习不深入", "张三", "党政办", "年底"], [""], [2, "账目不清", "李四", "财政所", "年底"]],
        [["序号", "反馈问题", "整改情况", "", "责任分工", ""], ["", "", "进展", "是否完成", "责任单位", "完成时限"],
         [1, "学习不深入", "已学", "是", "党政办", "年底"],
         ["序号", "反馈问题", "整改情况", "", "责任分工", ""], ["", "", "进展", "是否完成", "责任单位", "完成时限"],
         [2, "账目不清", "在查", "否", "财政所", "年底"]],
    ],
)  # fmt: skip
def test_records_and_the_rows_of_its_own_header_begin_no_other_table(rows: Rows) -> None:
    found = [issue.record.title for issue in read(*rows).issues() if issue.record.title]
    assert found == ["学习不深入", "账目不清"]


def test_a_section_goes_on_below_a_header_that_says_it_otherwise() -> None:
    plan = read(
        ["序号", "反馈方面", "反馈问题", "整改措施", "责任人", "完成时限"],
        [1, "党的领导方面", "学习不深入", "制定计划", "张三", "年底"],
        ["序号", "反馈方面", "存在问题", "整改举措", "责任人", "整改时限"],
        [2, "", "落实不力", "督办", "李四", "年底"],
        [3, "从严治党方面", "账目不清", "清查", "王五", "年底"],
    )
    assert outline(plan) == [("党的领导方面", ["学习不深入", "落实不力"]), ("从严治党方面", ["账目不清"])]


def test_the_title_of_a_ledger_is_no_group_though_its_groups_end_alike() -> None:
    plan = read(
        ["双河镇落实巡察反馈问题"],
        HEAD,
        ["一、党的领导方面反馈问题"],
        [1, "学习不深入", "制定计划", "党政办", "年底"],
        ["二、从严治党方面反馈问题"],
        [2, "账目不清", "清查", "财政所", "年底"],
        ["本次巡察反馈问题"],
    )
    assert outline(plan) == [("党的领导方面反馈问题", ["学习不深入"]), ("从严治党方面反馈问题", ["账目不清"])]
    assert {"双河镇落实巡察反馈问题", "本次巡察反馈问题"} <= {note.text for note in plan.leftovers}
