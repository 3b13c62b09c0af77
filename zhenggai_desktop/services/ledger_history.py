"""The whole history of a ledger to be read: who did what when, narrowed down, and what each step changed.

It is a record of names that users gave themselves, not a login (architecture: one office, one file).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhenggai_desktop.domain.changes import HistoryEntry, RecordKey, RowChange, records_by_key
from zhenggai_desktop.domain.figure_tables import FigureTable
from zhenggai_desktop.domain.records import (
    EvidenceLink,
    Issue,
    Measure,
    MeasureLink,
    OutcomeLink,
    Record,
    Snapshot,
)
from zhenggai_desktop.services.record_history import FieldChange, changed_fields
from zhenggai_desktop.texts import RECORD_NAMES, in_terms

if TYPE_CHECKING:
    from zhenggai_desktop.services.ledger import Ledger

ADDED, REMOVED, CHANGED = "新增", "删除", "修改"
_NAMING = (
    "title",
    "content",
    "progress",
    "name",
    "text",
    "file_name",
    "step",
    "kind",
    "new_deadline",
    "new_owner",
    "body",
)
_LINKS = {MeasureLink, OutcomeLink, EvidenceLink}
_HEADS = ("时间", "操作人", "操作", "类别", "记录", "项目", "原来", "改为")


@dataclass(frozen=True, slots=True)
class HistoryFilter:
    """What to look for; empty parts ask for nothing. ``first`` and ``last`` are whole days where the user is."""

    who: str | None = None  # "" are those without a name
    first: dt.date | None = None
    last: dt.date | None = None
    record_type: type[Record] | None = None
    issue_id: int | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class RecordLine:
    """One record that a step touched: its kind, its name, what was done, and its fields where it was changed."""

    kind: str
    name: str
    act: str
    fields: tuple[FieldChange, ...]


def find_steps(ledger: Ledger, wanted: HistoryFilter) -> tuple[HistoryEntry, ...]:
    """The steps that the filter leaves, the newest first."""
    found = [entry for entry in ledger.history() if _holds(entry, wanted)]
    if wanted.record_type is not None or wanted.issue_id is not None:
        touched = ledger.touched_by_steps()
        of_issue = None if wanted.issue_id is None else keys_of_issue(ledger.snapshot, wanted.issue_id)
        found = [entry for entry in found if _touches(touched.get(entry.id, frozenset()), wanted, of_issue)]
    if words := wanted.words.strip():
        saying = ledger.steps_with(words)
        found = [entry for entry in found if words in entry.label or entry.id in saying]
    return tuple(found)


def people(ledger: Ledger) -> tuple[str, ...]:
    """Everybody in the history, in the order of coming; "" is nobody that gave a name."""
    return tuple(dict.fromkeys(entry.who for entry in reversed(ledger.history())))


class StepReader:
    """What steps changed, record by record, in words; the records that there are now are gathered once."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._known = records_by_key(ledger.snapshot)

    def lines(self, step_id: int) -> tuple[RecordLine, ...]:
        """The records that a step touched; links between records are not told."""
        return tuple(self._line(change) for change in self._ledger.row_changes(step_id) if _is_told(change))

    def _line(self, change: RowChange) -> RecordLine:
        kind = in_terms(RECORD_NAMES[change.record_type], self._ledger.snapshot.facts.kind)
        if change.before is None or change.after is None:
            act, values = (ADDED, change.after) if change.before is None else (REMOVED, change.before)
            return RecordLine(kind, _name_in(values or {}), act, ())
        known = self._known.get((change.record_type, change.id))
        name = _name_in(dict(change.before))
        if known is not None:
            name = _name_in({name: getattr(known, name) for name in _NAMING if hasattr(known, name)})
        return RecordLine(kind, name, CHANGED, tuple(changed_fields(self._ledger.snapshot, change)))


def keys_of_issue(snapshot: Snapshot, issue_id: int) -> frozenset[RecordKey]:
    """An issue with all that hangs on it and on its measures."""
    measures = {measure.id for measure in snapshot.measures if measure.issue_id == issue_id}
    keys: set[RecordKey] = {(Issue, issue_id), *((Measure, measure_id) for measure_id in measures)}
    for group in (snapshot.log_entries, snapshot.extensions, snapshot.chases, snapshot.hand_overs):
        keys |= {(type(one), one.id) for one in group if one.issue_id == issue_id or one.measure_id in measures}
    keys |= {(type(step), step.id) for step in snapshot.closing_steps if step.issue_id == issue_id}
    for links, linked in ((snapshot.outcome_links, "outcome_id"), (snapshot.evidence_links, "evidence_id")):
        of = {getattr(link, linked) for link in links if link.issue_id == issue_id or link.measure_id in measures}
        records = snapshot.outcomes if linked == "outcome_id" else snapshot.evidence
        keys |= {(type(one), one.id) for one in records if one.id in of}
    return frozenset(keys)


def write_history(ledger: Ledger, wanted: HistoryFilter, path: Path) -> int:
    """Write what the filter leaves as an Excel table, a row for each field; gives the number of steps. TargetError."""
    from zhenggai_desktop.formats.table_book import write_table_book  # noqa: PLC0415 - openpyxl loads late

    steps, reader = find_steps(ledger, wanted), StepReader(ledger)
    rows = tuple(row for entry in steps for row in _rows(reader, entry))
    write_table_book(path, "台账修改历史", [FigureTable("修改历史", _HEADS, rows)])
    return len(steps)


def moment_words(entry: HistoryEntry) -> str:
    """“2025-06-10 14:32” where the user is."""
    return f"{entry.at.astimezone():%Y-%m-%d %H:%M}"


def step_words(entry: HistoryEntry) -> str:
    """The step's own words, and that it is undone at present."""
    return f"{entry.label}（已撤销）" if entry.undone else entry.label


def _holds(entry: HistoryEntry, wanted: HistoryFilter) -> bool:
    day = entry.at.astimezone().date()
    return (
        (wanted.who is None or entry.who == wanted.who)
        and (wanted.first is None or day >= wanted.first)
        and (wanted.last is None or day <= wanted.last)
    )


def _touches(touched: frozenset[RecordKey], wanted: HistoryFilter, of_issue: frozenset[RecordKey] | None) -> bool:
    if of_issue is not None:
        touched &= of_issue
    return any(wanted.record_type in (None, record_type) for record_type, _ in touched)


def _is_told(change: RowChange) -> bool:
    only_position = change.before is not None and change.after is not None and set(change.after) == {"position"}
    return change.record_type not in _LINKS and not only_position


def _name_in(values: Mapping[str, Any]) -> str:
    return next((str(values[name]) for name in _NAMING if values.get(name)), "")


def _rows(reader: StepReader, entry: HistoryEntry) -> Iterator[tuple[str | int, ...]]:
    head = (moment_words(entry), entry.who, step_words(entry))
    lines = reader.lines(entry.id)
    if not lines:
        yield (*head, "", "", "", "", "")
    for line in lines:
        if not line.fields:
            yield (*head, line.kind, line.name, line.act, "", "")
        for field in line.fields:
            yield (*head, line.kind, line.name, field.caption, field.before, field.after)
