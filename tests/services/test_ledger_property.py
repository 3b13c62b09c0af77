"""Whatever is done to a ledger: undone it is the start, done again it is the end, closed and opened it is the same.

The model beside the ledger is a list of snapshots: those that undo leads back to and those that redo leads on to.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import UnionType
from typing import Any, get_args, get_type_hints

import pytest
from builders import a_ledger, a_tree
from hypothesis import given, settings
from hypothesis import strategies as st

from zhenggai_desktop.domain.records import (
    RECORD_TYPES,
    SNAPSHOT_FIELDS,
    Chapter,
    Department,
    Draft,
    Evidence,
    Issue,
    LedgerFacts,
    Measure,
    MeasureLink,
    Milestone,
    Outcome,
    Record,
    Section,
    Snapshot,
    Source,
)
from zhenggai_desktop.errors import NothingToUndoError
from zhenggai_desktop.services.ledger import Ledger
from zhenggai_desktop.storage.store import Writer, load_snapshot

PARENTS: dict[str, type[Record]] = {
    "section_id": Section, "parent_id": Issue, "issue_id": Issue, "measure_id": Measure, "outcome_id": Outcome,
    "evidence_id": Evidence, "milestone_id": Milestone, "department_id": Department, "source_id": Source,
    "chapter_id": Chapter, "draft_id": Draft,
}  # fmt: skip
TEXTS = st.text("甲乙丙。“”\n\x00\ud800𠮷'\"\\{}", max_size=6)
VALUES: dict[Any, st.SearchStrategy[Any]] = {
    str: TEXTS,
    int: st.integers(1, 4),
    dt.date: st.dates(dt.date(2024, 1, 1), dt.date(2026, 12, 31)),
    dt.datetime: st.datetimes(dt.datetime(2024, 1, 1), dt.datetime(2026, 1, 1)),  # noqa: DTZ001  (naive ones pass too)
    Decimal: st.decimals(-9999, 9999, places=2),
    tuple[str, ...]: st.lists(TEXTS, max_size=3).map(tuple),
}


_NOT_OURS = {"too_deep", "evidence_missing"}  # names of files are drawn like any text; there are no files


@dataclass
class Walk:
    """A ledger on its way, with what the model says of it."""

    ledger: Ledger
    behind: list[Snapshot] = field(default_factory=list[Snapshot])
    ahead: list[Snapshot] = field(default_factory=list[Snapshot])
    points: dict[int, Snapshot] = field(default_factory=dict[int, Snapshot])

    def edit(self, data: st.DataObject) -> None:
        before = self.ledger.snapshot
        try:
            with self.ledger.step("改") as writer:
                for _ in range(data.draw(st.integers(1, 4))):
                    data.draw(st.sampled_from(EDITS))(writer, data)
        except ValueError:  # a circle of issues: the step did not happen
            assert self.ledger.snapshot == before
        self._took_a_step(before)

    def undo(self, data: st.DataObject) -> None:
        if not self.behind:
            with pytest.raises(NothingToUndoError):
                self.ledger.undo()
            return
        self.ahead.append(self.ledger.snapshot)
        self.ledger.undo()
        assert self.ledger.snapshot == self.behind.pop()

    def redo(self, data: st.DataObject) -> None:
        if not self.ahead:
            with pytest.raises(NothingToUndoError):
                self.ledger.redo()
            return
        self.behind.append(self.ledger.snapshot)
        self.ledger.redo()
        assert self.ledger.snapshot == self.ahead.pop()

    def back_to_a_point(self, data: st.DataObject) -> None:
        if not self.points:
            return
        before = self.ledger.snapshot
        point = data.draw(st.sampled_from(sorted(self.points)))
        try:
            self.ledger.undo_to(point)
        except NothingToUndoError:
            assert before == self.points[point]
        assert self.ledger.snapshot == self.points[point]
        self._took_a_step(before)

    def reopen(self, data: st.DataObject) -> None:
        before, labels = self.ledger.snapshot, (self.ledger.undo_label, self.ledger.redo_label)
        self.ledger.close()
        self.ledger = Ledger.open(self.ledger.path)
        assert self.ledger.snapshot == before
        assert (self.ledger.undo_label, self.ledger.redo_label) == labels

    def _took_a_step(self, before: Snapshot) -> None:
        if self.ledger.snapshot != before:
            self.behind.append(before)
            self.ahead.clear()

    def verify(self) -> None:
        """Memory is what the file holds, the file is sound, and the model knows what can be undone."""
        assert load_snapshot(self.ledger._file.connection) == self.ledger.snapshot
        assert (self.ledger.undo_label is None, self.ledger.redo_label is None) == (not self.behind, not self.ahead)
        assert [f for f in self.ledger.check() if f.code not in _NOT_OURS] == []
        history = self.ledger.history()
        if history:
            self.points[history[0].id] = self.ledger.snapshot


def add(writer: Writer, data: st.DataObject) -> None:
    record_type = data.draw(st.sampled_from([kind for kind in RECORD_TYPES if kind is not LedgerFacts]))
    values = drawn_values(writer, data, record_type)
    if values is not None:
        writer.add(record_type(**values))


def update(writer: Writer, data: st.DataObject) -> None:
    record = any_record(writer, data)
    if record is not None and not isinstance(record, MeasureLink):
        names = data.draw(st.lists(st.sampled_from([f.name for f in fields(record)]), max_size=4, unique=True))
        values = {
            name: data.draw(values_of(type(record), name))
            for name in names
            if name not in PARENTS and name not in {"id", "uid"}
        }
        writer.update(type(record), record.id, **values)


def move(writer: Writer, data: st.DataObject) -> None:
    issues = stored(writer, Issue)
    if issues:
        issue_id = data.draw(st.sampled_from(issues))
        target = drawn_owner(writer, data, ["section_id", "parent_id"])
        writer.update(Issue, issue_id, **{"section_id": None, "parent_id": None, **target})


def remove(writer: Writer, data: st.DataObject) -> None:
    record = any_record(writer, data)
    if record is not None:
        writer.remove(type(record), record.id)


def reorder(writer: Writer, data: st.DataObject) -> None:
    writer.reorder(Section, data.draw(st.permutations(stored(writer, Section))))


def change_facts(writer: Writer, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(["organisation", "feedback_date", "recommendations", "level"]))
    writer.set_facts(**{name: data.draw(values_of(LedgerFacts, name))})


EDITS: list[Callable[[Writer, st.DataObject], None]] = [add, add, add, update, move, remove, reorder, change_facts]
MOVES: list[Callable[[Walk, st.DataObject], None]] = [
    Walk.edit, Walk.edit, Walk.edit, Walk.undo, Walk.undo, Walk.redo, Walk.reopen, Walk.back_to_a_point
]  # fmt: skip


def stored(writer: Writer, record_type: type[Record]) -> list[int]:
    """The ids of a type at this moment of the step."""
    table = SNAPSHOT_FIELDS[record_type]
    return [row_id for (row_id,) in writer._connected.execute(f"SELECT id FROM {table} ORDER BY id")]


def any_record(writer: Writer, data: st.DataObject) -> Record | None:
    present = [record_type for record_type in SNAPSHOT_FIELDS if stored(writer, record_type)]
    if not present:
        return None
    record_type = data.draw(st.sampled_from(present))
    return writer.get(record_type, data.draw(st.sampled_from(stored(writer, record_type))))


@cache
def hints_of(record_type: type[Record]) -> dict[str, Any]:
    return get_type_hints(record_type)


def values_of(record_type: type[Record], name: str) -> st.SearchStrategy[Any]:
    hint = hints_of(record_type)[name]
    if isinstance(hint, UnionType):
        (hint,) = (part for part in get_args(hint) if part is not type(None))
        return st.none() | VALUES.get(hint, st.from_type(hint))
    return VALUES.get(hint, st.from_type(hint))


def drawn_values(writer: Writer, data: st.DataObject, record_type: type[Record]) -> dict[str, Any] | None:
    """Fields for a new record, its owners among what is stored; None where it cannot have an owner, or is double."""
    hints = hints_of(record_type)
    owners = [name for name in hints if name in PARENTS and hints[name] is not str]
    needed = [name for name in owners if hints[name] is int]
    others = [name for name in owners if name not in needed]  # one of them at most
    values = {name: data.draw(values_of(record_type, name)) for name in hints if name in {"title", "text", "number"}}
    values |= {"position": data.draw(st.integers(0, 4))} if "position" in hints else {}
    for name in needed:
        values |= drawn_owner(writer, data, [name])
    values |= drawn_owner(writer, data, others)
    homeless = "issue_id" in others and not values.keys() & set(others)
    if homeless or not values.keys() >= set(needed) or is_double(writer, record_type, values):
        return None
    return values


def drawn_owner(writer: Writer, data: st.DataObject, names: list[str]) -> dict[str, Any]:
    """One of the owners named, if there is any to be had."""
    possible = [(name, owner) for name in names for owner in stored(writer, PARENTS[name])]
    return dict([data.draw(st.sampled_from(possible))]) if possible else {}


def is_double(writer: Writer, record_type: type[Record], values: dict[str, Any]) -> bool:
    if not record_type.__name__.endswith("Link"):
        return False
    where = " AND ".join(f"{name} = {value}" for name, value in values.items())
    found = writer._connected.execute(f"SELECT 1 FROM {SNAPSHOT_FIELDS[record_type]} WHERE {where}")
    return found.fetchone() is not None


def walk_about(data: st.DataObject, folder: Path, length: int) -> None:
    walk = Walk(a_ledger(folder))
    start = walk.ledger.snapshot
    with walk.ledger.step("建立") as writer:
        writer.add_many(list(a_tree(2, 2, 1)))
    walk.behind.append(start)
    for _ in range(length):
        data.draw(st.sampled_from(MOVES))(walk, data)
        walk.verify()
    while walk.ahead:
        walk.redo(data)
    end = walk.ledger.snapshot
    while walk.behind:
        walk.undo(data)
    assert walk.ledger.snapshot == start
    walk.reopen(data)
    while walk.ahead:
        walk.redo(data)
    walk.reopen(data)
    assert walk.ledger.snapshot == end
    walk.ledger.close()


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_any_walk_undone_is_the_start_and_done_again_is_the_end(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        walk_about(data, Path(folder), data.draw(st.integers(1, 8)))


@pytest.mark.full
@settings(max_examples=250, deadline=None)
@given(data=st.data())
def test_any_long_walk_undone_is_the_start_and_done_again_is_the_end(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        walk_about(data, Path(folder), data.draw(st.integers(8, 30)))
