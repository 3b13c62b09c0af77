"""The commands around a ledger's safety: back up, list backups, restore, check, repair."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path

from zhenggai_desktop.cli.printing import listed
from zhenggai_desktop.cli.results import Result, backups_root, json_result, new_ledger, user_name
from zhenggai_desktop.errors import LedgerFileError
from zhenggai_desktop.services import backups, repairing, showing
from zhenggai_desktop.services.checking import check_file
from zhenggai_desktop.services.ledger import Ledger
from zhenggai_desktop.services.process_papers import loose_papers


def _backup(arguments: argparse.Namespace) -> Result:
    """To a place of the user's choice, or among the numbered backups."""
    path = Path(arguments.ledger)
    if not arguments.target:
        taken = backups.back_up(path, _root(arguments), backups.ON_DEMAND)
        assert taken is not None, "a backup on demand is always taken"
        return Result(f"已备份到 {taken.path}（第{taken.number}份，佐证材料{len(taken.evidence)}个）")
    target = new_ledger(arguments.target)
    with Ledger.open(path, read_only=True) as ledger:
        names = {one.file_name: one.title or one.file_name for one in ledger.snapshot.evidence}
        missing = [names[name] for name in sorted(ledger.evidence_folder.missing(names))]
        found = loose_papers(ledger.path, ledger.snapshot.evidence, ledger.snapshot.milestones)
        loose = listed("没有收进台账、没有备份", [one.told for one in found])
        copy = ledger.backup(target, with_evidence=True)
    return Result("\n".join([f"已备份到 {copy}", *listed("没有找到文件的佐证材料", missing), *loose]))


def _backups(arguments: argparse.Namespace) -> Result:
    path, root = Path(arguments.ledger), _root(arguments)
    found = backups.listed(path, root)
    if arguments.json:
        return json_result([backups.backup_values(backup) for backup in found])
    if not found:
        return Result("还没有备份。")
    lines = [f"备份 {len(found)} 份（{found[0].path.parent}）："]
    for one in found:
        size = backups.size_words(one.size)
        line = f"  {one.number}  {backups.moment_words(one.taken_at)}  {one.reason}  {size}"
        lines.append(f"{line}  {backups.origin_words(one, path)}".rstrip())
    return Result("\n".join(lines))


def _restore(arguments: argparse.Namespace) -> Result:
    path, root = Path(arguments.ledger), _root(arguments)
    backup = backups.find(path, root, arguments.backup)
    words = (backups.moment_words(backup.taken_at), backup.reason, backups.origin_words(backup, path))
    name = f"第{backup.number}份备份（{'，'.join(filter(None, words))}）"
    if arguments.dry_run:
        return Result("\n".join([f"恢复{name}将改变：", *_differences(path, backup)]))
    if arguments.to:
        target = new_ledger(arguments.to).absolute()
        done = backups.restore_to(target, backup)
        return Result("\n".join([f"已把{name}恢复为 {target}", *_about_evidence(done)]))
    done = backups.restore_into(path, backup, root, who=user_name())
    lines = [f"已恢复{name}：{path}"]
    if done.before is not None:
        lines.append(f"恢复前的台账：{done.before}")
    return Result("\n".join([*lines, *_about_evidence(done)]))


def _about_evidence(done: backups.Restored) -> list[str]:
    return [
        line for words, names in backups.about_evidence(done) for line in (f"{words}：", *(f"  {n}" for n in names))
    ]


def _differences(path: Path, backup: backups.Backup) -> list[str]:
    try:
        with Ledger.open(path, read_only=True) as ledger:
            found = backups.compare(backup, ledger.snapshot)
    except LedgerFileError as error:
        return [f"  现在的台账打不开（{error.what_happened}），将整个换成备份。"]
    lines = [line for one in found for line in (f"  {one.words}", *(f"    {title}" for title in one.titles))]
    return lines or ["  没有不同。"]


def _check(arguments: argparse.Namespace) -> Result:
    findings = check_file(Path(arguments.ledger))
    code = 1 if findings else 0
    if arguments.json:
        return json_result([showing.finding_values(finding) for finding in findings], code)
    if not findings:
        return Result("台账文件完好，没有发现问题。")
    lines = [f"发现 {len(findings)} 处问题：", *(f"  {finding.text}" for finding in findings)]
    return Result("\n".join(lines), code)


def _repair(arguments: argparse.Namespace) -> Result:
    target = new_ledger(arguments.target) if arguments.target else None
    done = repairing.repair(Path(arguments.ledger), target, backups=_root(arguments))
    if arguments.json:
        return json_result({"ledger": str(done.path), "complete": done.complete, "report": list(done.lines)})
    return Result("\n".join([f"已抢救到新台账 {done.path}，原文件没有改动。", *(f"  {line}" for line in done.lines)]))


def _root(arguments: argparse.Namespace) -> Path:
    return Path(arguments.backups) if arguments.backups else backups_root()


BACKUP_COMMANDS: Mapping[str, Callable[[argparse.Namespace], Result]] = {
    "check": _check,
    "backup": _backup,
    "backups": _backups,
    "restore": _restore,
    "repair": _repair,
}
