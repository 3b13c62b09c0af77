"""Lines that a text takes at a width."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhenggai_desktop.formats.text_fit import line_count, pieces, text_width


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 5, 0),
        ("压实主体责任", 6, 1),
        ("压实主体责任", 5, 2),
        ("压实主体责任", 3, 2),
        ("甲\n乙", 5, 2),
        ("甲\n\n乙", 5, 3),
        ("压实责任，推动落实", 4, 3),  # ， may not begin a line: 责任， goes down together
        ("会议（纪要）", 3, 3),  # （ may not end one
        ("共12.35万元", 4, 2),  # a number is not broken
        ("abcdefghijklmnop", 4, 3),  # unless it is longer than a line
    ],
)
def test_lines_break_as_chinese_text_does(text: str, width: float, lines: int) -> None:
    assert line_count(text, width) == lines


def test_a_chinese_character_is_one_wide_and_a_digit_half() -> None:
    assert text_width("整改") == 2
    assert 0.5 <= text_width("1") < 0.6


@settings(max_examples=100)
@given(st.text("整改，。（）12ab \n", max_size=60), st.integers(2, 30))
def test_a_wider_column_never_needs_more_characters_of_room(text: str, width: int) -> None:
    lines = line_count(text, width)
    assert lines * width >= text_width(text.replace("\n", ""))
    assert lines <= len(text) + 1


@settings(max_examples=200)
@given(st.text("整改，。；（）12ab \n\u0301", max_size=700), st.sampled_from([2, 3, 7.5, 20]), st.integers(5, 12))
def test_pieces_hold_the_whole_text_and_no_more_lines_than_fit(text: str, width: float, lines: int) -> None:
    mark = "（续）"
    found = pieces(text, width, lines, mark)
    assert found[0] + "".join(piece.removeprefix(mark) for piece in found[1:]) == text
    assert all(piece.startswith(mark) for piece in found[1:])
    assert all(line_count(piece, width) <= lines for piece in found)
