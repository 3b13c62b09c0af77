"""Which rows of the ledger's tree stand where, as far as anybody has asked. Nothing of Qt here.

The rows below a row are listed with the first question about them, and a filter leaves some out. What is listed is
changed span by span: the model tells its views of each before and after.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from zhenggai_desktop.domain.filters import Found
from zhenggai_desktop.domain.outline import Outline
from zhenggai_desktop.domain.records import Measure
from zhenggai_desktop.gui.tree_rows import ROOT, below_in, in_common_order, kind_and_id, node_of, parent_in, record_in

Span = tuple[int, int]  # first and last row


@dataclass(frozen=True, slots=True)
class BlockMove:
    """Rows that stand together go in front of the row that was ``before`` (or to the end), and nothing else moves."""

    parent: int
    span: Span
    new_parent: int
    before: int


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

    def is_listed(self, node: int) -> bool:
        """Whether anybody has asked what stands below a row."""
        return node in self._below

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

    # --- one block on the move

    def block_move(self, wanted: Mapping[int, Sequence[int]]) -> BlockMove | None:
        """The move of one block that makes of the rows below these parents the ``wanted`` ones; None for more."""
        changed = [parent for parent in wanted if self._below[parent] != wanted[parent]]
        if len(changed) == 1:
            return _moved_within(changed[0], self._below[changed[0]], wanted[changed[0]])
        if len(changed) == 2:
            giver, taker = sorted(changed, key=lambda parent: len(wanted[parent]) - len(self._below[parent]))
            given, taken = _more_in(self._below[giver], wanted[giver]), _more_in(wanted[taker], self._below[taker])
            if given and taken and _part(self._below[giver], given) == _part(wanted[taker], taken):
                return BlockMove(giver, given, taker, taken[0])
        return None

    def move(self, move: BlockMove) -> None:
        """Make the move; what is listed below the rows stays."""
        (first, last), here, there = move.span, self._below[move.parent], self._below[move.new_parent]
        block = here[first : last + 1]
        there[move.before : move.before] = block
        at = first + (len(block) if here is there and move.before <= first else 0)
        del here[at : at + len(block)]
        self._place(move.parent, min(first, move.before) if here is there else first)
        if here is not there:
            self._place(move.new_parent, move.before)

    # --- spans

    def going(self, parent: int, wanted: Sequence[int]) -> Iterator[Span]:
        """From the last to the first: rows that are not wanted, or stand in another order among those that are.

        Each span must be taken out before the next is asked for.
        """
        here = self._below[parent]
        keep = in_common_order(here, wanted)
        last = len(here) - 1
        while last >= 0:
            first = last
            while first >= 0 and here[first] not in keep:
                first -= 1
            if first < last:
                yield first + 1, last
            last = first - 1

    def take_out(self, parent: int, span: Span) -> list[int]:
        """Gives the rows that are gone, with all that was listed below them."""
        first, last = span
        here = self._below[parent]
        gone = list(self._forgotten(here[first : last + 1]))
        del here[first : last + 1]
        self._place(parent, first)
        return gone

    def coming(self, parent: int, wanted: Sequence[int]) -> Iterator[Span]:
        """From the first to the last: wanted rows that are not there. Each must be put in before the next is asked."""
        here, at = self._below[parent], 0
        while at < len(wanted):
            kept, end = here[at] if at < len(here) else None, at
            while end < len(wanted) and wanted[end] != kept:
                end += 1
            if end > at:
                yield at, end - 1
            at = end + 1

    def put_in(self, parent: int, span: Span, wanted: Sequence[int]) -> None:
        """Put the rows that ``wanted`` has in a span there."""
        first, last = span
        self._below[parent][first:first] = wanted[first : last + 1]
        self._place(parent, first)

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


def _moved_within(parent: int, here: Sequence[int], wanted: Sequence[int]) -> BlockMove | None:
    """Between the rows at both ends that stay, the others have changed sides as a whole: ab → ba."""
    if len(here) != len(wanted):
        return None
    first = next(at for at, (old, new) in enumerate(zip(here, wanted, strict=True)) if old != new)
    end = len(here) - next(at for at, (old, new) in enumerate(zip(here[::-1], wanted[::-1], strict=True)) if old != new)
    if wanted[first] not in here[first:end]:
        return None
    turn = here.index(wanted[first], first, end)
    if [*here[turn:end], *here[first:turn]] != list(wanted[first:end]):
        return None
    if turn - first < end - turn:  # the smaller part is the one that moves
        return BlockMove(parent, (first, turn - 1), parent, end)
    return BlockMove(parent, (turn, end - 1), parent, first)


def _more_in(more: Sequence[int], fewer: Sequence[int]) -> Span | None:
    """The one span of rows without which ``more`` would be ``fewer``."""
    count = len(more) - len(fewer)
    if count <= 0:
        return None
    first = next((at for at, row in enumerate(fewer) if more[at] != row), len(fewer))
    return (first, first + count - 1) if list(more[first + count :]) == list(fewer[first:]) else None


def _part(rows: Sequence[int], span: Span) -> list[int]:
    return list(rows[span[0] : span[1] + 1])


def _is_measure(node: int) -> bool:
    return kind_and_id(node)[0] is Measure
