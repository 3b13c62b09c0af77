"""A ledger with only some of its issues: what a filter leaves, what a department is sent."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TypeVar

from zhenggai_desktop.domain.outline import Outline
from zhenggai_desktop.domain.records import (
    Chase,
    EvidenceLink,
    Extension,
    HandOver,
    Issue,
    LogEntry,
    Measure,
    Numbers,
    OutcomeLink,
    Snapshot,
)
from zhenggai_desktop.domain.workflow import Workflow

Owned = TypeVar("Owned", LogEntry, OutcomeLink, EvidenceLink, Extension, Chase, HandOver)


def part_of(snapshot: Snapshot, issue_ids: Collection[int], measure_ids: Collection[int] | None = None) -> Snapshot:
    """The ledger with these issues, the issues above them and what belongs to them; chapters and the like stay.

    Measures stay with their issue, or only those with ``measure_ids``; sections stay where an issue of theirs does,
    outcomes and evidence where something that stays names them or where they belong to nothing. What stays keeps the
    number by which the whole ledger calls it: a clerk looks a row of a filtered list up by it.
    """
    outline = Outline(snapshot)
    kept = {step.id for issue in snapshot.issues if issue.id in issue_ids for step in outline.path(issue)}
    issues = tuple(issue for issue in snapshot.issues if issue.id in kept)
    measures = tuple(
        measure
        for measure in snapshot.measures
        if measure.issue_id in kept and (measure_ids is None or measure.id in measure_ids)
    )
    kept_measures = {measure.id for measure in measures}
    sections = {section.id for issue in issues if (section := outline.section_of(issue)) is not None}

    def stays(record: Owned) -> bool:
        return record.measure_id in kept_measures if record.measure_id is not None else record.issue_id in kept

    outcome_links = tuple(filter(stays, snapshot.outcome_links))
    lost_outcomes = _only_named_by({link.outcome_id for link in snapshot.outcome_links}, outcome_links, "outcome_id")
    evidence_links = tuple(
        link
        for link in snapshot.evidence_links
        if (link.outcome_id not in lost_outcomes if link.outcome_id is not None else stays(link))
    )
    lost_evidence = _only_named_by(
        {link.evidence_id for link in snapshot.evidence_links}, evidence_links, "evidence_id"
    )
    return replace(
        snapshot,
        sections=tuple(section for section in snapshot.sections if section.id in sections),
        issues=issues,
        measures=measures,
        measure_links=tuple(
            link for link in snapshot.measure_links if link.issue_id in kept and link.measure_id in kept_measures
        ),
        log_entries=tuple(filter(stays, snapshot.log_entries)),
        outcomes=tuple(outcome for outcome in snapshot.outcomes if outcome.id not in lost_outcomes),
        outcome_links=outcome_links,
        evidence=tuple(evidence for evidence in snapshot.evidence if evidence.id not in lost_evidence),
        evidence_links=evidence_links,
        closing_steps=tuple(step for step in snapshot.closing_steps if step.issue_id in kept),
        extensions=tuple(filter(stays, snapshot.extensions)),
        chases=tuple(filter(stays, snapshot.chases)),
        hand_overs=tuple(filter(stays, snapshot.hand_overs)),
        numbers=_numbers(outline, sections, kept),
    )


def _numbers(whole: Outline, sections: Collection[int], issues: Collection[int]) -> Numbers:
    issue_numbers, run_through = ({at: whole.numbers(run_through=on)[at] for at in issues} for on in (False, True))
    return Numbers({at: whole.section_number(whole.section(at)) for at in sections}, issue_numbers, run_through)


def told_part(snapshot: Snapshot, issue_ids: Collection[int], measure_ids: Collection[int] | None = None) -> Snapshot:
    """``part_of`` to be printed: an issue is as far as the whole ledger says, not as the parts that were left say, and
    those answer for it, until the days, that do there, though measures which serve it stayed behind.

    The statuses are written into the records: it is never to be read back.
    """
    outline = Outline(snapshot)
    part, workflow = part_of(snapshot, issue_ids, measure_ids), Workflow(outline)
    kept = {measure.id for measure in part.measures}
    serving: dict[int, Sequence[Measure]] = {}
    for issue in part.issues:
        measures = (*outline.measures_of(issue), *outline.linked_measures(issue))
        if any(measure.id not in kept for measure in measures):
            serving[issue.id] = [_by_itself(measure, issue, workflow) for measure in measures]
    return replace(
        part,
        issues=tuple(replace(issue, status=workflow.status(issue)) for issue in part.issues),
        measures=tuple(replace(measure, status=workflow.measure_status(measure)) for measure in part.measures),
        serving=serving,
    )


def _by_itself(measure: Measure, issue: Issue, workflow: Workflow) -> Measure:
    """A measure that serves an issue, as it is told where its own issue may be missing."""
    duties = workflow.measure_duties(measure)
    return replace(
        measure,
        issue_id=issue.id,
        status=workflow.measure_status(measure),
        leaders=duties.leaders,
        lead_department=duties.lead_department,
        supporting_departments=duties.supporting_departments,
        owner=duties.owner,
        deadline=duties.deadline,
        due_on=duties.due_on,
    )


def _only_named_by(named: set[int], left: Collection[object], field: str) -> set[int]:
    """Of the ids that links named, those that no link names any more."""
    return named - {getattr(link, field) for link in left}
