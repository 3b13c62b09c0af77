"""An import's plan and report as plain values that JSON can hold, in the keys of ``show`` where they mean the same."""

from __future__ import annotations

from collections.abc import Sequence

from zhenggai_desktop.domain.plan import ImportPlan, PlanNote, ProposedIssue, ProposedSection
from zhenggai_desktop.domain.records import SectionCategory
from zhenggai_desktop.services.import_report import ImportReport, ReportLine
from zhenggai_desktop.services.showing import (
    Values,
    chapter_values,
    duty_values,
    facts_values,
    figure_values,
    outcome_values,
)


def plan_values(plan: ImportPlan) -> Values:
    """What an import proposes, in the keys of ``ledger_values`` with the source's line numbers."""
    return {
        **facts_values(plan.facts),
        "inspected_units": list(plan.inspected_units),
        "chapters": [chapter_values(chapter) for chapter in plan.chapters],
        "sections": [_proposed_section(section) for section in plan.sections],
        "outcomes": [
            {
                **outcome_values(outcome.record),
                "line": outcome.line,
                "issues": [issue.number for issue in outcome.issues],
            }
            for outcome in plan.outcomes
        ],
        "declared": [figure_values(figure) for figure in plan.declared],
    }


def report_values(plan: ImportPlan, report: ImportReport) -> Values:
    """What an import did or would do, and every note on the source."""
    return {
        "source": plan.source_name,
        "document": plan.document.value,
        "sha256": plan.sha256,
        "backup": None if report.backup is None else str(report.backup),
        "counts": report.counts(),
        "added": _report_lines(report.added),
        "already_there": _report_lines(report.already_there),
        "different": _report_lines(report.different),
        "moved": _report_lines(report.moved),
        "gone": _report_lines(report.gone),
        "changes_taken": report.taking.changes,
        "gone_removed": report.taking.removals,
        "leftovers": _plan_notes(plan.leftovers),
        "doubts": _plan_notes(plan.doubts),
        "normalisations": _plan_notes(plan.normalisations),
    }


def _proposed_section(proposed: ProposedSection) -> Values:
    record = proposed.record
    return {
        "title": None if record is None else record.title,
        "printed_heading": "" if record is None else record.printed_heading,
        "category": (SectionCategory.FEEDBACK if record is None else record.category).value,
        "source": "" if record is None else record.source,
        "introduction": "" if record is None else record.introduction,
        "line": proposed.line,
        "issues": [_proposed_issue(issue) for issue in proposed.issues],
    }


def _proposed_issue(proposed: ProposedIssue) -> Values:
    issue = proposed.record
    return {
        "number": proposed.number,
        "title": issue.title,
        "printed_heading": issue.printed_heading,
        "wording": issue.original_text,
        "recommendations": list(issue.recommendations),
        "status": None if issue.status is None else issue.status.value,
        "track": None if issue.track is None else issue.track.value,
        "standing": issue.standing,
        **duty_values(issue),
        "text": issue.public_text,
        "line": proposed.line,
        "issues": [_proposed_issue(child) for child in proposed.issues],
        "measures": [
            {
                "content": measure.record.content,
                "progress": measure.record.progress,
                "status": None if measure.record.status is None else measure.record.status.value,
                **duty_values(measure.record),
                "line": measure.line,
            }
            for measure in proposed.measures
        ],
    }


def _report_lines(lines: Sequence[ReportLine]) -> list[Values]:
    return [{"kind": line.kind, "text": line.text, "line": line.line, "detail": line.detail} for line in lines]


def _plan_notes(notes: Sequence[PlanNote]) -> list[Values]:
    return [{"kind": note.code, "line": note.line, "text": note.text} for note in notes]
