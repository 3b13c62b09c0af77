"""Which rows of the ledger's tree stand where, as far as anybody has asked. Nothing of Qt here.

The rows below a row are listed with the first question about them, and a filter leaves some out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from zhenggai_desktop.domain.filters import Found
from zhenggai_desktop.domain.outline import Outline
from zhenggai_desktop.domain.records import Measure
from zhenggai_desktop.gui.tree_rows import ROOT, below_in, kind_and_id, node_of, parent_in, record_in


class ListedRows:
    """The rows of one outline by the numbers of ``tree_rows``, as one filter shows them."""

    def __init__(self, outline: Outline) -> None:
        self.outline = outline
        self.found: Found | None = None  # what a filter left; None where everything is shown
        self._below: dict[int, list[int]] = {}
        self._rows: dict[int, int] = {}
        self._above: dict[int, int] = {}

    def begin_anew(self, outline: Outline, found: Found | None) -> None:
        """Nothing is listed yet."""
        self.outline, self.found = outline, found
        self._below.clear()
        self._rows.clear()
        self._above.clear()

    # --- what is asked

    def below(self, node: int) -> list[int]:
        """The rows directly below a row, in order; listed now where they were not yet."""
        here = self._below.get(node)
        if here is None:
            found = self.found
            here = [
                node_of(type(record), record.id)
                for record in below_in(self.outline, node)
                if found is None or found.shows(record)
            ]
            self._below[node] = here
            self._place(node, 0)
        return here

    def above(self, node: int) -> int:
        """The row above a row; ``ROOT`` for one at the top. KeyError for a row of which the outline knows nothing."""
        above = self._above.get(node)
        return parent_in(self.outline, node) if above is None else above

    def row(self, node: int) -> int:
        """Which of its siblings a row is, from 0."""
        row = self._rows.get(node)
        if row is None:
            self.below(self.above(node))
            row = self._rows[node]
        return row

    def shows(self, node: int) -> bool:
        """Whether a filter leaves the row."""
        return self.found is None or self.found.shows(record_in(self.outline, node))

    def has_place(self, node: int) -> bool:
        """Whether a row stands among rows that are listed."""
        return node in self._rows

    def line_up(self, node: int) -> Iterator[int]:
        """The row and all above it."""
        while node != ROOT:
            yield node
            node = self.above(node)

    def listed_below(self, node: int) -> Iterator[int]:
        """The row and all below it, as far as rows are listed below them."""
        waiting = [node]
        while waiting:
            parent = waiting.pop()
            if here := self._below.get(parent):
                yield parent
                waiting.extend(here)

    def numbered_below(self, node: int) -> Iterator[int]:
        """The same without the issues that have measures alone: a measure is counted within its issue."""
        return (
            parent for parent in self.listed_below(node) if parent == node or not _is_measure(self._below[parent][0])
        )

    def shifted_below(self, node: int) -> Iterator[int]:
        """The row and all below it that have issues below them: those whose number begins with that of the row."""
        return (parent for parent in self.listed_below(node) if not _is_measure(self._below[parent][0]))

    # --- rows that come, go and change places

    def replace(self, wanted: Mapping[int, list[int]]) -> set[int]:
        """Make of the rows below these parents the ``wanted`` ones; what is listed below rows that stay somewhere
        stays. Gives the rows that stand elsewhere now, and those that are gone with all that was listed below them."""
        before = [node for parent in wanted for node in self._below.get(parent, ())]
        after = {node for here in wanted.values() for node in here}
        displaced = set(self._forgotten([node for node in before if node not in after]))
        for parent, here in wanted.items():
            old = self._below.get(parent, [])
            first, most = 0, min(len(old), len(here))
            while first < most and old[first] == here[first]:
                first += 1
            displaced.update(old[first:])
            self._below[parent] = here
            self._place(parent, first)
        return displaced

    def _place(self, parent: int, first: int) -> None:
        """Rows from ``first`` on stand where they are listed."""
        later = self._below[parent][first:] if first else self._below[parent]
        self._rows.update((node, row) for row, node in enumerate(later, first))
        self._above.update(dict.fromkeys(later, parent))

    def _forgotten(self, nodes: Sequence[int]) -> Iterator[int]:
        for node in nodes:
            self._rows.pop(node, None)
            self._above.pop(node, None)
            yield node
            yield from self._forgotten(self._below.pop(node, ()))


def _is_measure(node: int) -> bool:
    return kind_and_id(node)[0] is Measure
