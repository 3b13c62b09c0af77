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


@pytest.mark.parametrize(("length", "pairs"), [(6, {0: 0}), (5, {})])
def test_an_opening_needs_six_characters_to_say_something(length: int, pairs: dict[int, int]) -> None:
    whole = "路灯维护不及"
    assert pair_up(named([whole[:length]]), named([whole + "时，群众多次反映后仍然没有修好"])) == pairs


def test_an_opening_pairs_whichever_list_has_the_longer_title() -> None:
    short, long = "路灯维护不及时", "路灯维护不及时，群众多次反映后仍然没有修好"
    assert pair_up(named([long]), named([short])) == {0: 0}
    assert pair_up(named([short]), named([long])) == {0: 0}
    assert pair_up(named([short]), named([long, long + "，而且"])) == {}


def test_what_is_paired_by_equal_titles_is_no_longer_free_for_others() -> None:
    title, near = "社区公共绿地养护责任落实不到位", "社区公共绿地养护责任落实不够到位"
    assert pair_up(named([title]), named([title, near])) == {0: 0}
    assert pair_up(named([title, near]), named([title])) == {0: 0}
    assert pair_up(named(["", title]), named([near, ""])) == {0: 1}


def test_of_titles_equally_near_the_last_is_taken() -> None:
    """The earlier ones will be stored under their own titles and find themselves there next time."""
    title, near = "社区公共绿地养护责任落实不到位", "社区公共绿地养护责任落实不够到位"
    assert pair_up(named([title]), named([near, near])) == {1: 0}


def test_twins_that_have_no_words_take_those_that_find_no_equal_words() -> None:
    ours = named(["其他", "其他", "其他"], ["", "桥面破损", ""])
    theirs = named(["其他", "其他", "其他"], ["路灯不亮", "桥面破损", "河道淤积"])
    assert pair_up(ours, theirs) == {1: 1, 0: 0, 2: 2}
    assert pair_up(named(["其他", "其他"], ["甲", "乙"]), named(["其他"], ["丙"])) == {0: 1}


@pytest.mark.parametrize(("same", "enough"), [(17, True), (16, False)])
def test_seventeen_of_twenty_characters_are_near_enough(same: int, enough: bool) -> None:
    one = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉"
    other = one[:same] + "天地玄黄"[: 20 - same]
    assert (likeness(one, other) == pytest.approx(same / 20)) is enough
    assert (likeness(one, other) == 0.0) is not enough
    assert bool(pair_up(named([one]), named([other]))) is enough


def test_places_count_from_one() -> None:
    assert [item.number for item in named(["甲", "乙"])] == [1, 2]
    assert [item.details for item in named(["甲", "乙"], ["一，", "二。"])] == ["一", "二"]


@pytest.mark.parametrize(("core", "found"), [("路灯维护不及", True), ("路灯维护不", False)])
def test_a_distinctive_title_has_six_characters(core: str, found: bool) -> None:
    assert (list(unique_cores([(core, 1)])) == [(core, 1)]) is found
