"""A clerk's corrections to what an import read: said of the source, so that the plan is understood anew from it.

Corrections are data. They name pieces of the source, and the source itself stays as it was read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from zhenggai_desktop.domain.blocks import LineRole, SourceDocument, SourceParagraph
from zhenggai_desktop.domain.feedback import understand
from zhenggai_desktop.domain.numbering import leading_mark
from zhenggai_desktop.domain.plan import ImportPlan, PlanNote
from zhenggai_desktop.domain.records import DocumentKind

LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A piece of the source: the line of its paragraph, and the character (from 0) at which it begins there."""

    line: int
    start: int = 0


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph of the source, or the part of one that a person split off; ``text`` is as the source has it."""

    place: Place
    text: str
    paragraph: SourceParagraph


@dataclass(frozen=True, slots=True)
class Corrections:
    """Everything a person said of a source. ``kind`` None lets the text decide which document it is.

    Places that the source has not, or where it cannot be split, are without effect.
    """

    kind: DocumentKind | None = None
    roles: Mapping[Place, LineRole] = field(default_factory=dict[Place, LineRole])
    joined: frozenset[Place] = frozenset()
    left_out: frozenset[Place] = frozenset()
    splits: frozenset[Place] = frozenset()

    def of_kind(self, kind: DocumentKind | None) -> Corrections:
        """The document is a feedback document or a notice."""
        return replace(self, kind=kind)

    def as_role(self, place: Place, role: LineRole) -> Corrections:
        """The piece is a heading of this kind, or none; it is imported, as a paragraph of its own."""
        return replace(self.as_read(place), roles={**self.roles, place: role})

    def join(self, place: Place) -> Corrections:
        """The piece goes on with the one before it: a split goes, a paragraph of the source is joined."""
        plain = self.as_read(place)
        if place.start:
            return replace(plain, splits=self.splits - {place})
        return replace(plain, joined=plain.joined | {place})

    def split(self, place: Place, at: int) -> Corrections:
        """What follows the first ``at`` characters of the piece is a paragraph of its own.

        Raises ValueError for 0 and less: there would be nothing before it.
        """
        if at <= 0:
            raise ValueError(at)
        return replace(self, splits=self.splits | {Place(place.line, place.start + at)})

    def leave_out(self, place: Place) -> Corrections:
        """The piece is not imported; it is listed among what was left over."""
        plain = self.as_read(place)
        return replace(plain, left_out=plain.left_out | {place})

    def as_read(self, place: Place) -> Corrections:
        """The piece is what the program takes it for; splits stay."""
        return replace(
            self,
            roles={other: role for other, role in self.roles.items() if other != place},
            joined=self.joined - {place},
            left_out=self.left_out - {place},
        )

    def touches(self, place: Place) -> bool:
        """True where something was said of the piece that ``as_read`` takes back."""
        return place in self.roles or place in self.joined or place in self.left_out


def pieces(document: SourceDocument, corrections: Corrections) -> tuple[Piece, ...]:
    """The paragraphs of the source in order, split where a person split them; blank ones are left out."""
    splits: dict[int, list[int]] = {}
    for place in sorted(corrections.splits):
        splits.setdefault(place.line, []).append(place.start)
    return tuple(
        piece
        for paragraph in document.paragraphs
        for piece in _parts(paragraph, splits.get(paragraph.line, []))
        if piece.text.strip()
    )


def _parts(paragraph: SourceParagraph, splits: list[int]) -> Iterator[Piece]:
    text = paragraph.text
    starts = [0]
    starts += [at for at in splits if can_split(text, at)]
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        yield Piece(Place(paragraph.line, start), text[start:end], paragraph)


def can_split(text: str, at: int) -> bool:
    """True where ``at`` leaves words on both sides: a number alone would head nothing."""
    head = text[:at].strip()
    mark = leading_mark(head)
    return head != (mark.text if mark else "") and bool(text[at:].strip())


def corrected(document: SourceDocument, corrections: Corrections) -> SourceDocument:
    """The source as it would read if it had been written as the corrections say."""
    paragraphs: list[SourceParagraph] = []
    for piece in pieces(document, corrections):
        if piece.place in corrections.left_out:
            continue
        if piece.place in corrections.joined and paragraphs:
            before = paragraphs[-1]
            paragraphs[-1] = replace(before, text=before.text.rstrip() + piece.text.lstrip())
        else:
            paragraphs.append(_paragraph(piece, corrections.roles.get(piece.place, LineRole.AUTO)))
    return replace(document, paragraphs=tuple(paragraphs))


def _paragraph(piece: Piece, role: LineRole) -> SourceParagraph:
    """A part split off has neither the paragraph's number nor its style; it never joins by itself what it came from."""
    if piece.place.start:
        return SourceParagraph(piece.place.line, piece.text.strip(), role=role, apart=True)
    number = piece.paragraph.auto_number if piece.text.startswith(piece.paragraph.auto_number) else ""
    return replace(piece.paragraph, text=piece.text, role=role, auto_number=number)


def understand_corrected(document: SourceDocument, corrections: Corrections) -> ImportPlan:
    """What the source says as corrected. What was left out is listed among the plan's leftovers."""
    plan = understand(corrected(document, corrections), corrections.kind)
    plan.leftovers += [
        PlanNote(LEFT_OUT, piece.place.line, piece.text.strip())
        for piece in pieces(document, corrections)
        if piece.place in corrections.left_out
    ]
    plan.leftovers.sort(key=lambda note: note.line)
    return plan
