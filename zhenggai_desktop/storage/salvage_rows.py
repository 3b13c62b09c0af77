"""A row of a damaged ledger put into a new one: a value or two that make no sense give way, the rest is kept."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any

from zhenggai_desktop.domain.records import new_uid
from zhenggai_desktop.storage.codec import Codec, codec
from zhenggai_desktop.storage.pages import Value
from zhenggai_desktop.storage.schema import MOST_NUMBER, RECORD_TYPE_OF

Row = dict[str, Value]
REFUSALS = (sqlite3.Error, OverflowError, ValueError)
"""What SQLite and its module say of a row that cannot stand in a table."""

_MOST = 2  # values that may give way: where more make no sense, the others are probably another row's


def insert(connection: sqlite3.Connection, table: str, row: Mapping[str, Value]) -> None:
    """Insert a row that may lack newer columns. One of ``REFUSALS`` where it breaks a rule of the table."""
    names = ", ".join(row)
    marks = ", ".join("?" * len(row))
    connection.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(row.values()))  # noqa: S608


def insert_readable(connection: sqlite3.Connection, table: str, row: Row) -> bool:
    """Insert a row so that it can be read again as a record; False where a value had to give way to its default.

    One of ``REFUSALS`` where that does not help.
    """
    if not 0 <= _number_of(row) <= MOST_NUMBER:
        raise ValueError("a row's number that leaves no room behind it")
    if table not in RECORD_TYPE_OF:  # the history: what it cannot tell is left out before
        insert(connection, table, row)
        return True
    storage: Codec[Any] = codec(RECORD_TYPE_OF[table])
    blanks = _blanks(storage, row)
    wrong = {name: blanks[name] for name, value in row.items() if name in blanks and not _is_read(storage, name, value)}
    if len(wrong) > _MOST:
        raise ValueError("another row's values")
    try:
        insert(connection, table, {**row, **wrong})
    except REFUSALS:
        if len(wrong) == _MOST or not _inserted_without_one(connection, table, {**row, **wrong}, blanks):
            raise
        return False
    return not wrong


def _number_of(row: Row) -> int:
    number = next(iter(row.values()))  # the key stands first in each table
    return number if isinstance(number, int) else 0


def _inserted_without_one(connection: sqlite3.Connection, table: str, row: Row, blanks: Row) -> bool:
    for name, blank in blanks.items():
        try:
            insert(connection, table, {**row, name: blank})
        except REFUSALS:
            continue
        return True
    return False


def _blanks(storage: Codec[Any], row: Row) -> Row:
    """What may stand in place of a value; what says whose the row is cannot be replaced."""
    values = {**dict(zip(storage.columns, storage.encode(storage.record_type()), strict=True)), "uid": new_uid()}
    owners = {name for name, value in values.items() if name.endswith("_id") and value is not None}
    return {name: values[name] for name in row if name in values and name != "id" and name not in owners}


def _is_read(storage: Codec[Any], name: str, value: Any) -> bool:
    try:
        storage.decode_value(name, value)
    except (ValueError, KeyError, TypeError, ArithmeticError, RecursionError):
        return False
    return name != "uid" or (isinstance(value, str) and value.isprintable())
