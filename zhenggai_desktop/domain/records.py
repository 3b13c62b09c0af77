"""The records of a ledger as frozen values, and ``Snapshot``, the whole ledger at one moment.

Meaning of every record: domain.md §3 and §4. Every record has an integer ``id`` that is good
inside one file (0 = not stored yet) and a ``uid`` (UUID4 text) that is good in the world: returned
sheets, returned drafts and copies are matched by ``uid``.

A field's type is its storage rule: ``str``/``int``/``bool`` as they are, ``date`` and ``datetime`` as ISO text,
``Decimal`` as exact text, enums by value, tuples as JSON arrays, ``X | None`` nullable.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field

from zhenggai_desktop.domain.office_records import (
    Chapter,
    ChapterBlock,
    DeclaredFigure,
    Department,
    DistributionRound,
    Draft,
    Milestone,
    Person,
    PublicComment,
    ReviewOpinion,
    Source,
    SourceNote,
    Waiver,
)
from zhenggai_desktop.domain.record_making import Value, frozen, new_uid
from zhenggai_desktop.domain.record_words import (
    AnswerForm,
    AnswerPlace,
    BlockKind,
    ChapterRole,
    DocumentKind,
    InspectionKind,
    Level,
    NoteKind,
    Period,
    SectionCategory,
    Status,
    Track,
    WithheldGround,
)
from zhenggai_desktop.domain.tree_records import InspectedUnit, Issue, LedgerFacts, Measure, MeasureLink, Section
from zhenggai_desktop.domain.work_records import (
    Chase,
    ClosingStep,
    Evidence,
    EvidenceLink,
    Extension,
    HandOver,
    LogEntry,
    Outcome,
    OutcomeLink,
)

__all__ = [
    "RECORD_TYPES",
    "SNAPSHOT_FIELDS",
    "AnswerForm",
    "AnswerPlace",
    "BlockKind",
    "Chapter",
    "ChapterBlock",
    "ChapterRole",
    "Chase",
    "ClosingStep",
    "DeclaredFigure",
    "Department",
    "DistributionRound",
    "DocumentKind",
    "Draft",
    "Evidence",
    "EvidenceLink",
    "Extension",
    "HandOver",
    "InspectedUnit",
    "InspectionKind",
    "Issue",
    "LedgerFacts",
    "Level",
    "LogEntry",
    "Measure",
    "MeasureLink",
    "Milestone",
    "NoteKind",
    "Numbers",
    "Outcome",
    "OutcomeLink",
    "Period",
    "Person",
    "PublicComment",
    "Record",
    "ReviewOpinion",
    "Section",
    "SectionCategory",
    "Snapshot",
    "Source",
    "SourceNote",
    "Status",
    "Track",
    "Waiver",
    "WithheldGround",
    "new_uid",
]

Record = (
    LedgerFacts
    | InspectedUnit
    | Section
    | Issue
    | Measure
    | MeasureLink
    | LogEntry
    | Outcome
    | OutcomeLink
    | DeclaredFigure
    | Chapter
    | Evidence
    | EvidenceLink
    | ClosingStep
    | Extension
    | Chase
    | HandOver
    | Department
    | Person
    | Milestone
    | Draft
    | ReviewOpinion
    | DistributionRound
    | Waiver
    | PublicComment
    | Source
    | SourceNote
)

RECORD_TYPES: tuple[type[Record], ...] = (
    LedgerFacts,
    InspectedUnit,
    Chapter,
    Section,
    Issue,
    Measure,
    MeasureLink,
    LogEntry,
    Outcome,
    OutcomeLink,
    DeclaredFigure,
    Evidence,
    EvidenceLink,
    ClosingStep,
    Extension,
    Chase,
    HandOver,
    Department,
    Person,
    Milestone,
    Draft,
    ReviewOpinion,
    DistributionRound,
    Waiver,
    PublicComment,
    Source,
    SourceNote,
)  # parents before children


@frozen
class Numbers(Value):
    """What sections and issues are called, by id: where a part of a ledger is to keep the numbers of the whole.

    What is empty is counted among what there is.
    """

    sections: Mapping[int, int]
    issues: Mapping[int, str]
    run_through: Mapping[int, str]  # see ``Outline.number``


@frozen
class Snapshot(Value):
    """The whole ledger at one moment. Tuples are in the order in which a person reads them (position, id).

    ``numbers`` stand in a part of a ledger alone; without them what there is is counted. ``serving``, by the id of the
    issue, stand in a part to be printed: all measures that serve an issue of which some stayed behind, with what they
    have from their own issues filled in.
    """

    facts: LedgerFacts = field(default_factory=LedgerFacts)
    inspected_units: Sequence[InspectedUnit] = ()
    sections: Sequence[Section] = ()
    issues: Sequence[Issue] = ()
    measures: Sequence[Measure] = ()
    measure_links: Sequence[MeasureLink] = ()
    log_entries: Sequence[LogEntry] = ()
    outcomes: Sequence[Outcome] = ()
    outcome_links: Sequence[OutcomeLink] = ()
    declared_figures: Sequence[DeclaredFigure] = ()
    chapters: Sequence[Chapter] = ()
    evidence: Sequence[Evidence] = ()
    evidence_links: Sequence[EvidenceLink] = ()
    closing_steps: Sequence[ClosingStep] = ()
    extensions: Sequence[Extension] = ()
    chases: Sequence[Chase] = ()
    hand_overs: Sequence[HandOver] = ()
    departments: Sequence[Department] = ()
    persons: Sequence[Person] = ()
    milestones: Sequence[Milestone] = ()
    drafts: Sequence[Draft] = ()
    review_opinions: Sequence[ReviewOpinion] = ()
    distribution_rounds: Sequence[DistributionRound] = ()
    waivers: Sequence[Waiver] = ()
    public_comments: Sequence[PublicComment] = ()
    sources: Sequence[Source] = ()
    source_notes: Sequence[SourceNote] = ()
    numbers: Numbers | None = None
    serving: Mapping[int, Sequence[Measure]] | None = None


SNAPSHOT_FIELDS: dict[type[Record], str] = {
    InspectedUnit: "inspected_units",
    Section: "sections",
    Issue: "issues",
    Measure: "measures",
    MeasureLink: "measure_links",
    LogEntry: "log_entries",
    Outcome: "outcomes",
    OutcomeLink: "outcome_links",
    DeclaredFigure: "declared_figures",
    Chapter: "chapters",
    Evidence: "evidence",
    EvidenceLink: "evidence_links",
    ClosingStep: "closing_steps",
    Extension: "extensions",
    Chase: "chases",
    HandOver: "hand_overs",
    Department: "departments",
    Person: "persons",
    Milestone: "milestones",
    Draft: "drafts",
    ReviewOpinion: "review_opinions",
    DistributionRound: "distribution_rounds",
    Waiver: "waivers",
    PublicComment: "public_comments",
    Source: "sources",
    SourceNote: "source_notes",
}  # LedgerFacts is the single ``facts``
