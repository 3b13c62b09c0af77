"""What each command does: a namespace in, a text and an exit code out. Nothing is printed here."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path

from zhenggai_desktop.cli import printing
from zhenggai_desktop.cli.approval_commands import APPROVAL_COMMANDS
from zhenggai_desktop.cli.backup_commands import BACKUP_COMMANDS
from zhenggai_desktop.cli.column_options import form_memory, remember_said, with_said
from zhenggai_desktop.cli.dates import read_date
from zhenggai_desktop.cli.document_commands import DOCUMENT_COMMANDS
from zhenggai_desktop.cli.draft_commands import DRAFT_COMMANDS
from zhenggai_desktop.cli.month_commands import MONTH_COMMANDS
from zhenggai_desktop.cli.proofreading_commands import PROOFREADING_COMMANDS
from zhenggai_desktop.cli.results import Result, backups_root, new_ledger
from zhenggai_desktop.cli.results import json_result as _json
from zhenggai_desktop.cli.results import read_snapshot as _read
from zhenggai_desktop.cli.results import user_name as _who
from zhenggai_desktop.cli.returned_commands import RETURNED_COMMANDS
from zhenggai_desktop.cli.workbook_commands import WORKBOOK_COMMANDS
from zhenggai_desktop.cli.working_commands import WORKING_COMMANDS
from zhenggai_desktop.domain.records import DocumentKind, LedgerFacts, Snapshot
from zhenggai_desktop.errors import UsageError
from zhenggai_desktop.services import importing, plan_showing, showing
from zhenggai_desktop.services.import_report import Taking
from zhenggai_desktop.services.ledger import Ledger

_KINDS: Mapping[str, DocumentKind | None] = {
    "auto": None,
    "feedback": DocumentKind.FEEDBACK,
    "notice": DocumentKind.NOTICE,
    "workbook": DocumentKind.WORKBOOK,
}


def run(arguments: argparse.Namespace) -> Result:
    """Do the parsed command. Raises ZhenggaiError for what a clerk, a disk or a file can cause."""
    return _COMMANDS[arguments.command](arguments)


def _new(arguments: argparse.Namespace) -> Result:
    feedback_date = read_date(arguments.feedback_date) if arguments.feedback_date else None
    facts = LedgerFacts(organisation=arguments.unit.strip(), feedback_date=feedback_date)
    with Ledger.create(new_ledger(arguments.ledger), facts, who=_who(), backups=backups_root()) as ledger:
        return Result(f"已建立台账 {ledger.path}")


def _import(arguments: argparse.Namespace) -> Result:
    if arguments.remove_gone and not arguments.update:
        raise UsageError("--remove-gone 要与 --update 一起使用", "先用 --dry-run 看清来源里没有哪些问题")
    path, taking = new_ledger(arguments.ledger), Taking(arguments.update, arguments.remove_gone)
    source, memory = Path(arguments.source), form_memory()
    chosen = with_said(memory.chosen, arguments.column)
    plan = importing.plan_source(source, _KINDS[arguments.kind], chosen)
    if arguments.column:
        remember_said(memory, importing.workbook_headers(source, chosen), arguments.column, source)
    if arguments.dry_run:
        snapshot = _read(path) if path.exists() else Snapshot()
        report, created = importing.preview(snapshot, plan, taking), not path.exists()
    else:
        report, created = importing.import_into(path, plan, who=_who(), taking=taking, backups=backups_root())
    if arguments.json:
        state = {"ledger": str(path), "created": created and not arguments.dry_run, "dry_run": arguments.dry_run}
        return _json({**state, **plan_showing.report_values(plan, report), "plan": plan_showing.plan_values(plan)})
    lines = [*printing.plan_tree(plan), ""] if arguments.dry_run else []
    lines += printing.import_summary(path, plan, report, created=created, dry_run=arguments.dry_run)
    return Result("\n".join(lines))


def _show(arguments: argparse.Namespace) -> Result:
    snapshot = _read(Path(arguments.ledger))
    values = showing.ledger_values(snapshot)
    return _json(values) if arguments.json else Result("\n".join(printing.ledger_tree(values)))


def _figures(arguments: argparse.Namespace) -> Result:
    found = showing.figures_values(_read(Path(arguments.ledger)))
    return _json(found) if arguments.json else Result("\n".join(printing.figure_lines(found)))


def _undo(arguments: argparse.Namespace) -> Result:
    with Ledger.open(Path(arguments.ledger), who=_who(), backups=backups_root()) as ledger:
        label = ledger.undo_label
        ledger.undo()
    return Result(f"已撤销：{label}")


def _redo(arguments: argparse.Namespace) -> Result:
    with Ledger.open(Path(arguments.ledger), who=_who(), backups=backups_root()) as ledger:
        label = ledger.redo_label
        ledger.redo()
    return Result(f"已恢复：{label}")


def _history(arguments: argparse.Namespace) -> Result:
    with Ledger.open(Path(arguments.ledger), read_only=True) as ledger:
        entries = ledger.history()
    if arguments.json:
        return _json(showing.history_values(entries))
    return Result("\n".join(printing.history_lines(entries)))


_COMMANDS: Mapping[str, Callable[[argparse.Namespace], Result]] = {
    "new": _new,
    "import": _import,
    "show": _show,
    **WORKBOOK_COMMANDS,
    **DOCUMENT_COMMANDS,
    **APPROVAL_COMMANDS,
    **DRAFT_COMMANDS,
    **RETURNED_COMMANDS,
    **PROOFREADING_COMMANDS,
    **WORKING_COMMANDS,
    **MONTH_COMMANDS,
    **BACKUP_COMMANDS,
    "figures": _figures,
    "undo": _undo,
    "redo": _redo,
    "history": _history,
}
