"""The fonts of this computer as the system tells them."""

from __future__ import annotations

import shutil
import stat
import sys
from pathlib import Path

import pytest

from zhenggai_desktop.services.fonts import families, installed_fonts


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no fontconfig")
def test_fontconfig_names_each_family_in_every_language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "fc-list"
    program.write_text(
        "#!/bin/sh\nprintf 'FZXiaoBiaoSong\\\\-B05S,方正小标宋简体\\nSimSun,宋体\\n'\n", encoding="utf-8"
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert installed_fonts() == {"FZXiaoBiaoSong-B05S", "方正小标宋简体", "SimSun", "宋体"}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows always has a registry")
def test_a_system_that_cannot_be_asked_gives_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert installed_fonts() is None


@pytest.mark.skipif(shutil.which("fc-list") is None, reason="needs fontconfig")
def test_the_fonts_of_this_computer_are_found() -> None:
    found = installed_fonts()
    assert found is not None
    assert all(name and "\\" not in name for name in found)


def test_an_entry_of_the_registry_names_one_family_or_several() -> None:
    assert families("宋体 & 新宋体 (TrueType)") == ("宋体", "新宋体")
    assert families("FangSong_GB2312 (TrueType)") == ("FangSong_GB2312",)
