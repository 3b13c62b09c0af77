"""Set blocks dealt out to pages, with the way from a point of a page to its record and back.

``PageMaker`` keeps the lines of every block it has set: after an edit only the changed block is set anew, the rest is
dealt out again, which is cheap.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from zhenggai_desktop.domain.blocks import ENCLOSURES, Anchor, Block, Document, Kind, Table
from zhenggai_desktop.domain.layout import GUOBIAO, LayoutProfile, text_width
from zhenggai_desktop.paper.faces import Faces
from zhenggai_desktop.paper.setting import POINTS_PER_MM, ClosingIndent, SetLine, Setter, closing_indents
from zhenggai_desktop.paper.tables import Rule, SetTable, TableFlow, set_table

_BASE_LINE = 0.8  # of an exact line's height, as Word and LibreOffice place it
_SHORT = 4 * 28  # characters: a text so short goes over to the next page with its signature
_CLOSING = (Kind.SIGNATURE, Kind.DATE)
_WITH_CLOSING = (*_CLOSING, Kind.ENCLOSURE)
_WITH_NEXT = (Kind.TITLE, Kind.HEADING, Kind.SIGNATURE, Kind.LABEL, Kind.NOTE)
_BETWEEN_TABLES = 1.0  # points: the paragraph that parts them in Word
_SLACK = 0.05  # points


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A line on its page; ``top`` in points from the upper edge of the text area.

    ``cell`` are the left and right edges of the table's cell in which it stands, None in the text.
    """

    block: int  # place in the document's blocks
    line: SetLine
    top: float
    cell: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """``number`` counts from 1; ``rules`` are the lines of its tables."""

    number: int
    lines: tuple[PlacedLine, ...]
    landscape: bool = False
    rules: tuple[Rule, ...] = ()


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
    """The pages of a document. ``size`` is that of an upright page."""

    def __init__(self, document: Document, pages: tuple[Page, ...], faces: Faces) -> None:
        self.document = document
        self.pages = pages
        self.faces = faces
        self.size = page_size(faces.profile)
        self._lying = turned(self.size)

    def size_of(self, page: int) -> PageSize:
        """The size of page ``page`` (from 0)."""
        return self._lying if self.pages[page].landscape else self.size

    def height_of(self, line: SetLine) -> float:
        """How high a line is, in points."""
        return line.height or self.size.pitch

    def spot(self, page: int, x: float, y: float) -> Spot | None:
        """What lies at a point of page ``page`` (from 0), in points from the paper's corner; None beside the lines.

        Left and right of a line count as its ends, so that a click in the margin still finds the record.
        """
        size = self.size_of(page)
        right, below = x - size.left, y - size.top
        placed = next(
            (
                placed
                for placed in self.pages[page].lines
                if placed.top <= below <= placed.top + self.height_of(placed.line)
                and (placed.cell is None or placed.cell[0] <= right < placed.cell[1])
            ),
            None,
        )
        if placed is None:
            return None
        place = self._place(placed.line, right)
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


def turned(size: PageSize) -> PageSize:
    """The page lying: the upright sheet's left edge is its head, the sheet's foot its left (GB/T 9704-2012 §7.6)."""
    return PageSize(
        width=size.height,
        height=size.width,
        left=size.height - size.top - size.text_height,
        top=size.left,
        text_width=size.text_height,
        text_height=size.text_width,
        pitch=size.pitch,
    )


def base_line(height: float) -> float:
    """From the top of a line so high to its base line."""
    return height * _BASE_LINE


@dataclass(frozen=True, slots=True)
class _Item:
    """A line on its way to a page. ``glued`` lines stand on the page of the next one."""

    block: int
    line: SetLine
    before: float = 0.0  # blank room above it, dropped at the top of a page
    glued: bool = False


@dataclass(frozen=True, slots=True)
class _TableItem:
    """A table on its way to its pages."""

    block: int
    table: SetTable
    before: float = 0.0


@dataclass(frozen=True, slots=True)
class _NewPage:
    """What follows begins a page that lies or stands."""

    landscape: bool


_Key = tuple[Block, ClosingIndent | None, bool]


@dataclass(frozen=True, slots=True)
class Kept:
    """What was set of a document, without the fonts it was measured with: it may go from thread to thread."""

    lines: Mapping[_Key, tuple[SetLine, ...]]
    tables: Mapping[tuple[Table, bool], SetTable]


class PageMaker:
    """Lays documents out, again and again as they are edited; it begins with what another one has ``kept``, who had
    the same profile."""

    def __init__(self, profile: LayoutProfile = GUOBIAO, kept: Kept | None = None) -> None:
        self.faces = Faces(profile)
        self._profile = profile
        self._setter = Setter(self.faces)
        self._lying_setter = Setter(self.faces, landscape=True)
        self._known: Mapping[_Key, tuple[SetLine, ...]] = {} if kept is None else kept.lines
        self._tables: Mapping[tuple[Table, bool], SetTable] = {} if kept is None else kept.tables

    @property
    def kept(self) -> Kept:
        """What it has set of the last document."""
        return Kept(self._known, self._tables)

    def lay_out(self, document: Document, tick: Callable[[int, int], object] = lambda _done, _total: None) -> LaidOut:
        """The pages of the document; one empty page for a document without words.

        ``tick`` counts the blocks; what it raises ends the work.
        """
        pages = _Dealer(page_size(self._profile)).pages(self._items(document.blocks, tick))
        return LaidOut(document, tuple(pages), self.faces)

    def _items(
        self, blocks: Sequence[Block], tick: Callable[[int, int], object]
    ) -> Iterator[_Item | _TableItem | _NewPage]:
        indents = closing_indents(self._setter, blocks)
        fresh: dict[_Key, tuple[SetLine, ...]] = {}
        tables: dict[tuple[Table, bool], SetTable] = {}
        above, landscape, last = 0.0, False, len(blocks) - 1
        for place, block in enumerate(blocks):
            tick(place, len(blocks))
            if block.kind is Kind.PAGE:
                landscape = block.landscape
                if place < last:
                    yield _NewPage(landscape)
                continue
            setter = self._lying_setter if landscape else self._setter
            following = blocks[place + 1] if place < last and blocks[place + 1].kind is not Kind.PAGE else None
            if block.table is not None:
                wanted = (block.table, landscape)
                tables[wanted] = self._tables.get(wanted) or tables.get(wanted) or set_table(block.table, setter)
                yield _TableItem(place, tables[wanted], above)
                above = _BETWEEN_TABLES if following is not None and following.kind is Kind.TABLE else 0.0
                continue
            key = (block, indents.get(place), landscape)
            lines = fresh[key] = self._known.get(key) or fresh.get(key) or setter.lines(block, indents.get(place))
            yield from self._glued(place, block, lines, following, above + self._above(blocks, place))
            above = self._below(block, following)
        self._known, self._tables = fresh, tables  # what is no longer in the document is forgotten

    def _glued(
        self, place: int, block: Block, lines: Sequence[SetLine], following: Block | None, before: float
    ) -> Iterator[_Item]:
        whole = block.kind in _WITH_NEXT and following is not None
        with_next = whole or _goes_with_closing(block, following)
        last = len(lines) - 1
        for number, line in enumerate(lines):
            glued = with_next if number == last else whole or self._widow(number, last)
            yield _Item(place, line, 0.0 if number else before, glued)

    def _widow(self, number: int, last: int) -> bool:
        """Two lines at least stay together at either end of a paragraph, where the profile wants it."""
        return self._profile.widow_control and number in (0, last - 1)

    def _above(self, blocks: Sequence[Block], place: int) -> float:
        block, before = blocks[place], blocks[place - 1].kind if place else None
        lines = 0
        if block.kind in _CLOSING and before not in _CLOSING:
            lines = self._profile.lines_above_closing
        elif (block.kind is Kind.TITLE and before is Kind.LABEL) or (
            block.kind is Kind.ENCLOSURE and block.text.startswith(ENCLOSURES)
        ):
            lines = 1
        return lines * self._profile.line_pitch / 20

    def _below(self, block: Block, following: Block | None) -> float:
        last = block.kind is Kind.TITLE and following is not None and following.kind is not Kind.TITLE
        return self._profile.lines_below_title * self._profile.line_pitch / 20 if last else 0.0


class _Dealer:
    """Deals lines and tables out to pages."""

    def __init__(self, size: PageSize) -> None:
        self._upright, self._lying = size, turned(size)
        self._pages: list[Page] = []
        self._landscape = False
        self._clear()

    def pages(self, items: Iterator[_Item | _TableItem | _NewPage]) -> list[Page]:
        group: list[_Item] = []
        for item in items:
            if isinstance(item, _Item):
                group.append(item)
                if item.glued:
                    continue
            elif isinstance(item, _TableItem):
                self._put_table(group, item)
                group = []
                continue
            self._put(group)
            group = []
            if isinstance(item, _NewPage):
                if self._used:
                    self._turn()
                self._landscape = item.landscape
        self._put(group)
        if self._used or not self._pages:
            self._turn()
        return self._pages

    @property
    def _size(self) -> PageSize:
        return self._lying if self._landscape else self._upright

    @property
    def _used(self) -> bool:
        return bool(self._lines or self._rules)

    def _clear(self) -> None:
        self._lines: list[PlacedLine] = []
        self._rules: list[Rule] = []
        self._top = 0.0

    def _turn(self) -> None:
        self._pages.append(Page(len(self._pages) + 1, tuple(self._lines), self._landscape, tuple(self._rules)))
        self._clear()

    def _height(self, item: _Item) -> float:
        return item.line.height or self._upright.pitch

    def _put(self, group: Sequence[_Item], behind: float = 0.0) -> None:
        """Lines that stand on one page, together with ``behind`` points of a table."""
        room = self._size.text_height
        need = sum(item.before + self._height(item) for item in group) + behind
        if self._used and self._top + need > room + _SLACK and need <= room:
            self._turn()
        for item in group:
            if self._used and self._top + item.before + self._height(item) > room + _SLACK:
                self._turn()
            self._top += item.before if self._used else 0.0
            self._lines.append(PlacedLine(item.block, item.line, self._top))
            self._top += self._height(item)

    def _put_table(self, group: Sequence[_Item], item: _TableItem) -> None:
        self._put(group, item.before + item.table.least)
        flow = TableFlow(item.table)
        before = item.before if self._used else 0.0
        while flow.left:
            top = self._top + before
            part = flow.part(self._size.text_height - top, fresh=not self._used)
            if part is not None:
                self._lines += [PlacedLine(item.block, line, top + down, cell) for line, down, cell in part.lines]
                self._rules += [
                    Rule(rule.left, rule.top + top, rule.right, rule.bottom + top, rule.width) for rule in part.rules
                ]
                self._top = top + part.height
            if flow.left:
                self._turn()
            before = 0.0


def _goes_with_closing(block: Block, following: Block | None) -> bool:
    """A signature must not stand alone on a page; a long text is not carried over for it."""
    if following is None or following.kind not in _WITH_CLOSING:
        return False
    return block.kind is Kind.ENCLOSURE or (block.kind is Kind.PARAGRAPH and text_width(block.text) <= _SHORT)
