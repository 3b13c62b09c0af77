"""Lines of Chinese text break where the rules allow."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhenggai_desktop.paper.breaking import HANGING, NOT_FIRST, NOT_LAST, can_break, compressed, stretches


def lines(text: str, room: float, first: float | None = None) -> list[str]:
    """The lines of a text whose full-width signs are 1 wide and whose Latin ones are a half."""
    advances = [1.0 if sign >= "\u2010" else 0.5 for sign in text]
    return [text[line.start : line.end] for line in stretches(text, advances, room if first is None else first, room)]


def test_chinese_fills_the_lines_character_by_character() -> None:
    assert lines("整改工作组织情况", 3) == ["整改工", "作组织", "情况"]


def test_the_first_line_has_its_own_room() -> None:
    assert lines("整改工作组织情况", 4, first=2) == ["整改", "工作组织", "情况"]


def test_a_stop_that_does_not_fit_hangs_out() -> None:
    assert lines("整改工，作组织。", 3) == ["整改工，", "作组织。"]


def test_a_closing_bracket_takes_the_character_before_it_along() -> None:
    assert lines("整改方案）报备", 4) == ["整改方", "案）报备"]


def test_an_opening_sign_does_not_stand_at_the_end() -> None:
    assert lines("印发整《整改方案》", 4) == ["印发整", "《整改方", "案》"]


@pytest.mark.parametrize("word", ["2024", "98.71%", "GB/T", "zhenggai@example.cn"])
def test_numbers_and_latin_words_stay_whole(word: str) -> None:
    text = f"整改工作{word}项"
    for room in range(len(word) // 2 + 2, 12):
        assert any(word in line for line in lines(text, room)), room


def test_a_word_wider_than_the_line_is_broken_all_the_same() -> None:
    assert lines("A" * 10, 3) == ["AAAAAA", "AAAA"]


@pytest.mark.parametrize("pair", ["——", "……"])
def test_dashes_and_dots_are_never_torn(pair: str) -> None:
    assert not can_break(pair[0], pair[1])
    assert lines(f"整改{pair}工作", 3) == ["整改", f"{pair}工", "作"]


def test_blanks_at_the_end_take_no_room() -> None:
    text = "AB  CD"
    (first, second) = stretches(text, [0.5] * 6, 1, 1)
    assert (text[: first.filled], text[second.start :]) == ("AB", "CD")


def test_a_chosen_break_ends_a_line_that_is_not_justified() -> None:
    found = list(stretches("甲\n乙丙丁", [1.0] * 5, 2, 2))
    assert [(line.start, line.end, line.last) for line in found] == [(0, 1, True), (2, 4, False), (4, 5, True)]


def test_an_empty_text_is_one_empty_line() -> None:
    assert lines("", 3) == [""]


def test_signs_that_follow_one_another_share_their_blank_halves() -> None:
    assert [("“甲”，《乙》（丙）")[place] for place in compressed("“甲”，《乙》（丙）")] == ["”", "，", "》"]


@settings(max_examples=80, deadline=None)
@given(st.text(alphabet="整改工作，。、；：“”《》（）—…2024A%. \n", max_size=80), st.integers(4, 12))
def test_lines_hold_every_character_and_keep_the_rules(text: str, room: int) -> None:
    advances = [1.0 if sign >= "\u2010" else 0.5 for sign in text]
    found = list(stretches(text, advances, room, room))
    assert "".join(text[line.start : line.end] for line in found) == text.replace("\n", "")
    for line in found:
        assert sum(advances[line.start : line.filled]) <= room + 0.01
        assert set(text[line.filled : line.end]) <= HANGING | {" "}
    for before, line in pairwise(found):
        ends = range(before.start + 1, line.start + 1)
        if before.end == line.start and any(can_break(text[at - 1], text[at]) for at in ends if at < len(text)):
            assert text[line.start] not in NOT_FIRST
            assert text[line.start - 1] not in NOT_LAST
