"""What a step did to a ledger: ``Changes`` for whoever shows it, history entries for whoever asks later."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum

from zhenggai_desktop.domain.record_making import Value, frozen
from zhenggai_desktop.domain.records import SNAPSHOT_FIELDS, LedgerFacts, Record, Snapshot

RecordKey = tuple[type[Record], int]


def records_by_key(snapshot: Snapshot) -> dict[RecordKey, Record]:
    """Every record of a snapshot, the facts included."""
    records: dict[RecordKey, Record] = {(LedgerFacts, snapshot.facts.id): snapshot.facts}
    for record_type, name in SNAPSHOT_FIELDS.items():
        records.update(((record_type, record.id), record) for record in getattr(snapshot, name))
    return records


@frozen
class Changes(Value):
    """The records that one step touched, by type and id; false where nothing was touched.

    A record is in one of the three sets at most: added and removed again in one step, it is in none. ``label`` is
    the step's own; "" for a reading of what another process wrote.
    """

    label: str = ""
    added: frozenset[RecordKey] = frozenset()
    updated: frozenset[RecordKey] = frozenset()
    removed: frozenset[RecordKey] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.added or self.updated or self.removed)

    @property
    def touched(self) -> frozenset[RecordKey]:
        """Every key of the three sets."""
        return self.added | self.updated | self.removed

    def ids(self, record_type: type[Record]) -> frozenset[int]:
        """The ids of one type that were touched in any way."""
        kinds = self.added, self.updated, self.removed
        return frozenset(record_id for keys in kinds for kind, record_id in keys if kind is record_type)


def difference(before: Snapshot, after: Snapshot) -> Changes:
    """What differs between two snapshots of one ledger. The label is ""."""
    old, new = records_by_key(before), records_by_key(after)
    return Changes(
        added=frozenset(new.keys() - old.keys()),
        updated=frozenset(key for key in new.keys() & old.keys() if new[key] != old[key]),
        removed=frozenset(old.keys() - new.keys()),
    )


class StepKind(StrEnum):
    """What a step in the history is: an edit, the undoing of one, the doing again of one."""

    NORMAL = "normal"
    UNDO = "undo"
    REDO = "redo"


@frozen
class HistoryEntry(Value):
    """One step as the ledger remembers it. ``at`` is UTC; ``target_id`` is the step that was undone or done again."""

    id: int
    uid: str
    label: str
    who: str
    at: dt.datetime
    kind: StepKind
    target_id: int | None
    undone: bool  # a normal step whose effect is undone at present


@frozen
class RowChange(Value):
    """What a step did to one record in sum: only the fields that differ, all of them where it was added or removed.

    ``before`` is None for a record that was added, ``after`` for one that was removed.
    """

    record_type: type[Record]
    id: int
    before: Mapping[str, object] | None
    after: Mapping[str, object] | None
