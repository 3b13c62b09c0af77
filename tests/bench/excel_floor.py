"""The Excel ledger as XlsxWriter writes it: the same cells, formats, heights and merges."""

from __future__ import annotations

from pathlib import Path

import xlsxwriter

from zhenggai_desktop.domain.ledger_table import ledger_table
from zhenggai_desktop.domain.records import Snapshot
from zhenggai_desktop.formats.ledger_layout import lay_out

_LOOKS = ({}, {"align": "center"}, {"num_format": "yyyy-mm-dd"})


def by_xlsxwriter(snapshot: Snapshot, path: Path) -> None:
    """The same sheet; the table and its heights are reckoned anew, as the product does."""
    layout = lay_out(ledger_table(snapshot), 100)
    table = layout.table
    book = xlsxwriter.Workbook(path)
    page = book.add_worksheet()
    looks = [
        book.add_format({"font_name": "仿宋", "font_size": 10, "text_wrap": True, "valign": "top", "border": 1, **more})
        for more in _LOOKS
    ]
    for at, row in enumerate(table.rows):
        page.set_row(at, min(layout.heights[at], 409))
        for column, value in enumerate(row.cells):
            look = looks[column % 2]
            if isinstance(value, str):
                page.write_string(at, column, value, look)
            elif value is None:
                page.write_blank(at, column, None, look)
            elif isinstance(value, int):
                page.write_number(at, column, value, look)
            else:
                page.write_datetime(at, column, value, looks[2])
    for merge in table.merges:
        value = table.rows[merge.first].cells[merge.column]
        page.merge_range(merge.first, merge.column, merge.last, merge.column, value, looks[0])
    book.close()
