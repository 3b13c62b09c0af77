"""Deadlines as an iCalendar file (RFC 5545): all-day events that Outlook, WPS and telephones take over.

An event keeps the uid of its record, so that a file made later replaces the events of an earlier one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from zhenggai_desktop.domain.cleaning import clean
from zhenggai_desktop.formats.replacing import replacing

_LONGEST_LINE = 75  # bytes (RFC 5545 §3.1)


@dataclass(frozen=True, slots=True)
class Event:
    """An all-day event; ``warnings`` are days before it on which a reminder is shown (at 9 o'clock)."""

    uid: str
    day: dt.date
    title: str
    note: str = ""
    warnings: tuple[int, ...] = ()


def calendar_text(name: str, events: Iterable[Event], *, made_at: dt.datetime) -> str:
    """The whole file with its lines folded. ``made_at`` is aware; it is written in UTC."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//zhenggai_desktop//ZH",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_escaped(name)}",
        *(line for event in events for line in _event(event, made_at)),
        "END:VCALENDAR",
    ]
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def write_calendar(name: str, events: Iterable[Event], path: Path, *, made_at: dt.datetime) -> None:
    """Write ``calendar_text`` in UTF-8. Raises ``TargetError``."""
    with replacing(path) as temporary:
        temporary.write_bytes(calendar_text(name, events, made_at=made_at).encode())


def _event(event: Event, made_at: dt.datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}"
    yield f"DTSTAMP:{made_at.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{event.day + dt.timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_escaped(event.title)}"
    if event.note:
        yield f"DESCRIPTION:{_escaped(event.note)}"
    yield "TRANSP:TRANSPARENT"
    for days in event.warnings:
        trigger = f"-P{days - 1}DT15H" if days >= 1 else "PT9H"  # 9 o'clock, so many days before midnight of the day
        yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{_escaped(event.title)}")
        yield from (f"TRIGGER:{trigger}", "END:VALARM")
    yield "END:VEVENT"


def _escaped(text: str) -> str:
    """Text as RFC 5545 §3.3.11 wants it: \\ ; , and line breaks escaped."""
    words = clean(text).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return words.replace("\r\n", "\n").replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """Pieces of at most 75 bytes; each after the first begins with a blank. No character is cut in two."""
    piece, size = "", 0
    for character in line:
        width = len(character.encode())
        if size + width > _LONGEST_LINE:
            yield piece
            piece, size = " ", 1
        piece += character
        size += width
    yield piece
