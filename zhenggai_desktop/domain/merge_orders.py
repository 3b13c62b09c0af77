"""The order of siblings, when two copies of a ledger become one.

What both knew and still have in the same place may have been put in another order on one side; what only they have
comes where it stands with them, behind what stands before it there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from functools import cache
from typing import cast

from zhenggai_desktop.domain.merge_places import PLACE, joined
from zhenggai_desktop.domain.merging import FieldChange, Merge
from zhenggai_desktop.domain.portable import Portable
from zhenggai_desktop.domain.records import Chapter, ClosingStep, Issue, Measure, Record, SourceNote

ORDER = "order"
"""The field that stands for the order of a record and its siblings; its values are tuples of uids, of those alone that
both copies had at their beginning and have now, in the same place."""

_Group = tuple[type[Record], object]
_TOGETHER_BY: Mapping[type[Record], str] = {
    Issue: PLACE, Measure: "issue_id", ClosingStep: "issue_id", SourceNote: "source_id", Chapter: "document",
}  # fmt: skip
"""What makes records of a type siblings; all records of another type are."""


def find_orders(found: Merge, base: Portable, ours: Portable, theirs: Portable) -> None:
    """Add to ``found`` a change for each list of siblings that they alone put in another order, and a conflict for
    each that both did. All records are ``joined``."""
    before, mine = _orders(base), _orders(ours)
    for group, order in _orders(theirs).items():
        common = {*before.get(group, ())} & {*mine.get(group, ())} & {*order}
        was, now, wanted = (
            tuple(uid for uid in each if uid in common) for each in (before.get(group, []), mine.get(group, []), order)
        )
        if wanted not in (was, now):
            change = FieldChange((group[0], now[0]), ORDER, was, now, wanted)
            (found.changes if was == now else found.conflicts).append(change)


def orders_after(
    ours: Portable, theirs: Portable, additions: Portable, changes: Iterable[FieldChange]
) -> Iterator[tuple[type[Record], list[str]]]:
    """The whole order, by uids, of each list of siblings in which changes or new records come."""
    after, touched, wanted = joined(ours) | joined(additions), set[_Group](), dict[_Group, tuple[str, ...]]()
    arrived = {*additions}
    for change in changes:
        if change.name == ORDER:
            wanted[_group(change.key[0], after[change.key])] = cast("tuple[str, ...]", change.theirs)
        elif change.name == _TOGETHER_BY.get(change.key[0]):
            after[change.key] = {**after[change.key], change.name: change.theirs}
            arrived.add(change.key)
    touched |= {_group(key[0], after[key]) for key in arrived if _is_ordered(key[0])}
    stand, with_them, new = _orders(after), _orders(joined(theirs)), {uid for _, uid in arrived}
    for group in touched | wanted.keys():
        known = [uid for uid in stand[group] if uid not in new]
        order = with_them.get(group, [])
        yield group[0], _with_arrivals(_permuted(known, wanted.get(group, ())), order, new & {*stand[group]})


def _permuted(order: list[str], wanted: tuple[str, ...]) -> list[str]:
    """``order`` with those of its members that are ``wanted`` in another one; every other keeps its place."""
    here, moving = {*order}, {*wanted}
    queue = iter([uid for uid in wanted if uid in here])
    return [next(queue) if uid in moving else uid for uid in order]


def _with_arrivals(order: list[str], theirs: list[str], arrivals: set[str]) -> list[str]:
    """Each arrival behind what stands before it with them, and behind what only we have there."""
    found, here, known, before = [*order], {*order}, {*theirs}, ""
    for uid in theirs:
        if uid in arrivals:
            at = found.index(before) + 1 if before else 0
            while at < len(found) and found[at] not in known:
                at += 1
            found.insert(at, uid)
        if uid in arrivals or uid in here:
            before = uid
    return found


def _orders(records: Portable) -> dict[_Group, list[str]]:
    found: dict[_Group, list[str]] = {}
    for key, values in records.items():
        if _is_ordered(key[0]):
            found.setdefault(_group(key[0], values), []).append(key[1])
    return found


def _group(record_type: type[Record], values: Mapping[str, object]) -> _Group:
    name = _TOGETHER_BY.get(record_type)
    return record_type, values.get(name) if name else None


@cache
def _is_ordered(record_type: type[Record]) -> bool:
    return any(field.name == "position" for field in fields(record_type))
