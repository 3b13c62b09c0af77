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
from collections.abc import Callable
from pathlib import Path

import pytest
from harness import copied, look, run
from power import play
from worker import SCENES

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system ends processes in other ways")

_FAULTS = ("eio", "enospc", "short")


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
    scenes = list(SCENES)
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


@pytest.mark.parametrize("seed", [at + at % 2 * len(SCENES) for at in range(len(SCENES))])  # cuts and failing writes
def test_a_fault_in_each_scene(seed: int, prepared: Path, tmp_path: Path, shim: Path) -> None:
    fault_once(seed, prepared, tmp_path, shim)


@pytest.mark.full
def test_many_kills(prepared: Path, tmp_path: Path) -> None:
    many("KILLS", 2000, lambda seed: kill_once(seed, prepared, tmp_path))


@pytest.mark.full
def test_many_faults(prepared: Path, tmp_path: Path, shim: Path) -> None:
    many("FAULTS", 500, lambda seed: fault_once(seed, prepared, tmp_path, shim))


def many(what: str, usual: int, once: Callable[[int], None]) -> None:
    """Try the seeds one after the other to the end, and tell of each that failed: one mistake hides no other."""
    first, count = int(os.environ.get("ZHENGGAI_SEED", "10000")), int(os.environ.get(f"ZHENGGAI_{what}", str(usual)))
    print(f"{count} {what} from seed {first}", flush=True)
    failed: list[str] = []
    for at, seed in enumerate(range(first, first + count), 1):
        try:
            once(seed)
        except Exception as error:  # noqa: BLE001 - whatever is raised is what is looked for
            failed.append(f"{type(error).__name__}: {error}".splitlines()[0])
            print(f"seed {seed}: {failed[-1]}", flush=True)
        if at % 100 == 0:
            print(f"{at} {what}, {len(failed)} failed", flush=True)
    assert failed == []
