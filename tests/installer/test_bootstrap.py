"""The two commands: what they do, in which order, and what they say where something is missing."""

from __future__ import annotations

import hashlib
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "installer"))

import bootstrap  # noqa: E402 - found only now
import system_packages  # noqa: E402

PYTHON = Path("python-of-the-environment")


class Machine:
    """Stands for the machine: notes what was asked of it."""

    def __init__(self) -> None:
        self.prepared: list[tuple[str, list[str], list[str]]] = []
        self.started: list[tuple[list[str], dict[str, str]]] = []

    def prepare(self, profile: str, needed: list[str] | tuple[()] = (), wished: list[str] | tuple[()] = ()) -> Path:
        self.prepared.append((profile, list(needed), list(wished)))
        return PYTHON

    def start(self, python: Path, arguments: list[str], **environment: str) -> int:
        assert python == PYTHON
        self.started.append((arguments, environment))
        return 0


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    machine = Machine()
    monkeypatch.setattr(bootstrap, "prepare", machine.prepare)
    monkeypatch.setattr(bootstrap, "start", machine.start)
    monkeypatch.setattr(bootstrap, "missing_libraries", lambda table: sorted(table.values())[:1])
    monkeypatch.setattr(bootstrap, "missing_programs", sorted)
    monkeypatch.setattr(bootstrap, "missing_for_package", lambda: ["binutils"])
    monkeypatch.setattr(bootstrap, "missing_fonts", list)
    return machine


def test_run_opens_the_window_where_there_is_a_display(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "has_display", lambda: True)
    assert bootstrap.main(["run", "甲.zgtz"]) == 0
    assert machine.started == [(["-m", "zhenggai_desktop", "甲.zgtz"], {})]
    assert machine.prepared[0][0] == "run"
    assert machine.prepared[0][1] != []


def test_run_makes_the_sample_where_there_is_no_display(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(bootstrap, "has_display", lambda: False)
    assert bootstrap.main(["run", "--out", str(tmp_path)]) == 0
    assert machine.started == [(["-m", "zhenggai_desktop", "--sample", str(tmp_path)], {})]
    assert machine.prepared == [("run", [], [])]


def test_test_runs_the_quick_suite_without_a_screen(machine: Machine) -> None:
    bootstrap.main(["test"])
    assert machine.started == [
        (["-m", "pytest", *bootstrap.IN_PARALLEL, "-m", "not full"], {"QT_QPA_PLATFORM": "offscreen"})
    ]
    assert "binutils" not in machine.prepared[0][2]


def test_test_full_leaves_nothing_out_and_hands_the_rest_to_pytest(machine: Machine) -> None:
    bootstrap.main(["test", "--full", "-k", "甲", "tests/domain"])
    assert machine.started[0][0] == ["-m", "pytest", *bootstrap.IN_PARALLEL, "-k", "甲", "tests/domain"]
    assert "binutils" in machine.prepared[0][2]


@pytest.mark.parametrize("version", [(3, 8), (3, 10), (3, 14)])
def test_a_python_for_which_nothing_is_locked_is_told_so(
    version: tuple[int, int], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "version_info", (*version, 0, "final", 0))
    assert bootstrap.main(["test"]) == bootstrap.FAILED
    sentence = f"当前 Python 是 {version[0]}.{version[1]}，本程序需要 3.11 至 3.13；"
    assert capsys.readouterr().err == sentence + "请安装 Python 3.13 后，用它重新运行本命令。\n"


def test_what_is_needed_and_cannot_be_installed_is_named_in_one_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "install", lambda packages: False)
    monkeypatch.setattr(system_packages.shutil, "which", lambda name: f"/usr/bin/{name}")
    with pytest.raises(bootstrap.BootstrapError) as error:
        bootstrap.install_system_packages(["python3.11-venv", "libegl1"], ["poppler-utils"])
    assert str(error.value).endswith("&& sudo apt-get install -y python3.11-venv libegl1 poppler-utils")


def test_what_is_only_wished_for_stops_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bootstrap, "install", lambda packages: False)
    bootstrap.install_system_packages([], ["poppler-utils"])
    assert "poppler-utils" in capsys.readouterr().err


def test_what_is_needed_is_installed_though_what_is_wished_for_cannot_be(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[str]] = []
    monkeypatch.setattr(bootstrap, "install", lambda packages: asked.append(list(packages)) or packages == ["libegl1"])
    bootstrap.install_system_packages(["libegl1"], ["poppler-utils"])
    assert asked == [["libegl1", "poppler-utils"], ["libegl1"]]


def test_locked_packages_are_installed_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    lock, stamp = tmp_path / "lock.txt", tmp_path / "stamp"
    lock.write_text("one==1", "utf-8")
    done: list[list[str]] = []
    monkeypatch.setattr(bootstrap, "_do", lambda command, sentence: done.append(command))
    bootstrap.install_locked(PYTHON, lock, stamp)
    bootstrap.install_locked(PYTHON, lock, stamp)
    assert len(done) == 1
    assert "--require-hashes" in done[0]
    lock.write_text("one==2", "utf-8")
    bootstrap.install_locked(PYTHON, lock, stamp)
    assert len(done) == 2
    assert stamp.read_text("ascii") == hashlib.sha256(lock.read_bytes()).hexdigest()


def test_an_installation_that_fails_is_tried_again_next_time(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    lock, stamp = tmp_path / "lock.txt", tmp_path / "stamp"
    lock.write_text("one==1", "utf-8")

    def fail(command: list[str], sentence: str) -> None:
        raise bootstrap.BootstrapError(sentence)

    monkeypatch.setattr(bootstrap, "_do", fail)
    with pytest.raises(bootstrap.BootstrapError):
        bootstrap.install_locked(PYTHON, lock, stamp)
    assert not stamp.exists()


@pytest.mark.parametrize("lock", bootstrap.LOCKS.values(), ids=lambda path: path.name)
class TestLock:
    def test_names_no_place_from_which_packages_come(self, lock: Path) -> None:
        text = lock.read_text("utf-8")
        assert "://" not in text
        assert re.findall(r"^\s*--(?!hash)", text, re.MULTILINE) == []

    def test_holds_a_hash_for_every_version(self, lock: Path) -> None:
        entries = re.split(r"\n(?=\S+==)", lock.read_text("utf-8"))[1:]
        assert entries
        assert all("--hash=sha256:" in entry for entry in entries)


def test_the_tests_run_with_the_versions_of_the_product() -> None:
    def versions(name: str) -> set[str]:
        return set(re.findall(r"^\S+==\S+", bootstrap.LOCKS[name].read_text("utf-8"), re.MULTILINE))

    assert versions("run") <= versions("test")
