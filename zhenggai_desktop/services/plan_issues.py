"""Sections, issues and measures of an import plan: what is new is stored, what is known is filled or told apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from zhenggai_desktop.domain.matching import bare_text
from zhenggai_desktop.domain.plan import ProposedIssue, ProposedMeasure, ProposedSection
from zhenggai_desktop.domain.records import DocumentKind, Issue, Measure, MeasureLink, Section, Status
from zhenggai_desktop.domain.workflow import combined_status
from zhenggai_desktop.services.filling import (
    ANSWER_GROUP,
    ISSUE_GROUPS,
    SECTION_GROUPS,
    Group,
    difference,
)
from zhenggai_desktop.services.known_rows import KnownRows
from zhenggai_desktop.services.plan_pairs import PlanPairs
from zhenggai_desktop.services.plan_records import PlanRecords

_ANSWERED: tuple[Group, ...] = (*ISSUE_GROUPS, ("public_text",))


class PlanIssues:
    """One walk over a plan's sections. ``section_ids`` and ``issue_ids`` tell where each proposed one is stored."""

    def __init__(self, records: PlanRecords, pairs: PlanPairs, chapter_ids: Mapping[int, int]) -> None:
        self.section_ids: dict[int, int] = {}
        self.issue_ids: dict[int, int] = {}
        self._records = records
        self._pairs = pairs
        self._chapter_ids = chapter_ids
        self._rows = KnownRows(records, pairs.outline)
        self._from_table = records.plan.document is DocumentKind.WORKBOOK

    def section(self, proposed: ProposedSection) -> None:
        """The section with all that stands below it; issues without a section where it has no record."""
        section_id = None if proposed.record is None else self._section_id(proposed, proposed.record)
        for issue in proposed.issues:
            self._issue(issue, section_id, None)

    def _section_id(self, proposed: ProposedSection, record: Section) -> int:
        existing = self._pairs.section(proposed)
        label = record.printed_heading or record.title
        if existing is None:
            chapter_id = None if record.chapter_id is None else self._chapter_ids.get(record.chapter_id)
            self._records.add_line(Section, label, proposed.line)
            stored = self._records.new(record, chapter_id=chapter_id)
        else:
            self._records.fill(existing, record, SECTION_GROUPS, label, proposed.line)
            stored = existing
        self.section_ids[id(proposed)] = stored.id
        return stored.id

    def _issue(self, proposed: ProposedIssue, section_id: int | None, parent_id: int | None) -> None:
        existing = self._pairs.issue(proposed)
        if existing is not None:
            self._known_issue(existing, proposed)
            below = existing.id
        elif self._answers_known_issues(proposed):
            self._shared_answer(proposed)
            below = None
        else:
            own_section = section_id if parent_id is None else None
            stored = self._records.new(proposed.record, section_id=own_section, parent_id=parent_id)
            below = self.issue_ids[id(proposed)] = stored.id
            self._records.add_line(Issue, _label(proposed), proposed.line, is_below=parent_id is not None)
            self._measures(proposed.measures, below)
            self._records.log(proposed.log, (), issue_id=below)
        for child in proposed.issues:
            self._issue(child, section_id, below)

    def _known_issue(self, existing: Issue, proposed: ProposedIssue) -> None:
        self.issue_ids[id(proposed)] = existing.id
        answered = self._has_answer(existing)
        label = f"{self._pairs.outline.number(existing)} {existing.title}"
        if self._from_table:
            self._rows.take(existing, proposed, label)
        else:
            groups = _ANSWERED if existing.public_text else ISSUE_GROUPS if answered else (*ISSUE_GROUPS, ANSWER_GROUP)
            self._records.fill(existing, proposed.record, groups, label, proposed.line)
        known = (entry for entry in self._records.snapshot.log_entries if entry.issue_id == existing.id)
        self._records.log(proposed.log, known, issue_id=existing.id)
        if answered:
            self._compare_measures(existing, proposed)
        else:
            self._measures(proposed.measures, existing.id, label)
            self._cover_sub_issues(existing, proposed)

    def _cover_sub_issues(self, existing: Issue, proposed: ProposedIssue) -> None:
        """An answer to the whole issue answers the sub-issues that the source does not have: they share its status."""
        if not proposed.measures and not proposed.record.public_text:
            return
        status = proposed.record.status or combined_status(
            measure.record.status or Status.NOT_STARTED for measure in proposed.measures
        )
        for child in self._pairs.outline.walk_below(existing):
            if child.id == existing.id or self._pairs.is_paired(child) or self._has_answer(child):
                continue
            label = f"{self._pairs.outline.number(child)} {child.title}"
            self._records.fill(child, Issue(title=child.title, status=status), (("status",),), label)

    def _has_answer(self, issue: Issue) -> bool:
        outline = self._pairs.outline
        return bool(issue.public_text or outline.measures_of(issue) or outline.linked_measures(issue))

    def _compare_measures(self, existing: Issue, proposed: ProposedIssue) -> None:
        outline = self._pairs.outline
        measures = [*outline.measures_of(existing), *outline.linked_measures(existing)]
        known = {bare_text(text) for measure in measures for text in (measure.content, measure.progress)}
        taken = self._rows.take_measures(existing, proposed) if self._from_table else set[int]()
        for at, measure in enumerate(proposed.measures):
            if at in taken:
                continue
            text = measure.record.progress or measure.record.content
            if bare_text(text) in known:
                self._records.there(Measure, text, measure.line)
            else:
                self._other_measure(existing, proposed, at)

    def _other_measure(self, existing: Issue, proposed: ProposedIssue, at: int) -> None:
        """What was done, told in other words than the ledger has: a rewording where the places agree, else one more."""
        told, outline = proposed.measures[at], self._pairs.outline
        ours = outline.measures_of(existing)
        theirs = {bare_text(measure.record.progress) for measure in proposed.measures}
        reworded = len(ours) == len(proposed.measures) and ours[at].progress and told.record.progress
        if reworded and self._from_table:  # of two plans in other words nobody knows that they are one
            reworded = not (ours[at].content and told.record.content)
        if reworded and bare_text(ours[at].progress) not in theirs:
            sentence = difference(ours[at], "progress", told.record.progress)
            self._records.differs(Measure, told.record.progress, told.line, f"问题“{existing.title}”{sentence}")
            if self._records.taking.changes:
                status = told.record.status or ours[at].status
                self._records.writer.update(Measure, ours[at].id, progress=told.record.progress, status=status)
            return
        detail = f"问题“{existing.title}”在台账中已有措施，来源多出这一条"
        self._records.differs(Measure, told.record.content or told.record.progress, told.line, detail)
        if self._records.taking.changes:
            record = self._rows.of_new_measure(existing, proposed, told) if self._from_table else told.record
            self._records.new(record, issue_id=existing.id)

    def _answers_known_issues(self, proposed: ProposedIssue) -> bool:
        """True for one answer to several issues that the ledger has one by one (domain.md §4)."""
        return bool(proposed.measures and proposed.issues) and all(map(self._pairs.issue, proposed.issues))

    def _shared_answer(self, proposed: ProposedIssue) -> None:
        """The measures go to the first issue that has no answer yet and are linked to the others, never copied."""
        known = [found for child in proposed.issues if (found := self._pairs.issue(child)) is not None]
        open_issues = [issue for issue in known if not self._has_answer(issue)]
        if not open_issues:
            self._compare_measures(known[0], proposed)
            return
        first, *others = open_issues
        numbers = "、".join(self._pairs.outline.number(issue) for issue in open_issues)
        for measure in self._measures(proposed.measures, first.id, f"合并答复问题 {numbers}"):
            for other in others:
                self._records.writer.add(MeasureLink(measure_id=measure.id, issue_id=other.id))

    def _measures(self, measures: Sequence[ProposedMeasure], issue_id: int, where: str = "") -> list[Measure]:
        stored: list[Measure] = []
        for measure in measures:
            stored.append(self._records.new(measure.record, issue_id=issue_id))
            self._records.log(measure.log, (), measure_id=stored[-1].id)
            text = measure.record.content or measure.record.progress
            self._records.add_line(Measure, f"{where}：{text}" if where else text, measure.line)
        return stored


def _label(proposed: ProposedIssue) -> str:
    return f"{proposed.number}{proposed.record.title}"
