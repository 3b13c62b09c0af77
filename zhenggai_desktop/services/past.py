"""The ledger as it was at a moment of the past, rebuilt from the change log."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from zhenggai_desktop.domain.changes import RecordKey, RowChange, records_by_key
from zhenggai_desktop.domain.records import SNAPSHOT_FIELDS, LedgerFacts, Record, Snapshot

if TYPE_CHECKING:
    from zhenggai_desktop.services.ledger import Ledger


def snapshot_at(ledger: Ledger, moment: dt.datetime) -> Snapshot:
    """The snapshot after the last step that is not later than ``moment`` (aware); the present one where none is later.

    Before the first step of the log it is the ledger as the log begins: a purged log reaches no further back.
    """
    records = records_by_key(ledger.snapshot)
    touched = False
    for entry in ledger.history():  # the newest first
        if entry.at <= moment:
            break
        for change in ledger.row_changes(entry.id):
            touched = True
            _take_back(records, change)
    return _snapshot(records) if touched else ledger.snapshot


def _take_back(records: dict[RecordKey, Record], change: RowChange) -> None:
    key: RecordKey = (change.record_type, change.id)
    values: dict[str, Any] = dict(change.before or {})
    if change.before is None:
        records.pop(key, None)
    elif change.after is None:
        make: Callable[..., Record] = change.record_type
        records[key] = make(**values)
    elif key in records:  # a rescued history may tell of changes to what was lost before
        records[key] = replace(records[key], **values)


def _snapshot(records: dict[RecordKey, Record]) -> Snapshot:
    groups: dict[str, list[Any]] = {}
    facts = LedgerFacts()
    for (record_type, _), record in records.items():
        if isinstance(record, LedgerFacts):
            facts = record
        else:
            groups.setdefault(SNAPSHOT_FIELDS[record_type], []).append(record)
    found: dict[str, Any] = {name: tuple(sorted(group, key=_order)) for name, group in groups.items()}
    return Snapshot(facts=facts, **found)


def _order(record: Any) -> tuple[int, ...]:
    return getattr(record, "position", 0), record.id
