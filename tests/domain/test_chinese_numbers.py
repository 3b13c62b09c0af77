"""Numbers in Chinese characters, read as exact values and written."""

from __future__ import annotations

from decimal import Decimal

import pytest

from zhenggai_desktop.domain.chinese_numbers import read_chinese_number, write_chinese_number


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("二十三", Decimal(23)),
        ("两千零五", Decimal(2005)),
        ("两千五", Decimal(2500)),
        ("三点五", Decimal("3.5")),
        ("三点一四万", Decimal("31400.00")),
        ("三点五亿万", Decimal("3500000000000.0")),
        ("一亿二千万", Decimal(120000000)),
        ("壹佰贰拾", Decimal(120)),
        ("二〇二四", Decimal(2024)),
        ("十", Decimal(10)),
        ("十五", Decimal(15)),
        ("零十五", Decimal(15)),
        ("一百", Decimal(100)),
        ("百", Decimal(100)),
        ("千", Decimal(1000)),
        ("一百零五", Decimal(105)),
        ("一百五", Decimal(150)),
        ("一百五十", Decimal(150)),
        ("一千零五十", Decimal(1050)),
        ("一千二", Decimal(1200)),
        ("一千二百", Decimal(1200)),
        ("两万五", Decimal(25000)),
        ("两万五千", Decimal(25000)),
        ("两万零五百", Decimal(20500)),
        ("三十万", Decimal(300000)),
        ("廿五", Decimal(25)),
        ("廿", Decimal(20)),
        ("卅", Decimal(30)),
        ("卅一", Decimal(31)),
        ("一百廿五", Decimal(125)),
        ("三百二", Decimal(320)),
        ("三百零二", Decimal(302)),
        ("十万零五", Decimal(100005)),
        ("一万二", Decimal(12000)),
        ("十二万三", Decimal(123000)),
        ("一亿零五", Decimal(100000005)),
        ("两亿三", Decimal(230000000)),
        ("一万亿", Decimal(1000000000000)),
        ("五万亿", Decimal(5000000000000)),
        ("二万三千四百五十六", Decimal(23456)),
        ("零", Decimal(0)),
        ("五", Decimal(5)),
        ("一二三", Decimal(123)),
        ("万", None),
        ("点五", None),
        ("三点", None),
        ("三点万", None),
        ("三点五十", None),
        ("三五十", None),
        ("甲", None),
        ("", None),
    ],
)
def test_a_number_is_read(given: str, expected: Decimal | None) -> None:
    """A last digit behind a unit is of the next lower one, as spoken; None where it is no number."""
    assert read_chinese_number(given) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (0, "零"),
        (1, "一"),
        (9, "九"),
        (10, "十"),
        (11, "十一"),
        (19, "十九"),
        (20, "二十"),
        (21, "二十一"),
        (99, "九十九"),
        (100, "一百"),
        (101, "一百零一"),
        (110, "一百一十"),
        (111, "一百一十一"),
        (115, "一百一十五"),
        (120, "一百二十"),
        (999, "九百九十九"),
        (1000, "一千"),
        (1001, "一千零一"),
        (1010, "一千零一十"),
        (1011, "一千零一十一"),
        (1100, "一千一百"),
        (9999, "九千九百九十九"),
        (10000, "一万"),
        (10001, "一万零一"),
        (10010, "一万零一十"),
        (10011, "一万零一十一"),
        (10100, "一万零一百"),
        (11000, "一万一千"),
        (20015, "二万零一十五"),
        (100000, "十万"),
        (100001, "十万零一"),
        (110000, "十一万"),
        (1000000, "一百万"),
        (10000000, "一千万"),
        (10000001, "一千万零一"),
        (99999999, "九千九百九十九万九千九百九十九"),
        (100000000, "一亿"),
        (100000001, "一亿零一"),
        (100010000, "一亿零一万"),
        (123456789, "一亿二千三百四十五万六千七百八十九"),
        (1000000000000, "一万亿"),
        (1000100000000, "一万零一亿"),
        (1200000000000000, "一千二百万亿"),
    ],
)
def test_a_number_is_written(given: int, expected: str) -> None:
    """In plain characters, with 零 for a gap."""
    assert write_chinese_number(given) == expected
