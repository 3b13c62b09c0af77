"""Fills the table of a Word form below its header: the first blank row is the model of every row's look.

A row with nothing but a printed running number is blank, and so is an example (例, 示例) or “……” there. A form without
blank rows gets them in the look of its header; what stands below is never written over.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zhenggai_desktop.domain.cleaning import clean
from zhenggai_desktop.domain.form_lines import FormLines, is_example
from zhenggai_desktop.formats.office_files import opened_document
from zhenggai_desktop.formats.replacing import replacing

_PRINTED_NUMBER = re.compile(r"(\d{1,4})[.．、]?")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@dataclass(frozen=True, slots=True)
class TableLines:
    """What goes into the table with this place among the document's, from row ``first_row`` on: from 0, the first below
    the header."""

    table: int
    first_row: int
    lines: FormLines


def fill_form_document(form: Path, target: Path, tables: Sequence[TableLines]) -> None:
    """Write the lines into their tables and save ``target``. Raises SourceError and ``TargetError``."""
    document: Any = opened_document(form)
    elements = [table._tbl for table in document.tables]  # noqa: SLF001 - rows are copied as XML, with all their looks
    for one in tables:
        _fill(elements[one.table], one.first_row, one.lines)
    with replacing(target) as temporary:
        document.save(str(temporary))


def _fill(table: Any, first_row: int, lines: FormLines) -> None:
    rows = list(table.iterchildren(f"{_W}tr"))
    if not lines.rows:
        return
    free = _leading_blank(rows[first_row:])
    place = rows[first_row - 1]
    shown = next((row for row in free if not is_example(_words(row))), free[0] if free else None)
    model = _plain(deepcopy(place)) if shown is None else deepcopy(shown)
    blank = [row for row, _ in zip(free, lines.rows, strict=False)]
    for row in blank:
        table.remove(row)
    starts = {(merge.first, merge.column): True for merge in lines.merges}
    inside = {(row, merge.column) for merge in lines.merges for row in range(merge.first + 1, merge.last + 1)}
    for at, texts in enumerate(lines.rows):
        row = deepcopy(model)
        _write(row, texts)
        for column in range(len(texts)):
            if (at, column) in starts or (at, column) in inside:
                _merge_down(_cell_at(row, column), begins=(at, column) in starts)
        place.addnext(row)
        place = row


def _leading_blank(rows: Sequence[Any]) -> list[Any]:
    found: list[Any] = []
    running = 0
    for row in rows:
        words = _words(row)
        if words and not is_example(words):
            number = _PRINTED_NUMBER.fullmatch("".join(words))
            if number is None or int(number[1]) != running + 1:
                break
            running += 1
        found.append(row)
    return found


def _words(row: Any) -> list[str]:
    """What the cells of a row say."""
    texts = ("".join(words.text or "" for words in cell.iter(f"{_W}t")).strip() for _, cell in _cells(row))
    return [text for text in texts if text]


def _plain(row: Any) -> Any:
    """A header's row without what makes it one: repeated on each page, bold, merged with the rows around it."""
    for name in ("tblHeader", "b", "bCs", "vMerge", "shd"):
        for mark in list(row.iter(f"{_W}{name}")):
            mark.getparent().remove(mark)
    return row


def _cells(row: Any) -> list[tuple[int, Any]]:
    """The cells of a row with the column in which each begins."""
    found: list[tuple[int, Any]] = []
    column = 0
    for cell in row.iterchildren(f"{_W}tc"):
        found.append((column, cell))
        span = cell.find(f"{_W}tcPr/{_W}gridSpan")
        column += int(span.get(f"{_W}val", "1")) if span is not None else 1
    return found


def _cell_at(row: Any, column: int) -> Any | None:
    return next((cell for start, cell in _cells(row) if start == column), None)


def _write(row: Any, texts: Sequence[str]) -> None:
    for column, cell in _cells(row):
        _set_text(cell, clean(texts[column]) if column < len(texts) else "")


def _set_text(cell: Any, text: str) -> None:
    """The words in the look of the cell's first run; line breaks stay. A cell that lacks its paragraph gets one."""
    paragraphs = list(cell.iterchildren(f"{_W}p"))
    if not paragraphs:
        paragraphs = [cell.makeelement(f"{_W}p", {})]
        cell.append(paragraphs[0])
    first = paragraphs[0]
    for extra in paragraphs[1:]:
        cell.remove(extra)
    run = first.find(f"{_W}r")
    look = run.find(f"{_W}rPr") if run is not None else first.find(f"{_W}pPr/{_W}rPr")
    for child in list(first):
        if child.tag != f"{_W}pPr":
            first.remove(child)
    if not text:
        return
    made = first.makeelement(f"{_W}r", {})
    if look is not None:
        made.append(deepcopy(look))
    for at, part in enumerate(text.split("\n")):
        if at:
            made.append(made.makeelement(f"{_W}br", {}))
        words = made.makeelement(f"{_W}t", {"{http://www.w3.org/XML/1998/namespace}space": "preserve"})
        words.text = part
        made.append(words)
    first.append(made)


def _merge_down(cell: Any | None, *, begins: bool) -> None:
    if cell is None:
        return
    properties = cell.find(f"{_W}tcPr")
    if properties is None:
        properties = cell.makeelement(f"{_W}tcPr", {})
        cell.insert(0, properties)
    for old in properties.findall(f"{_W}vMerge"):
        properties.remove(old)
    merge = properties.makeelement(f"{_W}vMerge", {f"{_W}val": "restart"} if begins else {})
    before = [child for child in properties if child.tag in {f"{_W}{name}" for name in ("tcW", "gridSpan", "hMerge")}]
    properties.insert(properties.index(before[-1]) + 1 if before else 0, merge)
    if not begins:
        _set_text(cell, "")
