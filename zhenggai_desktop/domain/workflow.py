"""Statuses, and the owner and deadline that count for a record whose own fields are empty.

Source of the rules: domain.md §4. An issue's status is derived from its measures and sub-issues unless it was set
by hand; an empty field of a measure means "as the issue", of a sub-issue "as its parent". A rate counts what is
done; 基本完成 (mostly done) is not done.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace

from zhenggai_desktop.domain.items import answers_all_below, serving_measures
from zhenggai_desktop.domain.outline import Outline
from zhenggai_desktop.domain.record_making import Value, frozen
from zhenggai_desktop.domain.records import Issue, Measure, Status, Track


def combined_status(parts: Iterable[Status]) -> Status:
    """The status of a whole from the statuses of its parts; of nothing, not started."""
    found = set(parts)
    if not found or found == {Status.NOT_STARTED}:
        return Status.NOT_STARTED
    if found == {Status.DONE}:
        return Status.DONE
    if found <= {Status.DONE, Status.MOSTLY_DONE}:
        return Status.MOSTLY_DONE
    return Status.IN_PROGRESS


@frozen
class Duties(Value):
    """Who answers for a record and until when, after empty fields were filled from above.

    Fields that are written together are inherited together: a deadline with its date, a lead department with its
    supporting ones. Otherwise a measure with its own "长期坚持" would show its issue's date.
    """

    leaders: tuple[str, ...] = ()
    lead_department: str = ""
    supporting_departments: tuple[str, ...] = ()
    owner: str = ""
    deadline: str = ""
    due_on: dt.date | None = None
    track: Track | None = None
    standing: bool = False

    @property
    def deadline_words(self) -> str:
        """The deadline as every paper prints it: its text or, where only its date is known, that as clerks write it."""
        from zhenggai_desktop.domain.deadlines import deadline_words  # noqa: PLC0415 - its patterns: not at start

        return deadline_words(self.deadline, self.due_on)


class Workflow:
    """Derived statuses and effective duties of one snapshot, each computed once."""

    def __init__(self, outline: Outline) -> None:
        self.outline = outline
        self._derived: dict[int, Status] = {}
        self._duties: dict[int, Duties] = {}
        self._stands: dict[int, bool] = {}

    def status(self, issue: Issue) -> Status:
        """The issue's status: its own where set by hand, else derived; what the answer above covers follows that."""
        if issue.status is not None:
            return issue.status
        above = self.outline.parent(issue) if self.follows(issue) else None
        return self.status(above) if above else self.derived_status(issue)

    def follows(self, issue: Issue) -> bool:
        """True for an issue without a part of its own that its parent's heading quotes (domain.md §4), or that stands
        below measures for everything there: it is no item, and what is open in it is open above."""
        outline = self.outline
        above = outline.parent(issue)
        if above is None or serving_measures(outline, issue):
            return False
        if issue.printed_level == 0 and outline.is_leaf(issue):
            return bool(above.status or serving_measures(outline, above))
        by_hand = any(part.status for part in outline.walk_below(issue))
        return not by_hand and self._stands_for_all_below(above)

    def _stands_for_all_below(self, issue: Issue) -> bool:
        if issue.id not in self._stands:
            above = self.outline.parent(issue)
            if serving_measures(self.outline, issue):
                self._stands[issue.id] = answers_all_below(self.outline, issue)
            else:
                self._stands[issue.id] = above is not None and self._stands_for_all_below(above)
        return self._stands[issue.id]

    def derived_status(self, issue: Issue) -> Status:
        """What the measures (own and linked) and sub-issues say, whatever was set by hand."""
        if issue.id not in self._derived:
            parts = [self._own_status(measure, issue) for measure in self.outline.measures_of(issue)]
            parts += [self.measure_status(measure) for measure in self.outline.linked_measures(issue)]
            parts += [
                self.status(child)
                for child in self.outline.sub_issues(issue)
                if child.status is not None or not self.follows(child)
            ]
            self._derived[issue.id] = combined_status(parts)
        return self._derived[issue.id]

    def measure_status(self, measure: Measure) -> Status:
        """The measure's status; an empty one means as the issue where that was set by hand, else not started."""
        return self._own_status(measure, self.outline.issue(measure.issue_id))

    def contradicts(self, issue: Issue) -> bool:
        """True where a status set by hand differs from what the parts say; an issue without parts never does."""
        outline = self.outline
        has_parts = outline.measures_of(issue) or outline.linked_measures(issue) or outline.sub_issues(issue)
        return bool(has_parts) and issue.status is not None and issue.status != self.derived_status(issue)

    def duties(self, issue: Issue) -> Duties:
        """Owner and deadline fields of an issue, filled from its parents."""
        if issue.id not in self._duties:
            above = self.outline.parent(issue)
            base = Duties() if above is None else self.duties(above)
            own_track = bool(issue.deadline or issue.due_on or issue.track or issue.standing)
            track, standing = (issue.track, issue.standing) if own_track else (base.track, base.standing)
            self._duties[issue.id] = _filled(issue, base, track, standing)
        return self._duties[issue.id]

    def measure_duties(self, measure: Measure) -> Duties:
        """Owner and deadline fields of a measure, filled from its issue; track and standing are the issue's."""
        base = self.duties(self.outline.issue(measure.issue_id))
        return _filled(measure, base, base.track, base.standing)

    def lead_departments(self, issue: Issue, *, open_only: bool = False) -> tuple[str, ...]:
        """The departments that lead an issue that is told as a whole, see ``told_duties``; each once."""
        own = self.duties(issue).lead_department
        if own:
            return (own,)
        if measures := self._telling(issue, open_only=open_only):
            return _names((self.measure_duties(measure).lead_department,) for measure in measures)
        return _names(self.lead_departments(child, open_only=open_only) for child in self.outline.sub_issues(issue))

    def told_duties(self, issue: Issue, *, open_only: bool = False) -> Duties:
        """The duties of an issue that is told as a whole: in a list of issues, in a letter, on its own paper.

        What neither it nor an issue above it says, its measures say, own and linked ones, or where it has none what
        stands below it: names side by side, different deadlines as words, one that all have with its date.
        ``open_only`` asks no measure that is done: whoever is chased has something left to do.
        """
        own = self.duties(issue)
        if own.leaders and own.lead_department and own.owner and own.deadline_words:
            return own
        measures = self._telling(issue, open_only=open_only)
        children = () if measures else self.outline.sub_issues(issue)
        parts = [self.measure_duties(measure) for measure in measures]
        parts += [self.told_duties(child, open_only=open_only) for child in children]
        leads = self.lead_departments(issue, open_only=open_only)
        supporting = own.supporting_departments
        if not own.lead_department:
            named = _names((supporting, *(part.supporting_departments for part in parts)))
            supporting = tuple(name for name in named if name not in leads)
        deadline, due_on = own.deadline, own.due_on
        if not own.deadline_words:
            deadline, due_on = _common_deadline(parts)
        return replace(
            own,
            leaders=own.leaders or _names(part.leaders for part in parts),
            lead_department="、".join(leads),
            supporting_departments=supporting,
            owner=own.owner or "、".join(_names((part.owner,) for part in parts)),
            deadline=deadline,
            due_on=due_on,
        )

    def _telling(self, issue: Issue, *, open_only: bool) -> Sequence[Measure]:
        """The measures that speak for an issue which says nothing itself."""
        serving = self.outline.snapshot.serving or {}
        measures = serving.get(issue.id) or (*self.outline.measures_of(issue), *self.outline.linked_measures(issue))
        left = [one for one in measures if self.measure_status(one) is not Status.DONE] if open_only else measures
        return left or measures

    @staticmethod
    def _own_status(measure: Measure, issue: Issue) -> Status:
        return measure.status or issue.status or Status.NOT_STARTED


def _names(found: Iterable[Iterable[str]]) -> tuple[str, ...]:
    """All names that are some, each once, in their order."""
    return tuple(dict.fromkeys(name for names in found for name in names if name))


def _common_deadline(parts: Sequence[Duties]) -> tuple[str, dt.date | None]:
    """The deadline of all the parts; their words where they differ, without a date."""
    if len({(part.deadline, part.due_on) for part in parts}) == 1:
        return parts[0].deadline, parts[0].due_on
    return "；".join(_names((part.deadline_words,) for part in parts)), None


def _filled(own: Issue | Measure, base: Duties, track: Track | None, standing: bool) -> Duties:
    has_departments = bool(own.lead_department or own.supporting_departments)
    has_deadline = bool(own.deadline or own.due_on)
    departments = own if has_departments else base
    deadline = own if has_deadline else base
    return Duties(
        leaders=own.leaders or base.leaders,
        lead_department=departments.lead_department,
        supporting_departments=departments.supporting_departments,
        owner=own.owner or base.owner,
        deadline=deadline.deadline,
        due_on=deadline.due_on,
        track=track,
        standing=standing,
    )
