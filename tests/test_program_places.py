"""Where a packaged program keeps what it keeps, and from where it should not be started."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import pytest

from zhenggai_desktop import paths
from zhenggai_desktop.paths import PORTABLE_MARK, Place


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """The folder of a portable program, on a path as users have it."""
    folder = tmp_path / "U 盘 [1]" / "整改台账"
    folder.mkdir(parents=True)
    (folder / PORTABLE_MARK).write_text("说明", "utf-8")
    return folder


@pytest.fixture
def running(program: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same, and it is the program that runs."""
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(program / "整改台账.exe"))
    return program


def test_a_portable_program_keeps_its_settings_beside_itself(running: Path) -> None:
    assert paths.user_folder() == running / "用户数据"
    assert paths.settings_file(paths.user_folder()).parent.is_dir()


def test_its_ledgers_lie_beside_it_too(running: Path, home: Path) -> None:
    assert paths.ledgers_folder() == home
    (running / "台账").mkdir()
    assert paths.ledgers_folder() == running / "台账"


def test_an_installed_program_keeps_them_in_the_home_folder(running: Path, home: Path) -> None:
    (running / PORTABLE_MARK).unlink()
    (running / "台账").mkdir()
    assert paths.user_folder({}, "linux") == home / ".local" / "share" / "zhenggai-desktop"
    assert paths.ledgers_folder() == home


def test_what_is_asked_for_by_name_comes_first(running: Path) -> None:
    assert paths.user_folder({"ZHENGGAI_HOME": "/elsewhere"}) == Path("/elsewhere")


def test_where_nothing_can_be_written_beside_it_the_home_folder_serves(running: Path, home: Path) -> None:
    (running / "用户数据").write_text("in the way", "utf-8")
    assert paths.user_folder({}, "linux") == home / ".local" / "share" / "zhenggai-desktop"


def test_the_sources_are_no_program() -> None:
    assert paths.program_folder() is None


@pytest.mark.parametrize(
    ("folder", "place"),
    [
        ("/home/办公/.cache/.fr-8Zq1/整改台账", Place.TEMPORARY),
        ("/tmp/ark-kYtZ/整改台账", Place.TEMPORARY),
        ("/home/办公/整改台账", Place.FIRM),
    ],
)
def test_places_on_linux(folder: str, place: Place) -> None:
    assert paths.place_of(Path(folder), "linux") == place


def test_below_the_temporary_folder_windows_opened_an_archive() -> None:
    folder = Path(tempfile.gettempdir()) / "Temp1_整改台账.zip" / "整改台账"
    assert paths.place_of(folder, "win32") == Place.TEMPORARY


def test_the_table_of_mounts_tells_a_share(tmp_path: Path) -> None:
    table = tmp_path / "mounts"
    lines = ("/dev/sda1 / ext4 rw 0 0", "//server/公共 /mnt/公\\040共 cifs rw 0 0")
    table.write_text("\n".join(lines), "utf-8")
    assert paths._kind_of_mount(Path("/mnt/公 共/整改台账"), table) == "cifs"
    assert paths._kind_of_mount(Path("/mnt/整改台账"), table) == "ext4"
    assert paths._kind_of_mount(Path("/mnt"), tmp_path / "none") == ""


@pytest.mark.skipif(not Path("/proc/self/mounts").exists(), reason="only Linux has this table")
def test_this_checkout_lies_firm(root: Path) -> None:
    assert paths.place_of(root) == Place.FIRM
