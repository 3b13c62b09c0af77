"""Comma-separated tables as WPS, Excel and old programs save them: UTF-8 or GB18030, commas, tabs or semicolons."""

from __future__ import annotations

import csv
import io

from zhenggai_desktop.domain.sheets import Sheet, Workbook
from zhenggai_desktop.errors import SourceFormatError
from zhenggai_desktop.formats.sheet_limits import MOST_CELLS, too_many_cells
from zhenggai_desktop.formats.text_reader import decode

_DELIMITERS = (",", "\t", ";")
_LOOKED_AT = 20  # lines
_LONGEST_FIELD = 1_000_000  # characters


def read_csv(data: bytes, name: str) -> Workbook:
    """The table as one sheet of texts, named as the file without its suffix; short rows are filled up.

    Raises SourceFormatError (no text, quotes that never end) and SourceLimitError.
    """
    text = decode(data, name).replace("\x00", "")
    rows: list[list[str]] = []
    previous = csv.field_size_limit(_LONGEST_FIELD)
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)):
            rows.append(row)
            if len(rows) * len(rows[0]) > MOST_CELLS:
                raise too_many_cells(name)
    except csv.Error as error:
        raise SourceFormatError(
            f"“{name}”第{len(rows) + 1}行附近的引号不成对，无法分列", "请用WPS或Excel打开，另存为xlsx后再导入"
        ) from error
    finally:
        csv.field_size_limit(previous)
    width = max(map(len, rows), default=0)
    if len(rows) * width > MOST_CELLS:
        raise too_many_cells(name)
    filled = [row + [""] * (width - len(row)) for row in rows]
    return Workbook(name, (Sheet(name.rpartition(".")[0] or name, filled),))


def _delimiter(text: str) -> str:
    """What separates most in the first lines; a comma where nothing does."""
    head = "\n".join(text.split("\n", _LOOKED_AT)[:_LOOKED_AT])
    counts = {sign: head.count(sign) for sign in _DELIMITERS}
    best = max(counts, key=lambda sign: counts[sign])
    return best if counts[best] else ","
