"""Column widths and row heights of a printed table, reckoned from its texts.

Widths are whole Chinese characters of the body, so that every renderer breaks lines at the same places. A page's width
is shared out so that no column stands much higher than the others; an empty column keeps room for its caption.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from zhenggai_desktop.domain.ledger_table import LedgerTable, Merge, Value
from zhenggai_desktop.formats.excel_rows import TALLEST_ROW
from zhenggai_desktop.formats.text_fit import line_count, text_width

BODY_SIZE = 10.0  # points
LINE_PITCH = 14.5  # points; 1.45 × the size: the fonts that stand in for 仿宋 elsewhere are this high
ROW_PADDING = 5.0  # points, above and below together

_LEAST = 2  # characters: a caption of four breaks into two lines
_MOST = 50
_DATE = 7  # 2025-12-31 must fit on one line, or Excel shows ####
_SAMPLE = 4_000  # rows looked at for the widths
_USUAL = 0.9  # a column is as wide as nine in ten of its texts ask for
_HELD_BY_FIRST = 6 * LINE_PITCH  # by how much a first row may grow to hold a merged text alone


@dataclass(frozen=True, slots=True)
class Layout:
    """Widths in characters, heights in points: of each row of the table, unlimited, and of the header."""

    widths: tuple[int, ...]
    heights: list[float]
    header_height: float

    def parts(self, row: int) -> int:
        """Into how many rows of the sheet a row of the table must be divided (Excel's limit is 409 points)."""
        return ceil(self.heights[row] / TALLEST_ROW)


def lay_out(table: LedgerTable, room: int) -> Layout:
    """Widths that use at most ``room`` characters where the least widths allow it, and the heights they ask for."""
    widths = column_widths(table, room)
    caption_lines = max(map(line_count, table.captions, widths), default=1)
    return Layout(tuple(widths), row_heights(table, widths), height_of(caption_lines) + ROW_PADDING)


def height_of(lines: int) -> float:
    """The height in points of a cell with so many lines; an empty one is as high as one line."""
    return float(ceil(max(lines, 1) * LINE_PITCH + ROW_PADDING))


# --- widths


def column_widths(table: LedgerTable, room: int) -> list[int]:
    """Characters for each column: character by character to the column whose usual text stands highest.

    Looks at the first few thousand rows only; the heights are reckoned for all.
    """
    columns = list(zip(*(row.cells for row in table.rows[:_SAMPLE]), strict=True))
    if not columns:
        return [_LEAST] * len(table.keys)
    spans = _spans(table.merges)
    needs = [_usual_need(values, spans.get(at, {})) for at, values in enumerate(columns)]
    widths = [_least_width(values) for values in columns]
    for _ in range(room - sum(widths)):
        highest = max(range(len(widths)), key=lambda at: needs[at] / widths[at] if widths[at] < _MOST else 0.0)
        if needs[highest] <= widths[highest]:
            break
        widths[highest] += 1
    return widths


def _spans(merges: Sequence[Merge]) -> dict[int, dict[int, int]]:
    """By column and row: over how many rows the cell reaches."""
    spans: dict[int, dict[int, int]] = {}
    for merge in merges:
        if merge.first < _SAMPLE:
            rows = range(merge.first, merge.last + 1)
            spans.setdefault(merge.column, {}).update(dict.fromkeys(rows, len(rows)))
    return spans


def _usual_need(values: Sequence[Value], spans: dict[int, int]) -> float:
    """The length in characters for each row that nine in ten of the texts do not exceed; 0 for an empty column."""
    needs = sorted(len(value) / spans.get(at, 1) for at, value in enumerate(values) if isinstance(value, str) and value)
    return needs[int((len(needs) - 1) * _USUAL)] if needs else 0.0


def _least_width(values: Sequence[Value]) -> int:
    """Room for the caption, and for what has no place to break: dates, ordinals."""
    if any(isinstance(value, dt.date) for value in values):
        return _DATE
    unbroken = (text_width(str(value)) for value in values if value and str(value).isascii() and len(str(value)) < 12)
    return max(_LEAST, ceil(max(unbroken, default=0.0)))


# --- heights


def row_heights(table: LedgerTable, widths: Sequence[int]) -> list[float]:
    """The height of each row in points, such that every text is seen, also where it stands in merged cells."""
    merged = {merge.column for merge in table.merges}
    alone = [at for at in range(len(widths)) if at not in merged]
    heights = [height_of(max((_lines(row.cells[at], widths[at]) for at in alone), default=1)) for row in table.rows]
    _give_room_to_merged(table, widths, merged, heights)
    return heights


def _lines(value: Value, width: int) -> int:
    if isinstance(value, str):
        return line_count(value, width) if len(value) > width or "\n" in value else 1
    return 1


def _give_room_to_merged(table: LedgerTable, widths: Sequence[int], merged: set[int], heights: list[float]) -> None:
    """Raise rows until merged texts fit, short runs first: what they gain the longer runs have too.

    A page breaks between rows, and would cut through a line of a merged text there; so the first row alone holds
    the text where that costs little. Otherwise all rows of the run grow alike.
    """
    for merge in _runs(table, merged):
        need = height_of(_lines(table.rows[merge.first].cells[merge.column], widths[merge.column]))
        first = heights[merge.first]
        if need - first <= _HELD_BY_FIRST:
            heights[merge.first] = max(first, need)
            continue
        rows = range(merge.first, merge.last + 1)
        missing = need - sum(heights[merge.first : merge.last + 1])
        if missing > 0:
            for row in rows:
                heights[row] += ceil(missing / len(rows))


def _runs(table: LedgerTable, columns: set[int]) -> list[Merge]:
    """All cells of the columns that have merged cells, single ones among them, short ones first."""
    runs = list(table.merges)
    for column in columns:
        covered = 0
        for merge in (*(merge for merge in table.merges if merge.column == column), None):
            end = len(table.rows) if merge is None else merge.first
            runs += [Merge(column, row, row) for row in range(covered, end)]
            covered = end if merge is None else merge.last + 1
    return sorted(runs, key=lambda run: run.last - run.first)
