"""Exports under a password: what leaves the office opens for who knows it, and for nobody without it.

A lost password is a lost file: nothing of it is kept anywhere.
"""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from zhenggai_desktop.errors import UsageError
from zhenggai_desktop.formats.office_lock import LOCKABLE, lock_office_file
from zhenggai_desktop.formats.replacing import replacing

LONGEST_PASSWORD = 255
"""Characters that Office takes ([MS-OFFCRYPTO] 2.3.4.11)."""


def can_be_locked(path: Path) -> bool:
    """True for a file that can have a password."""
    return path.suffix.lower() in LOCKABLE


@contextmanager
def locked(target: Path, password: str) -> Generator[Path]:
    """Where the export shall be written that becomes ``target`` under the password; without one ``target`` itself.

    With a password the open file lies in a private folder, which is gone afterwards, whatever happens. Raises
    UsageError (a file of another kind, a password too long), TargetError.
    """
    if not password:
        yield target
        return
    if not can_be_locked(target):
        raise UsageError(f"“{target.name}”这种文件不能加密码", "请把文件名写成以 .docx 或 .xlsx 结尾")
    if len(password) > LONGEST_PASSWORD:
        raise UsageError(f"密码超过{LONGEST_PASSWORD}个字", "请换一个短些的密码")
    with replacing(target) as made, TemporaryDirectory(prefix="zhenggai-") as folder:
        plain = Path(folder) / target.name
        yield plain
        lock_office_file(plain, made, password)


def lock_file(path: Path, password: str) -> None:
    """Put a written export under a password, in its place. Raises UsageError and TargetError as ``locked``."""
    with locked(path, password) as plain:
        plain.write_bytes(path.read_bytes())
