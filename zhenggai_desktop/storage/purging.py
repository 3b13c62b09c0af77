"""A copy of a ledger without its change log: for hand-over, since the log holds every word that was ever deleted."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from zhenggai_desktop.storage.ledger_file import translated


def purge_log(path: Path) -> None:
    """Delete the history of the ledger at ``path``, which nobody has open, and what it leaves behind in the file.

    What was exported stays in the register of drafts, word for word. Undo ends there and so does the base of later
    merges. Raises LedgerFileError where the file cannot be written.
    """
    with translated(path), closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("DELETE FROM step_images")
        connection.execute("DELETE FROM steps")
        connection.execute("COMMIT")
        connection.execute("VACUUM")
