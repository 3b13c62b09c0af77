"""How statuses look in a sheet: each has a ground of its own darkness, so that a black and white print tells them too.

A rule of the sheet, not of its cells: a status that is chosen anew in Excel changes its look at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any

from zhenggai_desktop.domain.records import Status
from zhenggai_desktop.texts import STATUS_NAMES

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

LOOKS: Mapping[Status, tuple[str, str, bool]] = {
    Status.NOT_STARTED: ("FF9C2B1F", "FFFFFFFF", True),
    Status.IN_PROGRESS: ("FF4A3000", "FFFBE8C8", False),
    Status.MOSTLY_DONE: ("FF0F3350", "FFB4D2EA", False),
    Status.DONE: ("FFFFFFFF", "FF1F6B43", False),
}
"""Ink, ground and whether the letters are bold. Words have a contrast of 4.5 : 1 at least; the grounds' luminances
are 1.0, 0.83, 0.62 and 0.12."""


def mark_statuses(page: Worksheet, cells: str) -> None:
    """Give the cells in a range (“H4:H90”) the look of the status whose name they hold."""
    from openpyxl.styles import Font, PatternFill  # noqa: PLC0415 - openpyxl takes time to load

    rules: Any = import_module("openpyxl.formatting.rule")  # its functions have no types
    formatting: Any = page.conditional_formatting
    for status, (ink, ground, bold) in LOOKS.items():
        fill = PatternFill("solid", bgColor=ground)
        font = Font(color=ink, bold=bold)
        name = STATUS_NAMES[status]
        formatting.add(cells, rules.CellIsRule(operator="equal", formula=[f'"{name}"'], font=font, fill=fill))
