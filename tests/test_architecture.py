"""The plan of the house holds: who may import whom, who owns which library, what lies at the top."""

from __future__ import annotations

import ast
import importlib.util
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = "zhenggai_desktop"

#: For each room of the package the rooms it may import besides itself. ``errors`` and ``texts`` are for all.
ROOMS: dict[str, set[str]] = {
    "domain": set(),
    "storage": {"domain"},
    "formats": {"domain"},
    "services": {"domain", "storage", "formats"},
    "cli": {"domain", "services", "settings", "paths", "logs", "temporary"},
    "paper": {"domain"},
    "gui": {"domain", "services", "paper", "settings", "paths", "logs", "temporary"},
    "__main__": {"cli", "gui", "services", "settings", "paths", "logs", "temporary"},
    "__init__": set(),
    "errors": set(),
    "durable": set(),
    "temporary": set(),
    "names": set(),
    "texts": {"domain"},
    "paths": {"temporary"},
    "settings": {"paths"},
    "logs": {"paths"},
}
FOR_ALL = {"durable", "errors", "names", "texts", "__init__"}

#: Libraries with the only rooms that may know them; any other library is nobody's until it is listed here.
OWNERS: dict[str, set[str]] = {
    "sqlite3": {"storage"},
    "sqlite_utils": {"storage"},
    "docx": {"formats"},
    "openpyxl": {"formats"},
    "lxml": {"formats"},
    "defusedxml": {"formats"},
    "pdfminer": {"formats"},
    "python_calamine": {"formats"},
    "pypinyin": {"services"},
    "pyzipper": {"formats"},
    "msoffcrypto": {"formats"},
    "PySide6": {"gui", "paper"},
    "shiboken6": {"gui", "paper"},
}

#: The program never speaks to a network, so nothing in it imports what could.
NETWORK = {"socket", "ssl", "http", "urllib.request", "ftplib", "smtplib", "xmlrpc", "socketserver", "asyncio"}

TOP_LEVEL = {"pyproject.toml", PACKAGE, "resources", "installer", "tests", "README.md"}


def modules(root: Path) -> list[Path]:
    return sorted((root / PACKAGE).rglob("*.py"))


def room_of(module: Path, root: Path) -> str:
    """The room in which a module stands: the first folder below the package, or the module's own name."""
    return module.relative_to(root / PACKAGE).parts[0].removesuffix(".py")


def imports(module: Path) -> Iterator[tuple[int, str]]:
    """Every import of a module with its line, wherever in the module it stands."""
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}:{node.lineno}: relative import"
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def breach(room: str, imported: str) -> str | None:
    """What is wrong with an import of ``imported`` in ``room``; None where nothing is."""
    top, *rest = imported.split(".")
    if top == PACKAGE:
        target = rest[0] if rest and rest[0] in ROOMS else "__init__"
        allowed = ROOMS[room] | FOR_ALL | {room}
        return None if target in allowed else f"{room} may not import {target}"
    if any(imported == name or imported.startswith(f"{name}.") for name in NETWORK):
        return f"{imported} could reach a network"
    if top in OWNERS:
        return None if room in OWNERS[top] else f"{top} belongs to {' and '.join(sorted(OWNERS[top]))}, not to {room}"
    return None if top in sys.stdlib_module_names else f"{top} is no library of this program"


def test_every_room_has_its_place_in_the_plan(root: Path) -> None:
    assert {room_of(module, root) for module in modules(root)} <= set(ROOMS)


def test_no_module_imports_what_its_room_may_not(root: Path) -> None:
    breaches = [
        f"{module.relative_to(root)}:{line}: {wrong}"
        for module in modules(root)
        for line, imported in imports(module)
        if (wrong := breach(room_of(module, root), imported))
    ]
    assert breaches == []


@pytest.mark.parametrize(
    ("room", "imported", "expected"),
    [
        ("domain", "zhenggai_desktop.storage.store", "domain may not import storage"),
        ("gui", "zhenggai_desktop.storage", "gui may not import storage"),
        ("services", "zhenggai_desktop.gui.app", "services may not import gui"),
        ("cli", "PySide6.QtCore", "PySide6 belongs to gui and paper, not to cli"),
        ("gui", "sqlite3", "sqlite3 belongs to storage, not to gui"),
        ("services", "docx.shared", "docx belongs to formats, not to services"),
        ("formats", "urllib.request.urlopen", "urllib.request.urlopen could reach a network"),
        ("domain", "requests", "requests is no library of this program"),
        ("domain", "zhenggai_desktop.errors.ZhenggaiError", None),
        ("formats", "urllib.parse", None),
        ("gui", "zhenggai_desktop.services.ledger.Ledger", None),
    ],
)
def test_the_check_sees_a_breach(room: str, imported: str, expected: str | None) -> None:
    assert breach(room, imported) == expected


def test_qt_has_no_network_module_in_the_window(root: Path) -> None:
    names = [name for module in modules(root) for _, name in imports(module)]
    assert [name for name in names if name.startswith(("PySide6.QtNetwork", "PySide6.QtWeb"))] == []


def test_the_top_level_holds_only_what_the_owner_fixed(root: Path) -> None:
    git = shutil.which("git")
    if git is None or not (root / ".git").exists():
        pytest.skip("no git here to say which files belong to the project")
    listed = subprocess.run(
        [git, "-c", "core.quotepath=off", "-c", "safe.directory=*", "ls-files"],
        cwd=root, capture_output=True, check=True, encoding="utf-8",
    ).stdout.splitlines()  # fmt: skip
    top = {name.split("/")[0] for name in listed}
    assert {name for name in top if not name.startswith(".")} - TOP_LEVEL == set()


def test_no_name_of_a_test_module_is_used_twice(root: Path) -> None:
    names = [path.name for path in (root / "tests").rglob("test_*.py")]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("command", [["check"], ["format", "--check"]], ids=["lint", "format"])
def test_ruff_has_nothing_to_say(root: Path, command: list[str]) -> None:
    if importlib.util.find_spec("ruff") is None:
        pytest.skip("ruff is not installed here")
    ruff = [sys.executable, "-m", "ruff", *command, "--no-cache", "--quiet", PACKAGE, "installer", "tests"]
    result = subprocess.run(ruff, cwd=root, capture_output=True, check=False, encoding="utf-8")
    assert result.returncode == 0, result.stdout + result.stderr


def test_pyright_has_nothing_to_say(root: Path) -> None:
    if importlib.util.find_spec("pyright") is None:
        pytest.skip("pyright is not installed here: it brings node along")
    pyright = [sys.executable, "-m", "pyright", "--pythonpath", sys.executable]
    result = subprocess.run(pyright, cwd=root, capture_output=True, check=False, encoding="utf-8")
    assert result.returncode == 0, result.stdout
