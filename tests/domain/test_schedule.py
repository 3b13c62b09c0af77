"""The wall chart holds every issue, today and the deadlines."""

from __future__ import annotations

import datetime as dt

from builders import a_snapshot

from zhenggai_desktop.domain.progress import Overview
from zhenggai_desktop.domain.records import Issue, Measure, Section, Status
from zhenggai_desktop.domain.schedule import Schedule, schedule

TODAY = dt.date(2025, 6, 10)


def chart(*records: object, today: dt.date = TODAY, **facts: object) -> Schedule:
    return schedule(Overview(a_snapshot(*records, **facts), today))  # type: ignore[arg-type]


def test_sections_head_their_issues() -> None:
    rows = chart(Section(title="学习方面"), Issue(title="散"), Issue(section_id=1, title="甲")).rows
    assert [(row.number, row.title, row.issue_id) for row in rows] == [
        ("1", "散", 1),
        ("1", "学习方面", None),
        ("1-1", "甲", 2),
    ]


def test_the_months_reach_from_the_feedback_to_the_last_deadline() -> None:
    found = chart(Issue(due_on=dt.date(2025, 12, 31)), feedback_date=dt.date(2025, 3, 5))
    assert (found.first, found.last) == (dt.date(2025, 3, 1), dt.date(2025, 12, 31))
    assert [month.month for month in found.months()] == list(range(3, 13))


def test_today_is_always_on_the_chart() -> None:
    found = chart(Issue(due_on=dt.date(2024, 3, 1)), feedback_date=dt.date(2024, 1, 5))
    assert found.first <= TODAY <= found.last


def test_a_far_date_does_not_stretch_the_chart_beyond_reading() -> None:
    assert len(chart(Issue(due_on=dt.date(2099, 1, 1)), feedback_date=TODAY).months()) == 36


def test_an_empty_ledger_has_three_months() -> None:
    assert len(chart().months()) == 3


def test_an_open_issue_past_its_deadline_says_by_how_many_days() -> None:
    (row,) = chart(Issue(due_on=dt.date(2025, 6, 1))).rows
    assert row.late_days == 9


def test_an_issue_settled_late_says_so_and_one_in_time_does_not() -> None:
    late, in_time = chart(
        Issue(due_on=dt.date(2025, 5, 1), status=Status.DONE, completed_on=dt.date(2025, 5, 11)),
        Issue(due_on=dt.date(2025, 5, 1), status=Status.DONE, completed_on=dt.date(2025, 4, 30)),
    ).rows
    assert (late.late_days, in_time.late_days) == (10, 0)


def test_an_issue_is_completed_when_its_last_measure_is() -> None:
    (row,) = chart(
        Issue(),
        Measure(issue_id=1, status=Status.DONE, completed_on=dt.date(2025, 4, 1)),
        Measure(issue_id=1, status=Status.DONE, completed_on=dt.date(2025, 5, 1)),
    ).rows
    assert (row.completed, row.done, row.measures) == (dt.date(2025, 5, 1), 2, 2)


def test_a_day_has_its_place_between_the_edges() -> None:
    found = chart(feedback_date=dt.date(2025, 6, 1))
    assert found.place(found.first) == 0
    assert found.place(dt.date(1999, 1, 1)) == 0
    assert found.place(dt.date(2099, 1, 1)) == 1
    assert 0 < found.place(TODAY) < 0.2


def test_the_days_of_the_whole_ledger_are_marked() -> None:
    found = chart(feedback_date=dt.date(2025, 3, 1), concentrated_end=dt.date(2025, 6, 1))
    assert [(mark.caption, mark.day.month) for mark in found.marks] == [("反馈", 3), ("集中整改截止", 6)]
