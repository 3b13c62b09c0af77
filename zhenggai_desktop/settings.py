"""What one user chose, in a small JSON file in the user's folder. A ledger's own choices live in the ledger."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import cast

_RECENT_KEPT = 10


@dataclass(frozen=True, slots=True)
class Settings:
    """``who`` is the name under which steps are written into a ledger's history."""

    who: str = ""
    recent: tuple[str, ...] = ()  # ledgers opened last, newest first
    folders: dict[str, str] = field(default_factory=dict[str, str])  # used last, by purpose
    window: str = ""  # the window's own words for its place and size
    scale: int = 100  # per cent of the usual size of letters
    usual_scale: int = 100  # where large type leads back to
    theme: str = ""  # a theme's word; "" follows the system
    splitter: str = ""  # the ledger page's own words for its two sides
    sides: dict[str, str] = field(default_factory=dict[str, str])  # pixels of the parts of other pages, by name
    backups: str = ""  # the folder for backups; "" is the one in the user's folder
    columns: str = ""  # the tree's own words for its columns

    def with_recent(self, path: Path) -> Settings:
        """These settings with ``path`` as the ledger opened last; ten are kept."""
        name = str(path)
        others = tuple(entry for entry in self.recent if entry != name)
        return replace(self, recent=(name, *others)[:_RECENT_KEPT])


def load_settings(path: Path) -> Settings:
    """The settings at ``path``; what is missing, damaged or of another type has its default.

    A setting is never worth a failure to start, so an unreadable file counts as none.
    """
    return newest_settings(path, Settings())


def newest_settings(path: Path, known: Settings) -> Settings:
    """What stands at ``path`` now, where another window may have written it; ``known`` where nothing can be read."""
    try:
        raw: object = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return known
    if not isinstance(raw, dict):
        return known
    return _read(cast("dict[str, object]", raw))


def _read(values: dict[str, object]) -> Settings:
    known: dict[str, object] = {}
    for spec in fields(Settings):
        value = values.get(spec.name)
        if isinstance(value, list):
            value = tuple(str(item) for item in cast("list[object]", value))
        if isinstance(value, dict):
            value = {str(name): str(item) for name, item in cast("dict[object, object]", value).items()}
        if value is not None and isinstance(value, type(getattr(Settings(), spec.name))):
            known[spec.name] = value
    return replace(Settings(), **known)


def save_settings(settings: Settings, path: Path) -> None:
    """Writes the settings whole or not at all. Raises OSError where the folder cannot be written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(path.name + ".new")
    temporary.write_text(json.dumps(asdict(settings), ensure_ascii=False, indent=2), encoding="utf-8")
    temporary.replace(path)


def user_name(settings: Settings) -> str:
    """The name for the history: the one that the user chose, else the account's, else ""."""
    return settings.who or os.environ.get("USERNAME") or os.environ.get("USER") or ""
