"""A table of blocks as WordprocessingML: borders, repeated head, merged cells, widths that hold.

The widths are fixed (``w:tblLayout``), since Word, WPS and LibreOffice each fit columns in a way of their own.
Merged cells go down by ``w:vMerge`` and across by ``w:gridSpan``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from xml.sax.saxutils import quoteattr

from zhenggai_desktop.domain.blocks import Cell, Table
from zhenggai_desktop.domain.cleaning import clean
from zhenggai_desktop.domain.layout import CELL_ABOVE, CELL_SIDE, WHOLE_ROW, column_edges, twips
from zhenggai_desktop.formats.word_order import paragraph_properties
from zhenggai_desktop.formats.word_runs_writer import run_xml
from zhenggai_desktop.formats.word_template_styles import TemplateStyles

_MARGINS = {"top": CELL_ABOVE, "left": CELL_SIDE, "bottom": CELL_ABOVE, "right": CELL_SIDE}
AFTER_TABLE = '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>{}</w:pPr></w:p>'
"""Word wants a paragraph behind each table; this one is a point high."""


def table_xml(table: Table, styles: TemplateStyles, width: int) -> str:
    """``w:tbl``, ``width`` twips wide. Rows shorter than the table's columns end where they end."""
    columns = _column_widths(table.widths, width)
    grid = "".join(f'<w:gridCol w:w="{column}"/>' for column in columns)
    style = f"<w:tblStyle w:val={quoteattr(styles.table)}/>" if styles.table else ""
    rows = "".join(_rows(table, columns, styles))
    return (
        f'<w:tbl><w:tblPr>{style}<w:tblW w:w="{sum(columns)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'{_BORDERS}<w:tblLayout w:type="fixed"/><w:tblCellMar>{_CELL_MARGINS}</w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )


_CELL_MARGINS = "".join(f'<w:{side} w:w="{width}" w:type="dxa"/>' for side, width in _MARGINS.items())
_BORDERS = (
    "<w:tblBorders>"
    + "".join(
        f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="auto"/>'
        for side, size in (("top", 8), ("left", 8), ("bottom", 8), ("right", 8), ("insideH", 4), ("insideV", 4))
    )
    + "</w:tblBorders>"
)  # written at the table, so that a template without the style has lines too


def _column_widths(shares: Sequence[float], width: int) -> list[int]:
    """Twips for each column; they add up to ``width``."""
    edges = map(round, column_edges(shares, width))
    return [max(right - left, 1) for left, right in pairwise(edges)]


def _rows(table: Table, columns: Sequence[int], styles: TemplateStyles) -> Iterator[str]:
    open_below: dict[int, tuple[int, int]] = {}  # column → rows still covered, columns covered
    for number, row in enumerate(table.rows):
        cells: list[str] = []
        at = 0
        while at < len(columns):
            left, span = open_below.pop(at, (0, 0))
            cell: Cell | None = None
            merge = "<w:vMerge/>"
            if not left:
                cell = (row[at] if at < len(row) else None) or Cell("")
                left, span = max(cell.rows, 1), max(min(cell.columns, len(columns) - at), 1)
                merge = '<w:vMerge w:val="restart"/>' if left > 1 else ""
            if left > 1:
                open_below[at] = (left - 1, span)
            properties = _cell_properties(sum(columns[at : at + span]), span, merge)
            cells.append(f"<w:tc>{properties}{_words(cell, table, styles)}</w:tc>")
            at += span
        yield f"<w:tr>{_row_properties(table, number)}{''.join(cells)}</w:tr>"


def _row_properties(table: Table, number: int) -> str:
    longest = max((len(cell.text) for cell in table.rows[number] if cell), default=0)
    height = table.heights[number] if number < len(table.heights) else 0.0
    parts = (
        "<w:cantSplit/>" if longest <= WHOLE_ROW else "",
        f'<w:trHeight w:val="{twips(height)}" w:hRule="atLeast"/>' if height else "",
        "<w:tblHeader/>" if number < table.head_rows else "",
    )
    text = "".join(parts)
    return f"<w:trPr>{text}</w:trPr>" if text else ""


def _cell_properties(width: int, span: int, merge: str) -> str:
    across = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    return f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{across}{merge}<w:vAlign w:val="center"/></w:tcPr>'


def _words(cell: Cell | None, table: Table, styles: TemplateStyles) -> str:
    """A paragraph for each line of the cell; an empty one where the cell goes on from above."""
    lines = clean(cell.text).split("\n") if cell else [""]
    head = cell is not None and cell.head
    style = styles.form_cell if table.roomy else styles.head_cell if head else styles.cell
    own = {"pStyle": f"<w:pStyle w:val={quoteattr(style)}/>"} if style else {}
    if head or (cell and cell.centred):
        own["jc"] = '<w:jc w:val="center"/>'
    start = f"<w:p>{paragraph_properties(own)}"
    return "".join(f"{start}{run_xml(line)}</w:p>" for line in lines)
