"""Runs a command under limits and writes what it used: ``limited_run.py REPORT LARGEST_FILE COMMAND…``; 0: no limit.

A process of its own stands between the test and the command, because a child starts with its parent's peak of memory.
"""

from __future__ import annotations

import json
import resource
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path


def main(report: str, largest: str, *command: str) -> int:
    done = subprocess.run(command, check=False, preexec_fn=_limit(int(largest)) if largest != "0" else None)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    values = {"seconds": used.ru_utime + used.ru_stime, "peak": used.ru_maxrss * 1024}
    Path(report).write_text(json.dumps(values), encoding="utf-8")
    return done.returncode


def _limit(largest: int) -> Callable[[], None]:
    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # the write itself shall fail, as it does on a full disk
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))

    return limit


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
