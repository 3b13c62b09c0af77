"""From a fresh checkout to the running program: ``python3 installer/bootstrap.py run`` and ``… test``.

Standard library only, since nothing else is there yet. Makes ``.venv``, installs the locked dependencies by their
hashes and the system libraries Qt needs. What is in place is not done again: a stamp in ``.venv`` holds the hash of
the lock that was installed.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from system_packages import (
    QT_LIBRARIES,
    SCREEN_LIBRARIES,
    TEST_PROGRAMS,
    command_to_type,
    install,
    missing_fonts,
    missing_for_environment,
    missing_for_package,
    missing_libraries,
    missing_programs,
)

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
LOCKS = {"run": ROOT / "installer" / "requirements.txt", "test": ROOT / "installer" / "requirements-test.txt"}
OLDEST = (3, 11)
NEWEST = (3, 13)  # the newest for which the locked PySide6 is made
SAMPLE_FOLDER = Path("~/整改台账示例")
#: As many processes as cores, a module of tests in one of them: what a module builds once is built once.
IN_PARALLEL = ("-n", "auto", "--dist", "loadfile")
FAILED = 2


class BootstrapError(Exception):
    """A sentence for the user: what is missing and what to do."""


def main(arguments: list[str] | None = None) -> int:
    """Do what the command line asks; 0 done, 2 with a sentence on stderr, else what the started program returned."""
    _speak_any_console()
    options, rest = _parser().parse_known_args(arguments)
    try:
        check_python(sys.version_info[:2])
        return run(options, rest) if options.command == "run" else test(options, rest)
    except BootstrapError as error:
        print(error, file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        print("已停止。再次运行会接着做完。", file=sys.stderr)
        return FAILED


def run(options: argparse.Namespace, rest: list[str]) -> int:
    """Open the window; without a display make the sample's ledger, workbook and notice instead."""
    if has_display():
        libraries = missing_libraries(QT_LIBRARIES) + missing_libraries(SCREEN_LIBRARIES)
        python = prepare("run", needed=libraries, wished=missing_fonts())
        return start(python, ["-m", "zhenggai_desktop", *rest])
    python = prepare("run")
    print("没有图形界面，改为用内置示例走一遍：导入反馈材料，生成台账、Excel 和 Word。", flush=True)
    return start(python, ["-m", "zhenggai_desktop", "--sample", str(options.out.expanduser())])


def test(options: argparse.Namespace, rest: list[str]) -> int:
    """Run the quick suite, or all of it with ``--full``; what is left of the arguments goes to pytest."""
    wished = missing_programs(TEST_PROGRAMS) + missing_fonts() + (missing_for_package() if options.full else [])
    python = prepare("test", needed=missing_libraries(QT_LIBRARIES), wished=wished)
    selection = [] if options.full else ["-m", "not full"]
    return start(python, ["-m", "pytest", *IN_PARALLEL, *selection, *rest], QT_QPA_PLATFORM="offscreen")


def check_python(version: tuple[int, int]) -> None:
    """Stop with a sentence where the dependencies are not made for this Python."""
    if OLDEST <= version <= NEWEST:
        return
    raise BootstrapError(
        f"当前 Python 是 {version[0]}.{version[1]}，本程序需要 {OLDEST[0]}.{OLDEST[1]} 至 {NEWEST[0]}.{NEWEST[1]}；"
        f"请安装 Python {NEWEST[0]}.{NEWEST[1]} 后，用它重新运行本命令。"
    )


def prepare(profile: str, needed: Sequence[str] = (), wished: Sequence[str] = ()) -> Path:
    """System packages, ``.venv`` and the locked packages of ``run`` or ``test``; returns the environment's Python."""
    python = environment_python(ENVIRONMENT)
    whole = _is_whole(python)
    install_system_packages([*([] if whole else missing_for_environment()), *needed], wished)
    if not whole:
        print("正在创建运行环境 .venv ……", flush=True)
        _do([sys.executable, "-m", "venv", "--clear", str(ENVIRONMENT)], "运行环境 .venv 创建失败")
    install_locked(python, LOCKS[profile], ENVIRONMENT / f"installed-{profile}")
    return python


def install_system_packages(needed: Sequence[str], wished: Sequence[str]) -> None:
    """Install what is missing. Where that is not possible, stop if it is needed; if it is wished, say so and go on."""
    packages = [*needed, *wished]
    if not packages or install(packages):
        return
    advice = command_to_type(packages)
    if needed and not (wished and install(needed)):
        raise BootstrapError(f"缺少系统软件包，未能自动安装；{advice}")
    print(f"提示：缺少下列系统软件包，用到它们的步骤将跳过；{advice}", file=sys.stderr, flush=True)


def install_locked(python: Path, lock: Path, stamp: Path) -> None:
    """Install the packages of ``lock`` by their hashes, unless ``stamp`` says that just these were installed."""
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    if stamp.is_file() and stamp.read_text("ascii") == wanted:
        return
    print("正在安装依赖（按锁定版本和校验值）……", flush=True)
    command = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
    _do([*command, "--only-binary", ":all:", "-r", str(lock)], "依赖安装失败，请检查网络或软件源设置")
    stamp.write_text(wanted, "ascii")


def environment_python(environment: Path) -> Path:
    """Where a virtual environment keeps its Python on this system."""
    return environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def has_display() -> bool:
    """Whether a window could be seen: always on Windows and macOS, by X11 or Wayland elsewhere."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def start(python: Path, arguments: list[str], **environment: str) -> int:
    """Run the environment's Python in the checkout and return its exit code."""
    command = [str(python), *arguments]
    return subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, check=False).returncode


def _is_whole(python: Path) -> bool:
    """Whether the environment is whole and of this Python: half-made and outdated ones are made anew."""
    if not python.exists():
        return False
    question = f"import sys, pip; sys.exit(sys.version_info[:2] != {sys.version_info[:2]})"
    return subprocess.run([str(python), "-c", question], check=False, capture_output=True).returncode == 0


def _do(command: list[str], sentence: str) -> None:
    if subprocess.run(command, check=False).returncode:
        raise BootstrapError(f"{sentence}；上面的信息说明了原因，处理后重新运行本命令即可。")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bootstrap.py", description="整改台账：准备运行环境，然后运行程序或测试。")
    commands = parser.add_subparsers(dest="command", required=True, metavar="命令")
    run_command = commands.add_parser(
        "run", allow_abbrev=False, help="打开窗口；没有图形界面时用内置示例生成台账、Excel 和 Word"
    )
    run_command.add_argument("--out", type=Path, default=SAMPLE_FOLDER, metavar="文件夹", help="示例文件放在哪里")
    test_command = commands.add_parser("test", allow_abbrev=False, help="运行测试；其余参数交给 pytest")
    test_command.add_argument("--full", action="store_true", help="连同耗时较长的测试")
    return parser


def _speak_any_console() -> None:
    """A console that cannot show a Chinese character shows a substitute instead of ending the program."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


if __name__ == "__main__":
    sys.exit(main())
