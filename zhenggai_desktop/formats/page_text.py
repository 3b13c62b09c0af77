"""Pages as paragraphs: lines joined where a sentence goes on, running heads and page numbers kept apart.

A line that reaches the right edge goes on in the next one, unless that one is set in by two characters or stands
apart by size or distance (GB/T 9704-2012 7.3.3: each paragraph is set in by two characters, the lines after begin at
the edge). Nothing is dropped: what is no text of the document stands with its words in a remark.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from zhenggai_desktop.domain.blocks import SourceDocument, SourceParagraph, SourceRemark
from zhenggai_desktop.domain.cleaning import cleaned, without_invisible
from zhenggai_desktop.domain.numbering import leading_mark
from zhenggai_desktop.domain.source_lines import TERMINAL
from zhenggai_desktop.formats.page_lines import PAGE_NUMBER, PageText, TextLine, lines_of_page

_MARGIN = 0.13
"""The part of a page's height at its top and bottom in which running heads and page numbers stand."""
_SHORT = 1.6
"""A line that ends this many character sizes before the edge ends its paragraph."""
_RAGGED = 3.2
"""Text that is not stretched may end this many character sizes before the edge."""
_INDENT = 1.4
"""A line set in by this many character sizes and more begins a paragraph (two are the rule)."""
_APART = 1.45
"""A distance of this many usual line distances parts paragraphs."""
_OTHER_SIZE = 1.18
"""A line larger or smaller by this factor belongs to another paragraph."""
_CENTRED_FROM = 3.0
"""A line this many character sizes in from both edges alike is centred; less may be an indent by chance."""
_MANY_LINES = 6
"""Fewer lines than these do not show where the edges of their text are."""
_AT_THE_EDGE = 0.8
"""Lines that end within this part of a character size end at the same place."""
_NARROW = 0.75
"""Text that reaches less than this part of the way to the right margin consists of short lines only."""
_TABLE_ROWS = 3
"""From so many rows with wide gaps on one page a remark says that it looks like a table."""

_CLOSED = TERMINAL + "”"


@dataclass(frozen=True, slots=True)
class _Placed:
    """A line of the document: its number among all lines, its page (from 1) and the edges of its column."""

    number: int
    page: int
    line: TextLine
    left: float
    right: float
    pitch: float


@dataclass(slots=True)
class _Paragraph:
    first: _Placed
    last: _Placed
    text: str
    centred: bool


def document_of(pages: Sequence[PageText], name: str) -> SourceDocument:
    """The document on ``pages``; lines are counted through all pages from 1, page numbers included."""
    numbered: list[tuple[int, int, TextLine]] = []
    for number, page in enumerate(pages, start=1):
        numbered += [(len(numbered) + i, number, line) for i, line in enumerate(lines_of_page(page), start=1)]
    furniture = _furniture(numbered, pages)
    remarks = [_furniture_remark(entry) for entry in numbered if entry[0] in furniture]
    body = [entry for entry in numbered if entry[0] not in furniture]
    paragraphs: list[SourceParagraph] = []
    for paragraph in _paragraphs(_placed(body, pages)):
        text = cleaned(without_invisible(paragraph.text))[0].replace("\n", "").strip()
        if text:
            paragraphs.append(SourceParagraph(paragraph.first.number, text, centred=paragraph.centred))
    remarks += _page_remarks(numbered, pages)
    return SourceDocument(name, tuple(paragraphs), tuple(remarks))


def _furniture(lines: Sequence[tuple[int, int, TextLine]], pages: Sequence[PageText]) -> set[int]:
    """Numbers of the lines that are page numbers, or the same at the same place on several pages."""
    at_edge = [entry for entry in lines if _in_margin(entry[2], pages[entry[1] - 1])]
    outermost = _outermost(lines)
    found = {number for number, _, line in at_edge if number in outermost and PAGE_NUMBER.fullmatch(line.text)}
    alike: dict[tuple[str, int], list[tuple[int, int]]] = defaultdict(list)
    for number, page, line in at_edge:
        alike[re.sub(r"\d+", "#", line.text), round(line.base / 6)].append((number, page))
    for places in alike.values():
        if len({page for _, page in places}) >= max(2, len(pages) // 3):
            found |= {number for number, _ in places}
    return found


def _in_margin(line: TextLine, page: PageText) -> bool:
    return line.base < _MARGIN * page.height or line.base > (1 - _MARGIN) * page.height


def _outermost(lines: Sequence[tuple[int, int, TextLine]]) -> set[int]:
    """The numbers of the two lines at the top and at the bottom of each page."""
    by_page: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for number, page, line in lines:
        by_page[page].append((line.base, number))
    ordered = [sorted(places) for places in by_page.values()]
    return {number for places in ordered for _, number in (*places[:2], *places[-2:])}


def _furniture_remark(entry: tuple[int, int, TextLine]) -> SourceRemark:
    number, page, line = entry
    return SourceRemark("page-furniture", number, f"第{page}页的页眉页码没有读入正文：“{line.text}”")


def _page_remarks(lines: Sequence[tuple[int, int, TextLine]], pages: Sequence[PageText]) -> list[SourceRemark]:
    """Words that run aslant, pages that look like tables, pages without a word."""
    first = {page: number for number, page, _ in reversed(lines)}
    remarks = [
        SourceRemark("aslant", first.get(page, 1), f"第{page}页斜排或竖排的文字没有读入正文：“{words}”")
        for page, shown in enumerate(pages, start=1)
        for words in shown.aside
    ]
    rows = Counter(page for _, page, line in lines if line.cells > 1)
    remarks += [
        SourceRemark("table-on-page", first[page], f"第{page}页像是表格，文字按行读出，请对照原文核对")
        for page, count in rows.items()
        if count >= _TABLE_ROWS
    ]
    empty = [page for page, shown in enumerate(pages, start=1) if not shown.pieces]
    if empty and len(empty) < len(pages):
        listed = "、".join(map(str, empty[:20]))
        remarks.append(SourceRemark("page-without-text", 1, f"第{listed}页没有文字，可能是扫描图片或空白页，请核对"))
    return remarks


def _placed(lines: Sequence[tuple[int, int, TextLine]], pages: Sequence[PageText]) -> list[_Placed]:
    """The lines with the edges of their columns: on one page, or on all where one page has too few to tell."""
    by_column: dict[tuple[int, int], list[TextLine]] = defaultdict(list)
    for _, page, line in lines:
        by_column[page, line.column].append(line)
    everywhere: dict[int, list[TextLine]] = defaultdict(list)
    for (_, column), found in by_column.items():
        everywhere[column] += found
    edges = {
        (page, column): _edges(
            found if len(found) >= _MANY_LINES else everywhere[column],
            pages[page - 1].width if column == 0 else 0,
        )
        for (page, column), found in by_column.items()
    }
    return [_Placed(number, page, line, *edges[page, line.column]) for number, page, line in lines]


def _edges(lines: Sequence[TextLine], page_width: float) -> tuple[float, float, float]:
    """Left edge (where most lines begin that are not set in), right edge, and the usual distance of lines.

    Where few lines end at the right edge it is not seen: it is taken to be as far from the page's as the left one.
    ``page_width`` is 0 for columns, which have no such margin.
    """
    size = median(line.size for line in lines)
    starts = Counter(round(line.left / max(size, 1) * 2) for line in lines)
    common = [start for start, count in starts.items() if count * 8 >= len(lines)] or list(starts)
    left = min(line.left for line in lines if round(line.left / max(size, 1) * 2) == min(common))
    right = _reached([line.right for line in lines], size)
    mirrored = page_width - left
    ending_there = sum(abs(line.right - right) < _AT_THE_EDGE * size for line in lines)
    seen = ending_there >= max(3, len(lines) / 5) and right > _NARROW * mirrored
    if not seen and left < right < mirrored - _SHORT * size:
        right = mirrored
    steps = [after.base - before.base for before, after in pairwise(lines)]
    ordinary = [step for step in steps if 0 < step < 4 * size]
    return left, right, median(ordinary) if ordinary else 1.8 * size


def _reached(ends: Sequence[float], size: float) -> float:
    """The right edge: the farthest end that others come near, so that one line too long does not count."""
    ordered = sorted(ends, reverse=True)
    if len(ordered) < _MANY_LINES:
        return ordered[0]
    return next((end for end, following in pairwise(ordered) if end - following <= size), ordered[0])


def _paragraphs(lines: Sequence[_Placed]) -> list[_Paragraph]:
    sets_in = _sets_in(lines)
    done: list[_Paragraph] = []
    for placed in lines:
        if done and _goes_on(done[-1], placed, sets_in=sets_in):
            done[-1].text = _glued(done[-1].text, placed.line.text)
            done[-1].last = placed
            done[-1].centred = False
        else:
            done.append(_Paragraph(placed, placed, placed.line.text, _is_centred(placed)))
    return done


def _sets_in(lines: Sequence[_Placed]) -> bool:
    """True where the document sets in the first lines of its paragraphs: seen after lines that end early."""
    openings = [
        _is_set_in(placed)
        for before, placed in pairwise(lines)
        if _ends_early(before) and before.line.cells == placed.line.cells == 1 and not _is_centred(placed)
    ]
    return sum(openings) * 2 > len(openings)


def _goes_on(paragraph: _Paragraph, placed: _Placed, *, sets_in: bool) -> bool:
    """True where ``placed`` is the next line of the paragraph."""
    last, line, size = paragraph.last, placed.line, placed.line.size
    ragged = sets_in and _is_ragged(paragraph, placed)
    if (_ends_early(last) and not ragged) or last.line.cells > 1 or line.cells > 1:
        return False
    if not size / _OTHER_SIZE <= last.line.size <= size * _OTHER_SIZE:
        return False
    if (line.column == 0) != (last.line.column == 0):
        return False
    same_run = placed.page == last.page and line.column == last.line.column
    if same_run and line.base - last.line.base > _APART * placed.pitch:
        return False
    if _is_set_in(placed):
        return _hangs(paragraph, placed)
    return sets_in or paragraph.text[-1] not in _CLOSED or leading_mark(line.text) is None


def _ends_early(placed: _Placed) -> bool:
    return placed.line.right < placed.right - _SHORT * placed.line.size


def _is_ragged(paragraph: _Paragraph, placed: _Placed) -> bool:
    """True where a sentence goes on below a line that is not stretched to the edge: a sign with its comma, or a year,
    did not fit into it any more."""
    last = paragraph.last
    near = last.line.right >= last.right - _RAGGED * last.line.size
    return near and paragraph.text[-1] not in _CLOSED and not _is_set_in(placed) and not leading_mark(placed.line.text)


def _is_set_in(placed: _Placed) -> bool:
    return placed.line.left > placed.left + _INDENT * placed.line.size


def _hangs(paragraph: _Paragraph, placed: _Placed) -> bool:
    """True below a number at the edge whose lines after the first are set in, until one of them ends the sentence."""
    if _is_set_in(paragraph.first) or _is_centred(placed) or paragraph.text[-1] in _CLOSED:
        return False
    below_first = paragraph.last is paragraph.first
    return leading_mark(paragraph.text) is not None and (
        below_first or abs(paragraph.last.line.left - placed.line.left) < placed.line.size / 2
    )


def _is_centred(placed: _Placed) -> bool:
    line = placed.line
    before, after = line.left - placed.left, placed.right - line.right
    return min(before, after) >= _CENTRED_FROM * line.size and abs(before - after) <= 1.2 * line.size


def _glued(text: str, more: str) -> str:
    """Two lines as one text: Latin words keep a blank between them, a figure broken over two lines has none."""
    both_words = text[-1].isascii() and more[0].isascii() and (text[-1].isalpha() and more[0].isalpha())
    return f"{text} {more}" if both_words else text + more
