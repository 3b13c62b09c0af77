"""What an import or a merge needs of a ledger's step, and a stand-in that keeps nothing for the preview."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol, TypeVar

from zhenggai_desktop.domain.records import Record

R = TypeVar("R", bound=Record)


class Writer(Protocol):
    """The part of a ledger's step that an import needs."""

    def add(self, record: R) -> R: ...
    def update(self, record_type: type[Record], record_id: int, **fields: object) -> object: ...
    def set_facts(self, **fields: object) -> object: ...
    def remove(self, record_type: type[Record], record_id: int) -> object: ...
    def reorder(self, record_type: type[Record], record_ids: Sequence[int]) -> object: ...


class TrialWriter:
    """Gives ids and keeps nothing."""

    def __init__(self) -> None:
        self._last = 0

    def add(self, record: R) -> R:
        self._last -= 1  # negative: never the id of a stored record
        return replace(record, id=self._last)

    def update(self, record_type: type[Record], record_id: int, **fields: object) -> None:
        """Takes the fields and forgets them."""

    def set_facts(self, **fields: object) -> None:
        """Takes the fields and forgets them."""

    def remove(self, record_type: type[Record], record_id: int) -> None:
        """Removes nothing."""

    def reorder(self, record_type: type[Record], record_ids: Sequence[int]) -> None:
        """Takes the order and forgets it."""
