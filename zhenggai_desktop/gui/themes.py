"""Colours by their use, one set for each theme. Words have a contrast of 4.5 : 1 at least on all their grounds.

Which theme is worn is read from the application's palette.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QPalette

Role = QPalette.ColorRole


class Theme(NamedTuple):
    """``ground`` lies under everything, ``surface`` under lists and fields, ``desk`` around sheets of paper.

    ``mark`` is laid over lines of a white page. The first five inks are for words, status colours for marks and words.
    """

    scheme: Qt.ColorScheme
    ink: str
    muted: str
    accent: str
    problem: str
    late: str
    ground: str
    surface: str
    stripe: str
    selected: str
    focused: str  # surface of the field that has the keyboard
    on_accent: str  # words on the accent
    disabled: str
    line: str
    edge: str  # of a field under the mouse
    handle: str
    handle_hovered: str
    warning: str
    warning_ground: str
    warning_line: str
    desk: str
    chip: str
    mark: str
    statuses: Mapping[str, str]  # by the value of a Status, which is a string itself
    urgencies: Mapping[str, str]  # grounds of marks for what is pressing: never words


LIGHT = Theme(
    scheme=Qt.ColorScheme.Light,
    ink="#1f2933",
    muted="#5a6773",
    accent="#1f5f99",
    problem="#b42318",
    late="#a42a1c",
    ground="#f4f6f8",
    surface="#ffffff",
    stripe="#f8fafb",
    selected="#dceaf7",
    focused="#fbfdff",
    on_accent="#ffffff",
    disabled="#656f79",
    line="#d9dee3",
    edge="#aab4be",
    handle="#c3cbd3",
    handle_hovered="#9aa6b2",
    warning="#7a5200",
    warning_ground="#fff7e6",
    warning_line="#f0d9a8",
    desk="#e8ebee",
    chip="#e6f0f9",
    mark="#221f5f99",
    statuses={
        "not_started": "#5d6975",
        "in_progress": "#8f5500",
        "mostly_done": "#1f6698",
        "done": "#236b41",
    },
    urgencies={"red": "#d64536", "orange": "#f08a24", "yellow": "#f2c52e"},
)

DARK = Theme(
    scheme=Qt.ColorScheme.Dark,
    ink="#e8ecf0",
    muted="#b4bec8",
    accent="#86bff0",
    problem="#ffa396",
    late="#ffa396",
    ground="#1b1f24",
    surface="#23282e",
    stripe="#272d34",
    selected="#2c4258",
    focused="#262c33",
    on_accent="#0f1c28",
    disabled="#929ca6",
    line="#3d464f",
    edge="#66727e",
    handle="#4d5863",
    handle_hovered="#6d7a87",
    warning="#ffdb9a",
    warning_ground="#3a2f17",
    warning_line="#6b5525",
    desk="#14171b",
    chip="#2a3a4a",
    mark="#331f5f99",
    statuses={
        "not_started": "#b4bec8",
        "in_progress": "#f0b45c",
        "mostly_done": "#86bff0",
        "done": "#7fd0a0",
    },
    urgencies={"red": "#e5604f", "orange": "#f0a04a", "yellow": "#f0d060"},
)

#: Black ground, white words, yellow for what can be done: borders are drawn as strong as words.
HIGH_CONTRAST = Theme(
    scheme=Qt.ColorScheme.Dark,
    ink="#ffffff",
    muted="#c4c4c4",  # a hint in a field is told from what was typed
    accent="#ffe600",
    problem="#ffb3a8",
    late="#ffb3a8",
    ground="#000000",
    surface="#000000",
    stripe="#000000",
    selected="#0b3d66",
    focused="#1a1a1a",
    on_accent="#000000",
    disabled="#a0a0a0",
    line="#ffffff",
    edge="#ffe600",
    handle="#ffffff",
    handle_hovered="#ffe600",
    warning="#ffe600",
    warning_ground="#000000",
    warning_line="#ffe600",
    desk="#000000",
    chip="#1a1a1a",
    mark="#55ffe600",
    statuses={
        "not_started": "#ffffff",
        "in_progress": "#ffc15e",
        "mostly_done": "#8fd0ff",
        "done": "#8ff0b0",
    },
    urgencies={"red": "#ff6b5a", "orange": "#ffb000", "yellow": "#ffe600"},
)


class ThemeChoice(StrEnum):
    """What a user can choose; ``SYSTEM`` follows what the desktop is set to."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    HIGH_CONTRAST = "high-contrast"


THEMES: Mapping[ThemeChoice, Theme] = {
    ThemeChoice.LIGHT: LIGHT,
    ThemeChoice.DARK: DARK,
    ThemeChoice.HIGH_CONTRAST: HIGH_CONTRAST,
}


def palette_of(theme: Theme) -> QPalette:
    """The theme as a palette; ``current`` knows it again."""
    palette = QPalette()
    for role, colour in {
        Role.Window: theme.ground,
        Role.WindowText: theme.ink,
        Role.Base: theme.surface,
        Role.AlternateBase: theme.stripe,
        Role.Text: theme.ink,
        Role.Button: theme.surface,
        Role.ButtonText: theme.ink,
        Role.BrightText: theme.problem,
        Role.PlaceholderText: theme.muted,
        Role.ToolTipBase: theme.surface,
        Role.ToolTipText: theme.ink,
        Role.Highlight: theme.accent,
        Role.HighlightedText: theme.on_accent,
        Role.Link: theme.accent,
        Role.LinkVisited: theme.accent,
        Role.Mid: theme.line,
        Role.Accent: theme.accent,
    }.items():
        palette.setColor(role, colour)
    for role in (Role.Text, Role.ButtonText, Role.WindowText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, theme.disabled)
    return palette


def current() -> Theme:
    """The theme that the application wears; the light one where it wears none."""
    return _theme_of(QGuiApplication.palette().cacheKey())


@lru_cache(maxsize=4)
def _theme_of(_palette: int) -> Theme:
    """By the palette's key, which is another one as soon as a colour is: lists ask for each of their rows."""
    ground = QGuiApplication.palette().window().color().name()
    return next((theme for theme in THEMES.values() if theme.ground == ground), LIGHT)


def chosen(choice: ThemeChoice, system: Qt.ColorScheme, *, high_contrast: bool) -> Theme:
    """What a choice means on a desktop that is set to ``system``."""
    if choice is not ThemeChoice.SYSTEM:
        return THEMES[choice]
    if high_contrast:
        return HIGH_CONTRAST
    return DARK if system is Qt.ColorScheme.Dark else LIGHT


def system_wants_contrast() -> bool:
    """True where Windows is set to high contrast; Qt 6.9 does not tell."""
    if sys.platform != "win32":
        return False
    import ctypes  # noqa: PLC0415 - only there

    class HighContrast(ctypes.Structure):
        _fields_ = (("size", ctypes.c_uint), ("flags", ctypes.c_uint), ("scheme", ctypes.c_wchar_p))

    answer = HighContrast(size=ctypes.sizeof(HighContrast))
    asked = ctypes.windll.user32.SystemParametersInfoW(
        0x42, answer.size, ctypes.byref(answer), 0
    )  # SPI_GETHIGHCONTRAST
    return bool(asked and answer.flags & 1)  # HCF_HIGHCONTRASTON
