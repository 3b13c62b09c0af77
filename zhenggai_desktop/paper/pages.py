"""Set blocks dealt out to pages, with the way from a point of a page to its record and back.

``PageMaker`` keeps the lines of every block it has set: after an edit only the changed block is set anew, the rest is
dealt out again, which is cheap.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zhenggai_desktop.domain.blocks import Anchor, Block, Document, Kind
from zhenggai_desktop.domain.layout import GUOBIAO, LayoutProfile, text_width
from zhenggai_desktop.paper.faces import Faces
from zhenggai_desktop.paper.setting import POINTS_PER_MM, ClosingIndent, SetLine, Setter, closing_indents

_BASE_LINE = 0.8  # of an exact line's height, as Word and LibreOffice place it
_SHORT = 4 * 28  # characters: a text so short goes over to the next page with its signature
_CLOSING = (Kind.SIGNATURE, Kind.DATE)
_SLACK = 0.05  # points


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A line on its page; ``top`` in points from the upper edge of the text area."""

    block: int  # place in the document's blocks
    line: SetLine
    top: float


@dataclass(frozen=True, slots=True)
class Page:
    """``number`` counts from 1."""

    number: int
    lines: tuple[PlacedLine, ...]


@dataclass(frozen=True, slots=True)
class Spot:
    """What lies at a point of a page: the block, the place in its text and the record it came from."""

    block: int
    place: int
    anchor: Anchor | None


@dataclass(frozen=True, slots=True)
class PageSize:
    """Lengths of a page in points."""

    width: float
    height: float
    left: float
    top: float
    text_width: float
    text_height: float
    pitch: float


class LaidOut:
    """The pages of a document. ``line_room`` is the height of a line in points."""

    def __init__(self, document: Document, pages: tuple[Page, ...], faces: Faces) -> None:
        self.document = document
        self.pages = pages
        self.faces = faces
        self.size = page_size(faces.profile)

    def spot(self, page: int, x: float, y: float) -> Spot | None:
        """What lies at a point of page ``page`` (from 0), in points from the paper's corner; None beside the lines.

        Left and right of a line count as its ends, so that a click in the margin still finds the record.
        """
        lines = self.pages[page].lines
        below = y - self.size.top
        at = bisect_right(lines, below, key=lambda placed: placed.top) - 1
        if at < 0 or below > lines[at].top + self.size.pitch:
            return None
        placed = lines[at]
        place = self._place(placed.line, x - self.size.left)
        piece = next((p for p in reversed(placed.line.pieces) if p.start <= place), None)
        anchor = piece.anchor if piece else self.document.blocks[placed.block].anchor
        return Spot(placed.block, place, anchor)

    def lines_of(self, uid: str) -> tuple[tuple[int, PlacedLine], ...]:
        """The lines of a record with their pages (from 0), in reading order; empty where it is not printed."""
        return tuple(
            (number, placed)
            for number, page in enumerate(self.pages)
            for placed in page.lines
            if _is_of(self.document.blocks[placed.block], placed.line, uid)
        )

    def lines_of_block(self, block: int) -> tuple[tuple[int, PlacedLine], ...]:
        """The lines of the document's block at that place, with their pages (from 0)."""
        return tuple((n, placed) for n, page in enumerate(self.pages) for placed in page.lines if placed.block == block)

    def _place(self, line: SetLine, x: float) -> int:
        if not line.pieces:
            return line.start
        piece = next((p for p in reversed(line.pieces) if p.x <= x), line.pieces[0])
        face, at = self.faces.face(piece.role, latin=piece.latin), piece.x
        for offset, sign in enumerate(piece.text):
            at += face.natural(sign) + piece.spacing
            if at > x:
                return piece.start + offset
        return piece.start + len(piece.text)


def _is_of(block: Block, line: SetLine, uid: str) -> bool:
    if block.anchor is not None and block.anchor.uid == uid:
        return True
    return any(piece.anchor is not None and piece.anchor.uid == uid for piece in line.pieces)


def page_size(profile: LayoutProfile) -> PageSize:
    """The profile's page in points."""
    return PageSize(
        width=profile.page_width * POINTS_PER_MM,
        height=profile.page_height * POINTS_PER_MM,
        left=profile.margin_left * POINTS_PER_MM,
        top=profile.margin_top * POINTS_PER_MM,
        text_width=profile.text_width * POINTS_PER_MM,
        text_height=profile.text_height * POINTS_PER_MM,
        pitch=profile.line_pitch / 20,
    )


def base_line(size: PageSize) -> float:
    """From the top of a line to its base line."""
    return size.pitch * _BASE_LINE


@dataclass(frozen=True, slots=True)
class _Item:
    """A line on its way to a page. ``glued`` lines stand on the page of the next one."""

    block: int
    line: SetLine
    before: float = 0.0  # blank room above it, dropped at the top of a page
    glued: bool = False


class PageMaker:
    """Lays documents out, again and again as they are edited."""

    def __init__(self, profile: LayoutProfile = GUOBIAO) -> None:
        self.faces = Faces(profile)
        self._profile = profile
        self._setter = Setter(self.faces)
        self._known: dict[tuple[Block, ClosingIndent | None], tuple[SetLine, ...]] = {}

    def lay_out(self, document: Document) -> LaidOut:
        """The pages of the document; one empty page for a document without words."""
        return LaidOut(document, tuple(self._deal(self._items(document.blocks))), self.faces)

    def _items(self, blocks: Sequence[Block]) -> Iterator[_Item]:
        indents = closing_indents(self._setter, blocks)
        fresh: dict[tuple[Block, ClosingIndent | None], tuple[SetLine, ...]] = {}
        above = 0.0
        for place, block in enumerate(blocks):
            key = (block, indents.get(place))
            lines = fresh[key] = self._known.get(key) or fresh.get(key) or self._setter.lines(*key)
            following = blocks[place + 1] if place + 1 < len(blocks) else None
            yield from self._glued(place, block, lines, following, above + self._above(blocks, place))
            above = self._below(block, following)
        self._known = fresh  # what is no longer in the document is forgotten

    def _glued(
        self, place: int, block: Block, lines: Sequence[SetLine], following: Block | None, before: float
    ) -> Iterator[_Item]:
        whole = block.kind in (Kind.TITLE, Kind.HEADING, Kind.SIGNATURE) and following is not None
        with_next = whole or _goes_with_closing(block, following)
        last = len(lines) - 1
        for number, line in enumerate(lines):
            glued = with_next if number == last else whole or self._widow(number, last)
            yield _Item(place, line, 0.0 if number else before, glued)

    def _widow(self, number: int, last: int) -> bool:
        """Two lines at least stay together at either end of a paragraph, where the profile wants it."""
        return self._profile.widow_control and number in (0, last - 1)

    def _above(self, blocks: Sequence[Block], place: int) -> float:
        kind, before = blocks[place].kind, blocks[place - 1].kind if place else None
        first = kind in _CLOSING and before not in _CLOSING
        return self._profile.lines_above_closing * self._profile.line_pitch / 20 if first else 0.0

    def _below(self, block: Block, following: Block | None) -> float:
        last = block.kind is Kind.TITLE and following is not None and following.kind is not Kind.TITLE
        return self._profile.lines_below_title * self._profile.line_pitch / 20 if last else 0.0

    def _deal(self, items: Iterator[_Item]) -> Iterator[Page]:
        size = page_size(self._profile)
        lines: list[PlacedLine] = []
        number, top = 1, 0.0
        for group in _groups(items):
            need = sum(item.before + size.pitch for item in group)
            if lines and top + need > size.text_height + _SLACK and need <= size.text_height:
                yield Page(number, tuple(lines))
                number, top, lines = number + 1, 0.0, []
            for item in group:
                if lines and top + item.before + size.pitch > size.text_height + _SLACK:
                    yield Page(number, tuple(lines))
                    number, top, lines = number + 1, 0.0, []
                top += item.before if lines else 0.0
                lines.append(PlacedLine(item.block, item.line, top))
                top += size.pitch
        yield Page(number, tuple(lines))


def _groups(items: Iterator[_Item]) -> Iterator[list[_Item]]:
    """Lines that have to stand on one page."""
    group: list[_Item] = []
    for item in items:
        group.append(item)
        if not item.glued:
            yield group
            group = []
    if group:
        yield group


def _goes_with_closing(block: Block, following: Block | None) -> bool:
    """A signature must not stand alone on a page; a long text is not carried over for it."""
    return (
        following is not None
        and following.kind in _CLOSING
        and block.kind is Kind.PARAGRAPH
        and text_width(block.text) <= _SHORT
    )
