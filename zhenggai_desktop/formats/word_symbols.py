"""Characters of Word's symbol fonts as characters that any font can show.

Word keeps a character of Symbol or Wingdings in the private-use area (U+F000 + its place in the font); without that
font a reader would see an empty box. Only signs that office documents use are listed.
"""

from __future__ import annotations

BULLET = "•"
UNKNOWN = "□"

_SYMBOL = {
    0x2D: "−", 0x61: "α", 0x62: "β", 0x67: "γ", 0x64: "δ", 0x6D: "μ", 0x70: "π", 0x73: "σ", 0x77: "ω", 0x44: "Δ",
    0x53: "Σ", 0x57: "Ω", 0xA3: "≤", 0xA5: "∞", 0xAB: "↔", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°",
    0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: BULLET, 0xB8: "÷", 0xB9: "≠", 0xBA: "≡", 0xBB: "≈", 0xBC: "…", 0xD7: "·",
    0xD6: "√", 0xDE: "⇒", 0xA8: "♦", 0xD2: "®", 0xD3: "©", 0xD4: "™",
}  # fmt: skip
_WINGDINGS = {
    0x46: "☞", 0x6C: "●", 0x6D: "○", 0x6E: "■", 0x6F: "□", 0x70: "□", 0x71: "❑", 0x72: "❒", 0x73: "◆", 0x74: "◆",
    0x75: "◆", 0x76: "❖", 0x77: "◆", 0x9E: "·", 0x9F: BULLET, 0xA1: "○", 0xA7: "▪", 0xA8: "□", 0xAB: "★", 0xAF: "☆",
    0xB2: "✧", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "➔", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓",
    0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_WINGDINGS_2 = {0x50: "✓", 0x4F: "✗", 0x51: "☒", 0x52: "☑", 0x54: "☒", 0x97: "●", 0xA3: "□"}
_FONTS = {"symbol": _SYMBOL, "wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2}


def symbol(code: int, font: str) -> str:
    """The character at ``code`` of ``font``, ``UNKNOWN`` when the sign is not in the tables."""
    place = code & 0xFF if 0xF000 <= code <= 0xF0FF else code
    table = _FONTS.get(font.strip().lower())
    if table is not None:
        return table.get(place, UNKNOWN)
    if place == code:
        return chr(code) if 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD else UNKNOWN
    return _SYMBOL.get(place) or _WINGDINGS.get(place) or UNKNOWN


def without_private_use(text: str, font: str = "", unknown: str = UNKNOWN) -> str:
    """``text`` with symbol-font characters of the private-use area written as ordinary ones."""
    if not any("\uf000" <= char <= "\uf0ff" for char in text):
        return text
    shown = (symbol(ord(char), font) if "\uf000" <= char <= "\uf0ff" else char for char in text)
    return "".join(unknown if char == UNKNOWN else char for char in shown)


def bullet(text: str, font: str) -> str:
    """The bullet of a list level as a reader sees it; a sign that is not known is drawn as “•”."""
    name = font.strip().lower()
    if name in _FONTS:
        return "".join(char if char != UNKNOWN else BULLET for char in (symbol(ord(c), name) for c in text))
    if text == "o" and name.startswith("courier"):  # Word's second level: the letter stands for a ring
        return "○"
    return without_private_use(text, font, BULLET)
