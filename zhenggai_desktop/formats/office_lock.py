"""Office files under a password, as Word, Excel and WPS ask for it ([MS-OFFCRYPTO] 2.3.4.10: agile encryption, AES)."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

LOCKABLE = frozenset({".docx", ".xlsx", ".xlsm"})
"""Endings of the files that can have a password."""


def lock_office_file(plain: Path, locked: Path, password: str) -> None:
    """Write the Office file ``plain`` as ``locked``, which opens with ``password`` alone. Raises OSError."""
    from msoffcrypto.format import ooxml  # noqa: PLC0415 - only with a password

    make: Any = cast("Any", ooxml).OOXMLFile  # a library without types
    with plain.open("rb") as source, locked.open("wb") as target:
        make(source).encrypt(password, target)
