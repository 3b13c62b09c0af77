"""How the benchmark measures: runs in turn, medians with their spread, memory in a process of its own.

Ratios hold from machine to machine, seconds do not: whatever slows the machine down meets the work and its floor
alike, since they are run in turn.
"""

from __future__ import annotations

import math
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

Work = Callable[[], object]


@dataclass(frozen=True)
class Task:
    """A piece of work of one size, with its floor: the same result made by hand. ``units`` count what grows.

    Where the work ``waits`` for a disk or a process its seconds are those of the clock, else those of the processor:
    then other programs on the machine do not count.
    """

    work: Work
    floor: Work | None = None
    units: int = 0
    waits: bool = False


@dataclass(frozen=True)
class Promise:
    """What the product promises of a work: at most so many times its floor, or at most so many seconds."""

    ratio: float | None = None
    seconds: float | None = None
    sizes: str = "TDX"


@dataclass(frozen=True)
class Timing:
    """Seconds of several runs."""

    runs: tuple[float, ...]

    @property
    def median(self) -> float:
        return statistics.median(self.runs)

    @property
    def spread(self) -> float:
        """Half the distance of the quartiles, as a share of the median; 0 for a single run."""
        if len(self.runs) < 2:
            return 0.0
        lower, _, upper = statistics.quantiles(self.runs, n=4)
        return (upper - lower) / 2 / self.median


def in_turn(task: Task, runs: int) -> tuple[Timing, Timing | None]:
    """Time the work and its floor in turn, after one run of each that nobody counts; a single run has none before it:
    what is run but once takes so long that nothing is gained by warming up."""
    clock = time.perf_counter if task.waits else time.process_time
    works = [task.work] if task.floor is None else [task.work, task.floor]
    taken: list[list[float]] = [[] for _ in works]
    for round_ in range(0 if runs > 1 else 1, runs + 1):
        for work, times in zip(works, taken, strict=True):
            start = clock()
            result = work()
            spent = clock() - start
            del result
            if round_:
                times.append(spent)
    timings = [Timing(tuple(times)) for times in taken]
    return timings[0], timings[1] if len(timings) > 1 else None


def growth(smaller: tuple[int, float], larger: tuple[int, float]) -> float:
    """The exponent with which (units, seconds) grow: 1 is linear, 2 quadratic."""
    return math.log(larger[1] / smaller[1]) / math.log(larger[0] / smaller[0])


def peak_memory(work: Work) -> tuple[int, int] | None:
    """Bytes of this process before the work, and the most while it ran; None where the system does not say."""
    before = memory_now()
    if not before:
        return None
    result = work()
    del result
    return before, peak_since_forgotten(before)


def memory_now() -> int:
    """Bytes of this process; its peak so far is forgotten. 0 where the system does not say."""
    try:
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # forget the peak so far (proc(5))
        return _status("VmRSS")
    except OSError:
        return 0


def peak_since_forgotten(before: int) -> int:
    """The most bytes since ``memory_now`` gave ``before``; 0 where it gave 0."""
    return _status("VmHWM") if before else 0


def _status(name: str) -> int:
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(f"{name}:"))
