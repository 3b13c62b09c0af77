"""From a place in the normal form of a paragraph to the place in the words as they were written."""

from __future__ import annotations

from bisect import bisect_left

_BLANKS = " \t\u00a0\u3000\u200b\ufeff\u202f\u205f" + "".join(map(chr, range(0x2000, 0x200B)))


def raw_span(raw: str, text: str, start: int, end: int) -> tuple[int, int] | None:
    """Where characters ``start`` to ``end`` of ``text`` stand in ``raw``, of which ``text`` is the normal form.

    Normalising drops blanks and changes widths and quotes one by one. None where ``text`` is not of ``raw``: a
    paragraph that was joined or split is looked for by its words.
    """
    places = _aligned(raw, text)
    if places is not None:
        if start >= len(text):
            return len(raw.rstrip(_BLANKS)), len(raw.rstrip(_BLANKS))
        last = places[end - 1] + 1 if end > start else places[start]
        return places[start], last
    words = text[start:end]
    at = raw.find(words) if words else -1
    return (at, at + len(words)) if at >= 0 else None


def text_span(raw: str, text: str, start: int, end: int) -> tuple[int, int]:
    """Where characters ``start`` to ``end`` of ``raw`` stand in ``text``, its normal form; a dropped blank is empty."""
    places = _aligned(raw, text)
    if places is None:
        return min(start, len(text)), min(end, len(text))
    return bisect_left(places, start), bisect_left(places, end)


def _aligned(raw: str, text: str) -> list[int] | None:
    """The place in ``raw`` of each character of ``text``."""
    places: list[int] = []
    at = 0
    for char in text:
        blank = char in _BLANKS  # of several blanks, of whatever width, one is kept
        while at < len(raw) and raw[at] != char and raw[at] in _BLANKS and not blank:
            at += 1
        if at >= len(raw) or (blank and raw[at] not in _BLANKS):
            return None
        if raw[at] != char and raw[at].isalnum() and not _same_letter(raw[at], char):
            return None
        places.append(at)
        at += 1
    return places if not raw[at:].strip(_BLANKS) else None


def _same_letter(one: str, other: str) -> bool:
    """Full-width letters and digits are the same as their half-width ones."""
    return ord(one) - ord(other) == 0xFEE0 or one.lower() == other.lower()
