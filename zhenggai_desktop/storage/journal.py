"""The one door for writing, and the change log behind it: undo, redo, history, "back to this point".

A step is one transaction. Triggers that live only in this connection copy every row image into ``step_images``
while it runs, cascades included; a write outside a step has no step to name and fails on the log's NOT NULL.

Undoing replays a step's images backwards and runs row by row through the very states the step went through, so no
foreign key, cascade or unique column can be in its way. It is a step itself and leaves its own entry.

A history that was rescued with holes in it ends in a seal, an undo that has no target: nothing before it is replayed.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import sqlite3
from collections.abc import Callable, Generator, Iterable, Iterator
from typing import Any, cast

from zhenggai_desktop.domain.changes import HistoryEntry, RowChange, StepKind
from zhenggai_desktop.domain.cleaning import clean
from zhenggai_desktop.domain.record_making import Value, frozen
from zhenggai_desktop.domain.records import RECORD_TYPES, new_uid
from zhenggai_desktop.errors import NothingToUndoError
from zhenggai_desktop.storage.codec import Codec, codec
from zhenggai_desktop.storage.schema import RECORD_TYPE_OF

RowKey = tuple[str, int]  # table, row id
Values = dict[str, Any]
Image = tuple[str, int, str | None, str | None]  # table, row id, before, after


class RowDelta:
    """What happened to a row in sum: None stands for "was not there"; of an updated row only what differs."""

    __slots__ = ("after", "before")

    def __init__(self, before: Values | None, after: Values | None) -> None:
        self.before, self.after = before, after


class OpenStep:
    """A step that is being written. ``deltas`` is what it did in sum, once it is settled."""

    __slots__ = ("deltas", "id")

    def __init__(self, step_id: int) -> None:
        self.id = step_id
        self.deltas: dict[RowKey, RowDelta] | None = None


@frozen
class Done(Value):
    """A normal step that can be undone or done again."""

    id: int
    label: str


class Journal:
    """The change log of one connection. Made after migrations, which may drop triggers."""

    def __init__(self, connection: sqlite3.Connection, who: str, clock: Callable[[], dt.datetime]) -> None:
        self._connection = connection
        self.interrupt: Callable[[], None] | None = None  # asked before each row of a replay; what it raises ends it
        self._who = who
        self._clock = clock
        self._undoable: list[Done] = []
        self._redoable: list[Done] = []
        self._before_seal: set[int] = set()  # steps that stand and can no longer be undone
        self.sealed_at = 0  # the last seal; 0 for none
        self._watching = False
        self.reload()

    def sign_as(self, who: str) -> None:
        """The name for the steps from now on."""
        self._who = who

    def reload(self) -> None:
        """Read from the log what can be undone and what can be done again."""
        self._undoable.clear()
        self._redoable.clear()
        self._before_seal.clear()
        self.sealed_at = 0
        for step_id, label, kind, target_id in self._connection.execute(
            "SELECT id, label, kind, target_id FROM steps ORDER BY id"
        ):
            self._account(StepKind(kind), Done(step_id, label), target_id)

    @property
    def next_undo(self) -> Done | None:
        return self._undoable[-1] if self._undoable else None

    @property
    def next_redo(self) -> Done | None:
        return self._redoable[-1] if self._redoable else None

    @contextlib.contextmanager
    def step(self, label: str, kind: StepKind = StepKind.NORMAL, target: Done | None = None) -> Generator[OpenStep]:
        """One transaction and one entry; rolled back by an exception, without a trace where nothing changed.

        BEGIN IMMEDIATE, because the lock must be ours before anything is read that the step relies on.
        """
        self._watch()
        execute = self._connection.execute
        execute("BEGIN IMMEDIATE")
        try:
            label = clean(label)
            step = OpenStep(self._enter(label, kind, target))
            execute("INSERT INTO current_step VALUES (?)", (step.id,))
            yield step
            execute("DELETE FROM current_step")
            changed = bool(self.settle(step))
            execute("COMMIT" if changed else "ROLLBACK")
        except BaseException:
            if self._connection.in_transaction:
                execute("ROLLBACK")
            raise
        if changed:
            self._account(kind, Done(step.id, label), target and target.id)

    def settle(self, step: OpenStep) -> dict[RowKey, RowDelta]:
        """Nothing more is written in the step: what it did to each row in sum."""
        if step.deltas is None:
            step.deltas = self.deltas(step.id)
        return step.deltas

    def replay_back(self, done: Done) -> None:
        """Take the rows back to before a step. Only inside a step, on the state in which that one ended."""
        self._replay_back("step_id = ? ORDER BY seq DESC", done.id)

    def replay_back_to(self, step: OpenStep, last_kept_id: int) -> None:
        """Take the rows back to the moment after ``last_kept_id``, whatever was done, undone and redone since."""
        self._replay_back("step_id > ? AND step_id < ? ORDER BY seq DESC", last_kept_id, step.id)

    def replay(self, done: Done) -> None:
        """Do again what a step did. Only inside a step, on the state from which that one started."""
        self._defer_foreign_keys()
        for table, row_id, before, after in self._images("step_id = ? ORDER BY seq", done.id):
            self._replace(table, row_id, before, after)

    def row_count(self, done: Done) -> int:
        """How many writes a step made, and replaying it makes."""
        return self._connection.execute("SELECT count(*) FROM step_images WHERE step_id = ?", (done.id,)).fetchone()[0]

    def deltas(self, step_id: int) -> dict[RowKey, RowDelta]:
        """What a step did to each row in sum. Rows that ended as they began are not in it."""
        return _folded(self._images("step_id = ? ORDER BY seq", step_id))

    def entries(self) -> tuple[HistoryEntry, ...]:
        """All steps, the newest first."""
        standing = {done.id for done in self._undoable} | self._before_seal
        return tuple(
            HistoryEntry(
                step_id, uid, label, who, _moment(at), StepKind(kind), target_id,
                undone=kind == StepKind.NORMAL and step_id not in standing,
            )
            for step_id, uid, label, who, at, kind, target_id in self._connection.execute(
                "SELECT id, uid, label, who, at, kind, target_id FROM steps ORDER BY id DESC"
            )
        )  # fmt: skip

    def row_changes(self, step_id: int) -> tuple[RowChange, ...]:
        """What a step did, record by record, in values of the records' own types."""
        return tuple(
            RowChange(RECORD_TYPE_OF[table], row_id, _decoded(table, delta.before), _decoded(table, delta.after))
            for (table, row_id), delta in self.deltas(step_id).items()
        )

    def touched(self) -> dict[int, frozenset[RowKey]]:
        """Which rows each step of the log wrote, by the step's id."""
        found: dict[int, set[RowKey]] = {}
        for step_id, table, row_id in self._connection.execute(
            "SELECT DISTINCT step_id, table_name, row_id FROM step_images"
        ):
            found.setdefault(step_id, set()).add((table, row_id))
        return {step_id: frozenset(rows) for step_id, rows in found.items()}

    def steps_with(self, words: str) -> frozenset[int]:
        """The steps that wrote or took away a value with these words in it."""
        like = json.dumps(words, ensure_ascii=False)[1:-1]  # as it stands in the images
        rows = self._connection.execute(
            "SELECT DISTINCT step_id FROM step_images WHERE instr(before, ?1) OR instr(after, ?1)", (like,)
        )
        return frozenset(step_id for (step_id,) in rows)

    def changes_of(self, table: str, row_id: int) -> dict[int, RowChange]:
        """What each step did to one row, by step in order; one pass over the log, whatever the steps were about."""
        images: dict[int, list[Image]] = {}
        for step_id, before, after in self._connection.execute(
            "SELECT step_id, before, after FROM step_images WHERE table_name = ? AND row_id = ? ORDER BY seq",
            (table, row_id),
        ):
            images.setdefault(step_id, []).append((table, row_id, before, after))
        return {
            step_id: RowChange(RECORD_TYPE_OF[table], row_id, _decoded(table, row.before), _decoded(table, row.after))
            for step_id, found in images.items()
            for row in _folded(found).values()
        }

    def _watch(self) -> None:
        """Install the triggers, with the first step: a ledger that is only read opens without them."""
        if self._watching:
            return
        self._watching = True
        execute = self._connection.execute
        execute("CREATE TEMP TABLE IF NOT EXISTS current_step (id INTEGER NOT NULL)")
        for record_type in RECORD_TYPES:
            for statement in _triggers(codec(record_type)):
                execute(statement)

    def _enter(self, label: str, kind: StepKind, target: Done | None) -> int:
        cursor = self._connection.execute(
            "INSERT INTO steps (uid, label, who, at, kind, target_id) VALUES (?, ?, ?, ?, ?, ?)",
            (
                new_uid(),
                label,
                self._who,
                self._clock().astimezone(dt.UTC).isoformat(timespec="seconds"),
                kind.value,
                target and target.id,
            ),
        )
        return cast("int", cursor.lastrowid)

    def _account(self, kind: StepKind, done: Done, target_id: int | None) -> None:
        if kind is StepKind.NORMAL:
            self._undoable.append(done)
            self._redoable.clear()
            return
        if target_id is None:
            self._before_seal |= {one.id for one in self._undoable}
            self._undoable.clear()
            self._redoable.clear()
            self.sealed_at = done.id
            return
        source, destination = (
            (self._undoable, self._redoable) if kind is StepKind.UNDO else (self._redoable, self._undoable)
        )
        if source and source[-1].id == target_id:
            destination.append(source.pop())

    def _replay_back(self, where: str, *parameters: int) -> None:
        self._defer_foreign_keys()
        for table, row_id, before, after in self._images(where, *parameters):
            self._replace(table, row_id, after, before)

    def _defer_foreign_keys(self) -> None:
        self._connection.execute("PRAGMA defer_foreign_keys = ON")  # until the end of the transaction

    def _images(self, where: str, *parameters: int) -> list[Image]:
        return self._connection.execute(
            f"SELECT table_name, row_id, before, after FROM step_images WHERE {where}",  # noqa: S608  (our own text)
            parameters,
        ).fetchall()

    def _replace(self, table: str, row_id: int, old: str | None, new: str | None) -> None:
        """Make of the row in the state ``old`` the row in the state ``new``; None = not there."""
        if self.interrupt is not None:
            self.interrupt()
        execute = self._connection.execute
        if new is None:
            execute(f"DELETE FROM {table} WHERE id = ?", (row_id,))  # noqa: S608
            return
        values = cast("Values", json.loads(new))
        if old is None:
            marks = ", ".join("?" * len(values))
            execute(f"INSERT INTO {table} ({', '.join(values)}) VALUES ({marks})", tuple(values.values()))  # noqa: S608
        else:
            settings = ", ".join(f"{column} = ?" for column in values)
            execute(f"UPDATE {table} SET {settings} WHERE id = ?", (*values.values(), row_id))  # noqa: S608


def _moment(text: str) -> dt.datetime:
    """When a step was written; the beginning of computers' time where nobody can tell any more."""
    try:
        found = dt.datetime.fromisoformat(text)
    except ValueError:
        return dt.datetime.fromtimestamp(0, dt.UTC)
    return found if found.tzinfo else found.replace(tzinfo=dt.UTC)


@contextlib.contextmanager
def refusing_unfit_history() -> Generator[None]:
    """Inside, a step of the history is replayed: NothingToUndoError where the rows of today do not bear it, because
    somebody wrote into the file by other ways. The step is rolled back then."""
    try:
        yield
    except sqlite3.IntegrityError as error:
        what = "修改历史与现在的内容对不上，这一步不能撤销或恢复，台账没有改动"
        raise NothingToUndoError(what, "要回到以前，请从备份恢复") from error


def seal(connection: sqlite3.Connection, label: str, at: dt.datetime) -> None:
    """End the history here: what it says of before stays to be read and is replayed no more."""
    connection.execute(
        "INSERT INTO steps (uid, label, who, at, kind, target_id) VALUES (?, ?, '', ?, ?, NULL)",
        (new_uid(), label, at.astimezone(dt.UTC).isoformat(timespec="seconds"), StepKind.UNDO.value),
    )


def _triggers(storage: Codec[Any]) -> Iterator[str]:
    """The triggers of a table; an update that leaves a row as it was writes no image.

    A new row between others moves all that follow: what was only moved is not compared column by column.
    """
    table, columns = storage.table, storage.columns
    others = [column for column in columns if column != "position"]
    moments = [
        ("INSERT", "INSERT", "new.id", "NULL", _whole("new", columns), ""),
        ("DELETE", "DELETE", "old.id", _whole("old", columns), "NULL", ""),
        (
            "UPDATE",
            f"UPDATE OF {', '.join(others)}",
            "new.id",
            _differing("old", columns),
            _differing("new", columns),
            f"WHEN {_differs(others)}",
        ),
    ]
    if storage.ordered:
        moved = f"WHEN old.position IS NOT new.position AND NOT {_differs(others)}"
        place = ["position"]
        moments.append(("MOVE", "UPDATE OF position", "new.id", _whole("old", place), _whole("new", place), moved))
    for name, event, row_id, before, after, condition in moments:
        values = f"'{table}', {row_id}, {before}, {after}"
        yield f"""
            CREATE TEMP TRIGGER {table}_{name.lower()} AFTER {event} ON main.{table} {condition} BEGIN
                INSERT INTO step_images (step_id, table_name, row_id, before, after)
                VALUES ((SELECT id FROM temp.current_step), {values});
            END"""  # noqa: S608


def _whole(state: str, columns: Iterable[str]) -> str:
    return "json_object(" + ", ".join(f"'{column}', {state}.{column}" for column in columns) + ")"


def _differing(state: str, columns: Iterable[str]) -> str:
    rows = " UNION ALL ".join(
        f"SELECT '{column}' AS name, {state}.{column} AS value WHERE old.{column} IS NOT new.{column}"
        for column in columns
    )
    return f"(SELECT json_group_object(name, value) FROM ({rows}))"  # noqa: S608


def _differs(columns: Iterable[str]) -> str:
    return "(" + " OR ".join(f"old.{column} IS NOT new.{column}" for column in columns) + ")"


def _folded(images: Iterable[Image]) -> dict[RowKey, RowDelta]:
    """Images in order → one delta for each row."""
    rows: dict[RowKey, RowDelta] = {}
    for table, row_id, before_json, after_json in images:
        before = None if before_json is None else cast("Values", json.loads(before_json))
        after = None if after_json is None else cast("Values", json.loads(after_json))
        row = rows.get((table, row_id))
        if row is None:
            rows[table, row_id] = RowDelta(before, after)
        else:
            _add_image(row, before, after)
    return {key: trimmed for key, row in rows.items() if (trimmed := _trimmed(row)) is not None}


def _add_image(row: RowDelta, before: Values | None, after: Values | None) -> None:
    if row.after is None:  # it was removed and comes back
        row.after = after
        return
    if row.before is not None and before is not None:
        row.before = {**before, **row.before}  # what an earlier image says is the older truth
    row.after = None if after is None else {**row.after, **after}


def _trimmed(row: RowDelta) -> RowDelta | None:
    if row.before is None or row.after is None:
        return None if row.before is row.after else row
    names = [name for name, value in row.after.items() if row.before[name] != value]
    if not names:
        return None
    return RowDelta({name: row.before[name] for name in names}, {name: row.after[name] for name in names})


def _decoded(table: str, values: Values | None) -> dict[str, object] | None:
    if values is None:
        return None
    storage: Codec[Any] = codec(RECORD_TYPE_OF[table])
    return {name: storage.decode_value(name, value) for name, value in values.items()}
