"""Runs the command line in this process (``zhenggai``) and in a process of its own (``child``)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from bad_sources import NOTICE

from zhenggai_desktop.cli import main


@dataclass(frozen=True)
class Outcome:
    """What a run of the command line left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Outcome]


@pytest.fixture
def zhenggai(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command in this process, inside the test's folder."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str | Path) -> Outcome:
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        return Outcome(code, *capsys.readouterr())

    return run


@pytest.fixture
def child(root: Path, tmp_path: Path) -> Run:
    """Runs a command in its own process; ``environment`` is added to what the test has."""

    def run(*arguments: str | Path, **environment: str) -> Outcome:
        done = subprocess.run(
            [sys.executable, "-m", "zhenggai_desktop.cli", *map(str, arguments)],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(root), **environment},
            capture_output=True,
            check=False,
        )
        encoding = environment.get("PYTHONIOENCODING", "utf-8")
        return Outcome(done.returncode, done.stdout.decode(encoding), done.stderr.decode(encoding))

    return run


@pytest.fixture
def notice(tmp_path: Path) -> Path:
    """A small notice of scheme e."""
    path = tmp_path / "公告.txt"
    path.write_text(NOTICE, encoding="utf-8")
    return path


@pytest.fixture
def ledger(zhenggai: Run, notice: Path, tmp_path: Path) -> Path:
    """A ledger that holds the notice."""
    path = tmp_path / "台账.zgtz"
    assert zhenggai("import", path, notice).code == 0
    return path
