"""The ledger for the next inspection: what stays to be done is taken over, what comes back (反弹) is marked.

Which issue of the new feedback is one of the last round is only proposed, by the likeness of the words; a person says
so, and the mark is a step that can be undone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from zhenggai_desktop import texts
from zhenggai_desktop.domain.evidence_use import evidence_on_issue, is_taken_over, taken_over_title
from zhenggai_desktop.domain.matching import LIKE_ENOUGH, bare_text, likeness, named, pair_up, text_core
from zhenggai_desktop.domain.outline import Outline
from zhenggai_desktop.domain.records import (
    EvidenceLink,
    Issue,
    LedgerFacts,
    Measure,
    MeasureLink,
    Section,
    SectionCategory,
    Snapshot,
    Status,
)
from zhenggai_desktop.domain.waiting_deadlines import waits_for_feedback
from zhenggai_desktop.domain.workflow import Duties, Workflow
from zhenggai_desktop.services.ledger import Ledger
from zhenggai_desktop.services.ticking import Tick, no_tick
from zhenggai_desktop.storage.ledger_file import utc_now

if TYPE_CHECKING:
    from zhenggai_desktop.storage.store import Writer

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


@dataclass(frozen=True, slots=True)
class Begun:
    """What the next ledger took over: issues, evidence, and of this the files that were not found any more, and the
    titles of those that could not be read."""

    issues: int
    evidence: int
    missing: int
    unread: tuple[str, ...] = ()


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
            or (not outline.is_closed(issue) and workflow.status(issue) is not Status.DONE)
        )
    )


def _branches(outline: Outline, taken: Sequence[Issue]) -> tuple[Issue, ...]:
    """What is taken over so that no measure stays behind: where an issue above has measures of its own, it answers for
    those below it (domain.md §4) and comes along with what stands between. In reading order."""
    wanted: dict[int, None] = {}
    for issue in taken:
        path = outline.path(issue)
        answering = (at for at, one in enumerate(path) if outline.measures_of(one) or outline.linked_measures(one))
        wanted |= dict.fromkeys(one.id for one in path[next(answering, len(path) - 1) :])
    return tuple(issue for issue in outline.walk() if issue.id in wanted)


def begin_next(
    ledger: Ledger,
    target: Path,
    *,
    who: str = "",
    clock: Callable[[], dt.datetime] | None = None,
    tick: Tick = no_tick,
) -> Begun:
    """Make the ledger of the next round at ``target``; gives what it takes over.

    The office, its directory and rules come along; of the issues those that ``unfinished`` names, in a section of their
    own apart from the coming feedback, with their measures, owners and evidence, whose files are copied; where an issue
    above them has the measures, it is taken over with them below it. A file that cannot be read is named, and its
    record comes along. The log, the
    outcomes and the closing stay in the old ledger, which each issue's note names. LedgerExistsError where something is
    there; after any error, and where ``tick`` ends it, there is no new ledger.
    """
    facts = LedgerFacts(**{name: getattr(ledger.snapshot.facts, name) for name in _LASTING})
    made = Ledger.create(target, facts, who=who, clock=clock or utc_now)
    before = made.evidence_folder.lying_here()
    try:
        with made:
            return _fill(made, ledger, tick)
    except BaseException:
        _take_back(made, before)
        raise


def _fill(made: Ledger, ledger: Ledger, tick: Tick) -> Begun:
    snapshot = ledger.snapshot
    outline = Outline(snapshot)
    left = unfinished(snapshot)
    taken = _branches(outline, left)
    proven = evidence_on_issue(outline)
    wanted = {at for issue in taken for at in proven.get(issue.id, ())}
    evidence = [one for one in snapshot.evidence if one.id in wanted]
    total, gone = sum(one.size for one in evidence), 0

    def going(count: int) -> None:
        nonlocal gone
        gone += count
        tick(min(gone, total), total)

    copied = ledger.evidence_folder.copy_to(made.evidence_folder, evidence, going)
    with made.step("从上轮台账建立") as writer:
        writer.add_many(replace(unit, id=0, uid="") for unit in snapshot.inspected_units)
        departments = {found.id: writer.add(replace(found, id=0, uid="")).id for found in snapshot.departments}
        for person in snapshot.persons:
            department = None if person.department_id is None else departments[person.department_id]
            writer.add(replace(person, id=0, uid="", department_id=department))
        if taken:
            kept = {one.id: writer.add(replace(one, id=0, uid="")).id for one in evidence}
            _take_over(writer, outline, taken, kept, ledger.path.name)
    filed = sum(bool(one.file_name) for one in evidence)
    unread = tuple(one.title or one.file_name for one in copied.unread)
    return Begun(len(left), len(evidence), filed - copied.count - len(unread), unread)


def _take_back(made: Ledger, before: Collection[str]) -> None:
    """No half ledger. The files named in ``before`` lay in its folder already: a ledger of this name that was renamed
    has its evidence there."""
    with suppress(OSError):
        made.path.unlink(missing_ok=True)
        for name in made.evidence_folder.lying_here().difference(before):
            made.evidence_folder.drop(name)
        made.evidence_folder.path.rmdir()  # only where it is empty


def came_back(previous: Snapshot, now: Snapshot) -> tuple[CameBack, ...]:
    """Which issues of this feedback speak of the same as one of the last round, in reading order; a proposal.

    What was taken over from the last round is no news, and what is marked already is not proposed again.
    """
    outline, before = Outline(now), Outline(previous)
    fresh = [issue for issue in outline.walk() if not _is_taken_over(outline, issue) and _MARK not in issue.note]
    old = list(before.walk())
    pairs = pair_up(named(issue.title for issue in old), named(issue.title for issue in fresh))
    found = [(fresh[at], old[one]) for at, one in sorted(pairs.items())]
    return tuple(CameBack(issue, one, _likeness(one.title, issue.title), before.is_closed(one)) for issue, one in found)


def mark_came_back(ledger: Ledger, confirmed: Sequence[CameBack], previous: LedgerFacts) -> int:
    """Mark confirmed issues as 反弹 with a note of what the last round said, and as emphasised, in one step."""
    if confirmed:
        with ledger.step(f"标记反弹（{len(confirmed)}项）") as writer:
            for one in confirmed:
                lines = filter(None, (one.issue.note, _words(one, previous)))
                writer.update(Issue, one.issue.id, emphasis=True, note="\n".join(lines))
    return len(confirmed)


def _take_over(
    writer: Writer, outline: Outline, taken: Sequence[Issue], evidence: Mapping[int, int], source: str
) -> None:
    """``taken`` in reading order; ``evidence`` gives the new id of each that comes along; ``source`` is the name of the
    old ledger."""
    numbers, facts = outline.numbers(), outline.snapshot.facts
    day = texts.date_text(facts.feedback_date)
    title, source_words = taken_over_title(facts.kind), f"{day}反馈" if day else "上轮反馈"
    section = writer.add(Section(title=title, category=SectionCategory.EXTENSION, source=source_words))
    workflow, issues = Workflow(outline), dict[int, int]()
    for issue in taken:
        origin = f"延续自上轮台账“{source}”的问题{numbers[issue.id]}。"
        kept = replace(
            issue, id=0, uid="", position=0, closed=False, printed_heading="",
            note="\n".join(filter(None, (issue.note, origin))),
        )  # fmt: skip
        above = issues.get(issue.parent_id or 0)
        if above is None:
            kept = replace(_with_duties(kept, workflow.duties(issue)), section_id=section.id, parent_id=None)
        else:
            kept = replace(kept, parent_id=above)  # a quoted one goes on following the answer above it
        issues[issue.id] = writer.add(kept).id
    _take_measures(writer, outline, issues, evidence)


def _with_duties(issue: Issue, duties: Duties) -> Issue:
    """An issue with what it had from those above it, and printed as its new place says."""
    return replace(
        issue, printed_level=None, leaders=duties.leaders, lead_department=duties.lead_department,
        supporting_departments=duties.supporting_departments, owner=duties.owner,
        deadline=_lasting(duties.deadline, duties.due_on), due_on=duties.due_on, track=duties.track,
        standing=duties.standing,
    )  # fmt: skip


def _lasting(deadline: str, due_on: dt.date | None) -> str:
    """A deadline as it can stand beside another feedback: “反馈后三个月内” was meant of the last one."""
    if due_on is None or not waits_for_feedback(deadline):
        return deadline
    return f"{texts.date_text(due_on)}前（上轮{deadline}）"


def _take_measures(writer: Writer, outline: Outline, issues: Mapping[int, int], evidence: Mapping[int, int]) -> None:
    """The measures of the issues, by their old and new ids, each once and linked to the others that it serves; and
    the evidence on them and on the issues."""
    on_measure: dict[int, set[int]] = {}
    for link in outline.snapshot.evidence_links:
        if link.measure_id is not None:
            on_measure.setdefault(link.measure_id, set()).add(link.evidence_id)
    proven, measures, hung = evidence_on_issue(outline), dict[int, int](), dict[int, set[int]]()
    for old, new in issues.items():
        issue = outline.issue(old)
        for measure in (*outline.measures_of(issue), *outline.linked_measures(issue)):
            hung.setdefault(old, set()).update(on_measure.get(measure.id, ()))
            if measure.id in measures or (measure.issue_id != old and measure.issue_id in issues):
                continue
            deadline = _lasting(measure.deadline, measure.due_on)
            kept = replace(measure, id=0, uid="", issue_id=new, position=0, deadline=deadline)
            measures[measure.id] = writer.add(kept).id
            for at in sorted(on_measure.get(measure.id, ())):
                writer.add(EvidenceLink(evidence_id=evidence[at], measure_id=measures[measure.id]))
    for old, new in issues.items():
        for measure in outline.linked_measures(outline.issue(old)):
            if writer.get(Measure, measures[measure.id]).issue_id != new:
                writer.add(MeasureLink(measure_id=measures[measure.id], issue_id=new))
        for at in proven.get(old, ()):
            if at not in hung.get(old, ()):
                writer.add(EvidenceLink(evidence_id=evidence[at], issue_id=new))


def _words(one: CameBack, previous: LedgerFacts) -> str:
    day = texts.date_text(previous.feedback_date)
    closed = "，当时已销号" if one.was_closed else ""
    return f"{_MARK}：上轮{f'（{day}反馈）' if day else ''}已指出“{one.before.title}”{closed}。"


def _is_taken_over(outline: Outline, issue: Issue) -> bool:
    return is_taken_over(outline.section_of(issue))


def _likeness(one: str, other: str) -> float:
    if bare_text(one) == bare_text(other) or text_core(one) == text_core(other):
        return 1.0
    return max(LIKE_ENOUGH, likeness(text_core(one), text_core(other)))
