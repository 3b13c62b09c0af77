"""Branches of the tree on their way through the clipboard, within a ledger and from one to another.

What travels are sections, issues and measures as JSON; what belongs to one office's file only (progress entries,
evidence, closing) stays behind. Copies get identities of their own.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from zhenggai_desktop.domain.changes import RecordKey
from zhenggai_desktop.domain.outline import Outline
from zhenggai_desktop.domain.records import Issue, Measure, Section, Snapshot
from zhenggai_desktop.errors import EditRefusedError, UsageError
from zhenggai_desktop.services.editing import placed_issue
from zhenggai_desktop.services.step_names import rows_label
from zhenggai_desktop.services.tree_places import (
    TreeRecord,
    children_of,
    key_of,
    line_up,
    parent_of,
    record_of,
    refuse_new,
    siblings_of,
    top_rows,
    tree_type,
)
from zhenggai_desktop.storage.codec import codec

if TYPE_CHECKING:
    from zhenggai_desktop.services.ledger import Ledger
    from zhenggai_desktop.storage.store import Writer

_FORMAT = "zhenggai-branches-1"
_TYPES: dict[str, type[TreeRecord]] = {kind.__name__: kind for kind in (Section, Issue, Measure)}
#: Fields that mean something in their own ledger only.
_LEFT_BEHIND: dict[str, Any] = {"id": 0, "uid": "", "position": 0}
_LEFT_BY_TYPE: dict[type[TreeRecord], dict[str, Any]] = {
    Section: {"chapter_id": None},
    Issue: {"section_id": None, "parent_id": None, "closed": False},
    Measure: {"issue_id": 0},
}

Branch = tuple[TreeRecord, list["Branch"]]


def copy_branches(snapshot: Snapshot, keys: Collection[RecordKey]) -> str:
    """The chosen rows with all below them, as text for the clipboard."""
    outline = Outline(snapshot)
    return json.dumps(
        {"format": _FORMAT, "branches": [_written(outline, key) for key in top_rows(outline, keys)]},
        ensure_ascii=False,
    )


def as_text(snapshot: Snapshot, keys: Collection[RecordKey]) -> str:
    """The same rows to be read: a line each, with their numbers, indented by level."""
    outline = Outline(snapshot)
    return "\n".join(line for key in top_rows(outline, keys) for line in _lines(outline, key, 0))


def paste_branches(ledger: Ledger, target: RecordKey | None, text: str) -> list[RecordKey]:
    """Copies under the target where they can stand there, else after it, else after a row above it. One step.

    UsageError where the text holds no branches, EditRefusedError where they can stand nowhere near the target.
    """
    branches = _read(text)
    if not branches:
        return []
    outline = ledger.outline
    parent, position = _place(outline, target, branches)
    with ledger.step(rows_label("粘贴", [record for record, _ in branches])) as writer:
        return [_write(writer, branch, parent, position and position + at) for at, branch in enumerate(branches)]


def _place(outline: Outline, target: RecordKey | None, branches: Sequence[Branch]) -> tuple[RecordKey | None, int]:
    """Parent and position (0 = the end) at which all branches can stand."""
    rows = [] if target is None else list(line_up(outline, target))
    spots: list[tuple[RecordKey | None, RecordKey | None]] = [(target, None)]
    spots += [(parent_of(outline, row), row) for row in rows]
    kinds = {type(record) for record, _ in branches}
    refusals: list[EditRefusedError] = []
    for parent, after in spots:
        try:
            for branch in branches:
                refuse_new(outline, type(branch[0]), parent, levels=_levels(branch))
        except EditRefusedError as error:
            refusals.append(error)
            continue
        if after is None or kinds != {tree_type(after)}:  # a position counts only among rows of the same kind
            return parent, 0
        return parent, siblings_of(outline, after).index(after) + 2
    raise refusals[0]


def _levels(branch: Branch) -> int:
    _, below = branch
    return 1 + max((_levels(child) for child in below if isinstance(child[0], Issue)), default=0)


def _write(writer: Writer, branch: Branch, parent: RecordKey | None, position: int = 0) -> RecordKey:
    record, below = branch
    if isinstance(record, Measure):
        assert parent is not None, "a measure stands under an issue"
        record = replace(record, issue_id=parent[1])
    elif isinstance(record, Issue):
        record = placed_issue(record, parent)
    key = key_of(writer.add(replace(record, position=position)))
    for child in below:
        _write(writer, child, key)
    return key


# --- text


def _written(outline: Outline, key: RecordKey) -> dict[str, Any]:
    record = record_of(outline, key)
    storage = codec(type(record))
    own = replace(record, **_LEFT_BEHIND, **_LEFT_BY_TYPE[type(record)])
    below = [_written(outline, child) for kind in (Issue, Measure) for child in children_of(outline, key, kind)]
    values = dict(zip(storage.columns, storage.encode(own), strict=True))
    return {"type": type(record).__name__, "values": values, "below": below}


def _read(text: str) -> list[Branch]:
    try:
        raw: Any = json.loads(text)
        if raw["format"] != _FORMAT:
            raise ValueError(raw["format"])
        return [_branch(item) for item in raw["branches"]]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UsageError("剪贴板里的内容不是本程序复制的", "请重新复制后再粘贴") from error


def _branch(item: dict[str, Any]) -> Branch:
    kind = _TYPES[item["type"]]
    record = codec(kind).decode_foreign(item["values"])
    record = replace(record, **_LEFT_BEHIND, **_LEFT_BY_TYPE[kind])
    return record, [_branch(child) for child in item["below"]]


def _lines(outline: Outline, key: RecordKey, depth: int) -> list[str]:
    record = record_of(outline, key)
    match record:
        case Section():
            head, words = f"{outline.section_number(record)} ", record.title
        case Issue():
            head, words = f"{outline.number(record)} ", record.title
        case Measure():
            head, words = "", record.content or record.progress
    children = [child for kind in (Issue, Measure) for child in children_of(outline, key, kind)]
    below = [line for child in children for line in _lines(outline, child, depth + 1)]
    return ["  " * depth + head + words, *below]
