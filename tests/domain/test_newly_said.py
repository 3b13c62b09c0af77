"""What a department wrote since its last sheet."""

from __future__ import annotations

import pytest

from zhenggai_desktop.domain.newly_said import is_told, newly_said, says_something


@pytest.mark.parametrize(
    ("before", "after", "new"),
    [
        ("", "已开会。", "已开会。"),
        ("已开会。", "已开会。\n3月：已发文。", "3月：已发文。"),
        ("已开会", "已开会。已发文。", "已发文。"),  # only the stop was added
        ("甲。丙。", "甲。乙。丙。", "乙。"),
        ("甲。丙。", "乙。丙。丁。", "乙。丙。丁。"),  # as they stand there, so that they are found again
        ("已开 1 次。", "已开1次。", ""),
        ("甲。乙。", "甲。", ""),
        ("甲。", "", ""),
        ("", "/", ""),
        ("已开会。", "已开会。\n本月暂无进展。", ""),  # who says that nothing was done tells of no progress
    ],
)
def test_new_sentences_are_told_as_they_stand(before: str, after: str, new: str) -> None:
    assert newly_said(before, after) == new


@pytest.mark.parametrize(
    "words", ["", " ", "/", "——", "无", "暂无。", "暂无进展", "本月无新的进展。", "尚未启动", "未开展"]
)
def test_a_cell_that_was_filled_with_a_word_for_nothing_says_nothing(words: str) -> None:
    assert not says_something(words)


@pytest.mark.parametrize("words", ["已无问题", "无害化处理到位", "未开展活动已约谈", "没有进展的2项已约谈"])
def test_other_words_say_something(words: str) -> None:
    assert says_something(words)


@pytest.mark.parametrize(
    ("words", "text", "told"),
    [
        ("已开会3次。", "一是已开会3次，形成纪要。", True),
        ("已发文。\n已检查。", "已发文。\n已开会。已检查。", True),  # what two sheets told on one day
        ("已发文。\n已检查。", "已发文。", False),
        ("已完成", "已完成制度修订。", False),
        ("完成整改", "尚未完成整改。", False),
        ("", "已开会。", True),
    ],
)
def test_an_entry_is_told_where_its_words_stand_and_say_the_same(words: str, text: str, told: bool) -> None:
    assert is_told(words, text) is told
