"""Evidence: files taken into the folder beside the ledger, hung on issues and measures, found again to be opened."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from zhenggai_desktop.domain.changes import RecordKey
from zhenggai_desktop.domain.records import Evidence, EvidenceLink, Issue, Measure, Snapshot
from zhenggai_desktop.services.step_names import rows_label
from zhenggai_desktop.storage.evidence import EvidenceFolder, Going, KeptFile

if TYPE_CHECKING:
    from zhenggai_desktop.services.ledger import Ledger
    from zhenggai_desktop.services.ticking import Tick

_NOT_MEANT = ("~$", ".")  # how names begin that Office and the system leave beside real files
_SYSTEM = {"thumbs.db", "desktop.ini"}


@dataclass(frozen=True, slots=True)
class Added:
    """``keys`` are what hangs on the owner now; ``known`` counts those of them that the ledger had before.

    ``restored`` of the known ones had been lost or changed in the folder: what came took their place.
    """

    keys: tuple[RecordKey, ...]
    known: int
    restored: int = 0


@dataclass(frozen=True, slots=True)
class Received:
    """Files that were taken in: ``fresh`` are to become records, ``known`` the ledger had; each content once.

    ``restored`` as in ``Added``.
    """

    fresh: tuple[Evidence, ...]
    known: tuple[Evidence, ...]
    restored: int

    def name_of(self, file: KeptFile) -> str:
        """Under which name the ledger keeps the content of one of the files."""
        return next(one.file_name for one in (*self.fresh, *self.known) if one.sha256 == file.sha256)


def files_of(paths: Iterable[Path]) -> list[Path]:
    """The files that were chosen or dropped, those of folders among them, without what programs leave behind."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += sorted(file for file in path.rglob("*") if file.is_file() and is_meant(file.name))
        else:
            found.append(path)
    return list(dict.fromkeys(found))


def counted(files: Iterable[Path], tick: Tick) -> Going:
    """What tells ``tick`` how many bytes of these files have gone of how many; it may end the copy."""
    total, gone = sum(file.stat().st_size for file in files if file.is_file()), 0

    def going(count: int) -> None:
        nonlocal gone
        gone += count
        tick(min(gone, total), total)

    return going


def take_in(folder: EvidenceFolder, sources: Sequence[Path], going: Going = lambda _bytes: None) -> list[KeptFile]:
    """Copy files into the folder; all or, after an error, none. Touches no ledger: may run on another thread."""
    kept: list[KeptFile] = []
    try:
        for source in sources:
            kept.append(folder.keep(source, going))  # noqa: PERF401 - what was copied before an error is taken away
    except BaseException:
        for file in kept:
            folder.drop(file.file_name)
        raise
    return kept


def hang_on(ledger: Ledger, owner: RecordKey, kept: Sequence[KeptFile]) -> Added:
    """Make files that were taken in the evidence of an issue or a measure, in one step.

    A file whose content the ledger knows is not kept twice: the evidence that is there is linked, and what came takes
    the place of its file where that was lost or changed. TargetError leaves the ledger as it was.
    """
    linked = {link.evidence_id for link in ledger.snapshot.evidence_links if _is_on(link, owner)}
    with received(ledger, kept) as came, ledger.step(rows_label("新增", came.fresh or came.known)) as writer:
        ids = [record.id for record in (*writer.add_many(came.fresh), *came.known)]
        writer.add_many(_link(at, owner) for at in ids if at not in linked)
    return Added(tuple((Evidence, at) for at in ids), len(came.known), came.restored)


@contextmanager
def received(ledger: Ledger, kept: Sequence[KeptFile]) -> Generator[Received]:
    """Sort files that were taken in by their content, then let the block write the records. After an error none of
    what came stays in the folder."""
    folder = ledger.evidence_folder
    known = {record.sha256: record for record in ledger.snapshot.evidence if record.sha256}
    first: dict[str, KeptFile] = {}
    restored = 0
    try:
        for file in kept:
            if file.sha256 in known:
                restored += folder.put_in_place(file.file_name, known[file.sha256])
            elif file.sha256 in first:
                folder.drop(file.file_name)
            first.setdefault(file.sha256, file)
        again = tuple(known[digest] for digest in first if digest in known)
        yield Received(tuple(_record(file) for digest, file in first.items() if digest not in known), again, restored)
    except BaseException:
        for file in kept:
            folder.drop(file.file_name)
        raise


def add_files(ledger: Ledger, owner: RecordKey, paths: Iterable[Path], going: Going = lambda _bytes: None) -> Added:
    """Take files in and hang them on an issue or a measure. SourceError and TargetError leave everything as it was."""
    if ledger.read_only:
        raise ledger.read_only_error()
    return hang_on(ledger, owner, take_in(ledger.evidence_folder, files_of(paths), going))


def link_to(ledger: Ledger, owner: RecordKey, evidence_ids: Iterable[int]) -> None:
    """Let evidence that the ledger has prove another issue or measure too."""
    linked = {link.evidence_id for link in ledger.snapshot.evidence_links if _is_on(link, owner)}
    wanted = [at for at in dict.fromkeys(evidence_ids) if at not in linked]
    if wanted:
        with ledger.step(rows_label("引用", [_by_id(ledger.snapshot, at) for at in wanted])) as writer:
            writer.add_many(_link(at, owner) for at in wanted)


def place_of(ledger: Ledger, evidence: Evidence) -> Path | None:
    """Where the file of evidence lies; None for paper, and for a file that is gone."""
    return ledger.evidence_folder.find(evidence.file_name)


def is_meant(name: str) -> bool:
    """False for what Office and the system leave beside real files."""
    return not name.startswith(_NOT_MEANT) and name.lower() not in _SYSTEM


def _record(file: KeptFile) -> Evidence:
    return Evidence(uid=file.uid, title=file.title, file_name=file.file_name, sha256=file.sha256, size=file.size)


def _by_id(snapshot: Snapshot, evidence_id: int) -> Evidence:
    return next(record for record in snapshot.evidence if record.id == evidence_id)


def _is_on(link: EvidenceLink, owner: RecordKey) -> bool:
    return owner == ((Issue, link.issue_id) if link.issue_id is not None else (Measure, link.measure_id))


def _link(evidence_id: int, owner: RecordKey) -> EvidenceLink:
    if owner[0] is Issue:
        return EvidenceLink(evidence_id=evidence_id, issue_id=owner[1])
    assert owner[0] is Measure, owner
    return EvidenceLink(evidence_id=evidence_id, measure_id=owner[1])
