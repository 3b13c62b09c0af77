"""The licences that come along: of everything that is bundled, each with its text."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from zhenggai_desktop.services.licences import bundled_licences

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "installer"))

import collect_licences


def test_every_locked_package_has_its_licence(resources: Path) -> None:
    bundled = {licence.name for licence in bundled_licences(resources)}
    locked = set(collect_licences.locked_names()) - collect_licences.NOT_BUNDLED - collect_licences.BY_QT
    assert locked - bundled == set()
    assert {"Qt、PySide6、Shiboken", "Python", "SQLite", "PyInstaller 启动程序"} <= bundled


def test_every_licence_has_its_words_and_no_text_is_left_over(resources: Path) -> None:
    licences = bundled_licences(resources)
    assert all(licence.licence and licence.use and len(licence.text()) > 100 for licence in licences)
    on_disk = {path for path in (resources / "licences").iterdir() if path.suffix == ".txt"}
    assert on_disk == {licence.file for licence in licences}


def test_qt_says_that_its_libraries_can_be_replaced(resources: Path) -> None:
    text = bundled_licences(resources)[0].text()
    assert "可以换成" in text
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in text


def test_without_the_folder_it_is_said(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"index\.json"):
        bundled_licences(tmp_path)
