"""Signs of symbol fonts become signs that every font has."""

from __future__ import annotations

import pytest

from zhenggai_desktop.formats.word_symbols import bullet, symbol, without_private_use


@pytest.mark.parametrize(
    ("code", "font", "shown"),
    [
        (0xF0FC, "Wingdings", "✓"),
        (0xFC, "Wingdings", "✓"),
        (0xF0A3, "Wingdings 2", "□"),
        (0xF0B7, "Symbol", "•"),
        (0xF0B3, "Symbol", "≥"),
        (0x2460, "宋体", "①"),
        (0xF001, "某字体", "□"),
        (0xD800, "宋体", "□"),
        (0x00, "宋体", "□"),
    ],
)
def test_a_symbol_is_shown_by_its_meaning(code: int, font: str, shown: str) -> None:
    assert symbol(code, font) == shown


@pytest.mark.parametrize(
    ("text", "font", "shown"),
    [
        ("\uf0b7", "Symbol", "•"),
        ("\uf06c", "Wingdings", "●"),
        ("l", "Wingdings", "●"),
        ("\uf0ff", "Wingdings", "•"),
        ("o", "Courier New", "○"),
        ("o", "宋体", "o"),
        ("—", "宋体", "—"),
        ("\uf0b7", "", "•"),
    ],
)
def test_a_bullet_is_drawn_as_a_reader_sees_it(text: str, font: str, shown: str) -> None:
    assert bullet(text, font) == shown


def test_ordinary_text_is_not_touched() -> None:
    assert without_private_use("整改①“甲”") == "整改①“甲”"
