"""Passwords for what the command line writes and opens: they stand in a file, never among the arguments."""

from __future__ import annotations

from pathlib import Path

from zhenggai_desktop.errors import UsageError

_LARGEST = 10_000  # bytes


def password_in(name: str) -> str:
    """The first line of a file: a password on the command line would stand in the shell's history."""
    if not name:
        return ""
    try:
        path = Path(name)
        if path.stat().st_size > _LARGEST:
            raise UsageError(f"密码文件“{path.name}”过大", "密码文件里只写一行密码")
        password = path.read_text(encoding="utf-8-sig").splitlines()[0].strip()
    except (OSError, UnicodeDecodeError, IndexError) as error:
        raise UsageError(f"密码文件“{name}”读不出来", "请在一个文本文件（UTF-8 编码）的第一行写上密码") from error
    if not password:
        raise UsageError("密码文件的第一行是空的", "请在第一行写上密码")
    return password
