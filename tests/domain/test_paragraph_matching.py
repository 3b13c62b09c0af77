"""The text decides which paragraph is which: kept, reworded, split, joined, moved, inserted, deleted."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhenggai_desktop.domain.paragraph_matching import Match, likeness, match_paragraphs

TEXT = [
    "一、整改工作组织开展情况",
    "成立由主要负责人任组长的整改工作领导小组，召开专题会议研究部署三次。",
    "整改进展情况：已完成。",
    "1.针对学习教育不够深入问题。",
    "整改进展情况：一是组织集中学习十二次，覆盖全体党员干部。二是修订学习制度两项，建立学习台账。",
    "2.针对为民服务不够主动问题。",
    "整改进展情况：已完成。",
    "下一步将持续巩固整改成果，健全长效机制，做好后半篇文章。",
]


def changes(new: list[str], hints: dict[int, int] | None = None) -> list[Match]:
    return [
        found
        for found in match_paragraphs(TEXT, new, hints)
        if found.moved or [TEXT[at] for at in found.old] != [new[at] for at in found.new]
    ]


def test_the_same_document_is_matched_to_itself() -> None:
    assert match_paragraphs(TEXT, TEXT) == [Match((at,), (at,)) for at in range(len(TEXT))]


def test_a_reworded_paragraph_is_the_old_one() -> None:
    new = [*TEXT[:4], TEXT[4].replace("十二次", "十五次").replace("两项", "三项、完善流程图"), *TEXT[5:]]
    assert changes(new) == [Match((4,), (4,))]


def test_a_deleted_and_an_inserted_paragraph() -> None:
    new = [*TEXT[:3], "另有一段全新的文字，讲的是别的事情。", *TEXT[3:7]]
    assert changes(new) == [Match((), (3,)), Match((7,), ())]


def test_paragraphs_that_were_deleted_together_keep_their_order() -> None:
    assert changes([*TEXT[:3], *TEXT[5:]]) == [Match((3,), ()), Match((4,), ())]
    assert changes(TEXT[2:]) == [Match((0,), ()), Match((1,), ())]


def test_of_twins_the_neighbours_say_which_is_gone() -> None:
    assert changes([*TEXT[:2], *TEXT[3:]]) == [Match((2,), ())]
    assert changes([*TEXT[:6], TEXT[7]]) == [Match((6,), ())]


def test_a_split_paragraph() -> None:
    first, second = TEXT[4].split("二是")
    assert changes([*TEXT[:4], first, "二是" + second, *TEXT[5:]]) == [Match((4,), (4, 5))]


def test_two_joined_paragraphs() -> None:
    assert changes([*TEXT[:3], TEXT[3] + TEXT[4], *TEXT[5:]]) == [Match((3, 4), (3,))]


def test_a_moved_paragraph() -> None:
    new = [TEXT[0], *TEXT[2:], TEXT[1]]
    assert changes(new) == [Match((1,), (7,), moved=True)]


def test_a_moved_and_reworded_paragraph() -> None:
    moved = TEXT[1].replace("三次", "五次")
    assert changes([TEXT[0], *TEXT[2:], moved]) == [Match((1,), (7,), moved=True)]


def test_a_hint_pairs_what_is_hardly_alike_and_cannot_overrule_the_words() -> None:
    new = [*TEXT[:3], "1.针对理论武装抓得不实问题。", *TEXT[4:]]
    assert changes(new, {3: 3}) == [Match((3,), (3,))]
    lying = {at: (at + 1) % len(TEXT) for at in range(len(TEXT))}
    assert match_paragraphs(TEXT, TEXT, lying) == match_paragraphs(TEXT, TEXT)


def test_hints_tell_twins_apart() -> None:
    twins = ["已完成。", "已完成。", "已完成。"]
    assert match_paragraphs(twins, twins[:2], {0: 1, 1: 2}) == [Match((0,), ()), Match((1,), (0,)), Match((2,), (1,))]


@given(st.lists(st.sampled_from([*TEXT, "甲", ""]), max_size=12), st.lists(st.sampled_from([*TEXT, "乙"]), max_size=12))
def test_every_paragraph_is_in_exactly_one_match(old: list[str], new: list[str]) -> None:
    found = match_paragraphs(old, new)
    assert Counter(at for one in found for at in one.old) == Counter(range(len(old)))
    assert Counter(at for one in found for at in one.new) == Counter(range(len(new)))
    assert [one.new[0] for one in found if one.new] == sorted(one.new[0] for one in found if one.new)


@pytest.mark.parametrize(("one", "other", "least"), [("", "", 1.0), ("甲", "甲", 1.0), ("甲乙丙", "甲乙丁", 0.5)])
def test_likeness(one: str, other: str, least: float) -> None:
    assert likeness(one, other) >= least
