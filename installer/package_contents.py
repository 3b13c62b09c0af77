"""Which files of Qt belong into a package: what the program uses, and what that needs in turn.

PyInstaller takes every plugin that could be used and every library those need: a virtual keyboard with QML behind it,
a PDF viewer, the network, on Linux all of GTK. None of it is ever loaded here.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path, PurePath
from typing import cast

from PyInstaller.depend.bindepend import get_imports  # pyright: ignore[reportUnknownVariableType] - it has no types

Entry = tuple[str, str, str]  # PyInstaller's: place in the package, source, kind

LINK = "SYMLINK"

#: Modules that something in the environment could import and the program never does.
EXCLUDED = (
    "pip", "setuptools", "pkg_resources", "wheel", "tkinter", "numpy", "pandas", "PIL", "IPython", "pytest",
    "sqlite_utils.cli", "lib2to3", "test", "pydoc", "pydoc_data", "pdb", "doctest", "unittest", "distutils",
    "ensurepip", "venv", "asyncio", "multiprocessing", "ssl", "_ssl", "xmlrpc", "ftplib", "curses", "readline",
    "lxml.html", "lxml.objectify", "lxml.isoschematron", "Cryptodome.SelfTest", "pypinyin.phrases_dict",
    "cffi", "pycparser", "_pydecimal", "http.cookiejar", "cgi", "webbrowser", "tracemalloc", "tzdata",
    "lxml.doctestcompare", "lxml.usedoctest", "lxml.cssselect",
    "PySide6.QtNetwork", "PySide6.QtQml", "PySide6.QtQuick", "PySide6.QtOpenGL", "PySide6.QtSql", "PySide6.QtTest",
)  # fmt: skip

#: Folders of Qt's plugins that stay, and in them the names that do; None keeps all.
PLUGINS: dict[str, str | None] = {
    "platforms": r"q(windows|xcb|wayland.*|offscreen|cocoa)\b",
    "imageformats": r"q(ico|svg|jpeg|gif)\b",
    "iconengines": None,
    "styles": None,
    "platforminputcontexts": r"(compose|ibus)platforminputcontextplugin",
    "platformthemes": r"qxdgdesktopportal",
    "printsupport": r"cupsprintersupport",
    "xcbglintegrations": None,
    "wayland-decoration-client": None,
    "wayland-graphics-integration-client": None,
    "wayland-shell-integration": None,
}
TRANSLATION = re.compile(r"qtbase_(zh_CN|en)\.qm$")
#: Tables of signs in PDF files: of those without their own, only the ones of simplified Chinese that the format names
#: (ISO 32000 §9.7.5.2) are read, vertical writing by the horizontal ones (formats/pdf_maps.py); 7 MB less.
CHARACTER_MAP = re.compile(
    r"cmap/(?!README|(GB(pc|K|Kp)?-EUC|GBK2K|UniGB-(UCS2|UTF16))-H|to-unicode-Adobe-GB|Identity)[^/]+$"
)
#: Readings of words: the program asks for single characters (services/pinyin.py says so to the library).
PHRASES = re.compile(r"pypinyin/phrases_dict\.json$")
#: Of the library for encrypted archives only what AES and its passwords need: it has thirty ciphers and curves besides.
OTHER_CIPHER = re.compile(
    r"Cryptodome/\w+/(?!_(raw_(aes|aesni|ctr|ecb|cbc|cfb|ofb)|BLAKE2s|SHA1|SHA256|Salsa20|scrypt|cpuid_c|strxor|ghash\w*)\.)"
    r"_\w+\..*(so|pyd)$"
)
SOFTWARE_3D = re.compile(r"opengl32sw\.dll$|d3dcompiler_\d+\.dll$", re.IGNORECASE)  # 24 MB for what is never drawn

#: What a Linux that shows windows has anyway: brought along, an older copy would stand in the way of the system's own
#: fonts, input methods and drivers. What is not listed comes along: Python's libraries, and the few of X11's that older
#: desktops made for Qt 5 lack (libxcb-cursor, -icccm, -image, -keysyms, -render-util, -util).
SYSTEM_LIBRARY = re.compile(
    r"lib(glib|gthread|gobject|gio|gmodule)-2\.0|lib(dbus-1|fontconfig|freetype|expat|png16|brotli\w+|systemd|pcre2?-?\w*)\."
    r"|lib(cups|gcrypt|gpg-error|cap|lz4|zstd|uuid|md|bsd|z|gcc_s|stdc\+\+)\.so"
    r"|lib(X11|X11-xcb|Xau|Xdmcp|xkbcommon|xkbcommon-x11|EGL|GL|GLX|OpenGL|GLdispatch|wayland-\w+)\.so"
    r"|libxcb(-(glx|randr|render|shape|shm|sync|xfixes|xkb))?\.so"
)

_ASKED = re.compile(r"^\s*NEEDED\s+(\S+)", re.MULTILINE)


def wanted(binaries: Iterable[Entry], data: Iterable[Entry]) -> list[Entry]:
    """Everything that goes into the package: no unused plugins, nothing that only those needed, one translation."""
    files = [entry for entry in binaries if entry[2] != LINK]
    dropped = {_name(entry) for entry in files}
    files = _reached([entry for entry in files if _is_wanted_plugin(entry) and not _is_left_out(entry)])
    dropped -= {_name(entry) for entry in files}
    others = [entry for entry in (*data, *binaries) if entry[2] == LINK or entry not in files]
    return files + [
        entry
        for entry in others
        if _name(entry) not in dropped
        and not _is_left_out(entry)
        and ("translations" not in _parts(entry) or TRANSLATION.search(entry[0]))
    ]


def strip_symbols(folder: Path) -> None:
    """Take out what only a debugger reads: a Python compiled by hand carries 15 MB of it.

    Python's own files alone: others come stripped, and some do not bear it.
    """
    tool = shutil.which("strip")
    if not sys.platform.startswith("linux") or tool is None:
        return
    internal = folder / "_internal"
    files = [
        *internal.glob("libpython*"),
        *internal.glob("python3*/lib-dynload/*.so"),
        *internal.glob("*.cpython-*.so"),
    ]
    if files:
        subprocess.run([tool, "--strip-unneeded", *map(str, files)], check=True)


def _is_left_out(entry: Entry) -> bool:
    """What is brought along by nobody: not by us, or by the system that has it anyway."""
    if sys.platform.startswith("linux") and SYSTEM_LIBRARY.match(PurePath(entry[0]).name):
        return True
    place = "/".join(_parts(entry))
    return any(pattern.search(place) for pattern in (CHARACTER_MAP, PHRASES, OTHER_CIPHER, SOFTWARE_3D))


def _reached(files: list[Entry]) -> list[Entry]:
    """Of these binaries those that something else in the package loads."""
    by_name = {_name(entry): entry for entry in files}
    reached: set[str] = set()
    waiting = [entry for entry in files if _is_root(entry)]
    while waiting:
        entry = waiting.pop()
        if entry[0] not in reached:
            reached.add(entry[0])
            waiting.extend(by_name[name] for name in _needed(entry) if name in by_name)
    return [entry for entry in files if entry[0] in reached]


def _needed(entry: Entry) -> list[str]:
    """Names of the libraries that a binary itself asks for.

    On Linux PyInstaller asks ``ldd``, which also names what those ask for in turn: by way of the system's printing
    library, which stays outside, its encryption and its network would come along (7.5 MB).
    """
    if sys.platform.startswith("linux"):
        listed = subprocess.run(["objdump", "-p", entry[1]], check=True, capture_output=True, encoding="utf-8")
        return [name.lower() for name in _ASKED.findall(listed.stdout)]
    imports = cast("set[tuple[str, str | None]]", get_imports(entry[1]))
    return [PurePath(name).name.lower() for name, _ in imports]


def _is_wanted_plugin(entry: Entry) -> bool:
    parts = _parts(entry)
    if "plugins" not in parts[:-2]:
        return True
    folder, name = parts[-2:]
    pattern = PLUGINS.get(folder, "(?!)")
    return pattern is None or re.search(pattern, name) is not None


def _is_root(entry: Entry) -> bool:
    """What Python or Qt loads by itself: extension modules, Python's own library, plugins, libraries by name only."""
    name = _name(entry)
    is_python = name.startswith(("python", "libpython", "vcruntime"))
    # an extension module that a package loads by its path: PyInstaller knows it as data of another kind
    is_extension = not name.startswith("lib") and name.endswith(tuple(EXTENSION_SUFFIXES))
    return entry[2] == "EXTENSION" or "plugins" in _parts(entry) or is_python or is_extension


def _name(entry: Entry) -> str:
    return PurePath(entry[0]).name.lower()


def _parts(entry: Entry) -> tuple[str, ...]:
    return tuple(entry[0].replace("\\", "/").split("/"))
