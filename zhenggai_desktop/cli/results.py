"""What every command needs: its result, the ledger to read, who works here."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zhenggai_desktop import paths, settings
from zhenggai_desktop.domain.records import Snapshot
from zhenggai_desktop.services.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Result:
    """``code`` is the process's; ``for_programs`` marks JSON, which is UTF-8 whatever the console speaks."""

    text: str
    code: int = 0
    for_programs: bool = False


def json_result(values: Any, code: int = 0) -> Result:
    """Values for other programs."""
    return Result(json.dumps(values, ensure_ascii=False, indent=2), code, for_programs=True)


def read_snapshot(path: Path) -> Snapshot:
    """The ledger at this moment, read without a lock: it may be open in the window."""
    with Ledger.open(path, read_only=True) as ledger:
        return ledger.snapshot


def backups_root() -> Path:
    """Where this user's backups are kept, as the settings say."""
    folder = paths.user_folder()
    chosen = settings.load_settings(paths.settings_file(folder)).backups
    return Path(chosen) if chosen else paths.backups_folder(folder)


def user_name() -> str:
    """Who works on this machine, as the settings say."""
    return settings.user_name(settings.load_settings(paths.settings_file(paths.user_folder())))
