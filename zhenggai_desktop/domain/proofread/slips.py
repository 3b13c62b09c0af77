"""How people get a sum wrong: by one or two, or by digits in another order; what is farther off means otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import pairwise

_NEAR = Decimal("0.12")  # of the whole
_FEW = 2


def is_slip(whole: Decimal, parts: Sequence[Decimal]) -> bool:
    """True where ``parts`` miss ``whole`` by so little that only a mistake explains it; False where they make it.

    “37, of which 21 and 17” is a slip; “25, of which 24 are settled, 15 are of villages” are two ways to divide.
    """
    added = sum(parts, Decimal(0))
    if added == whole or not whole:
        return False
    off = abs(added - whole)
    if off <= max(whole * _NEAR, _FEW if whole > _FEW * 2 else 1) and min(parts) > 0:
        return True
    return any(added - part + other == whole for part in parts for other in _other_orders(part)) or any(
        other == added for other in _other_orders(whole)
    )


def _other_orders(value: Decimal) -> Iterable[Decimal]:
    """The number with two neighbouring digits exchanged: 86 for 68, 1.62 for 1.26."""
    words = f"{value:f}"
    places = [i for i, char in enumerate(words) if char.isdecimal()]
    for i, j in pairwise(places):
        if words[i] != words[j] and words[places[0]] != "0":
            signs = list(words)
            signs[i], signs[j] = signs[j], signs[i]
            yield Decimal("".join(signs))
