"""A damaged ledger becomes a new one beside it: everything readable, its evidence, and a report of what is lost."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from zhenggai_desktop.domain.file_names import check_file_name
from zhenggai_desktop.domain.records import Evidence
from zhenggai_desktop.errors import (
    LedgerExistsError,
    LedgerFileError,
    LedgerMissingError,
    SourceError,
    TargetError,
)
from zhenggai_desktop.services.ledger import Ledger
from zhenggai_desktop.storage.backup import free_path
from zhenggai_desktop.storage.backup_store import BackupStore
from zhenggai_desktop.storage.evidence import EvidenceFolder, is_plain
from zhenggai_desktop.storage.ledger_file import settle_journal
from zhenggai_desktop.storage.salvage import salvage


@dataclass(frozen=True, slots=True)
class Repaired:
    """The new ledger and what a clerk should know about it, the most important first."""

    path: Path
    lines: tuple[str, ...]
    complete: bool


def repaired_path(ledger: Path) -> Path:
    """Where a repaired ledger goes unless a place is named: “名称-修复.zgtz” beside it."""
    return free_path(ledger.with_name(f"{ledger.stem}-修复{ledger.suffix}"))


def repair(ledger: Path, target: Path | None = None, *, backups: Path | None = None) -> Repaired:
    """Rescue what is readable of the ledger into a new one at a free place. The damaged file is copied first, with the
    step that it did not finish, and stays as it is.

    LedgerDamagedError where nothing can be read, LedgerFileError where the place cannot be read or written.
    """
    ledger = ledger.absolute()
    target = (target or repaired_path(ledger)).absolute()
    check_file_name(target.name)
    if not ledger.is_file():
        raise LedgerMissingError(f"找不到台账“{ledger.name}”", "请检查文件名和位置")
    if target.exists():
        raise LedgerExistsError(f"“{target.name}”已经存在", "请换一个文件名")
    if not target.parent.is_dir():
        raise LedgerFileError(f"文件夹“{target.parent}”不存在", "请先建好文件夹，或者换一个位置")
    with tempfile.TemporaryDirectory(prefix="zhenggai-") as folder:
        copy = Path(folder) / ledger.name
        try:
            for name in (ledger.name, f"{ledger.name}-journal"):
                with contextlib.suppress(FileNotFoundError):
                    shutil.copyfile(ledger.with_name(name), copy.with_name(name))
        except OSError as error:
            raise LedgerFileError(f"读不出“{ledger.name}”", "请检查磁盘、优盘或者网络盘是否还连接着") from error
        settle_journal(copy)
        report = salvage(copy, target)
    with Ledger.open(target) as found:
        evidence = found.snapshot.evidence
    store = BackupStore.of_unreadable(backups, ledger)
    for record in evidence:
        if record.file_name and not _bring_file(record, EvidenceFolder(ledger), EvidenceFolder(target), store):
            report.missing_evidence.append(record.title or record.file_name)
    return Repaired(target, tuple(report.lines()), report.complete and not report.missing_evidence)


def _bring_file(record: Evidence, old: EvidenceFolder, new: EvidenceFolder, store: BackupStore | None) -> bool:
    """Copy the file of evidence beside the repaired ledger, out of a backup where it is gone or cannot be read; False
    where neither gives it: the disk that damaged the ledger may have damaged the file too, or be full."""
    with contextlib.suppress(SourceError, TargetError):
        if old.copy_to(new, [record]).count:
            return True
    kept = store.copy_of(record.sha256) if store and is_plain(record.file_name) else None
    with contextlib.suppress(SourceError, TargetError):
        if kept is not None:
            new.bring(kept, record.file_name)
            return True
    return False
