"""What must be known of a zipped workbook before and beside its values: that it is harmless, which rows are hidden and
which formulas came to nothing.

The parts are looked through with regular expressions, not parsed: the reader of values parses them anyway, and this
look must cost little beside it.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from zhenggai_desktop.errors import SourceFormatError
from zhenggai_desktop.formats.containers import Container, Wording, opened
from zhenggai_desktop.formats.sheet_comments import comments_of
from zhenggai_desktop.formats.sheet_limits import MOST_CELLS, too_many_cells

if TYPE_CHECKING:
    from collections.abc import Iterator

_DAMAGED = "请用WPS或Excel打开后另存为xlsx，打不开的请发送人重新发送"
_WORDING = Wording("Excel", _DAMAGED, "请用WPS或Excel打开后另存为xlsx")
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"

_FAR_AWAY = re.compile(rb' r="(?:[A-Za-z]{3}|[A-Za-z]{0,2}(?:\d{5}|\d{0,4}&))')
_UNUSUAL: dict[bytes, tuple[re.Pattern[bytes], ...]] = {
    **{sign: (re.compile(sign + rb"r?="), re.compile(b"=" + sign)) for sign in (b"\t", b"\r", b"\n")},
    b"'": (re.compile(b" r='"),),
    b" ": (re.compile(b" ="), re.compile(b"= ")),
}
"""What places look like that no program writes and every reader reads, by a sign that most sheets do not have: looking
for one byte costs nothing, and two bytes are found sooner by a pattern than by ``in``."""
_CELL_OR_ROW = re.compile(
    rb"""<(?:\w+:)?(?:row\b[^>]*?\sr\s*=\s*["'](\d+)|c\b(?:[^>]*?\sr\s*=\s*["']([A-Za-z]+)(\d+))?[^>]*(?<!/)>)"""
)
_ENTITY = re.compile(rb"""\sr\s*=\s*["'][^"']*&""")
_CELLS_BEGIN = b"sheetData"
_HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row\b(?=[^>]*\bhidden="(?:1|true)")[^>]*\br="(\d+)"')
_ERROR = re.compile(
    rb'<(?:\w+:)?c\b(?=[^>]*\bt="e")[^>]*\br="([A-Z]+)(\d+)"[^>]*>'
    rb"(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?v>([^<]*)<",
    re.DOTALL,
)
_NOT_RECKONED = re.compile(
    rb'<(?:\w+:)?c\b[^>]*\br="([A-Z]+)(\d+)"[^>]*><(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)'
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?</(?:\w+:)?c>"
)


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """Rows from 0. ``errors``: place of a formula that came to nothing → its error, "" where it was never reckoned.
    ``comments``: the row of the sheet (from 1) and the words of each."""

    hidden_rows: frozenset[int] = frozenset()
    errors: dict[tuple[int, int], str] = field(default_factory=dict[tuple[int, int], str])
    comments: tuple[tuple[int, str], ...] = ()


def sheet_facts(data: bytes, name: str) -> dict[str, SheetFacts]:
    """What the sheets of the workbook in ``data`` say beside their values, by the sheet's name.

    Every part that holds values is inflated within the limits of ``containers``. Raises SourceFormatError (damaged,
    encrypted, binary) and SourceLimitError (too large once inflated, cells too far apart).
    """
    with opened(data, name, _WORDING) as container:
        if "xl/workbook.xml" not in container:
            if "xl/workbook.bin" in container:
                raise SourceFormatError(f"“{name}”是二进制工作簿（xlsb）", "请用WPS或Excel打开，另存为xlsx后再导入")
            raise SourceFormatError(f"“{name}”里没有工作表，不是完整的Excel文件", _DAMAGED)
        if "xl/workbook.bin" in container or "content.xml" in container:
            raise SourceFormatError(f"“{name}”里混有几种表格，不是完好的Excel文件", _DAMAGED)
        for part in ("xl/sharedStrings.xml", "xl/styles.xml"):
            if part in container:
                container.read(part)
        sheets = dict(_sheets(container))
        for part in set(container.names()) - {part.lower() for part in sheets.values()}:
            _refuse_hidden_cells(container, part, name)
        return {
            sheet: replace(_facts(container.read(part), name), comments=comments_of(container, part))
            for sheet, part in sheets.items()
            if part in container
        }


def has_external_links(data: bytes, name: str) -> bool:
    """True where formulas name other files. They are never followed: the values saved with them count."""
    with opened(data, name, _WORDING) as container:
        return "xl/externalLinks/externalLink1.xml" in container


def _sheets(container: Container) -> Iterator[tuple[str, str]]:
    """Every sheet's name and part."""
    relations = "xl/_rels/workbook.xml.rels"
    parts = {
        relation.get("Id", ""): posixpath.normpath(posixpath.join("/xl", relation.get("Target", ""))).lstrip("/")
        for relation in (container.parse(relations) if relations in container else ())
        if relation.get("TargetMode") != "External"
    }
    for element in container.parse("xl/workbook.xml").iter():
        if element.tag.rpartition("}")[2] == "sheet":
            part = parts.get(element.get(_RELATION) or element.get(_STRICT_RELATION) or "", "")
            yield element.get("name", ""), part


def _refuse_hidden_cells(container: Container, part: str, name: str) -> None:
    """Cells in a part that we take for no sheet: the reader of values may follow the references in another way."""
    if container.begins_like_xml(part):
        xml = container.read(part)
        if _CELLS_BEGIN in xml and _may_be_wide(xml):
            _refuse_wide_spread(xml, name)


def _facts(xml: bytes, name: str) -> SheetFacts:
    if _may_be_wide(xml):
        _refuse_wide_spread(xml, name)
    hidden = frozenset(int(row) - 1 for row in _HIDDEN_ROW.findall(xml)) if b"hidden=" in xml else frozenset[int]()
    errors: dict[tuple[int, int], str] = {}
    if b't="e"' in xml:
        errors = {_place(found[1], found[2]): found[3].decode() for found in _ERROR.finditer(xml)}
    if _has_formulas(xml):
        errors |= {_place(found[1], found[2]): "" for found in _NOT_RECKONED.finditer(xml)}
    return SheetFacts(hidden, dict(sorted(errors.items())))


def _has_formulas(xml: bytes) -> bool:
    """True where an element “f” stands; two quick searches, for most ledgers have some megabytes and no formula."""
    for start in (b"<f", b":f"):
        at = xml.find(start)
        while at >= 0:
            if xml[at + 2 : at + 3] in (b">", b" ", b"/"):
                return True
            at = xml.find(start, at + 2)
    return False


def _may_be_wide(xml: bytes) -> bool:
    """True where a place far from A1 is named, or places are written as no program writes them: a quick look."""
    return _FAR_AWAY.search(xml) is not None or any(
        look.search(xml) for sign, looks in _UNUSUAL.items() if sign in xml for look in looks
    )


def _refuse_wide_spread(xml: bytes, name: str) -> None:
    """Raise where the cells with content span a rectangle that no memory should be asked for."""
    rows = columns = row = 0
    if _ENTITY.search(xml):
        raise too_many_cells(name)  # who writes a place with entities has something to hide
    for found in _CELL_OR_ROW.finditer(xml):
        if found[1]:
            row = int(found[1])
            continue
        if found[2]:
            columns, row = max(columns, _column(found[2]) + 1), int(found[3])
        rows = max(rows, row)
    if rows * max(columns, 1) > MOST_CELLS:
        raise too_many_cells(name)


def _place(letters: bytes, row: bytes) -> tuple[int, int]:
    return int(row) - 1, _column(letters)


def _column(letters: bytes) -> int:
    """A → 0, AA → 26."""
    column = 0
    for letter in letters.upper():
        column = column * 26 + letter - 64
    return column - 1
