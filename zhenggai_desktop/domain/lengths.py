"""How long the texts of a notice should be at most."""

from __future__ import annotations

LONG_PARAGRAPH = 800
"""Characters of one paragraph: a page and a third of 22 × 28; what is longer is better divided (domain.md §9, 10)."""


def longest_paragraph(text: str) -> int:
    """Characters of the longest line of a text, blanks at its ends not counted."""
    return max((len(line.strip()) for line in text.splitlines()), default=0)
