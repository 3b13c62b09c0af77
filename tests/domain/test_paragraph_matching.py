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


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        ("", "", 1.0),
        ("", "甲", 0.0),
        ("甲", "甲", 1.0),
        ("甲", "甲乙", 0.0),
        ("甲乙", "甲乙", 1.0),
        ("甲乙丙丁", "甲乙丙戊", 2 / 3),
        ("甲乙甲乙", "甲乙", 0.5),
        ("甲乙", "乙甲", 0.0),
    ],
)
def test_likeness_counts_neighbouring_characters(one: str, other: str, shared: float) -> None:
    assert likeness(one, other) == pytest.approx(shared)
    assert likeness(other, one) == pytest.approx(shared)


HEAD, TAIL = "甲乙丙丁戊己庚辛", "子丑寅卯辰巳午未"


def between(old: list[str], new: list[str], hints: dict[int, int] | None = None) -> list[Match]:
    """What lies between two paragraphs that stay, with places counted from 0 there."""
    hints = {at + 1: was + 1 for at, was in (hints or {}).items()}
    first, *found, last = match_paragraphs([HEAD, *old, TAIL], [HEAD, *new, TAIL], hints)
    assert (first, last) == (Match((0,), (0,)), Match((len(old) + 1,), (len(new) + 1,)))
    return [Match(tuple(at - 1 for at in one.old), tuple(at - 1 for at in one.new), one.moved) for one in found]


def words(start: int, count: int) -> str:
    """``count`` characters that no other such text has."""
    return "".join(chr(0x4E00 + start + at) for at in range(count))


@pytest.mark.parametrize(("kept", "same"), [(9, True), (8, False)])
def test_between_the_same_neighbours_four_tenths_of_the_words_are_enough(kept: int, same: bool) -> None:
    """20 pairs each; 9 shared are 0.45, 8 are 0.40: the bound is 0.42."""
    old, new = words(0, 21), words(0, kept + 1) + words(100, 20 - kept)
    assert between([old], [new]) == ([Match((0,), (0,))] if same else [Match((0,), ()), Match((), (0,))])


@pytest.mark.parametrize(("kept", "same"), [(3, True), (2, False)])
def test_with_a_bookmark_an_eighth_is_enough(kept: int, same: bool) -> None:
    """20 pairs each; 3 shared are 0.15, 2 are 0.10: the bound is 0.12."""
    old, new = words(0, 21), words(0, kept + 1) + words(100, 20 - kept)
    assert between([old], [new], {0: 0}) == ([Match((0,), (0,))] if same else [Match((0,), ()), Match((), (0,))])
    assert between([old], [new]) == [Match((0,), ()), Match((), (0,))]


@pytest.mark.parametrize(
    ("kept", "hints", "same"), [(12, {}, True), (11, {}, False), (9, {3: 0}, True), (8, {3: 0}, False)]
)
def test_elsewhere_six_tenths_or_a_bookmark_and_four(kept: int, hints: dict[int, int], same: bool) -> None:
    stay = [words(1000 * at, 20) for at in range(1, 4)]
    old, new = words(0, 21), words(0, kept + 1) + words(100, 20 - kept)
    found = match_paragraphs([old, *stay], [*stay, new], hints)
    assert (Match((0,), (3,), moved=True) in found) is same
    assert (Match((0,), ()) in found) is not same


def test_the_likest_pair_is_taken_first_and_none_crosses_it() -> None:
    old = [words(0, 21), words(100, 21)]
    nearly = words(0, 15) + words(300, 6)
    assert between(old, [nearly, old[0][:19] + "改"]) == [Match((), (0,)), Match((0,), (1,)), Match((1,), ())]


def test_the_likest_pairs_stand_in_order() -> None:
    """Three reworded paragraphs in a row are each other, whatever is likest."""
    old = [words(1000 * at, 21) for at in range(3)]
    new = [text[: 12 + 3 * at] + words(5000 + 100 * at, 9 - 3 * at) for at, text in enumerate(old)]
    assert between(old, new) == [Match((at,), (at,)) for at in range(3)]
    assert between(old, [new[0], new[2]]) == [Match((0,), (0,)), Match((1,), ()), Match((2,), (1,))]
    assert between([old[0], old[2]], new) == [Match((0,), (0,)), Match((), (1,)), Match((1,), (2,))]


# --- split and joined

LONG = words(0, 60)


@pytest.mark.parametrize("count", [2, 3, 8])
def test_a_paragraph_in_up_to_eight_parts(count: int) -> None:
    text = words(0, 10 * count)
    parts = [text[10 * at : 10 * at + 10] for at in range(count)]
    every = tuple(range(count))
    assert between([text], parts) == [Match((0,), every)]
    assert between(parts, [text]) == [Match(every, (0,))]
    new = [words(9000, 9), text, words(9100, 9)]
    assert between(parts, new) == [Match((), (0,)), Match(every, (1,)), Match((), (2,))]


def test_nine_parts_are_no_split() -> None:
    text = words(0, 90)
    parts = [text[10 * at : 10 * at + 10] for at in range(9)]
    assert Match((0,), tuple(range(9))) not in between([text], parts)


def test_parts_stand_beside_each_other() -> None:
    """A new paragraph between two halves: the likest half is the old one, reworded."""
    first, second = LONG[:40], LONG[40:]
    assert between([LONG], [first, second]) == [Match((0,), (0, 1))]
    assert between([LONG], [first, words(5000, 30), second]) == [Match((0,), (0,)), Match((), (1,)), Match((), (2,))]


def test_a_part_that_is_the_whole_alone_takes_no_neighbour() -> None:
    assert between([LONG], [LONG[:-1], "甲"]) == [Match((0,), (0,)), Match((), (1,))]
    assert between([LONG], ["甲", LONG[:-1]]) == [Match((), (0,)), Match((0,), (1,))]


@pytest.mark.parametrize(("text", "known"), [("一二三四", True), ("一二三", False)])
def test_a_short_paragraph_is_known_again_inside_a_long_one(text: str, known: bool) -> None:
    reworded = [Match((0,), (0,))]
    assert (between([text], [LONG + text]) == reworded) is known
    assert (between([LONG + text], [text]) == reworded) is known


@pytest.mark.parametrize(("text", "cut", "split"), [("一二三四五", 3, True), ("一二三四", 2, False)])
def test_what_is_shorter_than_five_characters_is_not_split(text: str, cut: int, split: bool) -> None:
    assert (between([text], [text[:cut], text[cut:]]) == [Match((0,), (0, 1))]) is split


@pytest.mark.parametrize(("kept", "split"), [(45, True), (40, False)])
def test_seven_tenths_of_the_whole_lie_in_its_parts(kept: int, split: bool) -> None:
    parts = [LONG[: kept // 2], LONG[kept // 2 : kept]]
    assert (between([LONG], parts) == [Match((0,), (0, 1))]) is split


@pytest.mark.parametrize(("more", "split"), [(6, True), (12, False)])
def test_three_quarters_of_a_part_lie_in_the_whole(more: int, split: bool) -> None:
    parts = [LONG[:30] + words(5000, more), LONG[30:] + words(6000, more)]
    assert (between([LONG], parts) == [Match((0,), (0, 1))]) is split


# --- many paragraphs


def test_a_hundred_reworded_paragraphs_with_a_split_and_a_joined_one() -> None:
    """More than are all compared: likely partners are found by the runs of characters that they share."""
    old = [words(100 * at, 30) for at in range(100)]
    new = [text[:20] + words(15000 + 10 * at, 8) for at, text in enumerate(old)]
    new[40:41] = [old[40][:15], old[40][15:]]
    new[71:73] = [old[70] + old[71]]  # one place further on for the split above
    found = between(old, new)
    assert [one for one in found if (len(one.old), len(one.new)) != (1, 1)] == [
        Match((40,), (40, 41)), Match((70, 71), (71,)),
    ]  # fmt: skip
    assert all(not one.moved for one in found)
    assert sum((one.old for one in found), ()) == tuple(range(100))


def test_a_hundred_paragraphs_where_some_went_and_some_came() -> None:
    old = [words(100 * at, 30) for at in range(100)]
    new = [text[:20] + words(15000 + 10 * at, 8) for at, text in enumerate(old) if at not in (3, 50, 99)]
    new.insert(10, words(18000, 30))
    found = between(old, new)
    assert [one.old for one in found if not one.new] == [(3,), (50,), (99,)]
    assert [one.new for one in found if not one.old] == [(10,)]
    assert len(found) == 101


def test_thousands_of_equal_paragraphs_are_matched_in_order() -> None:
    """500 × 499 pairs of twins: the first with the first, the second with the second."""
    twin = "整改进展情况：已完成。"
    old = [twin] * 500
    new = [twin] * 249 + [words(0, 30)] + [twin] * 250
    found = match_paragraphs(old, new)
    assert sum(not one.new for one in found) == 1
    assert [one.new for one in found if not one.old] == [(249,)]
    kept = [(one.old[0], one.new[0]) for one in found if one.old and one.new]
    assert kept == sorted(kept)
    assert len(kept) == 499
    assert not any(one.moved for one in found)


def test_twins_among_other_paragraphs_keep_their_order_by_thousands() -> None:
    """Between the same neighbours, neither at the head nor at the end, and more than are compared with each other."""
    twin = "已完成。"
    mine = [words(100 * at, 10) for at in range(3)]
    old = [mine[0], *[twin] * 460, mine[1]]
    new = [words(5000, 10), *[twin] * 450, words(6000, 10)]
    found = between(old, new)
    kept = [(one.old[0], one.new[0]) for one in found if one.old and one.new]
    assert kept == [(at, at) for at in range(1, 451)]


def test_a_deleted_paragraph_stands_behind_what_stood_before_it() -> None:
    old = [words(100 * at, 12) for at in range(6)]
    assert match_paragraphs(old, [old[0], old[3], old[4]]) == [
        Match((0,), (0,)), Match((1,), ()), Match((2,), ()), Match((3,), (1,)), Match((4,), (2,)), Match((5,), ()),
    ]  # fmt: skip
    moved = match_paragraphs(old, [old[0], old[4], old[1], old[3], old[5]])
    assert moved == [
        Match((0,), (0,)), Match((4,), (1,), moved=True), Match((1,), (2,)), Match((2,), ()), Match((3,), (3,)),
        Match((5,), (4,)),
    ]  # fmt: skip


@pytest.mark.parametrize("hint", [-1, 99])
def test_a_bookmark_of_no_paragraph_says_nothing(hint: int) -> None:
    assert match_paragraphs(TEXT, TEXT, {3: hint}) == match_paragraphs(TEXT, TEXT)


def test_a_bookmark_that_two_paragraphs_carry_names_the_first() -> None:
    """Copied with its paragraph: the copy is new."""
    old = ["已完成。", words(0, 9)]
    assert match_paragraphs(old, ["已完成。", "已完成。", old[1]], {0: 0, 1: 0}) == [
        Match((0,), (0,)), Match((), (1,)), Match((1,), (2,)),
    ]  # fmt: skip


def test_what_is_word_for_word_the_same_goes_before_what_is_alike_in_its_place() -> None:
    """The paragraph was moved to the end, and another one like it was written where it had stood."""
    old = [words(0, 20), words(100, 20), words(200, 20)]
    alike = old[0][:18] + "另改"
    assert match_paragraphs(old, [alike, old[1], old[2], old[0]]) == [
        Match((), (0,)), Match((1,), (1,)), Match((2,), (2,)), Match((0,), (3,), moved=True),
    ]  # fmt: skip
