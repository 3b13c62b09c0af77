"""Which tests reach which line of the rules, as one recorded run of the tests tells.

The run is made once, in a checkout without the samples, with the ``coverage`` and ``pytest-cov`` packages, which
nothing else here needs:

    pytest -m "not full" --junitxml=RUN/times.xml --cov=zhenggai_desktop --cov-context=test --cov-report= …
    mv .coverage RUN/lines.db
"""

from __future__ import annotations

import sqlite3
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from pathlib import Path


class ReachedLines:
    """What a folder with ``lines.db`` (lines by test) and ``times.xml`` (seconds by test) knows."""

    def __init__(self, folder: Path) -> None:
        self._base = sqlite3.connect(f"file:{folder / 'lines.db'}?mode=ro", uri=True)
        self._times = dict(_times(folder / "times.xml"))

    def tests_of(self, module: str, lines: Iterable[int]) -> list[str]:
        """The tests that run one of these lines of ``module`` (its path from the root), the quickest first."""
        wanted = set(lines)
        rows = self._base.execute(
            "select context, numbits from line_bits join context on context.id = context_id"
            " join file on file.id = file_id where path like ?",
            (f"%/{module}",),
        )
        tests = {context.rpartition("|")[0] for context, bits in rows if context and _has_one(bits, wanted)}
        return sorted(tests & self._times.keys(), key=lambda test: (self._times[test], test))

    def within(self, seconds: float, tests: Iterable[str]) -> list[str]:
        """The first of ``tests`` that together took no longer than this."""
        chosen: list[str] = []
        for test in tests:
            seconds -= self._times[test]
            if seconds < 0:
                break
            chosen.append(test)
        return chosen


def _has_one(bits: bytes, lines: set[int]) -> bool:
    """Bit n of the blob, the lowest of its first byte being 0, tells of line n."""
    return any(line >> 3 < len(bits) and bits[line >> 3] >> (line & 7) & 1 for line in lines)


def _times(report: Path) -> Iterable[tuple[str, float]]:
    for case in ET.parse(report).iter("testcase"):
        yield f"{case.get('classname', '').replace('.', '/')}.py::{case.get('name')}", float(case.get("time", "0"))
