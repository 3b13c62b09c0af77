"""The records of a ledger as frozen values, and ``Snapshot``, the whole ledger at one moment.

Meaning of every record: domain.md §3 and §4. Every record has an integer ``id`` that is good
inside one file (0 = not stored yet) and a ``uid`` (UUID4 text) that is good in the world: returned
sheets, returned drafts and copies are matched by ``uid``.

A field's type is its storage rule: ``str``/``int``/``bool`` as they are, ``date`` and ``datetime`` as ISO text,
``Decimal`` as exact text, enums by value, tuples as JSON arrays, ``X | None`` nullable.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from uuid import uuid4


def new_uid() -> str:
    """A fresh world-wide identity for a record."""
    return str(uuid4())


class InspectionKind(StrEnum):
    XUNCHA = "xuncha"
    XUNSHI = "xunshi"


class Level(StrEnum):
    """Level of the committee that inspects."""

    PROVINCE = "province"
    CITY = "city"
    DISTRICT = "district"
    COUNTY = "county"


class SectionCategory(StrEnum):
    FEEDBACK = "feedback"
    EXTENSION = "extension"
    REFORM = "reform"


class Track(StrEnum):
    IMMEDIATE = "immediate"
    DATED = "dated"
    STAGED = "staged"


class Status(StrEnum):
    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    MOSTLY_DONE = "mostly_done"
    DONE = "done"


class DocumentKind(StrEnum):
    """Which document a chapter belongs to, or a source file is."""

    FEEDBACK = "feedback"
    NOTICE = "notice"
    WORKBOOK = "workbook"


class ChapterRole(StrEnum):
    """What stands in a chapter: the lead, the clerk's prose, the composed issues, the closing."""

    LEAD = "lead"
    NARRATIVE = "narrative"
    ISSUES = "issues"
    CLOSING = "closing"


class AnswerForm(StrEnum):
    """How an issue's measures are strung together in the notice; ``AUTO`` follows the scheme."""

    AUTO = "auto"
    RUN_IN = "run_in"  # 一是…二是… in one paragraph
    NUMBERED = "numbered"  # （一）… （二）… each a paragraph
    PLAIN = "plain"  # each measure a paragraph without a marker


class AnswerPlace(StrEnum):
    """Where an issue's answer begins; ``AUTO`` follows the scheme."""

    AUTO = "auto"
    OWN = "own"  # a paragraph of its own below the heading
    RUN_IN = "run_in"  # in the paragraph of the heading


class Period(StrEnum):
    """When an outcome was produced, seen from the inspection."""

    DURING = "during"
    SINCE = "since"
    UNKNOWN = "unknown"


class NoteKind(StrEnum):
    """What an import has to say about a line of its source."""

    LEFTOVER = "leftover"
    DOUBT = "doubt"
    NORMALISATION = "normalisation"


class WithheldGround(StrEnum):
    """The five grounds for not publishing an issue (domain.md §8)."""

    NONE = "none"
    SECRET = "secret"  # noqa: S105 -- a ground for withholding, no password
    OPEN_CASE = "open_case"
    HOSTILE_PUBLICITY = "hostile_publicity"
    MASS_INCIDENT = "mass_incident"
    SENSITIVE = "sensitive"


class BlockKind(StrEnum):
    """Kinds of a chapter's blocks."""

    TITLE = "title"
    HEADING = "heading"  # on its own line
    PARAGRAPH = "paragraph"  # level > 0: begins with a run-in heading of that level


@dataclass(frozen=True, slots=True)
class ChapterBlock:
    """One paragraph of a chapter as written, its own number included."""

    kind: BlockKind
    level: int
    text: str


@dataclass(frozen=True, slots=True)
class LedgerFacts:
    """The one row about the ledger itself (domain.md §3)."""

    id: int = 0
    uid: str = ""
    kind: InspectionKind = InspectionKind.XUNCHA
    level: Level | None = None
    organisation: str = ""  # full name of the responsible organisation
    organisation_short: str = ""
    organisation_body: str = ""  # how it calls itself: 党组, 党委, 党工委
    team: str = ""
    inspection_start: dt.date | None = None
    inspection_end: dt.date | None = None
    feedback_date: dt.date | None = None
    plan_due: dt.date | None = None
    concentrated_end: dt.date | None = None
    report_due: dt.date | None = None
    publication_date: dt.date | None = None
    follow_up_cycle: str = ""
    rule_source: str = ""  # the document from which the periods come
    phone: str = ""
    address: str = ""
    postcode: str = ""
    email: str = ""
    notice_title: str = ""
    signature_organisation: str = ""
    signature_date: str = ""  # as printed; publication_date is what it means
    scheme: str = ""  # letter or name of the heading scheme, "" = not chosen
    scheme_changes: str = ""  # JSON: the parts in which the ledger departs from it
    layout_profile: str = ""
    recommendations: tuple[str, ...] = ()
    note: str = ""
    rules: str = ""  # JSON: in what this office departs from the usual chain, periods and lead times


@dataclass(frozen=True, slots=True)
class InspectedUnit:
    id: int = 0
    uid: str = ""
    position: int = 0
    name: str = ""
    short_name: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    id: int = 0
    uid: str = ""
    position: int = 0
    title: str = ""
    printed_heading: str = ""  # whole heading with its number, where the scheme would print it otherwise
    chapter_id: int | None = None  # the chapter of issues in which it is printed; None = the first one
    category: SectionCategory = SectionCategory.FEEDBACK
    source: str = ""
    introduction: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Issue:
    """A finding. ``section_id`` and ``parent_id`` are both None for an issue without section."""

    id: int = 0
    uid: str = ""
    section_id: int | None = None
    parent_id: int | None = None
    position: int = 0
    title: str = ""
    original_text: str = ""  # the feedback's own words below the title
    printed_heading: str = ""
    printed_level: int | None = None  # 1 issue, 2 sub-issue …; None = by depth
    recommendations: tuple[str, ...] = ()
    goal: str = ""
    track: Track | None = None
    standing: bool = False
    deadline: str = ""
    due_on: dt.date | None = None
    concentrated: bool | None = None
    leaders: tuple[str, ...] = ()
    lead_department: str = ""
    supporting_departments: tuple[str, ...] = ()
    owner: str = ""
    units: tuple[str, ...] = ()
    answered_by: str = ""
    status: Status | None = None  # None = derived from the measures
    completed_on: dt.date | None = None
    answer_label: str | None = None  # None = the scheme's; "" = none
    answer_introduction: str = ""  # words between the label and the first measure
    answer_form: AnswerForm = AnswerForm.AUTO
    answer_place: AnswerPlace = AnswerPlace.AUTO
    public_text: str = ""  # replaces what is composed from the measures
    withheld: WithheldGround = WithheldGround.NONE
    withheld_wording: str = ""
    withheld_approval: str = ""
    emphasis: bool = False
    closed: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing that will be done; empty owner, deadline and status fields mean "as the issue"."""

    id: int = 0
    uid: str = ""
    issue_id: int = 0
    position: int = 0
    content: str = ""
    progress: str = ""
    status: Status | None = None
    deadline: str = ""
    due_on: dt.date | None = None
    leaders: tuple[str, ...] = ()
    lead_department: str = ""
    supporting_departments: tuple[str, ...] = ()
    owner: str = ""
    completed_on: dt.date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class MeasureLink:
    """A measure serves another issue too; it is linked, never copied."""

    id: int = 0
    uid: str = ""
    measure_id: int = 0
    issue_id: int = 0


@dataclass(frozen=True, slots=True)
class LogEntry:
    """Dated progress on an issue or on a measure: exactly one of the two is set."""

    id: int = 0
    uid: str = ""
    issue_id: int | None = None
    measure_id: int | None = None
    entered_on: dt.date | None = None
    text: str = ""
    reporter: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Something countable that was produced; ``number`` is exact."""

    id: int = 0
    uid: str = ""
    position: int = 0
    kind: str = ""
    number: Decimal | None = None
    unit: str = ""
    produced_on: dt.date | None = None
    period: Period = Period.UNKNOWN
    title: str = ""
    document_number: str = ""
    source_text: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class OutcomeLink:
    """An outcome belongs to an issue or a measure: exactly one of the two is set."""

    id: int = 0
    uid: str = ""
    outcome_id: int = 0
    issue_id: int | None = None
    measure_id: int | None = None


@dataclass(frozen=True, slots=True)
class DeclaredFigure:
    """A number that a text states. It is compared with what is counted, never added to it."""

    id: int = 0
    uid: str = ""
    position: int = 0
    text: str = ""
    number: Decimal | None = None
    unit: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Chapter:
    id: int = 0
    uid: str = ""
    position: int = 0
    document: DocumentKind = DocumentKind.NOTICE
    role: ChapterRole = ChapterRole.NARRATIVE
    edition: str = ""  # "" = every edition
    title: str = ""
    printed_heading: str = ""
    blocks: tuple[ChapterBlock, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    id: int = 0
    uid: str = ""
    file_name: str = ""
    sha256: str = ""
    size: int = 0
    title: str = ""
    category: str = ""
    dated_on: dt.date | None = None
    public: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class EvidenceLink:
    """Evidence proves an issue, a measure or an outcome: exactly one of the three is set."""

    id: int = 0
    uid: str = ""
    evidence_id: int = 0
    issue_id: int | None = None
    measure_id: int | None = None
    outcome_id: int | None = None


@dataclass(frozen=True, slots=True)
class ClosingStep:
    id: int = 0
    uid: str = ""
    issue_id: int = 0
    position: int = 0
    step: str = ""
    taken_on: dt.date | None = None
    result: str = ""
    opinion: str = ""
    taken_by: str = ""
    document_number: str = ""


@dataclass(frozen=True, slots=True)
class Extension:
    """A deadline put off, on an issue or a measure: exactly one of the two is set."""

    id: int = 0
    uid: str = ""
    issue_id: int | None = None
    measure_id: int | None = None
    old_deadline: str = ""
    new_deadline: str = ""
    old_due_on: dt.date | None = None
    new_due_on: dt.date | None = None
    reason: str = ""
    approval: str = ""
    decided_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Chase:
    id: int = 0
    uid: str = ""
    issue_id: int | None = None
    measure_id: int | None = None
    chased_on: dt.date | None = None
    kind: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class HandOver:
    id: int = 0
    uid: str = ""
    issue_id: int | None = None
    measure_id: int | None = None
    old_owner: str = ""
    new_owner: str = ""
    handed_on: dt.date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Department:
    id: int = 0
    uid: str = ""
    position: int = 0
    name: str = ""
    short_name: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    id: int = 0
    uid: str = ""
    position: int = 0
    name: str = ""
    post: str = ""
    department_id: int | None = None
    public_role: str = ""  # stands for the person in a public text
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Milestone:
    id: int = 0
    uid: str = ""
    position: int = 0
    kind: str = ""
    title: str = ""
    due_on: dt.date | None = None
    done_on: dt.date | None = None
    place: str = ""
    attendees: str = ""
    minutes_number: str = ""
    summary: str = ""
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """One export of a document: what left the office, with the blocks as exported (domain.md §4 Document)."""

    id: int = 0
    uid: str = ""
    position: int = 0
    milestone_id: int | None = None
    kind: str = ""
    edition: str = ""
    version: str = ""
    exported_at: dt.datetime | None = None
    file_name: str = ""
    draft_id: str = ""
    blocks: str = ""  # JSON as exported


@dataclass(frozen=True, slots=True)
class ReviewOpinion:
    id: int = 0
    uid: str = ""
    draft_id: int = 0
    body: str = ""
    text: str = ""
    adopted: bool | None = None
    given_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class DistributionRound:
    id: int = 0
    uid: str = ""
    recipient: str = ""
    sent_on: dt.date | None = None
    returned_on: dt.date | None = None
    base_values: str = ""  # JSON
    file_name: str = ""


@dataclass(frozen=True, slots=True)
class Waiver:
    id: int = 0
    uid: str = ""
    finding_code: str = ""
    record_uid: str = ""
    words: str = ""
    reason: str = ""
    waived_on: dt.date | None = None
    waived_by: str = ""


@dataclass(frozen=True, slots=True)
class PublicComment:
    id: int = 0
    uid: str = ""
    received_on: dt.date | None = None
    text: str = ""
    answered_by: str = ""
    answered_on: dt.date | None = None
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A file that was imported."""

    id: int = 0
    uid: str = ""
    document: DocumentKind = DocumentKind.FEEDBACK
    file_name: str = ""
    sha256: str = ""
    imported_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class SourceNote:
    """What an import said about a line: a leftover, a doubt or a normalisation."""

    id: int = 0
    uid: str = ""
    source_id: int = 0
    position: int = 0
    kind: NoteKind = NoteKind.DOUBT
    code: str = ""
    line: int = 0
    text: str = ""


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


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The whole ledger at one moment. Tuples are in the order in which a person reads them (position, id)."""

    facts: LedgerFacts = field(default_factory=LedgerFacts)
    inspected_units: tuple[InspectedUnit, ...] = ()
    sections: tuple[Section, ...] = ()
    issues: tuple[Issue, ...] = ()
    measures: tuple[Measure, ...] = ()
    measure_links: tuple[MeasureLink, ...] = ()
    log_entries: tuple[LogEntry, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    outcome_links: tuple[OutcomeLink, ...] = ()
    declared_figures: tuple[DeclaredFigure, ...] = ()
    chapters: tuple[Chapter, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    evidence_links: tuple[EvidenceLink, ...] = ()
    closing_steps: tuple[ClosingStep, ...] = ()
    extensions: tuple[Extension, ...] = ()
    chases: tuple[Chase, ...] = ()
    hand_overs: tuple[HandOver, ...] = ()
    departments: tuple[Department, ...] = ()
    persons: tuple[Person, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    drafts: tuple[Draft, ...] = ()
    review_opinions: tuple[ReviewOpinion, ...] = ()
    distribution_rounds: tuple[DistributionRound, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    public_comments: tuple[PublicComment, ...] = ()
    sources: tuple[Source, ...] = ()
    source_notes: tuple[SourceNote, ...] = ()


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
