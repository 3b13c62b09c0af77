"""A Windows of Wine's making: its Python, its paths, its registry. For tests that build and install as on Windows."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TOOL = ROOT.parent / "shared" / "tools" / "windows" / "winpy.sh"
#: The version that runs under Wine; releases are built on Windows with the locked one.
PYSIDE = "6.11.3"
BUILDERS = ("pyinstaller", "colorama", "pefile", "pywin32-ctypes")
_NOT_TAKEN = re.compile(r"pyside6|shiboken6|^pip=", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Wine:
    """``folder`` holds the prefix and the Windows Python."""

    folder: Path
    environment: dict[str, str]

    @property
    def drive(self) -> Path:
        return self.folder / "prefix" / "drive_c"

    def named(self, path: Path) -> str:
        """A path of this machine as programs of Windows read it."""
        if path.is_relative_to(self.drive):
            return "C:\\" + str(path.relative_to(self.drive)).replace("/", "\\")
        return "Z:" + str(path).replace("/", "\\")

    def run(self, *command: str, timeout: float = 900) -> subprocess.CompletedProcess[str]:
        """A program of Windows, to its end. Its streams are pipes: Wine's programs do not like others."""
        return subprocess.run(
            ["wine", *command], env=self.environment, check=False, stdin=subprocess.DEVNULL, capture_output=True,
            encoding="gb18030", errors="replace", timeout=timeout,
        )  # fmt: skip

    def pretend(self, version: str) -> None:
        """Be this Windows from now on: ``win10``, ``win7``, as winecfg calls them."""
        assert self.run("winecfg", "-v", version).returncode == 0

    def value(self, key: str, name: str = "") -> str:
        """A value of the current user's registry; "" where there is none."""
        said = self.run("reg", "query", f"HKCU\\{key}", *(["/v", name] if name else ["/ve"])).stdout
        found = re.search(r"REG_\w+\s+(.*\S)", said)
        return found[1] if found else ""


def missing() -> str:
    """Why there can be no Wine here; "" where there can."""
    if not TOOL.is_file():
        return "no tool for a Windows Python here"
    absent = [name for name in ("wine", "Xvfb", "makensis", "x86_64-w64-mingw32-gcc") if not shutil.which(name)]
    return f"not installed: {', '.join(absent)}" if absent else ""


@contextmanager
def started(folder: Path) -> Generator[Wine]:
    """Wine in ``folder``, made there where it is not yet, with a screen of its own."""
    _install(folder)
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1366x768x24"]
    screen = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        display = pipe.readline().strip()
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "QT_", "XDG_"))},
        "WINEPREFIX": str(folder / "prefix"),
        "WINEARCH": "win64",
        "WINEDEBUG": "-all",
        "WINEDLLOVERRIDES": "mscoree=d;mshtml=d",
        "LC_ALL": "zh_CN.UTF-8",  # code page 936, as on a Chinese Windows
        "DISPLAY": f":{display}",
        "QT_QPA_PLATFORM": "",  # Windows' own
    }
    machine = Wine(folder, environment)
    try:
        machine.pretend("win10")
        yield machine
    finally:
        subprocess.run(["wineserver", "-k"], env=environment, check=False)
        screen.terminate()
        screen.wait()


def _install(folder: Path) -> None:
    """The Windows Python with what is locked; one prepared before is brought up to today's lock."""
    lock = (ROOT / "installer" / "requirements-test.txt").read_text("utf-8")
    locked = re.findall(r"^([A-Za-z0-9._-]+==[^\s;]+)", lock, re.MULTILINE)
    ours = (ROOT / "installer" / "requirements.txt").read_text("utf-8")
    wanted = [name for name in locked if name in ours or name.split("==")[0] in BUILDERS]
    packages = [name for name in wanted if not _NOT_TAKEN.search(name)]
    packages += [f"PySide6-Essentials=={PYSIDE}", f"shiboken6=={PYSIDE}"]
    stamp = folder / "installed.txt"
    if not stamp.exists() or stamp.read_text("utf-8").split() != packages:
        subprocess.run(["bash", str(TOOL), "prepare", str(folder), *packages], check=True)
        stamp.write_text("\n".join(packages), "utf-8")
    library = folder / "prefix" / "drive_c" / "windows" / "system32" / "bcryptprimitives.dll"
    source = Path(__file__).with_name("bcryptprimitives.c")
    compiler = ["x86_64-w64-mingw32-gcc", "-O2", "-s", "-shared", "-o", str(library), str(source), "-ladvapi32"]
    subprocess.run(compiler, check=True)
