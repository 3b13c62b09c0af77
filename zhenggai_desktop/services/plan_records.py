"""How one record of an import plan comes into the ledger: stored anew, its gaps filled, or told as different."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from zhenggai_desktop.domain.matching import bare_text, text_core
from zhenggai_desktop.domain.plan import ImportPlan
from zhenggai_desktop.domain.records import Chapter, DocumentKind, Issue, LogEntry, Measure, Record, Section, Snapshot
from zhenggai_desktop.services.filling import Group, difference, fill, fill_note, filled_names
from zhenggai_desktop.services.import_report import ImportReport, ReportLine, Taking
from zhenggai_desktop.services.record_writer import Writer

R = TypeVar("R", bound=Record)


class PlanRecords:
    """Writes single records of ``plan`` through ``writer`` and tells of each in ``report``."""

    def __init__(self, snapshot: Snapshot, plan: ImportPlan, writer: Writer, taking: Taking) -> None:
        self.snapshot = snapshot
        self.plan = plan
        self.writer = writer
        self.taking = taking
        self.report = ImportReport(taking=taking)

    def new(self, record: R, **owners: int | None) -> R:
        """The record stored after its siblings; a plan's ids are provisional and its order is that of the lists.

        Copied once, with all that changes: copies are half of what an import costs.
        """
        place = {"position": 0} if hasattr(record, "position") else {}
        return self.writer.add(replace(record, id=0, **place, **owners))

    def fill(
        self, ours: R, theirs: R, groups: Iterable[Group], label: str, line: int = 0, *, notes: bool = False
    ) -> None:
        """Gaps of ``ours`` are filled; what differs is told, and taken where changes are wanted. ``notes`` are compared
        line by line."""
        filling = fill(ours, theirs, groups)
        if notes and isinstance(ours, Issue | Measure) and isinstance(theirs, Issue | Measure):
            fill_note(filling, ours, theirs.note)
        retitled = _title_difference(ours, theirs)
        sentences = [*retitled, *filling.differing]
        if retitled and self.plan.document is not DocumentKind.NOTICE:  # a notice never rewords the feedback
            filling.offered["title"] = getattr(theirs, "title", "")
        if taken := {**filling.values, **(filling.offered if self.taking.changes else {})}:
            self.writer.update(type(ours), ours.id, **taken)
        if filling.values:
            self.add_line(type(ours), label, line, detail="补充：" + filled_names(ours, filling.values))
        for sentence in sentences:
            self.differs(type(ours), label, line, sentence)
        if not filling.values and not sentences:
            self.there(type(ours), label, line)

    def add_line(
        self, kind: type[Record], text: str, line: int = 0, detail: str = "", *, is_below: bool = False
    ) -> None:
        self.report.added.append(ReportLine(kind, text, line, detail, is_below))

    def differs(self, kind: type[Record], text: str, line: int, detail: str) -> None:
        self.report.different.append(ReportLine(kind, text, line, detail))

    def there(self, kind: type[Record], text: str, line: int = 0) -> None:
        self.report.already_there.append(ReportLine(kind, text, line))

    def log(self, entries: Sequence[LogEntry], known: Iterable[LogEntry], **owner: int) -> None:
        """Dated entries that are not there yet, at the end of the owner's own."""
        there = {(entry.entered_on, bare_text(entry.text)) for entry in known}
        for entry in entries:
            if (entry.entered_on, bare_text(entry.text)) in there:
                self.there(LogEntry, entry.text)
            else:
                self.writer.add(replace(entry, **owner))
                self.add_line(LogEntry, entry.text)


def _title_difference(ours: Record, theirs: Record) -> list[str]:
    if not isinstance(ours, Section | Issue | Chapter) or not isinstance(theirs, Section | Issue | Chapter):
        return []
    same = text_core(ours.title) == text_core(theirs.title)
    return [] if same else [difference(ours, "title", theirs.title)]
