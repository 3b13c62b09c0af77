"""What comes back from others, as a person looks it through before anything is written: one view of returned sheets
and of another copy of the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from zhenggai_desktop.domain.merging import FieldChange
from zhenggai_desktop.services.collecting import Collection, FileReport
from zhenggai_desktop.services.ledger_merging import LedgerMerge
from zhenggai_desktop.services.merge_writing import Line, can_take_both


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """``who`` brings it, "" where that is known anyway; ``both``: both sides are texts that can stand below each
    other."""

    line: Line
    who: str = ""
    both: bool = False


@dataclass(frozen=True, slots=True)
class Returns:
    """Who sent his sheet back and who did not, and the text that says so in a chat."""

    returned: tuple[str, ...]
    outstanding: tuple[str, ...]
    message: str


@dataclass(frozen=True, slots=True)
class Review:
    """Conflicts and additions stand in the order in which ``Decisions`` count them. ``kept`` says, with whose it is,
    what stays as it is in the ledger or was not understood.

    ``needs`` names for each addition the others to which it belongs and which come with it. What ``offers`` additions
    takes none unless it is asked to; another copy of the ledger brings all unless one is left out.
    """

    changes: tuple[ReviewLine, ...]
    conflicts: tuple[ReviewLine, ...]
    additions: tuple[ReviewLine, ...]
    kept: tuple[tuple[str, str], ...]
    returns: Returns | None = None
    needs: tuple[tuple[int, ...], ...] = ()
    offers: bool = False

    @property
    def counts(self) -> str:
        """“修改3处，冲突1处，新增2条”."""
        return f"修改{len(self.changes)}处，冲突{len(self.conflicts)}处，新增{len(self.additions)}条"

    @property
    def brings(self) -> bool:
        """True where there is anything to take."""
        return bool(self.changes or self.conflicts or self.additions)


def review_of_sheets(found: Collection) -> Review:
    """Returned sheets; each line says from whom."""
    files = [(report.recipient or report.path.name, report) for report in found.files]
    return Review(
        tuple(ReviewLine(line, who) for who, report in files for line in report.taken.changes),
        _conflicts(((line, who) for who, report in files for line in report.taken.conflicts), found.conflicts),
        tuple(ReviewLine(line, who) for who, report in files for line in report.taken.additions),
        tuple((who, sentence) for who, report in files for sentence in _kept(report)),
        Returns(tuple(found.returned), tuple(found.outstanding), found.message()),
        needs=tuple(() for _ in found.additions),
        offers=True,
    )


def review_of_copy(found: LedgerMerge) -> Review:
    """Another copy of the ledger."""
    return Review(
        tuple(map(ReviewLine, found.taken.changes)),
        _conflicts(((line, "") for line in found.taken.conflicts), found.merged.conflicts),
        tuple(map(ReviewLine, found.taken.additions)),
        (
            *(("", sentence) for sentence in filter(None, [found.about_base])),
            *(("", f"副本里删除了，台账保留：{place}") for place in found.removed),
            *(("", f"台账里已删除，副本的修改没有收入：{place}") for place in found.gone),
            *(("", sentence) for sentence in found.left_out),
        ),
        needs=found.needs(),
    )


def _conflicts(lines: Iterable[tuple[Line, str]], changes: Iterable[FieldChange]) -> tuple[ReviewLine, ...]:
    pairs = zip(lines, changes, strict=True)
    return tuple(ReviewLine(line, who, can_take_both(change)) for (line, who), change in pairs)


def _kept(report: FileReport) -> Iterator[str]:
    if report.error:
        yield report.error
    yield from report.doubts
    for place in report.missing:
        yield f"表里没有这一行，台账保留：{place}"
