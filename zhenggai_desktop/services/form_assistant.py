"""A blank form that somebody sent, with what its columns are understood to mean, and a clerk's word on them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from zhenggai_desktop.domain.blocks import SourceTable
from zhenggai_desktop.domain.form_lines import FormList, lists_in
from zhenggai_desktop.domain.sheets import as_table
from zhenggai_desktop.domain.table_columns import Column
from zhenggai_desktop.errors import SourceFormatError
from zhenggai_desktop.services.form_filling import Form, document_tables, form_of, refuse_other_kinds
from zhenggai_desktop.services.form_memory import FormMemory
from zhenggai_desktop.services.header_reading import HeaderReading


@dataclass(frozen=True, slots=True)
class FormTable:
    """One table of the form's file. ``name`` is what a clerk knows it by; see ``FormList``, ``Form`` for the rest."""

    name: str
    table: SourceTable
    title: str
    sheet: str = ""
    number: int = 0


class FormAssistant:
    """``reading`` is that of the table at ``at``, of which is spoken now: the first one that is understood, else the
    largest. ``filled`` are the places of the tables that will be filled, at first those of ``lists_in``.

    Raises UsageError (another kind of file), SourceError (no file, damaged, no table).
    """

    def __init__(self, path: Path, memory: FormMemory) -> None:
        self._path = path
        self._memory = memory
        refuse_other_kinds(path)
        self.tables = _tables(path)
        if not self.tables:
            raise SourceFormatError(f"“{path.name}”里没有表格", "请确认选的是带表格的空表")
        chosen = memory.chosen
        self._readings = [HeaderReading(one.table, chosen) for one in self.tables]
        largest = max(range(len(self.tables)), key=lambda at: len(self.tables[at].table.cells))
        read = zip(self.tables, self._readings, strict=True)
        lists = [FormList(one.table, reading.header, one.title) if reading.found else None for one, reading in read]
        self.filled = {*lists_in(lists)} or {largest}
        self.at = min(self.filled)

    @property
    def reading(self) -> HeaderReading:
        return self._readings[self.at]

    @property
    def forms(self) -> tuple[Form, ...]:
        """The lists that will be filled, as they are understood now."""
        read = [(self.tables[at], self._readings[at].header) for at in sorted(self.filled)]
        return tuple(
            form_of(self._path, FormList(one.table, header, one.title), sheet=one.sheet, table=one.number)
            for one, header in read
        )

    @property
    def problem(self) -> str:
        """Why the form cannot be filled as it is understood now; "" where it can."""
        if not self.filled:
            return "没有要填的表，请在要填的表上打勾。"
        unread = [at for at in sorted(self.filled) if not self._is_read(at)]
        if not unread:
            return ""
        where = f"“{self.tables[unread[0]].name}”里" if unread[0] != self.at else ""
        return f"{where}没有认出问题或措施在哪一列。请指出表头在第几行，再选择各列填什么；以后遇到同样的表会记得。"

    def _is_read(self, at: int) -> bool:
        return self._readings[at].header.has(Column.ISSUE, Column.DETAIL, Column.MEASURE)

    def remember(self) -> None:
        """Keep the form and what was said of it."""
        for at in sorted(self.filled):
            self._readings[at].remember(self._memory)
        self._memory.remember_form(self._path)


def _tables(path: Path) -> list[FormTable]:
    if path.suffix.lower() == ".docx":
        tables = enumerate(document_tables(path), 1)
        return [FormTable(f"第{at}个表格", table, title, number=at - 1) for at, (table, title) in tables]
    from zhenggai_desktop.formats.sheet_reader import read_workbook  # noqa: PLC0415 - calamine loads late

    sheets = [sheet for sheet in read_workbook(path).sheets if sheet.rows]
    shown = [sheet for sheet in sheets if not sheet.hidden] or sheets
    return [FormTable(sheet.name, as_table(sheet), sheet.name, sheet.name) for sheet in shown]
