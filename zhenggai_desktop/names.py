"""What the program and its files are called, and how a sentence names days and a few of many: what is needed before
anything else is loaded.

``texts`` has the names too, with the captions of all records; a window that is only starting does without those.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

APP_NAME = "整改台账"
LEDGER_SUFFIX = ".zgtz"
SOURCE_SUFFIXES = (
    ".docx", ".doc", ".wps", ".pdf", ".ofd", ".txt", ".html", ".htm", ".mht", ".mhtml", ".rtf", ".odt", ".docm",
    ".dotx", ".dot", ".wpt",
)  # fmt: skip
"""Files that are offered for import; what is really in a file is found out when it is read."""
WORKBOOK_SUFFIXES = (".xlsx", ".xls", ".et", ".xlsm", ".ods", ".csv")
_NAMED = 3  # of many in a sentence


def date_text(date: dt.date | None) -> str:
    """“2024年5月6日” as official documents write it (no leading zeros); "" for none."""
    return "" if date is None else f"{date.year}年{date.month}月{date.day}日"


def some_of(items: Sequence[str], unit: str) -> str:
    """“甲、乙、丙等5份”: the first three of more, which ``unit`` counts; all of fewer, "" of none."""
    more = f"等{len(items)}{unit}" if len(items) > _NAMED else ""
    return "、".join(items[:_NAMED]) + more
