"""What a clerk looks at of the reminders: late, due, to be begun, silent."""

from __future__ import annotations

import datetime as dt

import pytest
from builders import a_snapshot

from zhenggai_desktop.domain.chasing import reminders
from zhenggai_desktop.domain.office_rules import OfficeRules, office_rules
from zhenggai_desktop.domain.progress import Overview
from zhenggai_desktop.domain.records import Issue, LogEntry, Status, Track
from zhenggai_desktop.domain.watching import Look, looked_at, watched

TODAY = dt.date(2025, 6, 10)


def day(days: int) -> dt.date:
    return TODAY + dt.timedelta(days=days)


SNAPSHOT = a_snapshot(
    Issue(title="逾期", due_on=day(-3), status=Status.IN_PROGRESS),
    Issue(title="今天", due_on=day(0), status=Status.IN_PROGRESS),
    Issue(title="二十天", due_on=day(20), status=Status.IN_PROGRESS),
    Issue(title="未启动", due_on=day(14), track=Track.DATED),
    Issue(title="沉默", status=Status.IN_PROGRESS),
    LogEntry(issue_id=5, entered_on=day(-10), text="开会"),
)


def shown(look: Look, days: int = 0) -> list[str]:
    snapshot = looked_at(SNAPSHOT, look, days)
    found = reminders(Overview(snapshot, TODAY), office_rules(snapshot.facts))
    return sorted(one.title for one in watched(found, look, days, OfficeRules()))


@pytest.mark.parametrize(
    ("look", "days", "titles"),
    [
        (Look.LATE, 0, ["逾期"]),
        (Look.DUE, 0, ["今天"]),
        (Look.DUE, 13, ["今天"]),
        (Look.DUE, 14, ["今天", "未启动"]),
        (Look.DUE, 20, ["二十天", "今天", "未启动"]),
        (Look.START, 0, ["未启动"]),
        (Look.SILENT, 11, []),
        (Look.SILENT, 10, ["沉默"]),
        (Look.SILENT, 0, ["沉默"]),
    ],
)
def test_each_look_shows_its_own(look: Look, days: int, titles: list[str]) -> None:
    assert shown(look, days) == titles


def test_all_is_all_and_leaves_the_rules_alone() -> None:
    assert looked_at(SNAPSHOT, Look.ALL, 5) is SNAPSHOT
    found = reminders(Overview(SNAPSHOT, TODAY), OfficeRules())
    assert watched(found, Look.ALL, 0, OfficeRules()) == found
    assert {one.title for one in found} >= {"逾期", "今天", "未启动"}
