"""Privacy at home: no network, no word of a ledger in a log, no open file left in a temporary folder.

The program runs in a process of its own, on texts and documents that ask for things from afar, and is looked at from
outside: by the kernel where there is strace, by Python's audit events everywhere.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from home_alone import PLANTED

PROGRAM = Path(__file__).with_name("home_alone.py")
Ran = subprocess.CompletedProcess[str]
Run = Callable[..., Ran]


@pytest.fixture
def home_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "家"
    folder.mkdir()
    return folder


@pytest.fixture
def run(tmp_path: Path, home_folder: Path) -> Run:
    """Runs ``home_alone`` with a temporary folder of its own, after the words of ``before``."""
    (tmp_path / "临时").mkdir()
    (tmp_path / "事").mkdir()

    def run(kind: str, *more: str, before: tuple[str, ...] = (), code: int = 0) -> Ran:
        environment = {
            **os.environ,
            "ZHENGGAI_HOME": str(home_folder),
            "TMPDIR": str(tmp_path / "临时"),
            "QT_QPA_PLATFORM": "offscreen",
        }
        done = subprocess.run(
            [*before, sys.executable, "-W", "ignore", str(PROGRAM), kind, str(tmp_path / "事"), *more],
            env=environment,
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=120,
        )
        assert done.returncode == code, done.stderr[-3000:]
        return done

    return run


@pytest.mark.parametrize("kind", ["jobs", "window"])
def test_nobody_is_asked_for_a_socket_and_nothing_is_left_behind(
    run: Run, tmp_path: Path, home_folder: Path, kind: str
) -> None:
    trace = tmp_path / "trace.txt"
    watch = ("strace", "-f", "-qq", "-e", "trace=socket,connect,bind", "-e", "signal=none", "-o", str(trace))
    done = run(kind, before=watch if shutil.which("strace") else ())
    calls = trace.read_text(encoding="utf-8", errors="replace").splitlines() if trace.exists() else []
    assert [line for line in calls if "AF_INET" in line or "AF_PACKET" in line or "AF_NETLINK" in line] == []
    assert not (tmp_path / "事" / "sockets.txt").exists()
    assert [path.name for path in (tmp_path / "临时").iterdir()] == []
    assert "Traceback" not in done.stderr
    assert_wordless(home_folder)


def test_the_watch_would_see_a_socket(tmp_path: Path) -> None:
    if shutil.which("strace") is None:
        pytest.skip("no strace here")
    trace = tmp_path / "trace.txt"
    opening = "import socket; socket.socket(socket.AF_INET6).close()"
    subprocess.run(["strace", "-f", "-e", "trace=socket", "-o", str(trace), sys.executable, "-c", opening], check=True)
    assert "AF_INET6" in trace.read_text(encoding="utf-8")


def test_a_mistake_in_the_window_leaves_places_and_no_words(run: Run, tmp_path: Path, home_folder: Path) -> None:
    run("window", "fails")
    log = (home_folder / "logs" / "zhenggai.log").read_text(encoding="utf-8")
    assert "KeyError" in log
    assert "in look_about" in log
    assert_wordless(home_folder)
    shown = (tmp_path / "事" / "shown.txt").read_text(encoding="utf-8")
    assert "KeyError" in shown
    assert PLANTED not in shown


@pytest.mark.skipif(os.name != "posix", reason="this system ends processes in other ways")
def test_a_crash_leaves_places_and_no_words_and_is_told_of(run: Run, tmp_path: Path, home_folder: Path) -> None:
    run("window", "dies", code=-signal.SIGSEGV)
    reports = [path.read_text(encoding="utf-8") for path in (home_folder / "running").iterdir()]
    assert any("Segmentation fault" in report for report in reports)
    assert_wordless(home_folder)
    run("window")
    assert "没有正常退出" in (tmp_path / "事" / "shown.txt").read_text(encoding="utf-8")
    assert "Segmentation fault" in (home_folder / "logs" / "zhenggai.log").read_text(encoding="utf-8")
    assert_wordless(home_folder)


def assert_wordless(home: Path) -> None:
    """No log and no report holds a word of a ledger, in any encoding that Python writes."""
    for folder in ("logs", "running"):
        for path in (home / folder).glob("**/*"):
            data = path.read_bytes()
            for encoding in ("utf-8", "gb18030", "utf-16-le", "unicode_escape"):
                assert PLANTED.encode(encoding) not in data, (path, encoding)
