"""What a ledger is about: its facts, and the tree of sections, issues and measures."""

from __future__ import annotations

import datetime as dt

from zhenggai_desktop.domain.record_making import Value, frozen
from zhenggai_desktop.domain.record_words import (
    AnswerForm,
    AnswerPlace,
    InspectionKind,
    Level,
    SectionCategory,
    Status,
    Track,
    WithheldGround,
)


@frozen
class LedgerFacts(Value):
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


@frozen
class InspectedUnit(Value):
    """A unit that the inspection looked at."""

    id: int = 0
    uid: str = ""
    position: int = 0
    name: str = ""
    short_name: str = ""


@frozen
class Section(Value):
    """A group of issues under one heading of the feedback."""

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


@frozen
class Issue(Value):
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


@frozen
class Measure(Value):
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


@frozen
class MeasureLink(Value):
    """A measure serves another issue too; it is linked, never copied."""

    id: int = 0
    uid: str = ""
    measure_id: int = 0
    issue_id: int = 0
