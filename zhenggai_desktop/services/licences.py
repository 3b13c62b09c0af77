"""The licences of everything that comes with the program, as ``resources/licences`` holds them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import cast

_FOLDER, _INDEX = "licences", "index.json"


@dataclass(frozen=True, slots=True)
class Licence:
    """What comes along (``name``), under which licence in short words, and what for (``use``)."""

    name: str
    licence: str
    use: str
    file: Path

    def text(self) -> str:
        """The whole text of the licence, in the language in which it was given. Raises OSError without its file."""
        return self.file.read_text(encoding="utf-8")


def bundled_licences(resources: Path) -> tuple[Licence, ...]:
    """All of them in the order of the index: what the program stands on first. Raises OSError without the index."""
    folder = resources / _FOLDER
    entries = cast("list[dict[str, str]]", json.loads((folder / _INDEX).read_text(encoding="utf-8")))
    return tuple(Licence(entry["name"], entry["licence"], entry["use"], folder / entry["file"]) for entry in entries)
