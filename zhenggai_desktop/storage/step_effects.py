"""What the log says that a step did to rows, told by records."""

from __future__ import annotations

from collections.abc import Mapping

from zhenggai_desktop.domain.changes import Changes, RecordKey
from zhenggai_desktop.storage.journal import RowDelta, RowKey
from zhenggai_desktop.storage.schema import RECORD_TYPE_OF
from zhenggai_desktop.storage.store import Touched

_PLACE = {"position"}


def changes_of(label: str, deltas: Mapping[RowKey, RowDelta]) -> Changes:
    """The keys of what a step did, sorted by what became of them."""
    added: set[RecordKey] = set()
    updated: set[RecordKey] = set()
    removed: set[RecordKey] = set()
    for (table, row_id), delta in deltas.items():
        fate = added if delta.before is None else removed if delta.after is None else updated
        fate.add((RECORD_TYPE_OF[table], row_id))
    return Changes(label, frozenset(added), frozenset(updated), frozenset(removed))


def touched_rows(deltas: Mapping[RowKey, RowDelta]) -> dict[RecordKey, Touched]:
    """How a step left each row, for ``refreshed``: its place before, and its new one where nothing else changed."""
    return {
        (RECORD_TYPE_OF[table], row_id): Touched(
            (delta.before or {}).get("position"),
            delta.after["position"] if delta.before and delta.after and delta.after.keys() == _PLACE else None,
        )
        for (table, row_id), delta in deltas.items()
    }
