"""First letters of pinyin."""

from __future__ import annotations

import subprocess
import sys

import pytest

from zhenggai_desktop.services.pinyin import Initials


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("整改台账", "zgtz"),
        ("第3项ABC\n会议，过多", "d3xABC\nhy，gd"),
        ("安全", "aq"),
        ("", ""),
        ("😀　〇", "😀　l"),
    ],
)
def test_each_character_becomes_its_first_letter(text: str, letters: str) -> None:
    assert Initials()(text) == letters


def test_readings_are_loaded_when_they_are_first_needed() -> None:
    code = "import sys, zhenggai_desktop.services.pinyin; sys.exit('pypinyin' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
