"""A ledger's long lists, kept in pieces: the state after an edit shares all pieces but one with the state before.

To copy a list of 60,000 records touches each of them, and costs more than to write the edit to the disk.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import Any, Generic, TypeVar, cast, overload

T = TypeVar("T")
V = TypeVar("V")
D = TypeVar("D")
_BITS = 8
_PIECE = 1 << _BITS


class Rows(Sequence[T]):
    """Items in order, like a tuple: they never change, and equal any tuple of the same items."""

    __slots__ = ("_length", "_pieces")

    def __init__(self, items: Iterable[T] = ()) -> None:
        whole = tuple(items)
        self._length = len(whole)
        self._pieces = [whole[at : at + _PIECE] for at in range(0, len(whole), _PIECE)]

    def replaced(self, items: Iterable[tuple[int, T]]) -> Rows[T]:
        """The same with other items at some places, each with its place from 0; as many as before."""
        new: Rows[T] = object.__new__(type(self))
        new._length, new._pieces = self._length, [*self._pieces]
        for at, item in items:
            number, place = at >> _BITS, at & _PIECE - 1
            piece = new._pieces[number]
            new._pieces[number] = (*piece[:place], item, *piece[place + 1 :])
        return new

    def __len__(self) -> int:
        return self._length

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
            start, stop, step = at.indices(self._length)
            if step < 0:
                return tuple(self)[at]
            first = start >> _BITS
            return tuple(
                islice(
                    chain.from_iterable(self._pieces[first:]),
                    start - first * _PIECE,
                    max(stop - first * _PIECE, 0),
                    step,
                )
            )
        if at < 0:
            at += self._length
            if at < 0:
                raise IndexError(at - self._length)
        return self._pieces[at >> _BITS][at & _PIECE - 1]

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Rows):
            return self._pieces == cast("Rows[object]", other)._pieces
        return tuple(self) == other if isinstance(other, tuple) else NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return f"Rows({list(self)!r})"


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
