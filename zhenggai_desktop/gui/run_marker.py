"""Knows at the next start that a run of the program did not end by itself, and where in the code it died.

Each run keeps a file in the user's folder as long as it lives, and holds it so that no other run can take it away.
Python's fault handler writes into it when the process dies of a fault: names of functions and lines, nothing of a
ledger. What is found there by a later run was left by one that crashed, was killed or lost its power.
"""

from __future__ import annotations

import faulthandler
import os
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import IO

if sys.platform == "win32":

    def _hold(_file: IO[str]) -> bool:
        return True  # an open file cannot be removed there

else:
    import fcntl

    def _hold(file: IO[str]) -> bool:
        try:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True


FOLDER = "running"  # in the user's folder
_LONGEST = 20_000  # characters of a report


class RunMarker:
    """The mark of this run; ``end`` takes it away. Where the folder cannot be written there is none."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / f"{os.getpid()}-{time.time_ns()}.txt"
        self._file: IO[str] | None = None
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            self._file = self._path.open("w", encoding="utf-8")
            _hold(self._file)
            faulthandler.enable(self._file)

    def end(self) -> None:
        """This run ends as it should."""
        if self._file is None:
            return
        faulthandler.disable()
        self._file.close()
        self._file = None
        with suppress(OSError):
            self._path.unlink()


def crashes(folder: Path) -> list[str]:
    """What runs that are over have left, the oldest first: "" where one was killed. Each is reported once."""
    found: list[str] = []
    for path in sorted(folder.glob("*.txt"), key=lambda path: path.name.rpartition("-")[2]):
        report = _taken(path)
        if report is not None:
            found.append(report)
    return found


def _taken(path: Path) -> str | None:
    """The report of a run that is over, which is removed; None where the run lives."""
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            if not _hold(file):
                return None
            report = file.read(_LONGEST).strip()
        path.unlink()
    except OSError:
        return None
    return report
