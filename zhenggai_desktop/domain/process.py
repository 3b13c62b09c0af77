"""The process of one inspection as a line of milestones: what is done with which paper, what is due next, what is
missing (domain.md §4 Milestone).

A milestone is a record. Which ones there usually are, and on which day, comes from ``office_rules``; a clerk may change
every date, and a date that he changed is left alone when the dates of the ledger change.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from zhenggai_desktop.domain.milestone_papers import kept_papers, paper_names
from zhenggai_desktop.domain.office_rules import Anchor, OfficeRules, Stage
from zhenggai_desktop.domain.records import Draft, LedgerFacts, Milestone, Snapshot
from zhenggai_desktop.texts import DRAFT_NOTICE


class MilestoneState(StrEnum):
    """How a milestone stands on a given day."""

    DONE = "done"
    UNPROVEN = "unproven"  # done, but a paper that belongs to it is not named
    LATE = "late"
    SOON = "soon"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Step:
    """One milestone as the line shows it. ``left`` is in days to its date, < 0 past, None without one."""

    milestone: Milestone
    state: MilestoneState
    left: int | None
    missing: tuple[str, ...]  # papers that belong to it and are not named
    papers: tuple[str, ...]  # what it names, as a clerk calls it


_SOON = 7  # days
_TELLING = 4  # characters of a name that says more than “报告”
_SHORTER = {"会议纪要": "纪要", "会议记录": "记录"}  # as files are called: “反馈会记录.docx”


def usual_date(stage: Stage, facts: LedgerFacts) -> dt.date | None:
    """The day on which a stage is due by the dates of the ledger; None where the date it counts from is not known."""
    if stage.anchor is Anchor.NONE:
        return None
    day: dt.date | None = getattr(facts, stage.anchor.value)
    return None if day is None else day + dt.timedelta(days=stage.days)


def milestones_to_add(snapshot: Snapshot, rules: OfficeRules) -> tuple[Milestone, ...]:
    """The usual milestones that the ledger does not have yet, in order, with their dates.

    What repeats (专题会议, 后续整改报告) is added by hand each time it takes place, and is not among them. The meeting
    at which the feedback was given took place on the day of the feedback.
    """
    there = {milestone.kind for milestone in snapshot.milestones}
    return tuple(
        Milestone(
            kind=stage.kind,
            title=stage.kind,
            due_on=usual_date(stage, snapshot.facts),
            done_on=snapshot.facts.feedback_date if _gave_feedback(stage) else None,
        )
        for stage in rules.process
        if not stage.repeats and stage.kind not in there
    )


def _gave_feedback(stage: Stage) -> bool:
    return stage.meeting and stage.anchor is Anchor.FEEDBACK and stage.days == 0


def dates_to_change(snapshot: Snapshot, before: LedgerFacts, rules: OfficeRules) -> tuple[tuple[int, dt.date], ...]:
    """Milestones (id, new date) whose date follows the ledger's dates, which were those of ``before``.

    Left alone are those that are done and those whose date somebody set otherwise.
    """
    stages = {stage.kind: stage for stage in rules.process}
    found: list[tuple[int, dt.date]] = []
    for milestone in snapshot.milestones:
        stage = stages.get(milestone.kind)
        if stage is None or milestone.done_on is not None:
            continue
        old, new = usual_date(stage, before), usual_date(stage, snapshot.facts)
        if new is not None and new != old and milestone.due_on in (old, None):
            found.append((milestone.id, new))
    return tuple(found)


def told_of_feedback(snapshot: Snapshot, before: LedgerFacts, rules: OfficeRules) -> tuple[int, ...]:
    """Ids of the milestones that took place on the day of the feedback, where that is another now than ``before``."""
    if before.feedback_date in (None, snapshot.facts.feedback_date):
        return ()
    kinds = {stage.kind for stage in rules.process if _gave_feedback(stage)}
    return tuple(
        one.id for one in snapshot.milestones if one.kind in kinds and one.done_on == one.due_on == before.feedback_date
    )


def process_line(snapshot: Snapshot, rules: OfficeRules, today: dt.date) -> tuple[Step, ...]:
    """All milestones in the order of their days, with how they stand ``today``.

    A milestone's day is when it was done, or else when it is due; one without a day stays behind its predecessor.
    """
    papers = {stage.kind: stage.papers for stage in rules.process}
    hung: dict[int | None, list[Draft]] = {}
    for draft in snapshot.drafts:
        hung.setdefault(draft.milestone_id, []).append(draft)
    kept = kept_papers(snapshot.evidence)
    return tuple(
        _step(
            milestone,
            papers.get(milestone.kind, ()),
            hung.get(milestone.id, ()),
            paper_names(kept, milestone.files),
            today,
        )
        for milestone in _by_day(snapshot.milestones)
    )


def _by_day(milestones: Sequence[Milestone]) -> list[Milestone]:
    days: dict[int, dt.date] = {}
    latest = dt.date.min
    for milestone in milestones:
        days[milestone.id] = day = milestone.done_on or milestone.due_on or latest
        latest = max(latest, day)
    return sorted(milestones, key=lambda milestone: days[milestone.id])


def missing_papers(
    papers: Sequence[str], files: Sequence[str], minutes_number: str, drafts: Sequence[Draft]
) -> tuple[str, ...]:
    """Of the papers that belong to a milestone those that none of its files and drafts is called by; minutes with a
    number are there."""
    minutes = "会议纪要 会议记录" if minutes_number else ""
    named = " ".join((*files, minutes, *(f"{draft.kind} {draft.file_name}" for draft in drafts)))
    return tuple(paper for paper in papers if paper not in named and _SHORTER.get(paper, paper) not in named)


def milestone_of(snapshot: Snapshot, rules: OfficeRules, kind: str, edition: str) -> int | None:
    """The id of the milestone to which a document of this kind belongs: the first that is not done, else the last.

    The notice belongs to 党内通报 or 向社会公开 by its edition; another document to the stage that is called in its
    name, or that asks for it as a paper. None where no stage of the office's process does, or it is not laid out.
    """
    if kind == DRAFT_NOTICE:
        wanted = "党内通报" if edition.startswith("internal") else "向社会公开"
        fitting = [stage.kind for stage in rules.process if wanted in stage.kind]
    else:
        fitting = [stage.kind for stage in rules.process if len(stage.kind) >= _TELLING and stage.kind in kind]
        fitting = fitting or [stage.kind for stage in rules.process if any(map(_names(kind), stage.papers))]
    stage_kind = max(fitting, key=len, default=None)
    found = [milestone for milestone in snapshot.milestones if milestone.kind == stage_kind]
    still_open = (milestone.id for milestone in found if milestone.done_on is None)
    return next(still_open, found[-1].id if found else None)


def _names(kind: str) -> Callable[[str], bool]:
    """Whether a paper is what a document of this kind is; “报告” alone is none in particular."""
    return lambda paper: len(paper) >= _TELLING and kind.startswith(paper)


def next_step(line: Sequence[Step]) -> Step | None:
    """What is due next: of the open milestones with a date the earliest; None where there is none."""
    open_steps = [step for step in line if step.milestone.done_on is None and step.milestone.due_on is not None]
    return min(open_steps, key=lambda step: step.milestone.due_on or dt.date.max, default=None)


def meetings(snapshot: Snapshot, rules: OfficeRules) -> tuple[tuple[str, int], ...]:
    """How many meetings of each kind took place: what “召开专题会议11次” counts; kinds in the order of the process."""
    kinds = [stage.kind for stage in rules.process if stage.meeting]
    return tuple((kind, count) for kind in kinds if (count := sum(_held(snapshot, kind))))


def _held(snapshot: Snapshot, kind: str) -> Iterator[bool]:
    return (milestone.kind == kind and milestone.done_on is not None for milestone in snapshot.milestones)


def _step(
    milestone: Milestone, papers: tuple[str, ...], drafts: Sequence[Draft], named: tuple[str, ...], today: dt.date
) -> Step:
    missing = missing_papers(papers, (*milestone.files, *named), milestone.minutes_number, drafts)
    left = None if milestone.due_on is None else (milestone.due_on - today).days
    return Step(milestone, _state(milestone, left, missing), left, missing, named)


def _state(milestone: Milestone, left: int | None, missing: tuple[str, ...]) -> MilestoneState:
    if milestone.done_on is not None:
        return MilestoneState.UNPROVEN if missing else MilestoneState.DONE
    if left is None:
        return MilestoneState.OPEN
    if left < 0:
        return MilestoneState.LATE
    return MilestoneState.SOON if left <= _SOON else MilestoneState.OPEN
