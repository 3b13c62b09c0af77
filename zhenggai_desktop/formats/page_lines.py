"""Pieces of text with their places on a page as lines in reading order, page by page and column by column.

PDF and OFD keep no paragraphs, only characters at places. Places are in points from the upper left corner.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

_SAME_LINE = 0.45
"""Baselines nearer than this part of the character size are one line: raised figures and mixed fonts stay in it."""
_WORD_GAP = 0.28
"""A wider gap, in character sizes, between Latin letters or figures is a blank."""
_CHINESE_GAP = 0.9
"""A wider gap next to a Chinese character is a blank: justified lines spread characters less."""
_CELL_GAP = 2.2
"""A wider gap parts columns, cells of a table, or a name from its date."""
_SAME_PLACE = 0.2
"""The same sign again within this part of its size is drawn twice to look bold."""
_COLUMN_LINES = 4
"""Fewest lines on either side of what may be the gap between two columns."""
_COLUMN_FILLED = 0.62
"""How much of its column a line of prose fills, in the middle of all lines; cells of a table fill less."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some characters that stand together: left and right edge, baseline (downwards) and size."""

    text: str
    left: float
    right: float
    base: float
    size: float


@dataclass(frozen=True, slots=True)
class PageText:
    """What stands on one page; ``aside`` are words that do not run along the lines (watermarks)."""

    width: float
    height: float
    pieces: tuple[Piece, ...]
    aside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of a page. ``column`` counts from 0 and is the same for lines that one edge belongs to."""

    text: str
    left: float
    right: float
    base: float
    size: float
    column: int = 0
    cells: int = 1


@dataclass(slots=True)
class _Row:
    """Pieces on one baseline, from left to right once it is closed."""

    pieces: list[Piece] = field(default_factory=list[Piece])

    @property
    def base(self) -> float:
        return self.pieces[0].base


def lines_of_page(page: PageText) -> list[TextLine]:
    """The lines of a page as they are read: downwards; where there are two columns, first the left one."""
    segments = [segment for row in _rows(page.pieces) for segment in _segments(row)]
    gutter = _gutter([line for row in segments for line in row])
    if gutter is None:
        return [_joined(row) for row in segments]
    return _by_columns(segments, gutter)


def _rows(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """Pieces by baseline from top to bottom, each row from left to right."""
    rows: list[_Row] = []
    for piece in sorted(pieces, key=lambda piece: (piece.base, piece.left)):
        row = rows[-1] if rows else None
        if row is not None and piece.base - row.base <= _SAME_LINE * max(piece.size, row.pieces[0].size):
            row.pieces.append(piece)
        else:
            rows.append(_Row([piece]))
    return [_without_doubles(sorted(row.pieces, key=lambda piece: piece.left)) for row in rows]


def _without_doubles(row: list[Piece]) -> list[Piece]:
    kept: list[Piece] = []
    for piece in row:
        doubled = any(
            other.text == piece.text and abs(other.left - piece.left) < _SAME_PLACE * piece.size for other in kept[-3:]
        )
        if not doubled:
            kept.append(piece)
    return kept


def _segments(row: Sequence[Piece]) -> list[list[TextLine]]:
    """The row as one list of the stretches that wide gaps part; none where it shows nothing."""
    groups: list[list[Piece]] = []
    blank: list[Piece] = []
    for piece in row:
        if not piece.text.strip():
            blank = [piece]
            continue
        before = groups[-1][-1] if groups else None
        if before is not None and piece.left - before.right <= _CELL_GAP * max(piece.size, before.size):
            groups[-1] += [*blank, piece]
        else:
            groups.append([piece])
        blank = []
    return [[_line(group) for group in groups]] if groups else []


def _line(pieces: Sequence[Piece]) -> TextLine:
    text = pieces[0].text
    for before, piece in pairwise(pieces):
        text += _blank(before, piece) + piece.text
    return TextLine(
        text.strip(),
        pieces[0].left,
        max(piece.right for piece in pieces),
        pieces[0].base,
        median(piece.size for piece in pieces),
    )


def _blank(before: Piece, piece: Piece) -> str:
    """A blank where the gap between two pieces reads as one."""
    if before.text[-1].isspace() or piece.text[0].isspace():
        return ""
    latin = before.text[-1].isascii() and piece.text[0].isascii()
    gap = (piece.left - before.right) / max(piece.size, before.size, 0.1)
    return " " if gap > (_WORD_GAP if latin else _CHINESE_GAP) else ""


def _joined(row: Sequence[TextLine]) -> TextLine:
    """The stretches of a row as one line."""
    if len(row) == 1:
        return row[0]
    first = row[0]
    return TextLine(
        "　".join(line.text for line in row),
        first.left,
        max(line.right for line in row),
        first.base,
        median(line.size for line in row),
        cells=len(row),
    )


def _gutter(lines: Sequence[TextLine]) -> float | None:
    """Where two columns of prose part; None for a page of one column, and for a table, whose cells are short."""
    if len(lines) < 2 * _COLUMN_LINES:
        return None
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    starts = sorted({round(line.left, 1) for line in lines if left + 0.3 * (right - left) < line.left})
    for start in starts:
        if start > left + 0.75 * (right - left):
            break
        place = start - 0.5
        before = [line for line in lines if line.right <= place]
        after = [line for line in lines if line.left >= place]
        crossing = len(lines) - len(before) - len(after)
        if (
            min(len(before), len(after)) >= _COLUMN_LINES
            and crossing * 3 <= len(lines)
            and (
                _filled(before, left, max((line.right for line in before), default=left))
                and _filled(after, start, right)
                and _side_by_side(before, after)
            )
        ):
            return place
    return None


def _filled(lines: Sequence[TextLine], left: float, right: float) -> bool:
    """True where most lines fill the column as prose does, and the column is wide enough for prose."""
    width = right - left
    size = median(line.size for line in lines)
    return width >= 8 * size and median(line.right - line.left for line in lines) >= _COLUMN_FILLED * width


def _side_by_side(before: Sequence[TextLine], after: Sequence[TextLine]) -> bool:
    top = max(min(line.base for line in before), min(line.base for line in after))
    bottom = min(max(line.base for line in before), max(line.base for line in after))
    return sum(top <= line.base <= bottom for line in (*before, *after)) >= len(before)


def _by_columns(rows: Sequence[Sequence[TextLine]], gutter: float) -> list[TextLine]:
    """Lines across the page part it into bands; in each band the left column comes before the right one."""
    done: list[TextLine] = []
    columns: tuple[list[TextLine], list[TextLine]] = ([], [])

    def flush() -> None:
        for column in columns:
            done.extend(column)
            column.clear()

    for row in rows:
        sides = [[line for line in row if line.right <= gutter], [line for line in row if line.left >= gutter]]
        if len(sides[0]) + len(sides[1]) < len(row) or _centred_across(row, gutter):
            flush()
            done.append(_joined(row))
            continue
        for number, side in enumerate(sides):
            if side:
                columns[number].append(_in_column(_joined(side), number + 1))
    flush()
    return done


def _centred_across(row: Sequence[TextLine], gutter: float) -> bool:
    """A page number under two columns stands alone in its row, near neither column's middle."""
    return len(row) == 1 and len(row[0].text) <= 12 and PAGE_NUMBER.fullmatch(row[0].text) is not None and bool(gutter)


def _in_column(line: TextLine, column: int) -> TextLine:
    return TextLine(line.text, line.left, line.right, line.base, line.size, column, line.cells)


PAGE_NUMBER = re.compile(
    r"[—–\-－‒―•·~～\s]*\d{1,4}[—–\-－‒―•·~～\s]*|第\s*\d{1,4}\s*页(?:\s*[，,/]?\s*共\s*\d{1,4}\s*页)?|\d{1,4}\s*/\s*\d{1,4}"
)
"""A line that is the number of a page (GB/T 9704-2012 7.5: a dash, the number, a dash)."""
