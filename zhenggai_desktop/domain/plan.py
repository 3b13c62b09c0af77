"""What an import proposes: records with their source lines, doubts and leftovers. Nothing is written yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from zhenggai_desktop.domain.portable import Portable
from zhenggai_desktop.domain.records import (
    Chapter,
    DeclaredFigure,
    DocumentKind,
    Issue,
    LedgerFacts,
    LogEntry,
    Measure,
    Outcome,
    Section,
)


@dataclass(slots=True)
class ProposedMeasure:
    """``log`` are dated entries of progress; they name no owner yet."""

    record: Measure
    line: int = 0
    log: list[LogEntry] = field(default_factory=list[LogEntry])


@dataclass(slots=True)
class ProposedIssue:
    """An issue as read; ``number`` is the number as the source prints it, "" where it prints none."""

    record: Issue
    line: int = 0
    number: str = ""
    issues: list[ProposedIssue] = field(default_factory=list["ProposedIssue"])
    measures: list[ProposedMeasure] = field(default_factory=list[ProposedMeasure])
    log: list[LogEntry] = field(default_factory=list[LogEntry])

    def walk(self) -> Iterator[ProposedIssue]:
        """This issue and everything below it in reading order."""
        yield self
        for issue in self.issues:
            yield from issue.walk()


@dataclass(slots=True)
class ProposedSection:
    """``record`` is None for the issues that stand in no section."""

    record: Section | None
    line: int = 0
    issues: list[ProposedIssue] = field(default_factory=list[ProposedIssue])


@dataclass(slots=True)
class ProposedOutcome:
    """``issues`` are the issues (by identity in the plan) to which the outcome belongs; empty = to none."""

    record: Outcome
    line: int = 0
    issues: list[ProposedIssue] = field(default_factory=list[ProposedIssue])


@dataclass(frozen=True, slots=True)
class PlanNote:
    """A leftover, doubt or normalisation at a line, with the words it is about or a sentence on them."""

    code: str
    line: int
    text: str


@dataclass(slots=True)
class ImportPlan:
    """Everything one source says, ready to be looked at and applied.

    A chapter may carry a provisional ``id`` (1, 2 …); a section's ``chapter_id`` then names that one. ``sha256`` is
    the source file's, "" for pasted text. ``whole`` holds every record of a workbook that this program wrote with its
    data: the rest of the plan then only shows it. Where somebody wrote into its sheet 台账 since, ``whole`` has that
    too, and ``base`` are the records as they were. Where rows were moved there, ``edited`` is a plan of what the sheet
    says, for a ledger that has these records already.
    """

    source_name: str
    document: DocumentKind
    facts: LedgerFacts = field(default_factory=LedgerFacts)  # empty fields were not found
    inspected_units: list[str] = field(default_factory=list[str])
    sections: list[ProposedSection] = field(default_factory=list[ProposedSection])
    chapters: list[Chapter] = field(default_factory=list[Chapter])
    outcomes: list[ProposedOutcome] = field(default_factory=list[ProposedOutcome])
    declared: list[DeclaredFigure] = field(default_factory=list[DeclaredFigure])
    leftovers: list[PlanNote] = field(default_factory=list[PlanNote])
    doubts: list[PlanNote] = field(default_factory=list[PlanNote])
    normalisations: list[PlanNote] = field(default_factory=list[PlanNote])
    sha256: str = ""
    whole: Portable | None = None
    base: Portable | None = None
    edited: ImportPlan | None = None

    def issues(self) -> Iterator[ProposedIssue]:
        """All issues with their sub-issues, in reading order."""
        for section in self.sections:
            for issue in section.issues:
                yield from issue.walk()
