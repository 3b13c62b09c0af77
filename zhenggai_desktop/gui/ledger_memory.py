"""What this user's window remembers about each ledger: its card, its open branches and its last record.

Kept in the user's folder, not in the ledger: two people who share a ledger look at different places of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from zhenggai_desktop.gui.shared_file import SharedFile

if TYPE_CHECKING:
    from zhenggai_desktop.domain.changes import RecordKey

_KEPT = 30  # ledgers; those opened longest ago are forgotten
_OPENED_KEPT = 2000  # branches of one ledger


class LedgerView(NamedTuple):
    """Which branches are open and which row is current."""

    opened: tuple[RecordKey, ...] = ()
    current: RecordKey | None = None


class LedgerMemory:
    """A JSON file that all windows share. Damaged or missing, it is an empty memory."""

    def __init__(self, path: Path | None = None) -> None:
        """Without a path nothing outlives the window."""
        self._file = SharedFile(path)

    def view(self, ledger: Path) -> LedgerView | None:
        """How the ledger was looked at last; None where it never was."""
        raw = self._entry(ledger).get("view")
        if not isinstance(raw, dict):
            return None
        opened = raw.get("opened")
        return LedgerView(
            opened=tuple(_keys(opened if isinstance(opened, list) else [])),
            current=next(iter(_keys([raw.get("current")])), None),
        )

    def remember_view(self, ledger: Path, view: LedgerView) -> None:
        words = [_word(key) for key in view.opened[:_OPENED_KEPT]]
        self._set(ledger, "view", {"opened": words, "current": _word(view.current) if view.current else ""})

    def card(self, ledger: Path) -> object:
        """The values of the ledger's card; None where there is none."""
        return self._entry(ledger).get("card")

    def remember_card(self, ledger: Path, values: dict[str, Any]) -> None:
        self._set(ledger, "card", values)

    def forget(self, ledger: Path) -> None:
        if self._file.values().pop(str(ledger), None) is not None:
            self._file.write()

    def _entry(self, ledger: Path) -> dict[str, Any]:
        entry = self._file.values().get(str(ledger))
        return entry if isinstance(entry, dict) else {}

    def _set(self, ledger: Path, name: str, value: object) -> None:
        entry, ledgers = self._entry(ledger), self._file.values()
        ledgers.pop(str(ledger), None)
        ledgers[str(ledger)] = {**entry, name: value}  # the last one is the one used last
        for old in list(ledgers)[:-_KEPT]:
            del ledgers[old]
        self._file.write()


def _word(key: RecordKey) -> str:
    return f"{key[0].__name__}:{key[1]}"


def _keys(words: Iterable[object]) -> Iterable[RecordKey]:
    from zhenggai_desktop.domain.records import Issue, Measure, Section  # noqa: PLC0415 - not at start

    types = {kind.__name__: kind for kind in (Section, Issue, Measure)}
    for word in words:
        kind, _, number = str(word).partition(":")
        if kind in types and number.isdecimal():
            yield types[kind], int(number)
