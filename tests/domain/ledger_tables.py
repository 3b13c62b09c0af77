"""Tables for tests, written as rows of texts: "^" belongs to the cell above, "<" to the cell on its left."""

from __future__ import annotations

from collections.abc import Sequence

from zhenggai_desktop.domain.blocks import SourceCell, SourceDocument, SourceParagraph, SourceTable


def table(rows: Sequence[Sequence[str]], first_line: int = 1) -> SourceTable:
    """Cells count their lines as a Word file does: each paragraph of a cell is one."""
    cells: list[SourceCell] = []
    line = first_line
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            if text in ("^", "<"):
                continue
            width = next((w for w in range(1, len(row) - c) if row[c + w] != "<"), len(row) - c)
            height = next((h for h in range(1, len(rows) - r) if rows[r + h][c] != "^"), len(rows) - r)
            cells.append(SourceCell(r, c, text, line, height, width))
            line += text.count("\n") + 1
    return SourceTable(first_line, line - 1, len(rows), max(map(len, rows)), tuple(cells))


def document(*parts: str | Sequence[Sequence[str]], name: str = "文稿") -> SourceDocument:
    """Texts (a paragraph a line) and tables in order."""
    paragraphs: list[SourceParagraph] = []
    tables: list[SourceTable] = []
    line = 1
    for part in parts:
        if isinstance(part, str):
            for text in part.split("\n"):
                paragraphs.append(SourceParagraph(line, text))
                line += 1
            continue
        found = table(part, line)
        tables.append(found)
        for cell in found.cells:
            texts = [text for text in cell.text.split("\n") if text.strip()]
            paragraphs += [SourceParagraph(cell.line + i, text) for i, text in enumerate(texts)]
        line = found.last_line + 1
    return SourceDocument(name, tuple(paragraphs), (), tuple(tables))
