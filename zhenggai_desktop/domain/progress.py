"""How far the ledger is, by section, department and leader; what is late and what comes next; the rows behind a figure.

The numbers are those of ``figures``: counted in 整改事项 (items) of the feedback, 基本完成 is not done, an item with
several leaders counts for each of them. Deadlines are watched for the other categories too.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from zhenggai_desktop.domain.figures import answered_items
from zhenggai_desktop.domain.lateness import Lateness, lateness
from zhenggai_desktop.domain.outline import Outline
from zhenggai_desktop.domain.records import Issue, Measure, Section, SectionCategory, Snapshot, Status, WithheldGround
from zhenggai_desktop.domain.workflow import Duties, Workflow

UNASSIGNED = "未明确"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to be settled as the overview sees it: an issue that is answered by itself. What is closed is not late,
    whatever its status: one to be kept up is closed with a first result (domain.md §4)."""

    issue: Issue
    status: Status
    duties: Duties
    late: bool

    @property
    def id(self) -> int:
        return self.issue.id


@dataclass(frozen=True, slots=True)
class Progress:
    """The items of one section, department or leader; ``beyond`` the feedback they are in no total."""

    caption: str
    items: tuple[Item, ...]
    beyond: bool = False

    @property
    def total(self) -> int:
        return len(self.items)

    @property
    def ids(self) -> tuple[int, ...]:
        """The issues behind the whole bar."""
        return tuple(item.id for item in self.items)

    @property
    def late_ids(self) -> tuple[int, ...]:
        return tuple(item.id for item in self.items if item.late)

    def ids_of(self, status: Status) -> tuple[int, ...]:
        """The issues behind one part of the bar."""
        return tuple(item.id for item in self.items if item.status is status)


@dataclass(frozen=True, slots=True)
class Due:
    """An open deadline. ``measure`` is set where a measure has a deadline of its own; ``left`` is in days, < 0 late."""

    issue: Issue
    measure: Measure | None
    due_on: dt.date
    left: int
    duties: Duties

    @property
    def lateness(self) -> Lateness:
        return Lateness.LATE if self.left < 0 else Lateness.SOON if self.left <= 7 else Lateness.NONE


class Overview:
    """Everything the overview page counts in one snapshot on one day; each part is counted when first asked for."""

    def __init__(self, snapshot: Snapshot, today: dt.date) -> None:
        self.snapshot = snapshot
        self.today = today
        self.outline = Outline(snapshot)
        self.workflow = Workflow(self.outline)

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """The items of the feedback in reading order."""
        ids = {issue.id for answered in (True, False) for issue in answered_items(self.snapshot, answered=answered)}
        return tuple(self.item(issue) for issue in self.outline.walk() if issue.id in ids)

    @cached_property
    def beyond(self) -> tuple[Item, ...]:
        """What is to be settled beyond the feedback: the innermost issues of the other categories."""
        return tuple(
            self.item(issue)
            for issue in self.outline.walk()
            if self.outline.is_leaf(issue) and _category(self.outline.section_of(issue)) is not SectionCategory.FEEDBACK
        )

    @property
    def measures(self) -> list[Measure]:
        """The measures of the feedback in their order."""
        outline = self.outline
        return [
            measure
            for issue in outline.walk()
            if _category(outline.section_of(issue)) is SectionCategory.FEEDBACK
            for measure in outline.measures_of(issue)
        ]

    @cached_property
    def by_section(self) -> tuple[Progress, ...]:
        """Sections in order, those without items left out; issues without section come first."""
        groups: dict[int | None, list[Item]] = {}
        for item in (*self.items, *self.beyond):
            section = self.outline.section_of(item.issue)
            groups.setdefault(None if section is None else section.id, []).append(item)
        return tuple(
            Progress(
                "未分方面" if section is None else section.title,
                tuple(groups[key]),
                _category(section) is not SectionCategory.FEEDBACK,
            )
            for section in self.outline.sections()
            if (key := None if section is None else section.id) in groups
        )

    @cached_property
    def by_department(self) -> tuple[Progress, ...]:
        """By lead department, most items first; those without one last.

        Where only the measures of an item have departments, it counts for each of these.
        """
        return _grouped(self.items, lambda item: self.workflow.lead_departments(item.issue))

    @cached_property
    def by_leader(self) -> tuple[Progress, ...]:
        """By leader; an item with several leaders, of its own or else of its measures, counts for each."""
        return _grouped(self.items, lambda item: self.told(item).leaders)

    @cached_property
    def dues(self) -> tuple[Due, ...]:
        """Open deadlines, the earliest first; what is closed has none."""
        return tuple(sorted(self._dues(), key=lambda due: due.due_on))

    @property
    def late(self) -> tuple[Due, ...]:
        return tuple(due for due in self.dues if due.left < 0)

    @property
    def coming(self) -> tuple[Due, ...]:
        return tuple(due for due in self.dues if due.left >= 0)

    def item(self, issue: Issue) -> Item:
        """Any issue as the overview sees its items."""
        status, duties = self.workflow.status(issue), self.workflow.duties(issue)
        late = self._is_late(status, duties.due_on) or self._has_late_measure(issue)
        return Item(issue, status, duties, late and not self.outline.is_closed(issue))

    def told(self, item: Item) -> Duties:
        """The item's duties as a list prints them, see ``Workflow.told_duties``."""
        return self.workflow.told_duties(item.issue)

    def is_closed(self, item: Item) -> bool:
        """True where the item itself or an issue above it is closed."""
        return self.outline.is_closed(item.issue)

    def _has_late_measure(self, issue: Issue) -> bool:
        return any(
            measure.due_on is not None and self._is_late(self.workflow.measure_status(measure), measure.due_on)
            for measure in self.outline.measures_of(issue)
        )

    def _is_late(self, status: Status, due_on: dt.date | None) -> bool:
        return status is not Status.DONE and lateness(due_on, self.today) is Lateness.LATE

    def _dues(self) -> Iterator[Due]:
        for item in (*self.items, *self.beyond):
            if self.is_closed(item):
                continue
            due_on = item.duties.due_on
            if due_on is not None and item.status is not Status.DONE:
                yield Due(item.issue, None, due_on, (due_on - self.today).days, self.told(item))
            for measure in self.outline.measures_of(item.issue):
                own = measure.due_on
                if own and own != due_on and self.workflow.measure_status(measure) is not Status.DONE:
                    yield Due(item.issue, measure, own, (own - self.today).days, self.workflow.measure_duties(measure))


def _grouped(items: Iterable[Item], names: Callable[[Item], Sequence[str]]) -> tuple[Progress, ...]:
    groups: dict[str, list[Item]] = {}
    for item in items:
        for name in dict.fromkeys(name for name in names(item) if name) or ("",):
            groups.setdefault(name, []).append(item)
    order = sorted(groups, key=lambda name: (not name, -len(groups[name])))
    return tuple(Progress(name or UNASSIGNED, tuple(groups[name])) for name in order)


def _category(section: Section | None) -> SectionCategory:
    return SectionCategory.FEEDBACK if section is None else section.category


# --- the rows behind a figure


def issues_behind(overview: Overview, key: str) -> tuple[int, ...]:
    """The ids of the issues that the figure ``key`` counts, in reading order.

    Behind a count of measures stand the issues of these measures, behind a rate those that are done, behind an outcome
    those it belongs to. A figure that a text declares has no rows.
    """
    if key.startswith("outcome:"):
        found = _of_outcomes(overview.snapshot, key)
    else:
        whole, _, part = key.partition("_")
        status = {"rate": Status.DONE, **{status.value: status for status in Status}}.get(part)
        if status is not None and whole == "items":
            found = {item.id for item in overview.items if item.status is status}
        elif status is not None and whole == "measures":
            workflow = overview.workflow
            found = {m.issue_id for m in overview.snapshot.measures if workflow.measure_status(m) is status}
        else:
            found = set(_ROWS[key](overview)) if key in _ROWS else set[int]()
    return tuple(issue.id for issue in overview.outline.walk() if issue.id in found)


def _of_outcomes(snapshot: Snapshot, key: str) -> set[int]:
    outcomes = {outcome.id for outcome in snapshot.outcomes if f"outcome:{outcome.kind}/{outcome.unit}" == key}
    issue_of = {measure.id: measure.issue_id for measure in snapshot.measures}
    found: set[int] = set()
    for link in snapshot.outcome_links:
        if link.outcome_id in outcomes:
            issue_id = issue_of.get(link.measure_id) if link.measure_id is not None else link.issue_id
            found |= {issue_id} if issue_id is not None else set()
    return found


def _top(overview: Overview, category: SectionCategory) -> Iterator[int]:
    for section in overview.outline.sections():
        if _category(section) is category:
            yield from (issue.id for issue in overview.outline.issues_of(section))


def _below(overview: Overview) -> Iterator[int]:
    for issue in overview.outline.walk():
        if issue.parent_id is not None and _category(overview.outline.section_of(issue)) is SectionCategory.FEEDBACK:
            yield issue.id


def _on_path(overview: Overview, test: Callable[[Issue], bool], *, wanted: bool) -> Iterator[int]:
    for item in overview.items:
        if any(test(step) for step in overview.outline.path(item.issue)) is wanted:
            yield item.id


def _answered(overview: Overview, *, answered: bool) -> Iterator[int]:
    return (issue.id for issue in answered_items(overview.snapshot, answered=answered))


def _withheld(issue: Issue) -> bool:
    return issue.withheld is not WithheldGround.NONE


def _closed(issue: Issue) -> bool:
    return issue.closed


_ROWS: Mapping[str, Callable[[Overview], Iterable[int]]] = {
    "sections": lambda overview: _top(overview, SectionCategory.FEEDBACK),
    "issues": lambda overview: _top(overview, SectionCategory.FEEDBACK),
    "extension_issues": lambda overview: _top(overview, SectionCategory.EXTENSION),
    "reform_issues": lambda overview: _top(overview, SectionCategory.REFORM),
    "sub_issues": _below,
    "items": lambda overview: (item.id for item in overview.items),
    "answered": lambda overview: _answered(overview, answered=True),
    "unanswered": lambda overview: _answered(overview, answered=False),
    "measures": lambda overview: (measure.issue_id for measure in overview.snapshot.measures),
    "planned_measures": lambda overview: (one.issue_id for one in overview.snapshot.measures if one.content),
    "closed": lambda overview: _on_path(overview, _closed, wanted=True),
    "not_closed": lambda overview: _on_path(overview, _closed, wanted=False),
    "standing": lambda overview: (item.id for item in overview.items if item.duties.standing),
    "withheld": lambda overview: _on_path(overview, _withheld, wanted=True),
    "published": lambda overview: _on_path(overview, _withheld, wanted=False),
}
