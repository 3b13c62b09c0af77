"""The window's figures for the table: starts beside a bare window, and what is done in one window at each size."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from builders import a_ledger, a_tree

from tests.bench import bench_window
from tests.bench.measuring import Timing
from tests.bench.subjects import SIZES, issues_of

BARE = "a bare window with a tree view"


@dataclass(frozen=True)
class Measured:
    """Seconds of a work at a size, with those of its floor; or bytes, before and after. What is promised counts in
    seconds, or in times the floor."""

    name: str
    size: str
    ours: Timing | None
    units: int = 0
    floor: Timing | None = None
    most_seconds: float | None = None
    most_ratio: float | None = None
    memory: tuple[int, int] | None = None


def starts(sizes: str) -> Iterator[Measured]:
    """Whole processes to their painted window, in turn with a bare one; the first round compiles and is not counted."""
    if "T" not in sizes:
        return
    with tempfile.TemporaryDirectory() as folder:
        ledger = _ledgers(Path(folder), "T")["T"]
        works = {"bare": ("bare",), "start": ("window",), "start with a ledger": ("window", str(ledger))}
        taken: dict[str, list[float]] = {name: [] for name in works}
        for at in range(bench_window.STARTS + 1):
            for name, work in works.items():
                seconds = bench_window.child_seconds(*work, bytecode=folder)
                if at:
                    taken[name].append(seconds)
    bare = Timing(tuple(taken.pop("bare")))
    for name, found in taken.items():
        yield Measured(name, "T", Timing(tuple(found)), floor=bare, most_ratio=bench_window.STARTED[name])


def works(sizes: str) -> Iterator[Measured]:
    """Opening, filtering, editing, undoing in one window, each to the painted screen, in a process for each size."""
    with tempfile.TemporaryDirectory() as folder:
        for size, path in _ledgers(Path(folder), sizes).items():
            command = [sys.executable, "-m", bench_window.ME, "--child", "times", str(path), size]
            done = subprocess.run(command, cwd=bench_window.ROOT, capture_output=True, text=True, check=True)
            yield from measured(json.loads(done.stdout.splitlines()[-1]), size)
            if size == "X" and Path("/proc/self/status").exists():
                yield _memory(str(path))


def measured(taken: Mapping[str, Sequence[float]], size: str) -> Iterator[Measured]:
    """The rows of what a window says of itself, in milliseconds by name."""
    for name, milliseconds in taken.items():
        most = bench_window.PROMISES.get(name, {}).get(size)
        yield Measured(
            name,
            size,
            Timing(tuple(each / 1000 for each in milliseconds)),
            issues_of(size),
            most_seconds=None if most is None else most / 1000,
        )


def _memory(ledger: str) -> Measured:
    """The page of a ledger beside its records alone."""
    before_records, records = bench_window.child_memory("records", ledger)
    before, shown = bench_window.child_memory("shown", ledger)
    memory = (records - before_records) * 1024, (shown - before) * 1024
    return Measured("memory of records, of the page", "X", None, most_ratio=3, memory=memory)


def _ledgers(folder: Path, sizes: str) -> dict[str, Path]:
    paths = {size: folder / f"{size}.zgtz" for size in SIZES if size in sizes}
    for size, path in paths.items():
        a_ledger(folder, *a_tree(*SIZES[size]), name=path.name).close()
    return paths


GROUPS: Mapping[str, Callable[[str], Iterator[Measured]]] = {"start": starts, "window": works}
