"""The look: letters that can be read, sizes that can be changed."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPalette
from PySide6.QtWidgets import QApplication

from zhenggai_desktop.domain.chasing import Urgency
from zhenggai_desktop.domain.records import Status
from zhenggai_desktop.gui import style, themes
from zhenggai_desktop.gui.dialogs.source_lines import HUES, hue
from zhenggai_desktop.gui.months.urgency_marks import urgency_icon
from zhenggai_desktop.gui.pictures import tinted
from zhenggai_desktop.gui.status_marks import late_icon, status_icon
from zhenggai_desktop.gui.themes import Role, Theme, ThemeChoice


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = (QColor(colour).redF(), QColor(colour).greenF(), QColor(colour).blueF())
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(ink: str, ground: str) -> float:
    lighter, darker = sorted((luminance(ink), luminance(ground)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


THEMES = list(themes.THEMES.values())
NAMES = [str(choice) for choice in themes.THEMES]
GROUNDS = ("ground", "surface", "stripe", "selected", "focused")


@pytest.mark.parametrize("theme", THEMES, ids=NAMES)
class TestContrast:
    @pytest.mark.parametrize("ground", GROUNDS)
    @pytest.mark.parametrize("ink", ["ink", "muted", "accent", "problem", "late"])
    def test_every_word_can_be_read_on_every_ground(self, theme: Theme, ink: str, ground: str) -> None:
        assert contrast(getattr(theme, ink), getattr(theme, ground)) >= 4.5

    @pytest.mark.parametrize("ground", GROUNDS[:4])
    @pytest.mark.parametrize("status", Status)
    def test_every_status_can_be_told_on_every_ground(self, theme: Theme, status: Status, ground: str) -> None:
        assert contrast(theme.statuses[status], getattr(theme, ground)) >= 4.5

    @pytest.mark.parametrize(
        ("ink", "ground"),
        [
            ("on_accent", "accent"),
            ("warning", "warning_ground"),
            ("ink", "chip"),
            ("muted", "chip"),
            ("problem", "chip"),
        ],
    )
    def test_words_can_be_read_where_they_have_a_ground_of_their_own(self, theme: Theme, ink: str, ground: str) -> None:
        assert contrast(getattr(theme, ink), getattr(theme, ground)) >= 4.5

    @pytest.mark.parametrize("ground", GROUNDS[:3])
    def test_what_is_greyed_can_be_read_all_the_same(self, theme: Theme, ground: str) -> None:
        assert contrast(theme.disabled, getattr(theme, ground)) >= 4.5

    @pytest.mark.parametrize("group", [QPalette.ColorGroup.Active, QPalette.ColorGroup.Disabled])
    @pytest.mark.parametrize(
        ("ink", "ground"),
        [
            (Role.Text, Role.Base),
            (Role.PlaceholderText, Role.Base),
            (Role.WindowText, Role.Window),
            (Role.ButtonText, Role.Button),
            (Role.ToolTipText, Role.ToolTipBase),
            (Role.Link, Role.Base),
            (Role.HighlightedText, Role.Highlight),
        ],
    )
    def test_words_can_be_read_in_every_pair_of_the_palette(
        self, theme: Theme, group: QPalette.ColorGroup, ink: Role, ground: Role
    ) -> None:
        palette = themes.palette_of(theme)
        assert contrast(palette.color(group, ink).name(), palette.color(group, ground).name()) >= 4.5

    @pytest.mark.parametrize("ground", ["surface", "stripe", "selected"])
    def test_hues_of_the_import_assistant_are_seen(self, theme: Theme, ground: str, qapp: QApplication) -> None:
        style.dress(qapp, theme=theme)
        faint = [use for use in HUES if contrast(hue(use).name(), getattr(theme, ground)) < 3]
        assert faint == []

    def test_the_theme_is_known_by_its_palette(self, theme: Theme, qapp: QApplication) -> None:
        style.dress(qapp, theme=theme)
        assert themes.current() is theme


@pytest.mark.parametrize(
    ("choice", "system", "high_contrast", "expected"),
    [
        (ThemeChoice.SYSTEM, Qt.ColorScheme.Unknown, False, themes.LIGHT),
        (ThemeChoice.SYSTEM, Qt.ColorScheme.Light, False, themes.LIGHT),
        (ThemeChoice.SYSTEM, Qt.ColorScheme.Dark, False, themes.DARK),
        (ThemeChoice.SYSTEM, Qt.ColorScheme.Light, True, themes.HIGH_CONTRAST),
        (ThemeChoice.LIGHT, Qt.ColorScheme.Dark, True, themes.LIGHT),
        (ThemeChoice.DARK, Qt.ColorScheme.Light, False, themes.DARK),
    ],
)
def test_a_choice_goes_before_the_system(
    choice: ThemeChoice, system: Qt.ColorScheme, high_contrast: bool, expected: Theme
) -> None:
    assert themes.chosen(choice, system, high_contrast=high_contrast) is expected


def test_a_mark_has_another_colour_in_another_theme(qapp: QApplication) -> None:
    style.dress(qapp, theme=themes.LIGHT)
    light = status_icon(Status.DONE).pixmap(16, 16).toImage()
    style.dress(qapp, theme=themes.DARK)
    assert status_icon(Status.DONE).pixmap(16, 16).toImage() != light


def test_a_mark_keeps_its_colour_in_a_selected_row(qapp: QApplication) -> None:
    style.dress(qapp, theme=themes.LIGHT)
    for icon in (late_icon(), urgency_icon(Urgency.RED)):
        selected = icon.pixmap(QSize(16, 16), QIcon.Mode.Selected).toImage()
        assert selected == icon.pixmap(16, 16).toImage()


def test_a_picture_is_drawn_in_the_ink_of_the_theme(resources: Path) -> None:
    for theme in THEMES:
        image = tinted(resources / "icons" / "new.svg", theme).pixmap(48, 48).toImage()
        colours = [image.pixelColor(x, y) for x in range(48) for y in range(48)]
        full = next(colour for colour in colours if colour.alpha() == 255)
        assert full.name() == ("#3d4b58" if theme is themes.LIGHT else theme.ink)


@pytest.mark.parametrize(
    ("scale", "by", "expected"),
    [(100, 1, 110), (100, -1, 90), (200, 1, 200), (80, -1, 80), (175, 0, 100), (137, 1, 150)],
)
def test_sizes_go_by_steps_and_end(scale: int, by: int, expected: int) -> None:
    assert style.rescaled(scale, by) == expected
