"""A form of one issue (一题一表): what a column is called stands beside its words, not above them."""

from __future__ import annotations

import re
from dataclasses import replace

from zhenggai_desktop.domain.blocks import SourceCell, SourceTable
from zhenggai_desktop.domain.table_columns import Column, Row, column_of, solid

_MOST_ROWS = 60  # a form is a page or two
_FEWEST_ROWS = 3
_FEWEST_KNOWN = 4  # captions that mean something
_LONGEST_CAPTION = 14
_TO_BE_SIGNED = re.compile(".*(?:意见|签字|签名|签章|盖章|审核|审批|日期|时间)")
_SUBJECTS = {Column.ISSUE, Column.DETAIL}


def form_as_list(table: SourceTable) -> SourceTable:
    """The table with a form's captions as a header and its words in one row below; any other table as it is.

    Cells that stand alone in front of the captions stay above the header.
    """
    if not _FEWEST_ROWS <= table.rows <= _MOST_ROWS:
        return table
    titles, fields = _titles_and_fields(table)
    known = [column_of(solid(caption.text)) for caption, _ in fields if _is_known(caption)]
    sides = any(_is_known(cell) for _, words in fields for cell in words)  # 整改措施 beside 问题 is a header
    if len(set(known)) < _FEWEST_KNOWN - (not sides) or len(known) * 2 < len(fields) or not _SUBJECTS & set(known):
        return table
    top = len(titles)
    cells = [cell._replace(row=row, column=0, row_span=1, column_span=len(fields)) for row, cell in enumerate(titles)]
    cells += [caption._replace(row=top, column=at, row_span=1, column_span=1) for at, (caption, _) in enumerate(fields)]
    for at, (_, words) in enumerate(fields):
        if words:
            text = "\n".join(cell.text for cell in words)
            cells.append(SourceCell(top + 1, at, text, words[0].line))
    return replace(table, rows=top + 2, columns=len(fields), cells=tuple(cells))


def _titles_and_fields(table: SourceTable) -> tuple[list[SourceCell], list[tuple[SourceCell, list[SourceCell]]]]:
    """What stands alone above, and each caption with its words; no fields for a table that is no form."""
    titles: list[SourceCell] = []
    fields: dict[SourceCell, list[SourceCell]] = {}
    for at, row in enumerate(table.grid()):
        places = _places(row)
        if len(places) == 1 and not fields:
            titles += [cell for cell in places if cell]
            continue
        if sum(cell is not None and _is_known(cell) for cell in places[1::2]) > 1:
            return [], []  # a header
        for caption, words in zip(places[::2], [*places[1::2], None], strict=False):
            if caption is None or not _may_be_caption(caption):
                return [], []
            if not words and not _is_known(caption) and not _TO_BE_SIGNED.fullmatch(solid(caption.text)):
                titles.append(caption)
                continue
            own = fields.setdefault(caption, [])
            own += [words] if words and words.row == at and words.text.strip() else []
    return titles, list(fields.items()) if len({caption.row for caption in fields}) >= _FEWEST_ROWS else []


def _places(row: Row) -> list[SourceCell | None]:
    """The cells of a row, merged ones once; one None for the blank places between two."""
    cells = [cell if cell and cell.text.strip() else None for cell in row]
    while cells and cells[-1] is None:
        cells.pop()
    while cells and cells[0] is None:
        cells.pop(0)
    return [cell for at, cell in enumerate(cells) if not at or cell != cells[at - 1]]


def _is_known(cell: SourceCell) -> bool:
    return column_of(solid(cell.text)) not in (Column.OTHER, Column.MONTH)


def _may_be_caption(cell: SourceCell) -> bool:
    words = solid(cell.text)
    return len(words) <= _LONGEST_CAPTION and not words.isdecimal() and "。" not in words
