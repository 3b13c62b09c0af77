"""The fonts that this computer has, asked of the system: of Windows' registry, elsewhere of fontconfig.

For the command line; the window knows the same from Qt. The names are those of families, in every language they have.
"""

from __future__ import annotations

import shutil
import subprocess
import sys

from zhenggai_desktop.domain.font_choice import check_fonts

__all__ = ["check_fonts", "installed_fonts"]

_PATIENCE = 10  # seconds
_KEY = r"SOFTWARE\Microsoft\Windows NT\CurrentVersion\Fonts"


def installed_fonts() -> frozenset[str] | None:
    """Names of the families; None where the system cannot be asked."""
    if sys.platform == "win32":
        return _of_registry()
    return _of_fontconfig()


def _of_fontconfig() -> frozenset[str] | None:
    program = shutil.which("fc-list")
    if program is None:
        return None
    try:
        found = subprocess.run(  # noqa: S603 - a fixed question to a program of the system
            [program, ":", "family"], capture_output=True, timeout=_PATIENCE, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return None
    lines = found.stdout.decode("utf-8", "replace").splitlines()
    return frozenset(name.replace("\\", "").strip() for line in lines for name in line.split(","))


def _of_registry() -> frozenset[str] | None:
    import winreg  # noqa: PLC0415 - Windows only

    names: set[str] = set()
    for root in ("HKEY_LOCAL_MACHINE", "HKEY_CURRENT_USER"):
        try:
            with winreg.OpenKey(getattr(winreg, root), _KEY) as key:  # pyright: ignore
                for at in range(winreg.QueryInfoKey(key)[1]):  # pyright: ignore
                    names.update(families(winreg.EnumValue(key, at)[0]))  # pyright: ignore
        except OSError:
            continue
    return frozenset(names) or None


def families(entry: str) -> tuple[str, ...]:
    """The families of an entry of the registry: “宋体 & 新宋体 (TrueType)” names two."""
    return tuple(part.strip() for part in entry.partition(" (")[0].split("&"))
