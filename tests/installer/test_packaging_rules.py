"""What is decided about packages without building one: what is left out, what systems have, what a hash list says."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "installer"))

import archives
import build
import system_packages
import trial

from zhenggai_desktop import paths
from zhenggai_desktop.gui import trial as trial_options

ROOT = Path(__file__).resolve().parents[2]


def test_the_portable_folder_is_the_one_that_the_program_knows(tmp_path: Path) -> None:
    archives.make_portable(tmp_path)
    assert archives.PORTABLE_MARK == paths.PORTABLE_MARK
    assert paths.portable_folder(tmp_path) == tmp_path / "用户数据"
    assert (tmp_path / "台账").is_dir()
    words = (tmp_path / paths.PORTABLE_MARK).read_bytes()
    assert words.startswith(b"\xef\xbb\xbf"), "Notepad of older Windows reads it rightly"
    assert "全部解压" in words.decode("utf-8")


def test_an_archive_keeps_chinese_names_and_empty_folders(tmp_path: Path) -> None:
    folder = tmp_path / "程序 (一) [1]"
    (folder / "台账").mkdir(parents=True)
    (folder / "整改台账.exe").write_bytes(b"MZ")
    archives.zipped(folder, tmp_path / "包.zip", "整改台账")
    with zipfile.ZipFile(tmp_path / "包.zip") as archive:
        assert {entry.filename for entry in archive.infolist()} == {"整改台账/台账/", "整改台账/整改台账.exe"}
        assert all(entry.flag_bits & 0x800 for entry in archive.infolist()), "names are marked as UTF-8"


def test_the_list_of_hashes_is_one_that_sha256sum_reads(tmp_path: Path) -> None:
    (tmp_path / "安装 程序.exe").write_bytes(b"abc")
    assert build.write_hashes(tmp_path) == [f"{hashlib.sha256(b'abc').hexdigest()}  安装 程序.exe"]
    assert build.write_hashes(tmp_path) == build.write_hashes(tmp_path), "the list is not in itself"


def test_what_is_not_expected_of_pyinstaller_is_seen() -> None:
    harmless = "12 WARNING: Library not found: could not resolve 'libgtk-3.so.0', dependency of '/a/libqgtk3.so'."
    assert build.EXPECTED.search(harmless)
    assert build.EXPECTED.search("12 INFO: PyInstaller: 6.22.3")
    for line in (
        "12 WARNING: Library not found: could not resolve 'libxcb-cursor.so.0', dependency of '/a/libqxcb.so'.",
        'WARNING: Hidden import "zhenggai_desktop.gui.app" not found!',
        "Traceback (most recent call last):",
    ):
        assert not build.EXPECTED.search(line)


@pytest.mark.parametrize(
    ("lines", "complaint"),
    [("print('好')", None), ("import sys; print('坏', file=sys.stderr)", "坏"), ("raise SystemExit(3)", "exit code 3")],
)
def test_a_program_that_complains_or_fails_does_not_pass(lines: str, complaint: str | None) -> None:
    process = subprocess.Popen(
        [sys.executable, "-X", "utf8", "-c", lines],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    if complaint is None:
        assert trial.finished(process, "it") == "好"
    else:
        with pytest.raises(trial.TrialError, match=complaint):
            trial.finished(process, "it")


def test_the_trial_uses_options_that_the_program_has() -> None:
    text = (ROOT / "installer" / "trial.py").read_text("utf-8")
    used = set(re.findall(r'"(--(?:picture|quit)[a-z-]*)"', text)) - {"--pictures"}  # that one is the script's own
    assert used == {trial_options.PICTURE, trial_options.QUIT_AFTER_START, trial_options.QUIT_WHEN_ASKED}


def test_every_library_of_the_screen_is_in_a_package_for_old_systems() -> None:
    script = (ROOT / "installer" / "linux" / "oldest_base.sh").read_text("utf-8")
    packages = {**system_packages.QT_LIBRARIES, **system_packages.SCREEN_LIBRARIES}.values()
    assert [package for package in packages if package not in script] == []


def test_the_workflow_runs_the_one_command_on_every_system() -> None:
    text = (ROOT / ".github" / "workflows" / "packages.yml").read_text("utf-8")
    for words in ("windows-latest", "ubuntu-latest", "ubuntu-24.04-arm", 'tags: ["v*"]', "installer/build.py"):
        assert words in text
