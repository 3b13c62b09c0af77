"""What refers to the rows of a form keeps to them where rows are put in: sums, print area, lists to choose from.

As in Excel, what stands from the place on moves, and a range over it grows; one that ends with the last blank row of
the form grows too, because the rows put in go on with these.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from openpyxl.worksheet.worksheet import Worksheet

_RANGE = re.compile(r"(\$?[A-Z]{1,3}\$?)(\d+)(?::(\$?[A-Z]{1,3}\$?)(\d+))?")


@dataclass(frozen=True, slots=True)
class Insertion:
    """``by`` rows put in above row ``first`` (from 1), behind ``blank`` rows of the form that they go on with."""

    first: int
    by: int
    blank: int

    def moved(self, ranges: str) -> str:
        """References such as “$A$4:I8” as they are now; whatever else the text says stays."""
        return _RANGE.sub(self._moved, ranges)

    def _moved(self, match: re.Match[str]) -> str:
        begin, begin_row, end, end_row = match.groups()
        if end is None:
            return f"{begin}{self._row(int(begin_row))}"
        last = int(end_row)
        goes_on = self.blank and last == self.first - 1
        return f"{begin}{self._row(int(begin_row))}:{end}{last + self.by if goes_on else self._row(last)}"

    def _row(self, row: int) -> int:
        return row + self.by if row >= self.first else row


def move_references(sheet: Worksheet, insertion: Insertion) -> None:
    """Bring everything of the workbook that refers to rows of the sheet to where these are now."""
    page: Any = sheet  # the library's types do not know which cells are merged
    for other in page.parent.worksheets:
        for cell in _formulas(other):
            cell.value = _moved_formula(cell.value, insertion, page.title, own=other is page)
    if page.print_area:
        page.print_area = insertion.moved(re.sub(r"(?:'(?:[^']|'')*'|[^'!,]+)!", "", page.print_area))
    if page.auto_filter.ref:
        page.auto_filter.ref = insertion.moved(page.auto_filter.ref)
    for validation in page.data_validations.dataValidation:
        validation.sqref = type(validation.sqref)(insertion.moved(str(validation.sqref)))
    _move_conditions(page, insertion)


def _move_conditions(page: Any, insertion: Insertion) -> None:
    conditions = page.conditional_formatting
    found = [(str(one.sqref), rule) for one in conditions for rule in one.rules]
    page.conditional_formatting = type(conditions)()
    for ranges, rule in found:
        page.conditional_formatting.add(insertion.moved(ranges), rule)


def _formulas(page: Any) -> Iterator[Any]:
    for cell in list(page._cells.values()):  # noqa: SLF001 - iter_rows makes each cell down to a stray one far below
        if cell.data_type == "f" and isinstance(cell.value, str):
            yield cell


def _moved_formula(formula: str, insertion: Insertion, title: str, *, own: bool) -> str:
    """The formula with its references to the sheet ``title`` moved; on the sheet itself those without a name too."""
    from openpyxl.formula import Tokenizer  # noqa: PLC0415 - openpyxl loads late

    tokens: Any = Tokenizer(formula)
    for token in tokens.items:
        if token.type == "OPERAND" and token.subtype == "RANGE":
            name, mark, ranges = token.value.rpartition("!")
            if (name.strip("'").replace("''", "'") == title) if mark else own:
                token.value = f"{name}{mark}{insertion.moved(ranges)}"
    return str(tokens.render())
