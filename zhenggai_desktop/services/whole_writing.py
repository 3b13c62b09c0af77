"""Writes the records of a workbook that carries this program's data: known by uid, gaps filled, nothing overwritten."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from zhenggai_desktop.domain.newly_said import newly_said
from zhenggai_desktop.domain.portable import (
    Fields,
    Key,
    Portable,
    blanks,
    has_owner,
    is_reference,
    made,
    parents_first,
    portable,
    record_ids,
    title_of,
)
from zhenggai_desktop.domain.records import LedgerFacts, LogEntry, Measure, Snapshot
from zhenggai_desktop.services.filling import difference, edit, filled_names, same_value
from zhenggai_desktop.services.import_report import ImportReport, ReportLine
from zhenggai_desktop.services.record_writer import Writer


def speaks_of(snapshot: Snapshot, records: Portable) -> bool:
    """True where the ledger is empty or holds at least one of the records: then uids say which is which."""
    if _is_empty(snapshot):
        return True
    known = portable(snapshot)
    return any(key in known for key in records if key[0] is not LedgerFacts)


def write_whole(
    snapshot: Snapshot, records: Portable, writer: Writer, base: Portable | None = None, *, today: dt.date
) -> ImportReport:
    """Add the records that the ledger has not and fill the gaps of those it has; the report says what differs.

    ``base`` are the records from which these were edited: an edit of what the ledger still holds as it was is taken,
    and what it says anew of a measure's progress is an entry of ``today`` too, as of a sheet that was collected.
    The ledger's order stays; new records stand behind their siblings. A ledger without records becomes the very one
    that the workbook was written from.
    """
    writing = _Writing(snapshot, writer, base, today)
    for key in parents_first(records):
        writing.take(key, records[key])
    return writing.report


def _is_empty(snapshot: Snapshot) -> bool:
    return not (snapshot.sections or snapshot.issues or snapshot.chapters)


class _Writing:
    def __init__(self, snapshot: Snapshot, writer: Writer, base: Portable | None, today: dt.date) -> None:
        self._base = base or {}
        self._edited, self._today = base is not None, today
        self.report = ImportReport(new_source=False)
        self._writer = writer
        self._facts = snapshot.facts
        self._ours = portable(snapshot)
        self._ids = record_ids(snapshot)
        self._empty = _is_empty(snapshot)

    def take(self, key: Key, values: Fields) -> None:
        record_type, uid = key
        if record_type is LedgerFacts:
            self._take_facts(uid, values)
        elif key in self._ours:
            self._fill(key, self._ours[key], values)
        elif not has_owner(key, values, self._ids):
            line = ReportLine(record_type, title_of(values), detail="它所属的记录不在台账中，没有导入")
            self.report.different.append(line)
        else:
            record: Any = made(record_type, uid, values, self._ids)
            stored = self._writer.add(replace(record, id=0, position=0) if hasattr(record, "position") else record)
            self._ids[key] = stored.id
            self._tell(key, self._base.get(key, {}).get("progress"), values.get("progress"))
            is_below = getattr(record, "parent_id", None) is not None
            self.report.added.append(ReportLine(record_type, title_of(values), is_below=is_below))

    def _take_facts(self, uid: str, values: Fields) -> None:
        key: Key = (LedgerFacts, self._facts.uid)
        if self._empty:
            changed = {name: value for name, value in values.items() if value != self._ours[key][name]}
            if changed:
                self.report.added.append(ReportLine(LedgerFacts, "", detail=filled_names(self._facts, changed)))
            if uid != self._facts.uid:
                changed["uid"] = uid
            if changed:
                self._writer.set_facts(**changed)
        else:
            self._fill(key, self._ours[key], values)

    def _fill(self, key: Key, ours: Mapping[str, object], values: Fields) -> None:
        record_type = key[0]
        blank, base = blanks(record_type), self._base.get(key)
        wanted: dict[str, object] = {}
        changed: dict[str, object] = {}
        record: Any = made(record_type, key[1], ours, self._ids)
        before = len(self.report.different)
        for name, value in values.items():
            if is_reference(record_type, name) or value == blank[name] or same_value(ours[name], value):
                continue
            if base is not None and value == base[name]:  # nobody edited it; the ledger has gone on since
                continue
            if ours[name] == blank[name]:
                wanted[name] = value
            elif base is not None and same_value(ours[name], base[name]):
                changed[name] = value
            else:
                line = ReportLine(record_type, title_of(ours), detail=difference(record, name, value))
                self.report.different.append(line)
        if wanted or changed:
            if record_type is LedgerFacts:
                self._writer.set_facts(**wanted, **changed)
            else:
                self._writer.update(record_type, self._ids[key], **wanted, **changed)
                self._tell(key, ours.get("progress"), (wanted | changed).get("progress"))
            filled = f"补充：{filled_names(record, wanted)}" if wanted else ""
            details = [*filter(None, [filled]), *(edit(record, name, value) for name, value in changed.items())]
            self.report.added.append(ReportLine(record_type, title_of(ours), detail="；".join(details)))
        elif len(self.report.different) == before:
            self.report.already_there.append(ReportLine(record_type, title_of(ours)))

    def _tell(self, key: Key, before: object, after: object) -> None:
        """An entry of what an edit says anew of a measure's progress."""
        text = newly_said(str(before or ""), str(after or "")) if self._edited and key[0] is Measure else ""
        if text:
            self._writer.add(LogEntry(measure_id=self._ids[key], entered_on=self._today, text=text))
