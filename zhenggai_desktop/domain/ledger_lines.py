"""What stands on which row of the ledger as a table: its issue, its measure, who answers for it, what hangs on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from zhenggai_desktop.domain.items import answers_all_below
from zhenggai_desktop.domain.ledger_template import Lines, Template
from zhenggai_desktop.domain.outline import Outline
from zhenggai_desktop.domain.records import (
    ClosingStep,
    Evidence,
    Issue,
    LogEntry,
    Measure,
    Outcome,
    Section,
    Snapshot,
)
from zhenggai_desktop.domain.workflow import Duties, Workflow

_BARE = Issue()
_WORDS_AND_PLACE = (
    "id", "uid", "section_id", "parent_id", "position", "title", "original_text", "printed_heading", "printed_level",
    "status",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """What a row is about."""

    issue: Issue
    section: Section | None
    path: tuple[Issue, ...]
    duties: Duties
    first: bool  # of the issue's rows
    measure: Measure | None = None
    linked: bool = False


class Sheet:
    """The snapshot with what belongs to an issue gathered once."""

    def __init__(self, snapshot: Snapshot, *, run_through: bool, gathered: bool) -> None:
        self.outline = Outline(snapshot)
        self.workflow = Workflow(self.outline)
        self.numbers = self.outline.numbers(run_through=run_through)
        issue_of = {measure.id: measure.issue_id for measure in snapshot.measures}
        self.outcomes = _outcomes_by_issue(snapshot, issue_of)
        self.evidence = _evidence_by_issue(snapshot, issue_of)
        self.steps: dict[int, list[ClosingStep]] = {}
        for step in snapshot.closing_steps:
            self.steps.setdefault(step.issue_id, []).append(step)
        self.log: dict[tuple[int | None, int | None], list[LogEntry]] = {}
        for entry in snapshot.log_entries:
            self.log.setdefault((entry.issue_id, entry.measure_id), []).append(entry)
        self.gathered: dict[int, list[Issue]] = {}  # by the issue whose answer is theirs too
        self._silent = {part.id for part in self._gather()} if gathered else set[int]()

    def _gather(self) -> Iterator[Issue]:
        issues = tuple(self.outline.walk())
        answering = {one.id for one in issues if not self.outline.is_leaf(one) and answers_all_below(self.outline, one)}
        for issue in issues:
            over = next((step for step in self.outline.path(issue)[:-1] if step.id in answering), None)
            if over is not None and self._has_words_alone(issue, over):
                self.gathered.setdefault(over.id, []).append(issue)
                yield issue

    def _has_words_alone(self, issue: Issue, over: Issue) -> bool:
        """True for an issue of which a table could say nothing but its title and its words in the feedback, and that it
        is as far as the one above."""
        hanging = (self.outcomes, self.evidence, self.steps)
        bare = replace(_BARE, **{name: getattr(issue, name) for name in _WORDS_AND_PLACE})
        silent = (issue.id, None) not in self.log and not any(issue.id in found for found in hanging)
        return silent and issue == bare and self.workflow.status(issue) is self.workflow.status(over)

    def lines(self) -> Iterator[Line]:
        """All rows in reading order. An issue with sub-issues has rows only for measures of its own."""
        outline = self.outline
        for issue in outline.walk():
            if issue.id in self._silent:
                continue
            own, linked = outline.measures_of(issue), outline.linked_measures(issue)
            path, section = outline.path(issue), outline.section_of(issue)
            if not own and not linked:
                if outline.is_leaf(issue) or issue.public_text or issue.answer_introduction:
                    is_whole = outline.is_leaf(issue)  # what serves it may have stayed behind
                    duties = self.workflow.told_duties(issue) if is_whole else self.workflow.duties(issue)
                    yield Line(issue, section, path, duties, first=True)
                continue
            for at, measure in enumerate((*own, *linked)):
                duties = self.workflow.measure_duties(measure)
                yield Line(issue, section, path, duties, at == 0, measure, linked=at >= len(own))


def lines_of(template: Template, sheet: Sheet) -> list[Line]:
    """The rows of a template: one for each issue, or all by department, or all in reading order."""
    lines = list(sheet.lines())
    if template.lines is Lines.ISSUES:
        duties = sheet.workflow.told_duties
        return [replace(line, measure=None, duties=duties(line.issue)) for line in lines if line.first]
    if template.lines is Lines.DEPARTMENTS:
        order = {name: at for at, name in enumerate(dict.fromkeys(line.duties.lead_department for line in lines))}
        lines.sort(key=lambda line: (not line.duties.lead_department, order[line.duties.lead_department]))
    return lines


def _outcomes_by_issue(snapshot: Snapshot, issue_of: dict[int, int]) -> dict[int, list[Outcome]]:
    by_id = {outcome.id: outcome for outcome in snapshot.outcomes}
    found: dict[int, dict[int, Outcome]] = {}
    for link in snapshot.outcome_links:
        issue_id = link.issue_id if link.measure_id is None else issue_of[link.measure_id]
        if issue_id is not None:
            found.setdefault(issue_id, {})[link.outcome_id] = by_id[link.outcome_id]
    return {issue_id: list(outcomes.values()) for issue_id, outcomes in found.items()}


def _evidence_by_issue(snapshot: Snapshot, issue_of: dict[int, int]) -> dict[int, list[Evidence]]:
    """Evidence of the issue itself, of its measures and of outcomes that are linked to it."""
    issues_of_outcome: dict[int, set[int]] = {}
    for link in snapshot.outcome_links:
        issue_id = link.issue_id if link.measure_id is None else issue_of[link.measure_id]
        if issue_id is not None:
            issues_of_outcome.setdefault(link.outcome_id, set()).add(issue_id)
    by_id = {evidence.id: evidence for evidence in snapshot.evidence}
    found: dict[int, dict[int, Evidence]] = {}
    for link in snapshot.evidence_links:
        targets: Iterable[int | None] = (link.issue_id,)
        if link.measure_id is not None:
            targets = (issue_of[link.measure_id],)
        elif link.outcome_id is not None:
            targets = issues_of_outcome.get(link.outcome_id, ())
        for target in targets:
            if target is not None:
                found.setdefault(target, {})[link.evidence_id] = by_id[link.evidence_id]
    return {issue_id: list(evidence.values()) for issue_id, evidence in found.items()}
