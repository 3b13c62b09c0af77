"""Temporary files lie where nobody else can look, and are gone with the run or with the next."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from builders import a_ledger, a_tree

from zhenggai_desktop import paths
from zhenggai_desktop.temporary import clear_leftovers, private_folder, system_folder

ROOT = Path(__file__).resolve().parent.parent
_STOPS = """
import sys, time
import openpyxl.worksheet._writer as writer
from zhenggai_desktop.cli import main
def stop(self):
    print("stopped", flush=True)
    time.sleep(600)
writer.WorksheetWriter.close = stop
main(["export", sys.argv[1], sys.argv[2]])
"""


@pytest.fixture
def system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The system's folder for passing files."""
    folder = tmp_path / "系统临时"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def test_all_that_is_temporary_lies_in_one_folder_that_goes_with_the_block(system: Path) -> None:
    with private_folder() as folder:
        assert folder is not None
        assert folder.parent == system == system_folder()
        assert paths.user_folder({}, "win32").parent == system  # what must last does not lie in there
        if sys.platform != "win32":
            assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        with tempfile.NamedTemporaryFile(delete=False) as left:
            assert Path(left.name).parent == folder
    assert tempfile.gettempdir() == str(system)
    assert list(system.iterdir()) == []


def test_without_a_place_there_is_none_and_nothing_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    with private_folder() as folder:
        assert folder is None
    assert clear_leftovers() == 0


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system ends processes in other ways")
def test_what_a_killed_run_left_goes_with_the_next_and_a_living_one_keeps_its_own(system: Path, tmp_path: Path) -> None:
    """Killed while openpyxl has the ledger's words in a file of its own."""
    with a_ledger(tmp_path, *a_tree()) as ledger:
        path = ledger.path
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(system), "ZHENGGAI_HOME": str(tmp_path / "家")}
    command = [sys.executable, "-c", _STOPS, str(path), str(tmp_path / "表.xlsx")]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "stopped\n"
        (folder,) = system.iterdir()
        assert len([*folder.iterdir()]) > 1
        assert clear_leftovers() == 0
    finally:
        process.kill()
        process.communicate()
    assert [*folder.rglob("*")]
    next_command = [sys.executable, "-m", "zhenggai_desktop", "check", str(path)]
    subprocess.run(next_command, check=True, capture_output=True, env=environment)
    assert list(system.iterdir()) == []
    assert not (tmp_path / "表.xlsx").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="links need other rights there")
def test_a_link_that_is_called_as_ours_leads_nowhere(system: Path, tmp_path: Path) -> None:
    (tmp_path / "别人的").mkdir()
    (tmp_path / "别人的" / "in-use").write_bytes(b"")
    (system / "zhenggai-abc").symlink_to(tmp_path / "别人的")
    assert clear_leftovers() == 0
    assert (tmp_path / "别人的" / "in-use").exists()


def test_a_folder_without_its_mark_is_left_until_it_is_old(system: Path) -> None:
    folder = system / "zhenggai-abc"
    folder.mkdir()
    assert clear_leftovers() == 0
    os.utime(folder, (1_000_000_000, 1_000_000_000))
    assert clear_leftovers() == 1
    assert not folder.exists()
