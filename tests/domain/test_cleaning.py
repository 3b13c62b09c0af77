"""What comes in from any file can be put into Word and Excel."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhenggai_desktop.domain.cleaning import clean, cleaned, clipped


@pytest.mark.parametrize("sign", ["\r\n", "\r", "\x0b", "\x0c", "\u2028", "\u2029", "\n"])
def test_every_sign_for_a_new_line_becomes_one_line_feed(sign: str) -> None:
    assert cleaned(f"甲{sign}乙") == ("甲\n乙", 0)


def test_line_breaks_in_a_row_each_stay_a_line() -> None:
    assert clean("甲\r\n\r\n乙\r\r丙\n\r丁") == "甲\n\n乙\n\n丙\n\n丁"


@pytest.mark.parametrize("code", [0, 1, 8, 0xE, 0x1F, 0x7F, 0x80, 0x85, 0x9F, 0xD800, 0xDFFF, 0xFFFE, 0xFFFF])
def test_what_office_cannot_hold_is_removed_and_counted(code: int) -> None:
    assert cleaned(f"一{chr(code)}是{chr(code)}") == ("一是", 2)


def test_a_control_character_inside_a_line_break_does_not_make_two_of_it() -> None:
    assert cleaned("甲\r\x00\n乙") == ("甲\n乙", 1)


@pytest.mark.parametrize("text", ["", "整改\t台账\n一、", "　全角空格 与\u00a0不换行", "\U00020bb7野家😀", "\ufeff"])
def test_ordinary_text_is_left_as_it_is(text: str) -> None:
    assert cleaned(text) == (text, 0)


@settings(max_examples=200)
@given(st.text(alphabet=st.characters(codec=None, exclude_categories=())))
def test_cleaning_is_done_once_and_its_result_is_valid_xml(text: str) -> None:
    once, removed = cleaned(text)
    assert cleaned(once) == (once, 0)
    assert 0 <= removed <= len(text)
    once.encode("utf-8")
    assert not any(ord(sign) < 32 and sign not in "\n\t" for sign in once)


@pytest.mark.parametrize(
    ("text", "longest", "shown"),
    [
        ("", 7, ""),
        ("七个字的标题啊", 7, "七个字的标题啊"),
        ("这是八个字的标题", 7, "这是八个字的…"),
        ("截在标点，处的标题", 6, "截在标点…"),
    ],
)
def test_a_long_title_is_named_by_its_beginning(text: str, longest: int, shown: str) -> None:
    assert clipped(text, longest) == shown
