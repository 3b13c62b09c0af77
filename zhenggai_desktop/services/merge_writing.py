"""Takes what a merge brings into a ledger: clean changes, chosen sides of conflicts, and additions that are wanted."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from zhenggai_desktop.domain.merging import FieldChange
from zhenggai_desktop.domain.portable import (
    TARGETS,
    Fields,
    Key,
    Portable,
    has_owner,
    is_reference,
    made,
    parents_first,
    to_text,
)
from zhenggai_desktop.domain.records import LedgerFacts, Measure
from zhenggai_desktop.services.record_writer import Writer
from zhenggai_desktop.texts import RECORD_NAMES, field_name


class Prefer(StrEnum):
    """Whose value a conflict takes: ours stays by itself, theirs must be asked for; both only where it is a text."""

    OURS = "ours"
    THEIRS = "theirs"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Decisions:
    """What a person decided. Conflicts and additions are named by their place in the list of all.

    ``sides`` say for a conflict whose value it takes, ``otherwise`` holds for the rest. ``additions`` are those that
    are wanted, None for all of them.
    """

    sides: Mapping[int, Prefer] = field(default_factory=dict[int, Prefer])
    otherwise: Prefer = Prefer.OURS
    additions: Collection[int] | None = None

    def settled(self, conflicts: Sequence[FieldChange], clean: Iterable[FieldChange] = ()) -> list[FieldChange]:
        """The conflicts that change the ledger, one for each field, with the value that it takes.

        Several sheets may say something else of one field. The texts that are chosen then stand below each other in
        their order, behind what one of the ``clean`` changes brings to the field: none puts another away unseen. Of
        other values the last one chosen counts.
        """
        brought = {(change.key, change.name): change.theirs for change in clean}
        chosen: dict[tuple[Key, str], FieldChange] = {}
        for at, conflict in enumerate(conflicts):
            side = self.sides.get(at, self.otherwise)
            if side is Prefer.OURS:
                continue
            place = conflict.key, conflict.name
            before = chosen[place].theirs if place in chosen else brought.get(place, conflict.ours)
            shown = place not in chosen and before == conflict.ours
            together = side is Prefer.BOTH or not shown
            chosen[place] = replace(conflict, theirs=_below(before, conflict) if together else conflict.theirs)
        return list(chosen.values())

    def wants(self, addition: int) -> bool:
        """Whether the addition at this place is wanted."""
        return self.additions is None or addition in self.additions


TAKE_CLEAN = Decisions(additions=())


def can_take_both(conflict: FieldChange) -> bool:
    """True for texts that can stand below each other: both filled, of a field of several lines."""
    both = conflict.ours and conflict.theirs
    return bool(both) and conflict.name in LONG_TEXTS and isinstance(conflict.ours, str)


LONG_TEXTS = frozenset({"progress", "content", "note", "public_text", "original_text", "goal", "text"})


def _below(text: object, conflict: FieldChange) -> object:
    """Their text below another, where both are texts of several lines and the other does not hold it yet."""
    theirs = conflict.theirs
    if conflict.name not in LONG_TEXTS or not isinstance(text, str) or not isinstance(theirs, str) or not text:
        return theirs
    return text if f"\n{theirs}\n" in f"\n{text}\n" or not theirs else f"{text}\n{theirs}"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that came back, for people: where, which field, the values on both sides and at the beginning."""

    place: str
    field: str = ""
    base: str = ""
    ours: str = ""
    theirs: str = ""


@dataclass(slots=True)
class Taken:
    """What was taken, lies in conflict, or is offered."""

    changes: list[Line] = field(default_factory=list[Line])
    conflicts: list[Line] = field(default_factory=list[Line])
    additions: list[Line] = field(default_factory=list[Line])


def change_line(place: str, change: FieldChange) -> Line:
    """A change in words."""
    record_type, name = change.key[0], change.name
    values = (to_text(record_type, name, value) for value in (change.base, change.ours, change.theirs))
    return Line(place, field_name(record_type, name), *values)


def write_changes(changes: Iterable[FieldChange], writer: Writer, ids: dict[Key, int]) -> None:
    """Set the fields to theirs, one update for each record."""
    wanted: dict[Key, Fields] = {}
    for change in changes:
        value = change.theirs
        if is_reference(change.key[0], change.name) and value is not None:
            value = ids.get((TARGETS[change.name], str(value)))
            if value is None:
                continue  # what it would belong to is not in this ledger
        wanted.setdefault(change.key, {})[change.name] = value
    for key, values in wanted.items():
        if key[0] is LedgerFacts:
            writer.set_facts(**values)
        else:
            writer.update(key[0], ids[key], **values)


def write_addition(key: Key, values: Fields, writer: Writer, ids: dict[Key, int]) -> None:
    """Store a new record behind its siblings; ``ids`` then knows it."""
    record: Any = made(key[0], key[1], values, ids)
    if hasattr(record, "position"):
        record = replace(record, id=0, position=0)
    ids[key] = writer.add(record).id


def write_additions(records: Portable, writer: Writer, ids: dict[Key, int]) -> None:
    """Store new records, parents first; those whose owner is not in the ledger are left out."""
    for key in parents_first(records):
        if has_owner(key, records[key], ids):
            write_addition(key, records[key], writer, ids)


def taken_into(records: Portable, changes: Iterable[FieldChange]) -> None:
    """Make ``records`` hold the changes, so that a second sheet is compared with what the first one brought."""
    for change in changes:
        records[change.key] = {**records[change.key], change.name: change.theirs}


def place_of(key: Key, records: Portable, numbers: dict[str, str]) -> str:
    """“1-2 问题…” or “1-2 措施…”: by which a person finds the record."""
    record_type, uid = key
    values = records.get(key, {})
    words = str(values.get("content") or values.get("progress") or values.get("title") or values.get("text") or "")
    number = numbers.get(str(values.get("issue_id")) if record_type is Measure else uid, "")
    return " ".join(part for part in (number, RECORD_NAMES[record_type], words[:30]) if part)
