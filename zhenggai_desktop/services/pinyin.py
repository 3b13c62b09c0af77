"""Texts by the first letters of their pinyin, for who types “zgtz” and means 整改台账."""

from __future__ import annotations

import os
from typing import Any

_FIRST_HAN = 0x2E80  # where the radicals begin; nothing before has a pinyin


class Initials:
    """Looks each character up once; the tables of readings are loaded with the first Chinese one."""

    def __init__(self) -> None:
        self._letters = _Letters()

    def __call__(self, text: str) -> str:
        """Each Chinese character as the first letter of its usual reading, everything else as it is."""
        return text.translate(self._letters)


class _Letters(dict[int, str]):
    """The letter by code of each character that was met."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        if code >= _FIRST_HAN:
            # the readings of whole words change no single character's, and are most of what would be loaded
            os.environ["PYPINYIN_NO_PHRASES"] = "1"
            import pypinyin  # noqa: PLC0415 - seldom wanted

            library: Any = pypinyin  # its types are known to itself only in part
            letter = str(library.pinyin(letter, style=library.Style.FIRST_LETTER)[0][0]) or letter
        self[code] = letter
        return letter
