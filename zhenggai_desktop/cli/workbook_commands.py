"""The commands around Excel: export, distribute, collect, merge, rollup."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhenggai_desktop.cli.column_options import form_memory, remember_said, with_said
from zhenggai_desktop.cli.filtering import wanted_rows
from zhenggai_desktop.cli.passwords import password_in
from zhenggai_desktop.cli.printing import listed
from zhenggai_desktop.cli.results import Result, backups_root, json_result, read_snapshot, user_name
from zhenggai_desktop.domain.distribution import By
from zhenggai_desktop.domain.ledger_part import told_part
from zhenggai_desktop.domain.records import Snapshot
from zhenggai_desktop.errors import UsageError
from zhenggai_desktop.services import collecting, distributing, exporting, ledger_merging, rolling_up
from zhenggai_desktop.services.ledger import Ledger
from zhenggai_desktop.services.locking import locked
from zhenggai_desktop.services.merge_writing import Decisions, Line, Prefer, Taken

if TYPE_CHECKING:
    from zhenggai_desktop.services.form_filling import FormReport


def _export(arguments: argparse.Namespace) -> Result:
    snapshot, target = read_snapshot(Path(arguments.ledger)), Path(arguments.target)
    if (arguments.kind == "form") != bool(arguments.form):
        raise UsageError("--kind form 要与 --form 一起使用", "请用 --form 写出要填写的空表")
    template = exporting.read_template(Path(arguments.template)) if arguments.template else None
    if arguments.kind == "template":
        exporting.write_template(target, template)
        return Result(f"已写出各列的模板 {target}")
    wanted = wanted_rows(arguments, snapshot, _today())
    part = f"（{len(wanted.issues)}个问题）" if wanted.issues is not None else ""
    password = password_in(arguments.password_file)
    if arguments.kind == "form":
        with locked(target, password) as written:
            report = _fill_form(
                snapshot if wanted.issues is None else told_part(snapshot, wanted.issues, wanted.measures),
                arguments,
                written,
            )
        lines = [f"已填写 {target}{part}，共{report.rows}行"]
        if len(report.lists) > 1:
            lines += listed("填写的表", [f"{name} {rows}行" for name, rows in report.lists])
        lines += listed("空着的列", report.empty)
        lines += [report.twice] if report.twice else []
        return Result("\n".join(lines))
    kind = exporting.BookKind(arguments.kind)
    with locked(target, password) as written:
        exporting.export_ledger(
            snapshot, written, kind, issue_ids=wanted.issues, measure_ids=wanted.measures, template=template
        )
    return Result(f"已导出台账表格 {target}{part}")


def _fill_form(snapshot: Snapshot, arguments: argparse.Namespace, target: Path) -> FormReport:
    from zhenggai_desktop.services.form_filling import fill_form, read_forms  # noqa: PLC0415 - few fill forms

    memory, path = form_memory(), Path(arguments.form)
    if not path.exists():  # the name alone of a form that was filled before
        path = next((known for known in memory.forms() if arguments.form in (known.name, known.stem)), path)
    chosen = with_said(memory.chosen, arguments.column)
    report = fill_form(snapshot, path, target, chosen)
    if arguments.column:
        remember_said(memory, [form.header for form in read_forms(path, chosen)], arguments.column, path)
    memory.remember_form(path)
    return report


def _distribute(arguments: argparse.Namespace) -> Result:
    with Ledger.open(Path(arguments.ledger), who=user_name(), backups=backups_root()) as ledger:
        sent = distributing.distribute(ledger, Path(arguments.folder), By(arguments.by), today=_today())
    if arguments.json:
        return json_result([{"recipient": one.recipient, "file": str(one.path), "rows": one.rows} for one in sent])
    return Result(
        "\n".join([f"已分发{len(sent)}份填报表：", *(f"  {one.recipient}  {one.rows}行  {one.path}" for one in sent)])
    )


def _collect(arguments: argparse.Namespace) -> Result:
    files = [Path(name) for name in arguments.files]
    decisions = Decisions(otherwise=Prefer(arguments.prefer), additions=None if arguments.additions else ())
    with Ledger.open(
        Path(arguments.ledger), read_only=arguments.dry_run, who=user_name(), backups=backups_root()
    ) as ledger:
        found = collecting.plan_collection(ledger.snapshot, files)
        if not arguments.dry_run:
            collecting.apply_collection(ledger, found, decisions, today=_today())
    code = 2 if found.files and all(report.error for report in found.files) else 0
    if arguments.json:
        return json_result({**_collection_values(found), "dry_run": arguments.dry_run}, code)
    lines = [line for report in found.files for line in _file_lines(report)]
    return Result("\n".join([*lines, "", found.message()]), code)


def _file_lines(report: collecting.FileReport) -> list[str]:
    if report.error:
        return [f"{report.path.name}：{report.error}"]
    head = f"{report.path.name}（{report.recipient or '不知是谁的'}）：{_counts(report.taken)}"
    return [
        head,
        *_taken_lines(report.taken),
        *listed("表里没有这些行，台账不动", report.missing),
        *listed("看不懂的内容", report.doubts),
    ]


def _merge(arguments: argparse.Namespace) -> Result:
    path, other_path = Path(arguments.ledger), Path(arguments.other)
    with (
        Ledger.open(path, read_only=arguments.dry_run, who=user_name(), backups=backups_root()) as ledger,
        Ledger.open(other_path, read_only=True) as other,
    ):
        found = ledger_merging.plan_merge(ledger, other)
        left_out, result = [*found.left_out], ledger_merging.MergeTaken()
        if not arguments.dry_run:
            decisions = Decisions(otherwise=Prefer(arguments.prefer))
            result = ledger_merging.apply_merge(ledger, other_path.name, found, decisions)
            left_out += result.left_out
    if arguments.json:
        values = {**_taken_values(found.taken), "removed": found.removed, "gone": found.gone, "common": found.common}
        values |= {"left_out": left_out, "files_missing": result.files_missing}
        return json_result({**values, "dry_run": arguments.dry_run})
    since = f"（从“{found.common}”之后）" if found.common else ""
    will = "将" if arguments.dry_run else "已" if result.written else ""
    kept = found.taken.conflicts and arguments.prefer == Prefer.OURS
    return Result("\n".join([
        f"{will}与“{other_path.name}”合并{since}：{_counts(found.taken)}",
        *filter(None, [found.about_base]),
        *_taken_lines(found.taken),
        *(["冲突的地方保留台账里的；要用副本的，合并时写上 --prefer theirs。"] if kept else []),
        *listed("副本里删除了，台账保留", found.removed),
        *listed("台账里已删除，副本的修改没有收入", found.gone),
        *listed("没有收入", left_out),
        *filter(None, [result.about_files]),
    ]))  # fmt: skip


def _rollup(arguments: argparse.Namespace) -> Result:
    target = Path(arguments.target)
    tables = rolling_up.roll_up([Path(name) for name in arguments.ledgers], target, today=_today())
    if arguments.json:
        return json_result({
            table.name: [dict(zip(table.captions, row, strict=True)) for row in table.rows] for table in tables
        })  # fmt: skip
    sums = tables[0]
    rows = ["  ".join(f"{caption}{value}" for caption, value in zip(sums.captions[:4], row[:4], strict=True))
            for row in sums.rows]  # fmt: skip
    return Result("\n".join([f"已汇总{len(arguments.ledgers)}个台账：{target}", *rows]))


# --- in words and in values


def _counts(taken: Taken) -> str:
    return f"修改{len(taken.changes)}处，冲突{len(taken.conflicts)}处，新增{len(taken.additions)}条"


def _taken_lines(taken: Taken) -> list[str]:
    return [
        *listed(
            "修改",
            (f"{line.place}  {line.field}：{_short(line.ours)} → {_short(line.theirs)}" for line in taken.changes),
        ),
        *listed("冲突", map(_conflict, taken.conflicts)),
        *listed("新增", (f"{line.place}  {_short(line.theirs)}".rstrip() for line in taken.additions)),
    ]


def _conflict(line: Line) -> str:
    return (
        f"{line.place}  {line.field}：原为“{_short(line.base)}”，台账改为“{_short(line.ours)}”，"
        f"对方改为“{_short(line.theirs)}”"
    )


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 40 else words[:39] + "…"


def _collection_values(found: collecting.Collection) -> dict[str, Any]:
    return {
        "files": [
            {
                "file": str(report.path),
                "recipient": report.recipient,
                **_taken_values(report.taken),
                "missing": report.missing,
                "doubts": report.doubts,
                "error": report.error,
            }
            for report in found.files
        ],
        "returned": found.returned,
        "outstanding": found.outstanding,
        "message": found.message(),
    }


def _taken_values(taken: Taken) -> dict[str, Any]:
    return {name: _lines(lines) for name, lines in
            (("changes", taken.changes), ("conflicts", taken.conflicts), ("additions", taken.additions))}  # fmt: skip


def _lines(lines: Iterable[Line]) -> list[dict[str, str]]:
    return [
        {"place": line.place, "field": line.field, "base": line.base, "ours": line.ours, "theirs": line.theirs}
        for line in lines
    ]


def _today() -> dt.date:
    return dt.datetime.now().astimezone().date()


WORKBOOK_COMMANDS: Mapping[str, Callable[[argparse.Namespace], Result]] = {
    "export": _export,
    "distribute": _distribute,
    "collect": _collect,
    "merge": _merge,
    "rollup": _rollup,
}
