"""A filter with a name, as plain values that can be kept in a file and read again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import field, fields
from typing import Any, cast

from zhenggai_desktop.domain.filters import VIEWS, Filter
from zhenggai_desktop.domain.lateness import Lateness
from zhenggai_desktop.domain.record_making import Value, frozen
from zhenggai_desktop.domain.records import Status, Track

WHOLE = next(iter(VIEWS))  # the view that asks nothing
LONGEST_NAME = 20  # characters


@frozen
class SavedView(Value):
    """``base`` is the caption of a built-in view on whose day it counts; ``wanted`` is asked besides."""

    name: str
    base: str = WHOLE
    wanted: Filter = field(default_factory=Filter)


def view_values(view: SavedView) -> dict[str, Any]:
    """The view in words that JSON knows; ids of issues are not kept: they are of one moment."""
    wanted = {
        name: _WRITERS.get(name, lambda value: value)(value)
        for spec in fields(Filter)
        if (name := spec.name) != "issue_ids" and (value := getattr(view.wanted, name)) != spec.default
    }
    return {"name": view.name, "base": view.base, "wanted": wanted}


def view_from(values: object) -> SavedView | None:
    """The view that ``view_values`` gave. What another version wrote and this one does not know asks nothing;
    None where there is not even a name."""
    if not isinstance(values, dict):
        return None
    known = cast("dict[str, Any]", values)
    name, base, wanted = known.get("name"), known.get("base"), known.get("wanted")
    if not isinstance(name, str) or not name:
        return None
    asked = cast("dict[str, Any]", wanted) if isinstance(wanted, dict) else {}
    read = {key: found for key, value in asked.items() if (found := _read(key, value)) is not None}
    return SavedView(name, base if isinstance(base, str) and base in VIEWS else WHOLE, Filter(**read))


def _read(name: str, value: Any) -> Any:
    try:
        return _READERS[name](value)
    except (KeyError, TypeError, ValueError):
        return None


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


_WRITERS: Mapping[str, Callable[[Any], Any]] = {
    "statuses": lambda statuses: sorted(str(status) for status in statuses),
    "due": str,
    "track": str,
    "due_from": dt.date.isoformat,
    "due_to": dt.date.isoformat,
}
_READERS: Mapping[str, Callable[[Any], Any]] = {
    "words": _text,
    "statuses": lambda names: frozenset(map(Status, names)),
    "due": Lateness,
    "due_from": dt.date.fromisoformat,
    "due_to": dt.date.fromisoformat,
    "department": _text,
    "leader": _text,
    "owner": _text,
    "unit": _text,
    "section_id": int,
    "track": Track,
    "withheld": bool,
    "to_close": bool,
    "without_measures": bool,
    "without_evidence": bool,
}
