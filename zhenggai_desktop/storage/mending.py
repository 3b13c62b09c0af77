"""Puts right what ``check`` finds between rows: circles, orphans, order numbers. The file itself must be whole."""

from __future__ import annotations

import sqlite3
from typing import Any

from zhenggai_desktop.domain.records import RECORD_TYPES
from zhenggai_desktop.storage.check import CheckCode, check, unreadable_settings
from zhenggai_desktop.storage.codec import Codec, codec
from zhenggai_desktop.storage.store import SIBLINGS
from zhenggai_desktop.texts import RECORD_NAMES


def mend(connection: sqlite3.Connection) -> list[str]:
    """Mend in one transaction and say what was done. Issues that stand in a circle or too deep come to the top;
    rows whose parent is gone are removed; siblings get the numbers 1, 2, 3… in the order they have."""
    done: list[str] = []
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("BEGIN IMMEDIATE")
    for finding in check(connection):
        if finding.code in (CheckCode.CIRCLE, CheckCode.TOO_DEEP):
            connection.execute("UPDATE issues SET parent_id = NULL WHERE id = ?", (finding.record_id,))
            done.append(f"{finding.text.rstrip('。')}：已移到最上层。")
    while orphans := [finding for finding in check(connection) if finding.code is CheckCode.ORPHAN]:
        for finding in orphans:
            connection.execute(f"DELETE FROM {finding.table} WHERE rowid = ?", (finding.record_id,))  # noqa: S608
            done.append(f"{finding.text.rstrip('。')}：已删除。")
    for columns, text in [*unreadable_settings(connection)]:
        settings = ", ".join(f"{name} = ''" for name in columns)
        connection.execute(f"UPDATE facts SET {settings}")  # noqa: S608
        done.append(text)
    for record_type in RECORD_TYPES:
        storage: Codec[Any] = codec(record_type)
        if storage.ordered and (count := _renumber(connection, storage)):
            done.append(f"重新编排了{count}条{RECORD_NAMES[record_type]}的顺序号。")
    connection.execute("COMMIT")
    connection.execute("PRAGMA foreign_keys = ON")
    return done


def _renumber(connection: sqlite3.Connection, storage: Codec[Any]) -> int:
    siblings = ", ".join(SIBLINGS.get(storage.record_type, ()))
    before = f"row_number() OVER ({f'PARTITION BY {siblings}' if siblings else ''} ORDER BY position, id)"
    wrong = connection.execute(
        f"SELECT place, id FROM (SELECT id, position, {before} AS place FROM {storage.table}) WHERE place <> position"  # noqa: S608
    ).fetchall()
    connection.executemany(f"UPDATE {storage.table} SET position = ? WHERE id = ?", wrong)  # noqa: S608
    return len(wrong)
