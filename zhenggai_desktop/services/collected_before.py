"""What was taken out of returned sheets before: the ledger's history knows it though its words were changed since."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from zhenggai_desktop.domain.changes import RecordKey, StepKind
from zhenggai_desktop.domain.portable import record_ids
from zhenggai_desktop.domain.records import Issue, Measure
from zhenggai_desktop.services.collecting import COLLECTING, Collection, FileReport, plan_collection

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from zhenggai_desktop.domain.changes import RowChange
    from zhenggai_desktop.services.ledger import Ledger


class CollectedBefore:
    """Tells of files whether they say something that no collection has put into this ledger."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._ids = record_ids(ledger.snapshot)

    def with_more(self, paths: Sequence[Path]) -> Iterator[FileReport]:
        """The files that say more, and those that cannot be read."""
        for path in paths:
            found = plan_collection(self._ledger.snapshot, [path])
            if any(report.error for report in found.files) or self._says_more(found):
                yield from found.files

    def _says_more(self, found: Collection) -> bool:
        fields = (
            ((change.key[0], self._ids[change.key]), change.name, change.theirs)
            for change in (*found.changes, *found.conflicts)
        )
        added = (
            (self._ids[Issue, str(values["issue_id"])], values.get("content"), values.get("progress"))
            for _, values in found.additions
        )
        return any(one not in self._written for one in fields) or any(one not in self._added for one in added)

    @cached_property
    def _rows(self) -> tuple[RowChange, ...]:
        steps = (
            entry.id
            for entry in self._ledger.history()
            if entry.kind is StepKind.NORMAL and not entry.undone and entry.label.startswith(COLLECTING)
        )
        return tuple(row for step in steps for row in self._ledger.row_changes(step))

    @cached_property
    def _written(self) -> frozenset[tuple[RecordKey, str, object]]:
        return frozenset(
            ((row.record_type, row.id), name, value) for row in self._rows for name, value in (row.after or {}).items()
        )

    @cached_property
    def _added(self) -> frozenset[tuple[object, object, object]]:
        new = (row.after for row in self._rows if row.record_type is Measure and row.before is None and row.after)
        return frozenset((values.get("issue_id"), values.get("content"), values.get("progress")) for values in new)
