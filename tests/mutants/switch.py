"""What an instrumented module asks at each place: is the fault of this place switched on?

A module of the copy calls these functions where the original compares, counts, decides or returns. One fault is on at
a time, or none; while ``recording`` the places that are reached are noted.
"""

from __future__ import annotations

import operator
import os
from collections.abc import Callable
from typing import Any

VARIABLE = "FAULT"  # the environment's, so that a child process has the fault too
reached: set[int] = set()
recording = False
_on = int(os.environ.get(VARIABLE, "0"))
_COMPARED: dict[str, tuple[Callable[[Any, Any], Any], Callable[[Any, Any], Any]]] = {
    "<": (operator.lt, operator.le),
    "<=": (operator.le, operator.lt),
    ">": (operator.gt, operator.ge),
    ">=": (operator.ge, operator.gt),
    "==": (operator.eq, operator.ne),
    "!=": (operator.ne, operator.eq),
    "in": (lambda one, many: one in many, lambda one, many: one not in many),
    "not in": (lambda one, many: one not in many, lambda one, many: one in many),
    "is": (operator.is_, operator.is_not),
    "is not": (operator.is_not, operator.is_),
}
TURNED = {
    "<": "<=", "<=": "<", ">": ">=", ">=": ">", "==": "!=", "!=": "==",
    "in": "not in", "not in": "in", "is": "is not", "is not": "is",
}  # fmt: skip


def switch(place: int) -> None:
    """Put the fault of ``place`` on, here and in every process that starts from here; 0 puts all off."""
    global _on  # noqa: PLW0603 - one switch for the whole process is the point of it
    _on = place
    os.environ[VARIABLE] = str(place)


def wrong(place: int) -> bool:
    """True where the fault of ``place`` is on."""
    if recording:
        reached.add(place)
    return _on == place


def compared(place: int, sign: str, one: Any, other: Any) -> Any:
    """``one < other``, or with the fault ``one <= other``, and so on for each sign."""
    return _COMPARED[sign][wrong(place)](one, other)


def counted(place: int, number: int) -> int:
    """The number, or with the fault one more."""
    return number + 1 if wrong(place) else number


def decided(place: int, condition: Any) -> Any:
    """The condition, or with the fault its opposite."""
    return not condition if wrong(place) else condition


def added(place: int, sign: str, one: Any, other: Any) -> Any:
    """The sum or difference, or with the fault the other of the two."""
    return one + other if (sign == "+") != wrong(place) else one - other
