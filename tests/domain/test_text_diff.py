"""Edits turn one text into the other, keep numbers whole, and merge with those of somebody else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhenggai_desktop.domain.text_diff import Fate, applied, edits, merged, moved_place, pieces

WORDS = st.text(alphabet="甲乙丙，。12a\n", max_size=40)


def shown(old: str, new: str) -> str:
    marks = {Fate.KEPT: "{}", Fate.REMOVED: "[{}]", Fate.ADDED: "<{}>"}
    return "".join(marks[piece.fate].format(piece.text) for piece in pieces(old, new))


@given(WORDS, WORDS)
def test_the_edits_of_two_texts_make_the_one_of_the_other(old: str, new: str) -> None:
    for readable in (True, False):
        found = edits(old, new, readable=readable)
        assert applied(old, found) == new
        assert all(new[one.at : one.at + len(one.text)] == one.text for one in found)
    assert "".join(piece.text for piece in pieces(old, new) if piece.fate is not Fate.ADDED) == old


@given(WORDS)
def test_equal_texts_have_no_edits(text: str) -> None:
    assert edits(text, text) == ()
    assert shown(text, text) == text


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("召开会议12次。", "召开会议15次。", "召开会议[12]<15>次。"),
        ("办结率98.7%。", "办结率99.1%。", "办结率[98.7%]<99.1%>。"),
        ("已完成。", "已基本完成。", "已<基本>完成。"),
        ("甲。乙。", "甲。", "甲。[乙。]"),
        ("", "甲", "<甲>"),
    ],
)
def test_what_changed_reads_as_a_person_would_say_it(old: str, new: str, expected: str) -> None:
    assert shown(old, new) == expected


@given(WORDS, WORDS)
def test_a_merge_with_an_unchanged_side_is_the_other_side(base: str, text: str) -> None:
    assert merged(base, base, text) == text
    assert merged(base, text, base) == text
    assert merged(base, text, text) == text


def test_changes_in_different_places_come_together() -> None:
    base = "一是开展检查3次，发现问题5个。二是修订制度2项。"
    ours = "一是开展检查4次，发现问题5个。二是修订制度2项。"
    theirs = "一是开展检查3次，发现问题5个。二是修订完善制度2项。"
    assert merged(base, ours, theirs) == "一是开展检查4次，发现问题5个。二是修订完善制度2项。"


def test_two_changes_of_one_place_are_for_a_person() -> None:
    assert merged("开展检查3次。", "开展检查4次。", "开展检查5次。") is None
    assert merged("甲乙", "甲丙乙", "甲丁乙") is None


def test_places_follow_the_edits() -> None:
    old, new = "甲乙丙丁", "甲新乙丁"
    found = edits(old, new)
    assert [moved_place(found, at) for at in range(5)] == [0, 1, 3, 3, 4]
    assert moved_place(found, 1, after=True) == 2


def test_long_texts_are_compared_by_clauses() -> None:
    old = "".join(f"第{i}项工作由第{i % 9}科室负责，已经完成。" for i in range(900))
    new = old.replace("第450项工作由", "第450项任务由").replace("第13项工作", "第13项重点工作")
    assert [one.text for one in edits(old, new)] == ["重点", "任务"]
