"""Enumerations inside a paragraph: the words before them, their items, and what is odd about them."""

from __future__ import annotations

import pytest

from zhenggai_desktop.domain.answers import enumeration_doubt, enumeration_in, split_enumeration


def row(text: str) -> tuple[str, tuple[str, ...], str]:
    found = enumeration_in(text)
    return found.introduction, found.items, found.pattern


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("前言。一是甲。二是乙。", ("前言。", ("甲。", "乙。"))),
        ("一是甲。", ("", ("甲。",))),
        ("甲", ("甲", ())),
        ("一是甲。三是乙。", ("", ("甲。三是乙。",))),
        ("一是甲，其中二是乙。", ("", ("甲，其中二是乙。",))),
        ("说一是甲。二是乙。", ("说一是甲。二是乙。", ())),
        ("一是甲。一是子。二是乙。", ("", ("甲。一是子。", "乙。"))),
        ("一是甲：一是子。二是乙。", ("", ("甲：一是子。", "乙。"))),
        ("说一是甲。一是乙。二是丙。", ("说一是甲。", ("乙。", "丙。"))),
    ],
)
def test_said_items_are_split(given: str, expected: tuple[str, tuple[str, ...]]) -> None:
    """Only the next number in turn ends an item, at a clause's head."""
    assert split_enumeration(given) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("一是甲。二是乙。", ("", ("甲。", "乙。"), "{n}是")),
        ("前言。1.甲。2.乙。", ("前言。", ("甲。", "乙。"), "{n}.")),
        ("（1）甲；（2）乙。", ("", ("甲；", "乙。"), "（{n}）")),
        ("①甲②乙", ("①甲②乙", (), "{n}是")),
        ("查摆：1.甲；2.乙，均已整改。一是丙。二是丁。", ("查摆：1.甲；2.乙，均已整改。", ("丙。", "丁。"), "{n}是")),
        ("①甲。②乙。", ("", ("甲。", "乙。"), "{n}")),
        ("第一，甲。第二，乙。", ("", ("甲。", "乙。"), "第{n}，")),
        ("首先，甲。其次，乙。最后，丙。", ("", ("甲。", "乙。", "丙。"), "")),
        ("其次，甲。最后，乙。", ("其次，甲。最后，乙。", (), "{n}是")),
        ("首先，甲。", ("首先，甲。", (), "{n}是")),
        ("1.甲。3.乙。", ("1.甲。3.乙。", (), "{n}是")),
        ("前言1.甲。2.乙。", ("前言1.甲。2.乙。", (), "{n}是")),
        ("1.甲。（2）乙。2.丙。", ("", ("甲。（2）乙。", "丙。"), "{n}.")),
        ("第一，甲。第三，乙。", ("第一，甲。第三，乙。", (), "{n}是")),
        ("第一，甲。第三，乙。第三，丙。", ("", ("甲。第三，乙。", "丙。"), "第{n}，")),
    ],
)
def test_a_row_is_found_in_any_form(given: str, expected: tuple[str, tuple[str, ...], str]) -> None:
    """No items without a row of two."""
    assert row(given) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (["一是甲。"], "有“一是”而没有“二是”"),
        (["一是甲。二是乙。"], ""),
        (["一是甲。三是乙。"], "“三是”不连续"),
        (["一是甲。", "二是乙。"], ""),
        (["一是甲。一是乙。"], ""),
        (["整改情况：一是甲。三是乙。"], "“三是”不连续"),
        (["甲。"], ""),
        (["二是甲。三是乙。"], "“二是”不连续"),
        (["甲一是乙。"], ""),
    ],
)
def test_what_is_odd_about_an_enumeration_is_said(given: list[str], expected: str) -> None:
    """ "" where nothing is."""
    assert enumeration_doubt(given) == expected
