"""What the narrative chapters tell of the feedback cannot have been done before it."""

from __future__ import annotations

import pytest
from test_proofread_rules import CLEAN, findings

PROSE = "逐一审核把关。"  # ends a paragraph of a narrative chapter; the feedback is of 20 June 2025


@pytest.mark.parametrize(
    ("words", "dates"),
    [
        ("2025年6月19日召开会议研究反馈意见。", ["2025年6月19日"]),
        ("2025年6月20日召开会议研究反馈意见。", []),
        ("2024年6月19日召开会议研究反馈意见。", ["2024年6月19日"]),
        ("6月19日召开会议研究反馈意见。", ["6月19日"]),
        ("4月6日召开会议研究反馈意见。", ["4月6日"]),
        ("4月5日召开会议研究反馈意见。", []),  # so far before it is of another year
        ("上次巡察后，2024年6月19日召开会议研究反馈意见。", []),
        ("2025年6月召开会议研究反馈意见。", []),
        ("6月10日至6月19日召开会议研究反馈意见。", []),
        ("2025年6月19日召开会议研究工作。", []),
        ("2025年5月1日印发整改方案。", ["2025年5月1日"]),
    ],
)
def test_the_feedback_is_not_answered_before_it(words: str, dates: list[str]) -> None:
    """A date without a year counts where it is within 75 days before the feedback."""
    assert PROSE in CLEAN
    told = findings(CLEAN.replace(PROSE, PROSE + words, 1))
    assert [finding.words for finding in told if finding.code == "answered-before"] == dates


@pytest.mark.parametrize(
    ("gone", "messages"),
    [
        ("根据区委统一部署，", []),  # 按照巡察工作有关规定 says it too
        ("2025年6月20日，区委第二巡察组向云溪街道党工委反馈了巡察意见。", ["开头没有写明反馈日期"]),
        ("，2025年3月10日至5月16日", ["开头没有写明巡察的起止日期"]),
        ("中共清河区云溪街道工作委员会关于区委巡察整改进展情况的通报\n", ["缺少标题"]),
        ("\n2025年12月25日", ["缺少落款日期"]),
    ],
)
def test_what_a_notice_must_have_is_missed(gone: str, messages: list[str]) -> None:
    """Each part by itself, and nothing else with it (domain.md §9.4)."""
    assert gone in CLEAN
    told = findings(CLEAN.replace(gone, "", 1))
    assert [finding.message for finding in told if finding.code == "required-part"] == messages


@pytest.mark.parametrize(
    ("old", "new", "words", "message"),
    [
        (
            "2025年6月20日，",
            "2025年4月20日，",
            "2025年4月20日",
            "巡察反馈日期2025年4月20日早于巡察结束日期2025年5月16日",
        ),
        ("至5月16日", "至2月16日", "", "巡察结束日期2025年2月16日早于巡察开始日期2025年3月10日"),
        ("2025年12月25日", "2025年6月15日", "2025年6月15日", "通报日期2025年6月15日早于巡察反馈日期2025年6月20日"),
    ],
)
def test_the_steps_of_an_inspection_follow_one_another(old: str, new: str, words: str, message: str) -> None:
    """Told at the later step's date where the text has it."""
    told = [finding for finding in findings(CLEAN.replace(old, new)) if finding.code == "date-order"]
    assert [(finding.words, finding.message) for finding in told] == [(words, message)]


@pytest.mark.parametrize(
    ("end", "told"),
    [("此项工作长期坚持", ["持"]), ("此项工作长期坚持。", []), ("此项工作长期坚持，", ["，"])],
)
def test_an_answer_ends_with_a_stop(end: str, told: list[str]) -> None:
    text = CLEAN.replace("此项工作长期坚持。", end)
    assert [finding.words for finding in findings(text) if finding.code == "unfinished-paragraph"] == told
