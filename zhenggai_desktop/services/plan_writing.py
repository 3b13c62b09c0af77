"""Writes what is new in an import plan through a ``Writer`` and reports what was new, already there or different.

The same walk serves the preview: a ``TrialWriter`` takes the records and keeps nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Protocol, TypeVar

from zhenggai_desktop.domain.matching import bare_text, named, pair_up, text_core
from zhenggai_desktop.domain.plan import ImportPlan, PlanNote, ProposedIssue, ProposedMeasure, ProposedSection
from zhenggai_desktop.domain.records import (
    Chapter,
    DeclaredFigure,
    DocumentKind,
    InspectedUnit,
    InspectionKind,
    Issue,
    LedgerFacts,
    LogEntry,
    Measure,
    MeasureLink,
    NoteKind,
    Outcome,
    OutcomeLink,
    Record,
    Section,
    Snapshot,
    Source,
    SourceNote,
    Status,
)
from zhenggai_desktop.domain.workflow import combined_status
from zhenggai_desktop.services.filling import (
    ANSWER_GROUP,
    CHAPTER_GROUPS,
    FACT_GROUPS,
    ISSUE_GROUPS,
    MEASURE_GROUPS,
    SECTION_GROUPS,
    Group,
    difference,
    fill,
    filled_names,
)
from zhenggai_desktop.services.import_report import ImportReport, ReportLine, Taking
from zhenggai_desktop.services.plan_comparing import Comparison
from zhenggai_desktop.services.plan_pairs import PlanPairs, Stock, paired_chapters
from zhenggai_desktop.texts import ROLE_NAMES

R = TypeVar("R", bound=Record)

_SHORTEST_NAME = 4  # characters that name an office apart from its place: “柳林镇党委” has five
_ANSWERED: tuple[Group, ...] = (*ISSUE_GROUPS, ("public_text",))


class Writer(Protocol):
    """The part of a ledger's step that an import needs."""

    def add(self, record: R) -> R: ...
    def update(self, record_type: type[Record], record_id: int, **fields: object) -> object: ...
    def set_facts(self, **fields: object) -> object: ...
    def remove(self, record_type: type[Record], record_id: int) -> object: ...
    def reorder(self, record_type: type[Record], record_ids: Sequence[int]) -> object: ...


class TrialWriter:
    """Gives ids and keeps nothing."""

    def __init__(self) -> None:
        self._last = 0

    def add(self, record: R) -> R:
        self._last -= 1  # negative: never the id of a stored record
        return replace(record, id=self._last)

    def update(self, record_type: type[Record], record_id: int, **fields: object) -> None:
        """Takes the fields and forgets them."""

    def set_facts(self, **fields: object) -> None:
        """Takes the fields and forgets them."""

    def remove(self, record_type: type[Record], record_id: int) -> None:
        """Removes nothing."""

    def reorder(self, record_type: type[Record], record_ids: Sequence[int]) -> None:
        """Takes the order and forgets it."""


def write_plan(
    snapshot: Snapshot, plan: ImportPlan, writer: Writer, now: dt.datetime, taking: Taking | None = None
) -> ImportReport:
    """Everything of ``plan`` that ``snapshot`` has not, and what ``taking`` allows, written through ``writer``."""
    run = _Run(snapshot, plan, writer, taking or Taking())
    run.facts()
    run.units()
    run.chapters()
    for section in plan.sections:
        run.section(section)
    run.places()
    run.outcomes()
    run.declared()
    run.source(now)
    return run.report


class _Run:
    def __init__(self, snapshot: Snapshot, plan: ImportPlan, writer: Writer, taking: Taking) -> None:
        self.snapshot = snapshot
        self.plan = plan
        self.writer = writer
        self.report = ImportReport(taking=taking)
        self._taking = taking
        self._section_ids: dict[int, int] = {}
        self._pairs = PlanPairs(snapshot, plan)
        self._chapter_ids: dict[int, int] = {}
        self._issue_ids: dict[int, int] = {}

    # --- the ledger itself

    def facts(self) -> None:
        ours, theirs = self.snapshot.facts, self.plan.facts
        filling = fill(ours, theirs, FACT_GROUPS)
        untouched = not (self.snapshot.sections or self.snapshot.issues or self.snapshot.chapters)
        if theirs.kind is not ours.kind and untouched:
            filling.values["kind"] = theirs.kind
        elif ours.kind is InspectionKind.XUNCHA and theirs.kind is InspectionKind.XUNSHI:
            filling.differing.append(difference(ours, "kind", theirs.kind))  # the reverse may only be a default
            filling.offered["kind"] = theirs.kind
        if self._taking.changes and filling.offered:
            self.writer.set_facts(**filling.offered)
        if filling.values:
            self.writer.set_facts(**filling.values)
            self._add_line(LedgerFacts, "", detail=filled_names(LedgerFacts, filling.values))
        for sentence in filling.differing:
            self.report.different.append(ReportLine(LedgerFacts, "", detail=sentence))

    def units(self) -> None:
        known = {text_core(name) for unit in self.snapshot.inspected_units for name in (unit.name, unit.short_name)}
        for name in dict.fromkeys(self.plan.inspected_units):
            if any(_same_body(text_core(name), other) for other in known):
                self._there(InspectedUnit, name)
            else:
                self.writer.add(InspectedUnit(name=name))
                self._add_line(InspectedUnit, name)

    # --- chapters

    def chapters(self) -> None:
        pairs = paired_chapters(self.snapshot.chapters, self.plan.chapters)
        for at, chapter in enumerate(self.plan.chapters):
            existing = pairs.get(at)
            stored = self._new(chapter) if existing is None else existing
            self._chapter_ids[chapter.id] = stored.id
            label = chapter.printed_heading or chapter.title or ROLE_NAMES[chapter.role]
            if existing is None:
                self._add_line(Chapter, label)
            else:
                self._fill(existing, chapter, CHAPTER_GROUPS, label)

    # --- sections, issues, measures

    def section(self, proposed: ProposedSection) -> None:
        section_id = None if proposed.record is None else self._section_id(proposed, proposed.record)
        for issue in proposed.issues:
            self._issue(issue, section_id, None)

    def _section_id(self, proposed: ProposedSection, record: Section) -> int:
        existing = self._pairs.section(proposed)
        label = record.printed_heading or record.title
        if existing is None:
            chapter_id = None if record.chapter_id is None else self._chapter_ids.get(record.chapter_id)
            self._add_line(Section, label, proposed.line)
            stored = self._new(record, chapter_id=chapter_id)
        else:
            self._fill(existing, record, SECTION_GROUPS, label, proposed.line)
            stored = existing
        self._section_ids[id(proposed)] = stored.id
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
            stored = self._new(proposed.record, section_id=own_section, parent_id=parent_id)
            below = self._issue_ids[id(proposed)] = stored.id
            self._add_line(Issue, _label(proposed), proposed.line)
            self._measures(proposed.measures, below)
            self._log(proposed.log, (), issue_id=below)
        for child in proposed.issues:
            self._issue(child, section_id, below)

    def _known_issue(self, existing: Issue, proposed: ProposedIssue) -> None:
        self._issue_ids[id(proposed)] = existing.id
        record = proposed.record
        answered = self._has_answer(existing)
        label = f"{self._pairs.outline.number(existing)} {existing.title}"
        groups = _ANSWERED if existing.public_text else ISSUE_GROUPS if answered else (*ISSUE_GROUPS, ANSWER_GROUP)
        self._fill(existing, record, groups, label, proposed.line)
        known = (entry for entry in self.snapshot.log_entries if entry.issue_id == existing.id)
        self._log(proposed.log, known, issue_id=existing.id)
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
            self._fill(child, Issue(title=child.title, status=status), (("status",),), label)

    def _has_answer(self, issue: Issue) -> bool:
        outline = self._pairs.outline
        return bool(issue.public_text or outline.measures_of(issue) or outline.linked_measures(issue))

    def _log(self, entries: Sequence[LogEntry], known: Iterable[LogEntry], **owner: int) -> None:
        """Dated entries that are not there yet, at the end of the owner's own."""
        there = {(entry.entered_on, bare_text(entry.text)) for entry in known}
        for entry in entries:
            if (entry.entered_on, bare_text(entry.text)) in there:
                self._there(LogEntry, entry.text)
            else:
                self.writer.add(replace(entry, **owner))
                self._add_line(LogEntry, entry.text)

    def _compare_measures(self, existing: Issue, proposed: ProposedIssue) -> None:
        outline = self._pairs.outline
        measures = [*outline.measures_of(existing), *outline.linked_measures(existing)]
        known = {bare_text(text) for measure in measures for text in (measure.content, measure.progress)}
        filled = self._fill_measures(measures, proposed) if self.plan.document is DocumentKind.WORKBOOK else set[int]()
        for at, measure in enumerate(proposed.measures):
            if at in filled:
                continue
            text = measure.record.progress or measure.record.content
            if bare_text(text) in known:
                self._there(Measure, text, measure.line)
            else:
                self._other_measure(existing, proposed, at)

    def _other_measure(self, existing: Issue, proposed: ProposedIssue, at: int) -> None:
        """What was done, told in other words than the ledger has: a rewording where the places agree, else one more."""
        told, outline = proposed.measures[at], self._pairs.outline
        ours = outline.measures_of(existing)
        theirs = {bare_text(measure.record.progress) for measure in proposed.measures}
        reworded = len(ours) == len(proposed.measures) and ours[at].progress and told.record.progress
        if reworded and bare_text(ours[at].progress) not in theirs:
            sentence = difference(ours[at], "progress", told.record.progress)
            self._differs(Measure, told.record.progress, told.line, f"问题“{existing.title}”{sentence}")
            if self._taking.changes:
                self.writer.update(Measure, ours[at].id, progress=told.record.progress, status=told.record.status)
            return
        detail = f"问题“{existing.title}”在台账中已有措施，来源多出这一条"
        self._differs(Measure, told.record.progress or told.record.content, told.line, detail)
        if self._taking.changes:
            self._new(told.record, issue_id=existing.id)

    def _fill_measures(self, ours: Sequence[Measure], proposed: ProposedIssue) -> set[int]:
        """A ledger's row goes on with the measure of the same words; which of ``proposed.measures`` were known."""
        theirs = [measure.record for measure in proposed.measures]
        pairs = pair_up(named(_words(measure) for measure in ours), named(_words(measure) for measure in theirs))
        for other, at in pairs.items():
            stored, line = ours[at], proposed.measures[other].line
            self._fill(stored, theirs[other], MEASURE_GROUPS, _words(stored), line)
            known = (entry for entry in self.snapshot.log_entries if entry.measure_id == stored.id)
            self._log(proposed.measures[other].log, known, measure_id=stored.id)
        return set(pairs)

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
                self.writer.add(MeasureLink(measure_id=measure.id, issue_id=other.id))

    def _measures(self, measures: Sequence[ProposedMeasure], issue_id: int, where: str = "") -> list[Measure]:
        stored: list[Measure] = []
        for measure in measures:
            stored.append(self._new(measure.record, issue_id=issue_id))
            self._log(measure.log, (), measure_id=stored[-1].id)
            text = measure.record.progress or measure.record.content
            self._add_line(Measure, f"{where}：{text}" if where else text, measure.line)
        return stored

    # --- places, and what the source has no more

    def places(self) -> None:
        """Issues that stand elsewhere in the source, and what of the ledger it has no more."""
        comparison = Comparison(self.snapshot, self.plan, self._pairs, self._section_ids, self._issue_ids)
        if self._taking.removals:
            comparison.refuse_other_documents()
        for move in comparison.moves():
            self.report.moved.append(ReportLine(Issue, move.label, move.line, move.detail))
            if self._taking.changes:
                self.writer.update(Issue, move.issue.id, section_id=move.section_id, parent_id=move.parent_id)
        for order in comparison.orders():
            self.report.moved += [ReportLine(Issue, label, line, detail) for label, line, detail in order.lines]
            if self._taking.changes:
                self.writer.reorder(Issue, order.issue_ids)
        for record, label, detail in comparison.gone():
            self.report.gone.append(ReportLine(type(record), label, detail=detail))
            if self._taking.removals:
                self.writer.remove(type(record), record.id)

    # --- outcomes, figures, the source

    def outcomes(self) -> None:
        stock = Stock(map(_outcome_key, self.snapshot.outcomes))
        for proposed in self.plan.outcomes:
            label = proposed.record.source_text or f"{proposed.record.kind}{proposed.record.number or ''}"
            if stock.take(_outcome_key(proposed.record)):
                self._there(Outcome, label, proposed.line)
                continue
            stored = self._new(proposed.record)
            self._add_line(Outcome, label, proposed.line)
            for issue in proposed.issues:
                issue_id = self._issue_ids.get(id(issue))
                if issue_id is not None:
                    self.writer.add(OutcomeLink(outcome_id=stored.id, issue_id=issue_id))

    def declared(self) -> None:
        stock = Stock(map(_figure_key, self.snapshot.declared_figures))
        for figure in self.plan.declared:
            if stock.take(_figure_key(figure)):
                self._there(DeclaredFigure, figure.text)
            else:
                self._new(figure)
                self._add_line(DeclaredFigure, figure.text)

    def source(self, now: dt.datetime) -> None:
        """Notes are kept once per file: the same file says the same again."""
        plan = self.plan
        if plan.sha256 and any(source.sha256 == plan.sha256 for source in self.snapshot.sources):
            self.report.new_source = False
            return
        source = self.writer.add(
            Source(document=plan.document, file_name=plan.source_name, sha256=plan.sha256, imported_at=now)
        )
        for kind, note in _notes(plan):
            self.writer.add(SourceNote(source_id=source.id, kind=kind, code=note.code, line=note.line, text=note.text))

    # --- helpers

    def _new(self, record: R, **owners: int | None) -> R:
        """The record stored after its siblings; a plan's ids are provisional and its order is that of the lists.

        Copied once, with all that changes: copies are half of what an import costs.
        """
        place = {"position": 0} if hasattr(record, "position") else {}
        return self.writer.add(replace(record, id=0, **place, **owners))

    def _fill(self, ours: R, theirs: R, groups: Iterable[Group], label: str, line: int = 0) -> None:
        filling = fill(ours, theirs, groups)
        retitled = _title_difference(ours, theirs)
        sentences = [*retitled, *filling.differing]
        if retitled and self.plan.document is not DocumentKind.NOTICE:  # a notice never rewords the feedback
            filling.offered["title"] = getattr(theirs, "title", "")
        if self._taking.changes and filling.offered:
            self.writer.update(type(ours), ours.id, **filling.offered)
        if filling.values:
            self.writer.update(type(ours), ours.id, **filling.values)
            self._add_line(type(ours), label, line, detail="补充：" + filled_names(type(ours), filling.values))
        for sentence in sentences:
            self._differs(type(ours), label, line, sentence)
        if not filling.values and not sentences:
            self._there(type(ours), label, line)

    def _add_line(self, kind: type[Record], text: str, line: int = 0, detail: str = "") -> None:
        self.report.added.append(ReportLine(kind, text, line, detail))

    def _differs(self, kind: type[Record], text: str, line: int, detail: str) -> None:
        self.report.different.append(ReportLine(kind, text, line, detail))

    def _there(self, kind: type[Record], text: str, line: int = 0) -> None:
        self.report.already_there.append(ReportLine(kind, text, line))


def _words(measure: Measure) -> str:
    return measure.content or measure.progress


def _same_body(one: str, other: str) -> bool:
    """The full name of an office ends with its shorter one: a place's name of two characters or more comes first."""
    short, long = sorted((one, other), key=len)
    return one == other or (len(short) >= _SHORTEST_NAME and long.endswith(short) and len(long) >= len(short) + 2)


def _title_difference(ours: Record, theirs: Record) -> list[str]:
    if not isinstance(ours, Section | Issue | Chapter) or not isinstance(theirs, Section | Issue | Chapter):
        return []
    same = text_core(ours.title) == text_core(theirs.title)
    return [] if same else [difference(ours, "title", theirs.title)]


def _label(proposed: ProposedIssue) -> str:
    return f"{proposed.number}{proposed.record.title}"


def _outcome_key(outcome: Outcome) -> Hashable:
    return outcome.kind, outcome.number, outcome.unit, bare_text(outcome.source_text or outcome.title)


def _figure_key(figure: DeclaredFigure) -> Hashable:
    return bare_text(figure.text), figure.number, bare_text(figure.place)


def _notes(plan: ImportPlan) -> Iterator[tuple[NoteKind, PlanNote]]:
    yield from ((NoteKind.LEFTOVER, note) for note in plan.leftovers)
    yield from ((NoteKind.DOUBT, note) for note in plan.doubts)
    yield from ((NoteKind.NORMALISATION, note) for note in plan.normalisations)
