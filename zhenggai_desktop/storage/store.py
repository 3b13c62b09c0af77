"""Rows ↔ records: reading the whole ledger, and the ``Writer`` that a step hands out.

The writer keeps three promises that the tables cannot: texts hold no character that Office cannot hold, positions
among siblings run 1, 2, 3… without gap or double, and no issue stands below itself.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar, cast

from zhenggai_desktop.domain.collector import no_garbage_collection
from zhenggai_desktop.domain.records import (
    SNAPSHOT_FIELDS,
    Chapter,
    ClosingStep,
    Issue,
    LedgerFacts,
    Measure,
    Record,
    Snapshot,
    SourceNote,
    new_uid,
)
from zhenggai_desktop.domain.sharing import Rows
from zhenggai_desktop.storage.codec import Codec, SqlValue, codec
from zhenggai_desktop.storage.schema import MOST_NUMBER, TABLES

R = TypeVar("R", bound=Record)

SIBLINGS: dict[type[Record], tuple[str, ...]] = {
    Issue: ("section_id", "parent_id"),
    Measure: ("issue_id",),
    ClosingStep: ("issue_id",),
    SourceNote: ("source_id",),
    Chapter: ("document",),
}  # the fields that make records with a position siblings; all records of a type not named here are

_position_and_id = attrgetter("position", "id")  # written in C: asked some forty times for each record that moves
_id = attrgetter("id")
_WORTH = 16  # where one of so many rows is touched or fewer, each is put in its place; else all are ordered anew


def load_snapshot(connection: sqlite3.Connection, *, checked: bool = True) -> Snapshot:
    """Everything in the file, read at one moment. ValueError where its rows do not hang together: a row's parent is
    gone, issues stand below each other, or a place among siblings is one that nothing can follow.

    A file that SQLite has not ``checked`` as a whole may hold values of any type: these are a TypeError.
    """
    with _one_moment(connection), no_garbage_collection():
        _refuse_orphans(connection)
        fields: dict[str, Any] = {
            name: Rows(read_all(connection, codec(record_type), checked=checked))
            for record_type, name in SNAPSHOT_FIELDS.items()
        }
        (facts,) = read_all(connection, codec(LedgerFacts), checked=checked)
    found = Snapshot(facts=facts, **fields)
    _refuse_circles(found.issues)
    _refuse_far_places(fields.values())
    return found


def write_first_facts(connection: sqlite3.Connection, facts: LedgerFacts) -> None:
    """Give a new, empty ledger its one row about itself."""
    storage = codec(LedgerFacts)
    row = storage.cleaned_record(facts, id=1, uid=facts.uid or new_uid())
    connection.execute(storage.insert, storage.encode(row))


class Touched(NamedTuple):
    """How a step left a row: the position that it had before, None where that is still its own or where it has none;
    and its position now where nothing else of it changed."""

    before: int | None = None
    moved_to: int | None = None


def refreshed(
    connection: sqlite3.Connection, snapshot: Snapshot, touched: Mapping[tuple[type[Record], int], Touched]
) -> Snapshot:
    """``snapshot`` with the touched rows as they are now; every other record stays the same object."""
    fields: dict[str, Any] = {}
    for record_type, keys in groupby(sorted(touched, key=_by_table), key=lambda key: key[0]):
        rows = {record_id: touched[record_type, record_id] for _, record_id in keys}
        if record_type is LedgerFacts:
            (fields["facts"],) = _read_some(connection, codec(LedgerFacts), rows)
        else:
            name = SNAPSHOT_FIELDS[record_type]
            fields[name] = _merged(connection, codec(record_type), getattr(snapshot, name), rows)
    return replace(snapshot, **fields)


class Writer:
    """Writes records inside one step. It is dead when the step is over: RuntimeError."""

    def __init__(self, connection: sqlite3.Connection, interrupt: Callable[[], None] | None = None) -> None:
        """``interrupt`` is called before each write; what it raises ends the step."""
        self._connection: sqlite3.Connection | None = connection
        self._interrupt = interrupt
        self._free_ids: dict[type[Record], int] = {}
        self._free_positions: dict[tuple[object, ...], int] = {}

    def end(self) -> None:
        """The step is over."""
        self._connection = None

    def get(self, record_type: type[R], record_id: int) -> R:
        """The record as it is at this moment of the step; KeyError where there is none."""
        storage = codec(record_type)
        rows = self._execute(f"{storage.select} WHERE id = ?", record_id).fetchall()
        if not rows:
            raise KeyError((record_type.__name__, record_id))
        return storage.decode(rows)[0]

    def add(self, record: R) -> R:
        """Store a new record and give it back with id, uid (a given one is kept) and position.

        Position 0 means at the end of its siblings; another moves the later ones down by one.
        """
        return self.add_many((record,))[0]

    def add_many(self, records: Iterable[R]) -> tuple[R, ...]:
        """``add`` for each record in order, in one go; the records may be of several types."""
        added: list[R] = []
        with no_garbage_collection():
            for record_type, group in groupby(records, key=type):
                added.extend(self._add_group(record_type, group))
        return tuple(added)

    def update(self, record_type: type[R], record_id: int, **fields: Any) -> R:
        """Set fields of a record and give it back; values that are there already write nothing.

        A new position, or new fields that decide who its siblings are, move the record: where siblings change and
        no position is given, to the end. TypeError for an unknown field, KeyError for an unknown record,
        ValueError for an issue that would stand below itself.
        """
        storage = codec(record_type)
        unknown = fields.keys() - set(storage.columns) | fields.keys() & {"id"}
        if unknown:
            raise TypeError(f"{record_type.__name__} has no field to set named {', '.join(sorted(unknown))}")
        old = self.get(record_type, record_id)
        new = replace(old, **{name: storage.cleaned(name, value) for name, value in fields.items()})
        if new == old:
            return old
        if storage.ordered and _place(old) != _place(new):
            new = self._move(storage, old, replace(new, position=fields.get("position", 0)))
        before, after = storage.encode(old), storage.encode(new)
        changed = {name: now for name, was, now in zip(storage.columns, before, after, strict=True) if was != now}
        if changed:
            settings = ", ".join(f"{name} = ?" for name in changed)
            self._execute(f"UPDATE {storage.table} SET {settings} WHERE id = ?", *changed.values(), record_id)  # noqa: S608
        return new

    def set_facts(self, **fields: Any) -> LedgerFacts:
        """Set fields of the one row about the ledger."""
        return self.update(LedgerFacts, 1, **fields)

    def remove(self, record_type: type[Record], record_id: int) -> None:
        """Delete a record with all that belongs to it; its later siblings move up. KeyError where there is none."""
        storage: Codec[Any] = codec(record_type)
        record: Any = self.get(record_type, record_id)
        self._execute(f"DELETE FROM {storage.table} WHERE id = ?", record_id)  # noqa: S608
        if storage.ordered:
            self._shift(storage, _siblings(record), record.position + 1, -1)
        self._free_positions.clear()  # what was deleted along may have been anyone's sibling

    def reorder(self, record_type: type[Record], record_ids: Sequence[int]) -> None:
        """Give siblings the positions 1, 2, 3… in the order of ``record_ids``, which names them all."""
        storage: Codec[Any] = codec(record_type)
        self._connected.executemany(
            f"UPDATE {storage.table} SET position = ? WHERE id = ? AND position <> ?",  # noqa: S608
            [(position, record_id, position) for position, record_id in enumerate(record_ids, 1)],
        )
        self._free_positions.clear()

    @property
    def _connected(self) -> sqlite3.Connection:
        if self._connection is None:
            raise RuntimeError("the step is over: a writer only lives inside `with ledger.step(...)`")
        return self._connection

    def _execute(self, sql: str, *parameters: SqlValue) -> sqlite3.Cursor:
        if self._interrupt is not None:
            self._interrupt()
        return self._connected.execute(sql, parameters)

    # --- adding

    def _add_group(self, record_type: type[R], records: Iterable[R]) -> list[R]:
        storage = codec(record_type)
        added: list[R] = []
        rows: list[list[SqlValue]] = []

        def flush() -> None:
            if self._interrupt is not None:
                self._interrupt()
            self._connected.executemany(storage.insert, rows)
            rows.clear()

        for record in records:
            fields: dict[str, Any] = {"id": self._take_id(storage), "uid": record.uid or new_uid()}
            if storage.ordered:
                fields["position"] = self._take_position(storage, record, flush)
            added.append(storage.cleaned_record(record, **fields))
            rows.append(storage.encode(added[-1]))
        flush()
        return added

    def _take_id(self, storage: Codec[Any]) -> int:
        """The next id of a type. Ids are never used twice in one file, so a stale id can never mean another record."""
        free = self._free_ids.get(storage.record_type)
        if free is None:
            (free,) = self._execute(  # the rows are asked too: what counts them may be damaged
                "SELECT 1 + max(coalesce((SELECT seq FROM sqlite_sequence WHERE name = ?), 0),"  # noqa: S608
                f" coalesce((SELECT max(id) FROM {storage.table}), 0))",
                storage.table,
            ).fetchone()
        self._free_ids[storage.record_type] = free + 1
        return free

    def _take_position(self, storage: Codec[Any], record: Any, flush: Callable[[], None]) -> int:
        siblings = _siblings(record)
        key = (storage.record_type, *siblings.values())
        if key not in self._free_positions:  # then none of them waits to be flushed either
            self._free_positions[key] = self._end_of(storage, siblings)
        end = self._free_positions[key]
        self._free_positions[key] = end + 1
        if not 0 < record.position < end:
            return end
        flush()
        self._shift(storage, siblings, record.position, 1)
        return record.position

    # --- order

    def _move(self, storage: Codec[Any], old: Any, new: Any) -> Any:
        """Close the gap at the old place, open one at the new, and give ``new`` with its true position."""
        if isinstance(new, Issue):
            self._refuse_circle(new)
        self._shift(storage, _siblings(old), old.position + 1, -1)
        end = self._end_of(storage, _siblings(new), leaving_out=new.id)
        position = new.position if 0 < new.position < end else end
        self._shift(storage, _siblings(new), position, 1, leaving_out=new.id)
        self._free_positions.clear()
        return replace(new, position=position)

    def _end_of(self, storage: Codec[Any], siblings: dict[str, Any], leaving_out: int = 0) -> int:
        where, values = _condition(storage, siblings)
        (end,) = self._execute(
            f"SELECT coalesce(max(position), 0) + 1 FROM {storage.table} WHERE {where} AND id <> ?",  # noqa: S608
            *values,
            leaving_out,
        ).fetchone()
        return end

    def _shift(self, storage: Codec[Any], siblings: dict[str, Any], start: int, by: int, leaving_out: int = 0) -> None:
        where, values = _condition(storage, siblings)
        self._execute(
            f"UPDATE {storage.table} SET position = position + ? WHERE {where} AND position >= ? AND id <> ?",  # noqa: S608
            by,
            *values,
            start,
            leaving_out,
        )

    def _refuse_circle(self, issue: Issue) -> None:
        above = issue.parent_id
        while above is not None:
            if above == issue.id:
                raise ValueError("an issue cannot stand below itself")
            above = self.get(Issue, above).parent_id


def _siblings(record: Any) -> dict[str, Any]:
    return {name: getattr(record, name) for name in SIBLINGS.get(cast("type[Record]", type(record)), ())}


def _place(record: Any) -> tuple[object, ...]:
    return record.position, *_siblings(record).values()


def _condition(storage: Codec[Any], siblings: dict[str, Any]) -> tuple[str, list[SqlValue]]:
    """That rows are siblings. A plus keeps SQLite from the index of what is empty: nearly all rows have no parent, and
    it would look at each of them where the section alone leads to a few."""
    values = {name: storage.encode_value(name, value) for name, value in siblings.items()}
    known = [name for name, value in values.items() if value is not None]
    tests = (f"{'' if name in known or not known else '+'}{name} IS ?" for name in values)
    return " AND ".join(tests) or "TRUE", list(values.values())


def read_all(connection: sqlite3.Connection, storage: Codec[R], *, checked: bool) -> list[R]:
    """All records of one type, in order; ``checked`` as for ``load_snapshot``."""
    order = "position, id" if storage.ordered else "id"
    rows = connection.execute(f"{storage.select} ORDER BY {order}").fetchall()
    if not checked:
        storage.refuse_wrong_types(rows)
    storage.refuse_broken_keys(rows)
    return storage.decode(rows)


def _refuse_orphans(connection: sqlite3.Connection) -> None:
    for table in TABLES.values():
        if connection.execute(f"PRAGMA foreign_key_check({table})").fetchone() is not None:
            raise ValueError(f"a row of {table} whose parent is gone")


def _refuse_circles(issues: Iterable[Issue]) -> None:
    """Take off what stands below nothing that is left; what never comes off stands in a circle, or below one."""
    above = {issue.id: issue.parent_id for issue in issues if issue.parent_id is not None}
    while above:
        left = {issue_id: parent for issue_id, parent in above.items() if parent in above}
        if len(left) == len(above):
            raise ValueError("issues that stand below each other")
        above = left


def _refuse_far_places(lists: Iterable[Sequence[Record]]) -> None:
    """Each list ends with its highest position, for it is read in their order."""
    if any(records and getattr(records[-1], "position", 0) > MOST_NUMBER for records in lists):
        raise ValueError("a place behind which there is none")


def _by_table(key: tuple[type[Record], int]) -> tuple[str, int]:
    return key[0].__name__, key[1]


def _read_some(connection: sqlite3.Connection, storage: Codec[R], ids: Iterable[int]) -> list[R]:
    asked = json.dumps([*ids])
    where = "WHERE id IN (SELECT value FROM json_each(?))"
    return storage.decode(connection.execute(f"{storage.select} {where}", (asked,)).fetchall())


def _merged(
    connection: sqlite3.Connection, storage: Codec[Any], old: Rows[Any], touched: Mapping[int, Touched]
) -> Rows[Any]:
    """``old`` without the touched records, with those that are there now, in order."""
    order = _position_and_id if storage.ordered else _id
    if len(touched) * _WORTH > len(old):
        now = _read_some(connection, storage, touched)
        return Rows(sorted([*(record for record in old if record.id not in touched), *now], key=order))

    def place_of(record_id: int, position: int | None) -> int | None:
        at = old.place_of((position, record_id) if storage.ordered else record_id, order)
        return at if at < len(old) and old[at].id == record_id else None

    moved = {
        at: moved_to
        for record_id, (before, moved_to) in touched.items()
        if moved_to is not None and (at := place_of(record_id, before)) is not None
    }
    now = storage.moved((old[at], position) for at, position in moved.items()) if moved else []
    others = touched.keys() - {record.id for record in now}
    now += _read_some(connection, storage, others)
    here = {record.id: record.position for record in now} if storage.ordered else {}
    gone = [*moved]
    for record_id in others:
        before = touched[record_id].before
        at = place_of(record_id, here.get(record_id, 0) if before is None else before)
        if at is not None:
            gone.append(at)
    return old.edited(gone, [(old.place_of(order(record), order), record) for record in sorted(now, key=order)])


@contextlib.contextmanager
def _one_moment(connection: sqlite3.Connection) -> Generator[None]:
    """Inside, all SELECTs see the same state of the file; a step that is open is such a moment already."""
    if connection.in_transaction:
        yield
        return
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")
