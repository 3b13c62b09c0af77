"""What a department wrote since its last sheet."""

from __future__ import annotations

import pytest

from zhenggai_desktop.domain.newly_said import newly_said


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
    ],
)
def test_new_sentences_are_told_as_they_stand(before: str, after: str, new: str) -> None:
    assert newly_said(before, after) == new
