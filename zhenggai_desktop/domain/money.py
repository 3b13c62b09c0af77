"""Sums of money in whatever unit they were entered, exactly."""

from __future__ import annotations

from decimal import Decimal

YUAN: dict[str, Decimal] = {
    "元": Decimal(1), "百元": Decimal(100), "千元": Decimal(1_000), "万元": Decimal(10_000), "十万元": Decimal(100_000),
    "百万元": Decimal(1_000_000), "千万元": Decimal(10_000_000), "亿元": Decimal(100_000_000),
}  # fmt: skip
"""Unit of money → how many yuan it is."""
USUAL = "万元"


def converted(number: Decimal, unit: str, to: str = USUAL) -> Decimal:
    """A sum in another unit of money; KeyError for a unit that is none."""
    return number * YUAN[unit] / YUAN[to]
