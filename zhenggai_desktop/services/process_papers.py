"""The papers of a milestone where they lie: files that it names, and drafts of the register that hang on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath

from zhenggai_desktop.domain.records import Snapshot
from zhenggai_desktop.services.drafts import draft_name
from zhenggai_desktop.storage.evidence import is_file


@dataclass(frozen=True, slots=True)
class Paper:
    """``path`` is None where no such file is found: it may be paper in a cabinet, or lie elsewhere by now."""

    caption: str
    path: Path | None


def papers_of(snapshot: Snapshot, milestone_id: int, folders: Sequence[Path]) -> tuple[Paper, ...]:
    """What proves a milestone, in its order. ``folders`` are looked through for what is named without a whole path:
    the ledger's own first, then where exports go. Names that lead out of them are looked for by their last part."""
    milestone = next((one for one in snapshot.milestones if one.id == milestone_id), None)
    if milestone is None:
        return ()
    found = [Paper(_last(name), _place(name, folders)) for name in milestone.files]
    for draft in snapshot.drafts:
        if draft.milestone_id == milestone_id:
            caption = f"{draft_name(draft)}　{draft.file_name}" if draft.file_name else draft_name(draft)
            found.append(Paper(caption, _place(draft.file_name, folders)))
    return tuple(found)


def _last(name: str) -> str:
    return PureWindowsPath(name).name or name


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
