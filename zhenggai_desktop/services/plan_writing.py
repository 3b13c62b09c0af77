"""Writes what is new in an import plan through a ``Writer`` and reports what was new, already there or different.

The same walk serves the preview: a ``TrialWriter`` takes the records and keeps nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Iterator

from zhenggai_desktop.domain.matching import bare_text, text_core
from zhenggai_desktop.domain.plan import ImportPlan, PlanNote
from zhenggai_desktop.domain.records import (
    Chapter,
    DeclaredFigure,
    DocumentKind,
    InspectedUnit,
    InspectionKind,
    Issue,
    LedgerFacts,
    NoteKind,
    Outcome,
    OutcomeLink,
    Snapshot,
    Source,
    SourceNote,
)
from zhenggai_desktop.domain.waiting_deadlines import following_dates
from zhenggai_desktop.services.filling import CHAPTER_GROUPS, FACT_GROUPS, Filling, difference, fill, filled_names
from zhenggai_desktop.services.import_report import ImportReport, ReportLine, Taking
from zhenggai_desktop.services.milestone_dates import move_milestones
from zhenggai_desktop.services.plan_comparing import Comparison
from zhenggai_desktop.services.plan_issues import PlanIssues
from zhenggai_desktop.services.plan_pairs import PlanPairs, Stock, paired_chapters
from zhenggai_desktop.services.plan_records import PlanRecords
from zhenggai_desktop.services.record_writer import Writer
from zhenggai_desktop.texts import ROLE_NAMES

_SHORTEST_NAME = 4  # characters that name an office apart from its place: “柳林镇党委” has five


def write_plan(
    snapshot: Snapshot, plan: ImportPlan, writer: Writer, now: dt.datetime, taking: Taking | None = None
) -> ImportReport:
    """Everything of ``plan`` that ``snapshot`` has not, and what ``taking`` allows, written through ``writer``."""
    run = _Run(snapshot, plan, writer, taking or Taking(), now.astimezone().date())
    run.facts()
    run.units()
    run.chapters()
    run.sections()
    run.places()
    run.outcomes()
    run.declared()
    run.source(now)
    return run.report


class _Run:
    def __init__(self, snapshot: Snapshot, plan: ImportPlan, writer: Writer, taking: Taking, today: dt.date) -> None:
        self.snapshot = snapshot
        self.plan = plan
        self.writer = writer
        self._taking, self._today = taking, today
        self._records = PlanRecords(snapshot, plan, writer, taking)
        self.report = self._records.report
        self._pairs = PlanPairs(snapshot, plan)
        self._chapter_ids: dict[int, int] = {}
        self._issues = PlanIssues(self._records, self._pairs, self._chapter_ids)

    # --- the ledger itself

    def facts(self) -> None:
        ours, theirs = self.snapshot.facts, self.plan.facts
        filling = fill(ours, theirs, FACT_GROUPS)
        if ours.recommendations and _is_special(self.plan):
            _add_recommendations(filling, ours, theirs)
        untouched = not (self.snapshot.sections or self.snapshot.issues or self.snapshot.chapters)
        if theirs.kind is not ours.kind and untouched:
            filling.values["kind"] = theirs.kind
        elif ours.kind is InspectionKind.XUNCHA and theirs.kind is InspectionKind.XUNSHI:
            filling.differing.append(difference(ours, "kind", theirs.kind))  # the reverse may only be a default
            filling.offered["kind"] = theirs.kind
        taken = {**(filling.offered if self._taking.changes else {}), **filling.values}
        if isinstance(feedback := taken.get("feedback_date"), dt.date):
            for record, due_on in following_dates(self.snapshot, feedback, self._today):
                self.writer.update(type(record), record.id, due_on=due_on)
        move_milestones(self.writer, self.snapshot, taken)
        if self._taking.changes and filling.offered:
            self.writer.set_facts(**filling.offered)
        if filling.values:
            self.writer.set_facts(**filling.values)
            self._records.add_line(LedgerFacts, "", detail=filled_names(ours, filling.values))
        for sentence in filling.differing:
            self.report.different.append(ReportLine(LedgerFacts, "", detail=sentence))

    def units(self) -> None:
        known = {text_core(name) for unit in self.snapshot.inspected_units for name in (unit.name, unit.short_name)}
        for name in dict.fromkeys(self.plan.inspected_units):
            if any(_same_body(text_core(name), other) for other in known):
                self._records.there(InspectedUnit, name)
            else:
                self.writer.add(InspectedUnit(name=name))
                self._records.add_line(InspectedUnit, name)

    # --- chapters

    def chapters(self) -> None:
        pairs = paired_chapters(self.snapshot.chapters, self.plan.chapters)
        for at, chapter in enumerate(self.plan.chapters):
            existing = pairs.get(at)
            stored = self._records.new(chapter) if existing is None else existing
            self._chapter_ids[chapter.id] = stored.id
            label = chapter.printed_heading or chapter.title or ROLE_NAMES[chapter.role]
            if existing is None:
                self._records.add_line(Chapter, label)
            else:
                self._records.fill(existing, chapter, CHAPTER_GROUPS, label)

    def sections(self) -> None:
        for section in self.plan.sections:
            self._issues.section(section)

    # --- places, and what the source has no more

    def places(self) -> None:
        """Issues that stand elsewhere in the source, and what of the ledger it has no more."""
        comparison = Comparison(self.snapshot, self.plan, self._pairs, self._issues.section_ids, self._issues.issue_ids)
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
                self._records.there(Outcome, label, proposed.line)
                continue
            stored = self._records.new(proposed.record)
            self._records.add_line(Outcome, label, proposed.line)
            for issue in proposed.issues:
                issue_id = self._issues.issue_ids.get(id(issue))
                if issue_id is not None:
                    self.writer.add(OutcomeLink(outcome_id=stored.id, issue_id=issue_id))

    def declared(self) -> None:
        stock = Stock(map(_figure_key, self.snapshot.declared_figures))
        for figure in self.plan.declared:
            if stock.take(_figure_key(figure)):
                self._records.there(DeclaredFigure, figure.text)
            else:
                self._records.new(figure)
                self._records.add_line(DeclaredFigure, figure.text)

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


def _is_special(plan: ImportPlan) -> bool:
    """True for the feedback of a 专项检查, which stands beside that of the inspection: all its sections say so."""
    feedback = plan.document is DocumentKind.FEEDBACK and bool(plan.sections)
    return feedback and all(section.record and section.record.source for section in plan.sections)


def _add_recommendations(filling: Filling, ours: LedgerFacts, theirs: LedgerFacts) -> None:
    """What is asked for besides: no other wording of what the ledger has."""
    offered = filling.offered.pop("recommendations", None)
    if offered is None:
        return
    filling.differing.remove(difference(ours, "recommendations", offered))
    known = {bare_text(words) for words in ours.recommendations}
    new = [words for words in theirs.recommendations if bare_text(words) not in known]
    if new:
        filling.values["recommendations"] = (*ours.recommendations, *new)


def _same_body(one: str, other: str) -> bool:
    """The full name of an office ends with its shorter one: a place's name of two characters or more comes first."""
    short, long = sorted((one, other), key=len)
    return one == other or (len(short) >= _SHORTEST_NAME and long.endswith(short) and len(long) >= len(short) + 2)


def _outcome_key(outcome: Outcome) -> Hashable:
    return outcome.kind, outcome.number, outcome.unit, bare_text(outcome.source_text or outcome.title)


def _figure_key(figure: DeclaredFigure) -> Hashable:
    return bare_text(figure.text), figure.number, bare_text(figure.place)


def _notes(plan: ImportPlan) -> Iterator[tuple[NoteKind, PlanNote]]:
    yield from ((NoteKind.LEFTOVER, note) for note in plan.leftovers)
    yield from ((NoteKind.DOUBT, note) for note in plan.doubts)
    yield from ((NoteKind.NORMALISATION, note) for note in plan.normalisations)
