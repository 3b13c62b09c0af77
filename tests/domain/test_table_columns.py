"""What the columns of a ledger table mean, read off its header words."""

from __future__ import annotations

import pytest
from ledger_tables import document

from zhenggai_desktop.domain.table_columns import Column, column_of, find_header


def column(words: str) -> str:
    return column_of(words).name


def header(rows: list[list[str]]) -> tuple[int, int, list[list[str]]] | None:
    """First row, first row below, and what each column holds."""
    found = find_header(document(rows).tables[0])
    if found is None:
        return None
    return found.first_row, found.end_row, [[column.name for column in use.columns] for use in found.uses]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("序号", "NUMBER"),
        ("问题编号", "NUMBER"),
        ("整改措施序号", "OTHER"),
        ("反馈方面", "SECTION"),
        ("问题类别", "SECTION"),
        ("一级问题", "SECTION"),
        ("反馈问题", "ISSUE"),
        ("存在的主要问题", "ISSUE"),
        ("问题清单", "ISSUE"),
        ("重点内容", "ISSUE"),
        ("隐患", "ISSUE"),
        ("具体表现", "DETAIL"),
        ("表现", "DETAIL"),
        ("具体问题", "DETAIL"),
        ("问题描述", "DETAIL"),
        ("整改意见", "RECOMMENDATION"),
        ("意见建议", "RECOMMENDATION"),
        ("整改目标", "GOAL"),
        ("目标任务", "GOAL"),
        ("整改措施", "MEASURE"),
        ("整改计划", "MEASURE"),
        ("整改措施一", "MEASURE"),
        ("责任领导", "LEADERS"),
        ("分管领导", "LEADERS"),
        ("包村领导", "LEADERS"),
        ("牵头人", "LEADERS"),
        ("牵头部门", "LEAD_DEPARTMENT"),
        ("责任单位", "LEAD_DEPARTMENT"),
        ("部门", "LEAD_DEPARTMENT"),
        ("配合部门", "SUPPORTING"),
        ("协办单位", "SUPPORTING"),
        ("责任人", "OWNER"),
        ("配合责任人", "OTHER"),
        ("分管局领导", "LEADERS"),
        ("责任县级领导", "LEADERS"),
        ("责任股室", "LEAD_DEPARTMENT"),
        ("责任党支部", "LEAD_DEPARTMENT"),
        ("问题简述", "ISSUE"),
        ("反馈问题描述", "DETAIL"),
        ("起止时间", "DEADLINE"),
        ("目前状态", "STATUS"),
        ("整改与否", "STATUS"),
        ("具体责任人", "OWNER"),
        ("联系人", "OWNER"),
        ("整改类型", "TRACK"),
        ("整改时限", "DEADLINE"),
        ("完成时限", "DEADLINE"),
        ("计划完成时间", "DEADLINE"),
        ("完成时间", "DEADLINE"),
        ("整改进展", "PROGRESS"),
        ("落实情况", "PROGRESS"),
        ("整改进度", "PROGRESS"),
        ("措施及成效", "PROGRESS"),
        ("9月份进展", "MONTH"),
        ("2025年9月", "MONTH"),
        ("截至目前进展情况", "MONTH"),
        ("完成情况", "STATUS"),
        ("是否完成", "STATUS"),
        ("完成率", "STATUS"),
        ("整改状态", "STATUS"),
        ("整改结果", "STATUS"),
        ("实际完成时间", "COMPLETED"),
        ("完成日期", "COMPLETED"),
        ("取得成效", "RESULT"),
        ("佐证材料", "EVIDENCE"),
        ("销号情况", "CLOSING"),
        ("是否销号", "CLOSING"),
        ("备注", "NOTE"),
        ("其他", "NOTE"),
        ("剩余天数", "COMPUTED"),
        ("措施数量", "COMPUTED"),
        ("（必填）责任人", "OWNER"),
        ("责任 领导：", "LEADERS"),
        ("截止时间", "DEADLINE"),
        ("截至日期", "DEADLINE"),
        ("包案领导", "LEADERS"),
        ("联系领导", "LEADERS"),
        ("反馈内容", "ISSUE"),
        ("共性问题", "ISSUE"),
        ("具体情形", "DETAIL"),
        ("整改措施完成情况", "PROGRESS"),
        ("随便写写", "OTHER"),
        ("责责责责责责责责责责责责责责责责责责责责责责责责责", "OTHER"),
    ],
)
def test_a_column_is_known_by_its_words(given: str, expected: str) -> None:
    """Blanks and brackets do not count; OTHER says nothing."""
    assert column(given) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([["序号", "问题", "措施"], ["1", "甲", "乙"]], (0, 1, [["NUMBER"], ["ISSUE"], ["MEASURE"]])),
        (
            [["标题", "<", "<"], ["序号", "问题", "措施"], ["1", "甲", "乙"]],
            (1, 2, [["NUMBER"], ["ISSUE"], ["MEASURE"]]),
        ),
        ([["问题", "措施"], ["甲", "乙"]], (0, 1, [["ISSUE"], ["MEASURE"]])),
        ([["序号", "问题"], ["1", "甲"]], (0, 1, [["NUMBER"], ["ISSUE"]])),
        ([["问题", "备注"], ["甲", "乙"]], None),
        ([["措施", "备注"], ["甲", "乙"]], None),
        ([["姓名", "电话"], ["甲", "1"]], None),
        (
            [
                ["序号", "存在问题", "责任分工", "<", "时限"],
                ["^", "^", "牵头领导", "责任单位", "^"],
                ["1", "甲", "乙", "丙", "2025年"],
            ],
            (0, 2, [["NUMBER"], ["ISSUE"], ["LEADERS"], ["LEAD_DEPARTMENT"], ["DEADLINE"]]),
        ),
        (
            [
                ["序号", "问题", "牵头", "<", "配合", "<"],
                ["^", "^", "领导", "部门", "领导", "部门"],
                ["1"] + ["甲"] * 5,
            ],
            (0, 2, [["NUMBER"], ["ISSUE"], ["LEADERS"], ["LEAD_DEPARTMENT"], ["OTHER"], ["SUPPORTING"]]),
        ),
        (
            [["序号", "问题", "责任单位（责任人）", "措施", "下步措施"], ["1", "甲", "乙", "丙", "丁"]],
            (0, 1, [["NUMBER"], ["ISSUE"], ["LEAD_DEPARTMENT", "OWNER"], ["MEASURE"], ["OTHER"]]),
        ),
        (
            [["序号", "问题", "整改任务", "具体举措"], ["1", "甲", "乙", "丙"]],
            (0, 1, [["NUMBER"], ["ISSUE"], ["GOAL"], ["MEASURE"]]),
        ),
        (
            [["序号", "问题", "整改措施", "下月计划"], ["1", "甲", "乙", "丙"]],
            (0, 1, [["NUMBER"], ["ISSUE"], ["MEASURE"], ["OTHER"]]),
        ),
        (
            [["序号", "问题", "已完成", "推进中"], ["1", "甲", "√", ""]],
            (0, 1, [["NUMBER"], ["ISSUE"], ["STATUS"], ["STATUS"]]),
        ),
        (
            [["填报单位：某镇", "<", "填报日期：2025年6月28日"], ["序号", "问题", "措施"], ["1", "甲", "乙"]],
            (1, 2, [["NUMBER"], ["ISSUE"], ["MEASURE"]]),
        ),
        (
            [["填报单位", "某镇", "2025年6月28日"], ["序号", "问题", "措施"], ["1", "甲", "乙"]],
            (1, 2, [["NUMBER"], ["ISSUE"], ["MEASURE"]]),
        ),
        (
            [["序号", "存在问题", "责任领导/责任人", "时限"], ["1", "甲", "乙", "2025年"]],
            (0, 1, [["NUMBER"], ["ISSUE"], ["LEADERS", "OWNER"], ["DEADLINE"]]),
        ),
        (
            [["序号", "存在问题", "责任领导、责任单位", "时限"], ["1", "甲", "乙", "2025年"]],
            (0, 1, [["NUMBER"], ["ISSUE"], ["LEADERS", "LEAD_DEPARTMENT"], ["DEADLINE"]]),
        ),
        (
            [["序号", "存在问题", "反馈问题", "整改措施"], ["1", "甲", "乙", "丙"]],
            (0, 1, [["NUMBER"], ["ISSUE"], ["DETAIL"], ["MEASURE"]]),
        ),
        (
            [["序号", "存在问题", "完成时限", "完成时间"], ["1", "甲", "乙", "丙"]],
            (0, 1, [["NUMBER"], ["ISSUE"], ["DEADLINE"], ["COMPLETED"]]),
        ),
        (
            [["序号", "存在问题", "起止时间", "整改期限"], ["1", "甲", "乙", "丙"]],
            (0, 1, [["NUMBER"], ["ISSUE"], ["OTHER"], ["DEADLINE"]]),
        ),
        (
            [["序号", "存在问题", "起止时间", "完成时间"], ["1", "甲", "乙", "丙"]],
            (0, 1, [["NUMBER"], ["ISSUE"], ["DEADLINE"], ["COMPLETED"]]),
        ),
        (
            [["序号", "存在问题", "整改进展", "落实情况"], ["1", "甲", "乙", "丙"]],
            (0, 1, [["NUMBER"], ["ISSUE"], ["PROGRESS"], ["STATUS"]]),
        ),
        (
            [["序号", "存在问题", "整改进展", "落实情况", "是否完成"], ["1", "甲", "乙", "丙", "是"]],
            (0, 1, [["NUMBER"], ["ISSUE"], ["PROGRESS"], ["PROGRESS"], ["STATUS"]]),
        ),
        ([["序号", "具体表现", "整改措施"], ["1", "甲", "乙"]], (0, 1, [["NUMBER"], ["ISSUE"], ["MEASURE"]])),
        ([["序号", "整改意见", "整改措施"], ["1", "甲", "乙"]], (0, 1, [["NUMBER"], ["ISSUE"], ["MEASURE"]])),
        (
            [["序号", "具体表现", "整改意见", "整改措施"], ["1", "甲", "乙", "丙"]],
            (0, 1, [["NUMBER"], ["ISSUE"], ["RECOMMENDATION"], ["MEASURE"]]),
        ),
        (
            [
                *[["甲", "乙", "丙"]] * 12,
                ["序号", "问题", "措施"],
                ["1", "甲", "乙"],
            ],
            None,
        ),
        (
            [
                *[["甲", "乙", "丙"]] * 11,
                ["序号", "问题", "措施"],
                ["1", "甲", "乙"],
            ],
            (11, 12, [["NUMBER"], ["ISSUE"], ["MEASURE"]]),
        ),
    ],
)
def test_a_header_is_found(given: list[list[str]], expected: tuple[int, int, list[list[str]]] | None) -> None:
    """In the first twelve rows; words that mean two things are settled by the columns beside them."""
    assert header(given) == expected


def test_a_caption_of_ten_thousand_brackets_is_none() -> None:
    assert column_of("问题（" * 10_000) is Column.OTHER
    assert column_of(f"问题（{'填写说明' * 100}）") is Column.ISSUE
