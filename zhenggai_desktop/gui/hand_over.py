"""One window per ledger: a second start hands its file to the window that has it open, by a request file.

Each window keeps a small file in the user's folder that names its ledger. A second start that finds its own ledger
there writes a request beside it and waits until it is taken away; where nobody takes it, the window has died, and the
second start goes on alone. No socket is opened, nothing listens.
"""

from __future__ import annotations

import json
import os
import time
from contextlib import suppress
from pathlib import Path
from typing import Any, cast

from PySide6.QtCore import QObject, QTimer, Signal

FOLDER = "windows"  # in the user's folder
_LOOKED_AFTER = 300  # milliseconds between two looks for a request
_WAITED = 2.0  # seconds until a window that does not answer counts as dead
_STEP = 0.05


def hand_over(folder: Path, ledger: Path) -> bool:
    """Ask the window that has ``ledger`` open to come forward. False where there is none that answers."""
    for entry in folder.glob("*.json"):
        if _ledger_of(entry) != _name(ledger):
            continue
        request = entry.with_suffix(".request")
        try:
            _write(request, {"ledger": _name(ledger)})
        except OSError:
            return False
        if _is_taken(request):
            return True
        for stale in (request, entry):
            with suppress(OSError):
                stale.unlink()
    return False


class HandOver(QObject):
    """A window's side: says what is open, and hears when somebody asks for it."""

    asked = Signal(object)  # Path

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entry = folder / f"{os.getpid()}-{id(self)}.json"
        self._request = self._entry.with_suffix(".request")
        self._timer = QTimer(self, interval=_LOOKED_AFTER)
        self._timer.timeout.connect(self.look)

    def announce(self, ledger: Path | None) -> None:
        """This window has ``ledger`` open; None: no ledger."""
        with suppress(OSError):  # without the note a second start meets the lock, which says the same in words
            if ledger is None:
                self._timer.stop()
                self._entry.unlink(missing_ok=True)
            else:
                _write(self._entry, {"ledger": _name(ledger)})
                self._timer.start()

    def look(self) -> None:
        """Take a request that has come."""
        if self._request.exists():
            name = _ledger_of(self._request)
            with suppress(OSError):
                self._request.unlink()
            if name:
                self.asked.emit(Path(name))


def _is_taken(request: Path) -> bool:
    end = time.monotonic() + _WAITED
    while time.monotonic() < end:
        if not request.exists():
            return True
        time.sleep(_STEP)
    return False


def _name(ledger: Path) -> str:
    return os.path.normcase(ledger.resolve())


def _ledger_of(entry: Path) -> str:
    try:
        raw: object = json.loads(entry.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return ""
    return str(cast("dict[str, Any]", raw).get("ledger", "")) if isinstance(raw, dict) else ""


def _write(path: Path, values: dict[str, str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(path.name + ".new")
    temporary.write_text(json.dumps(values, ensure_ascii=False), encoding="utf-8")
    temporary.replace(path)
