"""Deadlines that name a day only once the day of the feedback is known: “6月底前”, “反馈后三个月”.

While it is not known they have no due date, which must be said; when it comes, or is put right, their dates follow it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from zhenggai_desktop.domain.deadlines import read_deadline
from zhenggai_desktop.domain.plan import ImportPlan, PlanNote, ProposedIssue, ProposedMeasure
from zhenggai_desktop.domain.records import DocumentKind, Issue, Measure, Snapshot

WAITING = "waiting_deadline"  # the code of the doubt
_ANY_DAY = dt.date(2025, 1, 1)


def waits_for_feedback(deadline: str, today: dt.date | None = None) -> bool:
    """True for a deadline that gives a date with the day of the feedback, and none without; with ``today``, by which a
    form reads “6月底前”, none even so."""
    if read_deadline(deadline, today=today).due_on is not None:
        return False
    return read_deadline(deadline, feedback_date=_ANY_DAY).due_on is not None


def note_waiting(plan: ImportPlan) -> None:
    """Doubt the deadlines of a plan that wait for a day of the feedback which its source does not say. What a notice
    tells of is done."""
    if plan.facts.feedback_date is not None or plan.document is DocumentKind.NOTICE:
        return
    waiting = [one for one in _proposed(plan) if one.record.due_on is None and waits_for_feedback(one.record.deadline)]
    if waiting:
        which = f"{len(waiting)}处整改时限（如“{waiting[0].record.deadline}”）"
        words = f"{which}要有反馈日期才能算出到期日，导入后请在“台账信息”里填写"
        plan.doubts.append(PlanNote(WAITING, waiting[0].line, words))


def settle_waiting(plan: ImportPlan, feedback_date: dt.date | None) -> None:
    """Give the deadlines of a plan their dates by the day of the feedback that the ledger has; None leaves it as it
    is, and so does a day that the source says itself."""
    if feedback_date is None or plan.facts.feedback_date is not None:
        return
    for one in _proposed(plan):
        record = one.record
        if record.deadline and record.due_on is None:
            due_on = read_deadline(record.deadline, feedback_date=feedback_date).due_on
            if due_on is not None:
                one.record = replace(record, due_on=due_on)  # type: ignore[assignment] - of the same kind
    plan.doubts[:] = [note for note in plan.doubts if note.code != WAITING]


def following_dates(
    snapshot: Snapshot, feedback_date: dt.date | None, today: dt.date
) -> Iterator[tuple[Issue | Measure, dt.date | None]]:
    """Issues and measures whose date is another with this day of the feedback, and that date. A date that was set
    apart from the words of its deadline stays."""
    before = snapshot.facts.feedback_date
    for record in (*snapshot.issues, *snapshot.measures):
        if not record.deadline:
            continue
        old = read_deadline(record.deadline, feedback_date=before, today=today).due_on
        new = read_deadline(record.deadline, feedback_date=feedback_date, today=today).due_on
        if record.due_on in (None, old) and record.due_on != new:
            yield record, new


def _proposed(plan: ImportPlan) -> Iterator[ProposedIssue | ProposedMeasure]:
    for issue in plan.issues():
        yield issue
        yield from issue.measures
