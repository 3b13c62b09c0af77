"""Three-way merge: what somebody else changed since a common base, against what the ledger holds now.

A field that only they changed is a clean change; a field that both changed, each to something else, is a conflict to be
decided by a person. Records that they added are offered; what they left out is said, and never taken away.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from zhenggai_desktop.domain.portable import Key, Portable, blanks


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of one record: what it was, what it is now, what they made of it."""

    key: Key
    name: str
    base: object
    ours: object
    theirs: object


@dataclass(slots=True)
class Merge:
    """``changes`` can be taken as they are, ``conflicts`` need a choice, ``additions`` are records of theirs alone.

    ``missing`` are records of the base that they no longer have; ``gone`` are records that they changed and that the
    ledger no longer has.
    """

    changes: list[FieldChange] = field(default_factory=list[FieldChange])
    conflicts: list[FieldChange] = field(default_factory=list[FieldChange])
    additions: list[Key] = field(default_factory=list[Key])
    missing: list[Key] = field(default_factory=list[Key])
    gone: list[Key] = field(default_factory=list[Key])

    def __bool__(self) -> bool:
        """True where they bring anything to take or to decide."""
        return bool(self.changes or self.conflicts or self.additions)


def merge(
    base: Portable,
    ours: Portable,
    theirs: Mapping[Key, Mapping[str, object]],
    *,
    ignored: Collection[str] = (),
) -> Merge:
    """What ``theirs`` does to ``ours`` since ``base``.

    A record of theirs may hold only some fields; those it does not hold are not touched. Fields without a base value
    count from the empty value, so that against a missing base everything filled differently is a conflict and every
    gap is filled. ``ignored`` fields are never compared.
    """
    found = Merge()
    for key, values in theirs.items():
        mine, before = ours.get(key), base.get(key)
        if mine is None:
            if before is None:
                found.additions.append(key)
            elif any(_differs(before.get(name), value) for name, value in values.items() if name not in ignored):
                found.gone.append(key)
            continue
        start = blanks(key[0]) if before is None else before
        for name, value in values.items():
            if name not in ignored:
                _compare(found, FieldChange(key, name, start.get(name), mine[name], value))
    found.missing += [key for key in base if key not in theirs and key in ours]
    return found


def _compare(found: Merge, change: FieldChange) -> None:
    if not _differs(change.base, change.theirs) or not _differs(change.ours, change.theirs):
        return
    if not _differs(change.base, change.ours):
        found.changes.append(change)
    elif not _is_taken(change):
        found.conflicts.append(change)


def _is_taken(change: FieldChange) -> bool:
    """Whether ours has their text below our own already: somebody once wanted both."""
    if not (isinstance(change.ours, str) and isinstance(change.theirs, str) and change.theirs.strip()):
        return False
    ours, theirs = _text(change.ours).split("\n"), _text(change.theirs).split("\n")
    before = _text(change.base).split("\n") if isinstance(change.base, str) else []
    return any(
        ours[at : at + len(theirs)] == theirs and [*ours[:at], *ours[at + len(theirs) :]] != before
        for at in range(1, len(ours) - len(theirs) + 1)
    )


def _differs(one: object, other: object) -> bool:
    """False for equal values; blanks at the ends and empty lines of a text make no difference, and None is empty."""
    if isinstance(one, str) or isinstance(other, str):
        return _text(one) != _text(other) if isinstance(one, str | None) and isinstance(other, str | None) else True
    return one != other


def _text(value: str | None) -> str:
    return "\n".join(line.strip() for line in (value or "").strip().split("\n"))
