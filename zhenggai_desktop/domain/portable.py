"""Records as they travel between files: known by their uid, with references to other records as uids too.

Workbooks, department sheets and copies of a ledger are compared and put together in this form. What it leaves out is
``id`` (good inside one file) and ``position`` (the order of the records says it).
"""

from __future__ import annotations

import datetime as dt
import json
import types
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import MISSING, fields
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any, Union, cast, get_args, get_origin, get_type_hints

from zhenggai_desktop import texts
from zhenggai_desktop.domain.exact_numbers import read_exact
from zhenggai_desktop.domain.records import (
    RECORD_TYPES,
    SNAPSHOT_FIELDS,
    AnswerForm,
    AnswerPlace,
    BlockKind,
    Chapter,
    ChapterBlock,
    Chase,
    Department,
    Draft,
    Evidence,
    EvidenceLink,
    Extension,
    HandOver,
    Issue,
    LedgerFacts,
    LogEntry,
    Measure,
    Milestone,
    Outcome,
    OutcomeLink,
    Record,
    Section,
    Snapshot,
    Source,
)

Key = tuple[type[Record], str]
"""A record's type and uid."""
Fields = dict[str, object]
Portable = dict[Key, Fields]
"""Records in their order, parents of a type before their children."""

TARGETS: Mapping[str, type[Record]] = {
    "section_id": Section,
    "parent_id": Issue,
    "chapter_id": Chapter,
    "issue_id": Issue,
    "measure_id": Measure,
    "outcome_id": Outcome,
    "evidence_id": Evidence,
    "department_id": Department,
    "milestone_id": Milestone,
    "draft_id": Draft,
    "source_id": Source,
}
"""Fields that name another record, by their name."""
_LEFT_OUT = {"id", "uid", "position"}


@cache
def travelling(record_type: type[Record]) -> tuple[str, ...]:
    """The names of the fields that travel."""
    return tuple(field.name for field in fields(record_type) if field.name not in _LEFT_OUT)


@cache
def blanks(record_type: type[Record]) -> Fields:
    """What each travelling field is where nothing was entered; None for a reference."""
    found: Fields = {}
    for field in fields(record_type):
        if field.name in travelling(record_type):
            value: object = field.default
            assert value is not MISSING  # every field of a record has a default
            found[field.name] = None if is_reference(record_type, field.name) else value
    return found


@cache
def _hints(record_type: type[Record]) -> Mapping[str, Any]:
    return get_type_hints(record_type)


def is_reference(record_type: type[Record], name: str) -> bool:
    """True for a field that names another record; a draft's own ``draft_id`` is text and none."""
    return name in TARGETS and _hints(record_type)[name] is not str


def portable(snapshot: Snapshot) -> Portable:
    """Every record of a ledger, the ledger's facts first."""
    uids: dict[type[Record], dict[int, str]] = {
        record_type: {record.id: record.uid for record in records_of(snapshot, record_type)}
        for record_type in RECORD_TYPES
    }
    found: Portable = {}
    for record_type in RECORD_TYPES:
        names = travelling(record_type)
        references = [name for name in names if is_reference(record_type, name)]
        for record in records_of(snapshot, record_type):
            values = {name: getattr(record, name) for name in names}
            for name in references:
                target = cast("int | None", values[name])
                values[name] = uids[TARGETS[name]].get(target) if target is not None else None
            found[record_type, record.uid] = values
    return found


def records_of(snapshot: Snapshot, record_type: type[Record]) -> tuple[Record, ...]:
    """All records of a type in their order."""
    if record_type is LedgerFacts:
        return (snapshot.facts,)
    return cast("tuple[Record, ...]", getattr(snapshot, SNAPSHOT_FIELDS[record_type]))


def whole_snapshot(records: Portable) -> Snapshot:
    """A ledger of these records with ids of its own, in the order in which they stand.

    A reference to a record that is not among them is empty.
    """
    ids: dict[Key, int] = {}
    counts: dict[type[Record], int] = {}
    for key in records:
        counts[key[0]] = counts.get(key[0], 0) + 1
        ids[key] = counts[key[0]]
    rows: dict[str, list[Record]] = {}
    facts = LedgerFacts()
    for (record_type, uid), values in records.items():
        record = made(record_type, uid, values, ids)
        if isinstance(record, LedgerFacts):
            facts = record
        else:
            rows.setdefault(SNAPSHOT_FIELDS[record_type], []).append(record)
    return Snapshot(facts=facts, **{name: tuple(found) for name, found in rows.items()})  # type: ignore[arg-type]


def made(record_type: type[Record], uid: str, values: Mapping[str, object], ids: Mapping[Key, int]) -> Record:
    """The record with these values; ``ids`` says the id of each record, its own included where it has one."""
    wanted: dict[str, Any] = dict(values)
    for name, value in values.items():
        if is_reference(record_type, name):
            found = ids.get((TARGETS[name], cast("str", value))) if value is not None else None
            wanted[name] = found if found is not None or _is_optional(record_type, name) else 0
    order = ids.get((record_type, uid), 0)
    if order and "position" in _hints(record_type):
        wanted["position"] = order
    return record_type(id=order, uid=uid, **wanted)


def _is_optional(record_type: type[Record], name: str) -> bool:
    return types.NoneType in get_args(_hints(record_type)[name])


def record_ids(snapshot: Snapshot) -> dict[Key, int]:
    """The id of every record."""
    return {
        (record_type, record.uid): record.id
        for record_type in RECORD_TYPES
        for record in records_of(snapshot, record_type)
    }


@cache
def required_references(record_type: type[Record]) -> tuple[tuple[str, type[Record]], ...]:
    """The references without which a record cannot be, with what they name."""
    return tuple(
        (name, TARGETS[name])
        for name in travelling(record_type)
        if is_reference(record_type, name) and not _is_optional(record_type, name)
    )


def parents_first(records: Portable) -> Iterator[Key]:
    """The keys in their order, but an issue never before the one above it."""
    done: set[Key] = set()
    for start in records:
        waiting = [start]
        while waiting:
            key = waiting[-1]
            above: Key = (Issue, str(records[key].get("parent_id"))) if key[0] is Issue else key
            if above in records and above not in done and above not in waiting:
                waiting.append(above)
                continue
            waiting.pop()
            if key not in done:
                done.add(key)
                yield key


_OWNED: frozenset[type[Record]] = frozenset({LogEntry, OutcomeLink, EvidenceLink, Extension, Chase, HandOver})


def has_owner(key: Key, values: Mapping[str, object], ids: Container[Key]) -> bool:
    """True unless the record would belong to nothing: what it needs is not among ``ids``."""
    needed = {(target, str(values.get(name))) for name, target in required_references(key[0])}
    if not all(target in ids for target in needed):
        return False
    return key[0] not in _OWNED or any(target in ids for target in named_by(key, values) if target not in needed)


def named_by(key: Key, values: Mapping[str, object]) -> Iterator[Key]:
    """The records that a record names: what it stands in or belongs to."""
    for name, value in values.items():
        if value is not None and is_reference(key[0], name):
            yield TARGETS[name], str(value)


_TITLES = ("title", "content", "name", "text", "kind", "file_name", "body", "step", "progress")


def title_of(values: Mapping[str, object]) -> str:
    """The words by which a person knows a record; "" where it has none."""
    return next((str(values[name]) for name in _TITLES if values.get(name)), "")


# --- values as text


def to_text(record_type: type[Record], name: str, value: object) -> str:
    """A field's value in words that ``from_text`` reads back without loss; "" for an empty one."""
    if is_reference(record_type, name):
        return cast("str", value) if value is not None else ""
    if value is None:
        return ""
    if isinstance(value, str) and not isinstance(value, StrEnum):
        quoted = _is_optional(record_type, name) and (not value or value[0] == value[-1] == '"')
        return f'"{value}"' if quoted else value
    if isinstance(value, StrEnum):
        return _enum_words(value)
    return cast("str", _TO_TEXT[_kind(record_type, name)](value))


def from_text(record_type: type[Record], name: str, text: str) -> object:
    """The value that ``to_text`` wrote; ValueError for words that no value of the field can be."""
    if is_reference(record_type, name):
        return text or None
    kind = _kind(record_type, name)
    if kind is str:
        if not _is_optional(record_type, name):
            return text
        return (text[1:-1] if len(text) > 1 and text[0] == text[-1] == '"' else text) if text else None
    if not text:
        return blanks(record_type)[name]
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return _member(kind, text)
    return _FROM_TEXT[kind](text)


def _kind(record_type: type[Record], name: str) -> Any:
    hint = _hints(record_type)[name]
    if get_origin(hint) in (Union, types.UnionType):
        (hint,) = (part for part in get_args(hint) if part is not types.NoneType)
    return hint


_FORMER_WORDS: Mapping[tuple[type[StrEnum], str], str] = {
    (AnswerForm, AnswerForm.AUTO.value): "按方案",
    (AnswerPlace, AnswerPlace.AUTO.value): "按方案",
}  # what workbooks say that were exported under an earlier word


def _member(kind: type[StrEnum], text: str) -> StrEnum:
    for member in kind:
        if text in (member.value, _enum_words(member), _FORMER_WORDS.get((kind, member.value))):
            return member
    raise ValueError(f"“{text}”不在可选的值之中")


def _enum_words(member: StrEnum) -> str:
    """The caption, or the value of an enum that has no captions for people."""
    try:
        return texts.enum_text(member)
    except KeyError:
        return member.value


def _list_text(items: Iterable[str]) -> str:
    """A line each; JSON where an item would be read as something else."""
    found = list(items)
    plain = all(item and "\n" not in item for item in found) and not (found and found[0].startswith("["))
    return "\n".join(found) if plain else json.dumps(found, ensure_ascii=False)


def _list_of(text: str) -> tuple[str, ...]:
    if text.startswith("["):
        try:
            found = json.loads(text)
        except (ValueError, RecursionError):
            found = None
        if isinstance(found, list) and all(isinstance(item, str) for item in cast("list[object]", found)):
            return tuple(cast("list[str]", found))
    return tuple(text.split("\n"))


def _blocks_text(blocks: Iterable[ChapterBlock]) -> str:
    rows = [[block.kind.value, block.level, block.text] for block in blocks]
    return json.dumps(rows, ensure_ascii=False) if rows else ""


def _blocks_of(text: str) -> tuple[ChapterBlock, ...]:
    try:
        return tuple(ChapterBlock(BlockKind(kind), int(level), str(words)) for kind, level, words in json.loads(text))
    except (TypeError, RecursionError) as error:
        raise ValueError(text) from error


def _truth(text: str) -> bool:
    if text not in ("是", "否"):
        raise ValueError(f"“{text}”应为“是”或“否”")
    return text == "是"


def _truth_text(value: bool) -> str:
    return "是" if value else "否"


def _exact_text(value: Decimal) -> str:
    return format(value, "f")


def _day(text: str) -> dt.date:
    return dt.date.fromisoformat(text[:10])


_TO_TEXT: Mapping[Any, Any] = {
    int: str,
    bool: _truth_text,
    dt.date: dt.date.isoformat,
    dt.datetime: dt.datetime.isoformat,
    Decimal: _exact_text,
    tuple[str, ...]: _list_text,
    tuple[ChapterBlock, ...]: _blocks_text,
}
_FROM_TEXT: Mapping[Any, Any] = {
    int: int,
    bool: _truth,
    dt.date: _day,
    dt.datetime: dt.datetime.fromisoformat,
    Decimal: read_exact,
    tuple[str, ...]: _list_of,
    tuple[ChapterBlock, ...]: _blocks_of,
}
