# pyright: basic
"""Nothing acknowledged is lost: the program is killed, its disk fails, its power is cut, at moments drawn by seeds.

After each the ledger opens and its check is clean, each step that was told saved is there and none is half there,
targets are whole, and what is left over bears a name that says so. The full run: ``ZHENGGAI_KILLS`` kills (2,000) and
``ZHENGGAI_FAULTS`` faults (500).
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from builders import a_ledger, a_tree
from power import play
from worker import SCENES

from zhenggai_desktop.services import backups
from zhenggai_desktop.services.ledger import Ledger

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system ends processes in other ways")

_HERE = Path(__file__).parent
_LONGEST = 60.0  # seconds that a worker may take to get ready
_FAULTS = ("eio", "enospc", "short")


@dataclass(frozen=True, slots=True)
class Run:
    """What a worker said before its end."""

    said: list[str]
    errors: str

    @property
    def last(self) -> int:
        """The number of the last thing that it was told saved; 0 for none."""
        numbers = [int(line.split()[1]) for line in self.said if line.split()[0] not in {"ready", "refused"}]
        return max(numbers, default=0)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with everything that the scenes work on."""
    folder = tmp_path_factory.mktemp("prepared")
    with a_ledger(folder, *a_tree(2, 6, 2)) as ledger:
        ledger.backup(folder / "副本.zgtz")
    (folder / "来源.txt").write_text("佐证材料。" * 20_000, "utf-8")
    root = _HERE.parents[1]
    shutil.copy(root / "resources" / "samples" / "示例整改通报.txt", folder / "通报.txt")
    shutil.copy(_HERE.parent / "storage" / "formats" / "format-1.zgtz", folder / "旧格式.zgtz")
    return folder


@pytest.fixture(scope="module")
def shim(tmp_path_factory: pytest.TempPathFactory) -> Path:
    compiler = shutil.which("gcc") or shutil.which("cc")
    if compiler is None or sys.platform != "linux":
        pytest.skip("no C compiler for Linux here: disk faults and power cuts are not tried")
    library = tmp_path_factory.mktemp("shim") / "shim.so"
    source = str(_HERE / "shim.c")
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-w", "-o", str(library), source, "-ldl"], check=True)
    return library


def started(scene: str, folder: Path, home: Path, **environment: str) -> subprocess.Popen[str]:
    paths = os.pathsep.join(str(path) for path in (_HERE.parents[1], _HERE.parent))
    return subprocess.Popen(
        [sys.executable, str(_HERE / "worker.py"), scene, str(folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": paths, "ZHENGGAI_HOME": str(home), **environment},
    )


def run(scene: str, folder: Path, home: Path, seconds: float, **environment: str) -> Run:
    """Let a worker do its work for some time after it is ready, then kill it; what ends before is not killed."""
    process = started(scene, folder, home, **environment)
    assert process.stdout is not None
    watch = threading.Timer(_LONGEST, process.kill)
    watch.start()
    said = [line.strip() for line in iter(process.stdout.readline, "ready\n") if line]
    watch.cancel()
    watch = threading.Timer(seconds, process.kill)
    watch.start()
    out, errors = process.communicate()
    watch.cancel()
    return Run([*said, *out.splitlines()], errors)


def look(scene: str, folder: Path, done: Run, where: str) -> None:
    """Raise where something acknowledged is not there, or something is there by half."""
    root = folder / "备份"
    for path in sorted(folder.glob("*.zgtz")):
        with Ledger.open(path, backups=root) as ledger:
            refuse_findings(path, ledger, where)
            issues, sections = ledger.snapshot.issues, ledger.snapshot.sections
            if path.name == "台账.zgtz" and scene in {"edits", "window", "merges"}:
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
    named = (".tmp", ".lock", ".zgtz", ".txt", ".xlsx", ".docx", ".json")
    strays = [path.name for path in folder.iterdir() if path.is_file() and not path.name.endswith(named)]
    assert not [name for name in strays if not name.startswith(".")], f"{where}: {strays}"


def refuse_findings(path: Path, ledger: Ledger, where: str) -> None:
    """A backup and the kept old format have their evidence elsewhere; else nothing may be found."""
    found = ledger.check()
    if path.name.startswith("旧"):
        found = tuple(one for one in found if one.code != "evidence_missing")
    assert found == (), where


def _number(words: str) -> int:
    digits = words.removeprefix("第").removesuffix("步").removesuffix("次")
    return int(digits) if digits.isdecimal() else 0


def copied(prepared: Path, folder: Path) -> Path:
    return Path(shutil.copytree(prepared, folder))


def kill_once(seed: int, prepared: Path, desk: Path) -> None:
    chance = random.Random(seed)
    scene = list(SCENES)[seed % len(SCENES)]
    folder, home = copied(prepared, desk / f"kill{seed}"), desk / "home"
    done = run(scene, folder, home, chance.uniform(0.0, 0.6))
    look(scene, folder, done, f"kill, seed {seed}, {scene}")
    shutil.rmtree(folder)


def fault_once(seed: int, prepared: Path, desk: Path, shim: Path) -> None:
    """Half of the faults are failing writes and syncs, half cuts of the power."""
    chance = random.Random(seed)
    scenes = [scene for scene in SCENES if scene != "window"]
    scene = scenes[seed % len(scenes)]
    folder, home = copied(prepared, desk / f"fault{seed}"), desk / "home"
    where = f"fault, seed {seed}, {scene}"
    loaded = {"LD_PRELOAD": str(shim), "FAULT_DIR": str(folder)}
    if seed // len(scenes) % 2:
        kind, at = chance.choice(_FAULTS), chance.randrange(1, 120)
        done = run(scene, folder, home, 0.6, **loaded, FAULT_KIND=kind, FAULT_AT=str(at))
        assert "Traceback" not in done.errors or "FAULT" in done.errors or "OSError" in done.errors, done.errors
        look(scene, folder, done, f"{where}, {kind} at {at}")
    else:
        log, before, after = desk / f"log{seed}", desk / f"before{seed}", desk / f"after{seed}"
        inodes = {path.stat().st_ino: path.relative_to(folder) for path in folder.rglob("*") if path.is_file()}
        shutil.copytree(folder, before)
        done = run(scene, folder, home, chance.uniform(0.1, 0.6), **loaded, FAULT_LOG=str(log))
        play(before, log, folder, after, chance, inodes)
        look(scene, after, done, f"{where}, power cut")
        for path in (before, after):
            shutil.rmtree(path)
        log.unlink(missing_ok=True)
    shutil.rmtree(folder)


@pytest.mark.parametrize("seed", range(len(SCENES)))
def test_a_kill_in_each_scene(seed: int, prepared: Path, tmp_path: Path) -> None:
    kill_once(seed, prepared, tmp_path)


@pytest.mark.parametrize("seed", range(0, 14, 2))  # cuts of the power first, then failing writes
def test_a_fault_in_each_scene(seed: int, prepared: Path, tmp_path: Path, shim: Path) -> None:
    fault_once(seed, prepared, tmp_path, shim)


@pytest.mark.full
def test_many_kills(prepared: Path, tmp_path: Path) -> None:
    first, count = int(os.environ.get("ZHENGGAI_SEED", "10000")), int(os.environ.get("ZHENGGAI_KILLS", "2000"))
    print(f"{count} kills from seed {first}")
    for seed in range(first, first + count):
        kill_once(seed, prepared, tmp_path)


@pytest.mark.full
def test_many_faults(prepared: Path, tmp_path: Path, shim: Path) -> None:
    first, count = int(os.environ.get("ZHENGGAI_SEED", "10000")), int(os.environ.get("ZHENGGAI_FAULTS", "500"))
    print(f"{count} faults from seed {first}")
    for seed in range(first, first + count):
        fault_once(seed, prepared, tmp_path, shim)
