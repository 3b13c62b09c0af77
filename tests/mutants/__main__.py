"""``python -m tests.mutants [--sites N] [--seed S] [PART…]``: how many faults in the rules do the tests find?

One fault at a time is put into a module of ``domain/`` or ``storage/`` in a copy of the checkout, and the tests that
reach its place are asked. Prints each fault with what became of it, those that nobody found to be looked at, and the
share that was found. A PART is a folder, a module (``domain/rollup.py``) or a line of one (``domain/rollup.py:123``);
with ``--tests`` only some tests are asked. Not collected by pytest: the tests run once slowly, then each fault takes
a second or two, one that nobody finds up to a minute.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import astuple
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT)]

from tests.mutants.faults import Place, instrumented  # noqa: E402

PARTS = ("domain", "storage")
TESTS = ("tests/domain", "tests/storage", "tests/services", "tests/formats", "tests/cli")
_LEFT_OUT = shutil.ignore_patterns(".git", ".venv", "dist", "build", "__pycache__", ".hypothesis")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", default=PARTS)
    parser.add_argument("--sites", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--tests", nargs="+", default=TESTS)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        checkout = Path(folder, "checkout")
        shutil.copytree(ROOT, checkout, ignore=_LEFT_OUT)
        places = _instrument(checkout, options.parts)
        wanted = [place for place in places if _is_wanted(place, options.parts)]
        chosen = random.Random(options.seed).sample(wanted, min(options.sites, len(wanted)))
        print(f"{len(wanted)} places, {len(chosen)} of them tried, seed {options.seed}", flush=True)
        return _ask(checkout, places, chosen, options.tests)


def _instrument(checkout: Path, parts: Sequence[str]) -> list[Place]:
    """Rewrite the modules of these parts in the copy; all their places, numbered through."""
    package = checkout / "zhenggai_desktop"
    named = [package / part.partition(":")[0] for part in parts]
    modules = {module for path in named for module in ([path] if path.suffix else path.rglob("*.py"))}
    places: list[Place] = []
    for module in sorted(modules):
        source, found = instrumented(module.read_text("utf-8"), module.relative_to(package).as_posix(), len(places) + 1)
        module.write_text(source, "utf-8")
        places += found
    return places


def _is_wanted(place: Place, parts: Sequence[str]) -> bool:
    lines = {int(line) for name, _, line in (part.partition(":") for part in parts) if name == place.module and line}
    return not lines or place.line in lines


def _ask(checkout: Path, places: Sequence[Place], chosen: Sequence[Place], tests: Sequence[str]) -> int:
    """Let the tests in the copy be asked, print what they say and the share that was found."""
    for name, told in (("places", [astuple(place) for place in places]), ("chosen", [each.number for each in chosen])):
        (checkout / f"{name}.json").write_text(json.dumps(told), "utf-8")
    command = [sys.executable, "-m", "tests.mutants.asking", "places.json", "chosen.json", *tests]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONDONTWRITEBYTECODE": "1"}
    killed = 0
    with subprocess.Popen(command, cwd=checkout, env=environment, stdout=subprocess.PIPE, encoding="utf-8") as asking:
        assert asking.stdout is not None
        for line in asking.stdout:
            killed += line.startswith("killed")
            if line.startswith(("killed", "SURVIVED")):
                print(line, end="", flush=True)
    print(f"killed {killed} of {len(chosen)} = {100 * killed / max(len(chosen), 1):.0f} %")
    return asking.returncode


if __name__ == "__main__":
    raise SystemExit(main())
