"""Single things that taking a change does to the ledger, as values: they are planned, shown, and then written."""

from __future__ import annotations

from dataclasses import dataclass

from zhenggai_desktop.domain.portable import Key


@dataclass(frozen=True, slots=True)
class SetValue:
    """A field gets another value. ``conflict``: the ledger changed the same words since the draft went out."""

    key: Key
    name: str
    value: object
    before: object
    conflict: bool = False


@dataclass(frozen=True, slots=True)
class NewMeasure:
    """A measure that was written into an answer, behind the measure ``after`` ("" = at the head)."""

    issue: str  # uid
    after: str
    progress: str
    conflict: bool = False


@dataclass(frozen=True, slots=True)
class NewIssue:
    """An issue that was written into the draft, under ``parent`` (None = the root), behind ``after`` (None = first)."""

    parent: Key | None
    after: str | None
    title: str
    public_text: str
    conflict: bool = False


@dataclass(frozen=True, slots=True)
class Order:
    """The measures of an issue in another order, by uid."""

    issue: str
    measures: tuple[str, ...]
    conflict: bool = False


@dataclass(frozen=True, slots=True)
class Move:
    """An issue under ``parent`` (None = the root), behind its sibling ``after`` (uid; None = as the first)."""

    key: Key
    parent: Key | None
    after: str | None
    conflict: bool = False


Take = SetValue | NewMeasure | NewIssue | Order | Move
