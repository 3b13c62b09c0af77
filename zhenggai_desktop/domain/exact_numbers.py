"""Exact numbers as a person writes them."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

MOST_DIGITS = 60
"""Most digits before the point, and behind it. What a text can state is far below: 15 digits of 亿元."""


def read_exact(text: str) -> Decimal:
    """The number that ``text`` writes, blanks around it allowed. ValueError where it is none, is not finite, or has
    more than ``MOST_DIGITS`` digits on a side: a cell of a workbook could not hold it, nor could anybody read it."""
    try:
        number = Decimal(text)
    except InvalidOperation as error:
        raise ValueError(f"no number: {text[:20]!r}") from error
    exponent = number.as_tuple().exponent
    if not isinstance(exponent, int) or number.adjusted() >= MOST_DIGITS or exponent < -MOST_DIGITS:
        raise ValueError(f"no number that can be written: {text[:20]!r}")
    return number


def exact(number: Decimal) -> str:
    """A number without an exponent and without zeros at the end: 3, 12.5."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
