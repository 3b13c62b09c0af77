"""How long work says how far it is, and hears that nobody wants it any more."""

from __future__ import annotations

from collections.abc import Callable

Tick = Callable[[int, int], None]
"""``tick(done, total)`` in whatever unit; a total of 0 says only that the work goes on. Raises CancelledError where
the user no longer waits: whoever ticks leaves nothing half done then."""


def no_tick(done: int, total: int) -> None:
    """For work that nobody watches."""
