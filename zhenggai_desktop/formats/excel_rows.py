"""Rows streamed as XML into a workbook whose frame openpyxl made.

openpyxl writes cells one object at a time and merges ranges in quadratic time; a ledger of 20,000 issues would take
minutes. So openpyxl writes an empty workbook with styles, page setup and names, and the rows are put into the sheets of
the finished package. This module alone knows how such a package looks inside (ECMA-376, SpreadsheetML).

Text is written as inline strings: whatever it begins with (=, +, @), it is never a formula.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import repeat
from pathlib import Path
from typing import TYPE_CHECKING

from zhenggai_desktop.domain.cleaning import clean

if TYPE_CHECKING:
    from openpyxl import Workbook

LONGEST_TEXT = 32_767  # UTF-16 units in one cell (Excel's limit)
TALLEST_ROW = 409.0  # points (Excel's limit)
MOST_ROWS = 1_048_576

CellValue = str | int | float | dt.date | None
_SHEET = "xl/worksheets/sheet{}.xml"
_STYLES = "xl/styles.xml"
_ROWS_AND_FILTER = re.compile(
    r"(?:<sheetData\s*/>|<sheetData>.*?</sheetData>)"
    r"(?P<filter>(?:<sheetProtection [^>]*/>)?(?:<autoFilter [^>]*/>|<autoFilter .*?</autoFilter>)?)",
    re.DOTALL,
)
_NO_WARNINGS = f'<ignoredErrors><ignoredError sqref="A1:XFD{MOST_ROWS}" numberStoredAsText="1"/></ignoredErrors>'
_BEHIND_WARNINGS = re.compile(r"<(?:drawing|legacyDrawing|tableParts|extLst)\b|</worksheet>")
_FIRST_DATE = dt.date(1900, 3, 1)  # Excel's calendar has a 29 February 1900
_EPOCH = dt.date(1899, 12, 30)
_CHUNK = 256  # rows written at a time
_ESCAPED = re.compile("[&<>]|_(?=x[0-9A-Fa-f]{4}_)")  # Excel reads _x0041_ as a character code
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "_": "_x005F_"}


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row: values with a style number for each, height in points (None = the reader decides)."""

    values: Sequence[CellValue]
    styles: Sequence[int]
    height: float | None = None


@dataclass(frozen=True, slots=True)
class CellRange:
    """Columns and rows from 1, both ends included."""

    first_column: int
    first_row: int
    last_column: int
    last_row: int

    def __str__(self) -> str:
        return f"{column_name(self.first_column)}{self.first_row}:{column_name(self.last_column)}{self.last_row}"


@lru_cache(maxsize=256)
def column_name(column: int) -> str:
    """A for 1, Z for 26, AA for 27."""
    name = ""
    while column:
        column, letter = divmod(column - 1, 26)
        name = chr(ord("A") + letter) + name
    return name


@dataclass(frozen=True, slots=True)
class SheetContent:
    """The rows of one sheet and its merged ranges, which must not overlap."""

    rows: Iterable[SheetRow]
    merges: Sequence[CellRange] = ()


def write_package(
    frame: Workbook,
    path: Path,
    rows: Iterable[SheetRow],
    merges: Sequence[CellRange] = (),
    *,
    default_font: tuple[str, float] | None = None,
) -> None:
    """``write_sheets`` for a workbook of one sheet, or of one with further sheets that the frame has filled itself."""
    write_sheets(frame, path, [SheetContent(rows, merges)], default_font=default_font)


def write_sheets(
    frame: Workbook,
    path: Path,
    contents: Sequence[SheetContent],
    *,
    default_font: tuple[str, float] | None = None,
) -> None:
    """Save ``frame`` at ``path`` with each content in the sheet of its place, replacing the cells that are in it.

    The frame has no merged ranges of its own in these sheets. ``default_font`` (name, points) is the font of the style
    Normal, in whose digits Excel counts column widths; openpyxl offers no way to set it. What breaks Excel's limits
    raises ValueError, because Excel would "repair" it by cutting.
    """
    buffer = io.BytesIO()
    frame.save(buffer)
    streamed = {_SHEET.format(at): content for at, content in enumerate(contents, 1)}
    with zipfile.ZipFile(buffer) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == _STYLES and default_font is not None:
                content = _with_default_font(content.decode(), *default_font).encode()
            if name not in streamed:
                target.writestr(name, content, zipfile.ZIP_DEFLATED)
        for name, sheet in streamed.items():
            _write_sheet(target, name, source.read(name).decode("utf-8"), sheet)


def _write_sheet(target: zipfile.ZipFile, name: str, frame: str, content: SheetContent) -> None:
    before, between, after = _parts(frame)
    with target.open(name, "w", force_zip64=True) as stream:
        stream.write(before.encode())
        for chunk in _chunks(_row_xml(content.rows)):
            stream.write(chunk.encode())
        stream.write(between.encode())
        for chunk in _chunks(_merge_xml(content.merges)):
            stream.write(chunk.encode())
        stream.write(after.encode())


def _parts(sheet: str) -> tuple[str, str, str]:
    """The sheet's XML before its rows, between them and the merged cells (protection, filter), and behind those.

    The range that the sheet claims to fill is left out; numbers kept as text get no green corner.
    """
    match = _ROWS_AND_FILTER.search(sheet)
    if match is None or "<mergeCell" in sheet:
        raise ValueError("the frame has merged cells of its own, or is no sheet")
    before = re.sub(r"<dimension [^>]*/>", "", sheet[: match.start()], count=1)
    after = _BEHIND_WARNINGS.sub(lambda found: _NO_WARNINGS + found[0], sheet[match.end() :], count=1)
    return before + "<sheetData>", "</sheetData>" + match["filter"], after


def _with_default_font(styles: str, name: str, size: float) -> str:
    """The style sheet with its first font replaced; Normal has the first."""
    font = f'<font><sz val="{size:g}"/><name val="{name}"/><family val="3"/><charset val="134"/></font>'
    return re.sub("<font>.*?</font>", font, styles, count=1, flags=re.DOTALL)


def _chunks(pieces: Iterable[str]) -> Iterator[str]:
    """Pieces joined by the hundred: every write to the package costs a call of the compressor."""
    waiting: list[str] = []
    for piece in pieces:
        waiting.append(piece)
        if len(waiting) == _CHUNK:
            yield "".join(waiting)
            waiting.clear()
    yield "".join(waiting)


# --- rows


def _row_xml(rows: Iterable[SheetRow]) -> Iterator[str]:
    names: list[str] = []
    for number, row in enumerate(rows, 1):
        if number > MOST_ROWS:
            raise ValueError("more rows than a sheet holds")
        if len(names) < len(row.values):
            names = [column_name(column) for column in range(1, len(row.values) + 1)]
        cells = "".join(map(_cell_xml, names, repeat(number), row.styles, row.values))
        yield f'<row r="{number}"{_height(row.height)}>{cells}</row>'


def _height(points: float | None) -> str:
    if points is None:
        return ""
    if not 0 < points <= TALLEST_ROW:
        raise ValueError(f"no row is {points} points high")
    return f' ht="{points:g}" customHeight="1"'


def _cell_xml(column: str, row: int, style: int, value: CellValue) -> str:
    if not value and value != 0:
        return f'<c r="{column}{row}" s="{style}"/>'
    if isinstance(value, str):
        return f'<c r="{column}{row}" s="{style}" t="inlineStr"><is>{_text_xml(value)}</is></c>'
    if isinstance(value, dt.date):
        if value < _FIRST_DATE:
            return _cell_xml(column, row, style, value.isoformat())
        value = (value - _EPOCH).days
    return f'<c r="{column}{row}" s="{style}"><v>{value}</v></c>'


def _text_xml(text: str) -> str:
    if not text.isprintable():
        text = clean(text)
    if len(text) * 2 > LONGEST_TEXT and utf16_length(text) > LONGEST_TEXT:
        raise ValueError("a text longer than a cell holds")
    if _ESCAPED.search(text):
        text = _ESCAPED.sub(lambda match: _ESCAPES[match[0]], text)
    return f"<t>{text}</t>" if text.isprintable() and text == text.strip() else f'<t xml:space="preserve">{text}</t>'


def utf16_length(text: str) -> int:
    """The length of a text as Excel counts it: signs beyond U+FFFF count twice."""
    return len(text) + sum(char > "\uffff" for char in text)


# --- merged cells


def _merge_xml(merges: Sequence[CellRange]) -> Iterator[str]:
    if merges:
        yield f'<mergeCells count="{len(merges)}">'
        for merge in merges:
            yield f'<mergeCell ref="{merge}"/>'
        yield "</mergeCells>"
