"""Which lines of a chapter are headings, how deep they stand, and which words answer them."""

from __future__ import annotations

import pytest

from zhenggai_desktop.domain.issue_tree import Node, category_of, notice_tree
from zhenggai_desktop.domain.records import SectionCategory
from zhenggai_desktop.domain.source_lines import make_line


def headings(*texts: str) -> list[str]:
    """The headings that are found in a notice's chapter, inner ones indented."""
    tree = notice_tree([make_line(number, text) for number, text in enumerate(texts, 1)])

    def told(node: Node, depth: int) -> list[str]:
        return ["  " * depth + node.heading, *(line for child in node.children for line in told(child, depth + 1))]

    return [line for root in tree.roots for line in told(root, 0)]


def test_one_label_alone_does_not_decide_that_answers_are_labelled() -> None:
    found = headings("1.针对学习不深入问题。", "整改情况：已整改。", "2.针对会风不实问题。", "会议少了三成。")
    assert found == ["1.针对学习不深入问题。", "2.针对会风不实问题。"]


@pytest.mark.parametrize(("words", "heads"), [("台账不清", True), ("逐项核对，" * 12 + "全部更正", False)])
def test_a_number_that_goes_on_without_an_answer_heads_an_issue_unless_it_is_long(words: str, heads: bool) -> None:
    found = headings("1.学习少。", "整改情况：已学。", "2.会风差。", "整改情况：已改。", "会议减少。", f"3.{words}。")
    assert (f"3.{words}。" in found) is heads


def test_where_most_headings_are_worded_so_a_number_out_of_turn_is_none() -> None:
    issues = [f"{number}.针对第{number}项问题。" for number in range(1, 6)]
    assert headings(*issues[:3], "9.开展学习12次。", *issues[3:]) == issues


def test_of_two_kinds_worded_alike_the_inner_one_numbers_the_issues() -> None:
    assert headings("（一）针对作风问题。", "1.针对会风问题。") == ["（一）针对作风问题。", "  1.针对会风问题。"]


def test_a_first_sentence_too_long_for_a_heading_is_not_split_off() -> None:
    long, short = "针对" + "学习不深入、" * 25 + "台账不清问题。", "针对台账不清问题。"
    assert headings(f"1.{short}一是建账。", f"2.{long}一是建账。") == [f"1.{short}", f"2.{long}一是建账。"]


def test_a_sentence_that_mentions_a_list_is_not_its_heading() -> None:
    def category(heading: str) -> SectionCategory:
        return category_of(Node(make_line(1, heading), heading, 2))

    assert category("（二）举一反三自查自纠") is SectionCategory.EXTENSION
    assert category("（二）" + "落实责任，完善机制，" * 6 + "举一反三") is SectionCategory.FEEDBACK
