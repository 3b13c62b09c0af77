"""Backups as a clerk meets them: taken when something changed, listed with what differs from now, restored.

A backup is taken while a ledger opens, so what only restoring needs is imported with it.
"""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from zhenggai_desktop.domain.changes import records_by_key
from zhenggai_desktop.domain.records import Issue, Measure, Record, Section, Snapshot
from zhenggai_desktop.errors import LedgerFileError, UsageError
from zhenggai_desktop.storage.backup_store import Backup, BackupStore, is_place, uid_of
from zhenggai_desktop.storage.ledger_file import Clock, LedgerFile, translated, understood, utc_now

if TYPE_CHECKING:
    from zhenggai_desktop.storage.restoring import Restored

__all__ = [
    "Backup",
    "Difference",
    "about_evidence",
    "back_up",
    "compare",
    "find",
    "listed",
    "newest",
    "origin_words",
    "restore_into",
    "restore_to",
]

AT_OPENING, AT_CLOSING, ON_DEMAND = "打开时", "关闭时", "手动"
_SHOWN = 20  # titles
_TITLED: tuple[type[Record], ...] = (Section, Issue, Measure)


class Difference(NamedTuple):
    """What restoring would change in the records of one kind; titles where the kind has them, the first twenty."""

    name: str
    back: int  # records that would come back
    changed: int
    gone: int
    titles: tuple[str, ...]

    @property
    def words(self) -> str:
        """“问题：恢复2条，改回1条，去掉3条”."""
        counts = ((self.back, "恢复"), (self.changed, "改回"), (self.gone, "去掉"))
        return f"{self.name}：" + "，".join(f"{verb}{count}条" for count, verb in counts if count)


def back_up(
    ledger: Path, root: Path | None, reason: str, *, only_if_changed: bool = False, clock: Clock = utc_now
) -> Backup | None:
    """Back a ledger up through a connection of its own, in whatever thread; None where nothing changed since the last.

    ``root`` is the folder for the backups of all ledgers, None a folder beside the ledger. Where nothing is taken, the
    place of the ledger is noted all the same: it may have been renamed. Raises TargetError where a backup cannot be
    written.
    """
    file = LedgerFile.open(ledger, read_only=True, who="", clock=clock)
    try:
        with translated(ledger):
            store = BackupStore.of(root, ledger, uid_of(file.connection))
            if only_if_changed and store.is_current(file.connection):
                with contextlib.suppress(OSError):  # the backup is there, and that is what counts
                    store.remember(ledger)
                return None
            return store.take(file.connection, ledger, reason, clock().astimezone())
    finally:
        file.close()


def listed(ledger: Path, root: Path | None) -> tuple[Backup, ...]:
    """The backups of a ledger and of its copies (``origin_words``), the newest first; of one that is damaged or gone
    as far as it is known (``BackupStore.of_unreadable``)."""
    store = _store(ledger, root)
    return store.backups() if store else ()


def find(ledger: Path, root: Path | None, name: str) -> Backup:
    """A backup by its number or file name; where ``name`` is "" the ``newest`` of this ledger. UsageError where there
    is none such, or only of other places."""
    found = listed(ledger, root)
    if not found:
        raise UsageError(f"没有找到台账“{ledger.name}”的备份", "请检查台账的位置，或者用 --backups 指明备份文件夹")
    wanted = name.strip()
    if not wanted:
        if (backup := newest(ledger, found)) is not None:
            return backup
        raise UsageError(
            f"没有这个台账自己的备份，最近一份{origin_words(found[0], ledger)}", "请从备份列表中选一个编号"
        )
    for backup in found:
        if wanted in {backup.path.name, str(backup.number)}:
            return backup
    raise UsageError(f"没有“{name}”这份备份", "请从备份列表中选一个编号")


def newest(ledger: Path, found: Sequence[Backup]) -> Backup | None:
    """Of backups as listed the newest that was taken of the ledger in its place, or tells no place. Where all are of
    one other place and nothing is there any more, the ledger was moved from there: the newest of them. Else None."""
    own = next((backup for backup in found if not backup.ledger or is_place(backup.ledger, ledger)), None)
    if own is None and len({backup.ledger for backup in found}) == 1 and not Path(found[0].ledger).exists():
        return found[0]
    return own


def origin_words(backup: Backup, ledger: Path) -> str:
    """“来自 E:/副本.zgtz”: the backup is of a copy of the ledger, or of it in its former place; else ""."""
    return f"来自 {backup.ledger}" if backup.ledger and not is_place(backup.ledger, ledger) else ""


def compare(backup: Backup, now: Snapshot) -> tuple[Difference, ...]:
    """What restoring the backup would change in a ledger that holds ``now``. LedgerFileError where it is damaged."""
    from zhenggai_desktop.storage.restoring import copy_of_backup  # noqa: PLC0415
    from zhenggai_desktop.storage.store import load_snapshot  # noqa: PLC0415

    with copy_of_backup(backup.path, utc_now) as file, understood(backup.path):
        then = load_snapshot(file.connection)
    return difference(now, then)


def difference(now: Snapshot, then: Snapshot) -> tuple[Difference, ...]:
    """By kind of record, what ``then`` has differently; empty where nothing differs."""
    from zhenggai_desktop.texts import RECORD_NAMES, in_terms  # noqa: PLC0415

    old, new = records_by_key(now), records_by_key(then)
    found: list[Difference] = []
    for record_type, name in RECORD_NAMES.items():
        back = [key for key in new if key[0] is record_type and key not in old]
        gone = [key for key in old if key[0] is record_type and key not in new]
        changed = [key for key in new if key[0] is record_type and key in old and old[key] != new[key]]
        if back or gone or changed:
            titles: list[str] = []
            if record_type in _TITLED:
                for verb, keys, side in (("恢复", back, new), ("改回", changed, new), ("去掉", gone, old)):
                    titles += [f"{verb}“{_title(side[key])}”" for key in keys]
            found.append(
                Difference(in_terms(name, now.facts.kind), len(back), len(changed), len(gone), tuple(titles[:_SHOWN]))
            )
    return tuple(found)


def restore_into(ledger: Path, backup: Backup, root: Path | None, *, who: str, clock: Clock = utc_now) -> Restored:
    """Put a backup in the ledger's place; what was there is backed up first. Nobody may have it open."""
    from zhenggai_desktop.storage.restoring import restore  # noqa: PLC0415

    store = _store(ledger, root) or BackupStore(backup.path.parent)
    return restore(ledger, backup, store, who=who, clock=clock)


def restore_to(target: Path, backup: Backup) -> Restored:
    """A backup as a ledger of its own at a free place, its evidence beside it. Raises LedgerFileError, TargetError."""
    from zhenggai_desktop.domain.file_names import check_file_name  # noqa: PLC0415
    from zhenggai_desktop.errors import LedgerExistsError  # noqa: PLC0415
    from zhenggai_desktop.storage.backup import has_unfinished_step  # noqa: PLC0415
    from zhenggai_desktop.storage.evidence import EvidenceFolder  # noqa: PLC0415
    from zhenggai_desktop.storage.restoring import Restored, refuse_damaged_backup, replace_whole  # noqa: PLC0415

    target = target.absolute()
    check_file_name(target.name)
    if target.exists():
        raise LedgerExistsError(f"“{target.name}”已经存在", "请换一个文件名")
    evidence = refuse_damaged_backup(backup.path, utc_now)
    if has_unfinished_step(target):
        raise LedgerExistsError(f"“{target.name}”的旧台账留下了没有做完的修改", "请换一个文件名")
    replace_whole(backup.path, target)
    return Restored(None, *BackupStore(backup.path.parent).bring_evidence(backup, EvidenceFolder(target), evidence))


def about_evidence(done: Restored) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What a clerk should know of the evidence that did not come back, a sentence and the files for each cause."""
    causes = (
        ("备份里没有这些佐证材料的文件，请找来后重新添加", done.missing),
        ("这些佐证材料的文件没有放回去，请腾出磁盘空间、关闭打开着它们的程序后再恢复一次", done.held),
    )
    return tuple((words, names) for words, names in causes if names)


def backup_values(backup: Backup) -> dict[str, object]:
    """A backup for other programs."""
    return {
        "number": backup.number,
        "taken_at": backup.taken_at.isoformat(sep=" "),
        "reason": backup.reason,
        "size": backup.size,
        "evidence": len(backup.evidence),
        "ledger": backup.ledger,
        "path": str(backup.path),
    }


def size_words(size: int) -> str:
    """Bytes in words: “836 KB”, “1.2 MB”."""
    return f"{max(1, round(size / 1024))} KB" if size < 1 << 20 else f"{size / (1 << 20):.1f} MB"


def moment_words(moment: dt.datetime) -> str:
    """“2024年5月6日 07:15”."""
    return f"{moment.year}年{moment.month}月{moment.day}日 {moment:%H:%M}"


def _store(ledger: Path, root: Path | None) -> BackupStore | None:
    try:
        file = LedgerFile.open(ledger, read_only=True, who="", clock=utc_now)
    except LedgerFileError:
        return BackupStore.of_unreadable(root, ledger)
    try:
        with translated(ledger):
            return BackupStore.of(root, ledger, uid_of(file.connection))
    finally:
        file.close()


def _title(record: Any) -> str:
    words = str(getattr(record, "title", "") or getattr(record, "content", "")) or "（无标题）"
    return words if len(words) <= 30 else f"{words[:30]}…"
