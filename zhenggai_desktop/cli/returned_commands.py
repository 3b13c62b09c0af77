"""The commands of the way back: what reviewers changed, and what was published."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from zhenggai_desktop.cli.draft_commands import change_lines, change_values, draft_values, marked_text
from zhenggai_desktop.cli.results import Result, backups_root, json_result, read_snapshot, user_name
from zhenggai_desktop.domain.change_kinds import ChangeKind
from zhenggai_desktop.errors import UsageError
from zhenggai_desktop.services import drafts, publishing, returning
from zhenggai_desktop.services.ledger import Ledger
from zhenggai_desktop.texts import CHANGE_NAMES

_NUMBERS = re.compile(r"\s*\d+\s*(?:[,，、]\s*\d+\s*)*")


def _returned(arguments: argparse.Namespace) -> Result:
    path, file_path = Path(arguments.ledger), Path(arguments.file)
    numbers = _numbers(arguments.take)
    if not arguments.take or arguments.dry_run:
        file = returning.open_returned(read_snapshot(path), file_path)
        return _shown(arguments, file, None)
    with Ledger.open(path, who=user_name(), backups=backups_root()) as ledger:
        file = returning.open_returned(ledger.snapshot, file_path)
        taken = returning.take_returned(ledger, file, numbers, older=arguments.older)
    return _shown(arguments, file, taken)


def _numbers(text: str) -> list[int] | None:
    """The numbers in “1,3,4”; None for “all” and for nothing."""
    if text in ("", "all"):
        return None
    if not _NUMBERS.fullmatch(text):
        raise UsageError(f"--take 不能是“{text}”", "请写 all，或修改的序号，如 1,3,4")
    return [int(number) for number in re.findall(r"\d+", text)]


def _shown(arguments: argparse.Namespace, file: returning.ReturnedFile, taken: returning.Taken | None) -> Result:
    if arguments.json:
        return json_result(_values(file, taken))
    lines = [
        f"{file.name}：{drafts.draft_name(file.draft)}，{_count(file)}",
        *(f"注意：{one}。" for one in file.remarks),
    ]
    lines += [_line(offer) for offer in file.offers]
    if taken is not None:
        lines.append(f"已收入{taken.count}处修改，可以撤销。")
        if taken.conflicts:
            lines.append(f"有冲突、没有收入：第{'、'.join(map(str, taken.conflicts))}处，可用 --take 指明收入。")
    elif file.offers:
        lines.append("没有写任何内容；用 --take all 或 --take 序号 收入。")
    return Result("\n".join(lines))


def _count(file: returning.ReturnedFile) -> str:
    counts = {kind: sum(offer.change.kind is kind for offer in file.offers) for kind in ChangeKind}
    words = "、".join(f"{CHANGE_NAMES[kind]}{count}处" for kind, count in counts.items() if count)
    return words or "没有修改"


def _line(offer: returning.Offered) -> str:
    change = offer.change
    who = f"〔{'、'.join(change.authors)}〕" if change.authors else ""
    words = marked_text(change.pieces)
    if change.comment is not None:
        words = f"“{words}” → {change.comment.text}"
    state = offer.reason or (
        "台账里已经是这样"
        if offer.already
        else "台账里这里与导出的不同（此后改过，或是统计的数字、换成职务的姓名），需要指明"
        if offer.conflict
        else ""
    )
    return f"{offer.number}. {CHANGE_NAMES[change.kind]} {offer.place}{who}：{words}" + (
        f"（{state}）" if state else ""
    )


def _values(file: returning.ReturnedFile, taken: returning.Taken | None) -> dict[str, Any]:
    return {
        "file": file.name,
        "draft": draft_values(file.draft.position, file.draft),
        "older": file.older,
        "remarks": list(file.remarks),
        "changes": [_change_values(offer) for offer in file.offers],
        "taken": None if taken is None else {"count": taken.count, "conflicts": list(taken.conflicts)},
    }


def _change_values(offer: returning.Offered) -> dict[str, Any]:
    change = offer.change
    return {
        "number": offer.number,
        "kind": change.kind.value,
        "place": offer.place,
        "record": {"kind": change.anchor.kind, "uid": change.anchor.uid} if change.anchor else None,
        "before": change.before,
        "after": change.after,
        "authors": list(change.authors),
        "when": change.when,
        "comment": change.comment.text if change.comment else None,
        "takable": offer.takable,
        "conflict": offer.conflict,
        "already": offer.already,
        "reason": offer.reason,
    }


def _published(arguments: argparse.Namespace) -> Result:
    snapshot = read_snapshot(Path(arguments.ledger))
    draft = drafts.draft_at(snapshot, arguments.draft) if arguments.draft else None
    found = publishing.check_published(snapshot, Path(arguments.file), draft)
    code = 1 if found.changes else 0
    if arguments.json:
        values = {"file": found.name, "draft": draft_values(found.draft.position, found.draft)}
        return json_result({**values, "changes": list(map(change_values, found.changes))}, code)
    name = drafts.draft_name(found.draft)
    if not found.changes:
        return Result(f"{found.name} 与{name}一字不差。")
    head = f"{found.name} 与{name}有{len(found.changes)}处不同："
    return Result("\n".join([head, *change_lines(found.changes)]), code)


RETURNED_COMMANDS: Mapping[str, Callable[[argparse.Namespace], Result]] = {
    "returned": _returned,
    "published": _published,
}
