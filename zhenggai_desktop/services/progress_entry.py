"""本周进展: entries for many rows at once, and entries gathered into the progress that the notice prints."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhenggai_desktop.domain.changes import RecordKey
from zhenggai_desktop.domain.newly_said import is_told
from zhenggai_desktop.domain.records import Issue, LogEntry, Measure, Snapshot

if TYPE_CHECKING:
    from zhenggai_desktop.services.ledger import Ledger

DITTO = frozenset({"同上", "〃", "″", "同前", "同上。"})
_STOPS = "。；！？"
_RUNNING_ON = tuple("：，、…")  # ends of a text that the next words go on from, without a full stop


@dataclass(frozen=True, slots=True)
class Entry:
    """What somebody wrote into one line of the table; ``reporter`` is who told it."""

    key: RecordKey
    text: str
    reporter: str = ""


def last_entries(snapshot: Snapshot) -> dict[RecordKey, LogEntry]:
    """The latest entry of every issue and measure that has one: shown greyed beside the line to fill in."""
    found: dict[RecordKey, LogEntry] = {}
    for entry in snapshot.log_entries:
        key: RecordKey = (Issue, entry.issue_id) if entry.issue_id is not None else (Measure, entry.measure_id or 0)
        before = found.get(key)
        if before is None or (entry.entered_on or dt.date.min, entry.id) >= (
            before.entered_on or dt.date.min,
            before.id,
        ):
            found[key] = entry
    return found


def enter(ledger: Ledger, entries: Sequence[Entry], *, on: dt.date) -> int:
    """Add the entries in one step; gives how many. Empty lines are left out; “同上” takes the text and the reporter of
    the line above it, wherever that one took them from. “同上” in the first line is no text and is left out."""
    told = list(_without_ditto(entries))
    if told:
        with ledger.step(f"登记进展（{len(told)}项）") as writer:
            writer.add_many([_log_entry(entry, on) for entry in told])
    return len(told)


def gather_into_progress(ledger: Ledger, measure_ids: Iterable[int], *, since: dt.date | None = None) -> int:
    """Append the entries of these measures (from ``since`` on, where given) to what the notice prints; gives how many
    measures changed. An entry whose words stand in the progress already is not added again."""
    changes = gathered_texts(ledger.snapshot, measure_ids, since=since)
    if changes:
        with ledger.step(f"进展记录汇入整改进展（{len(changes)}项）") as writer:
            for measure_id, progress in changes.items():
                writer.update(Measure, measure_id, progress=progress)
    return len(changes)


def gathered_texts(snapshot: Snapshot, measure_ids: Iterable[int], *, since: dt.date | None = None) -> dict[int, str]:
    """What ``gather_into_progress`` would write, by the ids of the measures that change."""
    entries: dict[int, list[LogEntry]] = {measure_id: [] for measure_id in measure_ids}
    for entry in snapshot.log_entries:
        if entry.measure_id in entries and entry.text.strip():
            entries[entry.measure_id].append(entry)
    found: dict[int, str] = {}
    for measure in snapshot.measures:
        if entries.get(measure.id) and (progress := _gathered(measure, entries[measure.id], since)) != measure.progress:
            found[measure.id] = progress
    return found


def _without_ditto(entries: Sequence[Entry]) -> Iterable[Entry]:
    above: Entry | None = None
    for entry in entries:
        text, reporter = entry.text.strip(), entry.reporter.strip()
        if text in DITTO and above is not None:
            above = Entry(entry.key, above.text, reporter or above.reporter)
        elif text and text not in DITTO:
            above = Entry(entry.key, text, reporter)
        else:
            continue
        yield above


def _log_entry(entry: Entry, on: dt.date) -> LogEntry:
    record_type, record_id = entry.key
    return LogEntry(
        issue_id=record_id if record_type is Issue else None,
        measure_id=record_id if record_type is Measure else None,
        entered_on=on,
        text=entry.text,
        reporter=entry.reporter,
    )


def _gathered(measure: Measure, found: Iterable[LogEntry], since: dt.date | None) -> str:
    entries = sorted(found, key=lambda entry: (entry.entered_on or dt.date.min, entry.id))
    progress = measure.progress.rstrip()
    for entry in entries:
        words = entry.text.strip()
        if (since is None or (entry.entered_on or dt.date.min) >= since) and not is_told(words, progress):
            progress = _closed(progress) + _closed(words)
    return progress


def _closed(text: str) -> str:
    """The text as another may follow it: with a full stop, where it has no end of its own."""
    open_ended = text.endswith(_RUNNING_ON) or text.rstrip("”’）").endswith(tuple(_STOPS))
    return text if not text or open_ended else f"{text}。"
