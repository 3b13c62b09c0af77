"""What a power cut must not take back, and what a killed run left half written.

A name in a folder is on the disk only once the folder itself was synced.
"""

from __future__ import annotations

import contextlib
import os
import re
import time
from pathlib import Path

_ABANDONED = 86_400  # seconds without a change: nobody writes at a file for a day


def sync_folder(folder: Path) -> None:
    """Bring the names in ``folder`` to the disk: a file that was renamed into it, or removed from it.

    Nothing where the system knows no such thing: Windows writes names through, some network drives refuse.
    """
    if os.name == "nt":
        return
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def clear_abandoned(folder: Path, name: re.Pattern[str]) -> None:
    """Remove files of ``folder`` that have such a name and were not written for a day: a run began them beside their
    target and was killed. What cannot be removed stays."""
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if name.fullmatch(entry.name) and entry.is_file(follow_symlinks=False):
                with contextlib.suppress(OSError):
                    if time.time() - entry.stat(follow_symlinks=False).st_mtime > _ABANDONED:
                        Path(entry.path).unlink()
