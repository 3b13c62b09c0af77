"""Which files of Qt belong into a package: what the program uses, and what that needs in turn.

PyInstaller takes every plugin that could be used and every library those need: a virtual keyboard with QML behind it,
a PDF viewer, the network, on Linux all of GTK. None of it is ever loaded here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePath
from typing import cast

from PyInstaller.depend.bindepend import get_imports  # pyright: ignore[reportUnknownVariableType] - it has no types

Entry = tuple[str, str, str]  # PyInstaller's: place in the package, source, kind

LINK = "SYMLINK"

#: Folders of Qt's plugins that stay, and in them the names that do; None keeps all.
PLUGINS: dict[str, str | None] = {
    "platforms": r"q(windows|xcb|wayland.*|offscreen|cocoa)\b",
    "imageformats": r"q(ico|svg|jpeg|gif)\b",
    "iconengines": None,
    "styles": None,
    "platforminputcontexts": r"(compose|ibus)platforminputcontextplugin",
    "platformthemes": r"qxdgdesktopportal",
    "xcbglintegrations": None,
    "wayland-decoration-client": None,
    "wayland-graphics-integration-client": None,
    "wayland-shell-integration": None,
}
TRANSLATION = re.compile(r"qtbase_zh_CN\.qm$")
SOFTWARE_3D = re.compile(r"opengl32sw\.dll$|d3dcompiler_\d+\.dll$", re.IGNORECASE)  # 24 MB for what is never drawn


def wanted(binaries: Iterable[Entry], data: Iterable[Entry]) -> list[Entry]:
    """Everything that goes into the package: no unused plugins, nothing that only those needed, one translation."""
    files = [entry for entry in binaries if entry[2] != LINK]
    dropped = {_name(entry) for entry in files}
    files = _reached([entry for entry in files if _is_wanted_plugin(entry) and not SOFTWARE_3D.search(entry[0])])
    dropped -= {_name(entry) for entry in files}
    others = [entry for entry in (*data, *binaries) if entry[2] == LINK or entry not in files]
    return files + [
        entry
        for entry in others
        if _name(entry) not in dropped and ("translations" not in _parts(entry) or TRANSLATION.search(entry[0]))
    ]


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
    """Names of the libraries that a binary asks for."""
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
    is_python = _name(entry).startswith(("python", "libpython", "vcruntime"))
    return entry[2] == "EXTENSION" or "plugins" in _parts(entry) or is_python


def _name(entry: Entry) -> str:
    return PurePath(entry[0]).name.lower()


def _parts(entry: Entry) -> tuple[str, ...]:
    return tuple(entry[0].replace("\\", "/").split("/"))
