"""Issues that are called alike stay apart where the ledger tells them apart."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from ledger_tables import document

from zhenggai_desktop.domain.feedback import understand
from zhenggai_desktop.domain.sheets import Sheet, Workbook
from zhenggai_desktop.domain.workbook_reader import understand_workbook

HEAD = ["序号", "反馈问题", "整改措施", "责任单位"]
OTHERS = [["3", "村务公开不及时", "公开", "丙村"], ["4", "账目不清", "清查", "丁村"]]


def issues(*rows: Sequence[str]) -> list[tuple[str, int]]:
    """The title of each issue and how many measures it has."""
    return [(issue.record.title, len(issue.measures)) for issue in understand(document(rows)).issues()]


@pytest.mark.parametrize(
    "rows",
    [
        [["村", "存在问题", "整改措施"], ["甲村", "公开不及时", "公开"], ["乙村", "公开不及时", "补公开"]],
        [["责任单位", "存在问题", "整改措施"], ["甲村", "公开不及时", "公开"], ["乙村", "公开不及时", "补公开"]],
    ],
)
def test_what_stands_in_front_of_an_issue_says_whose_it_is(rows: Sequence[Sequence[str]]) -> None:
    assert issues(*rows) == [("公开不及时", 1), ("公开不及时", 1)]


def test_one_number_at_several_rows_counts_issues() -> None:
    rows = [["1", "学习少", "开会", "党政办"], ["1", "学习少", "写体会", "党政办"], ["2", "学习少", "交流", "党政办"]]
    assert issues(HEAD, *rows) == [("学习少", 2), ("学习少", 1)]


def test_another_number_and_another_office_are_an_issue_where_titles_seldom_repeat() -> None:
    rows = [["1", "公开不及时", "公开", "甲村"], ["2", "公开不及时", "补公开", "乙村"], *OTHERS]
    assert issues(HEAD, *rows)[:2] == [("公开不及时", 1), ("公开不及时", 1)]


def test_numbers_may_count_the_rows_of_an_issue() -> None:
    rows = [["1", "学习少", "开会", "党政办"], ["2", "学习少", "写体会", "纪委"], ["3", "会多", "减会", "党政办"]]
    assert issues(HEAD, *rows, ["4", "会多", "少开", "纪委"]) == [("学习少", 2), ("会多", 2)]
    assert issues(HEAD, rows[0], ["2", "学习少", "写体会", "党政办"], *OTHERS)[0] == ("学习少", 2)


def test_manifestations_of_one_issue_may_be_counted_and_have_an_office_each() -> None:
    rows = [
        ["序号", "反馈问题", "具体表现", "责任单位"],
        ["1", "学习少", "次数少", "党政办"],
        ["2", "学习少", "研讨少", "组织办"],
        ["3", "账目不清", "无账", "财政所"],
        ["4", "会多", "会长", "纪委"],
    ]
    (section,) = understand(document(rows)).sections
    assert [issue.record.title for issue in section.issues] == ["学习少", "账目不清", "会多"]
    assert [child.record.title for child in section.issues[0].issues] == ["次数少", "研讨少"]


@pytest.mark.parametrize(("names", "expected"), [(("东河村", "西河村"), 3), (("党政办", "财政所"), 2)])
def test_the_sheets_of_villages_have_their_own_issues_and_those_of_offices_share_them(
    names: tuple[str, str], expected: int
) -> None:
    head = ["序号", "问题", "整改措施"]
    sheets = (
        Sheet(names[0], [head, [1, "公开不及时", "公开"], [2, "账目不清", "清查"]]),
        Sheet(names[1], [head, [1, "公开不及时", "补公开"], ["", "", ""]]),
    )
    assert len(list(understand_workbook(Workbook("台账.xlsx", sheets)).issues())) == expected


@pytest.mark.parametrize("summary_first", [True, False])
def test_a_sheet_of_all_villages_beside_those_of_each_doubles_nothing(summary_first: bool) -> None:
    head = ["序号", "问题", "整改措施"]
    rows = [
        [1, "公开不及时", "公开", "东河村"],
        [2, "账目不清", "清查", "东河村"],
        [3, "公开不及时", "补公开", "西河村"],
    ]
    summary = Sheet("汇总", [[*head, "责任单位"], *rows, [4, "制度不全", "建制", "西河村"]])
    east = Sheet("东河村", [head, [1, "公开不及时", "公开"], [2, "账目不清", "清查"]])
    west = Sheet("西河村", [head, [1, "公开不及时", "补公开"], [2, "制度不全", "建制"]])
    sheets = (summary, east, west) if summary_first else (east, west, summary)
    plan = understand_workbook(Workbook("台账.xlsx", sheets))
    found = [(i.record.title, i.record.lead_department, [m.record.content for m in i.measures]) for i in plan.issues()]
    assert sorted(found) == [
        ("公开不及时", "东河村", ["公开"]),
        ("公开不及时", "西河村", ["补公开"]),
        ("制度不全", "西河村", ["建制"]),
        ("账目不清", "东河村", ["清查"]),
    ]


def test_figures_of_another_sheet_refer_to_no_issue() -> None:
    ledger = Sheet("台账", [["序号", "反馈问题", "整改措施"], [1, "学习少", "开会"], [2, "账目不清", "清查"]])
    counts = Sheet("统计", [["单位", "问题", "整改措施", "责任人"], ["党政办", 1, 2, "张三"], ["财政所", 2, 3, "李四"]])
    first, second, *_ = understand_workbook(Workbook("台账.xlsx", (ledger, counts))).issues()
    assert [len(issue.measures) for issue in (first, second)] == [1, 1]


def test_the_town_s_own_issue_is_not_that_of_a_village_which_is_called_alike() -> None:
    head = ["序号", "问题", "整改措施"]
    town = Sheet("镇本级", [head, [1, "公开不及时", "公开"], [2, "会多", "减会"]])
    east = Sheet("东河村", [head, [1, "公开不及时", "补公开"], [2, "账目不清", "清查"]])
    plan = understand_workbook(Workbook("台账.xlsx", (town, east)))
    assert [issue.record.title for issue in plan.issues()] == ["公开不及时", "会多", "公开不及时", "账目不清"]


def test_rows_without_an_issue_make_no_number_ambiguous() -> None:
    sheets = (
        Sheet("问题清单", [["序号", "问题"], [1, "学习少"], [2, "账目不清"]]),
        Sheet("任务清单", [["序号", "整改措施", "完成时限"], [1, "开会", "年底"], [2, "清账", "年底"]]),
        Sheet("责任清单", [["序号", "对应问题", "责任领导", "责任单位"], [1, "问题1", "张三", "党政办"]]),
    )
    first = next(understand_workbook(Workbook("台账.xlsx", sheets)).issues())
    assert (first.record.title, first.record.leaders, first.record.lead_department) == ("学习少", ("张三",), "党政办")
