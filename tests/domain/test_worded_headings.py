"""Which lines head the issues of a chapter whose answers bear no labels."""

from __future__ import annotations

from zhenggai_desktop.domain.source_lines import make_line
from zhenggai_desktop.domain.worded_headings import worded_headings


def headed(*texts: str) -> list[str]:
    lines = [make_line(number, text) for number, text in enumerate(texts, 1)]
    return [line.text for line, flag in zip(lines, worded_headings(lines), strict=True) if flag]


def test_headings_without_numbers_leave_parts_and_small_numbers_to_the_prose() -> None:
    texts = (
        "（一）理论学习方面",
        "关于“学习不深入”的问题",
        "第一部分的学习已经补上。",
        "1.补学文件3份。",
        "关于“调研不扎实”的问题",
        "已开展调研。",
    )
    assert headed(*texts) == [texts[0], texts[1], texts[4]]


def test_the_kind_most_often_worded_so_numbers_the_issues() -> None:
    texts = (
        "一、关于“学习不深入”的问题",
        "1.补学文件3份。",
        "2.开展研讨。",
        "二、关于“调研不扎实”的问题",
        "1.开展调研。",
    )
    assert headed(*texts) == [texts[0], texts[3]]


def test_where_nothing_is_worded_so_the_kind_with_answers_that_run_in_does() -> None:
    texts = (
        "一、思想建设方面",
        "1.学习不深入。一是补学文件。",
        "2.调研不扎实。一是开展调研。",
        "（1）下沉一线。",
    )
    assert headed(*texts) == [texts[0], texts[1], texts[2]]


def test_where_nothing_tells_the_innermost_kind_numbers_them() -> None:
    assert headed("一、甲方面", "（一）会风", "（二）文风") == ["一、甲方面", "（一）会风", "（二）文风"]


def test_three_of_five_that_name_what_is_wrong_are_enough() -> None:
    texts = (
        "1.理论学习不深入。",
        "（1）补学文件。",
        "2.调查研究不扎实。",
        "（1）下沉一线。",
        "3.作风建设抓得不严。",
        "4.支部工作情况。",
        "5.其他情况。",
    )
    assert headed(*texts) == [texts[0], texts[2], *texts[4:]]


def test_prose_has_no_headings() -> None:
    assert headed("整改工作有序推进。", "取得阶段性成效。") == []
