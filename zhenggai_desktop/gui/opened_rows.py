"""Which rows of the tree are open at first and after a filter, and which is selected where one is gone."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from zhenggai_desktop.domain.changes import RecordKey
from zhenggai_desktop.domain.filters import Found
from zhenggai_desktop.domain.outline import Outline
from zhenggai_desktop.domain.records import Issue, Measure, Section
from zhenggai_desktop.services.tree_places import line_up, record_of, siblings_of

_OPENED_AT_MOST = 300  # rows; more are opened by the user
_HITS_OPENED = 200  # rows of what was found; more are opened by the user


def first_opened(outline: Outline) -> Iterator[RecordKey]:
    """Sections and the issues that have sub-issues; measures stay folded, or there is no overview."""
    left = _OPENED_AT_MOST
    for section in outline.snapshot.sections:
        left -= len(outline.issues_of(section))
        if left < 0:
            return
        yield Section, section.id
    for issue in outline.walk():
        if not outline.is_leaf(issue):
            left -= len(outline.sub_issues(issue))
            if left < 0:
                return
            yield Issue, issue.id


def opened_by_filter(outline: Outline, found: Found) -> Iterator[RecordKey]:
    """What leads to the first rows that were found."""
    left = _HITS_OPENED
    for section in outline.sections():
        if section is not None and found.shows(section):
            if left <= 0:
                return
            left -= sum(map(found.shows, outline.issues_of(section)))
            yield Section, section.id
        for issue in outline.issues_of(section):
            for step in outline.walk_below(issue):
                below = (*outline.sub_issues(step), *outline.measures_of(step))
                if left <= 0:
                    break
                if found.shows(step) and (more := sum(map(found.shows, below))):
                    left -= more
                    yield Issue, step.id


def nearest(outline: Outline, key: RecordKey) -> Iterator[RecordKey]:
    """The row itself, then those to select where it is gone: the next, the ones before, the one above."""
    for row in line_up(outline, key):
        siblings = siblings_of(outline, row)
        at = siblings.index(row)
        yield row
        yield from siblings[at + 1 :]
        yield from reversed(siblings[:at])


def nearest_found(outline: Outline, found: Found, key: RecordKey) -> Iterator[RecordKey]:
    """Likewise under a filter, among the rows that it leaves: those beside, then what was found next in reading order
    and before; those above come last, for what is done to one of them is done to all below it."""
    siblings = [row for row in siblings_of(outline, key) if row == key or found.shows(record_of(outline, row))]
    at = siblings.index(key)
    yield key
    yield from siblings[at + 1 :]
    yield from reversed(siblings[:at])
    before: list[RecordKey] = []
    after: list[RecordKey] = []
    passed = before
    for row in _reading_order(outline):
        if row == key:
            passed = after
        elif row[1] in (found.issue_ids if row[0] is Issue else found.measure_ids if row[0] is Measure else ()):
            passed.append(row)
    yield from after
    yield from reversed(before)
    yield from islice(line_up(outline, key), 1, None)


def _reading_order(outline: Outline) -> Iterator[RecordKey]:
    for section in outline.sections():
        if section is not None:
            yield Section, section.id
        for top in outline.issues_of(section):
            for issue in outline.walk_below(top):
                yield Issue, issue.id
                yield from ((Measure, measure.id) for measure in outline.measures_of(issue))
