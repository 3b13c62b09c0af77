"""How large a sheet may be before it is no ledger."""

from __future__ import annotations

from collections.abc import Iterable

from zhenggai_desktop.domain.sheets import Sheet
from zhenggai_desktop.errors import SourceLimitError

MOST_CELLS = 6_000_000
"""Most cells, empty ones counted, in the rectangles that the sheets of one file fill: 100,000 rows of 60 columns."""

MOST_IN_A_ROW = 1_000
"""Most cells with content in one row: a ledger has some thirty columns, one with a column for each month a hundred."""


def refuse_wide_rows(name: str, sheets: Iterable[Sheet]) -> None:
    """Raise SourceLimitError for a row that holds more than any ledger's; empty cells behind it are not counted."""
    for sheet in sheets:
        for row in sheet.rows:
            if len(row) > MOST_IN_A_ROW and sum(cell != "" for cell in row) > MOST_IN_A_ROW:
                raise SourceLimitError(
                    f"“{name}”有一行超过{MOST_IN_A_ROW}个有内容的单元格，不像台账",
                    "请用WPS或Excel打开核对，另存为xlsx后再导入",
                )


def too_many_cells(name: str) -> SourceLimitError:
    """The refusal of a file whose cells lie too far apart or are too many."""
    return SourceLimitError(
        f"“{name}”的表格范围大得不正常（超过{MOST_CELLS // 10_000}万个单元格），已停止读取",
        "请把台账部分复制到新的工作簿，再导入",
    )
