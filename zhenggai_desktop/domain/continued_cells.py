"""Texts that are higher than a sheet's row may be: written in pieces, a row each, and read as one again.

A page breaks between rows. The pieces after the first stand behind （续）, as does the number beside them.
"""

from __future__ import annotations

from dataclasses import replace

from zhenggai_desktop.domain.blocks import SourceCell, SourceTable

CONTINUED = "（续）"


def with_whole_cells(table: SourceTable) -> SourceTable:
    """The table with the pieces of each text in its first cell, which then covers their rows too.

    A row goes on with the one above where all its words begin with （续） right below a cell of the same column, or are
    that column's number with （续） behind it. Any other row stays as it is.
    """
    if not any(cell.text.startswith(CONTINUED) for cell in table.cells):
        return table
    rows: dict[int, list[SourceCell]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(cell)
    last: dict[int, SourceCell] = {}  # by column the lowest cell so far
    whole: dict[tuple[int, int], SourceCell] = {}
    for cells in rows.values():
        goes_on = any(cell.text.startswith(CONTINUED) for cell in cells)
        if goes_on and all(not cell.text or _goes_on(cell, last.get(cell.column)) for cell in cells):
            for cell in cells:
                above = last.get(cell.column)
                if cell.text and above is not None:
                    more = cell.text.removeprefix(CONTINUED) if cell.text.startswith(CONTINUED) else ""
                    above = above._replace(text=above.text + more, row_span=above.row_span + cell.row_span)
                    last[cell.column] = whole[above.row, above.column] = above
            continue
        for cell in cells:
            last[cell.column] = whole[cell.row, cell.column] = cell
    return replace(table, cells=tuple(sorted(whole.values(), key=lambda cell: (cell.row, cell.column))))


def _goes_on(cell: SourceCell, above: SourceCell | None) -> bool:
    if above is None or not above.text or above.column_span != cell.column_span:
        return False
    right_below = above.row + above.row_span == cell.row
    numbered = "".join(cell.text.split()) == "".join(above.text.split()) + CONTINUED
    return right_below and (numbered or cell.text.startswith(CONTINUED))
