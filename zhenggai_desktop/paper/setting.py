"""One block set in lines: fonts by role, indents, line breaks, justification. Independent of the page it lands on.

The look is that of the named styles of the Word template (GB/T 9704-2012 §7.3): what changes there changes here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zhenggai_desktop.domain.blocks import Anchor, Block, Kind, RunRole
from zhenggai_desktop.domain.cleaning import clean
from zhenggai_desktop.domain.layout import CHINESE_SIGNS
from zhenggai_desktop.domain.title_lines import title_lines
from zhenggai_desktop.paper.breaking import Stretch, compressed, stretches
from zhenggai_desktop.paper.faces import Faces, Role

POINTS_PER_MM = 72 / 25.4
_TWIPS_PER_POINT = 20
_NOTICEABLE = 0.005  # points: smaller differences of spacing stay one piece
_TAB = 21.0  # points, Word's default for this template


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters of one font and one spacing; ``x`` in points from the left edge of the text area."""

    text: str
    x: float
    start: int  # place of its first character in the block's text
    role: Role
    latin: bool
    spacing: float  # behind each character, beyond the font's own advance
    anchor: Anchor | None


@dataclass(frozen=True, slots=True)
class SetLine:
    """A line of a block: characters ``start`` to ``end`` of its text, ``left`` to ``right`` in points."""

    start: int
    end: int
    left: float
    right: float
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class ClosingIndent:
    """Where a signature or date stands, in points; ``left`` is None for one that ends at ``right``."""

    left: float | None
    right: float


class Setter:
    """Sets blocks by one profile."""

    def __init__(self, faces: Faces) -> None:
        self._faces = faces
        profile = faces.profile
        self.width = profile.text_width * POINTS_PER_MM
        self.character = profile.character / _TWIPS_PER_POINT
        self._title_characters = max(int(self.width // profile.title_size), 1)

    def lines(self, block: Block, closing: ClosingIndent | None = None) -> tuple[SetLine, ...]:
        """The lines of a block, at least one; ``closing`` is for signature and date."""
        signs = _Signs(block, self._faces, self._title_characters)
        if block.kind is Kind.TITLE:
            return tuple(self._centred(signs))
        if closing is not None:
            return tuple(self._closing(signs, closing))
        return tuple(self._justified(signs))

    def width_of(self, block: Block) -> float:
        """The width of a block that stands on one line."""
        return max(
            (line.right - line.left for line in self._closing(_Signs(block, self._faces, 0), _AT_LEFT)), default=0.0
        )

    def _justified(self, signs: _Signs) -> Iterator[SetLine]:
        indent = 2 * self.character
        for number, stretch in enumerate(stretches(signs.text, signs.advances, self.width - indent, self.width)):
            left = 0.0 if number else indent
            yield signs.line(stretch, left, 0.0 if stretch.last else self.width - left)

    def _centred(self, signs: _Signs) -> Iterator[SetLine]:
        for stretch in stretches(signs.text, signs.advances, self.width, self.width):
            yield signs.line(stretch, (self.width - signs.width(stretch)) / 2, 0.0)

    def _closing(self, signs: _Signs, closing: ClosingIndent) -> Iterator[SetLine]:
        for stretch in stretches(signs.text, signs.advances, self.width, self.width):
            left = closing.right - signs.width(stretch) if closing.left is None else closing.left
            yield signs.line(stretch, max(left, 0.0), 0.0)


_AT_LEFT = ClosingIndent(left=0.0, right=0.0)


class _Signs:
    """The characters of a block with their faces and advances."""

    def __init__(self, block: Block, faces: Faces, title_characters: int) -> None:
        self._faces = faces
        self.text = ""
        self._roles: list[tuple[int, Role, Anchor | None]] = []
        for run in block.runs:
            role = _role(block, run.role)
            self._roles.append((len(self.text), role, run.anchor or block.anchor))
            self.text += clean(run.text)
        if block.kind is Kind.TITLE and title_characters:
            self.text = "\n".join(title_lines(self.text, title_characters))
        self._faces_of: list[tuple[Role, bool]] = []
        self.advances: list[float] = []
        self._naturals: list[float] = []
        self._measure()

    def width(self, stretch: Stretch) -> float:
        return sum(self.advances[stretch.start : stretch.filled])

    def line(self, stretch: Stretch, left: float, room: float) -> SetLine:
        """A line that begins at ``left`` and, where ``room`` is given, is spread to be exactly so wide."""
        filled = stretch.filled - stretch.start
        spread = (room - self.width(stretch)) / (filled - 1) if room and filled > 1 else 0.0
        pieces = tuple(self._pieces(stretch, left, spread))
        right = left + (room or self.width(stretch))
        return SetLine(stretch.start, stretch.end, left, right, pieces)

    def _pieces(self, stretch: Stretch, left: float, spread: float) -> Iterator[Piece]:
        x, start, piece_x = left, stretch.start, left
        for place in range(stretch.start, stretch.end):
            if place > start and not self._alike(place - 1, place):
                yield self._piece(start, place, piece_x, spread)
                start, piece_x = place, x
            x += self.advances[place] + spread
        if start < stretch.end:
            yield self._piece(start, stretch.end, piece_x, spread)

    def _piece(self, start: int, end: int, x: float, spread: float) -> Piece:
        role, latin = self._faces_of[start]
        spacing = self.advances[start] - self._naturals[start] + spread
        shift = self._ink_shift(start)
        return Piece(self.text[start:end], x + shift, start, role, latin, spacing, self._anchor(start))

    def _alike(self, before: int, after: int) -> bool:
        return (
            self._faces_of[before] == self._faces_of[after]
            and abs(self._gap(before) - self._gap(after)) < _NOTICEABLE
            and self._anchor(before) is self._anchor(after)
        )

    def _gap(self, place: int) -> float:
        return self.advances[place] - self._naturals[place]

    def _ink_shift(self, place: int) -> float:
        """A quotation mark of a font in which it is narrow opens at the right of its full width."""
        return max(self._gap(place), 0.0) if self.text[place] in "“‘" and self._gap(place) > 1 else 0.0

    def _anchor(self, place: int) -> Anchor | None:
        return next((anchor for start, _, anchor in reversed(self._roles) if start <= place), None)

    def _measure(self) -> None:
        digits = bool(self._faces.profile.fonts.digits)
        bounds = [start for start, _, _ in self._roles[1:]] + [len(self.text)]
        for (start, role, _), end in zip(self._roles, bounds, strict=True):
            chinese = self._faces.face(role)
            west = self._faces.face(role, latin=True)
            for sign in self.text[start:end]:
                latin = digits and "!" <= sign <= "\u024f" and not CHINESE_SIGNS.match(sign)
                face = west if latin else chinese
                self._faces_of.append((role, latin))
                self.advances.append(_TAB if sign == "\t" else face.advance(sign))
                self._naturals.append(face.natural(sign))
        for place in compressed(self.text):
            self.advances[place] -= self._faces.face(self._faces_of[place][0]).size / 2


def _role(block: Block, role: RunRole) -> Role:
    if block.kind is Kind.TITLE:
        return Role.TITLE
    if role is RunRole.HEADING and (block.kind is Kind.HEADING or block.level):
        return {1: Role.HEADING_1, 2: Role.HEADING_2}.get(max(block.level, 1), Role.BODY)
    return Role.BODY


def closing_indents(setter: Setter, blocks: Sequence[Block]) -> dict[int, ClosingIndent]:
    """Place of each signature and date → where it stands (GB/T 9704-2012, 7.3.5.2, without a seal).

    Two characters from the right stands the longer of the two; the first character of the date is two characters
    right of the signature's first.
    """
    found: dict[int, ClosingIndent] = {}
    for group in _closing_groups(blocks):
        gap = 2 * setter.character
        edge = setter.width - gap
        widths = {kind: max((setter.width_of(blocks[p]) for p in group if blocks[p].kind is kind), default=0.0)
                  for kind in (Kind.SIGNATURE, Kind.DATE)}  # fmt: skip
        signature, date = widths[Kind.SIGNATURE], widths[Kind.DATE]
        for place in group:
            left: float | None = None
            if signature and date and blocks[place].kind is Kind.DATE and date <= signature:
                left = edge - signature + gap
            elif signature and date and blocks[place].kind is Kind.SIGNATURE and date > signature:
                left = edge - date - gap
            found[place] = ClosingIndent(left if left is None or left >= 0 else None, edge)
    return found


def _closing_groups(blocks: Sequence[Block]) -> Iterator[list[int]]:
    """Signatures and dates that follow one another."""
    group: list[int] = []
    for place, block in enumerate(blocks):
        if block.kind not in (Kind.SIGNATURE, Kind.DATE):
            continue
        if group and place != group[-1] + 1:
            yield group
            group = []
        group.append(place)
    if group:
        yield group
