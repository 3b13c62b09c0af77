"""The user's settings as one window holds them."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from zhenggai_desktop.settings import Settings, load_settings, newest_settings, save_settings


class KeptSettings:
    """Other windows keep theirs in the same file: only what is new here is written over what stands there now."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.now: Settings = load_settings(file)

    def keep(self, **values: Any) -> None:
        """Write the settings of these names; where the file cannot be written they hold for this window only."""
        self.now = replace(newest_settings(self.file, self.now), **values)
        with suppress(OSError):  # a setting is never worth a failure
            save_settings(self.now, self.file)

    def remember(self, ledger: Path) -> None:
        """Let a ledger be the one that was opened last."""
        self.keep(recent=newest_settings(self.file, self.now).with_recent(ledger).recent)

    def forget(self, ledger: Path) -> None:
        """Take a ledger off the list of those opened last."""
        newest = newest_settings(self.file, self.now)
        self.keep(recent=tuple(name for name in newest.recent if name != str(ledger)))

    @property
    def recent(self) -> list[Path]:
        """The ledgers opened last, the newest first."""
        return [Path(name) for name in self.now.recent]
