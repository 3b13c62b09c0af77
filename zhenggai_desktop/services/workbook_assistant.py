"""A foreign workbook with what its columns are understood to mean, and a clerk's word on them.

Nothing is written: what is agreed to in the end is ``plan``; ``remember`` keeps the word for files of the same shape.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from zhenggai_desktop.domain.blocks import SourceTable
from zhenggai_desktop.domain.data_table import is_data
from zhenggai_desktop.domain.plan import ImportPlan
from zhenggai_desktop.domain.records import DocumentKind, Snapshot
from zhenggai_desktop.domain.sheets import Sheet, Workbook, as_table
from zhenggai_desktop.domain.table_columns import Column, ColumnUse, Header, header_at
from zhenggai_desktop.domain.workbook_reader import (
    LedgerSheet,
    caption_keys,
    chosen_header,
    shape_of,
    understand_sheets,
)
from zhenggai_desktop.errors import SourceError
from zhenggai_desktop.services.form_memory import FormMemory
from zhenggai_desktop.services.import_report import ImportReport
from zhenggai_desktop.services.importing import checksum, preview, refuse_devices

HIGHEST_HEADER = 5  # rows


@dataclass(slots=True)
class SheetReading:
    """One sheet. ``by_itself`` is its header as the program reads it, ``said`` what the clerk says of columns by their
    place; ``found`` is False where the program saw no ledger. ``is_read``: the sheet is imported."""

    sheet: Sheet
    table: SourceTable
    by_itself: Header
    found: bool
    is_read: bool
    said: dict[int, Column] = field(default_factory=dict[int, Column])

    @property
    def header(self) -> Header:
        """The header with the clerk's word."""
        uses = tuple(
            ColumnUse((self.said[at],), use.caption) if at in self.said else use
            for at, use in enumerate(self.by_itself.uses)
        )
        return replace(self.by_itself, uses=uses)


class WorkbookAssistant:
    """``plan`` and ``report`` belong to the sheets as they are read now. Where nothing can be read so, the plan is
    empty and ``problem`` is the sentence that says why."""

    def __init__(self, workbook: Workbook, snapshot: Snapshot, memory: FormMemory, sha256: str = "") -> None:
        self._workbook = workbook
        self._snapshot = snapshot
        self._memory = memory
        self._sha256 = sha256
        self._remembered = memory.chosen
        self.problem = ""
        self.plan: ImportPlan
        self.report: ImportReport
        self.sheets = [self._read(sheet) for sheet in workbook.sheets if sheet.rows]
        if any(one.is_read and not one.sheet.hidden for one in self.sheets):
            for one in self.sheets:
                one.is_read = one.is_read and not one.sheet.hidden
        self._understand()

    def set_read(self, at: int, *, is_read: bool) -> None:
        """Import the sheet at this place, or do not."""
        self.sheets[at].is_read = is_read
        self._understand()

    def set_meaning(self, at: int, column: int, meaning: Column | None) -> None:
        """Say what a column of a sheet means; None leaves it to the program."""
        said = self.sheets[at].said
        if meaning is None:
            said.pop(column, None)
        else:
            said[column] = meaning
        self._understand()

    def set_header(self, at: int, first_row: int, end_row: int) -> None:
        """Say which rows are the header: from ``first_row`` up to, not including, ``end_row``, counted from 0."""
        one = self.sheets[at]
        last = len(one.sheet.rows)
        first_row = max(0, min(first_row, last - 1))
        end_row = max(first_row + 1, min(end_row, last, first_row + HIGHEST_HEADER))
        one.by_itself = header_at(one.table, first_row, end_row)
        one.said = self._said_before(one.by_itself)
        self._understand()

    def remember(self) -> None:
        """Keep the clerk's word for files of the same shape. A header that the program did not see is kept whole."""
        for one in self.sheets:
            if not one.is_read:
                continue
            header, keys = one.header, caption_keys(one.header)
            if one.found and one.by_itself == chosen_header(one.table, {}):
                words = {keys[at]: column for at, column in one.said.items()}
            else:
                words = {key: use.column for key, use in zip(keys, header.uses, strict=True) if use.caption}
            if words or shape_of(header) in self._remembered:
                self._memory.remember_columns(shape_of(header), words)

    def _read(self, sheet: Sheet) -> SheetReading:
        table = as_table(sheet)
        found = chosen_header(table, self._remembered)
        header = header_at(table, found.first_row, found.end_row) if found else _first_row_with_words(table)
        return SheetReading(sheet, table, header, found is not None, found is not None, self._said_before(header))

    def _said_before(self, header: Header) -> dict[int, Column]:
        words = self._remembered.get(shape_of(header), {})
        return {at: words[key] for at, key in enumerate(caption_keys(header)) if key in words}

    def _understand(self) -> None:
        ledgers = [LedgerSheet(one.sheet, one.table, one.header) for one in self.sheets if one.is_read]
        self.plan, self.problem = ImportPlan(self._workbook.name, DocumentKind.WORKBOOK), ""
        if not ledgers:
            self.problem = "没有认出台账的表头。如果这是台账，请勾选“导入这张表”，再在列头上选择各列的含义。"
        elif not any(ledger.header.has(Column.ISSUE, Column.DETAIL, Column.MEASURE) for ledger in ledgers):
            self.problem = "还不知道哪一列是问题：请点那一列的列头，选择“反馈问题”。"
        else:
            try:
                self.plan = understand_sheets(self._workbook, ledgers)
            except SourceError as error:
                self.problem = str(error)
        self.plan.sha256 = self._sha256
        self.report = preview(self._snapshot, self.plan)


def _first_row_with_words(table: SourceTable) -> Header:
    """The first row with several filled cells: where a header would stand."""
    rows = [cell.row for cell in table.cells if cell.text.strip()]
    row = next((row for row in dict.fromkeys(rows) if rows.count(row) > 1), 0)
    return header_at(table, row, row + 1)


def assist_workbook(path: Path, snapshot: Snapshot, memory: FormMemory) -> WorkbookAssistant | None:
    """The assistant for the workbook at ``path`` and a ledger in this state; None for a workbook that this program
    wrote with its data: there is nothing to say of its columns. Raises SourceError."""
    from zhenggai_desktop.formats.sheet_reader import read_workbook  # noqa: PLC0415 - calamine loads late

    refuse_devices(path)
    workbook = read_workbook(path)
    return None if is_data(workbook) else WorkbookAssistant(workbook, snapshot, memory, checksum(path))
