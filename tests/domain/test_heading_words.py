"""A heading taken apart: what it names, what it answers, and the words around them."""

from __future__ import annotations

import pytest

from zhenggai_desktop.domain.heading_forms import infer_pattern, read_heading, runs_through, sentence_end
from zhenggai_desktop.domain.schemes import BUILT_IN


def parts(body: str) -> tuple[tuple[str, ...], tuple[str, ...], str, str]:
    found = read_heading(body)
    return found.titles, found.recommendations, found.form.pattern(""), found.form.separator


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("针对学习不深入问题。", (("学习不深入",), (), "针对{title}问题。", "")),
        ("关于学习不深入方面的问题", (("学习不深入",), (), "关于{title}方面的问题", "")),
        ("关于“学习不深入”的问题", (("学习不深入",), (), "关于“{title}”的问题", "")),
        (
            "针对“甲”“乙”问题和“丙”整改意见，进行了以下整改。",
            (("甲", "乙"), ("丙",), "针对“{title}”问题和“{recommendations}”整改意见，进行了以下整改。", ""),
        ),
        ("针对“甲”、“乙”问题，进行了以下整改。", (("甲", "乙"), (), "针对“{title}”问题，进行了以下整改。", "、")),
        ("“甲”问题。", (("甲",), (), "“{title}”问题。", "")),
        ("学习不深入。", (("学习不深入",), (), "{title}。", "")),
        ("关于“甲”问题的整改情况", (("甲",), (), "关于“{title}”问题的整改情况", "")),
        ("针对“甲‘子’乙”问题。", (("甲“子”乙",), (), "针对“{title}”问题。", "")),
        ("针对“甲问题。", (("“甲",), (), "针对{title}问题。", "")),
        ("【反馈问题】甲", (("甲",), (), "【反馈问题】{title}", "")),
        ("关于甲", (("甲",), (), "关于{title}", "")),
        ("针对“甲”好", (("“甲”好",), (), "针对{title}", "")),
        ("针对“甲”问题和“丙”", (("“甲”问题和“丙”",), (), "针对{title}", "")),
        ("反馈问题：甲。", (("甲",), (), "反馈问题：{title}。", "")),
        (
            "针对“甲”“乙”问题和“丙”“丁”整改意见",
            (("甲", "乙"), ("丙", "丁"), "针对“{title}”问题和“{recommendations}”整改意见", ""),
        ),
        ("“甲”“乙”", (("甲", "乙"), (), "“{title}”", "")),
        ("针对“甲”。“乙”问题", (("“甲”。“乙”",), (), "针对{title}问题", "")),
    ],
)
def test_a_heading_is_taken_apart(given: str, expected: tuple[tuple[str, ...], tuple[str, ...], str, str]) -> None:
    """Without 关于, 针对 or quotation marks the whole is the title."""
    assert parts(given) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("甲。乙。", 2),
        ("“甲。”乙。", 6),
        ("（甲。）乙！", 6),
        ("甲", 0),
        ("甲？", 2),
        ("）甲。", 3),
        ("“甲。", 0),
        ("“甲（乙。）丙。”丁。", 11),
    ],
)
def test_the_first_sentence_ends_behind_its_stop(given: str, expected: int) -> None:
    """Quotations and brackets passed over; 0 where none ends."""
    assert sentence_end(given) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([[1, 2], [3, 4]], True),
        ([[1, 2], [1, 2]], False),
        ([[1, 2]], None),
        ([[1, 2], []], None),
        ([[1, 2], [3], [1]], True),
        ([[1, 2], [3], [4], [1]], True),
        ([], None),
        ([[1], [1]], False),
        ([[1, 2], [3], [1], [1]], False),
        ([[1], [2]], True),
    ],
)
def test_numbers_run_through_where_most_go_on(given: list[list[int]], expected: bool | None) -> None:
    """None where there is one group only."""
    assert runs_through(given) == expected


@pytest.mark.parametrize(
    ("headings", "pattern", "separator", "recommending"),
    [
        (["1.针对“甲”问题。", "2.针对“乙”问题。"], "{n}.针对“{title}”问题。", "", ""),
        (["1.针对“甲”、“乙”问题。", "2.针对“丙”问题。"], "{n}.针对“{title}”问题。", "、", ""),
        (
            ["1.针对“甲”“乙”问题。", "2.针对“丙”、“丁”问题。", "3.针对“戊”、“己”问题。"],
            "{n}.针对“{title}”问题。",
            "、",
            "",
        ),
        (
            ["1.针对“甲”问题和“乙”整改意见。", "2.针对“丙”问题。"],
            "{n}.针对“{title}”问题。",
            "",
            "{n}.针对“{title}”问题和“{recommendations}”整改意见。",
        ),
        (["1.针对甲问题。", "2.针对乙问题。", "3.关于丙的问题"], "{n}.针对{title}问题。", "", ""),
        (["问题一：甲", "问题二：乙"], "问题{n}：{title}", "", ""),
        (["甲", "1.乙", "2.丙"], "{n}.{title}", "", ""),
        (["一、关于“甲”问题的整改情况"], "{n}、关于“{title}”问题的整改情况", "", ""),
        ([], "{n}.针对{title}问题。", "", ""),
    ],
)
def test_the_pattern_is_the_one_that_most_headings_share(
    headings: list[str], pattern: str, separator: str, recommending: str
) -> None:
    """Of the heading itself, of what parts quoted issues, and of those that answer recommendations too."""
    found = infer_pattern(headings, BUILT_IN["a"].issue(1), restarts=True)
    assert (found.pattern, found.separator, found.with_recommendations) == (pattern, separator, recommending)
