"""Each number format writes what Word writes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhenggai_desktop.domain.numbering import parse_chinese_numeral
from zhenggai_desktop.formats.word_number_formats import custom_format_text, number_text

NUMBERS = {
    "decimal": {1: "1", 10: "10", 0: "0"},
    "decimalZero": {1: "01", 9: "09", 10: "10"},
    "decimalFullWidth": {1: "１", 12: "１２"},
    "decimalFullWidth2": {1: "１", 12: "１２"},
    "decimalHalfWidth": {12: "12"},
    "decimalEnclosedCircle": {1: "①", 10: "⑩", 20: "⑳", 21: "21"},
    "decimalEnclosedCircleChinese": {1: "①", 20: "⑳", 21: "21"},
    "decimalEnclosedParen": {1: "⑴", 20: "⒇", 21: "21"},
    "decimalEnclosedFullstop": {1: "⒈", 20: "⒛", 21: "21"},
    "chineseCounting": {1: "一", 10: "十", 11: "十一", 20: "二十", 99: "九十九", 100: "一○○", 101: "一○一"},
    "chineseCountingThousand": {1: "一", 10: "十", 23: "二十三", 100: "一百", 101: "一百零一", 110: "一百一十"},
    "chineseLegalSimplified": {1: "壹", 10: "壹拾", 12: "壹拾贰", 30: "叁拾", 101: "壹佰零壹"},
    "taiwaneseCounting": {10: "十", 25: "二十五", 100: "一○○"},
    "taiwaneseCountingThousand": {10: "十", 101: "一百零一"},
    "taiwaneseDigital": {9: "九", 10: "一○", 23: "二三"},
    "ideographDigital": {1: "一", 10: "一〇", 100: "一〇〇"},
    "ideographTraditional": {1: "甲", 10: "癸", 11: "11"},
    "ideographZodiac": {1: "子", 12: "亥", 13: "13"},
    "ideographZodiacTraditional": {1: "甲子", 11: "甲戌", 60: "癸亥", 61: "61"},
    "ideographEnclosedCircle": {1: "㈠", 10: "㈩", 11: "十一"},
    "ideographLegalTraditional": {3: "參", 16: "壹拾陸"},
    "japaneseCounting": {10: "十", 11: "十一", 100: "百", 101: "百一", 110: "百十", 210: "二百十"},
    "japaneseLegal": {2: "弐", 11: "壱拾壱"},
    "upperRoman": {1: "I", 4: "IV", 1994: "MCMXCIV"},
    "lowerRoman": {9: "ix", 0: "0"},
    "upperLetter": {1: "A", 26: "Z", 27: "AA", 53: "AAA"},
    "lowerLetter": {28: "bb", 0: "0"},
    "ordinal": {1: "1st", 2: "2nd", 3: "3rd", 11: "11th", 21: "21st", 112: "112th"},
    "numberInDash": {7: "- 7 -"},
    "hex": {255: "FF"},
    "chicago": {1: "*", 4: "§", 5: "**"},
    "none": {5: ""},
    "bullet": {5: ""},
    "somethingNew": {5: "5"},
}


@pytest.mark.parametrize(
    ("number_format", "number", "text"),
    [(name, number, text) for name, cases in NUMBERS.items() for number, text in cases.items()],
)
def test_a_number_is_written_as_word_writes_it(number_format: str, number: int, text: str) -> None:
    assert number_text(number, number_format) == text


@pytest.mark.parametrize("number_format", NUMBERS)
@pytest.mark.parametrize("number", [-1, 0, 32767, 32768, 2**31])
def test_no_number_is_too_strange_to_be_written(number_format: str, number: int) -> None:
    assert isinstance(number_text(number, number_format), str)


@settings(max_examples=100)
@given(st.integers(1, 9999))
def test_counting_by_thousands_reads_back_as_the_same_number(number: int) -> None:
    assert parse_chinese_numeral(number_text(number, "chineseCountingThousand")) == number


@pytest.mark.parametrize(
    ("pattern", "number", "text"),
    [
        ("01, 02, 03, ...", 7, "07"),
        ("001, 002, 003, ...", 12, "012"),
        ("一, 二, 三, ...", 12, "十二"),
        ("①, ②, ③, ...", 3, "③"),
        ("甲, 乙, 丙, ...", 2, "乙"),
        ("?", 4, "4"),
    ],
)
def test_a_custom_format_is_known_by_its_first_examples(pattern: str, number: int, text: str) -> None:
    assert custom_format_text(number, pattern) == text
