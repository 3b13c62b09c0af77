"""How large a sheet may be before it is no ledger."""

from __future__ import annotations

from zhenggai_desktop.errors import SourceLimitError

MOST_CELLS = 6_000_000
"""Most cells, empty ones counted, in the rectangles that the sheets of one file fill: 100,000 rows of 60 columns."""


def too_many_cells(name: str) -> SourceLimitError:
    """The refusal of a file whose cells lie too far apart or are too many."""
    return SourceLimitError(
        f"“{name}”的表格范围大得不正常（超过{MOST_CELLS // 10_000}万个单元格），已停止读取",
        "请把台账部分复制到新的工作簿，再导入",
    )
