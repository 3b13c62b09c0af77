"""In which threads something is called."""

from __future__ import annotations

import threading
from typing import Any

import pytest


def threads_of(monkeypatch: pytest.MonkeyPatch, owner: object, name: str) -> list[bool]:
    """True for each call of ``owner``'s ``name`` in the window's own thread, False for each in another."""
    real, notes = getattr(owner, name), list[bool]()

    def noted(*given: Any, **named: Any) -> Any:
        notes.append(threading.current_thread() is threading.main_thread())
        return real(*given, **named)

    monkeypatch.setattr(owner, name, noted)
    return notes
