"""Open deadlines and milestones of a ledger as a calendar file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from zhenggai_desktop import texts
from zhenggai_desktop.domain.office_rules import office_rules
from zhenggai_desktop.domain.progress import Overview
from zhenggai_desktop.domain.records import Snapshot
from zhenggai_desktop.errors import UsageError
from zhenggai_desktop.formats.calendar_writer import Event, write_calendar

SUFFIX = ".ics"


def export_calendar(snapshot: Snapshot, path: Path, *, now: dt.datetime) -> int:
    """Write every open deadline and milestone with its date, warned of by the office's lead times; gives how many.

    ``now`` is aware. Raises UsageError unless ``path`` ends in .ics, TargetError where it cannot stand.
    """
    if path.suffix.lower() != SUFFIX:
        raise UsageError(f"日历不能存成“{path.name}”", "请把文件名写成以 .ics 结尾")
    events = [*_deadlines(snapshot, now.date()), *_milestones(snapshot)]
    facts = snapshot.facts
    write_calendar(f"{facts.organisation_short or facts.organisation}整改时限", events, path, made_at=now)
    return len(events)


def _deadlines(snapshot: Snapshot, today: dt.date) -> Iterator[Event]:
    rules, overview = office_rules(snapshot.facts), Overview(snapshot, today)
    numbers = overview.outline.numbers()
    for due in overview.dues:
        record = due.issue if due.measure is None else due.measure
        title = due.issue.title if due.measure is None else (due.measure.content or due.measure.progress)
        lead = rules.lead_time(due.duties.track)
        who = "、".join(filter(None, (due.duties.lead_department, due.duties.owner, *due.duties.leaders)))
        note = "\n".join(
            filter(None, (f"时限：{due.duties.deadline or texts.date_text(due.due_on)}", who and f"责任：{who}"))
        )
        warnings = tuple(dict.fromkeys((lead.first, lead.second, 0)))
        yield Event(record.uid, due.due_on, f"整改到期：{numbers[due.issue.id]} {title}", note, warnings)


def _milestones(snapshot: Snapshot) -> Iterator[Event]:
    for milestone in snapshot.milestones:
        if milestone.due_on is not None and milestone.done_on is None:
            yield Event(milestone.uid, milestone.due_on, f"流程节点：{milestone.title or milestone.kind}", "", (3, 0))
