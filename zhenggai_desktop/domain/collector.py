"""Python's collector of garbage, out of the way where very many objects are made at once."""

from __future__ import annotations

import gc
from collections.abc import Generator
from contextlib import contextmanager


@contextmanager
def no_garbage_collection(*, for_good: bool = False) -> Generator[None]:
    """Many new objects at once make the collector search all of them again and again, in vain.

    What is there at the end stays ``for_good``: the collector never looks at it again.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if for_good:
            gc.freeze()
        if was_on:
            gc.enable()
