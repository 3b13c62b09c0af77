"""Characters that Office cannot hold are removed at every door through which text comes in.

A .docx or .xlsx is XML 1.0, which has no place for most control characters, for halves of surrogate pairs and for
U+FFFE and U+FFFF (XML 1.0 §2.2 Char); DEL and the C1 controls are legal there but invisible, and come from broken
conversions. Every sign that means "new line" becomes ``\\n``; tabs stay.
"""

from __future__ import annotations

import re

_LINE_BREAK = re.compile("\r\n|[\r\x0b\x0c\u2028\u2029]")
_FORBIDDEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_INVISIBLE = re.compile("[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")


def without_invisible(text: str) -> str:
    """``text`` without what shows nothing: zero-width characters, soft hyphens and marks of direction.

    WeChat and web editors sprinkle them between characters, where they part words that are the same.
    """
    return _INVISIBLE.sub("", text)


def clean(text: str) -> str:
    """``text`` with one kind of line break and without the characters that Office cannot hold."""
    return cleaned(text)[0]


def cleaned(text: str) -> tuple[str, int]:
    """``clean(text)`` and how many characters were removed; a line break that is only rewritten does not count."""
    kept, removed = _FORBIDDEN.subn("", text)
    return _LINE_BREAK.sub("\n", kept), removed


def clipped(text: str, longest: int) -> str:
    """``text`` as it is named in a sentence: of what is longer than ``longest`` characters the beginning and “…”."""
    return text if len(text) <= longest else text[: longest - 1].rstrip("，、；：。 ") + "…"
