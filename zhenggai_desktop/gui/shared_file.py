"""A small JSON file that several windows keep, each a process of its own: what one writes the others must not undo."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any


class SharedFile:
    """An object of JSON. It is read again wherever another window has written it since."""

    def __init__(self, path: Path | None) -> None:
        """Without a path nothing is kept."""
        self._path = path
        self._values: dict[str, Any] = {}
        self._seen: tuple[int, int] | None = None

    def values(self) -> dict[str, Any]:
        """What the file holds now, to be changed and written; damaged or missing, what was known of it last."""
        if self._path is not None:
            with suppress(OSError, ValueError, RecursionError):
                state = self._path.stat()
                seen = state.st_mtime_ns, state.st_size
                if seen != self._seen:
                    raw: object = json.loads(self._path.read_text(encoding="utf-8"))
                    self._seen = seen
                    if isinstance(raw, dict):
                        self._values = {str(name): value for name, value in raw.items()}
        return self._values

    def write(self) -> None:
        """Write the values as they are now, whole or not at all. What a window remembers is never worth a failure."""
        if self._path is None:
            return
        with suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            temporary = self._path.with_name(self._path.name + ".new")
            temporary.write_text(json.dumps(self._values, ensure_ascii=False), encoding="utf-8")
            temporary.replace(self._path)
            state = self._path.stat()
            self._seen = state.st_mtime_ns, state.st_size
