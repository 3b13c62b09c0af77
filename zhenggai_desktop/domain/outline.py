"""The tree of a ledger, to be read: sections, issues, sub-issues and their measures, with numbers.

An ``Outline`` is built once from a ``Snapshot`` (one pass over issues and measures) and answers every
question about place in constant time. It never changes; a changed ledger gives a new snapshot and a new outline,
which ``after`` makes of the old one by touching only what changed.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from typing import TypeVar

from zhenggai_desktop.domain.changes import Changes
from zhenggai_desktop.domain.records import Issue, Measure, MeasureLink, Section, SectionCategory, Snapshot
from zhenggai_desktop.domain.sharing import ById, new_since

R = TypeVar("R", Section, Issue, Measure)


class Outline:
    """Where every record of a snapshot stands. The order is the snapshot's own (position, id)."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self._sections = {section.id: section for section in snapshot.sections}
        self._issues = ById({issue.id: issue for issue in snapshot.issues})
        self._measures = ById({measure.id: measure for measure in snapshot.measures})
        self._top: dict[int | None, list[Issue]] = {}
        self._linked_to: dict[int, list[Measure]] = {}
        kept = snapshot.numbers
        both = {False: kept.issues, True: kept.run_through} if kept else {}
        self._numbers = {run_through: {**found} for run_through, found in both.items() if found}
        self._section_numbers = {**kept.sections} if kept else dict[int, int]()
        self._ordinals: dict[tuple[int | None, int | None], dict[int, int]] = {}
        below: dict[int, list[Issue]] = {}
        for issue in snapshot.issues:
            if issue.parent_id is None:
                self._top.setdefault(issue.section_id, []).append(issue)
            else:
                below.setdefault(issue.parent_id, []).append(issue)
        measures: dict[int, list[Measure]] = {}
        for measure in snapshot.measures:
            measures.setdefault(measure.issue_id, []).append(measure)
        self._below, self._measures_of = ById(below), ById(measures)
        self._link(snapshot)

    def _link(self, snapshot: Snapshot) -> None:
        for link in snapshot.measure_links:
            measure = self._measures.get(link.measure_id)
            if measure is not None:  # a damaged ledger that is opened to be read may have lost it
                self._linked_to.setdefault(link.issue_id, []).append(measure)

    def after(self, snapshot: Snapshot, changes: Changes) -> Outline:
        """The outline of ``snapshot``, which differs from this one's by ``changes``; this one stays as it is."""
        sections, issues, measures = (changes.ids(kind) for kind in (Section, Issue, Measure))
        new = object.__new__(Outline)
        new.snapshot = snapshot
        new._sections = {section.id: section for section in snapshot.sections} if sections else self._sections
        new._issues, new._top, new._below = self._issues, self._top, self._below
        new._measures, new._measures_of = self._measures, self._measures_of
        new._numbers = {} if _is_moved(changes) or sections else self._numbers
        new._section_numbers = {} if sections else self._section_numbers
        new._ordinals = {} if issues else self._ordinals
        if issues:
            new._change_issues(_records_now(self._issues, self.snapshot.issues, snapshot.issues, issues))
        if measures:
            new._change_measures(_records_now(self._measures, self.snapshot.measures, snapshot.measures, measures))
        if measures or changes.ids(MeasureLink):
            new._linked_to = {}
            new._link(snapshot)
        else:
            new._linked_to = self._linked_to
        return new

    def _change_issues(self, now: Mapping[int, Issue | None]) -> None:
        old, new = [one for at in now if (one := self._issues.get(at))], [*filter(None, now.values())]
        old_tops, new_tops = ([one for one in each if one.parent_id is None] for each in (old, new))
        tops = _regrouped(self._top, lambda issue: issue.section_id, old_tops, new_tops)
        self._top = {at: issues for at, issues in {**self._top, **tops}.items() if issues}
        old_subs, new_subs = ([one for one in each if one.parent_id is not None] for each in (old, new))
        self._below = self._below.changed(_regrouped(self._below, lambda sub: sub.parent_id or 0, old_subs, new_subs))
        self._issues = self._issues.changed(now)

    def _change_measures(self, now: Mapping[int, Measure | None]) -> None:
        old, new = [one for at in now if (one := self._measures.get(at))], [*filter(None, now.values())]
        lists = _regrouped(self._measures_of, lambda measure: measure.issue_id, old, new)
        self._measures_of = self._measures_of.changed(lists)
        self._measures = self._measures.changed(now)

    # --- records by id; KeyError for an id that the snapshot does not hold

    def section(self, section_id: int) -> Section:
        return self._sections[section_id]

    def issue(self, issue_id: int) -> Issue:
        return self._issues[issue_id]

    def measure(self, measure_id: int) -> Measure:
        return self._measures[measure_id]

    def count(self, kind: type[Section | Issue | Measure]) -> int:
        """How many records of a kind there are."""
        return len({Section: self._sections, Issue: self._issues, Measure: self._measures}[kind])

    # --- downwards

    def sections(self) -> tuple[Section | None, ...]:
        """All sections in order. None comes first, and only where there are issues without section: in a text,
        whatever follows a section's heading belongs to that section."""
        loose: tuple[None, ...] = (None,) if self._top.get(None) else ()
        return (*loose, *self.snapshot.sections)

    def issues_of(self, section: Section | None) -> Sequence[Issue]:
        """The issues directly under a section; under None, those without section."""
        return self._top.get(None if section is None else section.id, ())

    def sub_issues(self, issue: Issue) -> Sequence[Issue]:
        return self._below.get(issue.id, ())

    def measures_of(self, issue: Issue) -> Sequence[Measure]:
        """The issue's own measures, not those of its sub-issues and not the linked ones."""
        return self._measures_of.get(issue.id, ())

    def linked_measures(self, issue: Issue) -> Sequence[Measure]:
        """Measures of other issues that serve this one too."""
        return self._linked_to.get(issue.id, ())

    def is_leaf(self, issue: Issue) -> bool:
        """True where the issue has no sub-issues."""
        return issue.id not in self._below

    def walk(self) -> Iterator[Issue]:
        """Every issue and sub-issue in reading order."""
        for section in self.sections():
            for issue in self.issues_of(section):
                yield from self.walk_below(issue)

    def walk_below(self, issue: Issue) -> Iterator[Issue]:
        """The issue itself, then everything below it in reading order."""
        yield issue
        for child in self.sub_issues(issue):
            yield from self.walk_below(child)

    # --- upwards

    def parent(self, issue: Issue) -> Issue | None:
        return None if issue.parent_id is None else self._issues[issue.parent_id]

    def path(self, issue: Issue) -> tuple[Issue, ...]:
        """From the issue under the section down to the issue itself."""
        steps = [issue]
        while (above := self.parent(steps[-1])) is not None:
            steps.append(above)
        return tuple(reversed(steps))

    def is_closed(self, issue: Issue) -> bool:
        """True where the issue or one above it is closed (已销号)."""
        return any(step.closed for step in self.path(issue))

    def depth(self, issue: Issue) -> int:
        """1 for an issue under a section (or without one), 2 for its sub-issues, at most 3."""
        return len(self.path(issue))

    def section_of(self, issue: Issue) -> Section | None:
        """The section under which the issue stands, however deep; a sub-issue stands where its parent stands."""
        section_id = self.path(issue)[0].section_id
        return None if section_id is None else self._sections[section_id]

    # --- numbers

    def number(self, issue: Issue, *, run_through: bool = False) -> str:
        """The issue's place in words of digits: "1-1-2" is sub-issue 2 of issue 1 of section 1.

        An issue without section has no section ordinal: "7", its sub-issue "7-1". With ``run_through`` issues
        count on through all sections of one category and the section ordinal is left out: "23", "23-1". In a part of a
        ledger the numbers are those that the whole has.
        """
        if run_through or run_through in self._numbers:
            return self.numbers(run_through=run_through)[issue.id]
        path = self.path(issue)  # a tree shows a few of many: counting them all would be felt at every new row
        heads = [] if path[0].section_id is None else [self.section_number(self._sections[path[0].section_id])]
        return "-".join(map(str, (*heads, *map(self._ordinal, path))))

    def _ordinal(self, issue: Issue) -> int:
        """The place of an issue among its siblings, from 1."""
        place = issue.section_id, issue.parent_id
        if place not in self._ordinals:
            siblings = self._top[issue.section_id] if issue.parent_id is None else self._below[issue.parent_id]
            self._ordinals[place] = {sibling.id: at for at, sibling in enumerate(siblings, 1)}
        return self._ordinals[place][issue.id]

    def numbers(self, *, run_through: bool = False) -> dict[int, str]:
        """The numbers of all issues by id; made once."""
        if run_through not in self._numbers:
            found: dict[int, str] = {}
            heads = self._run_through_heads() if run_through else self._restarting_heads()
            for issue, head in heads:
                self._number_below(issue, head, found)
            self._numbers[run_through] = found
        return self._numbers[run_through]

    def by_number(self) -> dict[str, list[Issue]]:
        """The issues that have each number. Mostly one: but sub-issue 1 of issue 1 that has no section is 1-1, and so
        is the first issue of the first section."""
        found: dict[str, list[Issue]] = {}
        for issue_id, number in self.numbers().items():
            found.setdefault(number, []).append(self._issues[issue_id])
        return found

    def section_number(self, section: Section) -> int:
        """The ordinal of a section among all sections, from 1; in a part of a ledger among those of the whole."""
        if not self._section_numbers:
            self._section_numbers = {other.id: at for at, other in enumerate(self.snapshot.sections, 1)}
        return self._section_numbers[section.id]

    def _restarting_heads(self) -> Iterator[tuple[Issue, str]]:
        for at, issue in enumerate(self.issues_of(None), 1):
            yield issue, str(at)
        for ordinal, section in enumerate(self.snapshot.sections, 1):
            for at, issue in enumerate(self.issues_of(section), 1):
                yield issue, f"{ordinal}-{at}"

    def _run_through_heads(self) -> Iterator[tuple[Issue, str]]:
        counts: dict[SectionCategory, int] = {}
        for section in self.sections():
            category = SectionCategory.FEEDBACK if section is None else section.category
            for issue in self.issues_of(section):
                counts[category] = counts.get(category, 0) + 1
                yield issue, str(counts[category])

    def _number_below(self, issue: Issue, number: str, found: dict[int, str]) -> None:
        found[issue.id] = number
        for at, child in enumerate(self.sub_issues(issue), 1):
            self._number_below(child, f"{number}-{at}", found)


def measure_number(issue_number: str, ordinal: int) -> str:
    """What lists call a measure, its issue's ``ordinal``-th from 1: "1-2-措1", which no sub-issue can be."""
    return f"{issue_number}-措{ordinal}"


def _is_moved(changes: Changes) -> bool:
    """Whether issues may have come, gone or changed places: an update may have been one."""
    return bool(changes.ids(Issue))


def _records_now(old: Mapping[int, R], before: Sequence[R], rows: Sequence[R], ids: Set[int]) -> dict[int, R | None]:
    """The touched records as they are now; None for one that is gone.

    One that stayed the same object is among the ``old``; every other is in a piece of ``rows`` that is not shared with
    the rows ``before``.
    """
    found = {row.id: row for row in new_since(before, rows) if row.id in ids}
    for at in ids - found.keys():  # gone, or the same object as before
        record = old.get(at)
        place = len(rows) if record is None else bisect_left(rows, _place(record), key=_place)
        if place < len(rows) and rows[place].id == at:
            found[at] = rows[place]
    return {at: found.get(at) for at in ids}


K = TypeVar("K")


def _regrouped(
    lists: Mapping[K, Sequence[R]], of: Callable[[R], K], old: Iterable[R], new: Iterable[R]
) -> dict[K, list[R] | None]:
    """The lists which ``old`` records leave and ``new`` ones enter, as they are then; None for one that is empty."""
    gone: dict[K, set[int]] = {}
    for record in old:
        gone.setdefault(of(record), set()).add(record.id)
    come: dict[K, list[R]] = {}
    for record in new:
        come.setdefault(of(record), []).append(record)
    found: dict[K, list[R] | None] = {}
    for key in {**gone, **come}:
        kept = [record for record in lists.get(key, ()) if record.id not in gone.get(key, ())]
        found[key] = sorted((*kept, *come.get(key, ())), key=_place) or None
    return found


def _place(record: Section | Issue | Measure) -> tuple[int, int]:
    return record.position, record.id
