"""Edits turn one text into the other, keep numbers whole, and merge with those of somebody else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhenggai_desktop.domain.text_diff import Edit, Fate, applied, edits, marked, merged, moved_place, pieces

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


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("召开会议十二次。", "召开会议二十次。", "召开会议[十二]<二十>次。"),
        ("用了Word文档。", "用了WPS文档。", "用了[Word]<WPS>文档。"),
        ("甲乙丙丁", "甲丁", "甲[乙丙]丁"),
        ("甲\n乙", "甲乙", "甲[\n]乙"),
        ("一二", "一三", "[一二]<一三>"),
    ],
)
def test_numbers_and_latin_words_are_never_taken_apart(old: str, new: str, expected: str) -> None:
    assert shown(old, new) == expected


@pytest.mark.parametrize(
    ("old", "new", "count"),
    [
        ("天地玄黄某宇宙洪荒", "日月盈昃某辰宿列张", 1),  # one character survived by chance
        ("天地玄黄某某某宇宙洪荒", "日月盈昃某某某辰宿列张", 1),
        ("天地玄黄某某某某宇宙洪荒", "日月盈昃某某某某辰宿列张", 2),
        ("天地玄黄。宇宙洪荒", "日月盈昃。辰宿列张", 2),  # a sentence's end parts them
        ("天某地", "日某月", 2),  # as long as the changes beside it
        ("天地某玄黄", "日月某盈昃", 1),
    ],
)
def test_a_short_remnant_between_two_longer_changes_reads_as_one(old: str, new: str, count: int) -> None:
    assert len(edits(old, new)) == count
    assert len(edits(old, new, readable=False)) == (1 if old[0] == new[0] else 2)


def test_pieces_put_what_went_before_what_came() -> None:
    assert [piece.fate for piece in pieces("甲乙丙", "甲丁丙")] == [Fate.KEPT, Fate.REMOVED, Fate.ADDED, Fate.KEPT]
    assert [piece.text for piece in marked("甲乙丙", [Edit(1, 2, "丁", 1)])] == ["甲", "乙", "丁", "丙"]
    assert marked("甲", ()) == pieces("甲", "甲")
    assert pieces("", "") == ()


def test_edits_can_be_applied_one_by_one() -> None:
    old, new = "一是开展检查3次，发现问题5个。", "一是开展检查4次，发现问题6个。"
    first, second = edits(old, new)
    assert applied(old, [first]) == "一是开展检查4次，发现问题5个。"
    assert applied(old, [second]) == "一是开展检查3次，发现问题6个。"


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "together"),
    [
        ("甲乙丙丁", "新甲乙丙丁", "甲乙丙丁末", "新甲乙丙丁末"),
        ("甲乙丙丁", "甲丙丁", "甲乙丁", None),  # what lies side by side makes one phrase
        ("甲乙丙丁", "乙丙丁", "甲乙丙", "乙丙"),
        ("甲乙丙丁", "甲改丙丁", "甲改丙末", "甲改丙末"),  # both made the same change
        ("甲乙丙", "甲X丙", "甲丙", None),
        ("甲乙丙丁戊", "甲乙丙戊", "甲丙丁戊", "甲丙戊"),
        (
            "有8个。现公布。",
            "有{数}个。新句。现公布。",
            "有8个。新句。现公布。",
            "有{数}个。新句。现公布。",
        ),
        ("有8个。旧句。现公布。", "有{数}个。现公布。", "有8个。现公布。", "有{数}个。现公布。"),
    ],
)
def test_merging_two_hands(base: str, ours: str, theirs: str, together: str | None) -> None:
    assert merged(base, ours, theirs) == together
    assert merged(base, theirs, ours) == together


@pytest.mark.parametrize(("place", "begin", "end"), [(0, 0, 0), (1, 1, 3), (2, 3, 3), (3, 4, 5), (4, 5, 5)])
def test_where_a_place_of_the_old_text_lies_in_the_new(place: int, begin: int, end: int) -> None:
    """甲[乙]<新新>丙[丁]<戊>: inside a change that is its beginning, with ``after`` its end."""
    changes = [Edit(1, 2, "新新", 1), Edit(3, 4, "戊", 4)]
    assert (moved_place(changes, place), moved_place(changes, place, after=True)) == (begin, end)


@pytest.mark.parametrize(("place", "begin", "end"), [(0, 0, 0), (1, 1, 3), (2, 4, 4)])
def test_a_place_at_an_insertion(place: int, begin: int, end: int) -> None:
    changes = [Edit(1, 1, "新新", 1)]
    assert (moved_place(changes, place), moved_place(changes, place, after=True)) == (begin, end)
