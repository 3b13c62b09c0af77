"""Deadlines as clerks write them, and the dates that are read from them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhenggai_desktop.domain.deadlines import (
    Deadline,
    add_months,
    month_end,
    read_deadline,
    write_deadline,
)
from zhenggai_desktop.domain.lateness import Lateness, lateness
from zhenggai_desktop.domain.records import Track

FEEDBACK = dt.date(2025, 3, 20)
IMMEDIATE, DATED, STAGED = Track.IMMEDIATE, Track.DATED, Track.STAGED

WITH_DATE = [
    # full dates
    ("2025.6.30", "2025-06-30"),
    ("2025-06-30", "2025-06-30"),
    ("2025/6/30", "2025-06-30"),
    ("2025.06.30前", "2025-06-30"),
    ("20250630", "2025-06-30"),
    ("2025年6月30日", "2025-06-30"),
    ("2025年6月30日前", "2025-06-30"),
    ("2025年06月30日之前完成", "2025-06-30"),
    ("2025年6月30号前", "2025-06-30"),
    ("2025 年 6 月 30 日 前", "2025-06-30"),
    ("２０２５年６月３０日前", "2025-06-30"),
    ("２０２５．６．３０", "2025-06-30"),
    ("二〇二五年六月三十日", "2025-06-30"),
    ("二○二五年十二月三十一日前", "2025-12-31"),
    ("2025-06-30 00:00:00", "2025-06-30"),
    ("2025. 6. 30", "2025-06-30"),
    ("2024年2月29日前", "2024-02-29"),
    ("25.6.30", "2025-06-30"),
    ("25/06/30前", "2025-06-30"),
    ("25-6-30", "2025-06-30"),
    ("25.6.15-7.20", "2025-07-20"),
    ("25.6.30前完成", "2025-06-30"),
    ("2025。6。30", "2025-06-30"),
    # months
    ("25.6", "2025-06-30"),
    ("25.12月底", "2025-12-31"),
    ("25.3-25.6", "2025-06-30"),
    ("2025年12月底前", "2025-12-31"),
    ("2025年6月底", "2025-06-30"),
    ("2025年6月末前", "2025-06-30"),
    ("2025年6月", "2025-06-30"),
    ("2025年6月前", "2025-06-30"),
    ("2025年6月份", "2025-06-30"),
    ("2025.6", "2025-06-30"),
    ("2025-06", "2025-06-30"),
    ("2025/12前", "2025-12-31"),
    ("2025年2月底前", "2025-02-28"),
    ("2028年2月底前", "2028-02-29"),
    ("2025年6月上旬", "2025-06-10"),
    ("2025年6月中旬前", "2025-06-20"),
    ("2025年6月下旬", "2025-06-30"),
    ("2025年6月中", "2025-06-15"),
    ("25年6月底前", "2025-06-30"),
    ("二〇二五年六月底前", "2025-06-30"),
    # years, halves, quarters
    ("2025年底前", "2025-12-31"),
    ("2025年年底前", "2025-12-31"),
    ("2025年末", "2025-12-31"),
    ("2025年内", "2025-12-31"),
    ("2025年度内完成", "2025-12-31"),
    ("2025年", "2025-12-31"),
    ("25年底", "2025-12-31"),
    ("25年年底", "2025-12-31"),
    ("2026年上半年", "2026-06-30"),
    ("2025年下半年", "2025-12-31"),
    ("2025年第三季度", "2025-09-30"),
    ("2025年三季度末", "2025-09-30"),
    ("2026年1季度", "2026-03-31"),
    # no year: from the feedback of 20 March 2025 on
    ("6月底前", "2025-06-30"),
    ("6月30日前", "2025-06-30"),
    ("六月三十日前", "2025-06-30"),
    ("1月底前", "2026-01-31"),
    ("3月10日前", "2025-03-10"),
    ("6.30前", "2025-06-30"),
    ("12月", "2025-12-31"),
    ("年底前", "2025-12-31"),
    ("年内", "2025-12-31"),
    ("今年年底前", "2025-12-31"),
    ("本年度内", "2025-12-31"),
    ("明年6月底前", "2026-06-30"),
    ("次年3月底", "2026-03-31"),
    ("上半年", "2025-06-30"),
    ("第四季度", "2025-12-31"),
    ("一季度", "2025-03-31"),
    ("本月底前", "2025-03-31"),
    ("下月底前", "2025-04-30"),
    ("本月25日前", "2025-03-25"),
    ("下个月5号前完成", "2025-04-05"),
    ("下月中旬", "2025-04-20"),
    ("9月10前", "2025-09-10"),
    # periods from the feedback
    ("反馈后一个月内", "2025-04-20"),
    ("反馈后三个月", "2025-06-20"),
    ("自反馈之日起2个月内", "2025-05-20"),
    ("自反馈意见之日起二个月内", "2025-05-20"),
    ("反馈后1月内", "2025-04-20"),
    ("反馈后两月内", "2025-05-20"),
    ("1个月内", "2025-04-20"),
    ("两个月内完成", "2025-05-20"),
    ("6个月", "2025-09-20"),
    ("整改期限3个月", "2025-06-20"),
    ("半年内", "2025-09-20"),
    ("半个月内", "2025-04-04"),
    ("一个半月内", "2025-05-05"),
    ("一年内", "2026-03-20"),
    ("反馈之日起30日内", "2025-04-19"),
    ("15天内", "2025-04-04"),
    ("反馈后两周内", "2025-04-03"),
    # periods from a stated day
    ("自2025年4月1日起两个月内", "2025-06-01"),
    ("2025年4月1日起30日内", "2025-05-01"),
    ("4月1日开始3个月", "2025-07-01"),
    ("即日起至6月底", "2025-06-30"),
    ("2025年4月起至9月底", "2025-09-30"),
    # several dates: the last one counts
    ("2025年3月至2025年12月", "2025-12-31"),
    ("2025年4月—9月", "2025-09-30"),
    ("2025年11月至3月", "2026-03-31"),
    ("2025.3-2025.6", "2025-06-30"),
    ("3个月（2025年6月15日前）", "2025-06-15"),
    ("2025年4月1日前、6月底前", "2025-06-30"),
    # a year before a list or range: it holds for all of it
    ("2025年1-2月", "2025-02-28"),
    ("2025年1—2月", "2025-02-28"),
    ("2025年1至2月底前", "2025-02-28"),
    ("2025年1、2月份", "2025-02-28"),
    ("2025年一、二月底前", "2025-02-28"),
    ("25年1-2月", "2025-02-28"),
    ("2025年度1～2月", "2025-02-28"),
    ("2025年1月、2月", "2025-02-28"),
    ("2025年1-2月，2026年1-3月", "2026-03-31"),
    ("2025年3—12月", "2025-12-31"),
    ("2025年一、二季度", "2025-06-30"),
    ("2025年1-2季度", "2025-06-30"),
    ("2025年第一至第二季度", "2025-06-30"),
    ("2025年前三季度", "2025-09-30"),
    ("2025年上、下半年", "2025-12-31"),
    ("明年1-2月", "2026-02-28"),
    ("今年1、2月", "2025-02-28"),
    ("11月至次年1月", "2026-01-31"),
    ("2025年11-次年1月", "2026-01-31"),
    ("2024-2025年", "2025-12-31"),
    # days of one month
    ("2025年6月15-20日", "2025-06-20"),
    ("2025年6月15日至20日", "2025-06-20"),
    ("2025年6月15日、18日、20日前", "2025-06-20"),
    ("6月15～20日", "2025-06-20"),
    ("2025年6月15日前、20日前", "2025-06-20"),
    ("2025年6月15日至7月2日", "2025-07-02"),
    ("2025年6月15日，30日内完成", "2025-06-15"),
    ("2025.6.15-20", "2025-06-20"),
    ("2025.6.15-7.2", "2025-07-02"),
    ("2025.6.15至6月20日", "2025-06-20"),
    ("2025.12.25-2026.1.10", "2026-01-10"),
    ("2025.12.25-1.10", "2026-01-10"),
    ("2025.3-5", "2025-05-31"),
    ("2025.11-3", "2026-03-31"),
    ("2025.3-5月", "2025-05-31"),
    ("2025年汛期前，即5月底前", "2025-05-31"),
    ("2025年国庆节前（10月1日前）", "2025-10-01"),
    ("2025年完成", "2025-12-31"),
    ("2025年之前", "2025-12-31"),
    ("2025年以前完成", "2025-12-31"),
    ("2025年全年", "2025-12-31"),
    ("2025年内完成前期工作", "2025-12-31"),
]


@pytest.mark.parametrize(("text", "due"), WITH_DATE)
def test_a_date_is_read(text: str, due: str) -> None:
    assert read_deadline(text, feedback_date=FEEDBACK) == Deadline(text, dt.date.fromisoformat(due), DATED)


@pytest.mark.parametrize(
    ("text", "due", "track", "standing"),
    [
        ("立行立改", None, IMMEDIATE, False),
        ("每月5日前报送上月整改情况", None, None, False),
        ("立行立改，长期坚持", None, IMMEDIATE, True),
        ("立行立改、持续整改", None, IMMEDIATE, True),
        ("即知即改", None, IMMEDIATE, False),
        ("立即整改", None, IMMEDIATE, False),
        ("立行立改，2025年3月底前完成", "2025-03-31", IMMEDIATE, False),
        ("2025年6月底前，并长期坚持", "2025-06-30", DATED, True),
        ("长期坚持", None, None, True),
        ("长期", None, None, True),
        ("常态化推进", None, None, True),
        ("分阶段整改，2025年6月底前完成一期，2026年6月底前完成二期", "2026-06-30", STAGED, False),
        ("限期整改", None, DATED, False),
        ("已完成", None, None, False),
        ("", None, None, False),
        ("按照上级要求", None, None, False),
        ("每季度一次", None, None, False),
        ("每年12月底前", None, None, False),
        ("每3个月", None, None, False),
        ("持续推进至2025年底", "2025-12-31", DATED, False),
        ("15个工作日内", None, DATED, False),
        ("方案印发后一个月内", None, DATED, False),
        ("2025年2月30日前", None, DATED, False),
        ("2025年4月1日起长期坚持", None, DATED, True),
        ("2025年4月起3个月", None, DATED, False),
        ("2025年4月起每月开展", None, DATED, False),
        ("2025年4月1日起15个工作日内", None, DATED, False),
        ("2025年13月底前", None, DATED, False),
        ("2025.6.31", None, DATED, False),
        ("第五季度", None, DATED, False),
        ("9999个月内", None, None, False),
        ("三年行动计划", None, None, False),
        ("2025年初", None, None, False),
        ("2025年春节前", None, DATED, False),
        ("2025年国庆节前", None, DATED, False),
        ("2025年汛期前完成", None, DATED, False),
        ("2025年春耕前", None, DATED, False),
        ("2025年度考核前", None, DATED, False),
        ("2025年村“两委”换届前", None, DATED, False),
        ("2025年冬季，长期坚持", None, DATED, True),
    ],
)
def test_tracks_standing_items_and_texts_without_a_date(
    text: str, due: str | None, track: Track | None, standing: bool
) -> None:
    expected = Deadline(text, dt.date.fromisoformat(due) if due else None, track, standing)
    assert read_deadline(text, feedback_date=FEEDBACK) == expected


def test_without_any_reference_a_date_needs_its_year() -> None:
    assert read_deadline("6月底前") == Deadline("6月底前", None, DATED)
    assert read_deadline("一个月内") == Deadline("一个月内", None, DATED)
    assert read_deadline("2025年底前").due_on == dt.date(2025, 12, 31)


def test_today_stands_in_for_the_year_but_a_late_item_stays_late() -> None:
    assert read_deadline("1月底前", today=dt.date(2025, 3, 20)).due_on == dt.date(2025, 1, 31)


def test_a_period_never_runs_from_today() -> None:
    assert read_deadline("一个月内", today=FEEDBACK).due_on is None


def test_the_text_is_kept_as_written() -> None:
    assert read_deadline("  ２０２５年底前 ").text == "２０２５年底前"


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2025-01-31", 1, "2025-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2025-08-31", 1, "2025-09-30"),
        ("2025-12-31", 2, "2026-02-28"),
        ("2025-11-15", 3, "2026-02-15"),
        ("2025-03-31", -1, "2025-02-28"),
    ],
)
def test_months_are_added_as_on_a_calendar(start: str, months: int, end: str) -> None:
    assert add_months(dt.date.fromisoformat(start), months) == dt.date.fromisoformat(end)


def test_late_begins_on_the_day_after() -> None:
    due = dt.date(2025, 6, 30)
    assert lateness(due, dt.date(2025, 7, 1)) is Lateness.LATE
    assert lateness(due, dt.date(2025, 6, 30)) is Lateness.SOON
    assert lateness(due, dt.date(2025, 6, 23)) is Lateness.SOON
    assert lateness(due, dt.date(2025, 6, 22)) is Lateness.NONE
    assert lateness(due, dt.date(2025, 6, 1), soon_within=30) is Lateness.SOON
    assert lateness(None, dt.date(2025, 7, 1)) is Lateness.NONE


@settings(max_examples=80)
@given(st.dates(dt.date(2000, 1, 1), dt.date(2099, 12, 31)))
def test_a_written_date_is_read_back(due: dt.date) -> None:
    assert read_deadline(write_deadline(due)).due_on == due


@settings(max_examples=150)
@given(st.text("0123456789年月日底前个内半上下季度第反馈后.-/ 一二十〇每至长期", max_size=30))
def test_no_text_breaks_the_reader(text: str) -> None:
    due = read_deadline(text, feedback_date=FEEDBACK).due_on
    assert due is None or isinstance(due, dt.date)


def test_month_end_knows_leap_years() -> None:
    assert month_end(2024, 2) == dt.date(2024, 2, 29)
    assert month_end(2100, 2) == dt.date(2100, 2, 28)


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (dt.date(2025, 12, 31), "2025年底前"),
        (dt.date(2025, 6, 30), "2025年6月底前"),
        (dt.date(2024, 2, 29), "2024年2月底前"),
        (dt.date(2025, 12, 30), "2025年12月30日前"),
    ],
)
def test_a_day_is_written_as_clerks_write_it(due: dt.date, words: str) -> None:
    assert write_deadline(due) == words


def test_a_range_counts_by_its_last_date_however_long_ago_the_feedback_was() -> None:
    for feedback in (dt.date(2024, 11, 20), dt.date(2025, 1, 5), dt.date(2025, 7, 1), None):
        for text in ("2025年3-5月", "2025年3、5月份", "2025年3至5月底前"):
            assert read_deadline(text, feedback_date=feedback).due_on == dt.date(2025, 5, 31), (text, feedback)
