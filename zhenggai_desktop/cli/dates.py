"""A date as it is written on the command line."""

from __future__ import annotations

import datetime as dt
import re

from zhenggai_desktop.errors import UsageError

_DATE = re.compile(r"\s*(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?\s*")


def read_date(text: str) -> dt.date:
    """2024-05-06, 2024.5.6, 2024年5月6日. Raises UsageError."""
    match = _DATE.fullmatch(text)
    try:
        if match is not None:
            return dt.date(*map(int, match.groups()))
    except ValueError:
        pass
    raise UsageError(f"“{text}”不是一个日期", "请写成 2024-05-06 这样的年-月-日")
