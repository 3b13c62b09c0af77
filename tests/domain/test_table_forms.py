"""Tables of issues of many forms, and what is read from each."""

from __future__ import annotations

import pytest
from ledger_tables import document

from zhenggai_desktop.domain.feedback import understand
from zhenggai_desktop.domain.plan import ProposedIssue
from zhenggai_desktop.domain.records import DocumentKind


def lines(issue: ProposedIssue, depth: int = 0) -> list[str]:
    measures = "；".join(f"{each.record.content}→{each.record.progress}" for each in issue.measures)
    record = issue.record
    own = f"{'　' * depth}{issue.number}|{record.title}|{record.original_text}|{measures}"
    return [own, *(line for child in issue.issues for line in lines(child, depth + 1))]


def shape(rows: list[list[str]]) -> tuple[list[str], list[str]]:
    """Sections, and of each issue number, title, words and measures; what the reader doubts."""
    plan = understand(document(rows))
    read: list[str] = []
    for section in plan.sections:
        read.append(f"#{section.record.title}" if section.record else "#")
        read += [line for issue in section.issues for line in lines(issue)]
    return read, [f"{doubt.code}：{doubt.text}" for doubt in plan.doubts]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (
            [
                ["序号", "存在问题", "整改措施", "整改进展"],
                ["1", "甲", "子", "丑"],
                ["2", "乙", "寅", "卯"],
                ["4", "丙", "辰", "巳"],
            ],
            (["#", "1|甲||子→丑", "2|乙||寅→卯", "4|丙||辰→巳"], ["number：序号“4”接在“2”之后，编号不连续"]),
        ),
        (
            [
                ["序号", "存在问题", "整改措施", "整改进展"],
                ["1", "甲", "子", "丑"],
                ["2", "乙", "寅", "卯"],
                ["2", "丙", "辰", "巳"],
            ],
            (["#", "1|甲||子→丑", "2|乙||寅→卯", "2|丙||辰→巳"], ["number：序号“2”接在“2”之后，编号不连续"]),
        ),
        (
            [
                ["序号", "存在问题", "整改措施", "整改进展"],
                ["1", "甲", "子", "丑"],
                ["2", "乙", "寅", "卯"],
                ["1", "丙", "辰", "巳"],
            ],
            (["#", "1|甲||子→丑", "2|乙||寅→卯", "1|丙||辰→巳"], []),
        ),
        (
            [
                ["序号", "存在问题", "整改措施", "整改进展"],
                ["1", "甲", "子", "丑"],
                ["2", "^", "寅", "卯"],
                ["3", "丙", "辰", "巳"],
            ],
            (["#", "1|甲||子→丑；寅→卯", "3|丙||辰→巳"], []),
        ),
        (
            [
                ["序号", "存在问题", "整改措施", "整改进展"],
                ["1", "甲", "子", "丑"],
                ["^", "^", "寅", "卯"],
                ["3", "丙", "辰", "巳"],
            ],
            (["#", "1|甲||子→丑；寅→卯", "3|丙||辰→巳"], ["number：序号“3”接在“1”之后，编号不连续"]),
        ),
        (
            [
                ["序号", "反馈方面", "存在问题", "具体表现", "整改措施", "整改进展"],
                ["1", "党建方面", "甲", "甲一。详情。", "子", "丑"],
                ["^", "^", "^", "甲二", "寅", "卯"],
                ["2", "廉政方面", "乙", "乙一", "辰", "巳"],
            ],
            (["#党建方面", "1|甲||", "　|甲一|详情。|子→丑", "　|甲二||寅→卯", "#廉政方面", "2|乙|乙一|辰→巳"], []),
        ),
        (
            [
                ["序号", "反馈方面", "存在问题", "具体表现", "整改措施", "整改进展"],
                ["1", "党建方面", "甲", "1.甲一。2.甲二。", "子", "丑"],
            ],
            (["#党建方面", "1|甲||子→丑", "　|甲一||", "　|甲二||"], []),
        ),
        (
            [
                ["序号", "反馈方面", "存在问题", "具体表现", "整改措施", "整改进展"],
                ["1", "党建方面", "甲", "总的来看。1.甲一。2.甲二。", "子", "丑"],
            ],
            (["#党建方面", "1|甲|总的来看。1.甲一。2.甲二。|子→丑"], []),
        ),
        (
            [
                ["序号", "反馈方面", "存在问题", "具体表现", "整改措施", "整改进展"],
                ["1", "党建方面", "甲", "甲一", "子", "丑"],
                ["^", "^", "^", "甲二", "^", "^"],
            ],
            (["#党建方面", "1|甲||子→丑", "　|甲一||", "　|甲二||"], []),
        ),
        (
            [["序号", "存在问题", "整改措施", "整改进展"], ["1", "1.甲。2.乙。", "子", "丑"]],
            (["#", "1|甲|2.乙。|子→丑"], []),
        ),
        (
            [["序号", "存在问题", "整改措施", "整改进展"], ["1", "甲不深入：1.甲一。2.甲二。", "子", "丑"]],
            (["#", "1|甲不深入：1.甲一|2.甲二。|子→丑"], []),
        ),
        (
            [["序号", "存在问题", "整改措施", "整改进展"], ["1", "甲。详情很多。", "1.子。2.寅。", "1.丑。2.卯。"]],
            (["#", "1|甲|详情很多。|子。→丑。；寅。→卯。"], []),
        ),
        (
            [["序号", "存在问题", "整改措施", "整改进展"], ["1", "甲：", "1.子。2.寅。", "丑"]],
            (["#", "1|甲||子。→；寅。→"], ["progress：“甲”有2条措施，整改情况是1段，没有逐条对应"]),
        ),
        (
            [["序号", "存在问题", "整改措施", "整改进展"], ["1", "", "子", "丑"], ["2", "乙", "寅", "卯"]],
            (["#", "1|||子→丑", "2|乙||寅→卯"], ["row_without_issue：这一行没有写问题，请核对归属"]),
        ),
        (
            [["存在问题", "整改措施", "整改进展"], ["1.甲", "子", "丑"], ["2.乙", "寅", "卯"]],
            (["#", "1.|甲||子→丑", "2.|乙||寅→卯"], []),
        ),
    ],
)
def test_a_table_is_read(given: list[list[str]], expected: tuple[list[str], list[str]]) -> None:
    """Numbers in turn, details beside their own measures, lists in one cell, words behind a title."""
    assert shape(given) == expected


def test_a_form_that_hands_issues_over_waits_to_be_filled() -> None:
    """Its cells stand beside their captions; without any word on what was done it is no notice."""
    form = [
        ["被巡察单位", "县市场监管局", "移交时间", "2025年4月2日"],
        ["移交问题", "1.窗口在岗率低。\n2.用车未公示。", "<", "<"],
        ["整改要求", "立行立改，10个工作日内反馈整改情况", "<", "<"],
        ["整改情况", "", "<", "<"],
        ["巡察组意见", "", "<", "<"],
    ]
    plan = understand(document("立行立改问题移交清单", form))
    (section,) = plan.sections
    (issue,) = section.issues
    assert [child.record.title for child in issue.issues] == ["窗口在岗率低", "用车未公示"]
    assert issue.record.recommendations == ("立行立改，10个工作日内反馈整改情况",)
    assert plan.document is DocumentKind.FEEDBACK
