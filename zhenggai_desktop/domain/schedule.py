"""The wall chart (挂图作战) as rows: every issue against time, with its deadline, what is done and how late it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from zhenggai_desktop.domain.deadlines import add_months, month_end
from zhenggai_desktop.domain.progress import Item, Overview
from zhenggai_desktop.domain.records import LedgerFacts, Section, Status

_LONGEST = 36  # months: beyond that a chart on one sheet shows nothing
_SHORTEST = 3


@dataclass(frozen=True, slots=True)
class ScheduleRow:
    """A section's heading (``issue_id`` None) or an issue to be settled.

    The bar runs from ``start`` to ``due``; ``done`` of ``measures`` are finished. ``late_days`` counts to today for an
    open one and to its completion for one that was settled after its deadline.
    """

    issue_id: int | None
    number: str
    title: str
    owner: str = ""
    start: dt.date | None = None
    due: dt.date | None = None
    completed: dt.date | None = None
    status: Status = Status.NOT_STARTED
    deadline: str = ""
    standing: bool = False
    done: int = 0
    measures: int = 0
    late_days: int = 0


@dataclass(frozen=True, slots=True)
class Mark:
    """A day that the whole ledger looks to: the feedback, the end of the concentrated period, the report."""

    day: dt.date
    caption: str


@dataclass(frozen=True, slots=True)
class Schedule:
    """``first`` is the first day of a month, ``last`` the last of one."""

    title: str
    first: dt.date
    last: dt.date
    today: dt.date
    rows: tuple[ScheduleRow, ...]
    marks: tuple[Mark, ...]

    def months(self) -> tuple[dt.date, ...]:
        """The first day of every month of the chart."""
        count = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1
        return tuple(add_months(self.first, month) for month in range(count))

    def place(self, day: dt.date) -> float:
        """Where a day begins between the chart's edges, 0 to 1; days outside stand at the edge."""
        span = (self.last - self.first).days + 1
        return min(max((day - self.first).days / span, 0.0), 1.0)


def schedule(overview: Overview) -> Schedule:
    """The wall chart of a ledger. The months reach from the feedback to the last deadline, and hold today."""
    facts = overview.snapshot.facts
    rows = tuple(_rows(overview))
    marks = tuple(_marks(facts))
    first, last = _span(rows, marks, overview.today)
    name = facts.organisation_short or facts.organisation
    return Schedule(f"{name}巡察整改挂图作战" if facts.kind == "xuncha" else f"{name}巡视整改挂图作战",
                    first, last, overview.today, rows, marks)  # fmt: skip


def _rows(overview: Overview) -> Iterator[ScheduleRow]:
    items = {item.id: item for item in (*overview.items, *overview.beyond)}
    numbers = overview.outline.numbers()
    section: Section | None = None
    for issue in overview.outline.walk():
        if issue.id not in items:
            continue
        above = overview.outline.section_of(issue)
        if above is not None and above is not section:
            yield ScheduleRow(None, str(overview.outline.section_number(above)), above.title)
        section = above
        yield _row(overview, items[issue.id], numbers[issue.id])


def _row(overview: Overview, item: Item, number: str) -> ScheduleRow:
    issue, duties = item.issue, overview.told(item)
    measures = (*overview.outline.measures_of(issue), *overview.outline.linked_measures(issue))
    done = item.status is Status.DONE
    completed = issue.completed_on if done else None
    if done and completed is None:
        completed = max((m.completed_on for m in measures if m.completed_on is not None), default=None)
    late_until = completed if done else None if overview.is_closed(item) else overview.today
    late = (late_until - duties.due_on).days if duties.due_on is not None and late_until is not None else 0
    return ScheduleRow(
        issue_id=issue.id,
        number=number,
        title=issue.title,
        owner=duties.lead_department or duties.owner or "、".join(duties.leaders),
        start=overview.snapshot.facts.feedback_date,
        due=duties.due_on,
        completed=completed,
        status=item.status,
        deadline=duties.deadline,
        standing=duties.standing,
        done=sum(overview.workflow.measure_status(measure) is Status.DONE for measure in measures),
        measures=len(measures),
        late_days=max(late, 0),
    )


def _marks(facts: LedgerFacts) -> Iterator[Mark]:
    days = (
        (facts.feedback_date, "反馈"),
        (facts.plan_due, "报方案"),
        (facts.concentrated_end, "集中整改截止"),
        (facts.report_due, "报告"),
        (facts.publication_date, "公开"),
    )
    begin = facts.feedback_date or dt.date.min
    return (Mark(day, caption) for day, caption in days if day is not None and day >= begin)


def _span(rows: tuple[ScheduleRow, ...], marks: tuple[Mark, ...], today: dt.date) -> tuple[dt.date, dt.date]:
    days = [day for row in rows for day in (row.start, row.due, row.completed) if day is not None]
    days += [mark.day for mark in marks]
    first = min([*days, today]).replace(day=1)
    shortest, longest = add_months(first, _SHORTEST - 1), add_months(first, _LONGEST - 1)
    last = min(max([*days, today, shortest]), max(longest, today))
    return first, month_end(last.year, last.month)
