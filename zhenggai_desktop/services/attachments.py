"""What hangs on an issue or a measure: progress entries, outcomes, evidence, closing steps. List, add, remove.

Outcomes and evidence may serve several records and are linked; the last link that goes takes the record along.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from zhenggai_desktop.domain.changes import RecordKey
from zhenggai_desktop.domain.milestone_papers import milestones_by_evidence
from zhenggai_desktop.domain.records import (
    ClosingStep,
    Department,
    Evidence,
    EvidenceLink,
    InspectedUnit,
    Issue,
    LogEntry,
    Measure,
    Milestone,
    Outcome,
    OutcomeLink,
    Person,
    PublicComment,
    Record,
    ReviewOpinion,
    Section,
    Snapshot,
)
from zhenggai_desktop.services.step_names import rows_label
from zhenggai_desktop.texts import RECORD_NAMES, in_terms

if TYPE_CHECKING:
    from zhenggai_desktop.services.ledger import Ledger

_LISTS: dict[type[Record], str] = {
    InspectedUnit: "inspected_units",
    Section: "sections",
    Department: "departments",
    Person: "persons",
    Evidence: "evidence",
    ReviewOpinion: "review_opinions",
    PublicComment: "public_comments",
}


def records_on(snapshot: Snapshot, record_type: type[Record], owner: RecordKey | None) -> list[Any]:
    """The records of one type that hang on an issue or a measure, or (owner None) on the ledger itself."""
    if owner is None:
        return list(getattr(snapshot, _LISTS[record_type]))
    if record_type is LogEntry:
        return sorted(_own(snapshot.log_entries, owner), key=lambda entry: (entry.entered_on or dt.date.min, entry.id))
    if record_type is ClosingStep:
        return [step for step in snapshot.closing_steps if owner == (Issue, step.issue_id)]
    if record_type is Outcome:
        linked = {link.outcome_id for link in _own(snapshot.outcome_links, owner)}
        return [outcome for outcome in snapshot.outcomes if outcome.id in linked]
    assert record_type is Evidence, record_type
    linked = {link.evidence_id for link in _own(snapshot.evidence_links, owner)}
    return [evidence for evidence in snapshot.evidence if evidence.id in linked]


def count_on(snapshot: Snapshot, record_type: type[Record], owner: RecordKey) -> int:
    """How many there are, to be shown on a tab."""
    return len(records_on(snapshot, record_type, owner))


def add_to(ledger: Ledger, record_type: type[Record], owner: RecordKey | None, *, today: dt.date) -> RecordKey:
    """A new record on an issue, a measure or the ledger; dated today where it has a day.

    Raises UsageError for an opinion before anything went out for approval.
    """
    label = in_terms(f"新增{RECORD_NAMES[record_type]}", ledger.snapshot.facts.kind)
    if record_type is ReviewOpinion:
        from zhenggai_desktop.services.approval import add_opinion  # noqa: PLC0415 - brings documents along

        return ReviewOpinion, add_opinion(ledger, given_on=today).id
    with ledger.step(label) as writer:
        if owner is None or record_type in (LogEntry, ClosingStep):
            key = record_type, writer.add(_blank(record_type, owner, today)).id
        else:
            added = writer.add(_blank(record_type, None, today))
            key = record_type, added.id
            writer.add(_link(record_type, added.id, owner))
    return key


def remove_from(ledger: Ledger, key: RecordKey, owner: RecordKey | None) -> None:
    """Take a record off its owner, and out of the ledger where nothing else holds it; without an owner it goes."""
    snapshot = ledger.snapshot
    record = next(record for record in records_on(snapshot, key[0], owner) if record.id == key[1])
    papers = milestones_by_evidence(snapshot).get(key[1], ()) if key[0] is Evidence else ()
    with ledger.step(in_terms(rows_label("删除", [record]), snapshot.facts.kind)) as writer:
        links = _links(snapshot, key)
        own = [link for link in links if owner is not None and _is_own(link, owner)]
        if owner is not None and (len(links) > len(own) or papers):
            for link in own:
                writer.remove(type(link), link.id)
        else:
            writer.remove(key[0], key[1])
            for one in papers:
                writer.update(Milestone, one.id, files=tuple(name for name in one.files if name != record.file_name))


def move_in_list(ledger: Ledger, key: RecordKey, by: int) -> None:
    """Move a section, unit, department or person up (-1) or down (+1); at the end nothing happens."""
    order = [record.id for record in records_on(ledger.snapshot, key[0], None)]
    at = order.index(key[1])
    if not 0 <= at + by < len(order):
        return
    order[at], order[at + by] = order[at + by], order[at]
    with ledger.step(in_terms(f"移动{RECORD_NAMES[key[0]]}", ledger.snapshot.facts.kind)) as writer:
        writer.reorder(key[0], order)


def _own(rows: Iterable[Any], owner: RecordKey) -> list[Any]:
    return [row for row in rows if _is_own(row, owner)]


def _is_own(row: Any, owner: RecordKey) -> bool:
    name = "issue_id" if owner[0] is Issue else "measure_id"
    return getattr(row, name) == owner[1]


def _links(snapshot: Snapshot, key: RecordKey) -> list[OutcomeLink] | list[EvidenceLink]:
    """Everything that holds an outcome or a file; other records hang on one owner only and have none."""
    if key[0] is Outcome:
        return [link for link in snapshot.outcome_links if link.outcome_id == key[1]]
    return [link for link in snapshot.evidence_links if key[0] is Evidence and link.evidence_id == key[1]]


def _blank(record_type: type[Record], owner: RecordKey | None, today: dt.date) -> Any:
    if record_type is LogEntry:
        assert owner is not None, "an entry hangs on a record"
        return LogEntry(**_holder(owner), entered_on=today)
    if record_type is ClosingStep:
        assert owner is not None, "a closing step belongs to an issue"
        return ClosingStep(issue_id=owner[1], taken_on=today)
    return PublicComment(received_on=today) if record_type is PublicComment else record_type()


def _link(record_type: type[Record], record_id: int, owner: RecordKey) -> OutcomeLink | EvidenceLink:
    if record_type is Outcome:
        return OutcomeLink(outcome_id=record_id, **_holder(owner))
    return EvidenceLink(evidence_id=record_id, **_holder(owner))


def _holder(owner: RecordKey) -> dict[str, Any]:
    assert owner[0] in (Issue, Measure), owner
    return {"issue_id" if owner[0] is Issue else "measure_id": owner[1]}
