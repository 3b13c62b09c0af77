"""Text that was copied from a page line by line: which lines only go on with the one above."""

from __future__ import annotations

from collections.abc import Sequence

from zhenggai_desktop.domain.layout import text_width

_NARROWEST = 20.0  # full-width characters in a line of a page
_RAGGED = 3.5  # what an indent and the last sign may leave of a line
_FEWEST = 3
_STOPS = "。！？；：…”）》】"


def wrapped_lines(texts: Sequence[str]) -> set[int]:
    """The indexes of lines that go on with the line before, which is as wide as the page and ends without a stop.

    None unless no line is wider than the page, several end so, and most of what goes on comes to a stop at last:
    paragraphs are of many lengths, and titles of much the same length have no stops.
    """
    widths = [text_width(text) for text in texts]
    page = max(widths, default=0.0)
    full = [width >= page - _RAGGED for width in widths]
    broken = {i + 1 for i, text in enumerate(texts[:-1]) if full[i] and text[-1] not in _STOPS}
    ends = [texts[i][-1] in _STOPS for i in broken if i + 1 not in broken]
    enough = page >= _NARROWEST and len(broken) >= _FEWEST and 5 * sum(full) >= len(texts)
    return broken if enough and 2 * sum(ends) > len(ends) else set()
