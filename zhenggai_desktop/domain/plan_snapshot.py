"""An import plan seen as a ledger, so that it can be composed, counted and shown before anything is stored."""

from __future__ import annotations

from dataclasses import replace

from zhenggai_desktop.domain.plan import ImportPlan, ProposedIssue
from zhenggai_desktop.domain.records import InspectedUnit, Issue, Measure, Section, Snapshot


def plan_snapshot(plan: ImportPlan) -> Snapshot:
    """The plan's records with provisional ids. Records keep the uid that the plan gave them."""
    sections: list[Section] = []
    issues: list[Issue] = []
    measures: list[Measure] = []

    def place(proposed: ProposedIssue, section_id: int | None, parent_id: int | None) -> None:
        issue = replace(proposed.record, id=len(issues) + 1, section_id=section_id, parent_id=parent_id)
        issues.append(issue)
        for measure in proposed.measures:
            measures.append(replace(measure.record, id=len(measures) + 1, issue_id=issue.id))
        for child in proposed.issues:
            place(child, None, issue.id)

    for proposed in plan.sections:
        section_id = None
        if proposed.record is not None:
            section_id = len(sections) + 1
            sections.append(replace(proposed.record, id=section_id))
        for issue in proposed.issues:
            place(issue, section_id, None)
    return Snapshot(
        facts=plan.facts,
        inspected_units=tuple(InspectedUnit(i, name=name) for i, name in enumerate(plan.inspected_units, 1)),
        sections=tuple(sections),
        issues=tuple(issues),
        measures=tuple(measures),
        chapters=tuple(plan.chapters),
        outcomes=tuple(outcome.record for outcome in plan.outcomes),
        declared_figures=tuple(plan.declared),
    )
