"""One zip with checksums that verifies itself, with AES where a password is given (WinZip's format: 7-Zip opens it).

Nothing of an archive is believed before it was checked: names that lead out of the folder, links, sizes beyond the
limits and contents that differ from their checksum are refused.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import struct
import zipfile
import zlib
from collections.abc import Callable, Collection, Generator, Iterable, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any, cast

from zhenggai_desktop.domain.file_names import check_file_name
from zhenggai_desktop.errors import SourceError, SourceFormatError, SourceLimitError, SourceMissingError, TargetError
from zhenggai_desktop.formats.replacing import replacing

SUMS = "校验值.txt"
CONTENTS = "内容.json"
_PIECE = 1 << 20
MOST_FILES = 20_000
MOST_BYTES = 50 << 30
SWOLLEN_FROM, MOST_SWOLLEN = 1 << 30, 100
"""An archive beyond so many bytes once unpacked may have been packed into this part of them: photographs and documents
hardly shrink."""
_LARGEST_CONTENTS = 64 << 20
_SHOWN = 40  # characters of a name in a sentence

Going = Callable[[int], None]
"""Told how many bytes were written, from time to time; may raise to stop."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of the archive: its path in it (parted by “/”), and the file or the bytes that it holds."""

    name: str
    source: Path | bytes


def write_archive(
    path: Path, entries: Iterable[Entry], contents: Any, *, password: str = "", going: Going = lambda _bytes: None
) -> int:
    """Write the entries, ``contents`` as JSON and the checksums of all; gives how many files.

    Raises TargetError where the archive cannot stand, SourceError for a source that cannot be read. A lost password
    is a lost archive.
    """
    with replacing(path) as temporary, _new_zip(temporary, password) as archive:
        whole = [*entries, Entry(CONTENTS, json.dumps(contents, ensure_ascii=False, indent=1).encode())]
        sums = [f"{_add(archive, entry, going)}  {entry.name}" for entry in whole]
        _add(archive, Entry(SUMS, ("\n".join(sums) + "\n").encode()), going)
    return len(sums)


def is_locked(path: Path) -> bool:
    """True where a password is needed to read anything in it; False too for what is no archive."""
    try:
        with zipfile.ZipFile(path) as archive:
            return any(entry.flag_bits & 1 for entry in archive.infolist())
    except (OSError, zipfile.BadZipFile, ValueError):
        return False


def verify_archive(path: Path, *, password: str = "") -> tuple[str, ...]:
    """What is wrong with the archive, a sentence each; empty where every file is as it was written.

    Raises SourceError where it cannot be read at all: no archive, a wrong password, beyond the limits.
    """
    with _opened(path, password) as archive:
        wanted, found = _sums(archive, path), {info.filename for info in _files(archive, path)} - {SUMS}
        problems = [f"缺少“{name}”" for name in wanted if name not in found]
        problems += [f"多出“{name}”" for name in sorted(found - wanted.keys())]
        for name, digest in wanted.items():
            if name in found and _digest_in(archive, name) != digest:
                problems.append(f"“{name}”的内容与校验值不符")
    return tuple(problems)


def archive_contents(path: Path, *, password: str = "") -> Any:
    """What the archive says of itself. Raises SourceError where it is none."""
    with _opened(path, password) as archive:
        return _contents(archive, path)


def unpack_archive(
    path: Path, folder: Path, place: Callable[[str], str | None], *, needed: str, password: str = ""
) -> None:
    """Put files into ``folder`` under the name that ``place`` gives for each (None: leave it out).

    Every name is checked before a file is written, every file against its checksum before it takes its name.
    Raises SourceError for an archive that is not whole or has no member ``needed``, TargetError where a file cannot
    stand, or where one of other content stands already: nothing stays written then.
    """
    with _opened(path, password) as archive:
        sums = _sums(archive, path)
        names = {info.filename: place(info.filename) for info in _files(archive, path)}
        wanted = {name: _inside(folder, target, path) for name, target in names.items() if target is not None}
        if needed not in wanted.keys() & sums.keys():
            raise SourceFormatError(f"归档包“{path.name}”里没有“{needed[:_SHOWN]}”", "请使用另一份归档包")
        for name, target in wanted.items():
            if os.path.lexists(target) and not _has_digest(target, sums.get(name)):
                said = f"“{target.parent.name[:_SHOWN]}”里已经有内容不同的“{target.name[:_SHOWN]}”"
                raise TargetError(said, "请解开到另一个空文件夹")
        with _all_or_nothing(folder, wanted.values()):
            for name, target in wanted.items():
                with replacing(target) as temporary, temporary.open("wb") as out:
                    if _copy_out(archive, name, out) != sums.get(name):
                        raise SourceFormatError(f"归档包“{path.name}”里的“{name}”已经损坏", "请使用另一份归档包")


@contextmanager
def _all_or_nothing(folder: Path, targets: Collection[Path]) -> Generator[None]:
    """Make the folders of ``targets``; after an error what was not there before is taken away: a full disk, a stick
    pulled."""
    below = {target.parent for target in targets}
    made = [one for at in below for one in (at, *at.parents) if one.is_relative_to(folder) and not os.path.lexists(one)]
    fresh = [target for target in targets if not os.path.lexists(target)]
    try:
        for one in below:
            _make_folder(one)
        yield
    except BaseException:
        with suppress(OSError):
            for target in fresh:
                target.unlink(missing_ok=True)
            for one in sorted(set(made), key=lambda at: len(at.parts), reverse=True):
                one.rmdir()
        raise


def _has_digest(place: Path, digest: str | None) -> bool:
    """Whether a file has this content; False for one that cannot be read."""
    try:
        with place.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == digest
    except OSError:
        return False


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:  # its name is too long, or a file of that name is there
        raise TargetError(f"文件夹“{folder.name[:_SHOWN]}”建不成", "请解开到另一个空文件夹") from error


def _contents(archive: zipfile.ZipFile, path: Path) -> Any:
    try:
        if archive.getinfo(CONTENTS).file_size > _LARGEST_CONTENTS:
            raise SourceLimitError(f"归档包“{path.name}”的内容说明过大", "请使用另一份归档包")
        return json.loads(archive.read(CONTENTS))
    except (KeyError, ValueError, RecursionError) as error:
        raise SourceFormatError(f"“{path.name}”不是本程序的归档包", "请选择用“归档打包”生成的文件") from error


@contextmanager
def _new_zip(path: Path, password: str) -> Generator[zipfile.ZipFile]:
    if not password:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
            yield archive
        return
    import pyzipper  # noqa: PLC0415 - only with a password

    with pyzipper.AESZipFile(path, "w", compression=zipfile.ZIP_DEFLATED, encryption=pyzipper.WZ_AES) as archive:
        found = cast("zipfile.ZipFile", archive)
        found.setpassword(password.encode())
        yield found


@contextmanager
def _opened(path: Path, password: str) -> Generator[zipfile.ZipFile]:
    """The archive for reading; what can be wrong with it or with the password becomes a sentence."""
    if not path.is_file():
        raise SourceMissingError(f"没有找到归档包“{path.name}”", "请核对路径")
    import pyzipper  # noqa: PLC0415

    try:
        with pyzipper.AESZipFile(path) as opened:
            archive = cast("zipfile.ZipFile", opened)
            if password:
                archive.setpassword(password.encode())
            if any(info.flag_bits & 1 for info in archive.infolist()) and not password:
                raise SourceError(f"归档包“{path.name}”设有密码", "请输入密码；密码遗失后无法打开")
            yield archive
    except RuntimeError as error:  # what zipfile and pyzipper raise for a wrong password
        raise SourceError(f"归档包“{path.name}”的密码不对", "请重新输入；密码遗失后无法打开") from error
    except (  # a name that is no UTF-8 where it says so is found only on reading; pyzipper trusts the fields of AES
        zipfile.BadZipFile, pyzipper.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, LookupError,
        UnicodeDecodeError,
    ) as error:  # fmt: skip
        raise SourceFormatError(f"“{path.name}”不是归档包，或者已经损坏", "请使用另一份归档包") from error
    except OSError as error:
        raise SourceError(f"归档包“{path.name}”读不出来", "请检查磁盘或U盘") from error


def _files(archive: zipfile.ZipFile, path: Path) -> Sequence[zipfile.ZipInfo]:
    files = [info for info in archive.infolist() if not info.filename.endswith("/")]  # is_dir fails without a name
    unpacked = sum(info.file_size for info in files)
    swollen = unpacked > SWOLLEN_FROM and unpacked > MOST_SWOLLEN * path.stat().st_size
    if len(files) > MOST_FILES or unpacked > MOST_BYTES or swollen:
        raise SourceLimitError(f"归档包“{path.name}”里的文件过多或过大", "请核对它是否由本程序生成")
    return files


def _sums(archive: zipfile.ZipFile, path: Path) -> dict[str, str]:
    try:
        if archive.getinfo(SUMS).file_size > _LARGEST_CONTENTS:
            raise SourceLimitError(f"归档包“{path.name}”的校验值过大", "请使用另一份归档包")
        lines = archive.read(SUMS).decode("utf-8").splitlines()
    except (KeyError, UnicodeDecodeError) as error:
        raise SourceFormatError(f"“{path.name}”不是本程序的归档包", "请选择用“归档打包”生成的文件") from error
    return {name: digest for digest, _, name in (line.partition("  ") for line in lines) if name}


def _add(archive: zipfile.ZipFile, entry: Entry, going: Going) -> str:
    digest = hashlib.sha256()
    try:
        source: IO[bytes] = io.BytesIO(entry.source) if isinstance(entry.source, bytes) else entry.source.open("rb")
    except OSError as error:
        raise _unread(entry.name) from error
    with source, archive.open(entry.name, "w", force_zip64=True) as out:
        while piece := _read(source, entry.name):
            digest.update(piece)
            out.write(piece)
            going(len(piece))
    return digest.hexdigest()


def _read(source: IO[bytes], name: str) -> bytes:
    try:
        return source.read(_PIECE)
    except OSError as error:  # a worn sector: no fault of the place where the archive is to stand
        raise _unread(name) from error


def _unread(name: str) -> SourceError:
    return SourceError(f"“{name}”读不出来", "请检查这个文件，或者先从台账中删除它")


def _digest_in(archive: zipfile.ZipFile, name: str) -> str:
    return _copy_out(archive, name, None)


def _copy_out(archive: zipfile.ZipFile, name: str, out: IO[bytes] | None) -> str:
    digest = hashlib.sha256()
    with archive.open(name) as source:
        while piece := source.read(_PIECE):
            digest.update(piece)
            if out is not None:
                out.write(piece)
    return digest.hexdigest()


def _inside(folder: Path, name: str, path: Path) -> Path:
    """The place of a file in ``folder``; a name that leads out of it or that a system cannot hold is refused."""
    parts = PurePosixPath(name.replace("\\", "/")).parts
    try:
        for part in parts:
            check_file_name(part)
    except TargetError as error:
        raise SourceFormatError(f"归档包“{path.name}”里有不安全的文件名", "请不要打开它，并核对来源") from error
    if not parts or PurePosixPath(name).is_absolute():
        raise SourceFormatError(f"归档包“{path.name}”里有不安全的文件名", "请不要打开它，并核对来源")
    return folder.joinpath(*parts)
