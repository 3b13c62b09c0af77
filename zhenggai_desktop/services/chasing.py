"""Use cases of the working months: remind and record it, put a deadline off, hand duties over, keep a calendar."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from zhenggai_desktop.domain.changes import RecordKey
from zhenggai_desktop.domain.chasing import Reminder, reminders
from zhenggai_desktop.domain.deadlines import Deadline, read_deadline
from zhenggai_desktop.domain.office_rules import office_rules
from zhenggai_desktop.domain.outline import Outline
from zhenggai_desktop.domain.progress import Overview
from zhenggai_desktop.domain.records import Chase, Extension, HandOver, Issue, Measure, Snapshot
from zhenggai_desktop.domain.workflow import Workflow
from zhenggai_desktop.errors import EditRefusedError
from zhenggai_desktop.services.step_names import short_title
from zhenggai_desktop.services.tree_places import record_of

if TYPE_CHECKING:
    from zhenggai_desktop.services.ledger import Ledger


def due_reminders(snapshot: Snapshot, today: dt.date) -> tuple[Reminder, ...]:
    """Who has to be reminded today, by the ledger's own lead times."""
    return reminders(Overview(snapshot, today), office_rules(snapshot.facts))


def record_chase(ledger: Ledger, found: Iterable[Reminder], kind: str, text: str, *, on: dt.date) -> int:
    """Keep that these records were chased, with what was sent ("" = how each one stands); gives how many."""
    chases = [
        Chase(
            issue_id=reminder.issue.id if reminder.measure is None else None,
            measure_id=None if reminder.measure is None else reminder.measure.id,
            chased_on=on,
            kind=kind,
            text=text or reminder.words,
        )
        for reminder in found
    ]
    if chases:
        with ledger.step(f"登记{kind}（{len(chases)}项）") as writer:
            writer.add_many(chases)
    return len(chases)


def last_chases(snapshot: Snapshot) -> dict[RecordKey, Chase]:
    """The latest chase of every record that was chased."""
    found: dict[RecordKey, Chase] = {}
    for chase in snapshot.chases:
        key: RecordKey = (Issue, chase.issue_id) if chase.issue_id is not None else (Measure, chase.measure_id or 0)
        before = found.get(key)
        if before is None or (chase.chased_on or dt.date.min) >= (before.chased_on or dt.date.min):
            found[key] = chase
    return found


def extend_deadline(
    ledger: Ledger, key: RecordKey, new_deadline: str, *, reason: str, approval: str = "", on: dt.date
) -> None:
    """Put one deadline off; see ``extend_deadlines``."""
    extend_deadlines(ledger, [key], new_deadline, reason=reason, approval=approval, on=on)


def extend_deadlines(
    ledger: Ledger, keys: Sequence[RecordKey], new_deadline: str, *, reason: str, approval: str = "", on: dt.date
) -> None:
    """Put deadlines off to the same day in one step, and keep the old ones beside it, with reason and approval.

    A date without a year is the first such after ``on``, the day of the decision. A part that had its deadline from
    above keeps track and 长期坚持 that it had with it.

    EditRefusedError without a reason, a new deadline or a record that has a deadline, where the new deadline is no
    later than an old one or before ``on``, or where it says no date while an old one does; then nothing is written.
    """
    if not keys or any(key[0] not in (Issue, Measure) for key in keys):
        raise EditRefusedError("方面没有整改时限", "请选择问题或整改措施")
    if not reason.strip():
        raise EditRefusedError("延期要写明理由", "请填写理由后再试")
    if not new_deadline.strip():
        raise EditRefusedError("没有写新的时限", "请写明延到什么时候")
    outline = Outline(ledger.snapshot)
    new = read_deadline(new_deadline, feedback_date=ledger.snapshot.facts.feedback_date, decided_on=on)
    records = [record for key in keys if isinstance(record := record_of(outline, key), Issue | Measure)]
    workflow = Workflow(outline)
    extensions = [
        _extension(record, workflow, new, Extension(reason=reason.strip(), approval=approval.strip(), decided_on=on))
        for record in records
    ]
    what = f"“{short_title(records[0])}”" if len(records) == 1 else f"（{len(records)}项）"
    with ledger.step(f"延期{what}") as writer:
        writer.add_many(extensions)
        for record in records:
            kept = _kept_beside(record, workflow, new)
            writer.update(type(record), record.id, deadline=new.text, due_on=new.due_on, **kept)


def _kept_beside(record: Issue | Measure, workflow: Workflow, new: Deadline) -> dict[str, object]:
    """Track and standing of an issue: with a deadline of its own it inherits them no longer."""
    if isinstance(record, Measure):
        return {}
    old = workflow.duties(record)
    return {"track": old.track, "standing": old.standing or new.standing}


def _extension(record: Issue | Measure, workflow: Workflow, new: Deadline, decided: Extension) -> Extension:
    old = workflow.duties(record) if isinstance(record, Issue) else workflow.measure_duties(record)
    if old.due_on is not None and (new.due_on is None or new.due_on <= old.due_on):
        raise EditRefusedError(
            f"“{new.text}”不晚于“{short_title(record)}”原来的时限（{old.deadline_words}）", "请写一个更晚的日期"
        )
    on = decided.decided_on
    if new.due_on is not None and on is not None and new.due_on < on:
        raise EditRefusedError(
            f"“{new.text}”早于批准日期（{on.year}年{on.month}月{on.day}日）", "请核对新时限和批准日期"
        )
    return replace(
        decided,
        issue_id=record.id if isinstance(record, Issue) else None,
        measure_id=record.id if isinstance(record, Measure) else None,
        old_deadline=old.deadline_words,
        new_deadline=new.text,
        old_due_on=old.due_on,
        new_due_on=new.due_on,
    )


def original_deadline(snapshot: Snapshot, key: RecordKey) -> str:
    """The deadline before the first time it was put off; "" where it never was."""
    first = next(
        (
            extension
            for extension in snapshot.extensions
            if key in ((Issue, extension.issue_id), (Measure, extension.measure_id))
        ),
        None,
    )
    return "" if first is None else first.old_deadline


def hand_over(
    ledger: Ledger, keys: Sequence[RecordKey], old_owner: str, new_owner: str, *, on: dt.date, note: str = ""
) -> int:
    """Give to ``new_owner`` what ``old_owner`` answers for among these records, as leader or as owner, alone or
    with others in one field; each keeps that it changed hands. Gives how many did. EditRefusedError without a new
    owner."""
    if not new_owner.strip():
        raise EditRefusedError("没有写由谁接手", "请填写接手人")
    outline = Outline(ledger.snapshot)
    records = [record_of(outline, key) for key in keys if key[0] in (Issue, Measure)]
    mine: list[tuple[Issue | Measure, tuple[str, ...], str]] = []
    for record in records:
        if isinstance(record, Issue | Measure):
            leaders = tuple(_handed(names, old_owner, new_owner) for names in record.leaders)
            owner = _handed(record.owner, old_owner, new_owner)
            if (leaders, owner) != (record.leaders, record.owner):
                mine.append((record, tuple(dict.fromkeys(leaders)), owner))
    if mine:
        with ledger.step(f"责任交接：{old_owner}→{new_owner}（{len(mine)}项）") as writer:
            for record, leaders, owner in mine:
                writer.update(type(record), record.id, leaders=leaders, owner=owner)
                writer.add(
                    HandOver(
                        issue_id=record.id if isinstance(record, Issue) else None,
                        measure_id=record.id if isinstance(record, Measure) else None,
                        old_owner=old_owner,
                        new_owner=new_owner,
                        handed_on=on,
                        note=note,
                    )
                )
    return len(mine)


_BETWEEN_NAMES = re.compile(r"(\s*[、，,；;/\n]\s*)")


def _handed(names: str, old: str, new: str) -> str:
    """``names`` with ``new`` for ``old``, who may be one of several (“张三、李四”); who is there already is not named
    twice."""
    if names == old:
        return new
    parts = _BETWEEN_NAMES.split(names)
    there, signs = [name.strip() for name in parts[::2]], ["", *parts[1::2]]
    if old not in there:
        return names
    taken = [new if name == old else name for name in there]
    kept = [place for place, name in enumerate(taken) if taken.index(name) == place]
    return "".join((signs[place] if place != kept[0] else "") + taken[place] for place in kept)
