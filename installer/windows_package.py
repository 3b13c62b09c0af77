"""The packages for Windows: an installer for one user, made by NSIS, and a zip to carry on a stick.

NSIS runs on Linux too: there the same installer is made from a folder that was packaged for Windows.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from pathlib import Path

from archives import BuildError, make_portable, zipped
from version_resource import COMMAND, PRODUCT, four_numbers

SCRIPT = Path(__file__).resolve().parent / "windows" / "zhenggai.nsi"
#: Where NSIS puts itself on Windows, without a word to the path.
_PROGRAM_FOLDERS = ("ProgramFiles(x86)", "ProgramFiles")
_PATIENCE = 300  # seconds; a slow disk with a scanner for viruses
_STUBS = Path("/usr/share/nsis/Stubs")


def make_installer(folder: Path, dist: Path, version: str) -> Path:
    """The installer of the program in ``folder``, written into ``dist``. Whatever NSIS warns of ends it."""
    target = dist / f"{PRODUCT}-{version}-x64-安装程序.exe"
    four = ".".join(map(str, four_numbers(version)))
    values = {"SOURCE": folder, "OUT": target, "VERSION": version, "FOUR": four}
    if (_STUBS / "lzma_solid-amd64-unicode").exists():
        values["TARGET64"] = "1"
    option = "/" if os.name == "nt" else "-"
    words = [f"{option}D{name}={value}" for name, value in values.items()]
    command = [str(compiler()), f"{option}V2", f"{option}WX", f"{option}INPUTCHARSET", "UTF8", *words, str(SCRIPT)]
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}  # without it NSIS cannot read the names of files
    result = subprocess.run(
        command, env=environment, check=False, capture_output=True, encoding="utf-8", errors="replace"
    )
    if result.returncode:
        raise BuildError(f"NSIS：{result.stdout[-2000:]}{result.stderr[-2000:]}")
    return target


def make_zip(folder: Path, dist: Path, version: str) -> Path:
    """The portable program as a zip, written into ``dist``."""
    target = dist / f"{PRODUCT}-{version}-x64-便携版.zip"
    portable = dist / "portable"
    shutil.copytree(folder, portable)
    make_portable(portable)
    zipped(portable, target, f"{PRODUCT}（便携版）")
    shutil.rmtree(portable)
    return target


def compiler() -> Path:
    """NSIS's makensis. Raises BuildError where there is none."""
    folders = [Path(os.environ[name]) / "NSIS" for name in _PROGRAM_FOLDERS if name in os.environ]
    places = [shutil.which("makensis"), *(folder / "makensis.exe" for folder in folders)]
    found = next((Path(place) for place in places if place and Path(place).exists()), None)
    if found is None:
        raise BuildError("没有找到 makensis：请安装 NSIS 3（Debian：apt-get install nsis）")
    return found


def try_installer(installer: Path, place: Path, version: str) -> None:
    """Install into ``place`` without a word, ask the program its version, and remove it. Only on Windows.

    Changes what the current user has installed, so it is for machines that nobody works on.
    """
    # one string: NSIS takes everything after /D= as it stands, and quotes are part of it
    subprocess.run(f'"{installer}" /S /D={place}', check=True, timeout=_PATIENCE)
    asked = [str(place / f"{COMMAND}.exe"), "--version"]
    said = subprocess.run(asked, check=True, capture_output=True, encoding="utf-8", timeout=_PATIENCE).stdout
    if version not in said.split():
        raise BuildError(f"装好的程序说的版本是 {said!r}")
    subprocess.run([str(place / "卸载.exe"), "/S"], check=True, timeout=_PATIENCE)
    end = time.monotonic() + _PATIENCE
    while place.exists():  # the remover goes on from a copy of itself
        if time.monotonic() > end:
            raise BuildError(f"卸载后还留着 {sorted(path.name for path in place.iterdir())}")
        time.sleep(0.2)
