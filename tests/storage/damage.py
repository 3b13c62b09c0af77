"""Damages a ledger by a seed, and knows by itself which rows can still be read: the oracle of the salvage tests."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable
from pathlib import Path

PAGE = 4096
Rows = dict[tuple[str, int], tuple[object, ...]]


def all_rows(path: Path) -> Rows:
    """Every row of a sound ledger by table and rowid."""
    connection = sqlite3.connect(path)
    try:
        tables = [n for (n,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        return {
            (table, row[0]): row[1:]
            for table in tables
            if not table.startswith(("sqlite_", "_"))
            for row in connection.execute(f"SELECT rowid, * FROM {table}")
        }
    finally:
        connection.close()


def readable_rows(sound: Path, damaged: Path, rows: Rows) -> Rows:
    """The rows that are still there: those that SQLite itself gives back by rowid as they were, and those whose page,
    found by the row's uid in the sound file, has not one byte changed."""
    return _by_page(sound, damaged, rows) | _by_sqlite(damaged, rows)


def _by_sqlite(damaged: Path, rows: Rows) -> Rows:
    found: Rows = {}
    connection = sqlite3.connect(damaged.absolute().as_uri() + "?mode=ro&immutable=1", uri=True)
    try:
        for (table, rowid), row in rows.items():
            try:
                (now,) = connection.execute(f"SELECT * FROM {table} NOT INDEXED WHERE rowid = ?", (rowid,)).fetchall()
            except (sqlite3.Error, ValueError, OverflowError):
                continue
            if now == row:
                found[table, rowid] = row
    finally:
        connection.close()
    return found


def _by_page(sound: Path, damaged: Path, rows: Rows) -> Rows:
    before, after = sound.read_bytes(), damaged.read_bytes()
    found: Rows = {}
    for key, row in rows.items():
        if key[0] == "step_images" or len(row) < 2 or not isinstance(row[1], str):
            continue  # no uid of its own
        if sum(len(str(value)) for value in row) > 900:
            continue  # perhaps more than one page
        uid = row[1].encode()
        at = before.find(uid)
        while at >= 0:
            page = at // PAGE
            whole = before[page * PAGE : (page + 1) * PAGE]
            leaf = whole[100 if page == 0 else 0] == 0x0D
            if leaf and whole == after[page * PAGE : (page + 1) * PAGE] and _is_of(row, whole):
                found[key] = row
                break
            at = before.find(uid, at + 1)
    return found


def _is_of(row: tuple[object, ...], page: bytes) -> bool:
    """Whether the page has every text of the row: the change log has its uid too, but not as a column."""
    at = page.find(str(row[1]).encode())
    return page[at - 1 : at] != b'"' and all(str(v).encode() in page for v in row[2:] if isinstance(v, str))


def bit_flips(data: bytearray, chance: random.Random) -> None:
    for _ in range(chance.choice((1, 3, 20, 200))):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def cut_off(data: bytearray, chance: random.Random) -> None:
    del data[chance.randrange(len(data) // 4, len(data)) :]


def zeroed_header(data: bytearray, chance: random.Random) -> None:
    data[: chance.choice((16, 100))] = bytes(chance.choice((16, 100)))


def zeroed_pages(data: bytearray, chance: random.Random) -> None:
    for _ in range(chance.choice((1, 2, 6))):
        page = chance.randrange(len(data) // PAGE)
        data[page * PAGE : (page + 1) * PAGE] = bytes(PAGE)


def strange_pages(data: bytearray, chance: random.Random) -> None:
    """What a mixed-up disk gives: pages of another file, or in each other's place."""
    one, other = (chance.randrange(1, len(data) // PAGE) for _ in range(2))
    piece = bytes(data[other * PAGE : (other + 1) * PAGE])
    data[one * PAGE : (one + 1) * PAGE] = chance.choice((piece, chance.randbytes(PAGE)))


def lost_first_page(data: bytearray, chance: random.Random) -> None:
    data[:PAGE] = chance.choice((bytes(PAGE), chance.randbytes(PAGE)))


KINDS: tuple[Callable[[bytearray, random.Random], None], ...] = (
    bit_flips, cut_off, zeroed_header, zeroed_pages, strange_pages, lost_first_page,
)  # fmt: skip


def write_by_hand(path: Path, *statements: str) -> None:
    """Write into a ledger as some other program would."""
    connection = sqlite3.connect(path)
    with connection:
        for statement in statements:
            connection.execute(statement)
    connection.close()
