"""The ledger's file format: how a file is known for ours, its version, and the way from each version to the next.

A ``.zgtz`` file is an SQLite database. Its header carries ``application_id`` "ZGTZ" and, as ``user_version``, the
version of the format. A program opens every format up to its own and migrates older ones after a backup copy; a
newer one it refuses.

History of the format:

1  All records of one inspection, one STRICT table each, and the change log (``steps``, ``step_images``).
   A row image is a JSON object of columns: all of them where a row was added or removed, those that changed where
   it was updated. Dates are ISO text, exact numbers decimal text, lists JSON arrays, enums their value.
2  ``facts.rules``: the office's own closing chain, periods and lead times, as JSON; '' is what is usual.

A migration speaks SQL alone and never the records of ``domain``: those change, a format that was written does not.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from zhenggai_desktop.domain.records import SNAPSHOT_FIELDS, LedgerFacts, Record

if TYPE_CHECKING:
    from sqlite_utils import Database, Migrations

APPLICATION_ID = int.from_bytes(b"ZGTZ", "big")
FORMAT_VERSION = 2
MOST_NUMBER = 1 << 53
"""No row and no place among siblings is counted so far: a ledger that says so is damaged, and behind the last number of
SQLite none can be added."""

TABLES: dict[type[Record], str] = {LedgerFacts: "facts", **SNAPSHOT_FIELDS}
RECORD_TYPE_OF: dict[str, type[Record]] = {table: record_type for record_type, table in TABLES.items()}


def migrate(connection: sqlite3.Connection) -> None:
    """Bring a ledger, or an empty database, to ``FORMAT_VERSION``. Each migration is one transaction.

    ``sqlite_utils`` is imported here and not before: a ledger of today's format opens without it.
    """
    from sqlite_utils import Database  # noqa: PLC0415  (35 to 60 ms of start)

    migrations().apply(Database(connection, execute_plugins=False))


def migrations() -> Migrations:
    """All migrations in order; the first makes format 1 of an empty database."""
    from sqlite_utils import Migrations  # noqa: PLC0415

    found = Migrations("zhenggai")

    @found()
    def create_format_1(database: Database) -> None:  # pyright: ignore[reportUnusedFunction]
        from zhenggai_desktop.storage import format_1  # noqa: PLC0415  (nobody needs it to open a ledger)

        for statement in (
            *format_1.statements(),
            f"PRAGMA application_id = {APPLICATION_ID}",
            "PRAGMA user_version = 1",
        ):
            database.conn.execute(statement)

    @found()
    def add_rules_of_the_office(database: Database) -> None:  # pyright: ignore[reportUnusedFunction]
        for statement in (
            "ALTER TABLE facts ADD COLUMN rules TEXT NOT NULL DEFAULT ''",
            "PRAGMA user_version = 2",
        ):
            database.conn.execute(statement)

    return found
