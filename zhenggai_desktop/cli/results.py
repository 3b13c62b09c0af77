"""What every command needs: its result, the ledger to read, who works here."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zhenggai_desktop import paths, settings
from zhenggai_desktop.domain.records import Snapshot
from zhenggai_desktop.errors import UsageError
from zhenggai_desktop.names import LEDGER_SUFFIX
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


def new_ledger(name: str) -> Path:
    """Where a ledger is to be made. UsageError for a name that the window would not open: no other program does
    either, and one without ending may be meant for a folder."""
    path = Path(name)
    if path.suffix.lower() != LEDGER_SUFFIX and not path.exists():
        folder = "" if path.suffix else "；要放进文件夹，请先建好它"
        raise UsageError(f"台账不能存成“{path.name}”", f"请把文件名写成以 {LEDGER_SUFFIX} 结尾{folder}")
    return path


def backups_root() -> Path:
    """Where this user's backups are kept, as the settings say."""
    folder = paths.user_folder()
    chosen = settings.load_settings(paths.settings_file(folder)).backups
    return Path(chosen) if chosen else paths.backups_folder(folder)


def user_name() -> str:
    """Who works on this machine, as the settings say."""
    return settings.user_name(settings.load_settings(paths.settings_file(paths.user_folder())))
