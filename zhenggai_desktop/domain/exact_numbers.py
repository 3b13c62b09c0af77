"""Exact numbers as a person writes them."""

from __future__ import annotations

from decimal import Decimal


def exact(number: Decimal) -> str:
    """A number without an exponent and without zeros at the end: 3, 12.5."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
