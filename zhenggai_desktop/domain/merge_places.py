"""Where records stand, when two copies of a ledger become one: a place is one thing, and the tree stays a tree.

An issue stands in a section, below another issue or at the root; the two fields that say so are compared and taken as
one. What both copies did may be right on each side and impossible together: then a move stays undone (domain.md §4:
issues nest up to three deep).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import cast

from zhenggai_desktop.domain.merging import FieldChange
from zhenggai_desktop.domain.portable import TARGETS, Fields, Key, Portable, has_owner, is_reference, parents_first
from zhenggai_desktop.domain.records import (
    RECORD_TYPES,
    Chase,
    EvidenceLink,
    Extension,
    HandOver,
    Issue,
    LogEntry,
    OutcomeLink,
    Record,
    Section,
)

PLACE = "where it stands"
"""The field that stands for those which together say where a record stands; its value is a ``Key`` or None."""
DEEPEST = 3  # levels of issues

_ISSUE_OR_MEASURE = ("issue_id", "measure_id")
_PLACES: Mapping[type[Record], tuple[str, ...]] = {
    Issue: ("section_id", "parent_id"),
    LogEntry: _ISSUE_OR_MEASURE,
    OutcomeLink: _ISSUE_OR_MEASURE,
    EvidenceLink: (*_ISSUE_OR_MEASURE, "outcome_id"),
    Extension: _ISSUE_OR_MEASURE,
    Chase: _ISSUE_OR_MEASURE,
    HandOver: _ISSUE_OR_MEASURE,
}


def place_in(record_type: type[Record], values: Mapping[str, object]) -> Key | None:
    """What a record stands in or belongs to; None at the root."""
    for name in _PLACES[record_type]:
        if values.get(name) is not None:
            return TARGETS[name], str(values[name])
    return None


def joined(records: Portable) -> Portable:
    """The records with one field ``PLACE`` in the stead of those that say it together."""
    found: Portable = {}
    for key, values in records.items():
        names = _PLACES.get(key[0], ())
        found[key] = {name: value for name, value in values.items() if name not in names}
        if names:
            found[key][PLACE] = place_in(key[0], values)
    return found


def taken_apart(change: FieldChange) -> Iterator[FieldChange]:
    """A change in the fields that a record has."""
    if change.name != PLACE:
        yield change
        return
    for name in _PLACES[change.key[0]]:
        sides = (_in_field(name, value) for value in (change.base, change.ours, change.theirs))
        yield FieldChange(change.key, name, *sides)


def _in_field(name: str, place: object) -> str | None:
    key = as_place(place)
    return key[1] if key is not None and key[0] is TARGETS[name] else None


def as_place(value: object) -> Key | None:
    """A value of the field ``PLACE``; None at the root and for every other value."""
    return cast("Key", value) if isinstance(value, tuple) else None


def hoisted(theirs: Portable, ours: Portable, base: Collection[Key]) -> Portable:
    """``theirs`` with each new issue under the nearest of what it stands in that we did not delete: a new finding is
    not lost because its heading was taken away. What was there before stays where they have it."""

    def stands(place: Key) -> bool:
        return place in ours or place not in base

    found = dict(theirs)
    for key, values in theirs.items():
        if key[0] is Issue and key not in base:
            place = place_in(Issue, values)
            while place is not None and not stands(place):
                place = place_in(Issue, theirs[place]) if place[0] is Issue and place in theirs else None
            found[key] = {**values, **_fields_of(place)}
    return found


def _fields_of(place: Key | None) -> Fields:
    return {name: _in_field(name, place) for name in _PLACES[Issue]}


@dataclass(slots=True)
class Refused:
    """Issues, by uid, that cannot go where they were moved, and new ones for which there is no place."""

    moves: set[str] = field(default_factory=set[str])
    additions: set[str] = field(default_factory=set[str])


def refused(
    parents: Mapping[str, str | None], moves: Mapping[str, str | None], additions: Mapping[str, str | None]
) -> Refused:
    """What must stay undone so that no issue stands below itself or deeper than ``DEEPEST``; each mapping says the
    issue above by uid, None under a section or at the root.

    ``parents`` is a tree already. A move gives way before a new issue does, the one nearest to the trouble first.
    """
    now, found = {**parents, **moves, **additions}, Refused()
    looking = list(now)
    while looking:
        line, circle = line_up(looking[-1], now)
        if not circle and len(line) <= DEEPEST:
            looking.pop()
            continue
        mover = next((one for one in line if one in moves and one not in found.moves), None)
        if mover is not None:
            now[mover] = parents[mover]
            found.moves.add(mover)
            looking = list(now)  # what stood well may not any more
            continue
        new = next((one for one in line if one in additions), None)
        if new is None:
            looking.pop()  # it was so before
            continue
        _leave_out(new, now, parents, additions, found)
        looking = list(now)
    return found


def _leave_out(
    new: str,
    now: dict[str, str | None],
    parents: Mapping[str, str | None],
    additions: Mapping[str, str | None],
    found: Refused,
) -> None:
    """A new issue stays out with the new ones below it; what was moved below it goes back."""
    found.additions.add(new)
    del now[new]
    for below in [one for one, above in now.items() if above == new]:
        if below in additions:
            _leave_out(below, now, parents, additions, found)
        else:
            now[below] = parents[below]
            found.moves.add(below)


def line_up(issue: str, parents: Mapping[str, str | None]) -> tuple[list[str], bool]:
    """The issue and those above it, upwards, and whether they go round in a circle."""
    line: list[str] = []
    at: str | None = issue
    while at is not None and at in parents:
        if at in line:
            return line, True
        line.append(at)
        at = parents[at]
    return line, False


def issue_above(place: object) -> str | None:
    """The uid of the issue in which something stands; None under a section or at the root."""
    key = as_place(place)
    return key[1] if key is not None and key[0] is not Section else None


@dataclass(slots=True)
class Fitting:
    """What can be taken together, ``changes`` and ``additions``, and what cannot.

    ``orphans`` belong to what is not there, ``lost`` changes lead to it; ``impossible`` moves would make no tree;
    ``too_deep`` are new issues without a place, ``along`` what belongs to them.
    """

    changes: list[FieldChange]
    additions: list[Key]
    orphans: list[Key]
    lost: list[FieldChange]
    impossible: list[FieldChange] = field(default_factory=list[FieldChange])
    too_deep: list[Key] = field(default_factory=list[Key])
    along: list[Key] = field(default_factory=list[Key])


def fitting(ours: Portable, changes: Iterable[FieldChange], additions: Portable) -> Fitting:
    """What of these changes and new records can come into ``ours`` so that it is a ledger still."""
    known = _with_owners(ours, additions)
    found = Fitting([], [key for key in additions if key in known], [key for key in additions if key not in known], [])
    for change in changes:
        place = leads_to(change)
        (found.changes if place is None or place in known else found.lost).append(change)
    moves = {change.key[1]: change for change in filter(_is_move, found.changes)}
    out = refused(
        _issues_above(ours),
        {uid: issue_above(change.theirs) for uid, change in moves.items()},
        _issues_above({key: additions[key] for key in found.additions}),
    )
    found.impossible = [change for uid, change in moves.items() if uid in out.moves]
    found.too_deep = [key for key in found.additions if key[0] is Issue and key[1] in out.additions]
    found.changes = [change for change in found.changes if not (_is_move(change) and change.key[1] in out.moves)]
    if found.too_deep:
        left = {key: additions[key] for key in found.additions if key not in found.too_deep}
        rest = fitting(ours, found.changes, left)
        found.changes, found.additions, found.along = rest.changes, rest.additions, rest.orphans
        found.impossible += [*rest.impossible, *rest.lost]
        found.too_deep += rest.too_deep
    return found


def leads_to(change: FieldChange) -> Key | None:
    """The record in which a change puts another, or that it has it name; None for every other change."""
    if change.name == PLACE:
        return as_place(change.theirs)
    if change.theirs is None or not is_reference(change.key[0], change.name):
        return None
    return TARGETS[change.name], str(change.theirs)


def top_down(changes: Iterable[FieldChange], ours: Portable, additions: Portable) -> list[FieldChange]:
    """The changes in an order in which no move passes through a circle: what stands above is moved first."""
    above = {**_issues_above(ours), **_issues_above(additions)}
    wanted = [*changes]
    moves = [*filter(_is_move, wanted)]
    above |= {change.key[1]: issue_above(change.theirs) for change in moves}
    moves.sort(key=lambda change: len(line_up(change.key[1], above)[0]))
    return [*moves, *(change for change in wanted if not _is_move(change))]


def _is_move(change: FieldChange) -> bool:
    return change.name == PLACE and change.key[0] is Issue


def _issues_above(records: Portable) -> dict[str, str | None]:
    return {key[1]: issue_above(place_in(Issue, values)) for key, values in records.items() if key[0] is Issue}


def _with_owners(ours: Portable, additions: Portable) -> set[Key]:
    """What is there, and of the additions those that belong to something."""
    known = set(ours)
    for key in sorted(parents_first(additions), key=lambda key: RECORD_TYPES.index(key[0])):
        if has_owner(key, additions[key], known):
            known.add(key)
    return known
