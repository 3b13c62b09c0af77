"""Tables on pages: cells set in lines, rows as high as their words, broken between rows and inside long ones.

The measures are those of the Word writer: fixed shares of the width, the same room around the words, the head repeated
on each page, words in the middle of their cell. A cell over several rows that a page's end parts goes on with the words
that are left.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from zhenggai_desktop.domain.blocks import Cell, Table
from zhenggai_desktop.domain.layout import CELL_ABOVE, CELL_SIDE, WHOLE_ROW, column_edges
from zhenggai_desktop.paper.setting import POINTS_PER_MM, SetLine, Setter

OUTER, INNER = 1.0, 0.5  # points: how thick the lines are
_SIDE, _ABOVE = CELL_SIDE / 20, CELL_ABOVE / 20
_SLACK = 0.05
_ENDLESS = 1e9


@dataclass(frozen=True, slots=True)
class Rule:
    """A line of a table in points, from the upper left corner of the text area or of the table's part."""

    left: float
    top: float
    right: float
    bottom: float
    width: float


@dataclass(frozen=True, slots=True)
class SetCell:
    """A cell between two edges over ``rows`` rows, with its words in lines."""

    left: float
    right: float
    rows: int
    lines: tuple[SetLine, ...]

    @property
    def need(self) -> float:
        """The height that the words want."""
        return _need(self.lines)


@dataclass(frozen=True, slots=True)
class SetRow:
    """The cells that begin in a row; ``height`` is what cells of this row alone want. ``parts`` at a page's end?"""

    cells: tuple[SetCell, ...]
    height: float
    parts: bool


@dataclass(frozen=True, slots=True)
class SetTable:
    """``head`` of the rows are repeated on each page."""

    rows: tuple[SetRow, ...]
    head: int

    @property
    def least(self) -> float:
        """What must stand on a page at the least: the head and the first row, or the beginning of a long one."""
        head = sum(row.height for row in self.rows[: self.head])
        first = self.rows[self.head] if self.head < len(self.rows) else None
        if first is None:
            return head
        line = max((line.height for cell in first.cells for line in cell.lines), default=0.0)
        return head + (min(first.height, line + 2 * _ABOVE) if first.parts else first.height)


def set_table(table: Table, setter: Setter) -> SetTable:
    """The table as wide as the setter's text."""
    edges = column_edges(table.widths, setter.width)
    return SetTable(tuple(_rows(table, edges, setter)), min(table.head_rows, max(len(table.rows) - 1, 0)))


def _rows(table: Table, edges: Sequence[float], setter: Setter) -> Iterator[SetRow]:
    covered: dict[int, int] = {}  # column → rows that a cell above still covers
    count, columns = len(table.rows), len(edges) - 1
    for number, row in enumerate(table.rows):
        cells: list[SetCell] = []
        at = 0
        while at < columns:
            if covered.get(at, 0):
                covered[at] -= 1
                at += 1
                continue
            cell = (row[at] if at < len(row) else None) or Cell("")
            span = max(min(cell.columns, columns - at), 1)
            rows = max(min(cell.rows, count - number), 1)
            left, right = edges[at], edges[at + span]
            lines = setter.cell_lines(cell, left + _SIDE, right - _SIDE, roomy=table.roomy)
            cells.append(SetCell(left, right, rows, lines))
            covered |= {column: rows - 1 for column in range(at, at + span) if rows > 1}
            at += span
        wanted = table.heights[number] * POINTS_PER_MM if number < len(table.heights) else 0.0
        height = max([wanted, *(cell.need for cell in cells if cell.rows == 1)])
        longest = max((len(cell.text) for cell in row if cell), default=0)
        yield SetRow(tuple(cells), height, longest > WHOLE_ROW)


@dataclass(slots=True)
class Part:
    """What of a table stands on one page: its lines with their tops and their cell's edges, and its rules."""

    height: float = 0.0
    lines: list[tuple[SetLine, float, tuple[float, float]]] = field(
        default_factory=list[tuple[SetLine, float, tuple[float, float]]]
    )
    rules: list[Rule] = field(default_factory=list[Rule])

    def put(self, cell: SetCell, lines: Sequence[SetLine], top: float, bottom: float) -> None:
        """A cell's box with words in its middle."""
        down = top + max((bottom - top - sum(line.height for line in lines)) / 2, 0.0)
        for line in lines:
            self.lines.append((line, down, (cell.left, cell.right)))
            down += line.height
        for left, right, y, end in (
            (cell.left, cell.right, top, top),
            (cell.left, cell.right, bottom, bottom),
            (cell.left, cell.left, top, bottom),
            (cell.right, cell.right, top, bottom),
        ):
            self.rules.append(Rule(left, y, right, end, INNER))

    def close(self) -> None:
        """Draw each line once, those around the part thicker."""
        right = max((rule.right for rule in self.rules), default=0.0)
        found: dict[tuple[float, float, float, float], Rule] = {}
        for rule in self.rules:
            outer = rule.left == rule.right in (0.0, right) or rule.top == rule.bottom in (0.0, self.height)
            key = (rule.left, rule.top, rule.right, rule.bottom)
            found[key] = Rule(*key, OUTER if outer else INNER)
        self.rules = list(found.values())


@dataclass(slots=True)
class _Open:
    """A cell over several rows that has begun: what is left of its words, where it begins on this page."""

    cell: SetCell
    last: int  # its last row
    lines: list[SetLine]
    top: float


class TableFlow:
    """A table on its way over pages; ``part`` gives page by page what fits."""

    def __init__(self, table: SetTable) -> None:
        self._table = table
        self._at = 0
        self._rest: list[list[SetLine]] | None = None  # of the row that the last page's end parted
        self._open: list[_Open] = []

    @property
    def left(self) -> bool:
        """True while rows are left."""
        return self._at < len(self._table.rows)

    def part(self, room: float, *, fresh: bool) -> Part | None:
        """What fits into ``room``; None where that is nothing and the page is not ``fresh``: then turn it."""
        part = Part()
        if self._at >= self._table.head > 0:
            self._repeat_head(part)
        head = part.height
        for cell in self._open:
            cell.top = head
        while self.left and self._row(part, room, fresh=fresh and part.height == head):
            pass
        if part.height == head:
            return None
        self._hold(part)
        part.close()
        return part

    def _repeat_head(self, part: Part) -> None:
        head = TableFlow(SetTable(self._table.rows[: self._table.head], 0)).part(_ENDLESS, fresh=True)
        if head is not None:
            part.height, part.lines, part.rules = head.height, head.lines, head.rules

    def _row(self, part: Part, room: float, *, fresh: bool) -> bool:
        """Put the next row, or the beginning of it; false where the page ends here. ``fresh``: something must go."""
        row, top = self._table.rows[self._at], part.height
        lines = self._rest or [list(cell.lines) for cell in row.cells]
        alone = [rest for cell, rest in zip(row.cells, lines, strict=True) if cell.rows == 1]
        height = max([0.0 if self._rest else row.height, *map(_need, alone)])
        ending = [one for one in self._open if one.last == self._at]
        height = max([height, *(one.top + _need(one.lines) - top for one in ending)])
        if top + height <= room + _SLACK:
            self._put(part, row, lines, height)
            self._at += 1
            self._rest = None
            return True
        if not row.parts and not fresh:
            return False
        return self._begin(part, row, lines, room, fresh=fresh)

    def _put(self, part: Part, row: SetRow, lines: list[list[SetLine]], height: float) -> None:
        top, bottom = part.height, part.height + height
        for cell, rest in zip(row.cells, lines, strict=True):
            if cell.rows == 1:
                part.put(cell, rest, top, bottom)
            elif self._rest is None:
                self._open.append(_Open(cell, self._at + cell.rows - 1, rest, top))
        for one in [one for one in self._open if one.last == self._at]:
            part.put(one.cell, one.lines, one.top, bottom)
            self._open.remove(one)
        part.height = bottom

    def _begin(self, part: Part, row: SetRow, lines: list[list[SetLine]], room: float, *, fresh: bool) -> bool:
        """The lines of a long row that still fit; the others follow on the next page. Always false: the page ends."""
        free = room - part.height - 2 * _ABOVE
        now: list[list[SetLine]] = []
        for rest in lines:
            fit, used = 0, 0.0
            while fit < len(rest) and used + rest[fit].height <= free + _SLACK:
                used += rest[fit].height
                fit += 1
            now.append(rest[:fit])
        if not any(now):
            if not fresh:
                return False
            now = [rest[:1] for rest in lines]  # not even a line fits on a whole page
        bottom = max([room, *(part.height + _need(rest) for rest in now)]) if room < _ENDLESS else part.height
        top = part.height
        for at, cell in enumerate(row.cells):
            if cell.rows == 1:
                part.put(cell, now[at], top, bottom)
            elif self._rest is None:
                self._open.append(_Open(cell, self._at + cell.rows - 1, lines[at], top))
        part.height = bottom
        self._rest = [rest[len(done) :] for rest, done in zip(lines, now, strict=True)]
        return False

    def _hold(self, part: Part) -> None:
        """Cells that go on on the next page: as many of their words as have room here."""
        for one in self._open:
            free, fit, used = part.height - one.top - 2 * _ABOVE, 0, 0.0
            while fit < len(one.lines) and used + one.lines[fit].height <= free + _SLACK:
                used += one.lines[fit].height
                fit += 1
            part.put(one.cell, one.lines[:fit], one.top, part.height)
            one.lines = one.lines[fit:]


def _need(lines: Sequence[SetLine]) -> float:
    return sum(line.height for line in lines) + 2 * _ABOVE
