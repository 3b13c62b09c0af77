"""A ledger that goes on in a further table of the document, as on the next page: read as the one table that it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from zhenggai_desktop.domain.blocks import SourceDocument, SourceTable
from zhenggai_desktop.domain.issue_forms import form_as_list
from zhenggai_desktop.domain.table_columns import Column, Header, column_of, find_header, solid

_FEWEST_COLUMNS = 3  # a table of two is laid out like any other
_BETWEEN = re.compile(r"\s*[（(]?(?:续表?|接上[表页]|转?下页|第?\d+页?)?(?:\d*|[一二三四五六七八九十]*)[)）]?\s*")


def ledger_tables(document: SourceDocument) -> Iterator[tuple[SourceTable, Header]]:
    """The tables with a ledger's header, each with those that go on with it: nothing but 续表 stands between, and they
    have as many columns and the same header or none."""
    covered = 0
    found: tuple[SourceTable, Header] | None = None
    for read in document.tables:
        if read.first_line <= covered:
            continue
        table = form_as_list(read)
        header = find_header(table)
        if found and _goes_on(document, found, table, header):
            found = _joined(found[0], table, header), found[1]
            covered = table.last_line
            continue
        if header is not None:
            if found:
                yield found
            found = table, header
            covered = table.last_line
    if found:
        yield found


def _goes_on(
    document: SourceDocument, before: tuple[SourceTable, Header], table: SourceTable, header: Header | None
) -> bool:
    above, known = before
    if not table.columns == above.columns >= _FEWEST_COLUMNS or table.depth != above.depth:
        return False
    if header is not None and (header.first_row or [u.caption for u in header.uses] != [u.caption for u in known.uses]):
        return False
    if header is None and _begins_anew(table):
        return False
    between = (p.text for p in document.paragraphs if above.last_line < p.line < table.first_line)
    return all(map(_BETWEEN.fullmatch, between))


def _begins_anew(table: SourceTable) -> bool:
    """True where the first row is a header of something else: 序号, 姓名, 职务, 电话."""
    first = next((cell.text for cell in table.grid(1)[0] if cell is not None and cell.text.strip()), "")
    return column_of(solid(first)) is Column.NUMBER


def _joined(above: SourceTable, table: SourceTable, header: Header | None) -> SourceTable:
    """Both, without the header that is repeated."""
    dropped = header.end_row if header else 0
    below = tuple(cell._replace(row=cell.row - dropped + above.rows) for cell in table.cells if cell.row >= dropped)
    rows = above.rows + table.rows - dropped
    return replace(above, last_line=table.last_line, rows=rows, cells=above.cells + below)
