"""The history of one record in words: who did what when, and for each field what it was and what it became."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhenggai_desktop.domain.changes import HistoryEntry, RecordKey, RowChange
from zhenggai_desktop.domain.layout_file import read_profile
from zhenggai_desktop.domain.records import Issue, Section, Snapshot
from zhenggai_desktop.domain.rules_words import changed_rules
from zhenggai_desktop.errors import UsageError
from zhenggai_desktop.services.step_names import short_title
from zhenggai_desktop.texts import field_name, in_terms, value_text

if TYPE_CHECKING:
    from zhenggai_desktop.services.ledger import Ledger

_PARENTS = {"section_id": Section, "parent_id": Issue, "issue_id": Issue}
_UNSAID = {"id", "uid", "position", "chapter_id", "scheme_changes", "draft_id", "base_values", *_PARENTS}
_NAMED = {"milestone_id": ("流程节点", "milestones"), "department_id": ("部门", "departments")}
_MOVES = ("移动", "升级", "降级", "粘贴")
EMPTY = "空"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """``before`` and ``after`` in words, ``EMPTY`` for nothing."""

    caption: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RecordStep:
    """One step that touched the record. ``fields`` are empty where the record was added, removed or only moved."""

    entry: HistoryEntry
    fields: tuple[FieldChange, ...]


def history_of(ledger: Ledger, key: RecordKey) -> list[RecordStep]:
    """All steps that touched a record, the newest first. Where it only made room for another, it was not meant."""
    changes = ledger.changes_of(key)
    return [
        RecordStep(entry, tuple(changed_fields(ledger.snapshot, change)))
        for entry in ledger.history()
        if (change := changes.get(entry.id)) is not None and _is_meant(entry, change)
    ]


def _is_meant(entry: HistoryEntry, change: RowChange) -> bool:
    only_position = change.after is not None and change.before is not None and set(change.after) == {"position"}
    return not only_position or any(verb in entry.label for verb in _MOVES)


def changed_fields(snapshot: Snapshot, change: RowChange) -> Iterator[FieldChange]:
    """The fields of a changed record in words, from what to what; nothing for one that was added or removed."""
    if change.before is None or change.after is None:
        return
    if set(change.after) & set(_PARENTS):
        yield FieldChange("位置", *(_place(snapshot, values) for values in (change.before, change.after)))
    for name, after in change.after.items():
        if name == "rules":
            for caption, was, now in changed_rules(str(change.before[name]), str(after), snapshot.facts.kind):
                yield FieldChange(caption, was or EMPTY, now or EMPTY)
        elif name in _NAMED:
            caption, rows = _NAMED[name]
            names = {one.id: getattr(one, "title", "") or getattr(one, "name", "") for one in getattr(snapshot, rows)}
            values = (change.before[name], after)
            was, now = (EMPTY if value is None else names.get(value, "已删除的一项") for value in values)
            yield FieldChange(caption, was, now)
        elif name not in _UNSAID:
            caption = in_terms(field_name(change.record_type, name), snapshot.facts.kind)
            was, now = (_text(name, value) or EMPTY for value in (change.before[name], after))
            if name == "period":
                was, now = (in_terms(words, snapshot.facts.kind) for words in (was, now))
            yield FieldChange(caption, was, now)


def _text(name: str, value: object) -> str:
    """A value in words; a layout by its name, not by all its numbers."""
    if name == "layout_profile":
        with suppress(UsageError):
            return read_profile(str(value)).name
    return value_text(value)


def _place(snapshot: Snapshot, values: Mapping[str, object]) -> str:
    """The record under which one stands; one that is gone by now is not named."""
    name = next((name for name in _PARENTS if values.get(name) is not None), None)
    if name is None:
        return "最上一级"
    records = snapshot.sections if _PARENTS[name] is Section else snapshot.issues
    return next((short_title(one) or "未命名的一项" for one in records if one.id == values[name]), "已删除的一项")
