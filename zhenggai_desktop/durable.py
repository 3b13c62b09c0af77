"""What a power cut must not take back: a name in a folder is on the disk only once the folder itself was synced."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path


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
