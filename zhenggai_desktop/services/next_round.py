"""The ledger for the next inspection: what stays to be done is taken over, what comes back (反弹) is marked.

Which issue of the new feedback is one of the last round is only proposed, by the likeness of the words; a person says
so, and the mark is a step that can be undone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from zhenggai_desktop import texts
from zhenggai_desktop.domain.matching import LIKE_ENOUGH, bare_text, likeness, named, pair_up, text_core
from zhenggai_desktop.domain.outline import Outline
from zhenggai_desktop.domain.records import (
    Issue,
    LedgerFacts,
    Section,
    SectionCategory,
    Snapshot,
    Status,
)
from zhenggai_desktop.domain.workflow import Workflow
from zhenggai_desktop.services.ledger import Ledger
from zhenggai_desktop.storage.ledger_file import utc_now

if TYPE_CHECKING:
    from zhenggai_desktop.storage.store import Writer

TAKEN_OVER = "上轮巡察整改延续事项"
_MARK = "反弹"
#: What a round of inspection does not change; everything else in the facts belongs to the round that is over.
_LASTING = (
    "kind", "organisation", "organisation_short", "organisation_body", "phone", "address", "postcode", "email",
    "signature_organisation", "scheme", "scheme_changes", "layout_profile", "rules",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CameBack:
    """An issue of this feedback that seems to be one of the last; ``likeness`` is 0.85 to 1.0."""

    issue: Issue
    before: Issue
    likeness: float
    was_closed: bool


def unfinished(snapshot: Snapshot) -> tuple[Issue, ...]:
    """Issues that outlast the round, in reading order: standing ones, and those that are not done."""
    outline = Outline(snapshot)
    workflow = Workflow(outline)
    return tuple(
        issue
        for issue in outline.walk()
        if outline.is_leaf(issue)
        and (
            workflow.duties(issue).standing
            or (not _is_closed(outline, issue) and workflow.status(issue) is not Status.DONE)
        )
    )


def begin_next(ledger: Ledger, target: Path, *, who: str = "", clock: Callable[[], dt.datetime] | None = None) -> int:
    """Make the ledger of the next round at ``target``; gives how many issues it takes over.

    The office, its directory and rules come along; of the issues those that ``unfinished`` names, in a section of their
    own apart from the coming feedback, with their measures and owners. LedgerExistsError where something is there.
    """
    snapshot = ledger.snapshot
    facts = LedgerFacts(**{name: getattr(snapshot.facts, name) for name in _LASTING})
    made = Ledger.create(target, facts, who=who, clock=clock or utc_now)
    with made, made.step("从上轮台账建立") as writer:
        writer.add_many(replace(unit, id=0, uid="") for unit in snapshot.inspected_units)
        departments = {found.id: writer.add(replace(found, id=0, uid="")).id for found in snapshot.departments}
        for person in snapshot.persons:
            department = None if person.department_id is None else departments[person.department_id]
            writer.add(replace(person, id=0, uid="", department_id=department))
        return _take_over(writer, snapshot)


def came_back(previous: Snapshot, now: Snapshot) -> tuple[CameBack, ...]:
    """Which issues of this feedback speak of the same as one of the last round, in reading order; a proposal.

    What was taken over from the last round is no news, and what is marked already is not proposed again.
    """
    outline, before = Outline(now), Outline(previous)
    fresh = [issue for issue in outline.walk() if not _is_taken_over(outline, issue) and _MARK not in issue.note]
    old = list(before.walk())
    pairs = pair_up(named(issue.title for issue in old), named(issue.title for issue in fresh))
    found = [(fresh[at], old[one]) for at, one in sorted(pairs.items())]
    return tuple(
        CameBack(issue, one, _likeness(one.title, issue.title), _is_closed(before, one)) for issue, one in found
    )


def mark_came_back(ledger: Ledger, confirmed: Sequence[CameBack], previous: LedgerFacts) -> int:
    """Mark confirmed issues as 反弹 with a note of what the last round said, and as emphasised, in one step."""
    if confirmed:
        with ledger.step(f"标记反弹（{len(confirmed)}项）") as writer:
            for one in confirmed:
                lines = filter(None, (one.issue.note, _words(one, previous)))
                writer.update(Issue, one.issue.id, emphasis=True, note="\n".join(lines))
    return len(confirmed)


def _take_over(writer: Writer, snapshot: Snapshot) -> int:
    taken = unfinished(snapshot)
    if not taken:
        return 0
    outline = Outline(snapshot)
    workflow = Workflow(outline)
    day = texts.date_text(snapshot.facts.feedback_date)
    section = writer.add(
        Section(title=TAKEN_OVER, category=SectionCategory.EXTENSION, source=f"{day}反馈" if day else "上轮反馈")
    )
    for issue in taken:
        duties = workflow.duties(issue)
        kept = replace(
            issue, id=0, uid="", section_id=section.id, parent_id=None, position=0, closed=False,
            printed_heading="", printed_level=None, leaders=duties.leaders, lead_department=duties.lead_department,
            supporting_departments=duties.supporting_departments, owner=duties.owner, deadline=duties.deadline,
            due_on=duties.due_on, track=duties.track, standing=duties.standing,
        )  # fmt: skip
        added = writer.add(kept)
        measures = (*outline.measures_of(issue), *outline.linked_measures(issue))
        writer.add_many(replace(found, id=0, uid="", issue_id=added.id, position=0) for found in measures)
    return len(taken)


def _words(one: CameBack, previous: LedgerFacts) -> str:
    day = texts.date_text(previous.feedback_date)
    closed = "，当时已销号" if one.was_closed else ""
    return f"{_MARK}：上轮{f'（{day}反馈）' if day else ''}已指出“{one.before.title}”{closed}。"


def _is_closed(outline: Outline, issue: Issue) -> bool:
    return any(found.closed for found in outline.path(issue))


def _is_taken_over(outline: Outline, issue: Issue) -> bool:
    section = outline.section_of(issue)
    return section is not None and section.title == TAKEN_OVER


def _likeness(one: str, other: str) -> float:
    if bare_text(one) == bare_text(other) or text_core(one) == text_core(other):
        return 1.0
    return max(LIKE_ENOUGH, likeness(text_core(one), text_core(other)))
