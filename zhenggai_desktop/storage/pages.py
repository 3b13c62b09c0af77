"""Reads the rows of a damaged SQLite file page by page, where SQLite itself gives up (sqlite.org/fileformat2.html).

A page that makes no sense costs its own rows and no others. Nothing is trusted: every number is looked at before it is
used, every page is read once, and whatever does not fit is left out.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

Value = int | float | str | bytes | None
_MAGIC = b"SQLite format 3\x00"
_HEADER = 100  # bytes of the file's header before the first page's own
_INTERIOR, _LEAF = 0x05, 0x0D  # of tables
_USUAL = 4096
_MOST_COLUMNS = 2000


@dataclass(frozen=True, slots=True)
class PageRow:
    """A row as a page has it."""

    rowid: int
    values: tuple[Value, ...]


@dataclass(slots=True)
class Tree:
    """What was reached from a table's root: rows in their order, and how many pages made no sense."""

    rows: list[PageRow] = field(default_factory=list[PageRow])
    broken: int = 0


class Pages:
    """The pages of a file as bytes. Page numbers start from 1."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.size = _page_size(data)
        self.count = -(-len(data) // self.size)
        self.used: set[int] = set()  # pages that a tree or an overflow chain reached
        self.broken_cells = 0

    def schema(self) -> list[PageRow]:
        """The rows of ``sqlite_schema``: type, name, table, root page, SQL."""
        return self.tree(1).rows

    def tree(self, root: int) -> Tree:
        """All rows below ``root``."""
        found = Tree()
        waiting = [root]
        while waiting:
            number = waiting.pop()
            if number in self.used or not 1 <= number <= self.count:
                found.broken += number not in self.used
                continue
            kind = self._kind(number)
            if kind == _LEAF:
                self.used.add(number)
                found.rows += self.leaf(number)
            elif kind == _INTERIOR:
                self.used.add(number)
                waiting += reversed(self._children(number))
            else:
                found.broken += 1
        return found

    def stray_leaves(self) -> Iterator[list[PageRow]]:
        """The rows of each leaf that no tree reached and that is not free, page by page."""
        free = self._free()
        for number in range(1, self.count + 1):
            if number not in self.used and number not in free and self._kind(number) == _LEAF:
                rows = self.leaf(number)
                if rows:
                    self.used.add(number)
                    yield rows

    def leaf(self, number: int) -> list[PageRow]:
        """The rows of one leaf that can be read."""
        page, start = self._page(number), self._start(number)
        cells = int.from_bytes(page[start + 3 : start + 5], "big")
        rows: list[PageRow] = []
        for at in range(min(cells, (self.size - start - 8) // 2)):
            pointer = int.from_bytes(page[start + 8 + 2 * at : start + 10 + 2 * at], "big")
            row = self._row(page, pointer) if start + 8 <= pointer < len(page) else None
            if row is None:
                self.broken_cells += 1
            else:
                rows.append(row)
        return rows

    # --- inside

    def _page(self, number: int) -> bytes:
        return self.data[(number - 1) * self.size : number * self.size]

    def _start(self, number: int) -> int:
        return _HEADER if number == 1 else 0

    def _kind(self, number: int) -> int:
        page, start = self._page(number), self._start(number)
        return page[start] if len(page) > start + 8 else -1

    def _children(self, number: int) -> list[int]:
        page, start = self._page(number), self._start(number)
        cells = int.from_bytes(page[start + 3 : start + 5], "big")
        children: list[int] = []
        for at in range(min(cells, (self.size - start - 12) // 2)):
            pointer = int.from_bytes(page[start + 12 + 2 * at : start + 14 + 2 * at], "big")
            if pointer + 4 <= len(page):
                children.append(int.from_bytes(page[pointer : pointer + 4], "big"))
        return [*children, int.from_bytes(page[start + 8 : start + 12], "big")]

    def _row(self, page: bytes, at: int) -> PageRow | None:
        try:
            length, at = _varint(page, at)
            rowid, at = _varint(page, at)
            payload = self._payload(page, at, length)
            return None if payload is None else PageRow(_signed(rowid), _record(payload))
        except (IndexError, ValueError, struct.error):
            return None

    def _payload(self, page: bytes, at: int, length: int) -> bytes | None:
        """The bytes of a record, those on overflow pages with them; None where they are not all there."""
        if length > len(self.data):
            return None
        most = self.size - 35
        if length <= most:
            found = page[at : at + length]
            return found if len(found) == length else None
        least = (self.size - 12) * 32 // 255 - 23
        local = least + (length - least) % (self.size - 4)
        local = local if local <= most else least
        parts, left = [page[at : at + local]], length - local
        number, seen = int.from_bytes(page[at + local : at + local + 4], "big"), set[int]()
        while left > 0:
            if number in seen or not 1 < number <= self.count:
                return None
            seen.add(number)
            overflow = self._page(number)
            parts.append(overflow[4 : 4 + left])
            left -= self.size - 4
            number = int.from_bytes(overflow[:4], "big")
        self.used |= seen
        whole = b"".join(parts)
        return whole if len(whole) == length else None

    def _free(self) -> set[int]:
        """The pages of the list of free pages: what is there was deleted."""
        free: set[int] = set()
        trunk = int.from_bytes(self.data[32:36], "big")
        while 1 < trunk <= self.count and trunk not in free:
            free.add(trunk)
            page = self._page(trunk)
            count = min(int.from_bytes(page[4:8], "big"), self.size // 4 - 2)
            free |= {int.from_bytes(page[8 + 4 * at : 12 + 4 * at], "big") for at in range(count)}
            trunk = int.from_bytes(page[:4], "big")
        return free


def _page_size(data: bytes) -> int:
    size = int.from_bytes(data[16:18], "big")
    size = 65536 if size == 1 else size
    sensible = size >= 512 and size & (size - 1) == 0
    return size if sensible and data.startswith(_MAGIC) else _USUAL


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = 0
    for _ in range(8):
        byte = data[at]
        at += 1
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at
    return value << 8 | data[at], at + 1


def _signed(value: int) -> int:
    return value - (1 << 64) if value >= 1 << 63 else value


def _record(payload: bytes) -> tuple[Value, ...]:
    """The values of a record. ValueError where the bytes are none."""
    size, at = _varint(payload, 0)
    kinds: list[int] = []
    while at < size:
        kind, at = _varint(payload, at)
        kinds.append(kind)
    if at != size or len(kinds) > _MOST_COLUMNS:
        raise ValueError("no record header")
    values: list[Value] = []
    for kind in kinds:
        value, at = _value(payload, at, kind)
        values.append(value)
    if at != len(payload):
        raise ValueError("a record of another length")
    return tuple(values)


def _value(payload: bytes, at: int, kind: int) -> tuple[Value, int]:
    if kind in {0, 8, 9}:
        return (None, 0, 1)[0 if kind == 0 else kind - 7], at
    if kind in {10, 11}:
        raise ValueError("a kind that no file has")
    length = (0, 1, 2, 3, 4, 6, 8, 8)[kind] if kind < 8 else (kind - 12) // 2
    piece = payload[at : at + length]
    if len(piece) != length:
        raise ValueError("a value beyond the record")
    at += length
    if kind == 7:
        return struct.unpack(">d", piece)[0], at
    if kind < 7:
        return int.from_bytes(piece, "big", signed=True), at
    return (piece.decode("utf-8") if kind % 2 else piece), at
