"""``python -m tests.bench [SUBJECT …] [--sizes TDX] [--json FILE] [--markdown FILE]``: what the product costs.

Each work is run in turn with its floor, the same result made by hand; printed are medians, their spread, the ratio,
the exponent with which the work grows from size to size, and the peak of memory in a process of its own. A promise
that is missed is marked; nothing fails, since a busy machine is no fault of the code.
"""

from __future__ import annotations

import argparse
import gc
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from tests.bench.measuring import Promise, growth, in_turn, peak_memory  # noqa: E402
from tests.bench.subjects import SIZES, SUBJECTS, Subject  # noqa: E402
from tests.bench.window_rows import BARE, GROUPS, Measured  # noqa: E402


@dataclass(frozen=True)
class Row:
    """One line of the result; seconds are medians, memory is in bytes."""

    subject: str
    size: str
    seconds: float | None
    spread: float
    floor: float | None = None
    ratio: float | None = None
    exponent: float | None = None
    memory_before: int | None = None
    memory_peak: int | None = None
    promise: str = ""
    kept: bool | None = None


HEAD = "| work | size | median | ± | floor | ratio | growth | memory | promise |\n|" + " --- |" * 9


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    names = [subject.name for subject in SUBJECTS] + list(GROUPS)
    parser.add_argument("subjects", nargs="*", metavar="SUBJECT", help="、".join(names))
    parser.add_argument("--sizes", default="".join(SIZES))
    parser.add_argument("--json", type=Path)
    parser.add_argument("--markdown", type=Path)
    parser.add_argument("--memory-of", nargs=2, metavar=("SUBJECT", "SIZE"), help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if unknown := set(options.subjects) - set(names):
        parser.error(f"no such subject: {', '.join(sorted(unknown))}")
    if options.memory_of:
        _print_memory(*options.memory_of)
        return
    chosen = [subject for subject in SUBJECTS if subject.name in options.subjects or not options.subjects]
    groups = [name for name in GROUPS if name in options.subjects or not options.subjects]
    print(HEAD, flush=True)
    rows: list[Row] = []
    for row in _all_rows(chosen, groups, options.sizes):
        print(_line(row), flush=True)
        rows.append(row)
    floors = [f"{subject.name}: floor is {subject.floor}" for subject in chosen if subject.floor]
    floors += [f"start: floor is {BARE}"] if "start" in groups else []
    print("\n" + "\n".join(floors))
    if options.json:
        options.json.write_text(json.dumps([asdict(row) for row in rows], indent=1), encoding="utf-8")
    if options.markdown:
        lines = [HEAD, *map(_line, rows), "", *(f"- {floor}" for floor in floors), ""]
        options.markdown.write_text("\n".join(lines), encoding="utf-8")


def _all_rows(chosen: Sequence[Subject], groups: Sequence[str], sizes: str) -> Iterator[Row]:
    for subject in chosen:
        yield from _rows(subject, sizes)
    for name in groups:
        yield from rows_of(GROUPS[name](sizes))


def rows_of(found: Iterable[Measured]) -> Iterator[Row]:
    """A row for each, with the growth from the size before."""
    before: dict[str, tuple[int, float]] = {}
    for one in found:
        ours, floor = one.ours, one.floor
        ratio = ours.median / floor.median if ours and floor else None
        if one.memory is not None:
            ratio = one.memory[1] / one.memory[0]
        promise = Promise(ratio=one.most_ratio, seconds=one.most_seconds)
        smaller = before.get(one.name)
        yield Row(
            one.name,
            one.size,
            ours and ours.median,
            ours.spread if ours else 0.0,
            floor and floor.median,
            ratio,
            growth(smaller, (one.units, ours.median)) if smaller and ours and one.units else None,
            *(one.memory or (None, None)),
            *_kept(promise, ours.median if ours else 0.0, ratio),
        )
        if ours:
            before[one.name] = one.units, ours.median


def _rows(subject: Subject, sizes: str) -> Iterator[Row]:
    before: tuple[int, float] | None = None
    for size, runs in zip(SIZES, subject.runs, strict=True):
        if size not in sizes:
            continue
        with tempfile.TemporaryDirectory() as folder:
            task = subject.make(size, Path(folder))
            if task is None:
                continue
            ours, floor = in_turn(task, runs)
        ratio = ours.median / floor.median if floor else None
        now = (task.units, ours.median)
        memory = _memory(subject.name, size)
        yield Row(
            subject.name,
            size,
            ours.median,
            ours.spread,
            floor and floor.median,
            ratio,
            growth(before, now) if before and task.units else None,
            *(memory or (None, None)),
            *_kept(subject.promise, ours.median, ratio),
        )
        before = now
        del task
        gc.collect()


def _kept(promise: Promise, seconds: float, ratio: float | None) -> tuple[str, bool | None]:
    if promise.ratio is not None and ratio is not None:
        return f"≤ {promise.ratio:g} ×", ratio <= promise.ratio
    if promise.seconds is not None:
        return f"< {_duration(promise.seconds)}", seconds < promise.seconds
    return "", None


def _line(row: Row) -> str:
    seconds = "" if row.seconds is None else _duration(row.seconds)
    floor = "" if row.floor is None else _duration(row.floor)
    ratio = "" if row.ratio is None else f"{row.ratio:.2f}"
    exponent = "" if row.exponent is None else f"n^{row.exponent:.2f}"
    memory = ""
    if row.memory_peak is not None and row.memory_before is not None:
        memory = f"{row.memory_before >> 20} → {row.memory_peak >> 20} MiB"
    mark = "" if row.kept is None else (" ✓" if row.kept else " ✗ MISSED")
    return (
        f"| {row.subject} | {row.size} | {seconds} | {row.spread:.0%} | {floor} | {ratio} "
        f"| {exponent} | {memory} | {row.promise}{mark} |"
    )


def _duration(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.3g} ms"


def _memory(subject: str, size: str) -> tuple[int, int] | None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench", "--memory-of", subject, size],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    found = json.loads(done.stdout or "null")
    return tuple(found) if found else None


def _print_memory(name: str, size: str) -> None:
    subject = next(subject for subject in SUBJECTS if subject.name == name)
    with tempfile.TemporaryDirectory() as folder:
        task = subject.make(size, Path(folder))
        print(json.dumps(task and peak_memory(task.work)))


if __name__ == "__main__":
    main()
