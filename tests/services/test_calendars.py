"""The calendar of an open ledger."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from builders import a_snapshot

from zhenggai_desktop.domain.records import Issue, Section
from zhenggai_desktop.services.calendars import export_calendar

NOW = dt.datetime(2025, 6, 1, 4, tzinfo=dt.UTC)


def test_a_deadline_is_told_in_its_words_or_by_its_day(tmp_path: Path) -> None:
    snapshot = a_snapshot(
        Section(title="学习方面"),
        Issue(section_id=1, title="甲", due_on=dt.date(2025, 6, 30), lead_department="党建办"),
        Issue(section_id=1, title="乙", due_on=dt.date(2025, 7, 31), deadline="7月底前"),
    )
    assert export_calendar(snapshot, tmp_path / "时限.ics", now=NOW) == 2
    text = (tmp_path / "时限.ics").read_text("utf-8").replace("\r\n ", "").replace("\n ", "")
    assert "DESCRIPTION:时限：2025年6月30日\\n责任：党建办" in text
    assert "DESCRIPTION:时限：7月底前" in text
