"""A record whose fields are still being found."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

from zhenggai_desktop.domain.records import Issue, Measure

R = TypeVar("R", Issue, Measure)


class Making(Generic[R]):
    """A record with what was found for it, made once at the end.

    Records are frozen, and a copy for each field costs more than to read the cell from which the field comes.
    ``blank`` is the kind's record without anything; ``record``, where there is one, has some fields already.
    """

    __slots__ = ("_before", "_found", "_record")

    def __init__(self, blank: R, record: R | None = None, **found: Any) -> None:
        self._record = record
        self._before = record or blank
        self._found = found

    def get(self, name: str) -> Any:
        """A field as it stands by now."""
        return self._found[name] if name in self._found else getattr(self._before, name)

    def set(self, **found: Any) -> None:
        """Give these fields new values."""
        self._found |= found

    def made(self) -> R:
        """The record with all that was found."""
        if self._record is None:
            return type(self._before)(**self._found)
        return self._record.changed(self._found) if self._found else self._record
