"""Papers of milestones that are evidence: a milestone names them by the file under which the ledger keeps them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import PurePath

from zhenggai_desktop.domain.records import Evidence, Milestone, Snapshot


def kept_papers(evidence: Iterable[Evidence]) -> Mapping[str, Evidence]:
    """The files that a ledger keeps, by the name by which a milestone has them."""
    return {one.file_name: one for one in evidence if one.file_name}


def milestones_by_evidence(snapshot: Snapshot) -> Mapping[int, tuple[Milestone, ...]]:
    """By the id of evidence the milestones whose paper it is: they name it by its file."""
    kept = kept_papers(snapshot.evidence)
    found: dict[int, tuple[Milestone, ...]] = {}
    for milestone in snapshot.milestones:
        for at in dict.fromkeys(kept[name].id for name in milestone.files if name in kept):
            found[at] = (*found.get(at, ()), milestone)
    return found


def paper_names(kept: Mapping[str, Evidence], names: Iterable[str]) -> tuple[str, ...]:
    """A milestone's papers as a clerk calls them: what the ledger keeps (``kept_papers``) by its title, the rest as it
    was written."""
    return tuple(paper_title(kept[name]) if name in kept else name for name in names)


def paper_title(evidence: Evidence) -> str:
    """“会议记录.docx”: a file as it was called before it was kept, or as somebody called it since."""
    return f"{evidence.title}{PurePath(evidence.file_name).suffix}" if evidence.title else evidence.file_name
