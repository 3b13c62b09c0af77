"""Whether somebody worked in the printed sheets of a workbook that carries this program's data beside them.

The data say what the ledger was when it was written. A department fills in what it sees: so each printed sheet leaves
its digest among the data, and one that is another now is read like anybody's sheet.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from zhenggai_desktop.domain.cleaning import clean
from zhenggai_desktop.domain.data_table import MORE_SHEET, is_data
from zhenggai_desktop.domain.ledger_template import LISTS
from zhenggai_desktop.domain.sheets import CellValue, Workbook, value_text

SEAL = "工作表"
"""The word in the column 记录 of 数据续; the sheet's name stands in 标识, the digest in 值."""


_BETWEEN = "\ue000"  # stands in no text and is no blank


class SheetDigest:
    """Takes the rows of a sheet one after the other. How cells are merged, formatted or spaced does not matter."""

    def __init__(self) -> None:
        self._digest = hashlib.sha256()

    def take(self, row: Sequence[CellValue | None]) -> None:
        cells = ["" if one is None else one if isinstance(one, str) else value_text(one) for one in row]
        words = "".join(clean(_BETWEEN.join(cells)).split()).rstrip(_BETWEEN)  # once for the row: there are many cells
        if words:
            self._digest.update((words + "\n").encode())

    @property
    def text(self) -> str:
        return self._digest.hexdigest()


def digest_of(rows: Iterable[Sequence[CellValue | None]]) -> str:
    """Of the rows of a whole sheet."""
    digest = SheetDigest()
    for row in rows:
        digest.take(row)
    return digest.text


def edited_sheets(workbook: Workbook) -> list[str]:
    """The names of the printed sheets that are others than when they were written, in their order."""
    seals = dict(_seals(workbook)) if is_data(workbook) else {}
    sheets = {sheet.name: sheet for sheet in workbook.sheets}
    return [name for name in sheets if name in seals and digest_of(sheets[name].rows) != seals[name]]


def edited_ledger(workbook: Workbook) -> Workbook | None:
    """The workbook with nothing but its sheet of the whole ledger, where somebody worked in that."""
    lists = {template.name for template in LISTS}
    names = [name for name in edited_sheets(workbook) if name not in lists]
    sheets = tuple(sheet for sheet in workbook.sheets if sheet.name in names)
    return replace(workbook, sheets=sheets) if sheets else None


def edited_lists(workbook: Workbook) -> list[str]:
    """The names of the three lists that somebody worked in: they are printed from the ledger and not read back."""
    lists = {template.name for template in LISTS}
    return [name for name in edited_sheets(workbook) if name in lists]


def _seals(workbook: Workbook) -> Iterator[tuple[str, str]]:
    for sheet in workbook.sheets:
        if sheet.name == MORE_SHEET:
            for row in sheet.rows:
                if len(row) > 3 and row[0] == SEAL:
                    yield value_text(row[1]), value_text(row[3])
