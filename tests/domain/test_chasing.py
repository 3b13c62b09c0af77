"""Who has to be reminded, of what, how urgently."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from builders import a_snapshot

from zhenggai_desktop.domain.chasing import Reason, Reminder, Urgency, by_department, by_leader, message, reminders
from zhenggai_desktop.domain.office_rules import OfficeRules
from zhenggai_desktop.domain.progress import Overview
from zhenggai_desktop.domain.records import Issue, LogEntry, Measure, MeasureLink, Record, Status, Track

TODAY = dt.date(2025, 6, 10)


def found(*records: Record, **facts: Any) -> tuple[Reminder, ...]:
    return reminders(Overview(a_snapshot(*records, **facts), TODAY), OfficeRules())


def due_in(days: int, **fields: Any) -> Issue:
    return Issue(title=f"{days}天", due_on=TODAY + dt.timedelta(days=days), **fields)


@pytest.mark.parametrize(
    ("issue", "reason", "urgency", "words"),
    [
        (due_in(-12), Reason.LATE, Urgency.RED, "已逾期12天"),
        (due_in(0, status=Status.IN_PROGRESS), Reason.PRESSING, Urgency.ORANGE, "今天到期"),
        (due_in(7, track=Track.DATED), Reason.PRESSING, Urgency.ORANGE, "7天后到期"),
        (due_in(15, track=Track.DATED), Reason.START, Urgency.ORANGE, "尚未启动，15天后到期"),
        (due_in(15, track=Track.DATED, status=Status.IN_PROGRESS), Reason.NEAR, Urgency.YELLOW, "15天后到期"),
        (due_in(30, track=Track.STAGED, status=Status.IN_PROGRESS), Reason.NEAR, Urgency.YELLOW, "30天后到期"),
        (due_in(5, track=Track.IMMEDIATE, status=Status.IN_PROGRESS), Reason.NEAR, Urgency.YELLOW, "5天后到期"),
    ],
)
def test_deadlines_are_called_to_mind_by_their_track(
    issue: Issue, reason: Reason, urgency: Urgency, words: str
) -> None:
    (reminder,) = found(issue)
    assert (reminder.reason, reminder.urgency, reminder.words) == (reason, urgency, words)


@pytest.mark.parametrize(
    "issue",
    [
        due_in(16, track=Track.DATED),
        due_in(8, track=Track.IMMEDIATE),
        due_in(-1, status=Status.DONE),
        due_in(-1, closed=True),
        Issue(title="没有时限"),
    ],
)
def test_what_is_far_away_or_settled_is_left_in_peace(issue: Issue) -> None:
    assert found(issue) == ()


def test_nothing_below_a_closed_issue_is_called_to_mind() -> None:
    below = Issue(parent_id=1, title="具体表现", due_on=TODAY - dt.timedelta(days=3))
    assert found(Issue(title="整个销号", closed=True), below) == ()
    assert len(found(Issue(title="没有销号"), below)) == 1


def test_silence_is_counted_from_the_last_entry_of_the_issue_or_its_measures() -> None:
    issue, measure = Issue(title="没有动静", status=Status.IN_PROGRESS), Measure(issue_id=1, content="甲")
    early = LogEntry(issue_id=1, entered_on=dt.date(2025, 5, 1), text="启动")
    (reminder,) = found(issue, measure, early)
    assert (reminder.reason, reminder.silent, reminder.words) == (Reason.SILENT, 40, "已40天没有进展")
    late = LogEntry(measure_id=1, entered_on=dt.date(2025, 6, 1), text="推进")
    assert found(issue, measure, early, late) == ()


def test_without_any_entry_silence_counts_from_the_feedback() -> None:
    (reminder,) = found(Issue(title="甲"), feedback_date=dt.date(2025, 5, 20))
    assert reminder.silent == 21
    assert found(Issue(title="甲")) == ()  # nobody knows since when


def test_progress_that_was_typed_without_a_day_is_no_silence_since_the_feedback() -> None:
    facts = {"feedback_date": dt.date(2025, 3, 1)}
    told = Measure(issue_id=1, content="建制度", progress="已形成征求意见稿。")
    assert found(Issue(title="甲"), told, **facts) == ()
    (silent,) = found(Issue(title="甲"), replace(told, progress="暂无"), **facts)
    assert silent.words == "已101天没有进展"
    assert found(Issue(title="甲", public_text="已着手。"), **facts) == ()
    entry = LogEntry(measure_id=1, entered_on=dt.date(2025, 5, 1), text="启动")
    assert [one.words for one in found(Issue(title="甲"), told, entry, **facts)] == ["已40天没有进展"]
    (late,) = found(Issue(title="甲"), replace(told, due_on=TODAY - dt.timedelta(days=3)), **facts)
    assert (late.words, late.silent) == ("已逾期3天", None)


def test_an_issue_is_heard_of_by_a_measure_of_another_that_serves_it_too() -> None:
    facts = {"feedback_date": dt.date(2025, 3, 1)}
    shared = (Issue(title="甲"), Issue(title="乙"), Measure(issue_id=1, content="建制度"))
    link = MeasureLink(measure_id=1, issue_id=2)
    entry = LogEntry(measure_id=1, entered_on=TODAY, text="启动")
    assert len(found(*shared, link, **facts)) == 2
    assert found(*shared, link, entry, **facts) == ()


def test_a_measure_with_a_deadline_of_its_own_speaks_for_itself() -> None:
    issue = Issue(title="问题", due_on=dt.date(2025, 12, 31), status=Status.IN_PROGRESS, lead_department="综合科")
    measures = (
        Measure(issue_id=1, content="早到期的措施", due_on=dt.date(2025, 6, 1)),
        Measure(issue_id=1, content="已完成", due_on=dt.date(2025, 6, 1), status=Status.DONE),
        Measure(issue_id=1, content="随问题"),
    )
    (reminder,) = found(issue, *measures)
    assert (reminder.number, reminder.title, reminder.left) == ("1-措1", "早到期的措施", -9)
    assert reminder.duties.lead_department == "综合科"


def test_the_gravest_come_first_and_go_to_whom_they_concern() -> None:
    records = (
        due_in(10, track=Track.DATED, status=Status.IN_PROGRESS, lead_department="党建办", leaders=("甲", "乙")),
        due_in(-3, lead_department="财政所", leaders=("乙",)),
        due_in(-5),
        due_in(2, lead_department="党建办"),
    )
    listed = found(*records)
    assert [reminder.left for reminder in listed] == [-5, -3, 2, 10]
    departments = {name: [reminder.left for reminder in group] for name, group in by_department(listed)}
    assert departments == {"财政所": [-3], "党建办": [2, 10], "未明确": [-5]}
    leaders = {name: [reminder.left for reminder in group] for name, group in by_leader(listed)}
    assert leaders == {"乙": [-3, 10], "甲": [10], "未明确": [-5, 2]}


def test_the_message_names_what_and_until_when() -> None:
    listed = found(due_in(-3, lead_department="财政所"), Issue(title="长" * 50, due_on=TODAY, lead_department="财政所"))
    assert message("财政所", listed, sender="街道整改办", today=TODAY) == (
        "财政所：截至6月10日，由你部门牵头的巡察整改事项有2项需要抓紧，其中1项已逾期。\n"
        "1. 1 -3天（已逾期3天）\n"
        f"2. 2 {'长' * 39}…（今天到期）\n"
        "请于3日内反馈进展。街道整改办"
    )


@pytest.mark.parametrize(
    ("days", "track", "status", "reason"),
    [
        (-1, None, Status.IN_PROGRESS, Reason.LATE),
        (7, None, Status.IN_PROGRESS, Reason.PRESSING),
        (8, None, Status.IN_PROGRESS, Reason.NEAR),
        (8, None, Status.NOT_STARTED, Reason.START),
        (15, None, Status.IN_PROGRESS, Reason.NEAR),
        (16, None, Status.IN_PROGRESS, None),
        (3, Track.IMMEDIATE, Status.IN_PROGRESS, Reason.PRESSING),
        (4, Track.IMMEDIATE, Status.IN_PROGRESS, Reason.NEAR),
        (7, Track.IMMEDIATE, Status.MOSTLY_DONE, Reason.NEAR),
        (31, Track.STAGED, Status.NOT_STARTED, None),
    ],
)
def test_each_lead_time_at_its_day(days: int, track: Track | None, status: Status, reason: Reason | None) -> None:
    assert [one.reason for one in found(due_in(days, track=track, status=status))] == ([reason] if reason else [])


@pytest.mark.parametrize(("days", "silent"), [(13, False), (14, True)])
def test_two_weeks_without_an_entry_are_silence(days: int, silent: bool) -> None:
    entry = LogEntry(issue_id=1, entered_on=TODAY - dt.timedelta(days=days), text="推进")
    listed = found(Issue(title="甲", status=Status.IN_PROGRESS), entry)
    assert [one.silent for one in listed] == ([days] if silent else [])


def test_silence_that_the_office_does_not_count_is_none() -> None:
    snapshot = a_snapshot(Issue(title="甲"), feedback_date=dt.date(2025, 1, 1))
    assert reminders(Overview(snapshot, TODAY), OfficeRules(silent_days=0)) == ()


def test_of_several_entries_the_last_day_counts_whatever_their_order() -> None:
    entries = [LogEntry(issue_id=1, entered_on=TODAY - dt.timedelta(days=days)) for days in (30, 20, 25)]
    (reminder,) = found(Issue(title="甲", status=Status.IN_PROGRESS), LogEntry(issue_id=1), *entries)
    assert reminder.silent == 20


def test_a_measure_with_the_day_of_its_issue_is_not_named_twice() -> None:
    issue = due_in(2, status=Status.IN_PROGRESS)
    same, own = (
        Measure(issue_id=1, content="同日", due_on=issue.due_on),
        Measure(issue_id=1, progress="做了", due_on=TODAY),
    )
    listed = found(issue, same, own)
    assert [(one.number, one.title, one.left) for one in listed] == [("1-措2", "做了", 0), ("1", "2天", 2)]


def test_equally_grave_ones_come_by_their_deadline_and_those_without_one_last() -> None:
    old = dt.date(2025, 1, 1)
    listed = found(
        Issue(title="没有时限"), due_in(12, status=Status.IN_PROGRESS), due_in(9, status=Status.IN_PROGRESS),
        feedback_date=old,
    )  # fmt: skip
    assert [one.title for one in listed] == ["9天", "12天", "没有时限"]


def test_a_message_without_anything_late_and_for_a_xunshi() -> None:
    listed = found(due_in(2, lead_department="财政所"))
    text = message("王主任", listed, sender="", today=TODAY, term="巡视", leader=True)
    assert text.startswith("王主任：截至6月10日，您负责的巡视整改事项有1项需要抓紧。\n1. ")
    assert text.endswith("请于3日内反馈进展。")


def test_what_is_late_goes_to_the_departments_that_only_its_open_measures_name() -> None:
    listed = found(
        due_in(-3), Measure(issue_id=1, content="一", lead_department="党建办"),
        Measure(issue_id=1, content="二", lead_department="财政所", leaders=("张",)),
        Measure(issue_id=1, content="三", lead_department="综合科", status=Status.DONE),
    )  # fmt: skip
    assert [(name, len(group)) for name, group in by_department(listed)] == [("党建办", 1), ("财政所", 1)]
    assert [(name, len(group)) for name, group in by_leader(listed)] == [("张", 1)]
