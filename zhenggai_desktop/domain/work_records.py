"""What is entered on issues and measures while the work goes on: progress, outcomes, evidence, closing."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from zhenggai_desktop.domain.record_making import Value, frozen
from zhenggai_desktop.domain.record_words import Period


@frozen
class LogEntry(Value):
    """Dated progress on an issue or on a measure: exactly one of the two is set."""

    id: int = 0
    uid: str = ""
    issue_id: int | None = None
    measure_id: int | None = None
    entered_on: dt.date | None = None
    text: str = ""
    reporter: str = ""


@frozen
class Outcome(Value):
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


@frozen
class OutcomeLink(Value):
    """An outcome belongs to an issue or a measure: exactly one of the two is set."""

    id: int = 0
    uid: str = ""
    outcome_id: int = 0
    issue_id: int | None = None
    measure_id: int | None = None


@frozen
class Evidence(Value):
    """A file in the folder beside the ledger, known by its content."""

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


@frozen
class EvidenceLink(Value):
    """Evidence proves an issue, a measure or an outcome: exactly one of the three is set."""

    id: int = 0
    uid: str = ""
    evidence_id: int = 0
    issue_id: int | None = None
    measure_id: int | None = None
    outcome_id: int | None = None


@frozen
class ClosingStep(Value):
    """One step on the way to the closing of an issue."""

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


@frozen
class Extension(Value):
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


@frozen
class Chase(Value):
    """That somebody was reminded of an issue or a measure."""

    id: int = 0
    uid: str = ""
    issue_id: int | None = None
    measure_id: int | None = None
    chased_on: dt.date | None = None
    kind: str = ""
    text: str = ""


@frozen
class HandOver(Value):
    """That an issue or a measure went from one owner to another."""

    id: int = 0
    uid: str = ""
    issue_id: int | None = None
    measure_id: int | None = None
    old_owner: str = ""
    new_owner: str = ""
    handed_on: dt.date | None = None
    note: str = ""
