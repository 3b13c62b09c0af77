"""Plays a power cut: from the log of the shim, what the disk may hold when only synced things are sure.

A file's bytes are sure once the file was synced, a name once its folder was. Of what was not synced each write may be
there or not; of the changes of names in one folder some first ones are there and the rest is not.
"""

from __future__ import annotations

import random
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

_HEAD = struct.Struct("<cQQII")


@dataclass(frozen=True, slots=True)
class Event:
    kind: str  # C created, W written, T truncated, F file synced, D folder synced, R renamed, U removed
    a: int
    b: int
    path: str
    data: bytes


@dataclass(slots=True)
class _File:
    sure: bytearray = field(default_factory=bytearray)
    pending: list[Event] = field(default_factory=list[Event])


class _Files:
    """Files by a number of their own: a file system gives the inode of a removed file to a new one, and the removed
    one, whose name may come back with the cut, is not the new one."""

    def __init__(self) -> None:
        self.by_number: list[_File] = []
        self._now: dict[int, int] = {}  # by inode

    def new(self, inode: int, content: bytes = b"") -> int:
        """Another file at this inode; gives its number."""
        self._now[inode] = len(self.by_number)
        self.by_number.append(_File(bytearray(content)))
        return self._now[inode]

    def number(self, inode: int) -> int:
        """The file that is at this inode now."""
        return self._now[inode] if inode in self._now else self.new(inode)

    def at(self, inode: int) -> _File:
        return self.by_number[self.number(inode)]


def events(log: Path) -> Iterator[Event]:
    """What happened, up to the last record that is whole."""
    data, at = log.read_bytes() if log.exists() else b"", 0
    while at + _HEAD.size <= len(data):
        kind, a, b, path, length = _HEAD.unpack_from(data, at)
        at += _HEAD.size
        if at + path + length > len(data):
            return
        yield Event(kind.decode(), a, b, data[at : at + path].decode(), data[at + path : at + path + length])
        at += path + length


def play(before: Path, log: Path, folder: Path, after: Path, chance: random.Random, inodes: Mapping[int, Path]) -> None:
    """Fill ``after`` with what may be left of ``folder``, which was as ``before`` when the log began.

    ``inodes`` are the files that were there at the beginning, by the number by which the log knows them.
    """
    files = _Files()
    names: dict[str, int] = {}  # sure
    for inode, name in inodes.items():
        names[str(name)] = files.new(inode, (before / name).read_bytes())
    pending: dict[str, list[tuple[str, str, int]]] = {}  # by folder: (old name or "", new name or "", inode)
    now = dict(names)
    for event in events(log):
        _take(event, files, names, pending, now, folder)
    for changes in pending.values():
        for change in changes[: chance.randrange(len(changes) + 1)]:
            _name(names, change)
    for name, number in names.items():
        target = after / name
        target.parent.mkdir(parents=True, exist_ok=True)
        file = files.by_number[number]
        content = bytearray(file.sure)
        for event in file.pending:
            if chance.random() < 0.5:
                _write(content, event)
        target.write_bytes(content)


def _take(
    event: Event,
    files: _Files,
    names: dict[str, int],
    pending: dict[str, list[tuple[str, str, int]]],
    now: dict[str, int],
    folder: Path,
) -> None:
    name = event.path.removeprefix(f"{folder}/")
    if event.kind == "C":
        if name not in now or now[name] != files.number(event.a):
            _pend(pending, now, ("", name, files.new(event.a)))
    elif event.kind in "WT":
        files.at(event.a).pending.append(event)
    elif event.kind == "F":
        file = files.at(event.a)
        for one in file.pending:
            _write(file.sure, one)
        file.pending.clear()
    elif event.kind == "D":
        place = "" if event.path == str(folder) else name
        for change in pending.pop(place, []):
            _name(names, change)
    elif event.kind == "R":
        target = event.data.decode().removeprefix(f"{folder}/")
        if name in now:
            _pend(pending, now, (name, target, now[name]))
    elif event.kind == "U" and name in now:
        _pend(pending, now, (name, "", now[name]))


def _pend(pending: dict[str, list[tuple[str, str, int]]], now: dict[str, int], change: tuple[str, str, int]) -> None:
    place = str(Path(change[1] or change[0]).parent)
    pending.setdefault("" if place == "." else place, []).append(change)
    _name(now, change)


def _name(names: dict[str, int], change: tuple[str, str, int]) -> None:
    old, new, number = change
    if old:
        names.pop(old, None)
    if new:
        names[new] = number


def _write(content: bytearray, event: Event) -> None:
    if event.kind == "T":
        del content[event.b :]
        content.extend(bytes(event.b - len(content)))
        return
    content.extend(bytes(max(0, event.b - len(content))))
    content[event.b : event.b + len(event.data)] = event.data
