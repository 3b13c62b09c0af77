"""Two states of a document side by side: what differs, paragraph by paragraph and character by character."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from zhenggai_desktop.domain.change_kinds import ChangeKind
from zhenggai_desktop.domain.paragraph_matching import Match, match_paragraphs
from zhenggai_desktop.domain.text_diff import Fate, Piece, pieces


@dataclass(frozen=True, slots=True)
class ParagraphChange:
    """One difference. ``pieces`` show both states; line feeds in them part paragraphs.

    ``old`` and ``new`` are places (from 0) in the two documents.
    """

    kind: ChangeKind
    old: tuple[int, ...]
    new: tuple[int, ...]
    pieces: tuple[Piece, ...]

    @property
    def before(self) -> str:
        """The old words."""
        return "".join(piece.text for piece in self.pieces if piece.fate is not Fate.ADDED)

    @property
    def after(self) -> str:
        """The new words."""
        return "".join(piece.text for piece in self.pieces if piece.fate is not Fate.REMOVED)


def compare(
    old: Sequence[str], new: Sequence[str], hints: Mapping[int, int] | None = None
) -> tuple[ParagraphChange, ...]:
    """All differences between two documents in reading order; empty for the same words in the same paragraphs."""
    return tuple(differences(old, new, match_paragraphs(old, new, hints)))


def differences(old: Sequence[str], new: Sequence[str], matches: Sequence[Match]) -> Iterator[ParagraphChange]:
    """The differences that a matching of the two documents leaves."""
    for found in matches:
        before = "\n".join(old[at] for at in found.old)
        after = "\n".join(new[at] for at in found.new)
        if found.moved or before != after:
            yield ParagraphChange(kind_of(found), found.old, found.new, pieces(before, after))


def kind_of(found: Match) -> ChangeKind:
    """What happened to the paragraphs of a match whose words are not the same."""
    if not found.new:
        return ChangeKind.DELETED
    if not found.old:
        return ChangeKind.INSERTED
    if found.moved:
        return ChangeKind.MOVED
    if len(found.new) > 1:
        return ChangeKind.SPLIT
    return ChangeKind.JOINED if len(found.old) > 1 else ChangeKind.REWORDED
