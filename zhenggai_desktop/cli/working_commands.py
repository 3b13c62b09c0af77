"""The commands of the working months: remind, report, issue files, calendar, archive."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path

from zhenggai_desktop.cli.dates import read_date
from zhenggai_desktop.cli.passwords import password_in
from zhenggai_desktop.cli.printing import listed
from zhenggai_desktop.cli.results import Result, json_result, read_snapshot, user_name
from zhenggai_desktop.domain import chasing as watch
from zhenggai_desktop.domain.period_report import KIND_NAMES, ReportKind
from zhenggai_desktop.services import archiving, calendars, chasing, paperwork, period_reporting
from zhenggai_desktop.services.ledger import Ledger

_COLOURS = watch.URGENCY_NAMES


def _remind(arguments: argparse.Namespace) -> Result:
    today = _date(arguments.on) or _today()
    snapshot = read_snapshot(Path(arguments.ledger))
    found = chasing.due_reminders(snapshot, today)
    if arguments.json:
        return json_result([_values(reminder) for reminder in found])
    if not found:
        return Result(f"{today.month}月{today.day}日没有要催办的事项。")
    group = watch.by_leader if arguments.by == "leader" else watch.by_department
    lines = [f"要催办的事项 {len(found)} 项："]
    for name, reminders in group(found):
        lines += ["", f"{name}（{len(reminders)}项）"]
        lines += [f"  〔{_COLOURS[one.urgency]}〕{one.number} {one.title}：{one.words}" for one in reminders]
    return Result("\n".join(lines))


def _report(arguments: argparse.Namespace) -> Result:
    kind, target = ReportKind(arguments.kind), Path(arguments.target)
    first, last = period_reporting.usual_period(kind, _today())
    first, last = _date(arguments.first) or first, _date(arguments.last) or last
    with Ledger.open(Path(arguments.ledger), read_only=True) as ledger:
        report = period_reporting.period_report(ledger, kind, first, last)
    period_reporting.write_period_report(report, target)
    return Result(f"已写出{KIND_NAMES[kind]} {target}（{first}至{last}，{len(report.rows())}项有进展或变化）")


def _files(arguments: argparse.Namespace) -> Result:
    folder = Path(arguments.folder)
    written = paperwork.write_issue_files(read_snapshot(Path(arguments.ledger)), folder, today=_today())
    return Result(f"已写出{len(written) - 2}份一题一档、佐证材料目录和销号台账：{folder}")


def _calendar(arguments: argparse.Namespace) -> Result:
    target = Path(arguments.target)
    count = calendars.export_calendar(read_snapshot(Path(arguments.ledger)), target, now=dt.datetime.now().astimezone())
    return Result(f"已写出日历 {target}，共{count}项")


def _archive(arguments: argparse.Namespace) -> Result:
    target, password = Path(arguments.target), password_in(arguments.password_file)
    with Ledger.open(Path(arguments.ledger), who=user_name(), read_only=True) as ledger:
        done = archiving.make_archive(ledger, target, password=password, purge_history=arguments.without_history)
    lines = [f"已归档到 {target}，共{done.files}个文件，其中佐证材料{done.evidence}个，核对无误"]
    lines += listed("没有找到文件的佐证材料", done.missing)
    lines += listed("读不出来、没有归档的佐证材料，请关闭打开着它们的程序再归档一次", done.unread)
    lines += listed("没有收进台账、没有归档", done.loose)
    return Result("\n".join(lines))


def _unarchive(arguments: argparse.Namespace) -> Result:
    path = archiving.open_archive(
        Path(arguments.archive), Path(arguments.folder), password=password_in(arguments.password_file)
    )
    return Result(f"已从归档包取出台账 {path}")


def _values(reminder: watch.Reminder) -> dict[str, object]:
    record = reminder.issue if reminder.measure is None else reminder.measure
    return {
        "uid": record.uid,
        "number": reminder.number,
        "title": reminder.title,
        "reason": reminder.reason.value,
        "urgency": reminder.urgency.name.lower(),
        "words": reminder.words,
        "left": reminder.left,
        "silent": reminder.silent,
        "lead_department": reminder.duties.lead_department,
        "leaders": list(reminder.duties.leaders),
        "owner": reminder.duties.owner,
    }


def _date(text: str) -> dt.date | None:
    return read_date(text) if text else None


def _today() -> dt.date:
    return dt.datetime.now().astimezone().date()


WORKING_COMMANDS: Mapping[str, Callable[[argparse.Namespace], Result]] = {
    "remind": _remind,
    "report": _report,
    "files": _files,
    "calendar": _calendar,
    "archive": _archive,
    "unarchive": _unarchive,
}
