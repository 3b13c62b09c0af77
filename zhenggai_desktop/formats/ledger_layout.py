"""Column widths and row heights of a printed table, reckoned from its texts.

Widths are whole Chinese characters of the body, so that every renderer breaks lines at the same places. A page's width
is shared out so that no column stands much higher than the others; an empty column keeps room for its caption.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import ceil

from zhenggai_desktop.domain.continued_cells import CONTINUED
from zhenggai_desktop.domain.ledger_table import LedgerTable, Merge, Value
from zhenggai_desktop.formats.excel_rows import TALLEST_ROW
from zhenggai_desktop.formats.text_fit import line_count, pieces, text_width

BODY_SIZE = 10.0  # points
LINE_PITCH = 14.5  # points; 1.45 × the size: the fonts that stand in for 仿宋 elsewhere are this high
ROW_PADDING = 5.0  # points, above and below together
_MOST_LINES = int((TALLEST_ROW - ROW_PADDING) / LINE_PITCH)

_LEAST = 2  # characters: a caption of four breaks into two lines
_PHRASE = 4
_PHRASES = {"issue": 6, "manifestation": 6, "track": 6, "deadline": 5, "leaders": 6, "supporting_departments": 6}
"""Characters: “分阶段整改，”, “2025年底前”, “党委副书记、” with the sign that must not stand on a line alone."""
_PROSE, _PROSE_FROM = 6, 20  # characters: a text of 20 and more is no column of four
_NAMES = frozenset({"leaders", "supporting_departments", "owner", "track"})
_LIST_PART = re.compile("[^、，]+[、，]?")
_LIST_BREAK = re.compile("[、，](?!\n)")
_MOST = {"section": 6, "issue": 16}  # they are merged over many rows and need no width to be short
_MOST_OF_ANY = 50
_EXPECTED = {
    "manifestation": 30, "recommendations": 20, "goal": 14, "content": 40, "leaders": 4, "lead_department": 4,
    "supporting_departments": 4, "owner": 3, "track": 4, "deadline": 4, "progress": 40, "status": 4,
    "completed_on": 6, "outcomes": 14, "evidence": 14, "closing": 4, "note": 6,
}  # characters: an empty column will be filled in by hand  # fmt: skip
_DATE = 6  # 2025-12-31 must fit on one line, or Excel shows ####
_OF_DATES = frozenset({"completed_on"})  # will hold dates, though none may stand there yet
_BY_HAND = frozenset({"note"})  # written by those to whom a sheet is sent
_SAMPLE = 4_000  # rows looked at for the widths
_USUAL = 0.9  # a column is as wide as nine in ten of its texts ask for


@dataclass(frozen=True, slots=True)
class Layout:
    """Widths in characters, heights in points: of each row of the table, unlimited, and of the header.

    ``divided`` has the rows with texts that no row of a sheet can hold.
    """

    table: LedgerTable  # with line breaks between names
    widths: tuple[int, ...]
    heights: list[float]
    header_height: float
    divided: Mapping[int, DividedRow] = field(default_factory=dict[int, "DividedRow"])

    def parts(self, row: int) -> Sequence[float]:
        """The heights of the rows of the sheet that a row of the table takes: several where a text is divided.

        A page breaks between rows, and so between the lines of a text that goes on on the next page.
        """
        divided = self.divided.get(row)
        return divided.heights if divided else (self.heights[row],)


@dataclass(frozen=True, slots=True)
class DividedRow:
    """A row of the table in several of the sheet: by column the texts that go on, a piece for each row."""

    pieces: Mapping[int, Sequence[str]]
    heights: Sequence[float]


def lay_out(table: LedgerTable, room: int) -> Layout:
    """Widths that use at most ``room`` characters where the least widths allow it, and the heights they ask for."""
    widths = column_widths(table, room)
    table = with_unbroken_names(table, widths)
    caption_lines = max(map(line_count, table.captions, widths), default=1)
    heights = row_heights(table, widths)
    divided = divided_rows(table, widths, heights)
    return Layout(table, tuple(widths), heights, height_of(caption_lines) + ROW_PADDING, divided)


def divided_rows(table: LedgerTable, widths: Sequence[int], heights: Sequence[float]) -> dict[int, DividedRow]:
    """The rows that are higher than a row of a sheet may be, in parts."""
    tall = [row for row, height in enumerate(heights) if height > TALLEST_ROW]
    covered = covered_columns(table, tall)
    return {row: _divided(table.rows[row].cells, widths, covered[row]) for row in tall}


def _divided(cells: Sequence[Value], widths: Sequence[int], covered: Collection[int]) -> DividedRow:
    own = [(at, cells[at], width) for at, width in enumerate(widths) if at not in covered]
    lines = {at: _lines(value, width) for at, value, width in own}
    found = {
        at: pieces(value, width, _MOST_LINES, CONTINUED)
        for at, value, width in own
        if isinstance(value, str) and lines[at] > _MOST_LINES
    }
    highest = [max((lines[at] for at in lines if at not in found), default=1)]
    highest += [0] * (max(map(len, found.values())) - 1)
    for column, texts in found.items():
        for at, text in enumerate(texts):
            highest[at] = max(highest[at], line_count(text, widths[column]))
    return DividedRow(found, tuple(map(height_of, highest)))


def covered_columns(table: LedgerTable, rows: Sequence[int]) -> dict[int, set[int]]:
    """For each of ``rows``, which are in order, the columns in which a merged cell that begins above covers it."""
    found = {row: set[int]() for row in rows}
    for merge in table.merges:
        for row in rows[bisect_right(rows, merge.first) : bisect_right(rows, merge.last)]:
            found[row].add(merge.column)
    return found


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
        columns = [()] * len(table.keys)
    needs = [_usual_need(values) or _EXPECTED.get(key, 0) for key, values in zip(table.keys, columns, strict=True)]
    most = [_MOST.get(key, _MOST_OF_ANY) for key in table.keys]
    widths = [_least_width(key, values) for key, values in zip(table.keys, columns, strict=True)]
    wished = table.widths or (0,) * len(widths)
    widths = [wish or width for wish, width in zip(wished, widths, strict=True)]
    most = [wish or limit for wish, limit in zip(wished, most, strict=True)]
    for _ in range(room - sum(widths)):
        highest = max(range(len(widths)), key=lambda at: needs[at] / widths[at] if widths[at] < most[at] else 0.0)
        if needs[highest] <= widths[highest]:
            break
        widths[highest] += 1
    widths = [
        wish or _for_caption(caption, width)
        for wish, caption, width in zip(wished, table.captions, widths, strict=True)
    ]
    widest = max(range(len(widths)), key=lambda at: 0 if wished[at] else widths[at])
    if not wished[widest] and widths[widest] > 2 * _PROSE:  # what the captions took comes from the longest texts
        widths[widest] -= min(max(0, sum(widths) - room), widths[widest] - _PROSE)
    return widths


def _for_caption(caption: str, width: int) -> int:
    """One character more where the caption's words, of two characters each, would else be broken: 完成情/况."""
    return width + 1 if width % 2 and width < len(caption) else width


def _usual_need(values: Sequence[Value]) -> int:
    """The length in characters that nine in ten of the texts do not exceed; 0 for an empty column."""
    lengths = sorted(len(value) for value in values if isinstance(value, str) and value)
    return lengths[ceil((len(lengths) - 1) * _USUAL)] if lengths else 0


def _least_width(key: str, values: Sequence[Value]) -> int:
    """Room for the caption, for names and short phrases, and for what has no place to break: dates, ordinals."""
    if key in _OF_DATES or any(isinstance(value, dt.date) for value in values):
        return _DATE
    if key in _NAMES:
        values = [part for value in values if isinstance(value, str) for part in _LIST_PART.findall(value)]
    expected = _EXPECTED.get(key, 0)
    usual = _usual_need(values) or (expected if expected <= _PHRASE else _PHRASE if key in _BY_HAND else 0)
    comfortable = _PROSE if usual >= _PROSE_FROM else min(usual, _PHRASES.get(key, _PHRASE))
    unbroken = (text_width(str(value)) for value in values if value and str(value).isascii() and len(str(value)) < 12)
    return max(_LEAST, comfortable, ceil(max(unbroken, default=0.0)))


def with_unbroken_names(table: LedgerTable, widths: Sequence[int]) -> LedgerTable:
    """The table with a line break behind 、 and ， in lists of names and in tracks that are wider than their column:
    a name broken over two lines is what a leader sees first."""
    columns = {at for at, key in enumerate(table.keys) if key in _NAMES}
    rows = tuple(
        replace(
            row,
            cells=tuple(
                _LIST_BREAK.sub(r"\g<0>\n", value)
                if at in columns and isinstance(value, str) and len(value) > widths[at]
                else value
                for at, value in enumerate(row.cells)
            ),
        )
        for row in table.rows
    )
    return replace(table, rows=rows)


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
    """Raise rows until merged texts fit: the first row of the run alone holds the text.

    Shared among the run's rows it would take less paper, but a page breaks between rows and would cut through a line
    of the text.
    """
    for run in _runs(table, merged):
        need = height_of(_lines(table.rows[run.first].cells[run.column], widths[run.column]))
        heights[run.first] = max(heights[run.first], need)


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
