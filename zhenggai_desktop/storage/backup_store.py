"""The backups of one ledger: numbered copies in a folder of their own, and its evidence once by content beside them.

Each backup is a ledger that opens by itself, with a small card (JSON) beside it that says when and why it was taken
and where, and which evidence it had. The number, not the clock, tells which is newest: a clock that jumps thins out
nothing new. Copies of a ledger have its uid and so keep their backups in the same folder: the place tells them apart.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import re
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from pathlib import Path
from typing import Any, NamedTuple, cast

from zhenggai_desktop.domain.file_names import safe_part
from zhenggai_desktop.domain.record_making import Value, frozen
from zhenggai_desktop.domain.records import Evidence
from zhenggai_desktop.durable import sync_folder
from zhenggai_desktop.errors import SourceError, TargetError
from zhenggai_desktop.storage.backup import copy_connection
from zhenggai_desktop.storage.evidence import EvidenceFolder, Going, copied, digest_of, is_plain

LATEST, DAYS, MONTHS = 10, 14, 12  # kept: the newest, one of each day, one of each month
EVIDENCE = "佐证材料"
_ORIGIN = "台账位置.json"
_NAME = re.compile(r"(?P<number>\d{4,})-(?P<at>\d{8}-\d{6})-(?P<reason>[^.]+)\.zgtz")
_UID = 8  # characters of a ledger's uid in its folder's name
_LONGEST = 40


class EvidenceCopy(NamedTuple):
    """One file of the evidence as a backup has it; ``changed`` is its time of change then, in nanoseconds."""

    sha256: str
    size: int
    changed: int


class Brought(NamedTuple):
    """Names of evidence that did not come back: those that no backup has, and those that could not be written."""

    missing: tuple[str, ...] = ()
    held: tuple[str, ...] = ()


@frozen
class Backup(Value):
    """One backup. ``taken_at`` is local time; ``state`` names the ledger's last step, ``ledger`` where it was then, ""
    where that is not known."""

    path: Path
    number: int
    taken_at: dt.datetime
    reason: str
    state: str = ""
    evidence: Mapping[str, EvidenceCopy] = field(default_factory=dict[str, EvidenceCopy])
    ledger: str = ""

    @property
    def size(self) -> int:
        """Bytes of the copy, without evidence; 0 where it is gone."""
        try:
            return self.path.stat().st_size
        except OSError:
            return 0


class BackupStore:
    """The folder with the backups of one ledger; made with the first."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @classmethod
    def of(cls, root: Path | None, ledger: Path, uid: str) -> BackupStore:
        """The store of the ledger ``uid`` below ``root``; beside the ledger where no root is given.

        A ledger from elsewhere may have any uid, “../..” too: no sign of it leads out of ``root``.
        """
        if root is None:
            return cls(ledger.with_name(f"{ledger.stem}-备份"))
        mark = f"-{safe_part(uid, _UID)}"
        with contextlib.suppress(OSError):
            known = next((at for at in sorted(root.iterdir()) if at.name.endswith(mark) and at.is_dir()), None)
            if known is not None:
                return cls(known)
        return cls(root / f"{safe_part(ledger.stem, _LONGEST)}{mark}")

    @classmethod
    def of_unreadable(cls, root: Path | None, ledger: Path) -> BackupStore | None:
        """The store of a ledger that is gone or does not open any more: by the uid that may still be read in it, else
        by where it was, else by its name, for one that was moved. Of several the one with the newest backup."""
        beside = cls(ledger.with_name(f"{ledger.stem}-备份"))
        content = _content(ledger)
        best: tuple[tuple[bool, bool, bool, str], BackupStore] | None = None
        for store in [] if root is None else [cls(at) for at in _subfolders(root)]:
            places, found = store.places(), store.backups()
            known = (
                _is_told_by(content, store.folder),
                any(is_place(at, ledger) for at in places),
                _is_named_as(ledger, store.folder, places),
            )
            rank = (*known, max((str(one.taken_at) for one in found), default=""))
            if found and any(known) and (best is None or rank > best[0]):
                best = rank, store
        if best is not None:
            return best[1]
        return beside if beside.backups() else None

    def places(self) -> tuple[str, ...]:
        """Everywhere that the ledger and its copies are known to have been, the last place last."""
        told = _read(self.folder / _ORIGIN)
        cards = (backup.ledger for backup in reversed(self.backups()))
        last = str(told.get("path", ""))
        noted = [at for at in (*cards, *_texts(told.get("paths"))) if at and at != last]
        return tuple(dict.fromkeys([*noted, *([last] if last else [])]))

    def remember(self, ledger: Path) -> None:
        """Note where the ledger is, besides where it and its copies were before. Raises OSError."""
        told, here = _read(self.folder / _ORIGIN), str(ledger.absolute())
        before = [*_texts(told.get("paths")), str(told.get("path", ""))]
        paths = [*dict.fromkeys(at for at in before if at and at != here), here]
        values = {"path": here, "paths": paths}
        if told != values:
            _write(self.folder / _ORIGIN, values)

    def backups(self) -> tuple[Backup, ...]:
        """All that are there, the newest first."""
        found: list[Backup] = []
        with contextlib.suppress(OSError):
            for path in self.folder.iterdir():
                if (match := _NAME.fullmatch(path.name)) is not None:
                    with contextlib.suppress(ValueError):  # a name that looks like ours, with a 99th of a month
                        found.append(_described(path, match))
        return tuple(sorted(found, key=lambda backup: backup.number, reverse=True))

    def is_current(self, connection: sqlite3.Connection) -> bool:
        """Whether the newest backup holds what the ledger holds now."""
        newest = next(iter(self.backups()), None)
        return newest is not None and newest.state == state_of(connection)

    def take(
        self,
        connection: sqlite3.Connection,
        ledger: Path,
        reason: str,
        now: dt.datetime,
        going: Going = lambda _bytes: None,
        *,
        keep: Backup | None = None,
    ) -> Backup:
        """Copy the ledger and its evidence, check the copy, and thin out what is older save ``keep``. TargetError.

        The copy of the ledger comes last: a backup that stands there is a whole one.
        """
        if not ledger.parent.is_dir():
            raise TargetError(f"文件夹“{ledger.parent}”已不可用", "请检查优盘或者网络盘是否还连接着")
        before = self.backups()
        number = before[0].number + 1 if before else 1
        name = f"{number:04d}-{now:%Y%m%d-%H%M%S}-{safe_part(reason, _LONGEST).replace('.', '_')}"
        try:
            (self.folder / EVIDENCE).mkdir(parents=True, exist_ok=True)
            self._tidy(before)
            known: Mapping[str, EvidenceCopy] = before[0].evidence if before else {}
            evidence = self._keep_evidence(connection, EvidenceFolder(ledger), known, going)
            card = {"state": state_of(connection), "evidence": {n: _values(copy) for n, copy in evidence.items()}}
            place = str(ledger.absolute())
            _write(self.folder / f"{name}.json", {**card, "ledger": place})
            self.remember(ledger)
        except OSError as error:
            raise TargetError(f"不能把备份写到“{self.folder}”", "请检查磁盘空间和写入权限，或者换一个位置") from error
        path = copy_connection(connection, self.folder / f"{name}.zgtz", ledger)
        taken = Backup(path, number, _local(now), reason, str(card["state"]), evidence, place)
        self._thin((taken, *before), keep)
        return taken

    def drop(self, backup: Backup) -> None:
        """Take a backup away; its evidence goes with the next thinning. The folder goes where it is empty."""
        for path in (backup.path, backup.path.with_suffix(".json")):
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)
        if not self.backups():
            with contextlib.suppress(OSError):
                (self.folder / _ORIGIN).unlink(missing_ok=True)
                (self.folder / EVIDENCE).rmdir()
                self.folder.rmdir()

    def bring_evidence(self, backup: Backup, folder: EvidenceFolder, known: Iterable[Evidence] = ()) -> Brought:
        """Put the evidence of a backup back beside a ledger; what lies there unchanged stays, what was changed goes to
        the trash. Of ``known``, what the backup's ledger knows, the files that this backup did not find come from the
        others of the store."""
        missing, held = list[str](), list[str]()
        wanted = dict(backup.evidence)
        for one in known:
            if one.file_name not in wanted and one.file_name and folder.find(one.file_name) is None:
                wanted[one.file_name] = EvidenceCopy(one.sha256, one.size, 0)
        for name, copy in wanted.items():
            if folder.holds(name, copy.size, copy.sha256):
                continue
            if not is_plain(name) or not copy.sha256 or not self._blob(copy.sha256).is_file():
                missing.append(name)
                continue
            try:
                folder.bring(self._blob(copy.sha256), name)
            except (SourceError, TargetError):
                held.append(name)
        return Brought(tuple(missing), tuple(held))

    def copy_of(self, digest: str) -> Path | None:
        """The evidence of this content; None where no backup has it."""
        blob = self._blob(digest)
        return blob if digest and blob.is_file() and digest_of(blob) == digest else None

    # --- inside

    def _keep_evidence(
        self, connection: sqlite3.Connection, folder: EvidenceFolder, known: Mapping[str, EvidenceCopy], going: Going
    ) -> dict[str, EvidenceCopy]:
        """Every file of the ledger: read only where it is new or was changed, kept only where its content is new.

        One that cannot be read (held open, a worn sector) keeps nobody from a backup: its copy of before stands for it.
        """
        kept: dict[str, EvidenceCopy] = {}
        for name, _, _ in evidence_rows(connection):
            source = folder.find(name)
            if source is None:
                continue
            found, old = source.stat(), known.get(name)
            if old and self._has(old):
                kept[name] = old
                if (old.size, old.changed) == (found.st_size, found.st_mtime_ns):
                    continue
            with contextlib.suppress(SourceError):
                kept[name] = self._keep(source, found.st_mtime_ns, going)
        return kept

    def _keep(self, source: Path, changed: int, going: Going) -> EvidenceCopy:
        digest = digest_of(source)
        copy = EvidenceCopy(digest, source.stat().st_size, changed)
        if digest and self._has(copy):
            return copy
        unfinished = self.folder / EVIDENCE / ".copying.tmp"
        try:
            digest, size = copied(source, unfinished, going)
            copy = EvidenceCopy(digest, size, changed)
            if not self._has(copy):
                self._blob(digest).parent.mkdir(exist_ok=True)
                unfinished.replace(self._blob(digest))
                sync_folder(self._blob(digest).parent)
        finally:
            with contextlib.suppress(OSError):
                unfinished.unlink(missing_ok=True)
        return copy

    def _blob(self, digest: str) -> Path:
        return self.folder / EVIDENCE / digest[:2] / digest

    def _has(self, copy: EvidenceCopy) -> bool:
        try:
            return self._blob(copy.sha256).stat().st_size == copy.size
        except OSError:
            return False

    def _thin(self, backups: Sequence[Backup], keep: Backup | None) -> None:
        kept = [*kept_of(backups), *([keep] if keep else [])]
        gone = [backup for backup in backups if backup not in kept]
        for backup in gone:
            self.drop(backup)
        if gone:
            used = {copy.sha256 for backup in kept for copy in backup.evidence.values()}
            for blob in (self.folder / EVIDENCE).glob("??/*"):
                if blob.name not in used:
                    with contextlib.suppress(OSError):
                        blob.unlink()

    def _tidy(self, backups: Sequence[Backup]) -> None:
        """Take away what a run that was killed left half done."""
        cards = {backup.path.with_suffix(".json").name for backup in backups} | {_ORIGIN}
        left = [path for path in self.folder.glob("*.json") if path.name not in cards]
        for path in (*left, *self.folder.glob(".*.tmp*"), *(self.folder / EVIDENCE).glob(".*.tmp")):
            with contextlib.suppress(OSError):
                path.unlink()


def kept_of(backups: Sequence[Backup]) -> tuple[Backup, ...]:
    """What thinning keeps of backups given newest first: the newest ten, the last of each of the newest fourteen days
    and of each of the newest twelve months on which there are any, and the last of each place: a copy of the ledger
    that is worked on every day does not push out what the ledger itself has."""
    days: dict[dt.date, Backup] = {}
    months: dict[tuple[int, int], Backup] = {}
    places: dict[str, Backup] = {}
    for backup in backups:
        day = backup.taken_at.date()
        days.setdefault(day, backup)
        months.setdefault((day.year, day.month), backup)
        if backup.ledger:
            places.setdefault(backup.ledger, backup)
    chosen = {backup.number for backup in (*backups[:LATEST], *places.values())}
    chosen |= {days[day].number for day in sorted(days, reverse=True)[:DAYS]}
    chosen |= {months[month].number for month in sorted(months, reverse=True)[:MONTHS]}
    return tuple(backup for backup in backups if backup.number in chosen)


def is_place(known: str, ledger: Path) -> bool:
    """Whether a place that was noted is where ``ledger`` is: as it is called, or as its folder is called in truth."""
    place = os.path.normcase(known)
    return place == os.path.normcase(ledger.absolute()) or place == os.path.normcase(ledger.resolve())


def state_of(connection: sqlite3.Connection) -> str:
    """The uid of the last step, which names what the ledger holds; the ledger's own uid before the first."""
    row = connection.execute("SELECT uid FROM steps ORDER BY id DESC LIMIT 1").fetchone()
    return str(row[0] if row else uid_of(connection))


def uid_of(connection: sqlite3.Connection) -> str:
    """The ledger's identity, the same in every copy."""
    return str(connection.execute("SELECT uid FROM facts").fetchone()[0])


def evidence_rows(connection: sqlite3.Connection) -> list[tuple[str, str, int]]:
    """Name, digest and size of every file that the ledger knows."""
    return connection.execute("SELECT file_name, sha256, size FROM evidence WHERE file_name <> ''").fetchall()


def _described(path: Path, match: re.Match[str]) -> Backup:
    taken_at = dt.datetime.strptime(match["at"], "%Y%m%d-%H%M%S")  # noqa: DTZ007 - the clock on the clerk's wall
    card = _read(path.with_suffix(".json"))
    evidence = cast("dict[str, Any]", card.get("evidence") or {})
    return Backup(
        path,
        int(match["number"]),
        taken_at,
        match["reason"],
        str(card.get("state", "")),
        {name: EvidenceCopy(str(copy[0]), int(copy[1]), int(copy[2])) for name, copy in evidence.items()},
        str(card.get("ledger", "")),
    )


def _values(copy: EvidenceCopy) -> list[object]:
    return [copy.sha256, copy.size, copy.changed]


def _local(moment: dt.datetime) -> dt.datetime:
    return moment.replace(microsecond=0, tzinfo=None)


def _subfolders(root: Path) -> Iterable[Path]:
    try:
        return [path for path in root.iterdir() if path.is_dir()]
    except OSError:
        return []


def _is_told_by(content: bytes, folder: Path) -> bool:
    """Whether a ledger's uid stands in what can be read of it: the name of its store ends with its beginning."""
    begin = folder.name.rpartition("-")[2]
    return len(begin) == _UID and f"{begin}-".encode() in content


def _is_named_as(ledger: Path, folder: Path, places: Iterable[str]) -> bool:
    """Whether a ledger of this file name was backed up in a store; its folder has the name of the first."""
    name, first = os.path.normcase(ledger.name), folder.name.rpartition("-")[0]
    return first == safe_part(ledger.stem, _LONGEST) or any(os.path.normcase(Path(at).name) == name for at in places)


def _content(ledger: Path) -> bytes:
    try:
        return ledger.read_bytes()
    except OSError:
        return b""


def _texts(found: object) -> list[str]:
    """What a card has as a list of texts; nothing where it is none."""
    return [one for one in cast("list[object]", found) if isinstance(one, str)] if isinstance(found, list) else []


def _read(path: Path) -> dict[str, Any]:
    """What a card says; nothing where it is gone or damaged: the copy itself is what counts."""
    try:
        found: object = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return cast("dict[str, Any]", found) if isinstance(found, dict) else {}


def _write(path: Path, values: object) -> None:
    unfinished = path.with_name(f".{path.name}.tmp")
    unfinished.write_text(json.dumps(values, ensure_ascii=False, indent=1), "utf-8")
    unfinished.replace(path)
