"""Everything for the system it runs on, with one command: ``python3 installer/build.py``. What it makes lies in dist/.

    --python FILE   this Python with the locked packages, instead of preparing .venv
    --pyside X      PySide6 X instead of the locked one: 6.8.0.2 is the newest whose arm64 build runs on the glibc of
                    UOS and Kylin
    --fast          no comparison with a bare window

Makes the program's folder by PyInstaller, starts it and compares what it does (trial.py), measures it against a bare
window packaged in the same run, then makes the packages, tries those that can be tried here, and lists their hashes.
Anything that is said and not expected ends the build.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import shutil
import statistics
import subprocess
import sys
import tarfile
import time
from dataclasses import dataclass
from pathlib import Path

import bootstrap
from archives import BuildError
from system_packages import QT_LIBRARIES, SCREEN_LIBRARIES, missing_fonts, missing_for_package, missing_libraries
from version_resource import PRODUCT, product_version

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
DIST = ROOT / "dist"
INSTALLED_MORE, ARCHIVED_MORE = 45.0, 15.0  # megabytes that the product may be larger than a bare window
#: Python without the columns of every instruction: 1.5 MB less, and the log tells lines as before (PEP 657).
COMPILING = ("-X", "no_debug_ranges")
_STARTS = 5  # of each, for a median
#: What PyInstaller says and what is known to be without harm: it looks for what is then left out or brought by others.
EXPECTED = re.compile(
    r"INFO: |Library user32 required via ctypes|(libqgtk3|libcupsprintersupport)\.so'\.$"
    r"|Hidden import \"(lxml\.|pycparser\.(lex|yacc)tab)|^$"
)


@dataclass(frozen=True, slots=True)
class Figures:
    """The product less the bare window: megabytes (10⁶ bytes) and seconds."""

    installed: float
    archived: float
    started: float
    sizes: tuple[float, float, float, float]  # installed, archived; of the product, then of the bare window
    starts: tuple[float, float]

    def __str__(self) -> str:
        own, own_zip, bare, bare_zip = self.sizes
        return (
            f"安装后 {own:.1f} MB（空窗口 {bare:.1f}，多 {self.installed:.1f}，至多 {INSTALLED_MORE:.0f}）；"
            f"压缩包 {own_zip:.1f} MB（空窗口 {bare_zip:.1f}，多 {self.archived:.1f}，至多 {ARCHIVED_MORE:.0f}）；"
            f"从启动到窗口画好并退出 {self.starts[0]:.2f} s（空窗口 {self.starts[1]:.2f}，多 {self.started:.2f}）"
        )


def main() -> int:
    """Make everything; 0 done, 1 with a sentence on stderr."""
    options = _parser().parse_args()
    try:
        if options.python is None:
            python = prepared(options.pyside)
            command = [str(python), str(HERE / "build.py"), "--python", str(python), *(["--fast"] * options.fast)]
            return subprocess.run(command, check=False).returncode
        python = options.python
        for line in make_all(python, fast=options.fast):
            print(line, flush=True)
    except (BuildError, bootstrap.BootstrapError, subprocess.CalledProcessError) as error:
        print(f"打包没有成功：{error}", file=sys.stderr)
        return 1
    return 0


def prepared(pyside: str) -> Path:
    """The Python of ``.venv`` with everything that building needs, and another PySide6 where one is asked for."""
    needed = missing_libraries(QT_LIBRARIES) + missing_libraries(SCREEN_LIBRARIES) + missing_for_package()
    python = bootstrap.prepare("test", needed=needed, wished=missing_fonts())
    if pyside:
        for stamp in bootstrap.ENVIRONMENT.glob("installed-*"):  # what is locked is no longer what is there
            stamp.unlink()
        names = [f"{name}=={pyside}" for name in ("PySide6-Essentials", "shiboken6")]
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", "--no-deps", *names], check=True)
    return python


def make_all(python: Path, *, fast: bool) -> list[str]:
    """Everything for this system; gives the lines that say what was made and measured."""
    import trial  # noqa: PLC0415 - needs the environment

    shutil.rmtree(DIST, ignore_errors=True)
    DIST.mkdir()
    work, version = ROOT / "build", product_version()
    folder = packaged("zhenggai", work, python)
    try:
        with trial.moved_away(folder) as starter:
            seconds = trial.try_out(starter, DIST / "pictures")
    except trial.TrialError as error:
        raise BuildError(f"做出来的程序没有通过试用：{error}") from error
    lines = ["试用通过：" + "，".join(f"{step} {value} s" for step, value in seconds.items())]
    if not fast:
        figures = compared(folder, packaged("bare", work, python))
        lines.append(str(figures))
        if figures.installed > INSTALLED_MORE or figures.archived > ARCHIVED_MORE:
            raise BuildError(f"比空窗口大得太多：{figures}")
    if sys.platform == "win32":
        import windows_package  # noqa: PLC0415 - of its own system

        installer = windows_package.make_installer(folder, DIST, version)
        if os.environ.get("CI"):
            windows_package.try_installer(installer, work / "安装 到 这里", version)
        windows_package.make_zip(folder, DIST, version)
    elif sys.platform.startswith("linux"):
        import linux_package  # noqa: PLC0415 - of its own system

        linux_package.make_deb(folder, DIST, version)
        linux_package.make_tar(folder, DIST, version)
        lines.append(f"需要的 GLIBC：{linux_package.highest_glibc(folder)} 或更新")
    subprocess.run([str(python), str(HERE / "manual_pdf.py"), str(DIST / f"{PRODUCT}使用手册.pdf")], check=True)
    shutil.copytree(folder, DIST / PRODUCT, symlinks=True)
    return [*lines, *write_hashes(DIST)]


def packaged(name: str, work: Path, python: Path) -> Path:
    """The folder that PyInstaller makes from ``name``.spec. Raises BuildError for anything unexpected it says."""
    command = [str(python), *COMPILING, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN"]
    command += ["--distpath", str(work / "made"), "--workpath", str(work / "work"), str(HERE / f"{name}.spec")]
    environment = {**os.environ, "PYINSTALLER_CONFIG_DIR": str(work / "cache"), "PYTHONUTF8": "1"}
    work.mkdir(parents=True, exist_ok=True)
    result = subprocess.run(
        command, cwd=work, env=environment, check=False, capture_output=True, encoding="utf-8", errors="replace"
    )
    said = [line for line in (result.stdout + result.stderr).splitlines() if not EXPECTED.search(line)]
    if result.returncode or said:
        raise BuildError("PyInstaller：\n" + "\n".join(said[-40:]))
    return work / "made" / (PRODUCT if name == "zhenggai" else name)


def compared(product: Path, bare: Path) -> Figures:
    """How much larger and slower the product is than a bare window packaged in the same run."""
    sizes = [measure(folder) for folder in (product, bare) for measure in (_megabytes, _archived)]
    starts = _start_times((product / PRODUCT, bare / "bare"), product.parent / "home")
    own, own_zip, bare_size, bare_zip = sizes
    return Figures(
        own - bare_size, own_zip - bare_zip, starts[0] - starts[1], (own, own_zip, bare_size, bare_zip), starts
    )


def write_hashes(dist: Path) -> list[str]:
    """Write SHA256SUMS.txt of the files in ``dist``; gives its lines."""
    files = [path for path in sorted(dist.iterdir()) if path.is_file() and path.name != "SHA256SUMS.txt"]
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}" for path in files]
    (dist / "SHA256SUMS.txt").write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    return lines


def _megabytes(folder: Path) -> float:
    return sum(path.lstat().st_size for path in folder.rglob("*") if not path.is_dir()) / 1e6


def _archived(folder: Path) -> float:
    """The size packed by LZMA, as the .deb, the .tar.xz and the installer for Windows are. (A zip packs each file by
    itself: it finds nothing that the two programs of Windows have in common.)"""
    made = folder.parent / f"{folder.name}-measured.tar.xz"
    with tarfile.open(made, "w:xz", preset=5) as archive:  # the lowest that looks back over a whole program
        archive.add(folder, folder.name)
    size = made.stat().st_size / 1e6
    made.unlink()
    return size


def _start_times(programs: tuple[Path, Path], home: Path) -> tuple[float, float]:
    """Medians of whole processes, from start to painted window to end, taken in turn after one start to warm up."""
    home.mkdir(exist_ok=True)
    suffix = ".exe" if sys.platform == "win32" else ""
    environment = {**os.environ, "ZHENGGAI_HOME": str(home)}
    if sys.platform != "win32":
        environment["QT_QPA_PLATFORM"] = "offscreen"
    taken: tuple[list[float], list[float]] = ([], [])
    for turn in range(_STARTS + 1):
        for program, times in zip(programs, taken, strict=True):
            begin = time.perf_counter()
            command = [str(program) + suffix, "--quit-after-start"]
            subprocess.run(command, env=environment, check=True, capture_output=True, timeout=120)
            if turn:
                times.append(time.perf_counter() - begin)
    return statistics.median(taken[0]), statistics.median(taken[1])


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="build.py", description="整改台账：为本机的系统制作安装包，放在 dist 里。")
    parser.add_argument("--python", type=Path, metavar="程序", help="用这个已装好依赖的 Python，不准备 .venv")
    parser.add_argument("--pyside", default="", metavar="版本", help="换用这个版本的 PySide6")
    parser.add_argument("--fast", action="store_true", help="不与空窗口比较")
    return parser


if __name__ == "__main__":
    sys.exit(main())
