"""Copies of a ledger: taken while it is open, verified before they stand under their name."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Generator
from itertools import count
from pathlib import Path

from zhenggai_desktop.domain.file_names import check_file_name
from zhenggai_desktop.domain.records import new_uid
from zhenggai_desktop.durable import sync_folder
from zhenggai_desktop.errors import LedgerFileError, TargetError
from zhenggai_desktop.storage import schema


def copy_connection(connection: sqlite3.Connection, destination: Path, ledger: Path) -> Path:
    """Copy what the connection to ``ledger`` sees at this moment to ``destination`` and give its path.

    The copy is made beside its place, checked, and only then takes the name. A ledger of the same identity that
    stands there is replaced where its last step is known here; one that was changed elsewhere, and anything else, is
    left alone: TargetError.
    """
    destination = destination.absolute()
    check_file_name(destination.name)
    if not destination.parent.is_dir():
        raise TargetError(f"文件夹“{destination.parent}”不存在", "请先建好文件夹，或者换一个位置")
    if has_unfinished_step(destination):
        raise TargetError(f"“{destination.name}”上次没有正常关闭", "请先打开它一次，或者换一个文件名")
    if os.path.lexists(destination):  # a link that leads nowhere is something too
        _refuse_strangers(connection, destination, ledger)
    unfinished = destination.with_name(f".{destination.name}.{new_uid()[:8]}.tmp")
    try:
        with _said_for_clerks(destination):
            _copy(connection, unfinished)
            unfinished.replace(destination)
            sync_folder(destination.parent)
    finally:
        with contextlib.suppress(OSError):  # a failing disk must not hide the error that says so
            unfinished.unlink(missing_ok=True)
    return destination


def has_unfinished_step(path: Path) -> bool:
    """Whether a rollback journal waits for a file of this name. It would be played into whatever file comes to stand
    there and destroy it (sqlite.org/howtocorrupt, 1.4), so nothing may be put there."""
    return path.with_name(f"{path.name}-journal").exists()


def free_path(path: Path) -> Path:
    """``path``, or the first of “名称 (2)”, “名称 (3)”… that is free."""
    if not path.exists():
        return path
    return next(
        candidate
        for number in count(2)
        if not (candidate := path.with_name(f"{path.stem} ({number}){path.suffix}")).exists()
    )


def _copy(connection: sqlite3.Connection, target: Path) -> None:
    copy = sqlite3.connect(target, isolation_level=None)
    try:
        connection.backup(copy)
        if copy.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            raise LedgerFileError("备份没有通过完整性检查，原有文件没有改动", "请检查台账和磁盘")
    finally:
        copy.close()


def _refuse_strangers(connection: sqlite3.Connection, destination: Path, ledger: Path) -> None:
    there = _state_of(destination)
    if there is None or there[0] != connection.execute("SELECT uid FROM facts").fetchone():
        raise TargetError(f"“{destination.name}”已经存在，而且不是这个台账的备份", "请换一个文件名")
    if ledger.exists() and destination.samefile(ledger):  # the connection may be to a copy in memory
        raise TargetError("备份不能放在台账自己的位置上", "请换一个文件名或者文件夹")
    last = there[1]
    if last is not None and not connection.execute("SELECT 1 FROM steps WHERE uid = ?", last).fetchone():
        raise TargetError(
            f"“{destination.name}”里有这个台账没有的修改，没有覆盖它",
            "请换一个文件名；要把那些修改收进来，请用“合并台账副本”",
        )


def _state_of(path: Path) -> tuple[object, tuple[str] | None] | None:
    """The uid row of a ledger and that of its last step, if it has one; None for whatever is no readable ledger."""
    if not path.is_file():
        return None
    try:
        other = sqlite3.connect(path, isolation_level=None)
        try:
            if other.execute("PRAGMA application_id").fetchone()[0] != schema.APPLICATION_ID:
                return None
            last = other.execute("SELECT uid FROM steps ORDER BY id DESC LIMIT 1").fetchone()
            return other.execute("SELECT uid FROM facts").fetchone(), last
        finally:
            other.close()
    except sqlite3.Error:
        return None


@contextlib.contextmanager
def _said_for_clerks(destination: Path) -> Generator[None]:
    try:
        yield
    except PermissionError as error:
        raise TargetError(f"“{destination.name}”正被占用或者没有写入权限", "请关闭它，或者换一个位置") from error
    except (OSError, sqlite3.OperationalError) as error:
        raise TargetError(f"不能把备份写到“{destination}”", "请检查磁盘空间和写入权限，或者换一个位置") from error
