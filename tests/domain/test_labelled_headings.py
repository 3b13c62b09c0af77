"""Which lines head the issues of a chapter whose answers bear labels."""

from __future__ import annotations

import pytest

from zhenggai_desktop.domain.labelled_headings import labelled_headings
from zhenggai_desktop.domain.plan import PlanNote
from zhenggai_desktop.domain.source_lines import make_line


def headed(texts: list[str]) -> tuple[list[str], list[tuple[str, int]]]:
    lines = [make_line(number, text) for number, text in enumerate(texts, 1)]
    doubts: list[PlanNote] = []
    flags = labelled_headings(lines, doubts)
    return (
        [line.text for line, flag in zip(lines, flags, strict=True) if flag],
        [(doubt.code, doubt.line) for doubt in doubts],
    )


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (
            ["（一）甲方面", "1.甲问题", "整改情况：甲。", "2.乙问题", "整改情况：乙。"],
            (["（一）甲方面", "1.甲问题", "2.乙问题"], []),
        ),
        (
            ["（一）甲方面", "总的说来，重视。", "1.甲问题", "整改情况：甲。", "2.乙问题", "整改情况：乙。"],
            (["（一）甲方面", "1.甲问题", "2.乙问题"], []),
        ),
        (
            ["（一）甲方面", "总的说来，重视。", "又说。", "再说。", "1.甲问题", "整改情况：甲。"],
            (["（一）甲方面", "1.甲问题"], []),
        ),
        (
            ["（一）甲方面", "总的说来，重视。", "又说。", "再说。", "还说。", "1.甲问题", "整改情况：甲。"],
            (["1.甲问题"], []),
        ),
        (["（一）甲方面；", "总的说来，重视。", "1.甲问题", "整改情况：甲。"], (["1.甲问题"], [])),
        (["（一）甲方面", "责任单位：办公室", "1.甲问题", "整改情况：甲。"], (["1.甲问题"], [])),
        (
            ["1.甲问题", "整改情况：", "1.补学。", "2.补课。", "2.乙问题", "整改情况：乙。"],
            (["1.甲问题", "2.乙问题"], []),
        ),
        (
            ["1.甲问题", "整改措施：", "（1）补学。", "（2）补课。", "整改成效：好。", "2.乙问题", "整改措施：丙。"],
            (["1.甲问题", "2.乙问题"], []),
        ),
        (["1.甲问题", "整改成效：好。", "2.乙问题", "整改成效：好。"], (["1.甲问题", "2.乙问题"], [])),
        (
            ["1.甲问题", "整改情况：甲。", "整改成效：好。", "2.乙问题", "整改情况：乙。", "责任单位：办公室"],
            (["1.甲问题", "2.乙问题"], []),
        ),
        (
            ["1.甲问题。整改情况：甲。", "2.乙问题。整改情况：乙。"],
            (["1.甲问题。整改情况：甲。", "2.乙问题。整改情况：乙。"], []),
        ),
        (
            ["一、总体", "（一）甲方面", "1.甲问题", "整改情况：甲。", "2.乙问题", "3.丙问题", "整改情况：丙。"],
            (["一、总体", "（一）甲方面", "1.甲问题", "2.乙问题", "3.丙问题"], [("no_answer", 5)]),
        ),
        (
            ["一、总体", "（一）甲方面", "1.甲问题", "整改情况：甲。", "3.乙问题", "4.丙问题", "整改情况：丙。"],
            (["一、总体", "（一）甲方面", "1.甲问题", "4.丙问题"], []),
        ),
        (
            ["1.甲问题", "整改情况：甲。", "2.乙问题。后面还有话", "3.丙问题", "整改情况：丙。"],
            (["1.甲问题", "3.丙问题"], []),
        ),
        (["一、主要做法", "抓好落实。", "二、整改", "1.甲问题", "整改情况：甲。"], (["二、整改", "1.甲问题"], [])),
        (["（一）甲方面。", "总的说来。", "1.甲问题", "整改情况：甲。"], (["1.甲问题"], [])),
        (
            ["1.甲问题", "问题表现：不深入。", "整改情况：甲。", "2.乙问题", "问题表现：不扎实。", "整改情况：乙。"],
            (["1.甲问题", "2.乙问题"], []),
        ),
    ],
)
def test_an_answers_label_follows_what_heads_an_issue(
    given: list[str], expected: tuple[list[str], list[tuple[str, int]]]
) -> None:
    """Or other headings do; a number that goes on with a row is one too, which is a doubt."""
    assert headed(given) == expected
