"""Deadlines as an iCalendar file."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from zhenggai_desktop.formats.calendar_writer import Event, calendar_text, write_calendar

MADE = dt.datetime(2025, 6, 10, 16, 30, tzinfo=dt.timezone(dt.timedelta(hours=8)))


def unfolded(text: str) -> list[str]:
    return text.replace("\r\n ", "").split("\r\n")


def test_an_event_is_a_whole_day_with_its_warnings() -> None:
    event = Event("uid-1", dt.date(2025, 6, 30), "1-2 台账不全", "责任：财政所\n时限：2025年6月底前", (3, 0))
    lines = unfolded(calendar_text("整改时限", [event], made_at=MADE))
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert "UID:uid-1" in lines
    assert "DTSTAMP:20250610T083000Z" in lines
    assert "DTSTART;VALUE=DATE:20250630" in lines
    assert "DTEND;VALUE=DATE:20250701" in lines
    assert "DESCRIPTION:责任：财政所\\n时限：2025年6月底前" in lines
    assert [line for line in lines if line.startswith("TRIGGER")] == ["TRIGGER:-P2DT15H", "TRIGGER:PT9H"]


def test_lines_are_folded_at_75_bytes_and_no_character_is_cut(tmp_path: Path) -> None:
    title = "关于“学习，落实；检查\\整改”不够深入的问题" * 6
    write_calendar("台账", [Event("uid", dt.date(2025, 1, 1), title)], tmp_path / "时限.ics", made_at=MADE)
    raw = (tmp_path / "时限.ics").read_bytes()
    assert max(len(line) for line in raw.split(b"\r\n")) <= 75
    assert "SUMMARY:" + title.replace("\\", "\\\\") in unfolded(raw.decode())


def test_what_means_something_in_the_format_is_escaped() -> None:
    text = calendar_text("a,b;c", [Event("u", dt.date(2025, 1, 1), "甲,乙;丙\x0b丁")], made_at=MADE)
    assert "X-WR-CALNAME:a\\,b\\;c" in text
    assert "\x0b" not in text
