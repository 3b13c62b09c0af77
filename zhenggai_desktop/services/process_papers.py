"""The papers of a milestone: files that it names, and drafts of the register that hang on it.

A file that is put on a milestone is copied into the folder of the evidence as any other, and the milestone names it by
its name there; so copies, backups and archives have it. Milestones of before name files by their place: these are found
there, and copied in when somebody agrees by saving the milestone.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath
from types import MappingProxyType
from typing import TYPE_CHECKING

from zhenggai_desktop.domain.milestone_papers import kept_papers, paper_title
from zhenggai_desktop.domain.records import Evidence, Milestone, Snapshot
from zhenggai_desktop.services.drafts import draft_name
from zhenggai_desktop.services.proving import Received, counted, received, take_in
from zhenggai_desktop.storage.check import CheckCode, CheckFinding
from zhenggai_desktop.storage.evidence import EvidenceFolder, KeptFile, is_file, is_readable

if TYPE_CHECKING:
    from zhenggai_desktop.services.ledger import Ledger
    from zhenggai_desktop.services.ticking import Tick
    from zhenggai_desktop.storage.store import Writer

Kept = Mapping[str, KeptFile]
"""Papers of a milestone that were taken in, by the names under which they were chosen."""
NONE_KEPT: Kept = MappingProxyType({})

_MEANT = re.compile(r"[\\/].*\.[A-Za-z][A-Za-z0-9]{1,4}|_(?!\d{8}\.)[0-9a-f]{8}\.[A-Za-z0-9]{1,5}")
"""A place of a file, or a name as the ledger gives them; “纪要_20250318.docx” ends with a day."""
_ADDRESS = re.compile(r"https?://|www\.|^[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}/", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Paper:
    """``path`` is None where no such file is found: it may be paper in a cabinet, or lie elsewhere by now."""

    caption: str
    path: Path | None


@dataclass(frozen=True, slots=True)
class Loose:
    """A file that a milestone names and the ledger does not keep; ``place`` is None where it is not found."""

    milestone: Milestone
    name: str
    place: Path | None

    @property
    def told(self) -> str:
        """``words``, and whether there is a file that could be taken in."""
        return self.words if self.place is not None else f"{self.words}（找不到文件）"

    @property
    def words(self) -> str:
        """“反馈会”的材料“记录.docx”."""
        return f"流程节点“{self.milestone.title or self.milestone.kind}”的材料“{_last(self.name)}”"


def papers_of(
    snapshot: Snapshot, milestone_id: int, folders: Sequence[Path], evidence: EvidenceFolder | None = None
) -> tuple[Paper, ...]:
    """What proves a milestone, in its order. What the ledger keeps lies in ``evidence``; ``folders`` are looked through
    for what else is named without a whole path: the ledger's own first, then where exports go. Names that lead out of
    them are looked for by their last part."""
    milestone = next((one for one in snapshot.milestones if one.id == milestone_id), None)
    if milestone is None:
        return ()
    kept = kept_papers(snapshot.evidence)
    found = [
        Paper(paper_title(kept[name]), evidence.find(name))
        if name in kept and evidence is not None
        else Paper(_last(name), _place(name, folders))
        for name in milestone.files
    ]
    for draft in snapshot.drafts:
        if draft.milestone_id == milestone_id:
            caption = f"{draft_name(draft)}　{draft.file_name}" if draft.file_name else draft_name(draft)
            found.append(Paper(caption, _place(draft.file_name, folders)))
    return tuple(found)


def to_take_in(snapshot: Snapshot, names: Iterable[str], folders: Sequence[Path]) -> Mapping[str, Path]:
    """Those of a milestone's papers that are files somewhere and not kept by the ledger yet, by their name in it.

    A file of before that cannot be read just now stays as it is: who types a day must not have to wait for it."""
    kept = kept_papers(snapshot.evidence)
    before = {name for one in snapshot.milestones for name in one.files}
    places = {name: _place(name, folders) for name in names if name not in kept}
    return {name: place for name, place in places.items() if place and (name not in before or is_readable(place))}


def take_papers_in(ledger: Ledger, found: Mapping[str, Path], tick: Tick) -> Kept:
    """Copy files of ``to_take_in`` into the folder of the evidence, for a step of ``process`` to hang on a milestone.

    Raises SourceError and TargetError as adding evidence does; nothing has changed then.
    """
    if ledger.read_only:
        raise ledger.read_only_error()
    places = list(found.values())
    return dict(zip(found, take_in(ledger.evidence_folder, places, counted(places, tick)), strict=True))


@contextmanager
def named_anew(ledger: Ledger, names: Sequence[str], kept: Kept) -> Generator[tuple[Received, tuple[str, ...]]]:
    """What came with ``take_papers_in``, and a milestone's papers by the names under which the ledger keeps them; each
    once. After an error in the block nothing of it stays in the folder."""
    with received(ledger, [*kept.values()]) as came:
        yield came, tuple(dict.fromkeys(came.name_of(kept[name]) if name in kept else name for name in names))


def still_meant(snapshot: Snapshot, was: Milestone, names: Sequence[str], kept: Kept) -> Iterator[str]:
    """A milestone's papers as they were typed; where a kept one lost the odd letters of its name under a clerk's hand,
    by that name again. What was taken in (``kept``) is a file of its own."""
    known = kept_papers(snapshot.evidence)
    left = {name: known[name] for name in was.files if name in known and name not in names}
    for name in names:
        same = (at for at, one in left.items() if name in (paper_title(one), one.title))
        found = None if name in kept else next(same, None)
        if found is not None:
            del left[found]
        yield found or name


def let_go(writer: Writer, snapshot: Snapshot, milestone_id: int, names: Iterable[str]) -> None:
    """Take papers that the milestone names no more out of the ledger, where nothing else holds them."""
    others = {name for one in snapshot.milestones if one.id != milestone_id for name in one.files}
    linked = {link.evidence_id for link in snapshot.evidence_links}
    kept = kept_papers(snapshot.evidence)
    for name in dict.fromkeys(names):
        if name in kept and name not in others and kept[name].id not in linked:
            writer.remove(Evidence, kept[name].id)


def loose_papers(ledger: Path, evidence: Iterable[Evidence], milestones: Iterable[Milestone]) -> Iterator[Loose]:
    """Files that milestones name and that no copy, backup or archive of the ledger at ``ledger`` brings along. A mere
    name under which nothing is found may be paper in a cabinet, and an address is a page of the web: both are left
    alone; a place or a kept file is not."""
    kept = kept_papers(evidence)
    for milestone in milestones:
        for name in milestone.files:
            place = None if name in kept else _place(name, (ledger.parent,))
            if place is not None or (name not in kept and _MEANT.search(name) and not _ADDRESS.search(name)):
                yield Loose(milestone, name, place)


def check_papers(ledger: Path, evidence: Iterable[Evidence], milestones: Iterable[Milestone]) -> Iterator[CheckFinding]:
    """``loose_papers`` as findings."""
    for one in loose_papers(ledger, evidence, milestones):
        if one.place is None:
            code, text = CheckCode.PAPER_MISSING, f"{one.words}找不到文件。请在这个节点里重新添加，或者去掉这一行。"
        else:
            text = f"{one.words}没有收进台账，副本、备份和归档都不带它。请打开这个节点，点“保存”收进来。"
            code = CheckCode.PAPER_OUTSIDE
        yield CheckFinding(code, text, "milestones", one.milestone.id)


def _last(name: str) -> str:
    """What a paper is called: a file without its place, an address whole."""
    return name if _ADDRESS.search(name) else PureWindowsPath(name).name or name


def _place(name: str, folders: Sequence[Path]) -> Path | None:
    return next((place for place in _places(name, folders) if is_file(place)), None)


def _places(name: str, folders: Sequence[Path]) -> Iterator[Path]:
    if not name:
        return
    if Path(name).is_absolute():
        yield Path(name)
    elif ".." not in PureWindowsPath(name).parts:
        yield from (folder / PureWindowsPath(name).as_posix() for folder in folders)
    yield from (folder / _last(name) for folder in folders)
