"""The plain folder beside a ledger in which its evidence lies: readable without the program, each file named once.

A file keeps its name for ever, whatever happens to the issue that it proves. What is deleted from the ledger goes to
a folder of its own below, so that undo finds it again (architecture.md, decision 9).
"""

from __future__ import annotations

import contextlib
import errno
import logging
import os
import re
from collections.abc import Callable, Generator, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from zhenggai_desktop.domain.cleaning import clean
from zhenggai_desktop.domain.file_names import check_file_name, too_long, usable_name
from zhenggai_desktop.domain.record_making import Value, frozen
from zhenggai_desktop.domain.records import Evidence, new_uid
from zhenggai_desktop.durable import sync_folder
from zhenggai_desktop.errors import SourceError, SourceMissingError, TargetError
from zhenggai_desktop.names import some_of

if TYPE_CHECKING:
    from zhenggai_desktop.storage.check import CheckFinding

FOLDER_ENDING = "_佐证材料"
TRASH = "已删除"
_PIECE = 1 << 20  # bytes copied at a time
_ASIDE = "改动过"  # stands in the name of a changed file whose place its original took
_MARK = 8  # characters of the record's uid in the file's name
_UNFINISHED = re.compile(rf"\..+_[0-9a-f]{{{_MARK}}}.*\.tmp", re.DOTALL)
_LONGEST_PATH = 259 if os.name == "nt" else None  # the office programs of Windows open nothing longer
_SHORTEST_STEM = 8  # characters of a readable name; with less room than that the folder lies too deep
_SHARING_VIOLATIONS = (32, 33)  # ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION of Windows
_DISK_FULL = (errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC))
_GONE = (errno.ENOENT, errno.EIO, errno.ENXIO, errno.ENODEV)

Going = Callable[[int], None]
"""Told how many bytes were copied, from time to time; may raise to stop."""

_log = logging.getLogger(__name__)


@frozen
class KeptFile(Value):
    """A file as it lies in the folder, not yet known to the ledger. ``title`` is its old name without ending."""

    uid: str
    title: str
    file_name: str
    sha256: str
    size: int


@frozen
class Copied(Value):
    """``count`` files are there now; ``unread`` could not be read: held open by another program, on a worn disk."""

    count: int
    unread: tuple[Evidence, ...]

    def refuse_unread(self) -> None:
        """Raise SourceError that names what could not be read."""
        if self.unread:
            names = some_of([f"“{one.title or one.file_name}”" for one in self.unread], "份")
            raise SourceError(f"读不出{names}的文件", "请关闭正在使用它们的程序，再复制一次")


class EvidenceFolder:
    """The folder of the ledger at ``ledger``; made when the first file comes."""

    def __init__(self, ledger: Path) -> None:
        self.path = ledger.with_name(ledger.stem + FOLDER_ENDING)

    def keep(self, source: Path, going: Going = lambda _bytes: None) -> KeptFile:
        """Copy a file here under a name of its own; the copy is complete before it bears that name.

        SourceError where the file cannot be read, TargetError where the folder cannot be written.
        """
        uid = new_uid()
        name = self._name_for(source, uid[:_MARK])
        digest, size = self._copy_here(source, name, going)
        return KeptFile(uid, clean(source.stem), name, digest, size)

    def clear_unfinished(self) -> None:
        """Take away what a copy left behind that was killed half way. Only for who holds the ledger's lock."""
        for name in self.lying_here():
            if _UNFINISHED.fullmatch(name):
                self.drop(name)

    def find(self, file_name: str) -> Path | None:
        """Where the file lies: here, in the trash, or in a folder beside that had its name before, or its trash.

        None too for a name that leads out of the folder: a ledger from elsewhere may hold any.
        """
        if not is_plain(file_name):
            return None
        places = (self.path / file_name, self.path / TRASH / file_name)
        found = next((place for place in places if is_file(place)), None)
        elsewhere = (folder / file_name for folder in self._folders_beside())
        return found or next((place for place in elsewhere if is_file(place)), None)

    def holds(self, file_name: str, size: int, sha256: str) -> bool:
        """Whether the file lies in the folder itself, with this content. ``size`` in bytes; read only where it fits."""
        place = self.path / file_name
        fits = is_plain(file_name) and is_file(place) and place.stat().st_size == size
        return fits and digest_of(place) == sha256

    def missing(self, file_names: Iterable[str]) -> frozenset[str]:
        """Those of the names that ``find`` does not find. The folders are looked for once, not for each name."""
        here = self.lying_here()
        away = {name for name in file_names if name and name not in here}
        if away:
            folders = [self.path / TRASH, *self._folders_beside()]
            plain = {name for name in away if is_plain(name)}
            away -= {name for name in plain if any(is_file(folder / name) for folder in folders)}
        return frozenset(away)

    def lying_here(self) -> frozenset[str]:
        """The names of all files that lie in the folder itself, by one look; empty where there is none."""
        try:
            with os.scandir(self.path) as entries:
                return frozenset(entry.name for entry in entries if entry.is_file())
        except OSError:
            return frozenset()

    def drop(self, file_name: str) -> None:
        """Take a file away for good: one that never came into the ledger."""
        if is_plain(file_name):
            with contextlib.suppress(OSError):
                (self.path / file_name).unlink(missing_ok=True)

    def put_in_place(self, file_name: str, known: Evidence) -> bool:
        """A file came whose content the ledger has: it takes the place of the record's where that is gone or changed.

        A changed one goes to the trash under a name of its own. True where the newcomer took the place; else it is
        dropped. TargetError where a changed file cannot make room: nothing but the newcomer is gone then.
        """
        came = self.path / file_name
        try:
            if not is_plain(known.file_name) or not is_file(came):
                return False
            there = self.find(known.file_name)
            if there is not None and not _was_changed(there, known):
                return False
            aside = self._put_aside(there) if there is not None else None
            if self._move(came, self.path / known.file_name):
                return True
            if there is not None and aside is not None:
                self._move(aside, there)
            return False
        finally:
            self.drop(file_name)

    def throw_away(self, file_names: Iterable[str]) -> None:
        """Move files to the trash. One that is open elsewhere stays where it is; ``find`` knows both places."""
        for name in file_names:
            if is_plain(name) and is_file(self.path / name):
                self._move(self.path / name, self.path / TRASH / name)

    def bring_back(self, file_names: Iterable[str]) -> None:
        """Move files out of the trash: the ledger's own, or that of the folder which it had under another name."""
        for name in file_names:
            place = self.find(name)
            if place is not None and place.parent.name == TRASH:
                self._move(place, place.parent.parent / name)

    def check(self, evidence: Iterable[Evidence]) -> Iterator[CheckFinding]:
        """Files of the ledger that are gone, no longer what was added or not to be read. Reads each of them."""
        from zhenggai_desktop.storage.check import CheckCode, CheckFinding  # noqa: PLC0415 - not at start

        for record in evidence:
            if not record.file_name:
                continue  # paper in a cabinet
            place = self.find(record.file_name)
            if place is None:
                text = f"佐证材料“{record.title or record.file_name}”的文件不在“{self.path.name}”里。"
                yield CheckFinding(CheckCode.EVIDENCE_MISSING, text, "evidence", record.id)
            elif not (digest := digest_of(place)):
                text = f"佐证材料“{record.title or record.file_name}”的文件现在读不出来，可能正被其他程序打开。"
                yield CheckFinding(CheckCode.EVIDENCE_UNREADABLE, text, "evidence", record.id)
            elif digest != record.sha256:
                text = f"佐证材料“{record.title or record.file_name}”的文件在添加之后被改动过。"
                yield CheckFinding(CheckCode.EVIDENCE_CHANGED, text, "evidence", record.id)

    def copy_to(
        self, other: EvidenceFolder, evidence: Iterable[Evidence], going: Going = lambda _bytes: None
    ) -> Copied:
        """Copy the files of these records into another ledger's folder, by content: those that are there stay, unless
        they were changed here since.

        A file that is missing here or cannot be read keeps no other from being copied, and no half one is left there.
        TargetError where none can stand there.
        """
        count, unread = 0, list[Evidence]()
        for record in evidence:
            source = self.find(record.file_name)
            if source is None:
                continue
            try:
                if not other.holds(record.file_name, record.size, record.sha256) or _was_changed(source, record):
                    other._copy_here(source, record.file_name, going)
            except SourceError:
                unread.append(record)
            else:
                count += 1
        return Copied(count, tuple(unread))

    def bring(self, source: Path, file_name: str) -> None:
        """Copy a file here under the name that the ledger knows it by; what was changed under it goes to the trash.

        SourceError where the file cannot be read, TargetError where it cannot stand: nothing half is left.
        """
        self._copy_here(source, file_name, lambda _bytes: None)

    def _copy_here(self, source: Path, name: str, going: Going) -> tuple[str, int]:
        """Copy a file into the folder, complete before it bears ``name``. Gives its sha256 and its size in bytes.

        One of other content that has the name goes to the trash under a name of its own: somebody worked on it.
        """
        target = self.path / name
        unfinished = target.with_name(f".{name}.tmp")
        try:
            with _said_for_clerks(self.path):
                self.path.mkdir(exist_ok=True)
            told = copied(source, unfinished, going)
            with _said_for_clerks(self.path):
                if is_file(target) and digest_of(target) != told[0]:
                    self._put_aside(target)
                unfinished.replace(target)
                sync_folder(self.path)
        finally:
            with contextlib.suppress(OSError):
                unfinished.unlink(missing_ok=True)
        return told

    def _name_for(self, source: Path, mark: str) -> str:
        """A readable name, cut so that the whole path stays one that Windows can hold."""
        name = usable_name(source.stem, mark, source.suffix)
        if _LONGEST_PATH is None:
            return name
        over = len(str(self.path / f".{name}.tmp").encode("utf-16-le")) // 2 - _LONGEST_PATH
        stem = name.rpartition(f"_{mark}")[0]
        if over > 0 and len(stem) - over < _SHORTEST_STEM:
            raise too_long(source.name)
        return usable_name(stem[: len(stem) - over], mark, source.suffix) if over > 0 else name

    def _folders_beside(self) -> Iterator[Path]:
        """The folders beside the ledger, those that are called like one of evidence first, each with its trash."""
        with contextlib.suppress(OSError):
            folders = [folder for folder in self.path.parent.iterdir() if folder.is_dir()]
            for folder in sorted(folders, key=lambda found: (not found.name.endswith(FOLDER_ENDING), found.name)):
                yield folder
                if folder.name.endswith(FOLDER_ENDING):
                    yield folder / TRASH

    def _put_aside(self, changed: Path) -> Path | None:
        """Move a changed file of this folder to the trash and give its place there; None for one in a folder beside."""
        if changed.parent not in (self.path, self.path / TRASH):
            return None
        name = usable_name(changed.stem, f"{_ASIDE}{new_uid()[:_MARK]}", changed.suffix)
        if not self._move(changed, self.path / TRASH / name):
            said = f"“{changed.name}”在添加之后被改动过，现在又正被其他程序打开，原件没有放回去"
            raise TargetError(said, "请先关闭它，再试一次")
        return self.path / TRASH / name

    @staticmethod
    def _move(source: Path, target: Path) -> bool:
        """False where it cannot be moved: open in WPS. The record is what counts; the file is found in both places."""
        try:
            target.parent.mkdir(exist_ok=True)
            source.replace(target)
        except OSError as error:
            _log.warning("evidence not moved: %s", type(error).__name__)
            return False
        return True


def _was_changed(place: Path, record: Evidence) -> bool:
    """Whether a file is certainly not what was added; False for one that cannot be read just now."""
    try:
        if place.stat().st_size != record.size:
            return True
    except OSError:
        return False
    return digest_of(place) not in ("", record.sha256)


def is_plain(file_name: str) -> bool:
    """Whether a name can be that of a file in a folder, and of no other place."""
    try:
        check_file_name(file_name)
    except TargetError:
        return False
    return True


def is_file(place: Path) -> bool:
    """Whether a file is there; False for a name that this system cannot hold, which ``Path.is_file`` raises for."""
    try:
        return place.is_file()
    except (OSError, ValueError):
        return False


def is_readable(place: Path) -> bool:
    """Whether a file can be opened and its beginning read: no other program holds it."""
    try:
        with place.open("rb") as file:
            file.read(1)
    except OSError:
        return False
    return True


def copied(source: Path, target: Path, going: Going = lambda _bytes: None) -> tuple[str, int]:
    """Copy and give digest and size; what is written is on the disk when this returns."""
    import hashlib  # noqa: PLC0415 - not at start

    digest, size = hashlib.sha256(), 0
    with _opened(source) as old, _said_for_clerks(target.parent), target.open("wb") as new:
        while piece := _read(old, source):
            digest.update(piece)
            new.write(piece)
            size += len(piece)
            going(len(piece))
        new.flush()
        os.fsync(new.fileno())
    return digest.hexdigest(), size


def digest_of(path: Path) -> str:
    """SHA-256 of the file in hexadecimal digits, "" where it cannot be read."""
    import hashlib  # noqa: PLC0415

    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


@contextlib.contextmanager
def _opened(source: Path) -> Generator[BinaryIO]:
    try:
        file = source.open("rb")
    except FileNotFoundError as error:
        raise SourceMissingError(f"文件“{source.name}”不在了", "请重新选择文件") from error
    except OSError as error:
        if getattr(error, "winerror", None) in _SHARING_VIOLATIONS:
            held = f"文件“{source.name}”正被其他程序打开"
            raise SourceError(held, "请先在 Word、WPS 或 Excel 中关闭它，再试一次") from error
        raise SourceError(f"读不出文件“{source.name}”", "请关闭正在使用它的程序，或换一个文件") from error
    with file:
        yield file


def _read(file: BinaryIO, source: Path) -> bytes:
    try:
        return file.read(_PIECE)
    except OSError as error:
        raise SourceError(f"读不出文件“{source.name}”", "请检查它所在的磁盘，U盘是否还插着") from error


@contextlib.contextmanager
def _said_for_clerks(folder: Path) -> Generator[None]:
    try:
        yield
    except OSError as error:
        raise TargetError(*_why(error, folder)) from error


def _why(error: OSError, folder: Path) -> tuple[str, str]:
    """What happened to a file on its way into the folder, and what to do."""
    if error.errno in _DISK_FULL:
        return f"磁盘空间不足，文件没有放进“{folder.name}”", "请清理磁盘后再试一次"
    if error.errno in _GONE:
        return f"“{folder.name}”所在的磁盘读写不了，文件没有放进去", "请检查U盘或网络盘是否还连接着，再试一次"
    return f"不能把文件放进“{folder.name}”", "请检查磁盘空间和写入权限"
