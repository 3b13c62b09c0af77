"""What is asked of the rows of a ledger, and the rows that answer: one filter for the tree, the figures and exports.

A row is an issue or a measure. Words are looked for in all texts of a row and of what is attached to it (log, outcomes,
evidence, closing steps …); conditions see what counts for the row, inherited fields included. What is said of an issue
(section, unit, track, withheld, to be closed, given ids) holds for its measures too.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, replace
from functools import cached_property
from typing import Any

from zhenggai_desktop.domain.lateness import Lateness, lateness
from zhenggai_desktop.domain.outline import Outline
from zhenggai_desktop.domain.record_making import Value, frozen
from zhenggai_desktop.domain.records import Issue, Measure, Section, Snapshot, Status, Track, WithheldGround
from zhenggai_desktop.domain.row_texts import RowTexts
from zhenggai_desktop.domain.workflow import Duties, Workflow

OPEN = frozenset(Status) - {Status.DONE}
_NUMBER = re.compile(r"\d+(?:-\d+)+")


@frozen
class Filter(Value):
    """All that is asked must hold; an empty field asks nothing. ``words`` are parted by spaces, each must be found."""

    words: str = ""
    statuses: frozenset[Status] = frozenset()
    due: Lateness = Lateness.NONE  # late, or due within seven days; what is done is neither
    due_from: dt.date | None = None  # both days included; a row without a date is in no range
    due_to: dt.date | None = None
    department: str = ""  # leads or supports
    leader: str = ""
    owner: str = ""
    unit: str = ""
    section_id: int | None = None
    track: Track | None = None
    withheld: bool = False
    to_close: bool = False  # done, and not closed yet
    without_measures: bool = False
    without_evidence: bool = False
    issue_ids: frozenset[int] | None = None  # only these: the rows behind a figure

    @property
    def is_empty(self) -> bool:
        """True where nothing is asked."""
        return not self.words.strip() and self.conditions == _NOTHING

    @property
    def conditions(self) -> Filter:
        """The filter without its words."""
        return replace(self, words="")


_NOTHING = Filter()


@frozen
class Found(Value):
    """The rows that answer, and those above them that lead there. Ids are of one snapshot."""

    issue_ids: frozenset[int]
    measure_ids: frozenset[int]
    shown_issues: frozenset[int]  # the issues found, and those above what was found
    shown_sections: frozenset[int]

    def shows(self, record: Section | Issue | Measure) -> bool:
        """Whether a row stands in the filtered tree."""
        match record:
            case Section():
                return record.id in self.shown_sections
            case Issue():
                return record.id in self.shown_issues
            case Measure():
                return record.id in self.measure_ids

    def with_rows(self, outline: Outline, records: Iterable[Section | Issue | Measure]) -> Found:
        """The same in a ledger that was changed: what was entered stays in sight, what is gone is forgotten."""
        rows, now = tuple(records), outline.snapshot
        issues = self.issue_ids & {row.id for row in now.issues} | {row.id for row in rows if isinstance(row, Issue)}
        measures = self.measure_ids & {row.id for row in now.measures}
        measures |= {row.id for row in rows if isinstance(row, Measure)}
        sections = self.shown_sections | {row.id for row in rows if isinstance(row, Section)}
        return _found(outline, issues, measures, sections)


class Finder:
    """Finds rows in one snapshot. ``texts`` outlives it: a row that did not change is not read again."""

    def __init__(self, outline: Outline, workflow: Workflow, texts: RowTexts | None = None) -> None:
        self.outline = outline
        self.workflow = workflow
        self._texts = texts or RowTexts()
        self._held: tuple[Filter, dt.date, frozenset[int], frozenset[int]] | None = None

    def find(self, wanted: Filter, today: dt.date) -> Found:
        """The rows that answer on a day, in no order. Conditions are asked once while only the words change."""
        snapshot = self.outline.snapshot
        sections: set[int] = set()
        if words := wanted.words.lower().split():
            issues, measures = self._with_words(words)
            if wanted.conditions == _NOTHING:
                sections = self._texts.sections_with(snapshot, words)
        else:
            issues, measures = {row.id for row in snapshot.issues}, {row.id for row in snapshot.measures}
        if wanted.conditions != _NOTHING:
            holding_issues, holding_measures = self._holding(wanted.conditions, today)
            issues &= holding_issues
            measures &= holding_measures
        return _found(self.outline, issues, measures, sections)

    def _with_words(self, words: Iterable[str]) -> tuple[set[int], set[int]]:
        issues, measures = self._texts.rows_with(self.outline.snapshot, words)
        numbers = [word for word in words if _NUMBER.fullmatch(word)]
        if len(numbers) == 1 and list(words) == numbers:
            head = numbers[0]
            issues |= {at for at, number in self.outline.numbers().items() if f"{number}-".startswith(f"{head}-")}
        return issues, measures

    def _holding(self, wanted: Filter, today: dt.date) -> tuple[frozenset[int], frozenset[int]]:
        if self._held is None or self._held[:2] != (wanted, today):
            asked = [
                (test, value)
                for spec in fields(wanted)
                if (value := getattr(wanted, spec.name)) != spec.default and (test := _TESTS.get(spec.name))
            ]
            rows = (row for row in self._rows(today) if all(test(row, value) for test, value in asked))
            issues, measures = set[int](), set[int]()
            for row in rows:
                if row.measure is None:
                    issues.add(row.issue.id)
                else:
                    measures.add(row.measure.id)
            self._held = wanted, today, frozenset(issues), frozenset(measures)
        return self._held[2], self._held[3]

    def _rows(self, today: dt.date) -> Iterator[_Row]:
        snapshot = self.outline.snapshot
        yield from (_Row(self, issue, None, today) for issue in snapshot.issues)
        yield from (_Row(self, self.outline.issue(row.issue_id), row, today) for row in snapshot.measures)

    @cached_property
    def proven(self) -> tuple[frozenset[int], frozenset[int]]:
        """Ids of the issues and of the measures that have evidence: their own, of an outcome, or of what is below; of
        an issue also that of a measure which serves it too."""
        from zhenggai_desktop.domain.evidence_use import evidence_by_issue  # noqa: PLC0415 - a start asks for none

        snapshot = self.outline.snapshot
        outcomes = {link.outcome_id for link in snapshot.evidence_links}
        links = (*snapshot.evidence_links, *(link for link in snapshot.outcome_links if link.outcome_id in outcomes))
        measures = frozenset(link.measure_id for link in links if link.measure_id is not None)
        return frozenset(evidence_by_issue(self.outline)), measures


def matching(snapshot: Snapshot, wanted: Filter, today: dt.date) -> Found:
    """The rows of a snapshot that answer a filter on a day, asked once."""
    outline = Outline(snapshot)
    return Finder(outline, Workflow(outline)).find(wanted, today)


def exported_ids(found: Found, outline: Outline) -> frozenset[int]:
    """The issues that an export of what was found holds: those found, and those whose measures were found."""
    return found.issue_ids | {outline.measure(at).issue_id for at in found.measure_ids}


def exported_measure_ids(found: Found, outline: Outline) -> frozenset[int]:
    """The measures of such an export: those found. An issue that was found without any keeps all of its own: a ledger
    in which it stood without measures would say something wrong of it."""
    with_measures = {outline.measure(at).issue_id for at in found.measure_ids}
    whole = (outline.issue(at) for at in found.issue_ids - with_measures)
    return found.measure_ids | {measure.id for issue in whole for measure in outline.measures_of(issue)}


def _found(outline: Outline, issues: Iterable[int], measures: Iterable[int], sections: Iterable[int]) -> Found:
    issue_ids, measure_ids = frozenset(issues), frozenset(measures)
    shown, shown_sections = set(issue_ids), set(sections)
    for at in issue_ids.union({outline.measure(at).issue_id for at in measure_ids}):
        issue = outline.issue(at)
        shown.add(at)
        while issue.parent_id is not None:
            issue = outline.issue(issue.parent_id)
            shown.add(issue.id)
        if issue.section_id is not None:
            shown_sections.add(issue.section_id)
    return Found(issue_ids, measure_ids, frozenset(shown), frozenset(shown_sections))


# --- conditions


class _Row:
    """An issue, or a measure with its issue, as conditions see it."""

    __slots__ = ("_finder", "issue", "measure", "today")

    def __init__(self, finder: Finder, issue: Issue, measure: Measure | None, today: dt.date) -> None:
        self._finder = finder
        self.issue = issue
        self.measure = measure
        self.today = today

    @property
    def status(self) -> Status:
        workflow = self._finder.workflow
        return workflow.status(self.issue) if self.measure is None else workflow.measure_status(self.measure)

    @property
    def duties(self) -> Duties:
        workflow = self._finder.workflow
        return workflow.duties(self.issue) if self.measure is None else workflow.measure_duties(self.measure)

    @property
    def path(self) -> tuple[Issue, ...]:
        return self._finder.outline.path(self.issue)

    @property
    def lateness(self) -> Lateness:
        if self.status is Status.DONE or self._finder.outline.is_closed(self.issue):
            return Lateness.NONE
        return lateness(self.duties.due_on, self.today)

    @property
    def is_to_close(self) -> bool:
        return self._finder.workflow.status(self.issue) is Status.DONE and not self._finder.outline.is_closed(
            self.issue
        )

    @property
    def has_no_measures(self) -> bool:
        """An issue that is answered by itself, without a measure of its own or of another issue."""
        outline = self._finder.outline
        if self.measure is not None or not outline.is_leaf(self.issue):
            return False
        return not (outline.measures_of(self.issue) or outline.linked_measures(self.issue))

    @property
    def has_no_evidence(self) -> bool:
        issues, measures = self._finder.proven
        return self.issue.id not in issues if self.measure is None else self.measure.id not in measures


def _is_due_from(row: _Row, first: dt.date) -> bool:
    due_on = row.duties.due_on
    return due_on is not None and due_on >= first


def _is_due_to(row: _Row, last: dt.date) -> bool:
    due_on = row.duties.due_on
    return due_on is not None and due_on <= last


def _involves(row: _Row, department: str) -> bool:
    duties = row.duties
    return department == duties.lead_department or department in duties.supporting_departments


#: By field of the filter, the cheap ones first: whether a row answers what is asked.
_TESTS: Mapping[str, Callable[[_Row, Any], bool]] = {
    "issue_ids": lambda row, ids: row.issue.id in ids,
    "section_id": lambda row, at: row.path[0].section_id == at,
    "unit": lambda row, name: any(name in step.units for step in row.path),
    "withheld": lambda row, _: any(step.withheld is not WithheldGround.NONE for step in row.path),
    "statuses": lambda row, statuses: row.status in statuses,
    "due": lambda row, due: row.lateness is due,
    "due_from": _is_due_from,
    "due_to": _is_due_to,
    "department": _involves,
    "leader": lambda row, name: name in row.duties.leaders,
    "owner": lambda row, name: row.duties.owner == name,
    "track": lambda row, track: row.duties.track is track,
    "to_close": lambda row, _: row.is_to_close,
    "without_measures": lambda row, _: row.has_no_measures,
    "without_evidence": lambda row, _: row.has_no_evidence,
}


# --- views that are asked for often


def _this_week(today: dt.date) -> Filter:
    monday = today - dt.timedelta(days=today.weekday())
    return Filter(statuses=OPEN, due_from=monday, due_to=monday + dt.timedelta(days=6))


#: Caption and filter on a day; a week runs from Monday to Sunday.
VIEWS: Mapping[str, Callable[[dt.date], Filter]] = {
    "全部": lambda _: Filter(),
    "逾期": lambda _: Filter(due=Lateness.LATE),
    "本周到期": _this_week,
    "未完成": lambda _: Filter(statuses=OPEN),
    "待销号": lambda _: Filter(to_close=True),
    "未填措施": lambda _: Filter(without_measures=True),
    "无佐证": lambda _: Filter(without_evidence=True),
    "不公开": lambda _: Filter(withheld=True),
}
