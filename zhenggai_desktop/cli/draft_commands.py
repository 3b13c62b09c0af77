"""The commands around drafts: export and register, list, compare."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from zhenggai_desktop.cli.document_commands import documents_folder, export_layout
from zhenggai_desktop.cli.passwords import password_in
from zhenggai_desktop.cli.proofreading_commands import unresolved_errors
from zhenggai_desktop.cli.results import Result, json_result, read_snapshot, user_name
from zhenggai_desktop.domain.draft_comparing import ParagraphChange
from zhenggai_desktop.domain.editions import Edition
from zhenggai_desktop.domain.records import Draft
from zhenggai_desktop.domain.text_diff import Fate, Piece
from zhenggai_desktop.services import drafts
from zhenggai_desktop.services.locking import locked
from zhenggai_desktop.texts import CHANGE_NAMES, edition_name

_MARKS = {Fate.KEPT: "{}", Fate.REMOVED: "[-{}-]", Fate.ADDED: "{{+{}+}}"}
_CONTEXT = 12  # characters of kept text beside a change; more is left out


def _notice(arguments: argparse.Namespace) -> Result:
    target = Path(arguments.target)
    with (
        drafts.opened_to_send(Path(arguments.ledger), user_name()) as ledger,
        locked(target, password_in(arguments.password_file)) as written,
    ):
        profile, said = export_layout(arguments, ledger.snapshot.facts, target)
        draft = drafts.send_notice(
            ledger,
            written,
            scheme_name=arguments.scheme,
            edition=Edition(arguments.edition),
            final=arguments.final,
            profile=profile,
            documents=documents_folder(),
        )
        snapshot = ledger.snapshot
    state = drafts.sending_words(draft)
    return Result("\n".join([f"已导出整改通报 {target}", state, *said, *unresolved_errors(snapshot)]))


def _drafts(arguments: argparse.Namespace) -> Result:
    found = drafts.numbered(read_snapshot(Path(arguments.ledger)))
    if arguments.json:
        return json_result([draft_values(number, draft) for number, draft in found])
    if not found:
        return Result("文稿登记是空的：还没有导出过通报。")
    return Result("\n".join(_draft_line(number, draft) for number, draft in found))


def _compare(arguments: argparse.Namespace) -> Result:
    snapshot = read_snapshot(Path(arguments.ledger))
    one = drafts.draft_at(snapshot, arguments.one)
    other = drafts.draft_at(snapshot, arguments.other) if arguments.other else None
    changes = drafts.compare_drafts(snapshot, one, other, documents_folder())
    if arguments.json:
        return json_result({"from": _name(one), "to": _name(other), "changes": list(map(change_values, changes))})
    head = f"{_name(one)} → {_name(other)}：{f'{len(changes)}处不同' if changes else '没有不同'}"
    return Result("\n".join([head, *change_lines(changes)]))


def _name(draft: Draft | None) -> str:
    return "台账现状" if draft is None else drafts.draft_name(draft)


def _draft_line(number: int, draft: Draft) -> str:
    at = f"{draft.exported_at.astimezone():%Y-%m-%d %H:%M}" if draft.exported_at else ""
    return f"{number}  {drafts.draft_name(draft)}  {at}  {draft.file_name}"


def draft_values(number: int, draft: Draft) -> dict[str, Any]:
    """A draft for other programs; the time is UTC."""
    return {
        "number": number,
        "kind": draft.kind,
        "edition": draft.edition,
        "edition_name": edition_name(draft.edition),
        "version": draft.version,
        "exported_at": draft.exported_at.isoformat() if draft.exported_at else None,
        "file": draft.file_name,
        "draft_id": draft.draft_id,
    }


def change_values(change: ParagraphChange) -> dict[str, Any]:
    """A difference for other programs; places count from 1."""
    return {
        "kind": change.kind.value,
        "before": change.before,
        "after": change.after,
        "old": [at + 1 for at in change.old],
        "new": [at + 1 for at in change.new],
    }


def change_lines(changes: Iterable[ParagraphChange]) -> list[str]:
    """Each difference as a line: “改写 第3段：…[-原文-]{+新文+}…”."""
    return [f"{CHANGE_NAMES[change.kind]}  {_place(change)}：{marked_text(change.pieces)}" for change in changes]


def _place(change: ParagraphChange) -> str:
    places = change.new or change.old
    first, last = places[0] + 1, places[-1] + 1
    return f"第{first}段" if first == last else f"第{first}至{last}段"


def marked_text(pieces: Sequence[Piece]) -> str:
    """The words with what went in [-…-] and what came in {+…+}; long stretches that stayed are shortened."""
    whole = len({piece.fate for piece in pieces}) == 1
    words = (_MARKS[piece.fate].format(piece.text if whole else _short(piece)) for piece in pieces)
    return "".join(words).replace("\n", "¶")


def _short(piece: Piece) -> str:
    if piece.fate is not Fate.KEPT or len(piece.text) <= 2 * _CONTEXT + 2:
        return piece.text
    return f"{piece.text[:_CONTEXT]}…{piece.text[-_CONTEXT:]}"


DRAFT_COMMANDS: Mapping[str, Callable[[argparse.Namespace], Result]] = {
    "notice": _notice,
    "drafts": _drafts,
    "compare": _compare,
}
