"""Where the cells of a Word table stand, merged cells and tracked rows included (ECMA-376 Part 1 §17.4)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhenggai_desktop.formats.word_runs import chosen
from zhenggai_desktop.formats.word_xml import W, number_of, value_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from xml.etree.ElementTree import Element

MAX_COLUMNS = 63
"""Word allows 63 columns; what claims more stands in the last, so that no span can fill the memory."""

_WRAPPERS = {f"{W}customXml", f"{W}ins", f"{W}moveTo", f"{W}sdtContent", f"{W}smartTag"}


@dataclass(slots=True)
class PlacedCell:
    """A cell and its place; ``shown`` is False for a cell that a merged one has swallowed."""

    element: Element
    row: int
    column: int
    column_span: int = 1
    row_span: int = 1
    shown: bool = True


@dataclass(slots=True)
class PlacedRow:
    """The cells of one row; a row that was deleted with tracking on has no place in the table."""

    element: Element
    cells: list[PlacedCell]
    deleted: bool = False


def placed(table: Element) -> list[PlacedRow]:
    """The rows of a table in order, their cells placed on its grid."""
    rows: list[PlacedRow] = []
    merging: dict[int, PlacedCell] = {}
    count = 0
    for element in children(table, f"{W}tr"):
        if element.find(f"{W}trPr/{W}del") is not None:
            rows.append(PlacedRow(element, [], deleted=True))
            continue
        rows.append(PlacedRow(element, _row(element, count, merging)))
        count += 1
    return rows


def _row(element: Element, row: int, merging: dict[int, PlacedCell]) -> list[PlacedCell]:
    """The cells of a row. ``merging``: by column, the cell above that still grows downwards."""
    cells: list[PlacedCell] = []
    properties = element.find(f"{W}trPr")
    column = _count(properties, "gridBefore", 0)
    still: dict[int, PlacedCell] = {}
    for found in children(element, f"{W}tc"):
        own = found.find(f"{W}tcPr")
        column = min(column, MAX_COLUMNS - 1)
        span = min(_count(own, "gridSpan", 1) or 1, MAX_COLUMNS - column)
        cell = PlacedCell(found, row, column, span)
        if _continues(own, "hMerge") and cells:
            cell.shown = False
            cells[-1].column_span += span
        elif _continues(own, "vMerge") and column in merging:
            cell.shown = False
            merging[column].row_span += 1
            still[column] = merging[column]
        elif own is not None and own.find(f"{W}vMerge") is not None:
            still[column] = cell
        cells.append(cell)
        column += span
    merging.clear()
    merging.update(still)
    return cells


def _count(properties: Element | None, name: str, default: int) -> int:
    number = number_of(value_of(properties, name), default) if properties is not None else default
    return min(max(number, 0), MAX_COLUMNS)


def _continues(properties: Element | None, name: str) -> bool:
    merge = properties.find(f"{W}{name}") if properties is not None else None
    return merge is not None and merge.get(f"{W}val") != "restart"


def wrapped(element: Element) -> Element | None:
    """What a wrapper around blocks, rows or cells holds; None when it is no wrapper whose text shows."""
    return element if element.tag in _WRAPPERS else chosen(element)


def children(parent: Element, tag: str) -> Iterable[Element]:
    """Rows of a table or cells of a row, also those inside content controls and tracked insertions."""
    for element in parent:
        if element.tag == tag:
            yield element
        elif element.tag == f"{W}sdt":
            content = element.find(f"{W}sdtContent")
            yield from children(content, tag) if content is not None else ()
        elif (inner := wrapped(element)) is not None:
            yield from children(inner, tag)
