"""The days by which a feedback document asks for something."""

from __future__ import annotations

import datetime as dt

import pytest

from zhenggai_desktop.domain.due_periods import read_due_periods
from zhenggai_desktop.domain.records import LedgerFacts


def due(text: str) -> tuple[str | None, ...]:
    """Of a plan, the concentrated period and a report, counted from feedback of 20 March 2025."""
    facts = read_due_periods(LedgerFacts(feedback_date=dt.date(2025, 3, 20)), text)
    return tuple(day and day.isoformat() for day in (facts.plan_due, facts.concentrated_end, facts.report_due))


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("1个月内报送整改方案。", ("2025-04-20", None, None)),
        ("收到反馈后1个月内报送整改方案，3个月内报送整改进展情况报告。", ("2025-04-20", "2025-06-20", "2025-06-20")),
        ("集中整改期限为3个月。", (None, "2025-06-20", None)),
        ("6个月的集中整改。", (None, "2025-09-20", None)),
        ("集中整改3个月，集中整改结束后15日内报送报告。", (None, "2025-06-20", "2025-07-05")),
        ("集中整改结束后15日内报送报告。", (None, None, None)),
        ("十日内报送整改方案、两个月内报送进展情况。", ("2025-03-30", "2025-05-20", "2025-05-20")),
        ("1个月内完成。", (None, None, None)),
        ("30天内上报整改方案。", ("2025-04-19", None, None)),
        ("0个月内报送整改方案。", (None, None, None)),
        ("1个月内报送整改方案，2个月内报送整改方案。", ("2025-04-20", None, None)),
        ("请于4月10日前报送整改方案，6月底前报送整改情况报告。", ("2025-04-10", "2025-06-30", "2025-06-30")),
        ("请于2025年4月1日前制定整改方案。", ("2025-04-01", None, None)),
        ("次年1月31日前报送整改情况报告。", (None, "2026-01-31", "2026-01-31")),
        ("集中整改期限为3个月，到期一周内上报集中整改情况。", (None, "2025-06-20", "2025-06-27")),
        ("收到反馈两周内报送整改方案。", ("2025-04-03", None, None)),
        ("上轮巡察后未在15日内报送整改方案，2024年7月1日前没有报告进展情况。", (None, None, None)),
        ("2024年7月1日前报送整改方案，2月30日前报告进展情况。", (None, None, None)),
    ],
)
def test_periods_run_from_the_feedback(given: str, expected: tuple[str | None, ...]) -> None:
    """Or from the end of the concentrated period."""
    assert due(given) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("自反馈之日起两个月内，向区委巡察办报送整改方案。", ("2025-05-20", None, None)),
        ("请在收到反馈意见后20天之内，将整改方案报市委巡察办。", ("2025-04-09", None, None)),
        ("自收到反馈意见之日起，30个自然日内，报送整改方案。", ("2025-04-19", None, None)),
        ("自2025年4月1日起30日内报送整改方案。", ("2025-05-01", None, None)),
        ("自4月1日起，两个月内报送整改情况报告。", (None, "2025-06-01", "2025-06-01")),
        (
            "请于4月30日前将“回头看”整改方案、6月30日前将整改情况报县委巡察办。",
            ("2025-04-30", "2025-06-30", "2025-06-30"),
        ),
        ("半年内报送整改情况报告。", (None, "2025-09-20", "2025-09-20")),
    ],
)
def test_a_period_may_stand_in_front_of_a_comma_or_run_from_a_stated_day(
    given: str, expected: tuple[str | None, ...]
) -> None:
    assert due(given) == expected


@pytest.mark.parametrize(
    "given",
    [
        "请于反馈之日起15个工作日内报送整改方案。",
        "请于反馈后十五个工作日内，报送整改方案。",
        "自党委会审议通过之日起30日内报送整改方案。",
        "方案印发后，两个月内完成集中整改。",
        "整改方案审定后10日内报区委巡察办备案。",
        "党委会后10日内报送整改方案。",
        "每3个月内报送一次整改情况。",
        "上半年内报送整改情况。",
    ],
)
def test_a_day_that_cannot_be_known_is_not_proposed(given: str) -> None:
    """Working days need the calendar of holidays; other periods run from what has no day yet."""
    assert due(given) == (None, None, None)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("集中整改6月20日前完成，7月5日前报送整改情况报告。", ("2025-06-20", "2025-07-05")),
        ("6月15日前完成集中整改并于6月30日前报送集中整改进展情况报告。", ("2025-06-15", "2025-06-30")),
        ("于6月15日前完成集中整改任务、6月30日前报送集中整改进展情况报告。", ("2025-06-15", "2025-06-30")),
        ("集中整改时间为2025年3月20日至2025年6月20日。", ("2025-06-20", None)),
        ("集中整改从3月20日开始，至6月20日结束，7月5日前报送整改情况报告。", ("2025-06-20", "2025-07-05")),
        ("集中整改期（2025年3月至6月）内逐条销号。", ("2025-06-30", None)),
        ("上轮巡察集中整改时间为3月1日至5月31日，仍有5个问题没有完成。", (None, None)),
        ("2023年集中整改时间为3月1日至5月31日。", (None, None)),
        ("集中整改完成后15日内报送报告。", (None, None)),
        ("3个月内，完成集中整改，并于集中整改结束后10日内报送整改情况报告。", ("2025-06-20", "2025-06-30")),
    ],
)
def test_the_concentrated_period_ends_before_the_report(given: str, expected: tuple[str | None, ...]) -> None:
    assert due(given)[1:] == expected
