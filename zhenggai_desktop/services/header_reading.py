"""The header of a foreign table with a clerk's word on it: which rows it is, and what its columns mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from zhenggai_desktop.domain.blocks import SourceTable
from zhenggai_desktop.domain.table_columns import Column, ColumnUse, Header, header_at
from zhenggai_desktop.domain.workbook_reader import Chosen, caption_keys, chosen_header, shape_of
from zhenggai_desktop.services.form_memory import FormMemory

HIGHEST_HEADER = 5  # rows


@dataclass(slots=True)
class HeaderReading:
    """``by_itself`` is the header as the program reads it, ``said`` what the clerk says of columns by their place;
    ``found`` is False where the program saw no ledger and took the first row with several words."""

    table: SourceTable
    remembered: Chosen
    found: bool = field(init=False)
    by_itself: Header = field(init=False)
    said: dict[int, Column] = field(init=False)

    def __post_init__(self) -> None:
        found = chosen_header(self.table, self.remembered)
        self.found = found is not None
        self.by_itself = (
            header_at(self.table, found.first_row, found.end_row) if found else _first_row_with_words(self.table)
        )
        self.said = self._said_before()

    @property
    def header(self) -> Header:
        """The header with the clerk's word."""
        uses = tuple(
            ColumnUse((self.said[at],), use.caption) if at in self.said else use
            for at, use in enumerate(self.by_itself.uses)
        )
        return replace(self.by_itself, uses=uses)

    def set_header(self, first_row: int, end_row: int) -> None:
        """Say which rows are the header: from ``first_row`` up to, not including, ``end_row``, counted from 0. Rows
        that are not there are brought into the table, and a header that is too high is cut."""
        first_row = max(0, min(first_row, self.table.rows - 1))
        end_row = max(first_row + 1, min(end_row, self.table.rows, first_row + HIGHEST_HEADER))
        self.by_itself = header_at(self.table, first_row, end_row)
        self.said = self._said_before()

    def set_meaning(self, column: int, meaning: Column | None) -> None:
        """Say what a column means; None leaves it to the program."""
        if meaning is None:
            self.said.pop(column, None)
        else:
            self.said[column] = meaning

    def remember(self, memory: FormMemory) -> None:
        """Keep the clerk's word for files of the same shape. A header that the program did not see is kept whole."""
        keys, shape = caption_keys(self.header), shape_of(self.header)
        words: Mapping[str, Column]
        if self.found and self.by_itself == chosen_header(self.table, {}):
            words = {keys[at]: column for at, column in self.said.items()}
        else:
            words = {key: use.column for key, use in zip(keys, self.header.uses, strict=True) if use.caption}
        if words or shape in self.remembered:
            memory.remember_columns(shape, words)

    def _said_before(self) -> dict[int, Column]:
        words = self.remembered.get(shape_of(self.by_itself), {})
        return {at: words[key] for at, key in enumerate(caption_keys(self.by_itself)) if key in words}


def _first_row_with_words(table: SourceTable) -> Header:
    """The first row with several filled cells: where a header would stand."""
    rows = [cell.row for cell in table.cells if cell.text.strip()]
    row = next((row for row in dict.fromkeys(rows) if rows.count(row) > 1), 0)
    return header_at(table, row, row + 1)
