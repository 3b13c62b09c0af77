"""The weekly and the monthly report of an open ledger, and its way into a file."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from zhenggai_desktop.domain.office_rules import office_rules
from zhenggai_desktop.domain.period_report import PeriodReport, ReportKind
from zhenggai_desktop.errors import UsageError
from zhenggai_desktop.services.exporting import write_document
from zhenggai_desktop.services.past import snapshot_at

if TYPE_CHECKING:
    from zhenggai_desktop.services.ledger import Ledger


def usual_period(kind: ReportKind, today: dt.date) -> tuple[dt.date, dt.date]:
    """The days that a report made today is about: the week from Monday, or the month from its first day, to today."""
    if kind is ReportKind.WEEKLY:
        return today - dt.timedelta(days=today.weekday()), today
    return today.replace(day=1), today


def period_report(ledger: Ledger, kind: ReportKind, first: dt.date, last: dt.date) -> PeriodReport:
    """The report on the days from ``first`` to ``last``. Statuses at the beginning come from the change log.

    UsageError where ``last`` is before ``first``.
    """
    if last < first:
        raise UsageError("报告的结束日期早于开始日期", "请核对起止日期")
    begin = dt.datetime.combine(first, dt.time()).astimezone()
    now = ledger.snapshot
    rules = office_rules(now.facts)
    return PeriodReport(snapshot_at(ledger, begin), now, kind, first=first, last=last, rules=rules)


def write_period_report(report: PeriodReport, path: Path) -> None:
    """Write a report as .docx, .txt, .html or .xlsx. Raises UsageError for another suffix, TargetError."""
    if path.suffix.lower() == ".xlsx":
        from zhenggai_desktop.formats.table_book import write_table_book  # noqa: PLC0415 - openpyxl loads late

        write_table_book(path, report.title, report.tables())
    else:
        write_document(report.document(), path)
