"""The packages for Windows, built and used under Wine on code page 936. What only a real PC shows is in README."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "installer"), str(ROOT / "tests" / "installer")]

import archives  # noqa: E402 - found only now
import build  # noqa: E402
import trial  # noqa: E402
import windows_package  # noqa: E402
import wine_machine  # noqa: E402
from version_resource import COMMAND, PRODUCT, product_version  # noqa: E402
from wine_machine import Wine  # noqa: E402

pytestmark = [
    pytest.mark.full,
    pytest.mark.skipif(bool(wine_machine.missing()), reason=wine_machine.missing() or "-"),
]

UNINSTALL = r"Software\Microsoft\Windows\CurrentVersion\Uninstall\zhenggai-desktop"
OLDER = "0.0.9"


@pytest.fixture(scope="module")
def wine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wine]:
    """One that was prepared before is used again: ``ZHENGGAI_WINE`` names its folder."""
    folder = Path(os.environ.get("ZHENGGAI_WINE") or tmp_path_factory.mktemp("wine"))
    with wine_machine.started(folder) as machine:
        yield machine


@pytest.fixture(scope="module")
def folders(wine: Wine) -> dict[str, Path]:
    """The product and a bare window, built by the same specs from a checkout on a Chinese path."""
    source, made = wine.drive / "整改 源码", wine.drive / "做成"
    for folder in (source, made):
        shutil.rmtree(folder, ignore_errors=True)
    for name in ("installer", "resources", "zhenggai_desktop"):
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("bare", "zhenggai"):
        command = [wine.named(wine.folder / "python" / "python.exe"), *build.COMPILING, "-m", "PyInstaller"]
        command += ["--noconfirm", "--clean"]
        command += ["--distpath", wine.named(made), "--workpath", r"C:\work", "--log-level", "WARN"]
        result = wine.run(*command, wine.named(source / "installer" / f"{name}.spec"))
        # what PyInstaller says here speaks of what Wine lacks; on Windows build.py judges it
        assert result.returncode == 0, result.stdout[-3000:]
    return {"product": made / PRODUCT, "bare": made / "bare"}


@pytest.fixture(scope="module")
def installers(folders: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """This version, and an older one that had a file more."""
    dist = tmp_path_factory.mktemp("安装 程序")
    newer = windows_package.make_installer(folders["product"], dist, product_version())
    extra = folders["product"] / "_internal" / "旧版.dll"
    extra.write_text("of the older version", "utf-8")
    older = windows_package.make_installer(folders["product"], dist, OLDER)
    extra.unlink()
    return {"older": older, "newer": newer, "portable": windows_package.make_zip(folders["product"], dist, "0")}


def starter(wine: Wine, folder: Path, home: Path) -> trial.Starter:
    return trial.Starter(folder, home, ("wine",), wine.named, ".exe", wine.environment)


def until(happened: Callable[[], bool], what: str) -> None:
    """Wait for what another program does, at most a minute."""
    end = time.monotonic() + 60
    while not happened():
        assert time.monotonic() < end, f"never came: {what}"
        time.sleep(0.1)


def test_the_portable_program_does_everything_and_keeps_it_beside_itself(
    wine: Wine, installers: dict[str, Path], tmp_path: Path
) -> None:
    """From a path with Chinese, a space and brackets, as Explorer unpacks it."""
    place = wine.drive / "U盘 (便携) [1]"
    shutil.rmtree(place, ignore_errors=True)
    with zipfile.ZipFile(installers["portable"]) as archive:
        archive.extractall(place)
    folder = place / f"{PRODUCT}（便携版）"
    trial.try_out(starter(wine, folder, tmp_path), tmp_path / "pictures")
    assert (folder / "用户数据" / "settings.json").is_file()
    assert "便携" in (folder / "便携版说明.txt").read_text("utf-8-sig")


def test_installed_used_upgraded_and_removed(wine: Wine, installers: dict[str, Path], tmp_path: Path) -> None:
    assert wine.run(wine.named(installers["older"]), "/S").returncode == 0
    user = next(folder for folder in (wine.drive / "users").iterdir() if folder.name != "Public")
    program = user / "AppData" / "Local" / "Programs" / PRODUCT
    assert wine.value(UNINSTALL, "DisplayVersion") == OLDER
    assert (program / "_internal" / "旧版.dll").exists()
    ledger = program / "我的台账.zgtz"  # users put things anywhere
    started = starter(wine, program, tmp_path)
    started.run(COMMAND, "import", ledger, program / "_internal" / "resources" / "samples" / f"{trial.SAMPLE}.txt")
    picture = tmp_path / "照片.png"
    running = started.start(PRODUCT, ledger, "--picture", picture, "--quit-when-asked")
    until(picture.exists, "the first window")

    assert wine.run(wine.named(installers["newer"]), "/S").returncode == 4, "a running program is noticed"
    assert wine.value(UNINSTALL, "DisplayVersion") == OLDER

    # a double click runs what is associated; the second start hands the ledger over, and the first window hears of it
    opening = wine.value(r"Software\Classes\zhenggai.ledger\shell\open\command")
    assert opening == f'"{wine.named(program / PRODUCT)}.exe" "%1"'
    assert trial.finished(started.start(PRODUCT, ledger), "the second start") == ""
    assert trial.finished(running, "the first window") == ""
    settings = user / "AppData" / "Roaming" / "zhenggai-desktop" / "settings.json"
    before = settings.read_bytes()
    assert "我的台账.zgtz" in before.decode("utf-8")

    assert wine.run(wine.named(installers["newer"]), "/S").returncode == 0
    assert wine.value(UNINSTALL, "DisplayVersion") == product_version()
    assert not (program / "_internal" / "旧版.dll").exists()
    assert settings.read_bytes() == before
    trial.try_out(started)
    assert wine.value(r"Software\Classes\.zgtz") == "zhenggai.ledger"
    icon = wine.value(r"Software\Classes\zhenggai.ledger\DefaultIcon")
    assert icon == wine.named(program / "_internal" / "resources" / "icons" / "ledger.ico")
    menu = user / "AppData" / "Roaming" / "Microsoft" / "Windows" / "Start Menu" / "Programs"
    links = [folder / f"{PRODUCT}.lnk" for folder in (menu, user / "Desktop")]
    assert [link for link in links if not link.is_file()] == []

    assert wine.run(wine.named(program / "卸载.exe"), "/S").returncode == 0
    until(lambda: not (program / "_internal").exists() and not (program / "卸载.exe").exists(), "the removal")
    assert [path.name for path in program.iterdir()] == ["我的台账.zgtz"]
    assert settings.is_file()
    assert wine.value(UNINSTALL, "DisplayVersion") == wine.value(r"Software\Classes\.zgtz") == ""
    assert [link for link in links if link.exists()] == []


def test_an_older_windows_is_refused_in_words(wine: Wine, installers: dict[str, Path], tmp_path: Path) -> None:
    with zipfile.ZipFile(installers["portable"]) as archive:
        archive.extractall(tmp_path)
    wine.pretend("win7")
    try:
        assert wine.run(wine.named(installers["newer"]), "/S").returncode == 3
        started = starter(wine, tmp_path / f"{PRODUCT}（便携版）", tmp_path).start(PRODUCT, "--quit-after-start")
        _, said = started.communicate(timeout=120)
    finally:
        wine.pretend("win10")
    assert started.returncode == 2
    assert "1809" in said, "the words stand in the console's code page"


def test_it_is_no_larger_than_it_may_be(folders: dict[str, Path], installers: dict[str, Path], tmp_path: Path) -> None:
    """Megabytes more than the bare window: the folder, the zip and the installer."""
    icons = Path("_internal", "resources", "icons")  # the installer wears them
    shutil.copytree(folders["product"] / icons, folders["bare"] / icons, dirs_exist_ok=True)
    sizes: dict[str, list[float]] = {}
    for name, folder in folders.items():
        files = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
        archives.zipped(folder, tmp_path / f"{name}.zip", name)
        installer = windows_package.make_installer(folder, tmp_path, name) if name == "bare" else installers["newer"]
        packed = [path.stat().st_size for path in (tmp_path / f"{name}.zip", installer)]
        sizes[name] = [size / 1e6 for size in (files, *packed)]
    more = [own - bare for own, bare in zip(sizes["product"], sizes["bare"], strict=True)]
    print(sizes, more)
    assert more[0] <= build.INSTALLED_MORE
    assert max(more[1:]) <= build.ARCHIVED_MORE


def test_the_properties_name_the_product(wine: Wine, folders: dict[str, Path]) -> None:
    dump = subprocess.run(
        ["strings", "-el", str(folders["product"] / f"{COMMAND}.exe")], capture_output=True, check=True
    ).stdout.decode("utf-8", "replace")
    assert product_version() in dump.split()
    assert "OriginalFilename" in dump
