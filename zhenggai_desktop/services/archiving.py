"""归档与移交: one zip with ledger, evidence, exports, indexes and checksums; and a ledger opened from it on another PC.

In the archive the files of an issue stand together under its number, as a person looks for them; on opening they go
back under the names that the ledger knows.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, cast

from zhenggai_desktop import __version__
from zhenggai_desktop.domain.file_names import safe_part
from zhenggai_desktop.domain.issue_file import IssueFiles
from zhenggai_desktop.domain.layout_file import ledger_profile
from zhenggai_desktop.domain.records import Evidence
from zhenggai_desktop.errors import SourceFormatError, TargetError, UsageError
from zhenggai_desktop.formats.archive_zip import (
    Entry,
    Going,
    archive_contents,
    is_locked,
    unpack_archive,
    verify_archive,
    write_archive,
)
from zhenggai_desktop.services.exporting import export_ledger, export_notice, write_document
from zhenggai_desktop.services.process_papers import loose_papers
from zhenggai_desktop.storage.evidence import FOLDER_ENDING, EvidenceFolder, is_readable
from zhenggai_desktop.storage.purging import purge_log

if TYPE_CHECKING:
    from zhenggai_desktop.services.ledger import Ledger

SUFFIX = ".zip"
_EVIDENCE = "佐证材料"
_LONGEST_PART = 40  # characters of a folder or file in the archive, so that unpacked paths stay under 260


@dataclass(frozen=True, slots=True)
class Archived:
    """What went into an archive; ``missing`` are the titles of evidence whose files were not to be found, ``unread``
    of those that could not be read, ``loose`` the papers of milestones that the ledger does not keep."""

    files: int
    evidence: int
    missing: tuple[str, ...]
    unread: tuple[str, ...] = ()
    loose: tuple[str, ...] = ()


def make_archive(
    ledger: Ledger,
    target: Path,
    *,
    password: str = "",
    purge_history: bool = False,
    going: Going = lambda _bytes: None,
) -> Archived:
    """Write everything about the ledger into one zip and read it again to see that it is whole. With ``purge_history``
    its copy there has no change log; drafts that were registered stay as they were exported.

    Evidence that cannot be read, held open by another program, is left out and named. Raises UsageError for another
    suffix, TargetError and SourceError as the archive's writer.
    """
    if target.suffix.lower() != SUFFIX:
        raise UsageError(f"归档包不能存成“{target.name}”", "请把文件名写成以 .zip 结尾")
    snapshot, folder = ledger.snapshot, EvidenceFolder(ledger.path)
    files = IssueFiles(snapshot)
    names = {evidence.id: name for evidence, name in _archive_names(files)}
    there = {evidence.id: place for evidence in snapshot.evidence if (place := folder.find(evidence.file_name))}
    found = {evidence_id: place for evidence_id, place in there.items() if is_readable(place)}
    filed = [evidence for evidence in snapshot.evidence if evidence.file_name]
    missing = tuple(evidence.title or evidence.file_name for evidence in filed if evidence.id not in there)
    unread = tuple(
        evidence.title or evidence.file_name for evidence in filed if evidence.id in there and evidence.id not in found
    )
    with TemporaryDirectory(prefix="zhenggai-") as temporary:
        desk = Path(temporary)
        copy = ledger.backup(desk / ledger.path.name)
        if purge_history:
            purge_log(copy)
        papers = [*_papers(ledger, files, desk, {evidence_id: names[evidence_id] for evidence_id in found})]
        entries = [Entry(copy.name, copy), *(Entry(paper.name, paper) for paper in papers)]
        entries += [Entry(names[evidence_id], place) for evidence_id, place in found.items()]
        by_id = {evidence.id: evidence for evidence in snapshot.evidence}
        contents = {
            "program": __version__,
            "ledger": copy.name,
            "unit": snapshot.facts.organisation,
            "made_at": dt.datetime.now(tz=dt.UTC).isoformat(timespec="seconds"),
            "evidence": {names[evidence_id]: by_id[evidence_id].file_name for evidence_id in found},
        }
        count = write_archive(target, entries, contents, password=password, going=going)
    if problems := verify_archive(target, password=password):
        raise TargetError(f"归档包写好后没有通过核对：{problems[0]}", "请检查磁盘，再归档一次")
    loose = (one.told for one in loose_papers(ledger.path, snapshot.evidence, snapshot.milestones))
    return Archived(count, len(found), missing, unread, tuple(loose))


def needs_password(path: Path) -> bool:
    """True where an archive is locked."""
    return is_locked(path)


def open_archive(path: Path, folder: Path, *, password: str = "") -> Path:
    """Unpack the ledger and its evidence into ``folder`` and give the ledger's path.

    Raises TargetError where a ledger of that name stands there, or evidence under a name of the archive that was
    changed since; SourceError for an archive that is not whole. Nothing is written then.
    """
    problems = verify_archive(path, password=password)
    if problems:
        raise SourceFormatError(f"归档包“{path.name}”不完整：{problems[0]}", "请使用另一份归档包")
    contents = _contents(path, password)
    if os.path.lexists(folder / contents.ledger):  # no error for a name that no system can hold: that is told below
        raise TargetError(f"“{folder.name}”里已经有“{contents.ledger}”", "请换一个文件夹")
    own = f"{Path(contents.ledger).stem}{FOLDER_ENDING}"

    def place(name: str) -> str | None:
        if name == contents.ledger:
            return name
        return f"{own}/{contents.evidence[name]}" if name in contents.evidence else None

    unpack_archive(path, folder, place, needed=contents.ledger, password=password)
    return folder / contents.ledger


@dataclass(frozen=True, slots=True)
class _Contents:
    """``evidence``: where each file stands in the archive → the name that the ledger knows."""

    ledger: str
    evidence: dict[str, str]


def _contents(path: Path, password: str) -> _Contents:
    try:
        values = cast("dict[str, Any]", archive_contents(path, password=password))
        evidence = {str(name): _plain_name(known) for name, known in values["evidence"].items()}
        return _Contents(_plain_name(values["ledger"]), evidence)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise SourceFormatError(f"“{path.name}”不是本程序的归档包", "请选择用“归档打包”生成的文件") from error


def _plain_name(value: object) -> str:
    if not isinstance(value, str) or not value or "/" in value or "\\" in value:
        raise ValueError(value)
    return value


def _papers(ledger: Ledger, files: IssueFiles, desk: Path, names: Mapping[int, str]) -> Iterator[Path]:
    """The exports that lie beside the ledger in the archive; the index has the ``names`` that the files bear in it."""
    stem = ledger.path.stem
    workbook, notice, index = desk / f"{stem}.xlsx", desk / f"{stem}_通报.docx", desk / f"{stem}_佐证材料目录.docx"
    export_ledger(ledger.snapshot, workbook)
    yield workbook
    export_notice(ledger.snapshot, notice)
    yield notice
    places = {evidence_id: name.removeprefix(f"{_EVIDENCE}/") for evidence_id, name in names.items()}
    write_document(files.evidence_list(places=places), index, ledger_profile(ledger.snapshot.facts))
    yield index


def _archive_names(files: IssueFiles) -> Iterator[tuple[Evidence, str]]:
    """“佐证材料/02-03 公务用车管理不规范/02-03-02 用车台账.pdf” for each file of issue 2-3: by the issue's own number,
    with noughts by which a folder sorts them. One of several issues stands at the first, and what proves no issue under
    “流程节点” where it is a paper of one."""
    done: set[int] = set()
    numbers = files.outline.numbers()
    for issue in (issue for section in files.outline.sections() for issue in files.outline.issues_of(section)):
        at = "-".join(f"{int(part):02}" for part in numbers[issue.id].split("-"))
        folder = f"{at} {safe_part(issue.title, _LONGEST_PART)}".strip()
        own = [evidence for evidence in files.evidence_of(issue) if evidence.id not in done]
        for number, evidence in enumerate(own, 1):
            done.add(evidence.id)
            yield evidence, f"{_EVIDENCE}/{folder}/{_file_name(f'{at}-{number:02}', evidence)}"
    for caption, own in files.beyond_issues():
        for number, evidence in enumerate(own, 1):
            yield evidence, f"{_EVIDENCE}/{caption}/{_file_name(f'{number:02}', evidence)}"


def _file_name(number: str, evidence: Evidence) -> str:
    suffix = Path(evidence.file_name).suffix
    return f"{number} {safe_part(evidence.title or Path(evidence.file_name).stem, _LONGEST_PART)}{suffix}"
