"""A damaged ledger becomes a new one beside it: everything readable, its evidence, and a report of what is lost."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from zhenggai_desktop.domain.file_names import check_file_name
from zhenggai_desktop.errors import LedgerExistsError, LedgerFileError, LedgerMissingError, ZhenggaiError
from zhenggai_desktop.services.ledger import Ledger
from zhenggai_desktop.storage.backup import free_path
from zhenggai_desktop.storage.backup_store import BackupStore
from zhenggai_desktop.storage.evidence import EvidenceFolder, copied, is_plain
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
    folder_of_old, folder_of_new = EvidenceFolder(ledger), EvidenceFolder(target)
    folder_of_old.copy_to(folder_of_new, evidence)
    store = BackupStore.of_unreadable(backups, ledger)
    for record in evidence:
        if record.file_name and folder_of_new.find(record.file_name) is None:
            kept = store.copy_of(record.sha256) if store else None
            if kept is None or not is_plain(record.file_name):
                report.missing_evidence.append(record.title or record.file_name)
                continue
            with contextlib.suppress(ZhenggaiError, OSError):
                folder_of_new.path.mkdir(exist_ok=True)
                copied(kept, folder_of_new.path / record.file_name)
    return Repaired(target, tuple(report.lines()), report.complete and not report.missing_evidence)
