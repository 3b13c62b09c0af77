"""A ledger's long lists, kept in pieces: the state after an edit shares all pieces but a few with the state before.

To copy a list of 60,000 records touches each of them, and costs more than to write the edit to the disk.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, chain, groupby, islice
from typing import Any, Generic, TypeVar, cast, overload

T = TypeVar("T")
V = TypeVar("V")
D = TypeVar("D")
_BITS = 8
_PIECE = 1 << _BITS
_MOST, _LEAST = 2 * _PIECE, _PIECE // 4  # items of a piece that was edited: more are divided, fewer join those before


class Rows(Sequence[T]):
    """Items in order, like a tuple: they never change, and equal any tuple of the same items."""

    __slots__ = ("_ends", "_pieces")

    def __init__(self, items: Iterable[T] = ()) -> None:
        whole = tuple(items)
        self._take([whole[at : at + _PIECE] for at in range(0, len(whole), _PIECE)])

    def _take(self, pieces: list[tuple[T, ...]]) -> None:
        self._pieces = pieces
        self._ends = [*accumulate(map(len, pieces))]  # the place behind the last item of each piece

    def edited(self, gone: Iterable[int], come: Iterable[tuple[int, T]]) -> Rows[T]:
        """The same without the items at the places ``gone``, and with others in front of the places ``come``.

        All places count from 0 in these rows as they are; ``len`` is the place behind the last. Items that come at one
        place stand in the order given; what comes where one is gone takes its place. Pieces in which nothing happens
        are shared. IndexError for a place that is none.
        """
        leaving, coming = {*gone}, dict[int, list[T]]()
        for at, item in come:
            coming.setdefault(at, []).append(item)
        places = sorted(leaving | coming.keys())
        if places and (places[0] < 0 or places[-1] > len(self) or len(self) in leaving):
            raise IndexError(places)
        pieces: list[tuple[T, ...]] = []
        begin = 0
        for number, group in groupby(places, key=self._number):
            pieces += self._pieces[begin:number]
            begin, start = number + 1, self._start(number)
            piece = [*self._pieces[number]] if self._pieces else []
            for at in reversed([*group]):  # places further up stay what they are
                piece[at - start : at - start + (at in leaving)] = coming.get(at, ())
            if len(piece) < _LEAST and pieces:
                piece[:0] = pieces.pop()
            size = _PIECE if len(piece) > _MOST else _MOST
            pieces += (tuple(piece[at : at + size]) for at in range(0, len(piece), size))
        new: Rows[T] = object.__new__(type(self))
        new._take([*pieces, *self._pieces[begin:]])
        return new

    def _number(self, at: int) -> int:
        """Of the piece that holds a place; the place behind the last belongs to the last piece."""
        return min(bisect_right(self._ends, at), max(len(self._ends) - 1, 0))

    def _start(self, number: int) -> int:
        """The place of the first item of a piece."""
        return self._ends[number - 1] if number else 0

    def besides(self, other: Rows[T]) -> Iterator[T]:
        """The items in pieces that are not shared with ``other``."""
        known = {id(piece) for piece in other._pieces}
        return chain.from_iterable(piece for piece in self._pieces if id(piece) not in known)

    def place_of(self, value: Any, key: Callable[[T], Any]) -> int:
        """Where in rows that are sorted by ``key`` the first item stands that is not less than ``value``; ``len``
        where all are."""
        number = bisect_left(self._pieces, value, key=lambda piece: key(piece[-1]))
        if number == len(self._pieces):
            return len(self)
        return self._start(number) + bisect_left(self._pieces[number], value, key=key)

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

    def __iter__(self) -> Iterator[T]:
        return chain.from_iterable(self._pieces)

    def __contains__(self, item: object) -> bool:
        return any(item in piece for piece in self._pieces)

    @overload
    def __getitem__(self, at: int) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[T, ...]: ...
    def __getitem__(self, at: int | slice) -> T | tuple[T, ...]:
        if isinstance(at, slice):
            start, stop, step = at.indices(len(self))
            if step < 0:
                return tuple(self)[at]
            first = bisect_right(self._ends, start)
            before = self._start(first)
            rest = chain.from_iterable(self._pieces[first:])
            return tuple(islice(rest, start - before, max(stop - before, 0), step))
        place = at + len(self) if at < 0 else at
        if place < 0:
            raise IndexError(at)
        number = bisect_right(self._ends, place)
        return self._pieces[number][place - self._start(number)]

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Rows):
            pieces = cast("Rows[object]", other)._pieces
            return self._pieces == pieces or tuple(self) == tuple(chain.from_iterable(pieces))
        return tuple(self) == other if isinstance(other, tuple) else NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return f"Rows({list(self)!r})"


def new_since(before: Sequence[T], rows: Sequence[T]) -> Iterable[T]:
    """The items in pieces of ``rows`` that are not shared with those of ``before``: all that are new, and some of their
    neighbours. All items, where either is not in pieces."""
    return rows.besides(before) if isinstance(before, Rows) and isinstance(rows, Rows) else rows


class ById(Mapping[int, V], Generic[V]):
    """Values by the ids of records, like a dict that never changes."""

    __slots__ = ("_length", "_pieces")

    def __init__(self, values: Mapping[int, V]) -> None:
        self._length = len(values)
        self._pieces: dict[int, dict[int, V]] = {}
        for key, value in values.items():
            self._pieces.setdefault(key >> _BITS, {})[key] = value

    def changed(self, values: Mapping[int, V | None]) -> ById[V]:
        """The same with other ``values``, and without those that are None."""
        new: ById[V] = object.__new__(type(self))
        new._pieces = {**self._pieces}
        for number in {key >> _BITS for key in values}:
            new._pieces[number] = {**self._pieces.get(number, {})}
        for key, value in values.items():
            if value is None:
                new._pieces[key >> _BITS].pop(key, None)
            else:
                new._pieces[key >> _BITS][key] = value
        new._length = sum(map(len, new._pieces.values()))
        return new

    def __getitem__(self, key: int) -> V:
        return self._pieces[key >> _BITS][key]

    @overload
    def get(self, key: int, /) -> V | None: ...
    @overload
    def get(self, key: int, /, default: V | D) -> V | D: ...
    def get(self, key: int, /, default: Any = None) -> Any:
        piece = self._pieces.get(key >> _BITS)
        return default if piece is None else piece.get(key, default)

    def __contains__(self, key: object) -> bool:
        return isinstance(key, int) and key in self._pieces.get(key >> _BITS, ())

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[int]:
        return chain.from_iterable(self._pieces.values())
