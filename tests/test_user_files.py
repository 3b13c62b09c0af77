"""Folders, settings and the log: nothing of them is worth a failure to start."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from zhenggai_desktop import logs, paths, settings
from zhenggai_desktop.settings import Settings


def test_the_checkout_has_its_resources_beside_the_package(root: Path) -> None:
    assert paths.resources_folder() == root / "resources"


def test_a_packaged_program_has_its_resources_in_its_bundle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "resources").mkdir()
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert paths.resources_folder() == tmp_path / "resources"


@pytest.mark.parametrize(
    ("environment", "platform", "folder"),
    [
        ({"ZHENGGAI_HOME": "/stick"}, "linux", "/stick"),
        ({"XDG_DATA_HOME": "/data"}, "linux", "/data/zhenggai-desktop"),
        ({"APPDATA": "/roaming", "LOCALAPPDATA": "/local"}, "win32", "/roaming/zhenggai-desktop"),
        ({"LOCALAPPDATA": "/local"}, "win32", "/local/zhenggai-desktop"),
    ],
)
def test_the_users_folder(environment: dict[str, str], platform: str, folder: str) -> None:
    assert paths.user_folder(environment, platform) == Path(folder)


def test_the_users_folder_lies_in_the_home_folder(home: Path) -> None:
    assert paths.user_folder({}, "linux") == home / ".local" / "share" / "zhenggai-desktop"


def test_without_any_home_the_temporary_folder_serves() -> None:
    assert paths.user_folder({}, "win32").name == "zhenggai-desktop"


def test_settings_come_back_as_they_were_saved(tmp_path: Path) -> None:
    path = paths.settings_file(tmp_path / "新")
    saved = Settings(who="张三").with_recent(Path("/台账/甲.zgtz"))
    settings.save_settings(saved, path)
    assert settings.load_settings(path) == saved
    assert [file.name for file in path.parent.iterdir()] == ["settings.json"]


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b"\xff\xff", b'{"who": 3, "recent": "x", "other": 1}'])
def test_damaged_settings_are_the_defaults(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(content)
    assert settings.load_settings(path) == Settings()


def test_missing_settings_are_the_defaults(tmp_path: Path) -> None:
    assert settings.load_settings(tmp_path / "settings.json") == Settings()


def test_the_ten_ledgers_opened_last_are_kept_each_once() -> None:
    kept = Settings()
    for number in (*range(12), 5):
        kept = kept.with_recent(Path(f"/台账/{number}.zgtz"))
    assert [Path(name).stem for name in kept.recent] == ["5", "11", "10", "9", "8", "7", "6", "4", "3", "2"]


def test_the_name_in_the_history_is_the_chosen_one_or_the_accounts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("USERNAME", "zhang")
    assert settings.user_name(Settings(who="张三")) == "张三"
    assert settings.user_name(Settings()) == "zhang"


def failing() -> None:
    try:
        raise KeyError("某人的姓名")
    except KeyError as error:
        raise RuntimeError("某人的电话") from error


def test_the_log_names_places_and_never_words(tmp_path: Path) -> None:
    path = paths.log_file(tmp_path)
    logger = logs.start_log(path)
    try:
        failing()
    except RuntimeError:
        logger.exception("command line failed")
    logs.stop_log(logger)
    text = path.read_text(encoding="utf-8")
    assert "KeyError" in text
    assert "RuntimeError" in text
    assert "in failing" in text
    assert "某人" not in text


def test_a_large_log_makes_room_and_one_old_one_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "zhenggai.log"
    path.write_bytes(b"x" * 1_000_001)
    logs.stop_log(logs.start_log(path))
    assert path.stat().st_size == 0
    assert path.with_name("zhenggai.log.1").stat().st_size == 1_000_001


@pytest.mark.skipif(os.name != "posix", reason="a file in the folder's place")
def test_a_log_that_cannot_be_written_is_no_failure(tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("", encoding="utf-8")
    logger = logs.start_log(tmp_path / "logs" / "zhenggai.log")
    logger.error("nobody hears this")
    logs.stop_log(logger)
    assert (tmp_path / "logs").read_text(encoding="utf-8") == ""
