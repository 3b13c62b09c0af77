"""The document vocabulary: what readers give and what writers take.

Readers turn bytes into ``SourceDocument`` (paragraphs with their line). ``notice.py`` turns a snapshot into a
``Document`` of blocks; a writer maps the kinds of blocks to styles and knows nothing of records.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple


class LineRole(StrEnum):
    """What a person says that a paragraph is, where the program would read it otherwise."""

    AUTO = "auto"  # nobody said anything: the words and their number decide
    CHAPTER = "chapter"
    SECTION = "section"
    ISSUE = "issue"
    SUB_ISSUE = "sub_issue"
    TEXT = "text"  # no heading, whatever number it begins with

    @property
    def heads_record(self) -> bool:
        """True for headings of the tree of issues."""
        return self in (LineRole.SECTION, LineRole.ISSUE, LineRole.SUB_ISSUE)


@dataclass(frozen=True, slots=True)
class SourceParagraph:
    """One paragraph of a source in the order a reader sees it, automatic numbers written out.

    ``line`` counts from 1: the line of a text file, the paragraph of a Word document. ``outline`` is the
    heading level (1–9) that the source's style claims, 0 where it claims none; ``auto_number`` is the part of
    ``text`` at its beginning that was a resolved automatic number, "" where the number was typed. ``role`` and
    ``apart`` are a person's: readers leave them. ``apart`` keeps the paragraph from going on with the one before.
    """

    line: int
    text: str
    outline: int = 0
    centred: bool = False
    auto_number: str = ""
    role: LineRole = LineRole.AUTO
    apart: bool = False


@dataclass(frozen=True, slots=True)
class SourceRemark:
    """Something a reader had to change or leave out: code, line and a sentence for the clerk."""

    code: str
    line: int
    text: str


class SourceCell(NamedTuple):
    """A cell of a source's table at ``row`` and ``column`` (from 0), with how many of each it covers.

    A tuple, since a ledger has a hundred thousand of them, which are made, compared and looked up again and again.

    ``text`` joins its paragraphs by line breaks, automatic numbers included, without what stands in a table inside
    the cell; ``line`` is that of its first paragraph.
    """

    row: int
    column: int
    text: str
    line: int
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class SourceTable:
    """A table of a source, as a second view of paragraphs that also stand in ``SourceDocument.paragraphs``.

    Its paragraphs are those from ``first_line`` to ``last_line``. ``depth`` is 0 in the text, 1 for a table inside a
    cell, and so on; the outer table comes first.
    """

    first_line: int
    last_line: int
    rows: int
    columns: int
    cells: tuple[SourceCell, ...]
    depth: int = 0

    def grid(self, rows: int | None = None) -> tuple[tuple[SourceCell | None, ...], ...]:
        """Rows of cells, all or the first ``rows``; a merged cell stands at every place it covers, None where a row
        has no cell."""
        count = self.rows if rows is None else min(rows, self.rows)
        places: list[list[SourceCell | None]] = [[None] * self.columns for _ in range(count)]
        for cell in self.cells:
            if cell.row >= count:
                continue
            if cell.row_span == 1 == cell.column_span:
                places[cell.row][cell.column] = cell
                continue
            for row in places[cell.row : cell.row + cell.row_span]:
                row[cell.column : cell.column + cell.column_span] = [cell] * cell.column_span
        return tuple(tuple(row) for row in places)


@dataclass(frozen=True, slots=True)
class SourceDocument:
    name: str
    paragraphs: tuple[SourceParagraph, ...]
    remarks: tuple[SourceRemark, ...] = ()
    tables: tuple[SourceTable, ...] = ()


class RunRole(StrEnum):
    """What a stretch of text is; the writer chooses fonts by it."""

    BODY = "body"
    HEADING = "heading"  # the run-in heading at the head of a paragraph


@dataclass(frozen=True, slots=True)
class Anchor:
    """Says which record a block came from: kind of record ("issue", "measure", "section", "chapter") and uid."""

    kind: str
    uid: str


@dataclass(frozen=True, slots=True)
class Run:
    text: str
    role: RunRole = RunRole.BODY
    anchor: Anchor | None = None


ENCLOSURES = "附件："
"""The first line of a list of enclosures begins so."""


TEMPLATE_ITEM = "item"
"""The kind of an anchor of a paragraph that a template made of an issue, which are not the notice's own words of it."""


class Kind(StrEnum):
    """Kinds of blocks of a finished document (GB/T 9704-2012 §7)."""

    TITLE = "title"
    HEADING = "heading"  # alone on its line, ``level`` 1 一、 2 （一） 3 1. 4 （1）
    PARAGRAPH = "paragraph"  # ``level`` > 0: the heading run at its head is of that level
    SIGNATURE = "signature"
    DATE = "date"
    ADDRESSEE = "addressee"  # 主送机关, from the left edge
    ENCLOSURE = "enclosure"  # a line of the list of enclosures below the text: “附件：1.…”, then “2.…”
    LABEL = "label"  # “附件1” at the head of an enclosure
    NOTE = "note"  # a small line at a table; what stands behind a tab goes to the right edge
    TABLE = "table"
    PAGE = "page"  # no words: what follows begins a new page, ``landscape`` or upright


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell at the place where it begins, with how many rows and columns it covers; text keeps its line breaks.

    ``field`` names the field of the ``anchor``'s record that the text is, word for word; "" where it is made otherwise.
    """

    text: str
    rows: int = 1
    columns: int = 1
    head: bool = False  # a caption, at the head of a column or at the left of a form's line
    centred: bool = False
    anchor: Anchor | None = None
    field: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """``widths`` are shares of the text's width, one a column; a place that a cell above or left covers is None.

    ``head_rows`` are repeated on each page. ``heights`` in millimetres are the least a row takes, 0 or missing for as
    much as its words need. ``roomy`` is for forms to be filled in by hand: larger type, more air.
    """

    widths: tuple[float, ...]
    rows: tuple[tuple[Cell | None, ...], ...]
    head_rows: int = 1
    heights: tuple[float, ...] = ()
    roomy: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    kind: Kind
    runs: tuple[Run, ...]
    level: int = 0
    anchor: Anchor | None = None
    table: Table | None = None  # of a block of kind TABLE
    landscape: bool = False  # of a block of kind PAGE

    @property
    def text(self) -> str:
        """The words of the block without any formatting; a table's cells parted by tabs, its rows by line feeds."""
        if self.table is not None:
            return "\n".join("\t".join(_one_line(cell) for cell in row if cell) for row in self.table.rows)
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Document:
    """A finished document: blocks in order, with what the file's properties should say."""

    title: str
    blocks: tuple[Block, ...]
    author: str = ""
    subject: str = ""
    draft_id: str = ""
    warnings: tuple[str, ...] = field(default=())


def _one_line(cell: Cell) -> str:
    return " ".join(cell.text.split())


def table_block(table: Table) -> Block:
    """A table as a block."""
    return Block(Kind.TABLE, (), table=table)


def list_block(captions: Sequence[str], lines: Iterable[Sequence[str]], widths: Sequence[float]) -> Block:
    """A table of texts under a head of captions; the first column, which counts the lines, is centred."""
    head = tuple(Cell(caption, head=True, centred=True) for caption in captions)
    rows = [tuple(Cell(text, centred=at == 0) for at, text in enumerate(line)) for line in lines]
    return table_block(Table(tuple(float(width) for width in widths), (head, *rows)))


def page_break(*, landscape: bool = False) -> Block:
    """A new page, upright or lying."""
    return Block(Kind.PAGE, (), landscape=landscape)


def plain(kind: Kind, text: str, *, level: int = 0, anchor: Anchor | None = None) -> Block:
    """A block of one run of body text."""
    return Block(kind, (Run(text),), level, anchor)
