"""The package, built as for a user and started without anything of the checkout around it."""

from __future__ import annotations

import importlib.machinery
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "installer"))

import archives  # noqa: E402 - found only now
import build  # noqa: E402 - found only now
import package_contents  # noqa: E402
import trial  # noqa: E402
from version_resource import product_version  # noqa: E402

pytestmark = pytest.mark.full

UNWANTED = (
    "Qt6Network", "QtNetwork", "Qt6Qml", "QtQml", "Qt6Quick", "Qt6Pdf", "VirtualKeyboard", "qgtk3", "_tkinter",
    "tcl8", "tk8", "numpy", "pip", "setuptools", "opengl32sw", "d3dcompiler", "Qt6Test", "Qt6Sql", "_ssl",
)  # fmt: skip

#: What loads where it is there and is not missed where it is not: encryption for a network that is never spoken to,
#: PySide6's warnings of what is deprecated, cffi (Cryptodome takes ctypes then), what an
#: environment or this test's own script loads.
NOT_MISSED = re.compile(r"_?ssl$|PySide6\.support\b|cffi\b|pycparser\b|_distutils_hack|_virtualenv|pkgutil$|__main__$")


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The product and the bare window, packaged in one run."""
    pytest.importorskip("PyInstaller")
    work = tmp_path_factory.mktemp("package")
    return {name: build.packaged(name, work, Path(sys.executable)) for name in ("zhenggai", "bare")}


@pytest.fixture(scope="module")
def package(folders: dict[str, Path]) -> Path:
    return folders["zhenggai"]


def test_everything_does_what_it_does_in_the_sources(package: Path, tmp_path: Path) -> None:
    """From a path with Chinese and spaces, with an empty home, away from the sources, with PATH emptied."""
    with trial.moved_away(package) as starter:
        assert not starter.folder.is_relative_to(ROOT)
        seconds = trial.try_out(starter, tmp_path)
        assert not list(starter.folder.rglob("用户数据"))
    assert list(seconds) == ["version", "main job", "other files", "window", "ledger by its path", "second start"]
    assert (tmp_path / "ledger.png").exists()


def test_a_portable_package_keeps_everything_beside_itself(package: Path) -> None:
    with trial.moved_away(package) as starter:
        archives.make_portable(starter.folder)
        trial.try_out(starter)
        assert (starter.folder / "用户数据" / "settings.json").is_file()
        assert list(starter.home.rglob("*")) == []


def test_nothing_is_packed_that_the_program_never_loads(package: Path) -> None:
    names = [path.name for path in package.rglob("*") if path.is_file() or path.is_symlink()]
    assert [name for name in names if any(name.startswith((part, "lib" + part)) for part in UNWANTED)] == []
    assert [path for path in package.rglob("*") if path.is_symlink() and not path.exists()] == []
    languages = {path.name for path in package.rglob("*.qm")}
    assert languages - {"qtbase_zh_CN.qm", "qtbase_en.qm"} == set()
    assert "qtbase_zh_CN.qm" in languages


def test_nothing_that_the_program_loads_was_dropped(package: Path) -> None:
    """Every module and library that the sources load when they do all they can is in the package or in the system."""
    script = ROOT / "tests" / "installer" / "loaded_names.py"
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    result = subprocess.run([sys.executable, str(script)], env=environment, capture_output=True, check=True, cwd=ROOT)
    loaded = json.loads(result.stdout.decode("utf-8").splitlines()[-1])
    ours = names_in(package)
    assert [name for name in loaded["modules"] if name not in ours and not NOT_MISSED.match(name)] == []
    python = re.compile(r"\.cpython-|\.abi3\.|^lib(python|c|m|pthread|dl|rt|util|resolv|ssl)\b|^ld-")
    files = [path.name for path in package.rglob("*")]
    asked = [name for name in loaded["libraries"] if not python.search(name)]
    asked = [name for name in asked if not package_contents.SYSTEM_LIBRARY.match(name)]
    assert [name for name in asked if not any(f"{file}.".startswith(f"{name}.") for file in files)] == []


def names_in(package: Path) -> set[str]:
    """The full names of all modules of a package: archived, in the base library, and compiled ones."""
    from PyInstaller.archive.readers import CArchiveReader, ZlibArchiveReader

    internal = package / "_internal"
    names = set(CArchiveReader(str(next(package.glob("整改台账*")))).toc)
    names |= set(ZlibArchiveReader(str(internal / "modules.pyz"), 0).toc)
    with zipfile.ZipFile(internal / "base_library.zip") as base:
        names |= {_dotted(name.rsplit(".", 1)[0]) for name in base.namelist()}
    for suffix in importlib.machinery.EXTENSION_SUFFIXES:
        for path in internal.rglob(f"*{suffix}"):
            parts = path.relative_to(internal).as_posix().removesuffix(suffix)
            names.add(_dotted(re.sub(r"^python3\.\d+/lib-dynload/", "", parts)))
    return names


def _dotted(path: str) -> str:
    return path.replace("/", ".").removesuffix(".__init__")


def test_sizes_and_times_stand_beside_a_bare_window(folders: dict[str, Path]) -> None:
    """Megabytes more than the bare window, installed and archived; seconds are printed, not judged."""
    figures = build.compared(folders["zhenggai"], folders["bare"])
    print(figures)
    assert figures.installed <= build.INSTALLED_MORE
    assert figures.archived <= build.ARCHIVED_MORE


@pytest.fixture(scope="module")
def deb(package: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not shutil.which("dpkg-deb"):
        pytest.skip("no dpkg here")
    import linux_package  # where icons are drawn, and only for Linux

    return linux_package.make_deb(package, tmp_path_factory.mktemp("deb"), product_version())


def test_a_deb_says_what_it_needs(deb: Path, package: Path) -> None:
    import linux_package

    def field(name: str) -> str:
        command = ["dpkg-deb", "--field", str(deb), name]
        return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout.strip()

    assert field("Version") == product_version()
    depends = field("Depends")
    assert f"libc6 (>= {linux_package.highest_glibc(package)})" in depends
    assert {"libegl1", "libfontconfig1", "libxcb1", "libxkbcommon0"} <= set(re.split(r",\s*", depends))
    listing = subprocess.run(["dpkg-deb", "--contents", str(deb)], check=True, capture_output=True, encoding="utf-8")
    for place in ("applications/zhenggai-desktop.desktop", "mime/packages/zhenggai-desktop.xml"):
        assert f"./usr/share/{place}" in listing.stdout
    for size in (16, 48, 256):
        assert f"hicolor/{size}x{size}/mimetypes/application-x-zhenggai-ledger.png" in listing.stdout
    assert "root/root" in listing.stdout.splitlines()[0]


@pytest.mark.skipif(
    not shutil.which("mmdebstrap") or not hasattr(os, "geteuid") or os.geteuid() != 0,
    reason="a fresh Debian needs mmdebstrap and root",
)
def test_a_deb_is_installed_run_and_removed_in_a_fresh_debian(deb: Path, tmp_path: Path) -> None:
    script = ROOT / "installer" / "linux" / "try_deb.sh"
    result = subprocess.run(
        [str(script), str(deb), str(tmp_path / "bookworm")], capture_output=True, encoding="utf-8", check=False
    )
    assert result.returncode == 0, result.stdout + result.stderr
    said = result.stdout.splitlines()
    assert said[0].startswith("installed: zhenggai-desktop")
    assert said[-1] == "removed: nothing is left"
    for line in ("window: photographed", "ledgers: associated", "kind of file: known", "ledger: kept"):
        assert line in said
