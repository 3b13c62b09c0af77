# pyright: basic
"""Places that fail as a whole: a full disk, one that takes nothing or is gone, a clock that jumps, another program.

What was told saved is there once the place is well again, and what could not be done was refused in words.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from itertools import product
from pathlib import Path

import pytest
from harness import Run, copied, look, run, started
from worker import SCENES

from zhenggai_desktop.services.ledger import Ledger

_MOUNTS = hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("mount") is not None

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system ends processes in other ways")
mounting = pytest.mark.skipif(not _MOUNTS, reason="a disk of its own is mounted by root alone")


def some(cases: Iterable[object], *quick: object) -> list[object]:
    """These cases; all but the ``quick`` ones belong to the full run."""
    return [
        pytest.param(*(case if isinstance(case, tuple) else (case,)), marks=[] if case in quick else pytest.mark.full)
        for case in cases
    ]


def mount(*words: str) -> None:
    done = subprocess.run(["mount", *words], check=False, capture_output=True, text=True)
    if done.returncode:
        pytest.skip(f"nothing can be mounted here: {done.stderr.strip()}")


@contextmanager
def a_disk(folder: Path, size: int) -> Iterator[Path]:
    """A disk of ``size`` bytes at ``folder``."""
    folder.mkdir()
    mount("-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder))
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def size_of(folder: Path) -> int:
    return sum(-(-path.stat().st_size // 4096) * 4096 for path in folder.rglob("*") if path.is_file())


@mounting
@pytest.mark.parametrize(("room", "scene"), some(product([0, 96, 700], SCENES), (96, "evidence"), (0, "imports")))
def test_a_small_full_disk(room: int, scene: str, prepared: Path, tmp_path: Path) -> None:
    """``room``: KiB beside what is there."""
    with a_disk(tmp_path / "小盘", size_of(prepared) + (room + 32) * 1024) as disk:
        folder = copied(prepared, disk / "台账")
        done = run(scene, folder, tmp_path / "home", 6.0)
        assert "Traceback" not in done.errors, done.errors
        if scene in {"evidence", "backups", "imports"}:  # the others need no more room with time
            assert any(line.startswith("refused") for line in done.said), done.said
        readable(folder / "台账.zgtz")
        mount("-o", f"remount,size={64 << 20}", str(disk))
        look(scene, folder, done, f"full disk, {room} KiB, {scene}")
        with Ledger.open(folder / "台账.zgtz", backups=folder / "备份") as ledger, ledger.step("又有地方了") as writer:
            writer.update(type(ledger.snapshot.issues[0]), 1, note="写得进去")


def readable(path: Path) -> None:
    """Full as the disk is, it opens and can be read, and what cannot be written is refused in a sentence."""
    with Ledger.open(path, backups=path.parent / "备份") as ledger:
        assert ledger.snapshot.issues


@mounting
@pytest.mark.parametrize("scene", some(SCENES, "edits", "backups"))
def test_a_place_that_takes_nothing(scene: str, prepared: Path, tmp_path: Path) -> None:
    with a_disk(tmp_path / "光盘", 32 << 20) as disk:
        folder = copied(prepared, disk / "台账")
        before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        mount("-o", "remount,ro", str(disk))
        done = run(scene, folder, tmp_path / "home", 1.5)
        assert "Traceback" not in done.errors, done.errors
        assert done.last == 0, "nothing can have been saved there"
        assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
        mount("-o", "remount,rw", str(disk))
        look(scene, folder, done, f"read-only place, {scene}")


@pytest.mark.parametrize(("seed", "scene"), some(product([1, 2], SCENES), (1, "edits"), (1, "evidence")))
def test_a_folder_that_is_gone_and_comes_back(seed: int, scene: str, prepared: Path, tmp_path: Path) -> None:
    """As a stick pulled out, or a share whose name was changed: no path leads there any more."""
    folder, away = copied(prepared, tmp_path / "U盘"), tmp_path / "拔走"
    gone = threading.Timer(random.Random(seed).uniform(0.1, 0.6), folder.rename, [away])
    done = run(scene, folder, tmp_path / "home", 1.5, at_ready=gone.start)
    gone.join()
    left = [path for path in folder.rglob("*") if path.is_file()] if folder.exists() else []
    assert "Traceback" not in done.errors, done.errors
    shutil.rmtree(folder, ignore_errors=True)
    assert [path.name for path in left if path.name == "台账.zgtz"] == [], "a ledger made where there is none"
    away.rename(folder)
    look(scene, folder, done, f"gone, seed {seed}, {scene}")


@pytest.mark.parametrize("scene", some(["edits", "backups", "merges", "window edits", "window merges"], "edits"))
def test_another_program_that_holds_the_ledger(scene: str, prepared: Path, tmp_path: Path) -> None:
    """A scanner or a copying program locks the file now and then, for longer than is waited for."""
    folder = copied(prepared, tmp_path / "台账")
    process = started(scene, folder, tmp_path / "home")
    end = time.monotonic() + 5
    chance = random.Random(3)
    while time.monotonic() < end and process.poll() is None:
        time.sleep(chance.uniform(0.05, 0.4))
        with closing(sqlite3.connect(folder / "台账.zgtz", timeout=2, isolation_level=None)) as other:
            try:
                other.execute("BEGIN EXCLUSIVE")
            except sqlite3.OperationalError:
                continue  # the program was quicker
            time.sleep(chance.uniform(0.05, 1.5))
            other.execute("ROLLBACK")
    process.kill()
    out, errors = process.communicate()
    assert "Traceback" not in errors, errors
    look(scene, folder, Run(out.splitlines(), errors), f"held, {scene}")


@pytest.mark.parametrize(("seed", "scene"), some(product([1, 2], SCENES), (1, "edits"), (1, "backups")))
def test_a_clock_that_jumps(seed: int, scene: str, prepared: Path, tmp_path: Path, shim: Path) -> None:
    folder = copied(prepared, tmp_path / "台账")
    done = run(scene, folder, tmp_path / "home", 1.0, first=True, LD_PRELOAD=str(shim), FAULT_CLOCK=str(seed))
    assert "Traceback" not in done.errors, done.errors
    assert done.last > 0, done.said
    look(scene, folder, done, f"jumping clock, seed {seed}, {scene}")
