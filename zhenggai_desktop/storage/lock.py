"""One writer at a time: an operating-system lock on a small file beside the ledger, which also says who holds it.

The system releases the lock when the process ends, however it ends; a lock file that was left behind holds nobody
back. SQLite's own locks only last as long as a transaction, so they cannot keep two offices from editing in turns
without seeing each other's work.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import errno
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

from zhenggai_desktop.errors import LedgerLockedError

_HELD_BY_ANOTHER = {errno.EAGAIN, errno.EACCES, errno.EDEADLK, errno.EWOULDBLOCK}
_LOCKED_BYTE = 1 << 20  # far behind the text: a byte that Windows has locked cannot be read by others

if sys.platform == "win32":
    import msvcrt

    def _take(descriptor: int) -> None:
        os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(descriptor: int) -> None:
        # flock, not lockf: two openings inside one process must exclude each other too
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


class LockUnavailableError(Exception):
    """The place takes no lock: it is read-only, or its file system knows no locks."""


class LedgerLock:
    """The right to write one ledger, held until ``release``."""

    def __init__(self, lock_path: Path, descriptor: int) -> None:
        self._path = lock_path
        self._descriptor: int | None = descriptor

    @classmethod
    def acquire(cls, ledger_path: Path, who: str, clock: Callable[[], dt.datetime]) -> LedgerLock:
        """LedgerLockedError where another holds it, LockUnavailableError where no lock can be had."""
        lock_path = lock_path_of(ledger_path)
        while True:
            try:
                descriptor = os.open(lock_path, os.O_RDWR | os.O_CREAT, 0o666)
            except OSError as error:
                raise LockUnavailableError from error
            try:
                _take(descriptor)
            except OSError as error:
                os.close(descriptor)
                if error.errno in _HELD_BY_ANOTHER:
                    raise _locked(ledger_path, lock_path) from error
                raise LockUnavailableError from error
            if _is_still(lock_path, descriptor):
                with contextlib.suppress(OSError):  # a full disk: the lock holds all the same, only without a name
                    _write_holder(descriptor, who, clock())
                return cls(lock_path, descriptor)
            os.close(descriptor)  # its last holder removed it in between: the lock of a nameless file protects nothing

    def release(self) -> None:
        """Give the lock back and remove its file. A second call does nothing."""
        if self._descriptor is None:
            return
        if sys.platform == "win32":
            os.close(self._descriptor)  # an open file cannot be removed there
            with contextlib.suppress(OSError):  # someone else has it open already: then it is theirs
                self._path.unlink()
        else:
            with contextlib.suppress(OSError):  # the folder went away or became read-only: the lock ends all the same
                self._path.unlink()
            os.close(self._descriptor)
        self._descriptor = None


def lock_path_of(ledger_path: Path) -> Path:
    """The lock file of a ledger: beside it, hidden where names with a dot are."""
    return ledger_path.with_name(f".{ledger_path.name}.lock")


def _is_still(lock_path: Path, descriptor: int) -> bool:
    try:
        return os.path.samestat(lock_path.stat(), os.fstat(descriptor))
    except OSError:
        return False


def _this_computer() -> str:
    """The name of this PC; "" where the system tells none. ``platform.node`` starts a program to find it on Windows."""
    return os.environ.get("COMPUTERNAME", "") if sys.platform == "win32" else os.uname().nodename


def _write_holder(descriptor: int, who: str, now: dt.datetime) -> None:
    holder = {
        "who": who or os.environ.get("USERNAME") or os.environ.get("USER") or "",
        "host": _this_computer(),
        "pid": os.getpid(),
        "since": now.astimezone().isoformat(timespec="seconds"),
    }
    os.ftruncate(descriptor, 0)
    os.lseek(descriptor, 0, os.SEEK_SET)
    os.write(descriptor, json.dumps(holder, ensure_ascii=False).encode())


def _locked(ledger_path: Path, lock_path: Path) -> LedgerLockedError:
    return LedgerLockedError(
        f"台账“{ledger_path.name}”{_holder_in_words(lock_path)}", "请等对方关闭后再打开，或者现在以只读方式打开"
    )


def _holder_in_words(lock_path: Path) -> str:
    try:
        holder = cast("dict[str, Any]", json.loads(lock_path.read_text(encoding="utf-8")))
        since = dt.datetime.fromisoformat(holder["since"])
        name = holder["who"] or "有人"
        moment = f"{since.month}月{since.day}日{since:%H:%M}"
        return f"正由{name}在电脑“{holder['host']}”上编辑（{moment}起）"
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return "正由另一个程序编辑"  # its holder has not written its name yet
