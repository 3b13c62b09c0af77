"""What a clerk should know about a deadline that is stored: told quietly below its field, never in the way."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from zhenggai_desktop.texts import date_text

if TYPE_CHECKING:
    from zhenggai_desktop.domain.records import Issue, Measure

_WITHOUT_DAY = re.compile(r"立行立改|立查立改|即知即改|边查边改|长期|持续|常态|始终")  # such a deadline needs no day


def deadline_note(record: Issue | Measure, feedback_date: dt.date | None) -> str:
    """“读不出日期…”, “早于反馈日期…”, or "" where nothing is to be said. Of a measure without a deadline nothing is."""
    if record.due_on is not None:
        early = feedback_date is not None and record.due_on < feedback_date
        return f"早于反馈日期（{date_text(feedback_date)}），请核对" if early else ""
    if not record.deadline.strip() or _WITHOUT_DAY.search(record.deadline):
        return ""
    from zhenggai_desktop.domain.waiting_deadlines import waits_for_feedback  # noqa: PLC0415 - many patterns

    if feedback_date is None and waits_for_feedback(record.deadline):
        return "没有反馈日期，算不出到期日；请在“台账信息”里填写反馈日期"
    return "读不出日期，不会催办；请在“到期日”里填写"
