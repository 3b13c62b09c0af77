"""``python tests/mutants.py [--sites N] [--seed S] [--reached RUN] [PART…]``: how many faults in the rules are found?

One fault at a time is put into a module of ``domain/`` or ``storage/`` (a comparison turned, “and” for “or”, a number
off by one, a condition denied, a result dropped), in a copy of the checkout; then the tests that speak of the module
run, and where they find nothing those that speak of a module that uses it, the nearest first. ``--reached`` names a
recorded run (``reached_lines``): then the tests that reach the line are asked, all of them, the quickest first; only
what runs while a module is loaded still asks by name. Prints each mutant that nothing killed, to be looked at, and the
share that was killed. A PART is a folder, a module (``domain/rollup.py``) or a line of one (``domain/rollup.py:123``).
Not collected by pytest: it takes the better part of an hour.
"""

from __future__ import annotations

import argparse
import ast
import copy
import functools
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from reached_lines import ReachedLines

ROOT = Path(__file__).resolve().parent.parent
PARTS = ("domain", "storage")
ALL_RULES = ("tests/domain", "tests/storage", "tests/services", "tests/cli")
_LONGEST = 240  # seconds of the processor for one run of tests; an endless loop is a mutant that was found
_MOST_TESTS = 16  # modules of tests that are asked about what a module's own tests did not find
_FIRST_ASKED = 3  # tests of each test module that reach the line, before all others that do
_ALL_ASKED = 100.0  # seconds that those others took in the recorded run, at most
_TURNED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip


@dataclass(frozen=True)
class Site:
    """A place in a module at which something can be made wrong: the node's number in the order of walking."""

    module: Path
    at: int
    line: int
    last_line: int  # of what is made wrong; a condition's own, not its body's
    statement: int  # the line on which the statement begins
    words: str


def sites_of(module: Path) -> Iterator[Site]:
    """All places of a module, in order."""
    tree = ast.parse(module.read_text("utf-8"))
    types = {id(node) for owner in ast.walk(tree) for node in _annotations(owner)}
    begins = {id(part): node.lineno for node in ast.walk(tree) if isinstance(node, ast.stmt) for part in ast.walk(node)}
    for at, node in enumerate(ast.walk(tree)):
        if id(node) not in types and (words := _fault(node)):
            assert isinstance(node, ast.expr | ast.stmt)
            last = node.lineno if isinstance(node, ast.If) else node.end_lineno or node.lineno
            yield Site(module, at, node.lineno, last, begins[id(node)], words)


def with_fault(site: Site) -> str:
    """The module's source with the fault of ``site`` in it."""
    tree = ast.parse(site.module.read_text("utf-8"))
    node = next(node for at, node in enumerate(ast.walk(tree)) if at == site.at)
    _make_wrong(node)
    return ast.unparse(ast.fix_missing_locations(tree))


def _annotations(owner: ast.AST) -> Iterator[ast.AST]:
    """What is only written for readers: types, and texts that stand alone."""
    for name in ("annotation", "returns"):
        part = getattr(owner, name, None)
        if part is not None:
            yield from ast.walk(part)
    if isinstance(owner, ast.Expr) and isinstance(owner.value, ast.Constant):
        yield owner.value
    if isinstance(owner, ast.If) and isinstance(owner.test, ast.Name) and owner.test.id == "TYPE_CHECKING":
        yield owner
    if isinstance(owner, ast.Assert):
        yield from ast.walk(owner)


def _fault(node: ast.AST) -> str:
    """What would be made wrong, in words; "" where nothing can."""
    if isinstance(node, ast.Compare) and type(node.ops[0]) in _TURNED:
        return f"{type(node.ops[0]).__name__} → {_TURNED[type(node.ops[0])].__name__}"
    if isinstance(node, ast.BoolOp):
        return "and → or" if isinstance(node.op, ast.And) else "or → and"
    if isinstance(node, ast.Constant) and type(node.value) is int:
        return f"{node.value} → {node.value + 1}"
    if isinstance(node, ast.If):
        return "if → if not"
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub):
        return "+ → -" if isinstance(node.op, ast.Add) else "- → +"
    if isinstance(node, ast.Return) and node.value is not None and not isinstance(node.value, ast.Constant):
        return "return → return None"
    return ""


def _make_wrong(node: ast.AST) -> None:
    if isinstance(node, ast.Compare):
        node.ops[0] = _TURNED[type(node.ops[0])]()
    elif isinstance(node, ast.BoolOp):
        node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
    elif isinstance(node, ast.Constant):
        assert isinstance(node.value, int)
        node.value = node.value + 1
    elif isinstance(node, ast.If):
        node.test = ast.UnaryOp(ast.Not(), copy.deepcopy(node.test))
    elif isinstance(node, ast.BinOp):
        node.op = ast.Sub() if isinstance(node.op, ast.Add) else ast.Add()
    elif isinstance(node, ast.Return):
        node.value = ast.Constant(None)


def tests_reaching(checkout: Path, reached: ReachedLines, site: Site) -> list[list[str]]:
    """All tests that ran the line: a few of each test module first, then the others as far as there is time."""
    module = str(site.module.relative_to(checkout))
    tests = reached.tests_of(module, range(site.line, site.last_line + 1)) or reached.tests_of(module, [site.statement])
    asked: dict[str, int] = {}
    first: list[str] = []
    for test in tests:
        of_module = test.partition("::")[0]
        asked[of_module] = asked.get(of_module, 0) + 1
        if asked[of_module] <= _FIRST_ASKED:
            first.append(test)
    left = reached.within(_ALL_ASKED, [test for test in tests if test not in set(first)])
    return [first, left]


def tests_about(checkout: Path, module: Path) -> list[list[str]]:
    """Test modules that use the module or are its neighbour of the same name; then the nearest of those that use it
    through others. Small ones come first."""
    graph = _uses(checkout)
    distance, ring = {module: 0}, {module}
    while ring:
        ring = {path for path, used in graph.items() if path not in distance and used & ring}
        steps = max(distance.values()) + 1
        distance.update(dict.fromkeys(ring, steps))
    tests = [path for path in graph if path.stem.startswith("test_") and (path in distance or module.stem in path.stem)]
    tests.sort(key=lambda path: (module.stem not in path.stem, distance.get(path, 0), path.stat().st_size))
    near = [path for path in tests if distance.get(path, 0) < 2 or module.stem in path.stem]
    far = [path for path in tests if path not in near][:_MOST_TESTS]
    return [[str(path.relative_to(checkout)) for path in paths] for paths in (near, far)]


@functools.lru_cache(maxsize=1)
def _uses(checkout: Path) -> dict[Path, set[Path]]:
    """Which modules each module of the product and each test of the rules imports, late or early."""
    paths = [path for part in ("zhenggai_desktop", *ALL_RULES) for path in sorted((checkout / part).rglob("*.py"))]
    by_name = {".".join(path.relative_to(checkout).with_suffix("").parts): path for path in paths}
    by_name |= {name.removesuffix(".__init__"): path for name, path in by_name.items()}
    by_name |= {path.stem: path for path in paths if "zhenggai_desktop" not in path.relative_to(checkout).parts}
    found: dict[Path, set[Path]] = {}
    for path in paths:
        names: set[str] = set()
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
        found[path] = {by_name[name] for name in names if name in by_name} - {path}
    return found


def is_found(checkout: Path, tests: list[str]) -> bool:
    """True where one of these tests fails."""
    if not tests:
        return False
    asked = checkout / "asked.txt"  # names of tests may be too many and too odd for a command line
    asked.write_text("\n".join(tests), "utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "-m", "not full", f"@{asked}"]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONDONTWRITEBYTECODE": "1"}
    result = subprocess.run(
        command,
        cwd=checkout,
        env=environment,
        check=False,
        capture_output=True,
        preexec_fn=_limit,
    )
    return result.returncode != 0


def _limit() -> None:
    """The processor's time, not the clock's: a busy machine kills no mutant."""
    resource.setrlimit(resource.RLIMIT_CPU, (_LONGEST, _LONGEST))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", default=PARTS)
    parser.add_argument("--sites", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--reached", type=Path, metavar="RUN")
    options = parser.parse_args()
    reached = ReachedLines(options.reached) if options.reached else None
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        checkout = Path(folder, "checkout")
        ignored = shutil.ignore_patterns(".git", ".venv", "dist", "build", "__pycache__", ".hypothesis")
        shutil.copytree(ROOT, checkout, ignore=ignored)
        sites = [site for part in options.parts for site in _sites_in(checkout / "zhenggai_desktop", part)]
        chosen = random.Random(options.seed).sample(sites, min(options.sites, len(sites)))
        print(f"{len(sites)} places, {len(chosen)} of them tried, seed {options.seed}", flush=True)
        survived = [site for site in chosen if not _killed(checkout, reached, site)]
    killed = len(chosen) - len(survived)
    print(f"killed {killed} of {len(chosen)} = {100 * killed / max(len(chosen), 1):.0f} %")
    return 0


def _sites_in(package: Path, part: str) -> list[Site]:
    name, _, line = part.partition(":")
    modules = [package / name] if name.endswith(".py") else sorted((package / name).rglob("*.py"))
    return [site for module in modules for site in sites_of(module) if not line or site.line == int(line)]


def _killed(checkout: Path, reached: ReachedLines | None, site: Site) -> bool:
    asked = tests_reaching(checkout, reached, site) if reached else []
    if not any(asked):
        asked = tests_about(checkout, site.module)
    before = site.module.read_text("utf-8")
    site.module.write_text(with_fault(site), "utf-8")
    try:
        found = any(is_found(checkout, tests) for tests in asked)
    finally:
        site.module.write_text(before, "utf-8")
    place = f"{site.module.relative_to(checkout)}:{site.line}"
    print(f"{'killed  ' if found else 'SURVIVED'} {place}  {site.words}", flush=True)
    return found


if __name__ == "__main__":
    sys.exit(main())
