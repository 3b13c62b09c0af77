"""Titles that say the same of two units are told from one title in other words."""

from __future__ import annotations

import pytest

from zhenggai_desktop.domain.matching import LIKE_ENOUGH, likeness, named, pair_up, text_core
from zhenggai_desktop.domain.parallel_titles import other_offices, speak_of_others

OF_TWO = [
    ("东风社区党支部组织生活不规范，三会一课记录缺失", "东岭社区党支部组织生活不规范，三会一课记录缺失"),
    ("党政办每季度对各社区台账开展督查", "纪检办每季度对各社区台账开展督查"),
    ("第一社区居务公开不及时不全面", "第二社区居务公开不及时不全面"),
    ("2021年工程款支付手续不全不规范", "2022年工程款支付手续不全不规范"),
    ("一季度开展专项督查并通报", "二季度开展专项督查并通报"),
    ("上半年对各村账目开展检查", "下半年对各村账目开展检查"),
    ("王庄村集体资金管理混乱，账目不清", "李庄村集体资金管理混乱，账目不清"),
    ("第三党支部换届选举不及时不规范", "第五党支部换届选举不及时不规范"),
    ("幸福路改造工程招标不规范，质量监管不到位", "幸安路改造工程招标不规范，质量监管不到位"),
    ("财政所对往来款项清理不够及时彻底", "党政办对往来款项清理不够及时彻底"),
    ("1号楼消防设施维护不及时", "12号楼消防设施维护不及时"),
    ("红旗小学食堂管理不规范，台账记录缺失", "光明小学食堂管理不规范，台账记录缺失"),
]
REWORDED = [
    ("往来款项长期不清理", "往来款项长期未清理"),
    ("制度执行有差距", "制度执行仍有差距"),
    ("理论学习不够深入扎实", "理论学习还不够深入扎实"),
    ("部分社区党支部组织生活不规范", "个别社区党支部组织生活不规范"),
    ("各社区台账记录不全面不规范", "有的社区台账记录不全面不规范"),
    ("对社区工作指导不够有力", "对于社区工作指导不够有力"),
    ("12个村未落实公开要求", "10个村未落实公开要求"),
    ("中心组学习不够规范经常", "中心组学习还不规范经常"),
    ("东风社区党支部组织生活不规范", "东风社区党支部的组织生活不够规范"),
    ("工作部署不周密，抓落实有差距", "工作部署不严密，抓落实有差距"),
    ("加强农村集体资金监管不够有力", "加强农村集体资金管理不够有力"),
    ("三个村没有签订安全责任书", "五个村没有签订安全责任书"),
    ("办理群众诉求不及时不到位", "办结群众诉求不及时不到位"),
]


@pytest.mark.parametrize(("one", "other"), OF_TWO)
def test_titles_of_two_units_are_no_pair(one: str, other: str) -> None:
    assert likeness(text_core(one), text_core(other)) >= LIKE_ENOUGH
    assert speak_of_others(text_core(one), text_core(other))
    assert pair_up(named([one]), named([other])) == {}


@pytest.mark.parametrize(("one", "other"), REWORDED)
def test_a_title_in_other_words_is_a_pair(one: str, other: str) -> None:
    assert not speak_of_others(text_core(one), text_core(other))
    assert not speak_of_others(text_core(other), text_core(one))
    assert pair_up(named([one]), named([other])) == {0: 0}


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("党政办", "党政综合办公室", False),
        ("东风社区", "东岭社区", True),
        ("党政办", "纪检办", True),
        ("", "党政办", False),
        ("党政办", "党政办", False),
    ],
)
def test_offices_are_known_by_their_short_names(one: str, other: str, *, expected: bool) -> None:
    assert other_offices(one, other) is expected
    assert other_offices(other, one) is expected


def test_a_nearly_equal_title_of_another_office_is_no_pair() -> None:
    """东岭 is named nowhere but as the office that answers."""
    ours = named(["组织生活不规范，三会一课记录缺失"], offices=["东风社区"])
    theirs = ["组织生活不规范，三会一课记录有缺失"]
    assert pair_up(ours, named(theirs, offices=["东岭社区"])) == {}
    assert pair_up(ours, named(theirs, offices=["东风社区党支部"])) == {0: 0}
    assert pair_up(ours, named(theirs)) == {0: 0}


def test_an_equal_title_is_a_pair_whoever_answers() -> None:
    """The office was changed."""
    assert pair_up(named(["账目不清"], offices=["党政办"]), named(["账目不清"], offices=["财政所"])) == {0: 0}
