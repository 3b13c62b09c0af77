"""A snapshot as plain values that JSON can hold, for ``show`` and for other programs.

The keys are a promise to programs: they are added to, never renamed. Dates are ISO text or None, numbers are JSON
numbers, enums their values; an issue's ``status`` is the derived one where none was set by hand.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from zhenggai_desktop.domain.changes import HistoryEntry
from zhenggai_desktop.domain.facts_reader import parse_date
from zhenggai_desktop.domain.figures import figures
from zhenggai_desktop.domain.notice import answer_text, printed_headings
from zhenggai_desktop.domain.outline import Outline
from zhenggai_desktop.domain.records import (
    Chapter,
    DeclaredFigure,
    Issue,
    LedgerFacts,
    LogEntry,
    Measure,
    NoteKind,
    Outcome,
    Section,
    SectionCategory,
    Snapshot,
    WithheldGround,
)
from zhenggai_desktop.domain.schemes import scheme_for
from zhenggai_desktop.domain.workflow import Workflow
from zhenggai_desktop.storage.check import CheckFinding

Values = dict[str, Any]  # what json.dumps takes


def ledger_values(snapshot: Snapshot) -> Values:
    """The whole ledger in the shape of ``show --json``."""
    return _View(snapshot).ledger()


def facts_values(facts: LedgerFacts) -> Values:
    """The ledger's own facts, contacts and signature grouped."""
    return {
        "unit": facts.organisation,
        "unit_short": facts.organisation_short,
        "unit_body": facts.organisation_body,
        "kind": facts.kind.value,
        "level": None if facts.level is None else facts.level.value,
        "team": facts.team,
        "inspection_start": date_value(facts.inspection_start),
        "inspection_end": date_value(facts.inspection_end),
        "feedback_date": date_value(facts.feedback_date),
        "plan_due": date_value(facts.plan_due),
        "concentrated_end": date_value(facts.concentrated_end),
        "report_due": date_value(facts.report_due),
        "publication_date": date_value(facts.publication_date),
        "title": facts.notice_title,
        "contacts": {
            "phone": facts.phone,
            "address": facts.address,
            "postcode": facts.postcode,
            "email": facts.email,
        },
        "signature": {
            "organisation": facts.signature_organisation,
            "date": date_value(parse_date(facts.signature_date)) or facts.signature_date,
            "printed_date": facts.signature_date,
        },
        "scheme": facts.scheme,
        "recommendations": list(facts.recommendations),
    }


def date_value(date: dt.date | None) -> str | None:
    """ISO text, None for no date."""
    return None if date is None else date.isoformat()


def number_value(number: Decimal | None) -> int | float | None:
    """A JSON number, whole where the number is whole."""
    if number is None:
        return None
    return int(number) if number == number.to_integral_value() else float(number)


def chapter_values(chapter: Chapter, heading: str = "") -> Values:
    """A chapter with its blocks as written; ``heading`` is the one that the notice prints."""
    return {
        "uid": chapter.uid,
        "title": chapter.title,
        "heading": heading or chapter.printed_heading,
        "document": chapter.document.value,
        "role": chapter.role.value,
        "blocks": [{"kind": block.kind.value, "level": block.level, "text": block.text} for block in chapter.blocks],
    }


def duty_values(record: Issue | Measure) -> Values:
    """Deadline and owners as entered on the record itself."""
    return {
        "deadline": record.deadline,
        "due_on": date_value(record.due_on),
        "leaders": list(record.leaders),
        "lead_department": record.lead_department,
        "supporting_departments": list(record.supporting_departments),
        "owner": record.owner,
        "completed_on": date_value(record.completed_on),
    }


def history_values(entries: Sequence[HistoryEntry]) -> list[Values]:
    """Steps, the newest first; ``at`` is UTC."""
    return [
        {
            "id": entry.id,
            "uid": entry.uid,
            "label": entry.label,
            "who": entry.who,
            "at": entry.at.isoformat(),
            "kind": entry.kind.value,
            "undone": entry.undone,
        }
        for entry in entries
    ]


def figures_values(snapshot: Snapshot) -> list[Values]:
    """Every figure with its formula, in the order of the overview; ``key`` stays the same from version to version."""
    return [
        {
            "key": figure.key,
            "caption": figure.caption,
            "value": number_value(figure.value),
            "unit": figure.unit,
            "text": figure.text,
            "formula": figure.formula,
        }
        for figure in figures(snapshot)
    ]


def finding_values(finding: CheckFinding) -> Values:
    """What is wrong with the file."""
    return {"kind": finding.code.value, "text": finding.text, "table": finding.table, "id": finding.record_id}


class _View:
    """One snapshot with everything looked up once."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._outline = Outline(snapshot)
        self._workflow = Workflow(self._outline)
        self._scheme = scheme_for(snapshot.facts)
        self._headings: Mapping[str, str] = printed_headings(snapshot, self._scheme)
        self._issue_log: dict[int | None, list[LogEntry]] = defaultdict(list)
        self._measure_log: dict[int | None, list[LogEntry]] = defaultdict(list)
        for entry in snapshot.log_entries:
            self._issue_log[entry.issue_id].append(entry)
            self._measure_log[entry.measure_id].append(entry)

    def ledger(self) -> Values:
        snapshot = self._snapshot
        return {
            "uid": snapshot.facts.uid,
            **facts_values(snapshot.facts),
            "inspected_units": [unit.name for unit in snapshot.inspected_units],
            "chapters": [chapter_values(chapter, self._headings.get(chapter.uid, "")) for chapter in snapshot.chapters],
            "sections": [self._section(section) for section in self._outline.sections()],
            "outcomes": self._outcomes(),
            "declared": [figure_values(figure) for figure in snapshot.declared_figures],
            "leftovers": [note.text for note in snapshot.source_notes if note.kind is NoteKind.LEFTOVER],
            "doubts": self._notes(NoteKind.DOUBT),
            "normalisations": self._notes(NoteKind.NORMALISATION),
        }

    def _section(self, section: Section | None) -> Values:
        issues = [self._issue(issue) for issue in self._outline.issues_of(section)]
        if section is None:
            feedback = SectionCategory.FEEDBACK.value
            return {"title": None, "category": feedback, "source": "", "introduction": "", "issues": issues}
        return {
            "uid": section.uid,
            "title": section.title,
            "printed_heading": self._headings.get(section.uid, ""),
            "category": section.category.value,
            "source": section.source,
            "introduction": section.introduction,
            "issues": issues,
        }

    def _issue(self, issue: Issue) -> Values:
        withheld = issue.withheld is not WithheldGround.NONE
        return {
            "uid": issue.uid,
            "number": self._outline.number(issue),
            "title": issue.title,
            "printed_heading": self._headings.get(issue.uid, ""),
            "wording": issue.original_text,
            "recommendations": list(issue.recommendations),
            "goal": issue.goal,
            "status": self._workflow.status(issue).value,
            "track": None if issue.track is None else issue.track.value,
            "standing": issue.standing,
            **duty_values(issue),
            "units": list(issue.units),
            "answered_by": issue.answered_by,
            "withheld": issue.withheld.value if withheld else None,
            "emphasis": issue.emphasis,
            "closed": issue.closed,
            "text": answer_text(self._outline, issue, self._scheme),
            "log": _log(self._issue_log[issue.id]),
            "issues": [self._issue(child) for child in self._outline.sub_issues(issue)],
            "measures": [self._measure(measure) for measure in self._outline.measures_of(issue)],
        }

    def _measure(self, measure: Measure) -> Values:
        return {
            "uid": measure.uid,
            "content": measure.content,
            "progress": measure.progress,
            "status": self._workflow.measure_status(measure).value,
            **duty_values(measure),
            "log": _log(self._measure_log[measure.id]),
        }

    def _outcomes(self) -> list[Values]:
        issues: dict[int, list[str]] = defaultdict(list)
        for link in self._snapshot.outcome_links:
            measure = None if link.measure_id is None else self._outline.measure(link.measure_id)
            issue_id = link.issue_id if measure is None else measure.issue_id
            if issue_id is not None:
                issues[link.outcome_id].append(self._outline.number(self._outline.issue(issue_id)))
        return [
            {**outcome_values(outcome), "issues": list(dict.fromkeys(issues[outcome.id]))}
            for outcome in self._snapshot.outcomes
        ]

    def _notes(self, kind: NoteKind) -> list[Values]:
        return [
            {"kind": note.code, "line": note.line, "text": note.text}
            for note in self._snapshot.source_notes
            if note.kind is kind
        ]


def _log(entries: list[LogEntry]) -> list[Values]:
    return [{"date": date_value(entry.entered_on), "text": entry.text, "reporter": entry.reporter} for entry in entries]


def outcome_values(outcome: Outcome) -> Values:
    """An outcome without its issues: the caller knows their numbers."""
    return {
        "uid": outcome.uid,
        "kind": outcome.kind,
        "number": number_value(outcome.number),
        "unit": outcome.unit,
        "period": outcome.period.value,
        "title": outcome.title,
        "text": outcome.source_text,
    }


def figure_values(figure: DeclaredFigure) -> Values:
    """A number that a text states, with its words."""
    return {"text": figure.text, "number": number_value(figure.number), "unit": figure.unit, "place": figure.place}
