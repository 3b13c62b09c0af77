"""A source's paragraphs made ready to be understood, each change noted with its line."""

from __future__ import annotations

import pytest

from zhenggai_desktop.domain.blocks import SourceDocument, SourceParagraph
from zhenggai_desktop.domain.source_lines import lines_of


def made(texts: list[str]) -> tuple[list[tuple[int, str]], list[tuple[str, int]]]:
    source = SourceDocument("文本", tuple(SourceParagraph(i, text) for i, text in enumerate(texts, 1)))
    lines, notes = lines_of(source)
    return [(line.number, line.text) for line in lines], [(note.code, note.line) for note in notes]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (["甲,乙"], ([(1, "甲，乙")], [("width", 1)])),
        (
            ["已整改到位。一、主要做法", "（一）甲"],
            ([(1, "已整改到位。"), (1, "一、主要做法"), (2, "（一）甲")], [("glued_heading", 1)]),
        ),
        (["已整改到位。一、主要做法。"], ([(1, "已整改到位。一、主要做法。")], [])),
        (["中共青川镇委员会2024年12月8日"], ([(1, "中共青川镇委员会"), (1, "2024年12月8日")], [("glued_date", 1)])),
        (["青川镇委员会于2024年12月8日"], ([(1, "青川镇委员会于2024年12月8日")], [])),
        (["问题一", "学习不深入"], ([(1, "问题一：学习不深入")], [("number_alone", 2)])),
        (["问题一：", "学习不深入"], ([(1, "问题一：学习不深入")], [("number_alone", 2)])),
        (["问题一", "整改情况：甲"], ([(1, "问题一"), (2, "整改情况：甲")], [])),
        (["问题一", "1.甲"], ([(1, "问题一"), (2, "1.甲")], [])),
        (
            [
                "问题一",
                "长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长",
            ],
            (
                [
                    (1, "问题一"),
                    (
                        2,
                        "长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长",
                    ),
                ],
                [],
            ),
        ),
        (
            [
                "问题一",
                "长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长",
            ],
            (
                [
                    (
                        1,
                        "问题一：长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长",
                    )
                ],
                [("number_alone", 2)],
            ),
        ),
        (["镇党委高度重视，", "认真整改。"], ([(1, "镇党委高度重视，认真整改。")], [("broken_sentence", 2)])),
        (
            ["镇党委高度重视。认真整改并", "按时完成。"],
            ([(1, "镇党委高度重视。认真整改并按时完成。")], [("broken_sentence", 2)]),
        ),
        (["镇党委高度重视并", "按时完成。"], ([(1, "镇党委高度重视并"), (2, "按时完成。")], [])),
        (["镇党委高度重视、", "1.按时完成。"], ([(1, "镇党委高度重视、"), (2, "1.按时完成。")], [])),
        (["镇党委高度重视，", "整改情况：按时。"], ([(1, "镇党委高度重视，"), (2, "整改情况：按时。")], [])),
        (
            ["镇党委高度重视。并", "青川镇委员会", "2024年12月8日"],
            ([(1, "镇党委高度重视。并"), (2, "青川镇委员会"), (3, "2024年12月8日")], []),
        ),
        (["镇党委高度重视。并", "2024年12月8日"], ([(1, "镇党委高度重视。并"), (2, "2024年12月8日")], [])),
        (["镇党委高度重视。并", "【反馈】甲"], ([(1, "镇党委高度重视。并"), (2, "【反馈】甲")], [])),
        (["镇党委高度重视。", "按时完成。"], ([(1, "镇党委高度重视。"), (2, "按时完成。")], [])),
        (["1.短。并", "按时完成。"], ([(1, "1.短。并"), (2, "按时完成。")], [])),
        (
            ["1.长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长。整改措施落实到位并", "按时完成。"],
            (
                [(1, "1.长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长。整改措施落实到位并按时完成。")],
                [("broken_sentence", 2)],
            ),
        ),
        (
            ["1.长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长。整改措施并", "按时完成。"],
            (
                [(1, "1.长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长。整改措施并"), (2, "按时完成。")],
                [],
            ),
        ),
        (
            ["1.长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长。整改措施并", "按时完成。"],
            (
                [
                    (1, "1.长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长。整改措施并"),
                    (2, "按时完成。"),
                ],
                [],
            ),
        ),
        (
            ["1.长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长。整改措施并", "按时完成。"],
            (
                [
                    (1, "1.长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长。整改措施并"),
                    (2, "按时完成。"),
                ],
                [],
            ),
        ),
        (["甲 乙"], ([(1, "甲乙")], [("spacing", 1)])),
        (['"甲"'], ([(1, "“甲”")], [("quotes", 1)])),
        (["甲", ""], ([(1, "甲")], [])),
    ],
)
def test_lines_are_split_and_joined(
    given: list[str], expected: tuple[list[tuple[int, str]], list[tuple[str, int]]]
) -> None:
    """Glued headings and dates stand on their own, a sentence broken in two is one again."""
    assert made(given) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (["1.学习不深入。中心组学习", "次数少。"], ["1.学习不深入。中心组学习次数少。"]),
        (["1.对上级决策部署的", "落实不力。"], ["1.对上级决策部署的落实不力。"]),
        (["1.落实“三会", "一课”制度不严。"], ["1.落实“三会一课”制度不严。"]),
        (["1.截至2024年", "5月，未完成3", "个项目。"], ["1.截至2024年5月，未完成3个项目。"]),
        (["1.学习不深入", "，研讨少。"], ["1.学习不深入，研讨少。"]),
        (["1.学习不深入", "中心组学习次数少。"], ["1.学习不深入", "中心组学习次数少。"]),
        (["1.学习不深入。", "中心组学习次数少。"], ["1.学习不深入。", "中心组学习次数少。"]),
        (["1.落实不力。进度慢", "2024年3个项目未开工", "李湾村1个停工"],) * 2,
        (["1.学习不深入。次数少", "2.研讨少。"], ["1.学习不深入。次数少", "2.研讨少。"]),
    ],
)
def test_a_soft_break_inside_a_sentence_parts_nothing(given: list[str], expected: list[str]) -> None:
    """Behind a heading it does; both stand in one paragraph."""
    lines, _ = lines_of(SourceDocument("文本", tuple(SourceParagraph(3, text) for text in given)))
    assert [line.text for line in lines] == expected


def test_a_bare_automatic_number_is_parted_from_the_words() -> None:
    paragraphs = (
        SourceParagraph(1, "1总体评价", auto_number="1"),
        SourceParagraph(2, "2.1分包管理", auto_number="2.1"),
    )
    lines, _ = lines_of(SourceDocument("文稿", paragraphs))
    assert [line.body for line in lines] == ["总体评价", "分包管理"]
