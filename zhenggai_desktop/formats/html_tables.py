"""The tables of a web page as grids of cells, as a second view of blocks that also stand in the text.

Pages are also laid out with tables: only one with several rows and columns and no table inside it is data.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from zhenggai_desktop.domain.blocks import SourceCell, SourceParagraph, SourceTable

MAX_SPAN = 1000
"""Most rows or columns that one cell may claim to cover."""
MAX_PLACES = 200_000
"""Most places of one table, covered ones included; a larger one is read as text only."""


@dataclass(slots=True)
class TableCell:
    row: int
    column: int
    row_span: int
    column_span: int
    lines: list[int] = field(default_factory=list[int])  # numbers of the blocks in it


@dataclass(slots=True)
class TableBuilder:
    """Takes the rows and cells of one table as the parser meets them."""

    cells: list[TableCell] = field(default_factory=list[TableCell])
    rows: int = 0
    nested: bool = False
    _taken: set[tuple[int, int]] = field(default_factory=set[tuple[int, int]])

    def row(self) -> None:
        """A row begins."""
        self.rows += 1

    def cell(self, attributes: Mapping[str, str]) -> TableCell:
        """A cell begins: in the first place of its row that no cell above or before covers."""
        self.rows = max(self.rows, 1)
        row, column = self.rows - 1, 0
        while (row, column) in self._taken:
            column += 1
        cell = TableCell(row, column, _span(attributes, "rowspan"), _span(attributes, "colspan"))
        if len(self._taken) + cell.row_span * cell.column_span <= MAX_PLACES:
            self._taken |= {
                (row + down, column + right) for down in range(cell.row_span) for right in range(cell.column_span)
            }
        else:
            self.nested = True  # beyond any table: its words stay in the text
        self.cells.append(cell)
        return cell


def tables_of(builders: Sequence[TableBuilder], paragraphs: Sequence[SourceParagraph]) -> tuple[SourceTable, ...]:
    """The tables whose words are all among ``paragraphs``, in order."""
    texts: dict[int, str] = {}
    for paragraph in paragraphs:
        before = texts.get(paragraph.line)
        texts[paragraph.line] = paragraph.text if before is None else f"{before}\n{paragraph.text}"
    return tuple(table for builder in builders if (table := _table(builder, texts)) is not None)


def _table(builder: TableBuilder, texts: Mapping[int, str]) -> SourceTable | None:
    lines = [line for cell in builder.cells for line in cell.lines]
    columns = max((cell.column + cell.column_span for cell in builder.cells), default=0)
    if builder.nested or builder.rows < 2 or columns < 2 or not lines or any(line not in texts for line in lines):
        return None
    first = min(lines)
    cells: list[SourceCell] = []
    line = first
    for cell in builder.cells:
        line = cell.lines[0] if cell.lines else line
        text = "\n".join(texts[number] for number in cell.lines)
        row_span = min(cell.row_span, builder.rows - cell.row)
        cells.append(SourceCell(cell.row, cell.column, text, line, row_span, cell.column_span))
    return SourceTable(first, max(lines), builder.rows, columns, tuple(cells))


def _span(attributes: Mapping[str, str], name: str) -> int:
    text = (attributes.get(name) or "").strip()
    return min(max(int(text), 1), MAX_SPAN) if text.isdecimal() and len(text) < 7 else 1
