"""Titles that mean the same thing are found, titles that do not are kept apart."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhenggai_desktop.domain.matching import bare_text, likeness, named, pair_up, text_core, unique_cores


@pytest.mark.parametrize(
    ("feedback", "notice"),
    [
        ("履行管护责任不到位", "针对“履行管护责任不到位”的问题"),
        ("基层组织建设薄弱", "关于基层组织建设薄弱方面问题"),
        ("“第一议题”制度落实不严", "第一议题制度落实不严。"),
        ("ＡＢ两类台账混用", "AB两类 台账混用"),
    ],
)
def test_framing_quotes_and_width_do_not_make_a_difference(feedback: str, notice: str) -> None:
    assert text_core(feedback) == text_core(notice)


def test_a_title_of_framing_words_alone_keeps_them() -> None:
    assert text_core("关于问题") == "关于问题"
    assert text_core("，") == "，"


def test_bare_text_keeps_every_letter_and_digit() -> None:
    assert bare_text("（一）2024年 5月，的。") == "一2024年5月的"


def test_equal_titles_pair_wherever_they_stand() -> None:
    ours = named(["路灯维护不及时", "河道清理不彻底"])
    theirs = named(["针对“河道清理不彻底”问题", "针对“路灯维护不及时”问题"])
    assert pair_up(ours, theirs) == {0: 1, 1: 0}


def test_equal_twins_pair_by_the_words_below_them() -> None:
    ours = named(["其他", "其他"], ["路灯有的不亮。", "桥面有的破损。"])
    assert pair_up(ours, named(["其他"], ["桥面有的破损"])) == {0: 1}


def test_as_many_twins_on_both_sides_pair_in_order() -> None:
    assert pair_up(named(["路灯坏", "其他", "其他"]), named(["其他", "其他"])) == {0: 1, 1: 2}


def test_the_nearer_number_decides_between_equally_near_titles() -> None:
    ours = named(["往来款项长期不清理甲", "往来款项长期不清理乙"])
    assert pair_up(ours, named(["路灯坏", "往来款项长期不清理丙"])) == {1: 1}


def test_a_reworded_title_pairs_when_it_is_near_enough() -> None:
    ours = named(["社区公共绿地养护责任落实不够到位"])
    assert pair_up(ours, named(["社区公共绿地养护责任落实不到位"])) == {0: 0}


def test_titles_of_one_pattern_stay_apart() -> None:
    ours = named(["绿地养护责任落实不到位"])
    assert pair_up(ours, named(["路灯检修责任落实不到位"])) == {}


def test_the_nearest_title_wins() -> None:
    ours = named(["社区公共绿地养护责任落实不到位一", "社区公共绿地养护责任落实不到位"])
    assert pair_up(ours, named(["社区公共绿地养护责任落实得不到位呀"])) == {0: 1}


def test_a_quoted_opening_pairs_with_the_whole_finding() -> None:
    ours = named(["路灯维护不及时。北片三条路有灯不亮，报修后半月无人处理"])
    assert pair_up(ours, named(["针对“路灯维护不及时”问题"])) == {0: 0}


def test_an_opening_that_fits_two_pairs_with_none() -> None:
    ours = named(["路灯维护不及时，北片较多，群众意见大", "路灯维护不及时，南片也有，报修难"])
    assert pair_up(ours, named(["路灯维护不及时"])) == {}


def test_empty_titles_never_pair() -> None:
    assert pair_up(named(["", " "]), named(["", "  "])) == {}


def test_likeness_of_equal_and_foreign_texts() -> None:
    assert likeness("甲乙丙", "甲乙丙") == 1.0
    assert likeness("甲乙丙", "") == 0.0
    assert likeness("甲乙丙", "丁戊己庚") == 0.0


def test_only_distinctive_titles_that_occur_once_are_found_elsewhere() -> None:
    assert list(unique_cores([("其他", 1), ("路灯维护不及时", 2), ("河道清理不彻底", 3), ("河道清理不彻底", 4)])) == [
        ("路灯维护不及时", 2)
    ]


_titles = st.lists(st.text("路灯河道清理不到位问题的“”一二", max_size=12), max_size=7)


@settings(max_examples=60, deadline=None)
@given(_titles, _titles)
def test_nothing_is_paired_twice(ours: list[str], theirs: list[str]) -> None:
    pairs = pair_up(named(ours), named(theirs))
    assert len(set(pairs.values())) == len(pairs)
    assert all(text_core(ours[one]) and text_core(theirs[other]) for other, one in pairs.items())


@settings(max_examples=40, deadline=None)
@given(_titles)
def test_a_list_pairs_with_itself_in_place(titles: list[str]) -> None:
    items = named(titles)
    assert pair_up(items, items) == {at: at for at, item in enumerate(items) if item.core}
