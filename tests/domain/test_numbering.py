"""Numerals and marks read as they are written."""

import pytest

from zhenggai_desktop.domain.numbering import (
    HEADING_LEVELS,
    MarkKind,
    NumberStyle,
    chinese_numeral,
    leading_mark,
    parse_chinese_numeral,
    write_number,
)


@pytest.mark.parametrize(
    ("number", "text"),
    [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (23, "二十三"), (100, "一百"), (101, "一百零一"),
     (110, "一百一十"), (111, "一百一十一"),
     (1000, "一千"), (1001, "一千零一"), (1010, "一千零一十"), (9999, "九千九百九十九"),
     (10_000, "10000")],
)  # fmt: skip
def test_a_numeral_is_written_as_headings_write_it(number: int, text: str) -> None:
    assert chinese_numeral(number) == text


def test_every_numeral_reads_back_equal() -> None:
    assert [parse_chinese_numeral(chinese_numeral(n)) for n in range(1, 10_000)] == list(range(1, 10_000))


@pytest.mark.parametrize("number", [0, -1])
def test_a_number_without_numeral_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match="no heading numeral"):
        chinese_numeral(number)


@pytest.mark.parametrize(("text", "value"), [("二〇二四", 2024), ("两", 2), ("", None), ("甲", None), ("十", 10)])
def test_other_numerals_are_read(text: str, value: int | None) -> None:
    assert parse_chinese_numeral(text) == value


@pytest.mark.parametrize(
    ("text", "kind", "number", "mark", "pattern"),
    [
        ("一、主要做法", MarkKind.CHINESE, 1, "一、", "{n}、"),
        ("二十三、关于", MarkKind.CHINESE, 23, "二十三、", "{n}、"),
        ("第二部分：问题", MarkKind.PART, 2, "第二部分：", "第{n}部分："),
        ("（三）关于", MarkKind.CHINESE_PAREN, 3, "（三）", "（{n}）"),
        ("1.针对", MarkKind.DECIMAL, 1, "1.", "{n}."),
        ("12．针对", MarkKind.DECIMAL, 12, "12．", "{n}．"),
        ("3、针对", MarkKind.DECIMAL, 3, "3、", "{n}、"),
        ("1.2021年开展学习", MarkKind.DECIMAL, 1, "1.", "{n}."),
        ("1.9月10日召开", MarkKind.DECIMAL, 1, "1.", "{n}."),
        ("（2）台账不全", MarkKind.DECIMAL_PAREN, 2, "（2）", "（{n}）"),
        ("2）台账不全", MarkKind.DECIMAL_PAREN, 2, "2）", "{n}）"),
        ("③台账不全", MarkKind.CIRCLED, 3, "③", "{n}"),
        ("2.1.台账不全", MarkKind.DECIMAL_PAREN, 1, "2.1.", "2.{n}."),
        ("4-1.台账不全", MarkKind.DECIMAL_PAREN, 1, "4-1.", "4-{n}."),
        ("2.2.1台账不全", MarkKind.CIRCLED, 1, "2.2.1", "2.2.{n}"),
        ("2.2.3、台账不全", MarkKind.CIRCLED, 3, "2.2.3、", "2.2.{n}、"),
        ("b.台账不全", MarkKind.CIRCLED, 2, "b.", "{n}."),
        ("A、台账不全", MarkKind.CIRCLED, 1, "A、", "{n}、"),
        ("（c）台账不全", MarkKind.CIRCLED, 3, "（c）", "（{n}）"),
        ("问题十一：作风", MarkKind.ISSUE, 11, "问题十一：", "问题{n}："),
        ("问题3：作风", MarkKind.ISSUE, 3, "问题3：", "问题{n}："),
        ("一是加强领导", MarkKind.SAY, 1, "一是", "{n}是"),
    ],
)
def test_a_mark_is_recognised(text: str, kind: MarkKind, number: int, mark: str, pattern: str) -> None:
    found = leading_mark(text)
    assert found is not None
    assert (found.kind, found.number, found.text, found.pattern) == (kind, number, mark, pattern)


@pytest.mark.parametrize(
    "text",
    [
        "3.5万元已追回",
        "1.5倍",
        "25.6.30前完成",
        "4-5.6万元",
        "1-6月财政收入",
        "A、B两栋楼",
        "App使用率低",
        "A类企业",
        "问题整改",
        "一些问题",
        "一是否决",
        "2024年3月",
        "（区办发〔2024〕1号）",
        "",
        "十五日内",
    ],
)
def test_prose_has_no_mark(text: str) -> None:
    assert leading_mark(text) is None


def test_a_circled_number_beyond_twenty_falls_back_to_digits() -> None:
    assert [write_number(n, NumberStyle.CIRCLED) for n in (1, 20, 21)] == ["①", "⑳", "21"]
    assert write_number(4, NumberStyle.NONE) == ""


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("二十", 20),
        ("十二", 12),
        ("一百", 100),
        ("百", 100),
        ("两百", 200),
        ("一千零五", 1005),
        ("〇", 0),
        ("一〇", 10),
    ],
)
def test_numerals_with_and_without_units(text: str, value: int) -> None:
    assert parse_chinese_numeral(text) == value


@pytest.mark.parametrize(
    ("style", "words"),
    [(NumberStyle.CHINESE, "十二"), (NumberStyle.DECIMAL, "12"), (NumberStyle.CIRCLED, "⑫"), (NumberStyle.NONE, "")],
)
def test_a_number_in_each_style(style: NumberStyle, words: str) -> None:
    assert write_number(12, style) == words


@pytest.mark.parametrize(
    ("text", "style", "level"),
    [("第一章、总则", NumberStyle.CHINESE, 1), ("（1）甲", NumberStyle.DECIMAL, 4), ("⑳甲", NumberStyle.CIRCLED, 4),
     ("1.1甲", NumberStyle.DECIMAL, 4), ("问题（一）：甲", NumberStyle.CHINESE, 3),
     ("（一）、甲", NumberStyle.CHINESE, 2)],
)  # fmt: skip
def test_the_style_and_the_level_of_a_mark(text: str, style: NumberStyle, level: int) -> None:
    found = leading_mark(text)
    assert found is not None
    assert (found.style, HEADING_LEVELS[found.kind]) == (style, level)


def test_marks_of_one_family_number_one_list() -> None:
    one, two, other = (leading_mark(text) for text in ("1.甲", "12.乙", "3、丙"))
    assert one is not None
    assert two is not None
    assert other is not None
    assert one.family == two.family != other.family


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0.甲", None), ("〇、甲", None), ("1000.甲", None), ("100.甲", 100), ("1.", 1), ("1.5月10日", 1),
        ("1.2024-2025年", 1),
        ("1.2024", None), ("2.5亿元", None), ("1.3个", None), ("1.3“甲”", 3),
    ],
)  # fmt: skip
def test_quantities_are_no_marks_and_nought_is_no_number(text: str, number: int | None) -> None:
    found = leading_mark(text)
    assert (found.number if found else None) == number
