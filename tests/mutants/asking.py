"""A pytest plugin that asks the collected tests about one fault after the other, each in a process of its own.

First all tests run once without a fault, to learn which places each of them reaches and how long it takes. Then each
fault is asked of the tests that reach its place, the quickest first, until one fails.
"""

from __future__ import annotations

import functools
import gc
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn

import pytest
from _pytest.runner import runtestprotocol

from tests.mutants import switch
from tests.mutants.faults import Place

_SECONDS = 40.0  # of tests that are asked about one fault, as they took without it
_SLOWER = 8  # how much longer a fault may make them before it counts as endless
_MEMORY = 6 << 30
_SURVIVED = b"survived"
_QUIETLY = ("-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-m", "not full")


class Asking:
    """Instead of running the tests: ask them about the faults of ``chosen`` and print what became of each."""

    def __init__(self, places: Sequence[Place], chosen: Sequence[Place]) -> None:
        self._module_of = {place.number: place.module for place in places}
        self._chosen = chosen
        self._caches: list[functools._lru_cache_wrapper[object]] = []

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self._caches = [each for each in gc.get_objects() if isinstance(each, functools._lru_cache_wrapper)]
        gc.collect()
        gc.freeze()
        by_place, by_module = self._tests_by_place(session.items)
        for place in self._chosen:
            tests = (by_module.get(place.module) if place.loading else by_place.get(place.number)) or []
            if place.loading:
                found = _found_anew(place, tests)
            else:
                survives = functools.partial(self._survives, place, tests)
                found = bool(tests) and _forked(survives, _SECONDS * _SLOWER) != _SURVIVED
            result = "killed  " if found else "SURVIVED"
            print(f"{result} {place.module}:{place.line}  {place.words}  ({len(tests)} tests)", flush=True)
        return True

    def _tests_by_place(
        self, items: Sequence[pytest.Item]
    ) -> tuple[dict[int, list[pytest.Item]], dict[str, list[pytest.Item]]]:
        """The tests that reach each place, and each module, the quickest first, as many as there is time for."""
        recorded = json.loads(_forked(functools.partial(self._record, items), 3600.0))
        by_place: dict[int, list[pytest.Item]] = {}
        by_module: dict[str, list[pytest.Item]] = {}
        spent: dict[int | str, float] = {}
        for seconds, at, places in sorted(recorded):
            for place in places:
                _append(by_place, place, items[at], seconds, spent)
            for module in {self._module_of[place] for place in places}:
                _append(by_module, module, items[at], seconds, spent)
        return by_place, by_module

    def _record(self, items: Sequence[pytest.Item]) -> bytes:
        switch.recording = True
        found: list[tuple[float, int, list[int]]] = []
        for at, item in enumerate(items):
            self._forget()
            switch.reached.clear()
            start = time.process_time()
            if _passes(item, items[at + 1 : at + 2]):
                found.append((time.process_time() - start, at, sorted(switch.reached)))
            else:
                print(f"fails without a fault: {item.nodeid}", file=sys.stderr)
        return json.dumps(found).encode()

    def _survives(self, place: Place, tests: Sequence[pytest.Item]) -> bytes:
        switch.switch(place.number)
        self._forget()
        return _SURVIVED if all(_passes(each, tests[at : at + 1]) for at, each in enumerate(tests, 1)) else b""

    def _forget(self) -> None:
        """What was remembered without the fault would hide it."""
        for cache in self._caches:
            cache.cache_clear()


def _append(
    tests: dict[Any, list[pytest.Item]],
    key: int | str,
    item: pytest.Item,
    seconds: float,
    spent: dict[int | str, float],
) -> None:
    spent[key] = spent.get(key, 0.0) + seconds
    if spent[key] <= _SECONDS or key not in tests:
        tests.setdefault(key, []).append(item)


def _found_anew(place: Place, tests: Sequence[pytest.Item]) -> bool:
    """True where one of the tests fails in a process that loads the module with the fault on."""
    asked = Path(tempfile.mkdtemp(prefix="asked-"), "asked.txt")  # too many and too odd for a command line
    asked.write_text("\n".join(test.nodeid for test in tests), "utf-8")
    environment = {**os.environ, switch.VARIABLE: str(place.number)}
    command = [sys.executable, "-m", "pytest", *_QUIETLY, "-x", f"@{asked}"]
    result = subprocess.run(command, env=environment, check=False, capture_output=True, timeout=3600)
    shutil.rmtree(asked.parent)
    return bool(tests) and result.returncode != 0


def _passes(item: pytest.Item, following: Sequence[pytest.Item]) -> bool:
    reports = runtestprotocol(item, log=False, nextitem=following[0] if following else None)
    return not any(report.failed for report in reports)


def _forked(act: Callable[[], bytes], longest: float) -> bytes:
    """What ``act`` returns in a process of its own; b"" where it did not come to its end in so many seconds."""
    reading, writing = os.pipe()
    folder = tempfile.mkdtemp(prefix="asked-")
    child = os.fork()
    if not child:
        os.close(reading)
        _act(act, writing, folder, longest)
    os.close(writing)
    with os.fdopen(reading, "rb") as answer:
        told = answer.read()
    os.waitpid(child, 0)
    shutil.rmtree(folder, ignore_errors=True)
    return told


def _act(act: Callable[[], bytes], writing: int, folder: str, longest: float) -> NoReturn:
    """In the child: quiet, with limits, with a folder of its own for what tests write, and gone afterwards."""
    try:
        tempfile.tempdir = folder
        os.environ["PYTEST_DEBUG_TEMPROOT"] = folder
        resource.setrlimit(resource.RLIMIT_CPU, (int(longest), int(longest)))
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        signal.alarm(int(4 * longest))
        silent = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silent, 1)
        with os.fdopen(writing, "wb") as answer:
            answer.write(act())
    finally:
        os._exit(0)


def main() -> int:
    """``python -m tests.mutants.asking PLACES CHOSEN TEST…`` in an instrumented copy."""
    places = [Place(*fields) for fields in json.loads(Path(sys.argv[1]).read_text("utf-8"))]
    chosen = set(json.loads(Path(sys.argv[2]).read_text("utf-8")))
    asking = Asking(places, [place for place in places if place.number in chosen])
    pytest.main([*_QUIETLY, *sys.argv[3:]], plugins=[asking])
    return 0


if __name__ == "__main__":
    sys.exit(main())
