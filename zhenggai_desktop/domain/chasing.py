"""Who has to be reminded today, of what, how urgently (督办): late, due, silent, not begun. Three colours plus words.

Lead times come from the office's rules by track: at the first a deadline is called to mind, at the second it is
pressing. An open record without an entry for so many days is silent; one that is not begun when its first lead time
comes has to be started now.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from zhenggai_desktop.domain.cleaning import clipped
from zhenggai_desktop.domain.newly_said import says_something
from zhenggai_desktop.domain.office_rules import OfficeRules
from zhenggai_desktop.domain.outline import measure_number
from zhenggai_desktop.domain.progress import UNASSIGNED, Item, Overview
from zhenggai_desktop.domain.records import Issue, Measure, Status, Track
from zhenggai_desktop.domain.workflow import Duties


class Urgency(IntEnum):
    """The three colours, the gravest first: they are never shown without their words."""

    RED = 0
    ORANGE = 1
    YELLOW = 2


URGENCY_NAMES = {Urgency.RED: "红色", Urgency.ORANGE: "橙色", Urgency.YELLOW: "黄色"}


class Reason(StrEnum):
    """Why a record is on the list; the first that holds counts."""

    LATE = "late"
    PRESSING = "pressing"  # the second lead time has come
    START = "start"  # the first lead time has come and nothing was begun
    NEAR = "near"  # the first lead time has come
    SILENT = "silent"


_URGENCY = {
    Reason.LATE: Urgency.RED,
    Reason.PRESSING: Urgency.ORANGE,
    Reason.START: Urgency.ORANGE,
    Reason.NEAR: Urgency.YELLOW,
    Reason.SILENT: Urgency.YELLOW,
}


@dataclass(frozen=True, slots=True)
class Reminder:
    """One open record to be reminded of. ``left`` is in days to the deadline, < 0 late, None without one; ``silent``
    counts days since the last entry, or since the feedback where there never was one, None where neither is known.

    ``departments`` lead what is left to be done: several where only the measures of an issue name them.
    """

    issue: Issue
    measure: Measure | None
    number: str
    duties: Duties
    departments: tuple[str, ...]
    reason: Reason
    left: int | None
    silent: int | None
    unbegun: bool = False

    @property
    def urgency(self) -> Urgency:
        return _URGENCY[self.reason]

    @property
    def uid(self) -> str:
        """The uid of the record itself: a number may be that of two."""
        return self.issue.uid if self.measure is None else self.measure.uid

    @property
    def title(self) -> str:
        """What the record is called: a measure by its plan, an issue by its title."""
        return self.issue.title if self.measure is None else (self.measure.content or self.measure.progress)

    @property
    def words(self) -> str:
        """“已逾期12天”, “3天后到期”, “今天到期”, “尚未启动，15天后到期”, “已21天没有进展”."""
        if self.reason is Reason.SILENT:
            return f"已{self.silent}天没有进展"
        assert self.left is not None, "all other reasons have a deadline"
        if self.left < 0:
            return f"已逾期{-self.left}天"
        end = "今天到期" if self.left == 0 else f"{self.left}天后到期"
        return f"尚未启动，{end}" if self.reason is Reason.START else end


def reminders(overview: Overview, rules: OfficeRules) -> tuple[Reminder, ...]:
    """Everything to be reminded of on the overview's day: the gravest first, then the earliest deadline.

    A measure stands for itself where it has a deadline of its own; otherwise its issue speaks for it.
    """
    found = list(_reminders(overview, rules))
    order = {key: at for at, key in enumerate(item.id for item in (*overview.items, *overview.beyond))}
    return tuple(
        sorted(
            found,
            key=lambda reminder: (
                reminder.urgency,
                reminder.left if reminder.left is not None else 10**6,
                order[reminder.issue.id],
                reminder.measure.position if reminder.measure else 0,
            ),
        )
    )


def by_department(found: Iterable[Reminder]) -> tuple[tuple[str, tuple[Reminder, ...]], ...]:
    """The reminders of each lead department; those without one under “未明确”, last."""
    return _grouped(found, lambda reminder: reminder.departments)


def by_leader(found: Iterable[Reminder]) -> tuple[tuple[str, tuple[Reminder, ...]], ...]:
    """The reminders of each leader; one with several leaders goes to each."""
    return _grouped(found, lambda reminder: reminder.duties.leaders)


def message(
    recipient: str,
    found: Sequence[Reminder],
    *,
    sender: str,
    today: dt.date,
    term: str = "巡察",
    leader: bool = False,
) -> str:
    """A short text for WeChat or SMS: whom, what, until when. ``term`` is 巡察 or 巡视; ``leader`` says that the
    recipient is a person, no department. Titles are cut at 40 characters."""
    late = sum(reminder.reason is Reason.LATE for reminder in found)
    whose = "您负责" if leader else "由你部门牵头"
    head = f"{recipient}：截至{today.month}月{today.day}日，{whose}的{term}整改事项有{len(found)}项需要抓紧"
    head += f"，其中{late}项已逾期。" if late else "。"
    lines = [
        f"{at}. {reminder.number} {clipped(reminder.title, 40)}（{reminder.words}）"
        for at, reminder in enumerate(found, 1)
    ]
    return "\n".join([head, *lines, f"请于3日内反馈进展。{sender}".rstrip()])


def _reminders(overview: Overview, rules: OfficeRules) -> Iterator[Reminder]:
    last = _last_entries(overview)
    numbers = overview.outline.numbers()
    for item in (*overview.items, *overview.beyond):
        if item.status is not Status.DONE and not overview.is_closed(item):
            yield from _of_issue(overview, rules, item, numbers[item.id], last)


def _of_issue(
    overview: Overview, rules: OfficeRules, item: Item, number: str, last: dict[tuple[type, int], dt.date]
) -> Iterator[Reminder]:
    measures, feedback = overview.outline.measures_of(item.issue), overview.snapshot.facts.feedback_date
    serving = (*measures, *overview.outline.linked_measures(item.issue))
    entries = [last[key] for key in ((Issue, item.id), *((Measure, measure.id) for measure in serving)) if key in last]
    told = any(map(says_something, (item.issue.public_text, *(measure.progress for measure in serving))))
    since = None if told else feedback  # told of, nobody knows when: that is no silence
    silent = _days_since(max(entries, default=since), overview.today)
    left = _days_to(item.duties.due_on, overview.today)
    reason = _reason(rules, item.duties.track, item.status, left, silent)
    if reason is not None:
        unbegun = item.status is Status.NOT_STARTED
        duties = overview.workflow.told_duties(item.issue, open_only=True)
        departments = overview.workflow.lead_departments(item.issue, open_only=True)
        yield Reminder(item.issue, None, number, duties, departments, reason, left, silent, unbegun)
    for at, measure in enumerate(measures, 1):
        status = overview.workflow.measure_status(measure)
        if measure.due_on is None or measure.due_on == item.duties.due_on or status is Status.DONE:
            continue
        duties = overview.workflow.measure_duties(measure)
        since = None if says_something(measure.progress) else feedback
        own = _days_since(last.get((Measure, measure.id), since), overview.today)
        left = _days_to(measure.due_on, overview.today)
        reason = _reason(rules, duties.track, status, left, None)
        if reason is not None:
            unbegun = status is Status.NOT_STARTED
            called, departments = measure_number(number, at), (duties.lead_department,)
            yield Reminder(item.issue, measure, called, duties, departments, reason, left, own, unbegun)


def _reason(
    rules: OfficeRules, track: Track | None, status: Status, left: int | None, silent: int | None
) -> Reason | None:
    if left is not None:
        lead = rules.lead_time(track)
        if left < 0:
            return Reason.LATE
        if left <= lead.second:
            return Reason.PRESSING
        if left <= lead.first:
            return Reason.START if status is Status.NOT_STARTED else Reason.NEAR
    if silent is not None and rules.silent_days and silent >= rules.silent_days:
        return Reason.SILENT
    return None


def _days_to(day: dt.date | None, today: dt.date) -> int | None:
    return None if day is None else (day - today).days


def _last_entries(overview: Overview) -> dict[tuple[type, int], dt.date]:
    found: dict[tuple[type, int], dt.date] = {}
    for entry in overview.snapshot.log_entries:
        if entry.entered_on is not None:
            key = (Issue, entry.issue_id) if entry.issue_id is not None else (Measure, entry.measure_id or 0)
            found[key] = max(entry.entered_on, found.get(key, dt.date.min))
    return found


def _days_since(day: dt.date | None, today: dt.date) -> int | None:
    return None if day is None else (today - day).days


def _grouped(
    found: Iterable[Reminder], names: Callable[[Reminder], Sequence[str]]
) -> tuple[tuple[str, tuple[Reminder, ...]], ...]:
    groups: dict[str, list[Reminder]] = {}
    for reminder in found:
        for name in dict.fromkeys(name for name in names(reminder) if name) or ("",):
            groups.setdefault(name, []).append(reminder)
    return tuple((name or UNASSIGNED, tuple(groups[name])) for name in sorted(groups, key=lambda name: not name))
