"""A backup takes the ledger's place: checked before, the ledger of today kept before, then replaced whole."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path

from zhenggai_desktop.domain.records import Evidence, new_uid
from zhenggai_desktop.durable import sync_folder
from zhenggai_desktop.errors import (
    LedgerDamagedError,
    LedgerLockedError,
    LedgerMissingError,
    LedgerTooNewError,
    TargetError,
    ZhenggaiError,
)
from zhenggai_desktop.storage import check
from zhenggai_desktop.storage.backup import free_path
from zhenggai_desktop.storage.backup_store import Backup, BackupStore
from zhenggai_desktop.storage.evidence import EvidenceFolder, copied
from zhenggai_desktop.storage.ledger_file import Clock, LedgerFile, understood
from zhenggai_desktop.storage.lock import LedgerLock, LockUnavailableError
from zhenggai_desktop.storage.store import load_snapshot


@dataclass(frozen=True, slots=True)
class Restored:
    """``before``: where the ledger of before lies now, None where there was none. ``missing``: evidence not found.
    ``held``: evidence that could not be put back beside the ledger."""

    before: Path | None
    missing: tuple[str, ...]
    held: tuple[str, ...] = ()


def refuse_damaged_backup(path: Path, clock: Clock) -> Sequence[Evidence]:
    """Raise LedgerDamagedError for a backup that is not whole: it must not take a ledger's place. Gives the evidence
    that its ledger knows."""
    try:
        with copy_of_backup(path, clock) as file, understood(path):
            found = check.check(file.connection)
            evidence = load_snapshot(file.connection).evidence
    except LedgerDamagedError as error:
        raise _not_whole(path) from error
    if any(finding.code is check.CheckCode.DAMAGE for finding in found):
        raise _not_whole(path)
    return evidence


@contextlib.contextmanager
def copy_of_backup(path: Path, clock: Clock) -> Generator[LedgerFile]:
    """A passing copy of a backup, in today's format whatever the backup's: the backup itself stays as it was taken."""
    with tempfile.TemporaryDirectory(prefix="zhenggai-") as folder:
        copy = Path(folder) / path.name
        try:
            shutil.copyfile(path, copy)
        except OSError as error:
            raise LedgerMissingError(f"读不出备份“{path.name}”", "请检查磁盘，或者换一份备份") from error
        file = LedgerFile.open(copy, read_only=False, who="", clock=clock, backups=Path(folder))
        try:
            yield file
        finally:
            file.close()


def restore(ledger: Path, backup: Backup, store: BackupStore, *, who: str, clock: Clock) -> Restored:
    """Put ``backup`` in the place of the ledger, its evidence with it. LedgerLockedError where somebody edits it.

    The ledger of before is backed up as “恢复前”; where it cannot be opened any more, its file is kept beside. Evidence
    that cannot be put back is told, not raised: the ledger has been replaced by then.
    """
    evidence = refuse_damaged_backup(backup.path, clock)
    ledger = ledger.resolve()
    before: Path | None = None
    now = clock().astimezone()
    with contextlib.ExitStack() as held:
        file = _opened(ledger, who, clock)
        if file is not None:
            held.callback(file.close)
            before = store.take(file.connection, ledger, "恢复前", now, keep=backup).path
            file.connection.close()  # its lock stays
        else:
            with contextlib.suppress(LockUnavailableError):
                held.callback(LedgerLock.acquire(ledger, who, clock).release)
            before = set_aside(ledger, now)
        replace_whole(backup.path, ledger)
    return Restored(before, *store.bring_evidence(backup, EvidenceFolder(ledger), evidence))


def set_aside(ledger: Path, now: dt.datetime, *, keep: bool = False) -> Path | None:
    """Move a ledger that cannot be opened to a name of its own beside, with the step that it did not finish; None
    where there is none. ``keep`` copies instead."""
    if not os.path.lexists(ledger):
        return None
    aside = free_path(ledger.with_name(f"{ledger.stem}.损坏-{now:%Y%m%d-%H%M%S}{ledger.suffix}"))
    journal = ledger.with_name(f"{ledger.name}-journal")
    with _said_for_clerks(aside):
        for source, target in ((ledger, aside), (journal, aside.with_name(f"{aside.name}-journal"))):
            if source.exists():
                copied(source, target)
        sync_folder(ledger.parent)
        if not keep:
            journal.unlink(missing_ok=True)
    return aside


def replace_whole(source: Path, target: Path) -> None:
    """Copy ``source`` beside ``target``, and only then in its place."""
    unfinished = target.with_name(f".{target.name}.{new_uid()[:8]}.tmp")
    try:
        with _said_for_clerks(target):
            shutil.copyfile(source, unfinished)
            with unfinished.open("r+b") as file:
                os.fsync(file.fileno())
            unfinished.replace(target)
            sync_folder(target.parent)
    finally:
        with contextlib.suppress(OSError):
            unfinished.unlink(missing_ok=True)


def _opened(ledger: Path, who: str, clock: Clock) -> LedgerFile | None:
    """The ledger to be written; None where it cannot be opened because it is gone or damaged."""
    try:
        file = LedgerFile.open(ledger, read_only=False, who=who, clock=clock)
    except (LedgerLockedError, LedgerTooNewError):
        raise
    except (ZhenggaiError, sqlite3.Error):
        return None
    if file.read_only:
        file.close()
        raise TargetError(f"台账“{ledger.name}”所在的位置不能写入", "请把备份恢复到别的位置")
    return file


def _not_whole(path: Path) -> LedgerDamagedError:
    return LedgerDamagedError(f"备份“{path.name}”已经损坏，台账没有改动", "请换一份备份")


@contextlib.contextmanager
def _said_for_clerks(target: Path) -> Generator[None]:
    try:
        yield
    except OSError as error:
        raise TargetError(f"不能写入“{target.name}”", "请检查磁盘空间和写入权限，或者换一个位置") from error
