"""OpenDocument spreadsheets (.ods) as sheets of typed cells (ODF 1.3 part 3 §9, table:table).

Read here and not by the reader of the other formats: that one knows no merged cells of this format, and writes out
repeated cells as often as the file asks for.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from zhenggai_desktop.domain.sheets import Area, CellError, CellValue, Sheet, Workbook
from zhenggai_desktop.errors import SourceFormatError, SourceLimitError
from zhenggai_desktop.formats.containers import Container, Wording, opened
from zhenggai_desktop.formats.sheet_limits import MOST_CELLS, too_many_cells

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_WORDING = Wording("表格", "请用WPS或LibreOffice打开后另存为xlsx", "请用WPS或LibreOffice打开后另存为xlsx")
_DURATION = re.compile(r"PT(\d+)H(\d+)M(\d+)(?:[.,]\d+)?S")
MAX_DEPTH = 60
"""Deepest nesting of groups of rows, and of spans in a cell."""
_ERROR_WORDS = re.compile(r"#[A-Z/0]+[!?A]|Err:\d+")


def read_open_sheets(data: bytes, name: str) -> Workbook:
    """All sheets of the .ods in ``data``. Raises SourceFormatError and SourceLimitError."""
    with opened(data, name, _WORDING) as container:
        _refuse_others(container, name)
        root = container.parse("content.xml")
    hidden = _hidden_tables(root)
    sheets = [_Table(table, name).sheet(hidden) for table in root.iter(f"{_TABLE}table") if not _nested(table)]
    return Workbook(name, tuple(sheets))


def _refuse_others(container: Container, name: str) -> None:
    if "mimetype" in container and b"spreadsheet" not in container.read("mimetype"):
        raise SourceFormatError(f"“{name}”是OpenDocument文件，但不是表格", "请选择表格文件，或另存为xlsx后再导入")
    manifest = "META-INF/manifest.xml"
    if manifest in container and b"encryption-data" in container.read(manifest):
        raise SourceFormatError(
            f"无法读取“{name}”：表格已加密，没有密码无法读取", "请输入密码打开，去掉密码后另存为xlsx再导入"
        )
    if "content.xml" not in container:
        raise SourceFormatError(f"“{name}”里没有工作表，不是完整的表格文件", _WORDING.damaged)


def _hidden_tables(root: Element) -> set[str]:
    """Names of table styles that are not displayed."""
    return {
        style.get(f"{_STYLE}name", "")
        for style in root.iter(f"{_STYLE}style")
        for properties in style.iter(f"{_STYLE}table-properties")
        if properties.get(f"{_TABLE}display") == "false"
    }


def _nested(table: Element) -> bool:
    return table.get(f"{_TABLE}is-sub-table") == "true"


class _Table:
    """Reads one table:table; rows and cells without content at the end are left out."""

    def __init__(self, table: Element, file_name: str) -> None:
        self._table, self._file_name = table, file_name
        self._merges: list[Area] = []
        self._hidden_rows: set[int] = set()
        self._rows: list[list[CellValue]] = []
        self._cells = 0

    def sheet(self, hidden_styles: set[str]) -> Sheet:
        pending = 0  # empty rows that count only if something follows
        for row in _rows(self._table):
            repeated = _count(row, "number-rows-repeated")
            values = self._values(row, len(self._rows) + pending)
            if not values:
                pending += repeated
                continue
            at = len(self._rows) + pending
            if row.get(f"{_TABLE}visibility", "visible") != "visible":
                self._hidden_rows.update(range(at, at + min(repeated, MOST_CELLS)))
            self._use(len(values) * repeated + pending)
            self._rows += [[] for _ in range(pending)]
            self._rows += [list(values) for _ in range(repeated)]
            pending = 0
        width = max(map(len, self._rows), default=0)
        if width * len(self._rows) > MOST_CELLS:
            raise too_many_cells(self._file_name)
        filled = [row + [""] * (width - len(row)) for row in self._rows]
        hidden = self._table.get(f"{_TABLE}style-name", "") in hidden_styles
        name = self._table.get(f"{_TABLE}name", "")
        return Sheet(name, filled, self._merges, hidden, frozenset(self._hidden_rows))

    def _use(self, cells: int) -> None:
        self._cells += cells
        if self._cells > MOST_CELLS:
            raise too_many_cells(self._file_name)

    def _values(self, row: Element, at: int) -> list[CellValue]:
        values: list[CellValue] = []
        pending = 0
        for cell in row:
            kind = cell.tag.removeprefix(_TABLE)
            if kind not in {"table-cell", "covered-table-cell"}:
                continue
            repeated = _count(cell, "number-columns-repeated")
            value = _value(cell) if kind == "table-cell" else ""
            column = len(values) + pending
            self._merge(cell, at, column)
            if value == "":
                pending += repeated
                continue
            self._use(repeated + pending)
            values += [""] * pending
            values += [value] * repeated
            pending = 0
        return values

    def _merge(self, cell: Element, row: int, column: int) -> None:
        height, width = _count(cell, "number-rows-spanned"), _count(cell, "number-columns-spanned")
        if height * width > 1:
            self._merges.append(Area(row, column, row + height - 1, column + width - 1))


def _rows(table: Element, depth: int = 0) -> Iterator[Element]:
    """The rows of a table, also those in groups and in the repeated header."""
    _refuse_depth(depth)
    for child in table:
        kind = child.tag.removeprefix(_TABLE)
        if kind == "table-row":
            yield child
        elif kind in {"table-rows", "table-header-rows", "table-row-group"}:
            yield from _rows(child, depth + 1)


def _refuse_depth(depth: int) -> None:
    if depth > MAX_DEPTH:
        raise SourceLimitError("表格里的内容嵌套得不像台账", _WORDING.damaged)


def _count(element: Element, name: str) -> int:
    text = element.get(_TABLE + name, "1")
    return max(1, int(text)) if text.isdecimal() and len(text) < 8 else 1


def _value(cell: Element) -> CellValue:
    text = "\n".join(_words(paragraph) for paragraph in cell if paragraph.tag == f"{_TEXT}p")
    kind = cell.get(f"{_OFFICE}value-type", "")
    if _ERROR_WORDS.fullmatch(text) and cell.get(f"{_TABLE}formula"):
        return CellError(text)
    try:
        return _typed(cell, kind, text)
    except (ValueError, OverflowError):
        return text


def _typed(cell: Element, kind: str, text: str) -> CellValue:
    """The value by its declared type; ValueError where it is not what it says."""
    if kind in {"float", "percentage", "currency"}:
        return float(cell.get(f"{_OFFICE}value", ""))
    if kind == "boolean":
        return cell.get(f"{_OFFICE}boolean-value") == "true"
    if kind == "date":
        moment = dt.datetime.fromisoformat(cell.get(f"{_OFFICE}date-value", "")).replace(tzinfo=None)
        return moment.date() if moment.time() == dt.time() else moment
    if kind == "time" and (match := _DURATION.fullmatch(cell.get(f"{_OFFICE}time-value", ""))):
        return dt.timedelta(hours=int(match[1]), minutes=int(match[2]), seconds=int(match[3]))
    return text


def _words(paragraph: Element, depth: int = 0) -> str:
    """The text of a paragraph with its blanks, tabs and line breaks; notes beside the cell are no part of it."""
    _refuse_depth(depth)
    parts = [paragraph.text or ""]
    for child in paragraph:
        kind = child.tag.removeprefix(_TEXT)
        if kind == "s":
            count = child.get(f"{_TEXT}c", "1")
            parts.append(" " * (min(int(count[:9]), 1000) if count.isdecimal() else 1))
        elif kind in {"tab", "line-break"}:
            parts.append("\t" if kind == "tab" else "\n")
        elif child.tag != f"{_OFFICE}annotation":
            parts.append(_words(child, depth + 1))
        parts.append(child.tail or "")
    return "".join(parts)
