"""A layout of the office's own in the window: chosen, kept as a file, told of fonts that are missing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from answers import Dialogs
from pytestqt.qtbot import QtBot

from zhenggai_desktop.domain.layout import FONT_SETS, GUOBIAO, PROFILES
from zhenggai_desktop.domain.layout_file import load_profile
from zhenggai_desktop.gui.dialogs.layout_dialog import LayoutDialog


@pytest.fixture
def dialog(qtbot: QtBot, dialogs: Dialogs) -> Iterator[LayoutDialog]:
    dialog = LayoutDialog(GUOBIAO)
    dialog.show()
    yield dialog
    dialog.close()
    dialog.deleteLater()


def test_untouched_it_is_the_profile_it_was_given(dialog: LayoutDialog) -> None:
    for profile in (
        *PROFILES,
        replace(GUOBIAO, name="本街道", fonts=replace(GUOBIAO.fonts, body="华文仿宋"), sealed=True),
    ):
        dialog.show_profile(profile)
        assert dialog.profile == profile


def test_each_choice_changes_the_profile(dialog: LayoutDialog) -> None:
    dialog.name.setText("本街道")
    dialog.line.setValue(28)
    dialog.fonts.setCurrentIndex(dialog.fonts.findData("gbk"))
    dialog.digits.setCurrentIndex(1)
    dialog.bold.setChecked(True)
    dialog.sealed.setChecked(True)
    profile = dialog.profile
    assert (profile.name, profile.line_pitch, profile.bold_heading_2, profile.sealed) == ("本街道", 560, True, True)
    assert profile.fonts == replace(FONT_SETS["gbk"], digits="Times New Roman")


def test_it_says_how_many_lines_and_characters_a_page_has(dialog: LayoutDialog) -> None:
    assert dialog.state.text() == "每页22行，每行28个字。"
    dialog.line.setValue(30)
    assert dialog.state.text() == "每页21行，每行28个字。"


def test_missing_fonts_are_told_and_replaced_only_when_asked(
    dialog: LayoutDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zhenggai_desktop.gui.dialogs.layout_dialog.QFontDatabase.families", lambda: ["宋体", "仿宋"])
    dialog.show_profile(GUOBIAO)
    assert "仿宋_GB2312（仿宋）" in dialog.missing.text()
    assert dialog.profile.fonts == GUOBIAO.fonts
    dialog.substitute.setChecked(True)
    assert (dialog.profile.fonts.title, dialog.profile.fonts.body) == ("宋体", "仿宋")


def test_a_layout_is_kept_and_read(dialog: LayoutDialog, dialogs: Dialogs, tmp_path: Path) -> None:
    dialog.line.setValue(28.5)
    dialogs.files = [tmp_path / "版式", tmp_path / "模板.docx", tmp_path / "版式.json"]
    dialog.save_button.click()
    assert load_profile((tmp_path / "版式.json").read_text("utf-8")).line_pitch == 570
    dialog.save_template_button.click()
    assert docx.Document(str(tmp_path / "模板.docx")).styles["Normal"].paragraph_format.line_spacing.pt == 28.5
    dialog.show_profile(GUOBIAO)
    dialog.load_button.click()
    assert dialog.line.value() == 28.5


def test_a_broken_file_is_told_and_changes_nothing(dialog: LayoutDialog, dialogs: Dialogs, tmp_path: Path) -> None:
    (tmp_path / "坏.json").write_text(json.dumps({"name": "坏", "line_pitch": 1}), "utf-8")
    dialogs.files, dialogs.choices = [tmp_path / "坏.json"], ["关闭"]
    dialog.load_button.click()
    assert "line_pitch" in dialogs.shown[0]
    assert dialog.profile == GUOBIAO


def test_a_restyled_template_is_chosen_and_put_away(dialog: LayoutDialog, dialogs: Dialogs, tmp_path: Path) -> None:
    dialogs.files = [tmp_path / "本单位.docx"]
    dialog.template_button.click()
    assert dialog.profile.template == str(tmp_path / "本单位.docx")
    assert dialog.template.text() == "本单位.docx"
    dialog.no_template_button.click()
    assert dialog.profile.template == ""
