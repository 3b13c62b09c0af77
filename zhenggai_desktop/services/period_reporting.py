"""The weekly and the monthly report of an open ledger, and its way into a file."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from zhenggai_desktop import texts
from zhenggai_desktop.domain.layout_file import ledger_profile
from zhenggai_desktop.domain.office_rules import office_rules
from zhenggai_desktop.domain.outline import Outline
from zhenggai_desktop.domain.period_report import KIND_NAMES, PeriodReport, ReportKind
from zhenggai_desktop.domain.records import Draft, Extension, Issue, Measure, Snapshot, Status
from zhenggai_desktop.domain.schemes import scheme_for
from zhenggai_desktop.domain.workflow import Workflow
from zhenggai_desktop.errors import UsageError
from zhenggai_desktop.services.exporting import write_document
from zhenggai_desktop.services.past import snapshot_at

if TYPE_CHECKING:
    from zhenggai_desktop.services.ledger import Ledger

T = TypeVar("T", Issue, Measure)


def usual_period(kind: ReportKind, today: dt.date) -> tuple[dt.date, dt.date]:
    """The days that a report made today is about: the week from Monday, or the month from its first day, to today."""
    if kind is ReportKind.WEEKLY:
        return today - dt.timedelta(days=today.weekday()), today
    return today.replace(day=1), today


@dataclass(frozen=True, slots=True)
class Reported:
    """A report that went out: the days it is about, and as which file."""

    first: dt.date
    last: dt.date
    file_name: str


def last_report(snapshot: Snapshot, kind: ReportKind) -> Reported | None:
    """The report of this kind that reaches furthest, by the register of drafts; None where none is registered."""
    found = [
        Reported(*days, draft.file_name)
        for draft in snapshot.drafts
        if draft.kind == draft_kind(kind) and (days := _days_of(draft.edition)) is not None
    ]
    return max(found, key=lambda report: (report.last, report.first), default=None)


def next_period(snapshot: Snapshot, kind: ReportKind, today: dt.date) -> tuple[dt.date, dt.date]:
    """The days that the next report is about: from the day after the last one, or as usual, to today."""
    last = last_report(snapshot, kind)
    if last is None or last.last >= today:
        return usual_period(kind, today)
    return last.last + dt.timedelta(days=1), today


def draft_kind(kind: ReportKind) -> str:
    """As what a report stands in the register of drafts."""
    return f"整改{KIND_NAMES[kind]}"


def register_report(ledger: Ledger, report: PeriodReport, path: Path) -> Draft | None:
    """Keep in the register of drafts that a report went out, with its days; None for a ledger open to read only."""
    from zhenggai_desktop.services.drafts import Outgoing, send_out  # noqa: PLC0415 - only when one goes out

    snapshot = ledger.snapshot

    def make(draft_id: str) -> Outgoing:
        document = replace(report.document(), draft_id=draft_id)
        days = f"{texts.date_text(report.first)}至{texts.date_text(report.last)}"
        return Outgoing(document, draft_kind(report.kind), days, snapshot, scheme_for(snapshot.facts))

    return send_out(ledger, path, make, lambda _document: None)  # the file stands already


def _days_of(words: str) -> tuple[dt.date, dt.date] | None:
    """The days of an edition as ``register_report`` words it; None for other words."""
    numbers = re.fullmatch(r"(\d{4})年(\d+)月(\d+)日至(\d{4})年(\d+)月(\d+)日", words)
    if numbers is None:
        return None
    first, last = map(int, numbers.groups()[:3]), map(int, numbers.groups()[3:])
    try:
        return dt.date(*first), dt.date(*last)
    except ValueError:
        return None


def period_report(ledger: Ledger, kind: ReportKind, first: dt.date, last: dt.date) -> PeriodReport:
    """The report on the days from ``first`` to ``last``. Statuses at both ends come from the change log.

    What was typed later on those days is told too: entries dated in them, items completed on a day of them and those
    begun of which an entry tells so, extensions and closings that were decided by then. What happened before ``first``
    and was typed since is new only where the report before this one could not tell it yet. A ledger that was begun
    after ``last`` is told as it is now. UsageError where ``last`` is before ``first``.
    """
    if last < first:
        raise UsageError("报告的结束日期早于开始日期", "请核对起止日期")
    before, now = _at_the_beginning(ledger, kind, first), _at_the_end(ledger, last)
    rules = office_rules(ledger.snapshot.facts)
    return PeriodReport(before, now, kind, first=first, last=last, rules=rules)


def _at_the_beginning(ledger: Ledger, kind: ReportKind, first: dt.date) -> Snapshot:
    """The ledger as ``first`` found it, with what earlier days are known to have brought: by the last report on them,
    or by now where none is registered."""
    begin = dt.datetime.combine(first, dt.time()).astimezone()
    then = snapshot_at(ledger, begin)
    told = [
        draft.exported_at
        for draft in ledger.snapshot.drafts
        if draft.kind == draft_kind(kind)
        and draft.exported_at is not None
        and (days := _days_of(draft.edition)) is not None
        and days[1] < first
    ]
    known = snapshot_at(ledger, max(told)) if told else ledger.snapshot
    return _as_known(then, known, first - dt.timedelta(days=1))


def _at_the_end(ledger: Ledger, last: dt.date) -> Snapshot:
    """The ledger as it stood when ``last`` was over, with what was dated no later but typed since."""
    present = ledger.snapshot
    midnight = dt.datetime.combine(last + dt.timedelta(days=1), dt.time()).astimezone()
    then = snapshot_at(ledger, midnight - dt.timedelta(microseconds=1))
    if then is present or not then.issues:
        return present
    ids, steps = {issue.id for issue in then.issues}, {measure.id for measure in then.measures}
    entries = tuple(each for each in present.log_entries if each.issue_id in ids or each.measure_id in steps)
    return replace(_as_known(then, present, last), log_entries=entries)


def _as_known(then: Snapshot, later: Snapshot, last: dt.date) -> Snapshot:
    """``then`` with the statuses that its records had by ``last``, as a later snapshot knows them."""
    told = [each for each in later.log_entries if each.entered_on is not None and each.entered_on <= last]
    begun, steps = {each.issue_id for each in told}, {each.measure_id for each in told}
    flow = Workflow(Outline(then))
    begun_measures = {
        one.id for one in then.measures if one.id in steps and flow.measure_status(one) is Status.NOT_STARTED
    }
    measures = _known_since(then.measures, later.measures, last, begun_measures)
    flow = Workflow(Outline(replace(then, measures=measures)))
    begun_issues = {one.id for one in then.issues if one.id in begun and flow.status(one) is Status.NOT_STARTED}
    issues = _closed_since(_known_since(then.issues, later.issues, last, begun_issues), later, last)
    known = {extension.uid for extension in then.extensions}
    since = [each for each in later.extensions if each.uid not in known and each.decided_on and each.decided_on <= last]
    issues = _put_off(issues, {extension.issue_id: extension for extension in since})  # the last one holds
    measures = _put_off(measures, {extension.measure_id: extension for extension in since})
    return replace(then, issues=issues, measures=measures)


def _closed_since(then: Sequence[Issue], later: Snapshot, last: dt.date) -> tuple[Issue, ...]:
    """The issues, of which those are closed whose last step was taken by ``last``, though it was typed later."""
    taken = {step.issue_id: step.taken_on for step in later.closing_steps}
    closed = {
        each.id for each in later.issues if each.closed and (day := taken.get(each.id)) is not None and day <= last
    }
    return tuple(replace(each, closed=True) if each.id in closed else each for each in then)


def _put_off(then: Sequence[T], extensions: Mapping[int | None, Extension]) -> tuple[T, ...]:
    """The records with the deadlines of their extensions, by their ids."""

    def seen(each: T) -> T:
        new = extensions.get(each.id)
        return each if new is None else each.changed({"deadline": new.new_deadline, "due_on": new.new_due_on})

    return tuple(map(seen, then))


def _known_since(then: Sequence[T], later: Sequence[T], last: dt.date, told: Set[int]) -> tuple[T, ...]:
    """The records, of which those were completed by ``last`` whose day says so; those not begun of whose progress
    something is ``told`` by then were begun, where somebody says so since."""
    known = {each.uid: each for each in later}

    def seen(each: T) -> T:
        now = known.get(each.uid, each)
        if now.status is Status.DONE and now.completed_on is not None and now.completed_on <= last:
            return replace(each, status=Status.DONE, completed_on=now.completed_on)
        if each.id in told and now.status not in (None, Status.NOT_STARTED):
            return replace(each, status=Status.IN_PROGRESS if now.status is Status.DONE else now.status)
        return each

    return tuple(map(seen, then))


def write_period_report(report: PeriodReport, path: Path) -> None:
    """Write a report as .docx, .txt, .html or .xlsx. Raises UsageError for another suffix, TargetError."""
    if path.suffix.lower() == ".xlsx":
        from zhenggai_desktop.formats.table_book import write_table_book  # noqa: PLC0415 - openpyxl loads late

        write_table_book(path, report.title, report.tables())
    else:
        write_document(report.document(), path, ledger_profile(report.overview.snapshot.facts))
