"""Every readable row of a damaged ledger into a new one, and a report of what could not be had.

The damaged file is only read. Its pages are walked by our own reader, since SQLite gives up a whole table for one bad
page; rows that the pages lost and the change log still tells of are taken from there; rows whose parent is lost get a
parent that says so, so that nothing that was read is thrown away.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import sqlite3
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from zhenggai_desktop.domain.records import Issue, LedgerFacts, Record, Section, new_uid
from zhenggai_desktop.durable import sync_folder
from zhenggai_desktop.errors import LedgerDamagedError, LedgerFileError
from zhenggai_desktop.storage import schema
from zhenggai_desktop.storage.check import caption
from zhenggai_desktop.storage.codec import codec
from zhenggai_desktop.storage.journal import seal
from zhenggai_desktop.storage.mending import mend
from zhenggai_desktop.storage.pages import PageRow, Pages
from zhenggai_desktop.storage.salvage_rows import REFUSALS, Row, insert, insert_readable

_HISTORY = ("steps", "step_images")
_LOST = "（原内容已损坏）"
_SEALED = "抢救到新台账（此前的步骤可能不全，不能再撤销）"
_LONG_AGO = "1970-01-01T00:00:00+00:00"
_PLACE_FAILS = {
    sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM,
}  # fmt: skip
Spares = list[tuple[str, Row]]
"""Rows of a number that another row of the table has too: a page stands where another should."""


@dataclass(slots=True)
class SalvageReport:
    """What came over and what did not, by table; ``lines`` says it to a clerk."""

    rows: Counter[str] = field(default_factory=Counter[str])
    strays: Counter[str] = field(default_factory=Counter[str])  # found on pages that no table led to
    from_history: Counter[str] = field(default_factory=Counter[str])
    stand_ins: Counter[str] = field(default_factory=Counter[str])  # parents made for rows that lost theirs
    refused: Counter[str] = field(default_factory=Counter[str])  # read, but against the rules of a ledger
    blanked: Counter[str] = field(default_factory=Counter[str])  # a value or two made no sense and are empty now
    broken_pages: int = 0
    broken_rows: int = 0
    mended: list[str] = field(default_factory=list[str])
    missing_evidence: list[str] = field(default_factory=list[str])

    @property
    def complete(self) -> bool:
        """Whether nothing is known to be lost."""
        return not (self.broken_pages or self.broken_rows or self.refused or self.stand_ins or self.blanked)

    @property
    def as_it_was(self) -> bool:
        """Whether the rows are those of the damaged file, each in its place: what its history speaks of."""
        return self.complete and not (self.strays or self.from_history or self.mended)

    def lines(self) -> list[str]:
        """What a clerk should know, the most important first."""
        records = sum(count for table, count in self.rows.items() if table not in _HISTORY)
        lines = [f"抢救出{records}条记录和{self.rows['steps']}步修改历史。"]
        if self.complete:
            lines.append("没有发现丢失的内容。")
        if self.broken_pages or self.broken_rows:
            lines.append(f"有{self.broken_pages}页、{self.broken_rows}行已经损坏，读不出来。")
        for what, counts in (
            ("从修改历史中补回的", self.from_history),
            ("从散落的页中找回的（可能含有以前删去的）", self.strays),
            ("上级已损坏、补了一个代替的", self.stand_ins),
            ("个别内容已错乱、换成了空白的", self.blanked),
            ("读得出但内容已错乱、没有收入的", self.refused),
        ):
            lines += [f"{what}{caption(table)}：{count}条。" for table, count in sorted(counts.items())]
        lines += self.mended
        if not self.as_it_was and self.rows["steps"]:
            lines.append("抢救之前的修改历史可以查看，但可能不全，因此不能再撤销到抢救之前。")
        lines += [
            f"佐证材料“{name}”的文件没有带过来（找不到、读不出，或者磁盘已满）。" for name in self.missing_evidence
        ]
        return lines


def salvage(damaged: Path, target: Path) -> SalvageReport:
    """Make a new ledger at the free path ``target`` of what can be read of ``damaged``, which is not changed.

    LedgerDamagedError where not one record can be read; then nothing is made.
    """
    try:
        data = damaged.read_bytes()
    except OSError as error:
        raise LedgerFileError(f"读不出“{damaged.name}”", "请检查磁盘、优盘或者网络盘是否还连接着") from error
    report = SalvageReport()
    unfinished = target.with_name(f".{target.name}.{new_uid()[:8]}.tmp")
    try:
        with contextlib.closing(sqlite3.connect(unfinished, isolation_level=None)) as connection:
            schema.migrate(connection)
            found, spares = _read(Pages(data), connection, report)
            if not any(rows for table, rows in found.items() if table not in _HISTORY):
                raise LedgerDamagedError(f"“{damaged.name}”里没有读得出的内容", "请从备份恢复")
            _fill(connection, found, spares, report)
            report.mended += mend(connection)
            if not report.as_it_was:
                seal(connection, _SEALED, dt.datetime.now(dt.UTC))
        unfinished.replace(target)
        sync_folder(target.parent)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF not in _PLACE_FAILS:
            raise
        raise _not_written(target) from error
    except OSError as error:
        raise _not_written(target) from error
    finally:
        with contextlib.suppress(OSError):
            unfinished.unlink(missing_ok=True)
    return report


def _not_written(target: Path) -> LedgerFileError:
    return LedgerFileError(f"不能写入“{target.name}”", "请检查磁盘空间和写入权限，或者换一个位置")


# --- reading


def _read(pages: Pages, model: sqlite3.Connection, report: SalvageReport) -> tuple[dict[str, dict[int, Row]], Spares]:
    """Rows by table and id: from the tables' trees, from stray pages, from the change log."""
    columns = {table: _columns(model, table) for table in (*schema.TABLES.values(), *_HISTORY)}
    found: dict[str, dict[int, Row]] = {table: {} for table in columns}
    layouts, spares = dict(columns), Spares()
    for entry in pages.schema():
        if len(entry.values) == 5 and entry.values[0] == "table" and entry.values[1] in columns:
            table, root, sql = str(entry.values[1]), entry.values[3], str(entry.values[4])
            tree = pages.tree(root if isinstance(root, int) else 0)
            report.broken_pages += tree.broken
            widest = max((len(one.values) for one in tree.rows), default=0)
            layouts[table] = _layout(sql, columns[table], widest)
            for one in tree.rows:
                row = _named(one, layouts[table])
                if found[table].setdefault(one.rowid, row) is not row:
                    spares.append((table, row))
    guess = _Guess(found, layouts)
    for rows in pages.stray_leaves():
        table = guess.table_of(rows)
        if table is None:
            continue
        for one in rows:
            if one.rowid not in found[table]:
                found[table][one.rowid] = _named(one, layouts[table])
                report.strays[table] += 1
    report.broken_rows = pages.broken_cells
    _drop_unreadable_images(found, report)
    _add_from_history(found, report)
    return found, spares


def _columns(connection: sqlite3.Connection, table: str) -> tuple[str, ...]:
    return tuple(name for (name,) in connection.execute("SELECT name FROM pragma_table_info(?)", (table,)))


def _layout(sql: str, usual: tuple[str, ...], widest: int) -> tuple[str, ...]:
    """The columns in the order in which the damaged file has them; ``usual`` where its own words for them are damaged
    too: an older format has fewer of them, but none with more values than names."""
    try:
        with contextlib.closing(sqlite3.connect(":memory:")) as scratch:
            scratch.execute(sql)
            (name,) = scratch.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchone()
            found = _columns(scratch, name)
    except (sqlite3.Error, TypeError, ValueError):
        return usual
    return found if len(found) >= widest and set(found) == set(usual[: len(found)]) else usual


def _named(row: PageRow, columns: tuple[str, ...]) -> Row:
    """A row by its columns' names; the key stands in the row's own number."""
    values = dict(zip(columns, row.values, strict=False))
    values[columns[0]] = row.rowid
    return values


class _Guess:
    """To which table a page belongs that no table led to: the change log knows uids, the shape decides the rest."""

    def __init__(self, found: Mapping[str, Mapping[int, Row]], layouts: Mapping[str, tuple[str, ...]]) -> None:
        self._layouts = layouts
        self._by_uid = {
            str(values["uid"]): table
            for image in found["step_images"].values()
            if (table := str(image.get("table_name"))) in layouts  # a damaged log may name any other
            for values in [_object(image.get("before")), _object(image.get("after"))]
            if values and "uid" in values
        }
        self._scratch = sqlite3.connect(":memory:", isolation_level=None)
        schema.migrate(self._scratch)
        self._scratch.execute("PRAGMA foreign_keys = OFF")

    def table_of(self, rows: list[PageRow]) -> str | None:
        votes = Counter(
            table for row in rows if len(row.values) > 1 and (table := self._by_uid.get(str(row.values[1])))
        )
        if votes:
            return votes.most_common(1)[0][0]
        fitting = {table: sum(self._fits(row, table) for row in rows) for table in self._layouts}
        best = max(fitting.values(), default=0)
        tables = [table for table, count in fitting.items() if count == best]
        return tables[0] if best and len(tables) == 1 else None

    def _fits(self, row: PageRow, table: str) -> bool:
        if len(row.values) != len(self._layouts[table]) or row.values[0] is not None:
            return False
        try:
            self._scratch.execute("BEGIN")
            try:
                insert(self._scratch, table, _named(row, self._layouts[table]))
            finally:
                self._scratch.execute("ROLLBACK")
        except REFUSALS:
            return False
        return True


def _drop_unreadable_images(found: dict[str, dict[int, Row]], report: SalvageReport) -> None:
    """A step of whose change nothing can be made keeps its entry and loses the change: shown, it would end the
    program's reading of the history."""
    images = found["step_images"]
    for seq in [seq for seq, image in images.items() if not _is_readable(image)]:
        del images[seq]
        report.refused["step_images"] += 1


def _is_readable(image: Row) -> bool:
    record_type = schema.RECORD_TYPE_OF.get(str(image.get("table_name")))
    sides = [image.get(name) for name in ("before", "after")]
    values = [_object(side) for side in sides]
    if record_type is None or any(
        side is not None and found is None for side, found in zip(sides, values, strict=True)
    ):
        return False
    before, after = values
    if before is not None and after is not None and before.keys() != after.keys():
        return False
    storage = codec(record_type)
    try:
        for name, value in (*(before or {}).items(), *(after or {}).items()):
            storage.decode_value(name, value)
    except (ValueError, KeyError, TypeError, ArithmeticError):
        return False
    return True


def _add_from_history(found: dict[str, dict[int, Row]], report: SalvageReport) -> None:
    """Rows that no page has any more, as the change log last saw them."""
    states: dict[tuple[str, int], Row | None] = {}
    for _, image in sorted(found["step_images"].items()):
        table, row_id = image.get("table_name"), image.get("row_id")
        if not (isinstance(table, str) and isinstance(row_id, int) and table in found):
            continue
        after, before = _object(image.get("after")), states.get((table, row_id))
        states[table, row_id] = None if after is None else {**(before or {}), **after}
    for (table, row_id), state in states.items():
        if state and "uid" in state and row_id not in found[table]:
            found[table][row_id] = {**state, "id": row_id}
            report.from_history[table] += 1


def _object(text: object) -> dict[str, Any] | None:
    try:
        found: object = json.loads(text) if isinstance(text, str) else None
    except ValueError:
        return None
    return cast("dict[str, Any]", found) if isinstance(found, dict) else None


# --- writing


def _fill(
    connection: sqlite3.Connection, found: dict[str, dict[int, Row]], spares: Spares, report: SalvageReport
) -> None:
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("BEGIN")
    for table, rows in found.items():
        for row in rows.values():
            try:
                if not insert_readable(connection, table, row):
                    report.blanked[table] += 1
                report.rows[table] += 1
            except REFUSALS:
                report.refused[table] += 1
                if table in report.from_history and row.get("id") is not None:
                    report.from_history[table] -= 1
    for table, row in spares:
        with contextlib.suppress(*REFUSALS):
            insert(connection, table, row)
            report.rows[table] += 1
    if connection.execute("SELECT count(*) FROM facts").fetchone()[0] == 0:
        _insert_record(connection, LedgerFacts(id=1, uid=new_uid()))
        report.stand_ins["facts"] += 1
    _stand_in_for_lost_parents(connection, report)
    connection.execute("COMMIT")
    report.from_history = +report.from_history


def _stand_in_for_lost_parents(connection: sqlite3.Connection, report: SalvageReport) -> None:
    for table, row_id, parent, key in connection.execute("PRAGMA foreign_key_check").fetchall():
        column = connection.execute(
            'SELECT "from" FROM pragma_foreign_key_list(?) WHERE id = ?', (table, key)
        ).fetchone()[0]
        (wanted,) = connection.execute(f"SELECT {column} FROM {table} WHERE rowid = ?", (row_id,)).fetchone()  # noqa: S608
        there = connection.execute(f"SELECT 1 FROM {parent} WHERE id = ?", (wanted,)).fetchone()  # noqa: S608
        if wanted is None or there or not 0 < wanted <= schema.MOST_NUMBER:
            continue
        if parent == "steps":
            values: Row = {"id": wanted, "uid": new_uid(), "label": _LOST, "who": "", "at": _LONG_AGO, "kind": "normal"}
            insert(connection, parent, values)
        else:
            record_type = schema.RECORD_TYPE_OF[parent]
            titled: dict[str, Any] = {"title": _LOST} if record_type in (Issue, Section) else {}
            _insert_stand_in(connection, record_type, wanted, titled)
        report.stand_ins[parent] += 1


def _insert_stand_in(
    connection: sqlite3.Connection, record_type: type[Record], record_id: int, fields: Mapping[str, Any]
) -> None:
    _insert_record(connection, cast("Any", record_type)(id=record_id, uid=new_uid(), **fields))


def _insert_record(connection: sqlite3.Connection, record: Record) -> None:
    storage = codec(type(record))
    insert(connection, storage.table, dict(zip(storage.columns, storage.encode(record), strict=True)))
