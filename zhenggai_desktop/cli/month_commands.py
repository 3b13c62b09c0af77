"""The commands that write into the working months: letters with their record, extensions, closing."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path

from zhenggai_desktop.cli.dates import read_date
from zhenggai_desktop.cli.document_commands import documents_folder
from zhenggai_desktop.cli.results import Result, json_result, read_snapshot, user_name
from zhenggai_desktop.domain.office_rules import office_rules
from zhenggai_desktop.domain.records import Snapshot
from zhenggai_desktop.domain.unclosed import ClosingRow, closing_rows
from zhenggai_desktop.errors import UsageError
from zhenggai_desktop.services import chase_letters, chasing, closing
from zhenggai_desktop.services.chase_letters import LETTER_NAMES, Letter
from zhenggai_desktop.services.ledger import Ledger
from zhenggai_desktop.services.numbered import issues_at, records_at


def _letters(arguments: argparse.Namespace) -> Result:
    kind, target, day = Letter(arguments.kind), Path(arguments.target), _day(arguments.on)
    if not target.is_dir() and target.suffix.lower() != ".docx":
        raise UsageError(f"文书不能写成“{target.name}”", "请写以 .docx 结尾的文件名，或一个已有的文件夹")
    with Ledger.open(Path(arguments.ledger), who=user_name(), read_only=arguments.no_record) as ledger:
        found = chase_letters.letters(
            ledger.snapshot, kind, folder=documents_folder(), today=day, leaders=arguments.by == "leader"
        )
        wanted = [one for one in found if not arguments.to or one.recipient in arguments.to]
        strange = sorted(set(arguments.to) - {one.recipient for one in wanted})
        if strange:
            raise UsageError(f"“{'”“'.join(strange)}”没有要发{LETTER_NAMES[kind]}的事项", "用 remind 查看要催办的事项")
        in_folder = target.is_dir()
        sent = chase_letters.send_letters(ledger, wanted, kind, target, on=day)
    kept = "没有登记催办" if arguments.no_record else f"已登记催办{sent.chased}项"
    others = chase_letters.other_names(wanted, kind, sent.paths).rstrip("。") if in_folder else ""
    return Result("；".join(filter(None, (f"已写出{len(wanted)}份{LETTER_NAMES[kind]} {target}，{kept}", others))))


def _extend(arguments: argparse.Namespace) -> Result:
    with Ledger.open(Path(arguments.ledger), who=user_name()) as ledger:
        keys = records_at(ledger.snapshot, arguments.numbers)
        chasing.extend_deadlines(
            ledger,
            keys,
            arguments.until,
            reason=arguments.reason,
            approval=arguments.approval,
            on=_day(arguments.on),
        )
    return Result(f"已延期{len(keys)}项，延至{arguments.until}")


def _close(arguments: argparse.Namespace) -> Result:
    path, day = Path(arguments.ledger), _day(arguments.on)
    if not arguments.numbers:
        return _unclosed(read_snapshot(path), day, as_json=arguments.json)
    with Ledger.open(path, who=user_name()) as ledger:
        ids = issues_at(ledger.snapshot, arguments.numbers)
        decision = closing.Decision(day, arguments.opinion, arguments.by, arguments.document)
        if arguments.back:
            closing.send_back(ledger, ids, decision)
        elif arguments.reopen:
            closing.reopen(ledger, ids, decision)
        else:
            closing.advance(ledger, ids, decision, override=arguments.override)
        rows = [row for row in _rows(ledger.snapshot, day) if row.issue.id in ids]
    if arguments.json:
        return json_result([_values(row) for row in rows])
    return Result("\n".join(f"{row.number} {row.issue.title}：{row.words}" for row in rows) or "已办理")


def _unclosed(snapshot: Snapshot, day: dt.date, *, as_json: bool) -> Result:
    rows = _rows(snapshot, day)
    still_open = [row for row in rows if not row.closed]
    if as_json:
        return json_result([_values(row) for row in still_open])
    lines = [f"已销号 {len(rows) - len(still_open)}/{len(rows)}，未销号 {len(still_open)}："]
    for row in still_open:
        lacks = "；".join(lack.text for lack in row.lacks) or "条件具备"
        lines.append("，".join(filter(None, (f"{row.number} {row.issue.title}", row.countdown, row.words, lacks))))
    return Result("\n".join(lines) if still_open else f"{len(rows)}个问题都已销号。")


def _rows(snapshot: Snapshot, day: dt.date) -> tuple[ClosingRow, ...]:
    return closing_rows(snapshot, office_rules(snapshot.facts), day)


def _values(row: ClosingRow) -> dict[str, object]:
    return {
        "uid": row.issue.uid,
        "number": row.number,
        "title": row.issue.title,
        "closed": row.closed,
        "taken": list(row.state.taken),
        "next_step": row.state.next_step,
        "returns": row.state.returns,
        "reopenings": row.state.reopenings,
        "lacks": [lack.code for lack in row.lacks],
        "left": row.left,
    }


def _day(text: str) -> dt.date:
    return read_date(text) if text else dt.datetime.now().astimezone().date()


MONTH_COMMANDS: Mapping[str, Callable[[argparse.Namespace], Result]] = {
    "letters": _letters,
    "extend": _extend,
    "close": _close,
}
