"""The wall chart holds every issue, today and the deadlines."""

from __future__ import annotations

import datetime as dt

import pytest
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


@pytest.mark.parametrize(
    ("due", "months"),
    [
        (dt.date(2025, 8, 31), 3),
        (dt.date(2025, 9, 1), 4),
        (dt.date(2028, 5, 31), 36),
        (dt.date(2028, 6, 1), 36),
    ],
)
def test_the_chart_has_three_months_at_least_and_thirty_six_at_most(due: dt.date, months: int) -> None:
    found = chart(Issue(due_on=due), feedback_date=TODAY)
    assert (found.first, len(found.months())) == (dt.date(2025, 6, 1), months)
    assert found.last == found.months()[-1].replace(day=found.last.day)
    assert (found.last + dt.timedelta(days=1)).day == 1


def test_the_chart_begins_with_the_earliest_day_of_all() -> None:
    late = Issue(status=Status.DONE, completed_on=dt.date(2025, 4, 20))
    assert chart(late, feedback_date=dt.date(2025, 5, 31)).first == dt.date(2025, 4, 1)


def test_a_place_is_counted_in_days() -> None:
    found = chart(feedback_date=dt.date(2025, 6, 1))  # June to August: 92 days
    assert found.place(dt.date(2025, 6, 24)) == 23 / 92
    assert found.place(found.last) == 91 / 92


@pytest.mark.parametrize(
    ("issue", "owner"),
    [
        (Issue(lead_department="党政办", owner="甲", leaders=("乙",)), "党政办"),
        (Issue(owner="甲", leaders=("乙", "丙")), "甲"),
        (Issue(leaders=("乙", "丙")), "乙、丙"),
        (Issue(), ""),
    ],
)
def test_who_answers_for_a_row(issue: Issue, owner: str) -> None:
    assert chart(issue).rows[0].owner == owner


def test_what_is_closed_is_not_late_on_the_chart() -> None:
    due = dt.date(2025, 6, 1)
    rows = chart(
        Issue(due_on=due, status=Status.IN_PROGRESS, standing=True, closed=True), Issue(parent_id=1, due_on=due),
        Issue(due_on=due, status=Status.DONE, completed_on=dt.date(2025, 6, 4), closed=True),
    ).rows  # fmt: skip
    assert [row.late_days for row in rows] == [0, 3]  # when it was done is said of a closed one too


def test_how_late_a_row_is() -> None:
    due = dt.date(2025, 6, 9)
    rows = chart(
        Issue(due_on=due), Issue(due_on=TODAY), Issue(due_on=dt.date(2025, 6, 11)), Issue(),
        Issue(due_on=due, status=Status.DONE), Issue(due_on=due, completed_on=TODAY, status=Status.MOSTLY_DONE),
    ).rows  # fmt: skip
    assert [row.late_days for row in rows] == [1, 0, 0, 0, 0, 1]
    assert [row.completed for row in rows] == [None] * 6  # of what is not done no day of completion is shown


def test_measures_that_are_done_are_counted_beside_all() -> None:
    (row,) = chart(
        Issue(), Measure(issue_id=1, status=Status.DONE), Measure(issue_id=1, status=Status.MOSTLY_DONE),
    ).rows  # fmt: skip
    assert (row.done, row.measures) == (1, 2)


def test_days_before_the_feedback_are_no_marks() -> None:
    found = chart(
        feedback_date=dt.date(2025, 3, 1), plan_due=dt.date(2025, 2, 28), report_due=dt.date(2025, 3, 1),
        publication_date=dt.date(2025, 7, 1),
    )  # fmt: skip
    assert [mark.caption for mark in found.marks] == ["反馈", "报告", "公开"]
    assert [mark.caption for mark in chart(plan_due=dt.date(2025, 2, 28)).marks] == ["报方案"]


@pytest.mark.parametrize(("kind", "title"), [("xuncha", "街道巡察整改挂图作战"), ("xunshi", "街道巡视整改挂图作战")])
def test_the_title_names_the_office_and_the_inspection(kind: str, title: str) -> None:
    assert chart(organisation="某街道党工委", organisation_short="街道", kind=kind).title == title
