"""``python -m tests.fuzz [READER …] [--minutes N] [--start SEED] [--keep FOLDER]``: broken files until the time is up.

A table says for each reader how many files were read, refused and mistaken, the longest time and the most memory.
Each mistake is printed once with its seed, and its file is kept where ``--keep`` says. Minutes are the processor's: a
busy machine makes no hour shorter. Whoever is ended before tells what was read until then.
"""

from __future__ import annotations

import argparse
import gzip
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from tests.fuzz.readers import READERS, Reader  # noqa: E402
from tests.fuzz.running import a_file, found_name, settle, tried  # noqa: E402

_PACKED_FROM = 20_000  # bytes
_ENDED: list[bool] = []  # somebody does not want to wait any longer
HEAD = "| reader | minutes | files | read | refused | mistakes | longest | most memory |\n|" + " --- |" * 8


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("readers", nargs="*", metavar="READER", help="、".join(reader.name for reader in READERS))
    parser.add_argument("--minutes", type=float, default=1.0, help="for each reader")
    parser.add_argument("--start", type=int, default=0, metavar="SEED")
    parser.add_argument("--strict", action="store_true", help="what takes too long or too much is a mistake too")
    parser.add_argument("--keep", type=Path, metavar="FOLDER")
    options = parser.parse_args(arguments)
    signal.signal(signal.SIGTERM, lambda *_: _ENDED.append(True))
    print(HEAD, flush=True)
    mistakes = 0
    for reader in READERS:
        if not _ENDED and (reader.name in options.readers or not options.readers):
            bugs, large = _run(reader, options.minutes * 60, options.start, options.keep)
            mistakes += bugs + (large if options.strict else 0)
    return 1 if mistakes else 0


def _spent() -> float:
    """Seconds of processor so far, those of ended children with them: old workbooks are read by one."""
    return sum(os.times()[:4])


def _run(reader: Reader, seconds: float, seed: int, keep: Path | None) -> tuple[int, int]:
    """How many files were mistaken, and how many took too long or too much: that may be a busy machine's."""
    begun = _spent()
    files = refused = bugs = 0
    longest, most = 0.0, 0
    known: dict[str, int] = {}
    while _spent() - begun < seconds and not _ENDED:
        name, data = a_file(reader, seed)
        outcome = tried(reader, name, data)
        files += 1
        refused += bool(outcome.refused and not outcome.problem)
        bugs += bool(outcome.bug)
        longest, most = max(longest, outcome.seconds), max(most, outcome.peak)
        if outcome.problem:
            kind = outcome.problem.split(": ", 1)[0]
            known[kind] = known.get(kind, 0) + 1
            if known[kind] == 1:
                print(f"{reader.name} seed {seed}: {outcome.problem}", file=sys.stderr, flush=True)
                if keep is not None:
                    (keep / reader.name).mkdir(parents=True, exist_ok=True)
                    packed = len(data) > _PACKED_FROM
                    kept = keep / reader.name / (found_name(name, data) + (".gz" if packed else ""))
                    kept.write_bytes(gzip.compress(data, mtime=0) if packed else data)
        if files % 100 == 0:
            settle()
        seed += 1
    wrong = sum(known.values())
    minutes = (_spent() - begun) / 60
    print(
        f"| {reader.name} | {minutes:.1f} | {files} | {files - refused - wrong} | {refused} | {wrong} ({len(known)}) "
        f"| {longest:.2f} s | {most >> 20} MiB |",
        flush=True,
    )
    return bugs, wrong - bugs


if __name__ == "__main__":
    raise SystemExit(main())
