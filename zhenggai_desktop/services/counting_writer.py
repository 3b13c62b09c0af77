"""An import says how far it is: the writer that it writes through counts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from zhenggai_desktop.domain.plan import ImportPlan, ProposedIssue
from zhenggai_desktop.domain.records import Record
from zhenggai_desktop.services.record_writer import Writer
from zhenggai_desktop.services.ticking import Tick

R = TypeVar("R", bound=Record)

_CLOSING = 3  # a third of what the writing takes: the journal and the reading back, after the last record


class CountingWriter:
    """Hands everything on to ``writer``; ``records`` are as many as are expected."""

    def __init__(self, writer: Writer, tick: Tick, records: int) -> None:
        self._writer = writer
        self._tick = tick
        self._total = max(1, records + records // _CLOSING)
        self._done = 0

    def add(self, record: R) -> R:
        self._count()
        return self._writer.add(record)

    def update(self, record_type: type[Record], record_id: int, **fields: object) -> object:
        self._count()
        return self._writer.update(record_type, record_id, **fields)

    def set_facts(self, **fields: object) -> object:
        return self._writer.set_facts(**fields)

    def remove(self, record_type: type[Record], record_id: int) -> object:
        self._count()
        return self._writer.remove(record_type, record_id)

    def reorder(self, record_type: type[Record], record_ids: Sequence[int]) -> object:
        return self._writer.reorder(record_type, record_ids)

    def _count(self) -> None:
        self._done = min(self._done + 1, self._total)
        self._tick(self._done, self._total)


def expected_records(plan: ImportPlan) -> int:
    """How many records the plan has, roughly: those of a ledger that has none yet."""
    if plan.whole is not None:
        return len(plan.whole)

    def of_issue(issue: ProposedIssue) -> int:
        return 1 + len(issue.measures) + sum(map(of_issue, issue.issues))

    issues = sum(of_issue(issue) for section in plan.sections for issue in section.issues)
    return issues + len(plan.sections) + len(plan.chapters) + len(plan.outcomes)
