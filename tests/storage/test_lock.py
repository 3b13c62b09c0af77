"""One writer at a time, across programs and inside one, and nobody locked out by a crash."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from builders import clock

from zhenggai_desktop.errors import LedgerLockedError
from zhenggai_desktop.storage.lock import LedgerLock, LockUnavailableError, lock_path_of

HOLDER = """
import datetime, pathlib, sys
from zhenggai_desktop.storage.lock import LedgerLock
lock = LedgerLock.acquire(pathlib.Path(sys.argv[1]), "李四", lambda: datetime.datetime.now(datetime.UTC))
print("held", flush=True)
sys.stdin.read()
"""


def held_elsewhere(ledger: Path, root: Path) -> subprocess.Popen[str]:
    """Another program that holds the lock until its input is closed."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(ledger)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=root,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def let_go(process: subprocess.Popen[str], *, crash: bool = False) -> None:
    if crash:
        process.kill()
    process.communicate()


def test_the_lock_file_says_who_holds_it(tmp_path: Path) -> None:
    lock = LedgerLock.acquire(tmp_path / "台账.zgtz", "张三", clock)
    holder = json.loads((tmp_path / ".台账.zgtz.lock").read_text(encoding="utf-8"))
    assert (holder["who"], holder["pid"]) == ("张三", os.getpid())
    assert set(holder) == {"who", "host", "pid", "since"}
    lock.release()
    lock.release()
    assert list(tmp_path.iterdir()) == []


def test_a_second_lock_in_one_program_is_refused_until_the_first_is_given_back(tmp_path: Path) -> None:
    first = LedgerLock.acquire(tmp_path / "台账.zgtz", "张三", clock)
    with pytest.raises(LedgerLockedError, match=r"正由张三在电脑“.+”上编辑（6月1日"):
        LedgerLock.acquire(tmp_path / "台账.zgtz", "李四", clock)
    first.release()
    LedgerLock.acquire(tmp_path / "台账.zgtz", "李四", clock).release()


def test_another_program_is_kept_out_and_named(tmp_path: Path, root: Path) -> None:
    process = held_elsewhere(tmp_path / "台账.zgtz", root)
    with pytest.raises(LedgerLockedError, match="李四"):
        LedgerLock.acquire(tmp_path / "台账.zgtz", "张三", clock)
    let_go(process)
    LedgerLock.acquire(tmp_path / "台账.zgtz", "张三", clock).release()


def test_a_crash_gives_the_lock_back(tmp_path: Path, root: Path) -> None:
    let_go(held_elsewhere(tmp_path / "台账.zgtz", root), crash=True)
    assert lock_path_of(tmp_path / "台账.zgtz").exists()
    LedgerLock.acquire(tmp_path / "台账.zgtz", "张三", clock).release()
    assert list(tmp_path.iterdir()) == []


def test_a_lock_file_that_says_nothing_is_told_as_such(tmp_path: Path) -> None:
    lock = LedgerLock.acquire(tmp_path / "台账.zgtz", "张三", clock)
    lock_path_of(tmp_path / "台账.zgtz").write_bytes(b"")
    with pytest.raises(LedgerLockedError, match="另一个程序"):
        LedgerLock.acquire(tmp_path / "台账.zgtz", "李四", clock)
    lock.release()


def test_two_names_of_one_ledger_share_one_lock(tmp_path: Path) -> None:
    (tmp_path / "台账.zgtz").write_bytes(b"")
    link = tmp_path / "快捷方式.zgtz"
    try:
        link.symlink_to(tmp_path / "台账.zgtz")
    except OSError:
        pytest.skip("links need rights here")
    lock = LedgerLock.acquire(link.resolve(), "张三", clock)
    with pytest.raises(LedgerLockedError):
        LedgerLock.acquire(tmp_path / "台账.zgtz", "李四", clock)
    lock.release()


def test_where_no_file_can_be_made_there_is_no_lock(tmp_path: Path) -> None:
    with pytest.raises(LockUnavailableError):
        LedgerLock.acquire(tmp_path / "没有" / "台账.zgtz", "张三", clock)
