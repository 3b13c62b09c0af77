"""The look: letters that can be read, sizes that can be changed."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor

from zhenggai_desktop.gui import style


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = (QColor(colour).redF(), QColor(colour).greenF(), QColor(colour).blueF())
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(ink: str, ground: str) -> float:
    lighter, darker = sorted((luminance(ink), luminance(ground)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("ground", [style.SURFACE, style.GROUND, style.STRIPE, style.SELECTED])
@pytest.mark.parametrize("ink", [style.INK, style.MUTED, style.ACCENT, style.PROBLEM])
def test_every_word_can_be_read_on_every_ground(ink: str, ground: str) -> None:
    assert contrast(ink, ground) >= 4.5


@pytest.mark.parametrize(
    ("scale", "by", "expected"),
    [(100, 1, 110), (100, -1, 90), (200, 1, 200), (80, -1, 80), (175, 0, 100), (137, 1, 150)],
)
def test_sizes_go_by_steps_and_end(scale: int, by: int, expected: int) -> None:
    assert style.rescaled(scale, by) == expected
