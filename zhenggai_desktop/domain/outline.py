"""The tree of a ledger, to be read: sections, issues, sub-issues and their measures, with numbers.

An ``Outline`` is built once from a ``Snapshot`` (one pass over issues and measures) and answers every
question about place in constant time. It never changes; a changed ledger gives a new snapshot and a new outline.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from zhenggai_desktop.domain.records import Issue, Measure, Section, SectionCategory, Snapshot


class Outline:
    """Where every record of a snapshot stands. The order is the snapshot's own (position, id)."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self._sections = {section.id: section for section in snapshot.sections}
        self._issues = {issue.id: issue for issue in snapshot.issues}
        self._measures = {measure.id: measure for measure in snapshot.measures}
        self._top: dict[int | None, list[Issue]] = {}
        self._below: dict[int, list[Issue]] = {}
        self._measures_of: dict[int, list[Measure]] = {}
        self._linked_to: dict[int, list[Measure]] = {}
        self._numbers: dict[bool, dict[int, str]] = {}
        for issue in snapshot.issues:
            if issue.parent_id is None:
                self._top.setdefault(issue.section_id, []).append(issue)
            else:
                self._below.setdefault(issue.parent_id, []).append(issue)
        for measure in snapshot.measures:
            self._measures_of.setdefault(measure.issue_id, []).append(measure)
        for link in snapshot.measure_links:
            self._linked_to.setdefault(link.issue_id, []).append(self._measures[link.measure_id])

    # --- records by id; KeyError for an id that the snapshot does not hold

    def section(self, section_id: int) -> Section:
        return self._sections[section_id]

    def issue(self, issue_id: int) -> Issue:
        return self._issues[issue_id]

    def measure(self, measure_id: int) -> Measure:
        return self._measures[measure_id]

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
        count on through all sections of one category and the section ordinal is left out: "23", "23-1".
        """
        return self.numbers(run_through=run_through)[issue.id]

    def numbers(self, *, run_through: bool = False) -> dict[int, str]:
        """The numbers of all issues by id; made once."""
        if run_through not in self._numbers:
            found: dict[int, str] = {}
            heads = self._run_through_heads() if run_through else self._restarting_heads()
            for issue, head in heads:
                self._number_below(issue, head, found)
            self._numbers[run_through] = found
        return self._numbers[run_through]

    def section_number(self, section: Section) -> int:
        """The ordinal of a section among all sections, from 1."""
        return next(at for at, other in enumerate(self.snapshot.sections, 1) if other.id == section.id)

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
