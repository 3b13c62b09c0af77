# pyright: basic
"""A worker started, ended and looked after: what the tests of faults share."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from forking import Worker

from zhenggai_desktop.services import backups
from zhenggai_desktop.services.ledger import Ledger

HERE = Path(__file__).parent
_TOLD = re.compile(r"(?:step|evidence|backup|export|import|merge|migration) (\d+)")
_LONGEST = 60.0  # seconds that a worker may take to get ready


@dataclass(frozen=True, slots=True)
class Run:
    """What a worker said before its end."""

    said: list[str]
    errors: str

    @property
    def last(self) -> int:
        """The number of the last thing that it was told saved; 0 for none."""
        numbers = [int(found[1]) for line in self.said if (found := _TOLD.fullmatch(line))]
        return max(numbers, default=0)


def started(scene: str, folder: Path, home: Path, **environment: str) -> subprocess.Popen[str]:
    paths = os.pathsep.join(str(path) for path in (HERE.parents[1], HERE.parent))
    return subprocess.Popen(
        [sys.executable, str(HERE / "worker.py"), scene, str(folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": paths, "ZHENGGAI_HOME": str(home), **environment},
    )


def run(
    scene: str, folder: Path, home: Path, seconds: float, *, at_ready: Callable[[], object] = int,
    first: bool = False, **environment: str,
) -> Run:  # fmt: skip
    """Let a worker do its work for some time after it is ready, then kill it; what ends before is not killed.

    With ``first`` the time begins when the first thing was told saved.
    """
    process = Worker(scene, folder, {**environment, "ZHENGGAI_HOME": str(home)})
    said = _until(process, lambda line: line == "ready")
    at_ready()
    if first:
        said += _until(process, lambda line: _TOLD.fullmatch(line) is not None)
    watch = threading.Timer(seconds, process.kill)
    watch.start()
    out, errors = process.communicate()
    watch.cancel()
    return Run([*said, *out.splitlines()], errors)


def _until(process: Worker, is_it: Callable[[str], bool]) -> list[str]:
    """What a worker says up to this line, or to its end; it is killed where it takes too long."""
    watch = threading.Timer(_LONGEST, process.kill)
    watch.start()
    said: list[str] = []
    while line := process.stdout.readline():
        said.append(line.strip())
        if is_it(said[-1]):
            break
    watch.cancel()
    return said


def look(scene: str, folder: Path, done: Run, where: str) -> None:
    """Raise where something acknowledged is not there, or something is there by half."""
    scene = scene.removeprefix("window ")
    root = folder / "备份"
    for path in sorted(folder.glob("*.zgtz")):
        with Ledger.open(path, backups=root) as ledger:
            refuse_findings(path, ledger, where)
            issues, sections = ledger.snapshot.issues, ledger.snapshot.sections
            if path.name == "台账.zgtz" and scene in {"edits", "merges"}:
                counted = _number(issues[0].title)
                assert done.last <= counted <= done.last + 1, f"{where}: {counted} for {done.last}"
                assert counted == _number(sections[0].note), where
            if path.name == "台账.zgtz" and scene == "evidence":
                assert done.last <= len(ledger.snapshot.evidence) <= done.last + 1, where
            if scene == "imports" and path.name.startswith("新"):
                full = bool(ledger.snapshot.issues)
                assert full or int(path.stem[1:]) == done.last + 1, where
    if scene in {"imports", "migrations"}:
        kind = "新" if scene == "imports" else "旧"
        assert all((folder / f"{kind}{number}.zgtz").exists() for number in range(1, done.last + 1)), where
    if scene == "backups":
        kept = backups.listed(folder / "台账.zgtz", root)
        assert done.last == 0 or kept[0].number >= done.last, where
    for path in [*root.glob("*/*.zgtz")]:
        looked = Path(shutil.copy(path, folder / "旧备份.zgtz"))
        with Ledger.open(looked, backups=folder / "别处") as backup:  # an upgrade here must thin nothing out there
            refuse_findings(looked, backup, where)
        looked.unlink()
    for path in (folder / "表.xlsx", folder / "通报.docx"):
        if path.exists():
            with zipfile.ZipFile(path) as package:
                assert package.testzip() is None, where
    named = (".tmp", ".new", ".lock", ".zgtz", ".txt", ".xlsx", ".docx", ".json")
    strays = [path.name for path in folder.iterdir() if path.is_file() and not path.name.endswith(named)]
    assert not [name for name in strays if not name.startswith(".")], f"{where}: {strays}"


def refuse_findings(path: Path, ledger: Ledger, where: str) -> None:
    """A backup and the kept old format have their evidence elsewhere, and what their office chose is made up; else
    nothing may be found."""
    found = tuple(one for one in ledger.check() if one.code != "settings")
    if path.name.startswith("旧"):
        found = tuple(one for one in found if one.code != "evidence_missing")
    assert found == (), where


def _number(words: str) -> int:
    digits = words.removeprefix("第").removesuffix("步").removesuffix("次")
    return int(digits) if digits.isdecimal() else 0


def copied(prepared: Path, folder: Path) -> Path:
    return Path(shutil.copytree(prepared, folder))
