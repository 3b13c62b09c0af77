"""One block set in lines: fonts by role, indents, line breaks, justification. Independent of the page it lands on.

The look is that of the named styles of the Word template (GB/T 9704-2012 §7.3): what changes there changes here.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from zhenggai_desktop.domain.blocks import ENCLOSURES, Anchor, Block, Cell, Kind, RunRole
from zhenggai_desktop.domain.cleaning import clean
from zhenggai_desktop.domain.layout import CHINESE_SIGNS, seal_centre
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
    """A line of a block: characters ``start`` to ``end`` of its text, ``left`` to ``right`` in points.

    ``height`` is 0 for a line of the text, which is as high as all of them.
    """

    start: int
    end: int
    left: float
    right: float
    pieces: tuple[Piece, ...]
    height: float = 0.0


@dataclass(frozen=True, slots=True)
class ClosingIndent:
    """Where a signature or date stands, in points; ``left`` is None for one that ends at ``right``.

    One that is ``centred`` has its middle between the two.
    """

    left: float | None
    right: float
    centred: bool = False


class Setter:
    """Sets blocks by one profile, on upright pages or on lying ones."""

    def __init__(self, faces: Faces, *, landscape: bool = False) -> None:
        self._faces = faces
        profile = faces.profile
        self.width = (profile.text_height if landscape else profile.text_width) * POINTS_PER_MM
        self.character = profile.character / _TWIPS_PER_POINT
        self.sealed = profile.sealed
        self._title_characters = max(int(self.width // profile.title_size), 1)

    def lines(self, block: Block, closing: ClosingIndent | None = None) -> tuple[SetLine, ...]:
        """The lines of a block, at least one; ``closing`` is for signature and date."""
        signs = _signs_of(block, self._faces, self._title_characters)
        if block.kind is Kind.TITLE:
            return tuple(self._centred(signs))
        if closing is not None:
            return tuple(self._closing(signs, closing))
        if block.kind is Kind.NOTE:
            return tuple(self._note(block))
        if block.kind in _AT_THE_EDGE:
            return tuple(self._ragged(signs, *self._edges(block)))
        return tuple(self._justified(signs))

    def cell_lines(self, cell: Cell, left: float, right: float, *, roomy: bool) -> tuple[SetLine, ...]:
        """The lines of a table's cell between two edges, at least one."""
        profile = self._faces.profile
        role = Role.FORM if roomy else Role.HEAD_CELL if cell.head else Role.CELL
        signs = Signs([(clean(cell.text), role, cell.anchor)], self._faces)
        height = (profile.form_pitch if roomy else profile.table_pitch) / _TWIPS_PER_POINT
        width = max(right - left, 1.0)
        found: list[SetLine] = []
        for stretch in stretches(signs.text, signs.advances, width, width):
            shift = (width - signs.width(stretch)) / 2 if cell.head or cell.centred else 0.0
            found.append(replace(signs.line(stretch, left + shift, 0.0), height=height))
        return tuple(found)

    def _edges(self, block: Block) -> tuple[float, float]:
        """Left edges of the first line and of the others: an enclosure's list hangs, the rest begins at the left."""
        if block.kind is not Kind.ENCLOSURE:
            return 0.0, 0.0
        hanging = 4 if block.text.startswith(ENCLOSURES) else 1
        return (6 - hanging) * self.character, 6 * self.character

    def _ragged(self, signs: Signs, first: float, others: float) -> Iterator[SetLine]:
        for number, stretch in enumerate(
            stretches(signs.text, signs.advances, self.width - first, self.width - others)
        ):
            yield signs.line(stretch, others if number else first, 0.0)

    def _note(self, block: Block) -> Iterator[SetLine]:
        """A small line; what stands behind a tab ends at the right edge of the text."""
        height = self._faces.profile.table_pitch / _TWIPS_PER_POINT
        text = clean(block.text)
        before, tab, after = text.partition("\t")
        found = list(self._ragged(Signs([(before, Role.CELL, block.anchor)], self._faces), 0.0, 0.0))
        if tab:
            signs = Signs([(after, Role.CELL, block.anchor)], self._faces)
            (line, *_) = stretches(signs.text, signs.advances, self.width, self.width)
            right = signs.line(line, max(self.width - signs.width(line), 0.0), 0.0)
            moved = tuple(replace(piece, start=piece.start + len(before) + 1) for piece in right.pieces)
            found[-1] = replace(found[-1], end=len(text), right=self.width, pieces=(*found[-1].pieces, *moved))
        yield from (replace(line, height=height) for line in found)

    def width_of(self, block: Block) -> float:
        """The width of a block that stands on one line."""
        return max(
            (line.right - line.left for line in self._closing(_signs_of(block, self._faces, 0), _AT_LEFT)), default=0.0
        )

    def _justified(self, signs: Signs) -> Iterator[SetLine]:
        indent = 2 * self.character
        for number, stretch in enumerate(stretches(signs.text, signs.advances, self.width - indent, self.width)):
            left = 0.0 if number else indent
            yield signs.line(stretch, left, 0.0 if stretch.last else self.width - left)

    def _centred(self, signs: Signs) -> Iterator[SetLine]:
        for stretch in stretches(signs.text, signs.advances, self.width, self.width):
            yield signs.line(stretch, (self.width - signs.width(stretch)) / 2, 0.0)

    def _closing(self, signs: Signs, closing: ClosingIndent) -> Iterator[SetLine]:
        for stretch in stretches(signs.text, signs.advances, self.width, self.width):
            left = closing.right - signs.width(stretch) if closing.left is None else closing.left
            if closing.centred:
                left = (left + closing.right - signs.width(stretch)) / 2
            yield signs.line(stretch, max(left, 0.0), 0.0)


_AT_THE_EDGE = (Kind.ADDRESSEE, Kind.LABEL, Kind.ENCLOSURE)
_AT_LEFT = ClosingIndent(left=0.0, right=0.0)


def _signs_of(block: Block, faces: Faces, title_characters: int) -> Signs:
    """The characters of a block; a title of more than ``title_characters`` is broken at sense, unless that is 0."""
    runs = [(clean(run.text), _role(block, run.role), run.anchor or block.anchor) for run in block.runs]
    if block.kind is Kind.TITLE and title_characters:
        words = "\n".join(title_lines("".join(text for text, _, _ in runs), title_characters))
        runs = [(words, Role.TITLE, runs[0][2] if runs else block.anchor)]
    return Signs(runs, faces)


class Signs:
    """The characters of a text with their advances, and where in it the look changes."""

    def __init__(self, runs: Sequence[tuple[str, Role, Anchor | None]], faces: Faces) -> None:
        self._faces = faces
        self.text = ""
        self._runs: list[tuple[int, Role, Anchor | None]] = []
        for text, role, anchor in runs:
            self._runs.append((len(self.text), role, anchor))
            self.text += text
        self.advances: list[float] = []
        self._looks: list[tuple[Role, bool, Anchor | None]] = []
        self._gaps: list[float] = []  # what a character gets beyond the font's own advance
        self._measure()
        self._sums = [0.0, *accumulate(self.advances)]
        self._changes = self._find_changes()

    def width(self, stretch: Stretch) -> float:
        return self._sums[stretch.filled] - self._sums[stretch.start]

    def line(self, stretch: Stretch, left: float, room: float) -> SetLine:
        """A line that begins at ``left`` and, where ``room`` is given, is spread to be exactly so wide."""
        filled = stretch.filled - stretch.start
        spread = (room - self.width(stretch)) / (filled - 1) if room and filled > 1 else 0.0
        right = left + (room or self.width(stretch))
        return SetLine(stretch.start, stretch.end, left, right, tuple(self._pieces(stretch, left, spread)))

    def _pieces(self, stretch: Stretch, left: float, spread: float) -> Iterator[Piece]:
        if stretch.start == stretch.end:
            return
        inside = self._changes[bisect_right(self._changes, stretch.start) : bisect_left(self._changes, stretch.end)]
        for start, end in pairwise((stretch.start, *inside, stretch.end)):
            x = left + self._sums[start] - self._sums[stretch.start] + spread * (start - stretch.start)
            role, latin, anchor = self._looks[start]
            spacing = self._gaps[start] + spread
            yield Piece(self.text[start:end], x + self._ink_shift(start), start, role, latin, spacing, anchor)

    def _ink_shift(self, place: int) -> float:
        """A quotation mark of a font in which it is narrow opens at the right of its full width."""
        return self._gaps[place] if self.text[place] in "“‘" and self._gaps[place] > 1 else 0.0

    def _measure(self) -> None:
        digits = bool(self._faces.profile.fonts.digits)
        ends = [start for start, _, _ in self._runs[1:]] + [len(self.text)]
        for (start, role, anchor), end in zip(self._runs, ends, strict=True):
            chinese, west = self._faces.face(role), self._faces.face(role, latin=True)
            looks = ((role, False, anchor), (role, True, anchor))
            for sign in self.text[start:end]:
                latin = digits and "!" <= sign <= "\u024f" and not CHINESE_SIGNS.match(sign)
                face = west if latin else chinese
                advance = _TAB if sign == "\t" else face.advance(sign)
                self._looks.append(looks[latin])
                self.advances.append(advance)
                self._gaps.append(advance - face.natural(sign))
        for place in compressed(self.text):
            half = self._faces.face(self._looks[place][0]).size / 2
            self.advances[place] -= half
            self._gaps[place] -= half

    def _find_changes(self) -> list[int]:
        """Where a new piece has to begin."""
        looks, gaps = self._looks, self._gaps
        return [
            place
            for place in range(1, len(looks))
            if looks[place] is not looks[place - 1] or abs(gaps[place] - gaps[place - 1]) > _NOTICEABLE
        ]


def _role(block: Block, role: RunRole) -> Role:
    if block.kind is Kind.TITLE:
        return Role.TITLE
    if block.kind is Kind.LABEL:
        return Role.HEADING_1
    if role is RunRole.HEADING and (block.kind is Kind.HEADING or block.level):
        return {1: Role.HEADING_1, 2: Role.HEADING_2}.get(max(block.level, 1), Role.BODY)
    return Role.BODY


def closing_indents(setter: Setter, blocks: Sequence[Block]) -> dict[int, ClosingIndent]:
    """Place of each signature and date → where it stands (GB/T 9704-2012, 7.3.5.1 with and 7.3.5.2 without a seal).

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
        if setter.sealed:
            centre = seal_centre(signature / setter.character, date / setter.character) * setter.character
            found |= dict.fromkeys(group, ClosingIndent(setter.width - 2 * centre, setter.width, centred=True))
            continue
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
