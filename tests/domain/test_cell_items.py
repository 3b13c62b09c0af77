"""What stands in one cell of a ledger table: items, names, offices, a day."""

from __future__ import annotations

import datetime as dt

import pytest
from growing import lines_run

from zhenggai_desktop.domain.cell_items import (
    as_one,
    paragraphs_of,
    read_day,
    read_offices,
    read_people,
    split_items,
    unbroken_day,
)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (["甲。"], ("", ("甲。",))),
        (["（一）甲。（二）乙。"], ("", ("甲。", "乙。"))),
        (["（一）甲。", "（二）乙。"], ("", ("甲。", "乙。"))),
        (["1.甲。2.乙。"], ("", ("甲。", "乙。"))),
        (["1.甲", "2.乙", "续乙。"], ("", ("甲", "乙。续乙。"))),
        (["总体要求：", "甲", "乙"], ("总体要求：", ("甲", "乙"))),
        (["总体要求：", "1.甲。", "2.乙。"], ("总体要求：", ("甲。", "乙。"))),
        (["一是甲。二是乙。"], ("", ("甲。", "乙。"))),
        (["前言。一是甲。二是乙。"], ("前言。", ("甲。", "乙。"))),
        (["①甲②乙"], ("", ("甲", "乙"))),
        (["1.甲"], ("", ("甲",))),
        (["2.甲。", "3.乙。"], ("", ("甲。", "乙。"))),
        (["整改2.甲。"], ("", ("整改2.甲。",))),
        (["甲", "乙"], ("", ("甲", "乙"))),
        (["1.甲。（1）子。2.乙。"], ("", ("甲。（1）子。", "乙。"))),
        (["1.甲。3.乙。"], ("", ("甲。3.乙。",))),
        (["前言", "1.甲。2.乙。"], ("前言。", ("甲。", "乙。"))),
        (["一是甲。"], ("", ("一是甲。",))),
        (["1.甲。", "一、乙。"], ("", ("甲。一、乙。",))),
        (["甲：乙", "丙"], ("", ("甲：乙", "丙"))),
        (
            ["1.开展排查；", "2.完善制度。", "3.对责任人问", "责。"],
            ("", ("开展排查；", "完善制度。", "对责任人问责。")),
        ),
        (
            ["1.清查账目", "对近三年的账目逐笔清查。", "2.完善制度。", "3.问责。"],
            ("", ("清查账目。对近三年的账目逐笔清查。", "完善制度。", "问责。")),
        ),
        (
            ["1.开展排查", "逐村进行。", "2.完善制度", "印发执行。"],
            ("", ("开展排查。逐村进行。", "完善制度。印发执行。")),
        ),
    ],
)
def test_items_are_parted_at_the_next_number_in_turn(given: list[str], expected: tuple[str, tuple[str, ...]]) -> None:
    """One item where nothing is numbered; lines without any number are an item each."""
    assert split_items(given) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("甲，\n乙。", ["甲，乙。"]),
        ("甲。\n乙。", ["甲。", "乙。"]),
        ("甲，\n1.乙", ["甲，", "1.乙"]),
        ("甲、\n乙", ["甲、乙"]),
        ("甲的\n乙。", ["甲的乙。"]),
        ("甲“乙\n丙”丁", ["甲“乙丙”丁"]),
        ("甲3\n个乙", ["甲3个乙"]),
        ("联系电话：\n13800001111\n13900002222", ["联系电话：", "13800001111", "13900002222"]),
        ("已清查至2025年6月\n2025年7月补登", ["已清查至2025年6月", "2025年7月补登"]),
        ("2025.6.30\n2025.9.30", ["2025.6.30", "2025.9.30"]),
        ("2025年6月\n2025年9月", ["2025年6月", "2025年9月"]),
        ("于2025年\n6月", ["于2025年6月"]),
        ("于2025年6月\n30日", ["于2025年6月30日"]),
        ("于2025\n年", ["于2025年"]),
        ("修路3\n公里", ["修路3公里"]),
        ("村干部补贴3\n公开栏2", ["村干部补贴3", "公开栏2"]),
        (
            "加强理论学习，提高认识\n强化跟踪督办，落实责任\n完善规章制度，堵塞漏洞。",
            ["加强理论学习，提高认识", "强化跟踪督办，落实责任", "完善规章制度，堵塞漏洞。"],
        ),
        (
            "理论学习中心组学习质\n量不高，研讨交流不深\n入，以读代学。",
            ["理论学习中心组学习质量不高，研讨交流不深入，以读代学。"],
        ),
        (
            "开展专项整治并通报\n完善管理制度并印发\n约谈责任人",
            ["开展专项整治并通报", "完善管理制度并印发", "约谈责任人"],
        ),
        ("甲“乙\n1.丙”丁", ["甲“乙", "1.丙”丁"]),
        ("  ", []),
        ("甲\n\n乙", ["甲", "乙"]),
        ("甲 乙", ["甲乙"]),
        ("甲", ["甲"]),
    ],
)
def test_lines_of_a_cell_are_paragraphs(given: str, expected: list[str]) -> None:
    """A sentence that was broken between two lines is joined again."""
    assert paragraphs_of(given) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (["甲"], "甲"),
        (["甲", "乙。"], "甲。乙。"),
        (["甲。", "乙"], "甲。乙"),
        (["甲：", "乙"], "甲：乙"),
        ([], ""),
    ],
)
def test_paragraphs_in_one_end_as_sentences(given: list[str], expected: str) -> None:
    """So that the next does not run into it."""
    assert as_one(given) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("张三、李四", ("张三", "李四")),
        ("党委副书记、主任", ("党委副书记、主任",)),
        ("张三\n李四", ("张三", "李四")),
        ("张三 李四", ("张三", "李四")),
        ("张三；李四", ("张三", "李四")),
        ("张三，李四", ("张三", "李四")),
        ("张三、张三", ("张三",)),
        ("张三、镇长", ("张三、镇长",)),
        ("", ()),
        ("欧阳修远、李四", ("欧阳修远", "李四")),
        ("张某某某某、李四", ("张某某某某、李四",)),
        ("党委书记 张三", ("党委书记张三",)),
        ("党委书记\n张三\n镇长\n李四", ("党委书记张三", "镇长李四")),
        ("张三 党委书记、李四 镇长", ("张三党委书记", "李四镇长")),
        ("党委书记\n镇长", ("党委书记", "镇长")),
        ("李四、\n王五", ("李四", "王五")),
        ("张三\n李委员", ("张三", "李委员")),
        ("主要领导\n各部门", ("主要领导", "各部门")),
        ("班子\n分管领导", ("班子", "分管领导")),
        ("党委书记 张三，镇长 李四", ("党委书记张三", "镇长李四")),
    ],
)
def test_people_are_parted_posts_of_one_are_not(given: str, expected: tuple[str, ...]) -> None:
    """“党委副书记、主任” is one person with two posts."""
    assert read_people(given) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("党政办、财政所", ("党政办", "财政所")),
        ("党政办（牵头，主办）、财政所", ("党政办（牵头，主办）", "财政所")),
        ("党政办\n财政所", ("党政办", "财政所")),
        ("党政办 财政所", ("党政办", "财政所")),
        ("", ()),
        ("党政办、党政办", ("党政办",)),
    ],
)
def test_offices_are_parted_outside_brackets(given: str, expected: tuple[str, ...]) -> None:
    """By lines, 、 or commas."""
    assert read_offices(given) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("2021/11/3", dt.date(2021, 11, 3)),
        ("2021.11.3", dt.date(2021, 11, 3)),
        ("2021年11月3日", dt.date(2021, 11, 3)),
        ("2021-11-03 00:00:00", dt.date(2021, 11, 3)),
        ("2021年13月3日", None),
        ("二〇二一年十一月三日", dt.date(2021, 11, 3)),
        ("2021", None),
        ("11月3日", None),
        ("2021年11月3日已经完成", None),
        ("1899-1-1", None),
        ("", None),
        ("2025年\n6月30日", dt.date(2025, 6, 30)),
        ("45838", dt.date(2025, 6, 30)),
        ("20250630", dt.date(2025, 6, 30)),
    ],
)
def test_a_day_is_read_where_the_cell_holds_one_day(given: str, expected: dt.date | None) -> None:
    """None for anything else."""
    assert read_day(given) == expected


def test_a_list_without_end_is_looked_at_to_some_length_and_loses_no_word() -> None:
    text = "".join(f"{at % 900 + 1}.做事情；" for at in range(2_000))
    introduction, items = split_items([text])
    assert len(items) <= 300
    assert sum(map(len, items)) + len(introduction) + sum(len(f"{at + 1}.") for at in range(len(items))) == len(text)
    marks = "问题一：" * 100_000
    assert lines_run(lambda: split_items([marks])) < 20_000


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("2025年\n6月", "2025年6月"),
        ("2025年6\n月底前", "2025年6月底前"),
        ("2025年6月\n30日前", "2025年6月30日前"),
        ("2025年6月3\n0日", "2025年6月30日"),
        ("2025.\n6.30", "2025.6.30"),
        ("2025年6月\n底前\n完成", "2025年6月底前完成"),
        ("长期\n坚持", "长期坚持"),
        ("立行\n立改", "立行立改"),
        ("2025年5月\n2025年6月", "2025年5月\n2025年6月"),
        ("2025.6\n2025.9", "2025.6\n2025.9"),
        ("立行立改\n长期坚持", "立行立改\n长期坚持"),
        ("45838", "2025-06-30"),
        ("202506", "2025年6月"),
        ("2025", "2025"),
    ],
)
def test_a_deadline_that_was_broken_in_a_narrow_column_is_whole_again(given: str, expected: str) -> None:
    assert unbroken_day(given) == expected
