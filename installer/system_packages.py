"""What Qt and the rendering tests need from the system, and how a Debian-like system gets it.

What is there is found out by looking (can the library be loaded, is the program on the path), not by asking a package
manager, so that a system without apt is judged rightly too.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

#: Shared libraries Qt loads even without a screen, each with the Debian and Ubuntu package it comes from.
QT_LIBRARIES = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
}

#: What Qt loads besides to show a window by X11 or Wayland.
SCREEN_LIBRARIES = {
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}

#: Programs with which tests look at pages as a reader sees them.
TEST_PROGRAMS = {"soffice": "libreoffice-writer libreoffice-calc", "pdftotext": "poppler-utils"}

#: What the longer tests need to build the package, besides Python's own library.
BUILD_PROGRAMS = {"objdump": "binutils"}

CHINESE_FONT_PACKAGE = "fonts-noto-cjk"
CHINESE_FONTS = re.compile("cjk|wqy|simsun|simhei|simfang|msyh|uming|ukai|sourcehan|droidsansfallback", re.IGNORECASE)
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts")


def missing_for_environment() -> list[str]:
    """The package without which Python cannot make ``.venv``: Debian splits it off."""
    if importlib.util.find_spec("ensurepip") is None:
        return [f"python{sys.version_info.major}.{sys.version_info.minor}-venv"]
    return []


def missing_libraries(table: dict[str, str]) -> list[str]:
    """Packages of the libraries of ``table`` that are not there; empty where Qt brings all it needs."""
    if not sys.platform.startswith("linux"):
        return []
    return [package for library, package in table.items() if not _loads(library)]


def missing_programs(table: dict[str, str]) -> list[str]:
    """Packages of the programs of ``table`` that are not on the path."""
    if not sys.platform.startswith("linux"):
        return []
    return [name for program, names in table.items() if not shutil.which(program) for name in names.split()]


def missing_for_package() -> list[str]:
    """What building the package needs. Debian's own Python lacks the library that a package carries along."""
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    library = {f"libpython{version}.so.1.0": f"libpython{version}"} if sys.base_prefix == "/usr" else {}
    return missing_programs(BUILD_PROGRAMS) + missing_libraries(library)


def missing_fonts() -> list[str]:
    """A font with Chinese characters where the system has none: they would show as boxes."""
    if not sys.platform.startswith("linux") or _has_chinese_font():
        return []
    return [CHINESE_FONT_PACKAGE]


def install(packages: Sequence[str]) -> bool:
    """Install by apt as root or by a sudo that asks nothing. False where that is not possible or fails."""
    prefix = _privilege()
    if prefix is None or not shutil.which("apt-get"):
        return False
    print(f"正在安装系统软件包：{' '.join(packages)}", flush=True)
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-o", "DPkg::Lock::Timeout=300"]
    # Stale lists of one source must not stop what the others can deliver: only the installation decides.
    subprocess.run([*apt, "update"], check=False)
    apt += ["install", "-y", "--no-install-recommends", *packages]
    return subprocess.run(apt, check=False, stdout=subprocess.DEVNULL).returncode == 0


def command_to_type(packages: Sequence[str]) -> str:
    """The one sentence for a user who has to install the packages by hand."""
    names = " ".join(packages)
    if shutil.which("apt-get"):
        return f"请运行（或请管理员运行）：sudo apt-get update && sudo apt-get install -y {names}"
    return f"请用本系统的软件管理器安装与下列 Debian 软件包对应的软件：{names}"


def _privilege() -> list[str] | None:
    """What to put before a command so that root runs it: nothing, ``sudo -n``, or None where neither works."""
    if not hasattr(os, "geteuid"):
        return None
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], check=False, capture_output=True).returncode == 0:
        return [sudo, "-n"]
    return None


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _has_chinese_font() -> bool:
    for folder in FONT_FOLDERS:
        for _, _, names in os.walk(Path(folder).expanduser()):
            if any(CHINESE_FONTS.search(name) for name in names):
                return True
    return False
