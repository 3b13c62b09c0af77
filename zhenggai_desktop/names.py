"""What the program and its files are called: the few words that are needed before anything else is loaded.

``texts`` has them too, with the captions of all records; a window that is only starting does without those.
"""

from __future__ import annotations

import datetime as dt

APP_NAME = "整改台账"
LEDGER_SUFFIX = ".zgtz"
SOURCE_SUFFIXES = (
    ".docx", ".doc", ".wps", ".pdf", ".ofd", ".txt", ".html", ".htm", ".mht", ".mhtml", ".rtf", ".odt", ".docm",
    ".dotx", ".dot", ".wpt",
)  # fmt: skip
"""Files that are offered for import; what is really in a file is found out when it is read."""
WORKBOOK_SUFFIXES = (".xlsx", ".xls", ".et", ".xlsm", ".ods", ".csv")


def date_text(date: dt.date | None) -> str:
    """“2024年5月6日” as official documents write it (no leading zeros); "" for none."""
    return "" if date is None else f"{date.year}年{date.month}月{date.day}日"
