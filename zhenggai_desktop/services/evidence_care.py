"""Evidence looked after: files that were moved or changed behind the ledger, found again or taken as they are."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from zhenggai_desktop.domain.records import Evidence
from zhenggai_desktop.services.proving import is_meant
from zhenggai_desktop.services.step_names import rows_label
from zhenggai_desktop.storage.evidence import EvidenceFolder, is_plain

if TYPE_CHECKING:
    from zhenggai_desktop.services.ledger import Ledger

Going = Callable[[int], None]
"""Told how many bytes were read, from time to time; may raise to stop."""
_PIECE = 1 << 20


class FileState(StrEnum):
    """What is wrong with a file of the ledger."""

    MISSING = "missing"
    CHANGED = "changed"
    UNREADABLE = "unreadable"


STATE_WORDS = {
    FileState.MISSING: "文件不在了",
    FileState.CHANGED: "添加之后被改动过",
    FileState.UNREADABLE: "现在读不出来，没有核对（可能正被其他程序打开）",
}


@dataclass(frozen=True, slots=True)
class Doubtful:
    """Evidence whose file is not what was added. ``sha256`` and ``size`` are those of the file that lies there now."""

    evidence: Evidence
    state: FileState
    sha256: str = ""
    size: int = 0


def look_over(
    folder: EvidenceFolder, evidence: Iterable[Evidence], going: Going = lambda _bytes: None
) -> tuple[Doubtful, ...]:
    """Read every file of these records and say which are missing, changed or not to be read just now (open elsewhere).
    Touches no ledger: may run in a thread.

    Paper in a cabinet has no file and is left out.
    """
    found: list[Doubtful] = []
    for record in evidence:
        if not record.file_name:
            continue
        place = folder.find(record.file_name)
        if place is None:
            found.append(Doubtful(record, FileState.MISSING))
            continue
        digest, size = _content(place, going)
        if not digest:
            found.append(Doubtful(record, FileState.UNREADABLE))
        elif digest != record.sha256:
            found.append(Doubtful(record, FileState.CHANGED, digest, size))
    return tuple(found)


def find_again(
    folder: EvidenceFolder, lost: Sequence[Evidence], where: Path, going: Going = lambda _bytes: None
) -> tuple[Evidence, ...]:
    """Look below ``where`` for files with the content of ``lost``, whatever they are called now, and copy them back.

    Gives what was found; the files that were found stay where they are. Touches no ledger: may run in a thread.
    Raises SourceError and TargetError as adding a file does.
    """
    gone = (record for record in lost if is_plain(record.file_name) and folder.find(record.file_name) is None)
    wanted = {record.sha256: record for record in gone if record.sha256}
    sizes = {record.size for record in wanted.values()}
    found: list[Evidence] = []
    for path in _files_below(where):
        if not wanted:
            break
        if _size(path) not in sizes:
            continue
        record = wanted.get(_content(path, going)[0])
        if record is None:
            continue
        kept = folder.keep(path, going)
        if not folder.put_in_place(kept.file_name, record):
            continue
        del wanted[record.sha256]
        found.append(record)
    return tuple(found)


def is_back(folder: EvidenceFolder, one: Doubtful) -> bool:
    """True where the file that was missing can be found now."""
    return one.state is FileState.MISSING and folder.find(one.evidence.file_name) is not None


def strangers(folder: EvidenceFolder, evidence: Iterable[Evidence]) -> tuple[str, ...]:
    """Names of files in the folder that no record knows: put there by hand, or left by a run that was killed."""
    known = {record.file_name for record in evidence}
    return tuple(sorted(name for name in folder.lying_here() - known if is_meant(name)))


def take_as_they_are(ledger: Ledger, changed: Sequence[Doubtful]) -> int:
    """Say that changed files are right as they lie there now, in one step; gives how many."""
    records = [one for one in changed if one.state is FileState.CHANGED]
    if records:
        with ledger.step(f"确认改动：{rows_label('', [one.evidence for one in records])}") as writer:
            for one in records:
                writer.update(Evidence, one.evidence.id, sha256=one.sha256, size=one.size)
    return len(records)


def _files_below(where: Path) -> Iterator[Path]:
    for folder, names, files in os.walk(where):  # what cannot be entered is passed over
        names.sort()
        yield from (Path(folder) / name for name in sorted(files))


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return -1


def _content(path: Path, going: Going) -> tuple[str, int]:
    """Digest and size; ("", 0) where the file cannot be read."""
    digest, size = hashlib.sha256(), 0
    try:
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                digest.update(piece)
                size += len(piece)
                going(len(piece))
    except OSError:
        return "", 0
    return digest.hexdigest(), size
