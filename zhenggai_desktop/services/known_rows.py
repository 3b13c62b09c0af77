"""What a ledger table says of an issue that the ledger has: gaps are filled, the rest is told apart.

A table gives a value that all rows of an issue share to the issue, any other to the measures (table_filling); the
ledger may hold it the other way round. So what counts is compared: the value of the record or, where it has none, the
one that it takes from above (domain.md §4).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from zhenggai_desktop.domain.cell_items import as_one
from zhenggai_desktop.domain.matching import bare_text, named, pair_up
from zhenggai_desktop.domain.outline import Outline
from zhenggai_desktop.domain.plan import ProposedIssue, ProposedMeasure
from zhenggai_desktop.domain.records import Issue, Measure, Status
from zhenggai_desktop.domain.workflow import Workflow, combined_status
from zhenggai_desktop.services.filling import (
    ANSWER_TEXTS,
    DUTY_GROUPS,
    ISSUE_GROUPS,
    MEASURE_TEXTS,
    Group,
    difference,
    is_empty,
    notes_beyond,
)
from zhenggai_desktop.services.plan_records import PlanRecords

_STATE: tuple[Group, ...] = (("status",), ("completed_on",), ("closed",))
_ONE_STATE: tuple[Group, ...] = (("status", "completed_on", "closed"),)  # no day of completion beside 正在推进
_CLOSED_HERE = "；台账里有销号记录，请在程序里办理"


class KnownRows:
    """Fills and compares through ``records``; ``outline`` is that of the ledger before the import."""

    def __init__(self, records: PlanRecords, outline: Outline) -> None:
        self._records = records
        self._outline = outline
        self._flow = Workflow(outline)
        self._last: tuple[ProposedIssue, dict[int, int]] | None = None  # the pairs of the issue in hand
        self._closing_begun = {step.issue_id for step in outline.snapshot.closing_steps}

    def take(self, existing: Issue, proposed: ProposedIssue, label: str) -> None:
        """What the table says of the issue itself."""
        pairs = self._paired(existing, proposed)
        measures = self._measures_of(existing)
        ours, theirs = self._answers(existing, proposed.record, measures)
        ours, theirs, groups = self._states(ours, theirs, proposed, pairs=pairs)
        if pairs and any(measure.completed_on for measure in measures):  # each measure has its own day
            theirs = replace(theirs, completed_on=None)
        if theirs.closed and not existing.closed and existing.id in self._closing_begun:
            sentence = difference(existing, "closed", theirs=True) + _CLOSED_HERE
            self._records.differs(Issue, label, proposed.line, sentence)
            theirs = replace(theirs, closed=False)
        theirs = replace(theirs, note=notes_beyond(theirs.note, (measure.note for measure in measures)))
        texts = ("public_text",) if measures else ANSWER_TEXTS
        others = self._of_others(existing, proposed, pairs)
        told = [measures[at] for at in pairs.values()]
        own = [group for group in DUTY_GROUPS if others or (told and not any(is_empty(one, group) for one in told))]
        groups = (*(group for group in ISSUE_GROUPS if group not in own), *groups, texts)
        self._records.fill(ours, theirs, groups, label, proposed.line, notes=True)

    def take_measures(self, existing: Issue, proposed: ProposedIssue) -> set[int]:
        """A row goes on with the measure of the same words; which of ``proposed.measures`` were known."""
        pairs = self._paired(existing, proposed)
        measures = self._measures_of(existing)
        for other, at in pairs.items():
            self._measure(measures[at], proposed.measures[other], existing, proposed.record)
        return set(pairs)

    def of_new_measure(self, existing: Issue, proposed: ProposedIssue, told: ProposedMeasure) -> Measure:
        """A measure that is added to ``existing``, with what all rows of the table share and the issue has not."""
        measure, shared = told.record, proposed.record
        own = [group for group in DUTY_GROUPS if not is_empty(measure, group)]
        others = [group for group in DUTY_GROUPS if group not in own]
        differing = [group for group in others if _fields(shared, [group]) != _fields(existing, [group])]
        return replace(measure, status=measure.status or shared.status, **_fields(shared, differing))

    def _paired(self, existing: Issue, proposed: ProposedIssue) -> dict[int, int]:
        """Place among the proposed measures → place among those of the issue, linked ones behind its own."""
        if self._last and self._last[0] is proposed:
            return self._last[1]
        ours = self._measures_of(existing)
        theirs = [measure.record for measure in proposed.measures]
        shared = proposed.record.lead_department
        pairs = pair_up(
            named(map(_words, ours), offices=(self._flow.measure_duties(measure).lead_department for measure in ours)),
            named(map(_words, theirs), offices=(measure.lead_department or shared for measure in theirs)),
        )
        self._last = proposed, pairs
        return pairs

    def _measures_of(self, issue: Issue) -> list[Measure]:
        return [*self._outline.measures_of(issue), *self._outline.linked_measures(issue)]

    def _answers(self, ours: Issue, theirs: Issue, measures: Sequence[Measure]) -> tuple[Issue, Issue]:
        """A text for the whole issue would stand in the place of what its measures tell: it fills no gap there."""
        told = as_one([measure.progress for measure in measures if measure.progress])
        if not told or not theirs.public_text or ours.public_text:
            return ours, theirs
        if bare_text(told) == bare_text(theirs.public_text):
            return ours, replace(theirs, public_text="")
        return replace(ours, public_text=told), theirs

    def _states(
        self, ours: Issue, theirs: Issue, proposed: ProposedIssue, *, pairs: Mapping[int, int]
    ) -> tuple[Issue, Issue, tuple[Group, ...]]:
        """Both with the statuses that are to be compared, and the groups in which the state is.

        A status that the ledger derives is left to the measures where the table speaks of them.
        """
        whole = len(pairs) == len(self._measures_of(ours))  # else the rows do not speak for all of the issue
        told = theirs.status or (_of_rows(proposed) if ours.status is not None and whole else None)
        counts = self._flow.status(ours)
        if told is None or told is counts:
            return ours, replace(theirs, status=ours.status and told), _STATE
        others = self._of_others(ours, proposed, pairs)
        left = others or (ours.status is None and pairs)
        theirs = replace(theirs, status=None if left else told)
        if ours.status is None and not self._has_statuses(ours) and not others:
            return ours, theirs, _STATE
        return replace(ours, status=counts), theirs, _ONE_STATE

    def _of_others(self, existing: Issue, proposed: ProposedIssue, pairs: Mapping[int, int]) -> bool:
        """True where the table tells of none but other measures than those of the issue: theirs is what it says."""
        return not pairs and bool(proposed.measures and self._measures_of(existing))

    def _has_statuses(self, issue: Issue) -> bool:
        return self._flow.derived_status(issue) is not Status.NOT_STARTED or any(
            measure.status for measure in self._measures_of(issue)
        )

    def _measure(self, stored: Measure, told: ProposedMeasure, existing: Issue, shared: Issue) -> None:
        """A value that all rows share is held against a measure which has its own."""
        above = self._outline.issue(stored.issue_id)
        theirs, duties = told.record, self._flow.measure_duties(stored)
        counts = _fields(duties, [group for group in DUTY_GROUPS if is_empty(stored, group)])
        of_all = [group for group in DUTY_GROUPS if is_empty(theirs, group) and not is_empty(stored, group)]
        ours = replace(stored, status=stored.status or above.status, **counts)
        status = theirs.status or (shared.status if stored.status is not None or above.status is None else None)
        if ours.status is None and status is Status.NOT_STARTED:  # it is not started anyway
            status = None
        dated = not existing.completed_on and any(measure.completed_on for measure in self._measures_of(existing))
        completed_on = theirs.completed_on or (shared.completed_on if dated else None)
        note = notes_beyond(theirs.note, (above.note,))
        told_of = _fields(shared, of_all)
        theirs = replace(theirs, status=status, completed_on=completed_on, note=note, **told_of)
        together = None not in (ours.status, status) and ours.status is not status
        groups = (*MEASURE_TEXTS, *DUTY_GROUPS, *((("status", "completed_on"),) if together else _STATE[:2]))
        self._records.fill(ours, theirs, groups, _words(stored), told.line, notes=True)
        known = (entry for entry in self._records.snapshot.log_entries if entry.measure_id == stored.id)
        self._records.log(told.log, known, measure_id=stored.id)


def _of_rows(proposed: ProposedIssue) -> Status | None:
    """What the rows say together where each of them has a status."""
    statuses = [measure.record.status for measure in proposed.measures]
    return combined_status(status for status in statuses if status) if statuses and all(statuses) else None


def _words(measure: Measure) -> str:
    return measure.content or measure.progress


def _fields(source: object, groups: Iterable[Group]) -> dict[str, Any]:
    return {name: getattr(source, name) for group in groups for name in group}
