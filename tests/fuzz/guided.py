"""``python -m tests.fuzz.guided READER [--seconds N] [--keep FOLDER]``: broken files led by what code they reach.

Needs ``atheris`` (for Linux and macOS; not among the packages of the checkout): a file that reaches new lines of the
product is kept and broken further, half of the time as structure (``mutating``), half of the time as bytes. Ends at
the first exception that is no sentence, at a file over five seconds and at half a gigabyte, with the file that did it.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from random import Random
from typing import Any

import atheris  # pyright: ignore[reportMissingImports]

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

guide: Any = atheris
with guide.instrument_imports(include=["zhenggai_desktop"]):
    from tests.fuzz.mutating import mutated
    from tests.fuzz.readers import READERS, Reader
    from tests.fuzz.running import MOST_BYTES, MOST_SECONDS, found_name, tried

_LONGEST_FILE = 200_000  # bytes


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.guided", description=__doc__)
    parser.add_argument("reader", choices=[reader.name for reader in READERS])
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, default=Path(tempfile.gettempdir()))
    options = parser.parse_args()
    reader = next(reader for reader in READERS if reader.name == options.reader)
    good = reader.good()
    with tempfile.TemporaryDirectory(prefix="guided-") as corpus:
        for name, data in good.items():
            if len(data) <= _LONGEST_FILE:
                (Path(corpus) / name).write_bytes(data)
        guide.Setup(
            [
                sys.argv[0], corpus, f"-max_total_time={options.seconds}", f"-seed={options.seed}",
                f"-max_len={_LONGEST_FILE}", f"-timeout={round(MOST_SECONDS * 6)}",
                f"-rss_limit_mb={4 * MOST_BYTES >> 20}",
                f"-artifact_prefix={options.keep}/", "-print_final_stats=1",
            ],
            lambda data: _try(reader, next(iter(good)), data, options.keep),
            custom_mutator=_broken,
        )  # fmt: skip
        guide.Fuzz()


def _try(reader: Reader, name: str, data: bytes, keep: Path) -> None:
    problem = tried(reader, name, data).problem
    if problem:
        (keep / found_name(name, data)).write_bytes(data)
        raise AssertionError(f"{reader.name}: {problem}")


def _broken(data: bytes, most: int, seed: int) -> bytes:
    random = Random(seed)
    if random.random() < 0.5:
        return mutated(data, random)[:most]
    return guide.Mutate(data, most)


if __name__ == "__main__":
    main()
