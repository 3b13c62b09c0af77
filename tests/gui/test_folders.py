"""File dialogs start where the user was last for the same purpose."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from builders import a_ledger, a_tree
from PySide6.QtWidgets import QFileDialog

from zhenggai_desktop.gui.calls import Call
from zhenggai_desktop.gui.folders import Folders, Purpose
from zhenggai_desktop.gui.main_window import MainWindow
from zhenggai_desktop.settings import load_settings


def test_each_purpose_has_its_own_folder(tmp_path: Path) -> None:
    kept: list[dict[str, str]] = []
    (tmp_path / "导出").mkdir()
    folders = Folders({}, kept.append)
    folders.used(Purpose.EXPORT, tmp_path / "导出" / "甲.xlsx")
    assert folders.start(Purpose.EXPORT, tmp_path) == tmp_path / "导出"
    assert folders.start(Purpose.IMPORT, tmp_path) == tmp_path
    assert folders.suggestion(Purpose.EXPORT, tmp_path / "乙.xlsx") == tmp_path / "导出" / "乙.xlsx"
    folders.used(Purpose.EXPORT, tmp_path / "导出" / "丙.xlsx")
    assert kept == [{"export": str(tmp_path / "导出")}]


def test_a_folder_that_is_gone_is_not_offered(tmp_path: Path) -> None:
    assert Folders({"import": str(tmp_path / "没有")}).start(Purpose.IMPORT, tmp_path) == tmp_path


def test_the_window_offers_them_and_remembers_them(
    window: MainWindow, dialogs: Any, home: Path, tmp_path: Path, notice: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Path] = []

    def answer(_parent: object, _title: str, start: str, *_: object) -> tuple[str, str]:
        asked.append(Path(start))
        return dialogs.answer_file()

    monkeypatch.setattr(QFileDialog, "getOpenFileName", answer)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    (tmp_path / "导出").mkdir()
    a_ledger(tmp_path, *a_tree()).close()
    dialogs.files, dialogs.choices = (
        [tmp_path / "台账.zgtz", tmp_path / "导出" / "甲.xlsx", None, notice, None],
        ["关闭"],
    )
    dialogs.previews = [False]
    for call in (Call.OPEN, Call.EXPORT_LEDGER, Call.EXPORT_NOTICE, Call.IMPORT, Call.IMPORT):
        window.perform(call)
    assert asked == [
        Path.home(),
        tmp_path / "台账.xlsx",
        tmp_path / "导出" / "台账整改通报.docx",
        tmp_path,
        notice.parent,
    ]
    known = load_settings(home / "settings.json").folders
    assert known == {"ledger": str(tmp_path), "export": str(tmp_path / "导出"), "import": str(notice.parent)}
