"""What both copies of a ledger made on their own and what is one thing all the same.

Two offices that both enter 财政所 mean one department, and a link between two records cannot be there twice. Such a
record of theirs is read under our uid, so that it is compared with ours instead of standing beside it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import cast

from zhenggai_desktop.domain.portable import TARGETS as REFERENCES
from zhenggai_desktop.domain.portable import Fields, Key, Portable, is_reference, named_by
from zhenggai_desktop.domain.records import (
    Department,
    Evidence,
    EvidenceLink,
    InspectedUnit,
    LogEntry,
    MeasureLink,
    Milestone,
    OutcomeLink,
    Person,
    Record,
)

FILE_FIELDS = frozenset({"file_name", "sha256", "size"})
"""What of an evidence says which file it is: each ledger keeps its own."""

_KNOWN_BY: Mapping[type[Record], tuple[str, ...]] = {
    InspectedUnit: ("name",),
    Department: ("name",),
    Person: ("name", "department_id"),
    Evidence: ("sha256",),
    LogEntry: ("text", "issue_id", "measure_id", "entered_on", "reporter"),
}
_LINKS: tuple[type[Record], ...] = (MeasureLink, OutcomeLink, EvidenceLink)


def under_our_names(theirs: Portable, ours: Portable, base: Collection[Key]) -> Portable:
    """``theirs`` with new records that are also new in ``ours`` under the uids that they have there.

    Departments, units and persons are known by their name, evidence by its content, links by their two ends, an
    entry by all that it says: both copies may have taken the same sheet in. Names are
    compared exactly; a blank one is nobody's.
    """
    waiting = {mark: key for key, values in ours.items() if key not in theirs and (mark := _mark(key, values))}
    names: dict[Key, Key] = {}
    files: dict[object, str] = {}
    found: Portable = {}
    for key, values in theirs.items():
        read = _renamed(key, values, names)
        mark = _mark(key, read) if key not in ours and key not in base else None
        twin = waiting.pop(mark, None) if mark is not None else None
        if twin is not None:
            names[key] = twin
            if key[0] is Evidence:
                files[read["file_name"]] = str(ours[twin]["file_name"])
                read = {name: value for name, value in read.items() if name not in FILE_FIELDS}
        found[twin or key] = read
    return _with_our_files(found, files) if files else found


def _with_our_files(found: Portable, files: Mapping[object, str]) -> Portable:
    """Milestones name their papers by the file: where both have it, by ours."""
    for key, values in found.items():
        if key[0] is Milestone:
            names = cast("tuple[str, ...]", values["files"])
            found[key] = {**values, "files": tuple(files.get(name, name) for name in names)}
    return found


def _renamed(key: Key, values: Fields, names: Mapping[Key, Key]) -> Fields:
    """The references that name what has another uid with us; parents stand before what belongs to them."""
    if not any(target in names for target in named_by(key, values)):
        return values
    return {
        name: names.get((REFERENCES[name], str(value)), ("", value))[1] if is_reference(key[0], name) else value
        for name, value in values.items()
    }


def _mark(key: Key, values: Mapping[str, object]) -> tuple[object, ...] | None:
    """By what a record is known; None for one that only its uid tells from others."""
    if key[0] in _LINKS:
        return (key[0], *sorted((kind.__name__, uid) for kind, uid in named_by(key, values)))
    names = _KNOWN_BY.get(key[0])
    return (key[0], *(values[name] for name in names)) if names and values[names[0]] else None
