"""Which lines of a document head its chapters."""

from __future__ import annotations

import pytest

from zhenggai_desktop.domain.chapter_headings import chapter_headings
from zhenggai_desktop.domain.source_lines import make_line


def heads(texts: list[str]) -> list[str]:
    lines = [make_line(number, text) for number, text in enumerate(texts, 1)]
    return [line.text for line, flag in zip(lines, chapter_headings(lines), strict=True) if flag]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (["一、主要做法", "抓好落实。", "二、整改情况", "1.甲问题"], ["一、主要做法", "二、整改情况"]),
        (["第一部分 主要做法", "一、抓好落实", "第二部分 整改情况"], ["第一部分 主要做法", "第二部分 整改情况"]),
        (["一、主要做法", "下一步工作打算", "继续。"], ["一、主要做法", "下一步工作打算"]),
        (
            ["整改工作开展情况", "抓好落实。", "反馈问题整改落实情况", "1.甲问题"],
            ["整改工作开展情况", "反馈问题整改落实情况"],
        ),
        (["整改工作开展情况", "抓好落实。", "1.甲问题"], []),
        (["整改工作开展情况。", "抓好落实。", "反馈问题整改落实情况；"], []),
        (["做法", "抓好落实。", "反馈问题整改落实情况", "工作总体情况"], ["反馈问题整改落实情况", "工作总体情况"]),
        (
            ["整整整整整整整整整整整整整整整整整整整整工作开展整改情况", "抓好落实。", "反馈问题整改落实情况"],
            ["整整整整整整整整整整整整整整整整整整整整工作开展整改情况", "反馈问题整改落实情况"],
        ),
        (["整整整整整整整整整整整整整整整整整整整整整整整整整工作整改情况", "抓好落实。", "反馈问题整改落实情况"], []),
        (
            ["整整整整整整整整整整整整整整整整整整整整整整整整工作整改情况", "抓好落实。", "反馈问题整改落实情况"],
            ["整整整整整整整整整整整整整整整整整整整整整整整整工作整改情况", "反馈问题整改落实情况"],
        ),
        (
            ["（一）强化组织领导", "抓好落实。", "（二）甲方面", "1.学习不深入问题", "整改情况：补学。"],
            ["（一）强化组织领导", "（二）甲方面"],
        ),
        (
            ["（一）甲方面", "1.学习不深入问题", "整改情况：补学。", "（二）长效机制", "巩固。"],
            ["（一）甲方面", "（二）长效机制"],
        ),
        (
            [
                "（一）甲方面",
                "1.学习不深入问题",
                "整改情况：补学。",
                "（二）乙方面",
                "1.调研不扎实问题",
                "整改情况：补课。",
            ],
            [],
        ),
        (["（一）强化组织领导", "抓好落实。"], []),
        (["甲", "乙", "下一步打算"], ["下一步打算"]),
        (["甲", "乙", "下一步的工作和努力方向和打算以及很长的话"], []),
    ],
)
def test_chapters_are_headed(given: list[str], expected: list[str]) -> None:
    """第一部分 before 一、; without either the unnumbered headings of a web page, or （一）… where one is prose."""
    assert heads(given) == expected
