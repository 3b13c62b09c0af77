"""One private folder for everything that a run writes for a while, what its libraries write too.

It is gone with the run; what one left that was killed goes with the next. Only the user can look into it.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

_PREFIX = "zhenggai-"
_MARK = "in-use"
_UNMARKED = 86_400  # seconds after which a folder without its mark is nobody's: one is made just before the other

_system: list[str] = []  # what stands aside while a run has its own


def system_folder() -> Path:
    """The system's folder for passing files, whatever folder this run has."""
    return Path(_system[0] if _system else tempfile.gettempdir())


@contextmanager
def private_folder() -> Generator[Path | None]:
    """Have all temporary files of the block in a folder of its own; None where there can be none: then each use of a
    temporary file says so itself."""
    before = tempfile.tempdir
    try:
        system = tempfile.gettempdir()
        folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
        mark = (folder / _MARK).open("w", encoding="ascii")
    except OSError:
        yield None
        return
    _hold(mark)
    _system.append(system)
    tempfile.tempdir = str(folder)
    try:
        yield folder
    finally:
        tempfile.tempdir = before
        _system.pop()
        mark.close()
        shutil.rmtree(folder, ignore_errors=True)


def clear_leftovers() -> int:
    """Remove the folders of this user's runs that are over; gives how many. What cannot be removed stays."""
    count = 0
    with suppress(OSError), os.scandir(system_folder()) as entries:
        for entry in entries:
            if entry.name.startswith(_PREFIX) and _is_left(entry):
                shutil.rmtree(entry.path, ignore_errors=True)
                count += 1
    return count


def _is_left(entry: os.DirEntry[str]) -> bool:
    """Never a link, never another user's, never that of a run that lives."""
    try:
        found = entry.stat(follow_symlinks=False)
        if not entry.is_dir(follow_symlinks=False) or (sys.platform != "win32" and found.st_uid != os.getuid()):
            return False
        mark = Path(entry.path) / _MARK
        if not mark.is_file():
            return time.time() - found.st_mtime > _UNMARKED
        return _is_over(mark)
    except OSError:
        return False


if sys.platform == "win32":

    def _hold(_mark: IO[str]) -> None:
        """An open file cannot be removed there."""

    def _is_over(mark: Path) -> bool:
        mark.unlink()
        return True

else:
    import fcntl

    def _hold(mark: IO[str]) -> None:
        with suppress(OSError):
            fcntl.flock(mark.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _is_over(mark: Path) -> bool:
        with mark.open("rb") as file:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)  # OSError where its run lives
        return True
