"""A foreign workbook with what its columns are understood to mean, and a clerk's word on them.

Nothing is written: what is agreed to in the end is ``plan``; ``remember`` keeps the word for files of the same shape.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from zhenggai_desktop.domain.data_table import is_data
from zhenggai_desktop.domain.edited_sheets import edited_ledger
from zhenggai_desktop.domain.plan import ImportPlan
from zhenggai_desktop.domain.records import DocumentKind, Snapshot
from zhenggai_desktop.domain.sheets import Sheet, Workbook
from zhenggai_desktop.domain.table_columns import Column
from zhenggai_desktop.domain.workbook_reader import LedgerSheet, sheet_table, understand_sheets, understand_workbook
from zhenggai_desktop.errors import SourceError
from zhenggai_desktop.services.form_memory import FormMemory
from zhenggai_desktop.services.header_reading import HeaderReading
from zhenggai_desktop.services.import_report import ImportReport
from zhenggai_desktop.services.importing import checksum, has_records, preview, refuse_devices


@dataclass(slots=True)
class SheetReading(HeaderReading):
    """One sheet. ``is_read``: it is imported."""

    sheet: Sheet
    is_read: bool = field(init=False)

    def __post_init__(self) -> None:
        HeaderReading.__post_init__(self)
        self.is_read = self.found


class WorkbookAssistant:
    """``plan`` and ``report`` belong to the sheets as they are read now. Where nothing can be read so, the plan is
    empty and ``problem`` is the sentence that says why."""

    def __init__(self, workbook: Workbook, snapshot: Snapshot, memory: FormMemory, sha256: str = "") -> None:
        self._workbook = workbook
        self._snapshot = snapshot
        self._memory = memory
        self._sha256 = sha256
        self.problem = ""
        self.plan: ImportPlan
        self.report: ImportReport
        chosen = memory.chosen
        self.sheets = [SheetReading(sheet_table(sheet), chosen, sheet) for sheet in workbook.sheets if sheet.rows]
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
        self.sheets[at].set_meaning(column, meaning)
        self._understand()

    def set_header(self, at: int, first_row: int, end_row: int) -> None:
        """Say which rows are the header: from ``first_row`` up to, not including, ``end_row``, counted from 0."""
        self.sheets[at].set_header(first_row, end_row)
        self._understand()

    def remember(self) -> None:
        """Keep the clerk's word for files of the same shape. A header that the program did not see is kept whole."""
        for one in self.sheets:
            if one.is_read:
                one.remember(self._memory)

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


def assist_workbook(path: Path, snapshot: Snapshot, memory: FormMemory) -> WorkbookAssistant | None:
    """The assistant for the workbook at ``path`` and a ledger in this state; None for a workbook that this program
    wrote with its data: there is nothing to say of its columns. Where somebody moved rows in its sheet 台账 since, that
    sheet is anybody's, for a ledger that has records. Raises SourceError."""
    from zhenggai_desktop.formats.sheet_reader import read_workbook  # noqa: PLC0415 - calamine loads late

    refuse_devices(path)
    workbook = read_workbook(path)
    if is_data(workbook):
        edited = edited_ledger(workbook) if has_records(snapshot) else None
        if edited is None or understand_workbook(workbook).edited is None:
            return None
        workbook = edited
    return WorkbookAssistant(workbook, snapshot, memory, checksum(path))
