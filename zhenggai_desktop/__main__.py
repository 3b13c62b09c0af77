"""``python -m zhenggai_desktop``: without a sub-command the window, else the command line.

(nothing)            the window
FILE.zgtz            the window with that ledger; a document (.docx, .pdf, …) is offered for import
--sample DIR         the main job on the bundled sample, without a window
anything else        the command line
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from zhenggai_desktop.cli import main as command_line
from zhenggai_desktop.cli import streams
from zhenggai_desktop.errors import ZhenggaiError
from zhenggai_desktop.gui.loading import load_window
from zhenggai_desktop.gui.trial import Trial, taken_out
from zhenggai_desktop.names import APP_NAME, LEDGER_SUFFIX, SOURCE_SUFFIXES, WORKBOOK_SUFFIXES

DONE, FAILED = 0, 2
SAMPLE_SOURCE = Path("samples") / "示例整改通报.txt"
WINDOW_SUFFIXES = (LEDGER_SUFFIX, *SOURCE_SUFFIXES, *WORKBOOK_SUFFIXES)
_OLDEST_WINDOWS = 17763  # the build of Windows 10 1809, the oldest that Qt runs on


def main(argv: Sequence[str] | None = None) -> int:
    """Do what the arguments (without the program's name) ask. 0 done, 2 with a Chinese sentence."""
    trial, rest = taken_out(sys.argv[1:] if argv is None else argv)
    if not rest or _is_for_the_window(rest):
        return _open_window(Path(rest[0]) if rest else None, trial)
    if rest[0] == "--sample" and len(rest) == 2:
        return _make_sample(Path(rest[1]))
    return command_line(rest)


def _is_for_the_window(arguments: list[str]) -> bool:
    return len(arguments) == 1 and Path(arguments[0]).suffix.lower() in WINDOW_SUFFIXES


def _open_window(path: Path | None, trial: Trial) -> int:
    streams.prepare()
    if sys.platform == "win32" and _windows_build() < _OLDEST_WINDOWS:
        return _give_up("这台电脑的 Windows 太旧，程序打不开；需要 Windows 10（1809 版）或更新的 Windows，64 位。")
    try:
        load_window()
        from zhenggai_desktop.gui import app  # noqa: PLC0415 - Qt loads only for the window
    except ImportError as error:
        return _give_up(f"窗口打不开：缺少系统库（{_missing(error)}）；请按 README 安装后重试，也可以改用命令行。")
    return app.run(path, on_fatal=_give_up, trial=trial)


def _windows_build() -> int:
    """The build of this Windows, from the system itself: what Python asks answers to the program's manifest."""
    import ctypes  # noqa: PLC0415 - only for the window

    info = (ctypes.c_ulong * 69)(276)  # an OSVERSIONINFOW of 276 bytes: its size, major, minor, build, …
    ctypes.windll.ntdll.RtlGetVersion(info)  # type: ignore[attr-defined]
    return int(info[3])


def _missing(error: ImportError) -> str:
    """The name of what could not be loaded, without the loader's English sentence."""
    return error.name or str(error).split(":", 1)[0]


def _give_up(sentence: str) -> int:
    """Say why there is no window, where the user can see it. Gives the exit code."""
    if sys.stderr is None and sys.platform == "win32":  # pyright: ignore[reportUnnecessaryComparison] - pythonw
        import ctypes  # noqa: PLC0415 - only a program without a console gets here

        ctypes.windll.user32.MessageBoxW(None, sentence, APP_NAME, 0x10)
    streams.complain(sentence)
    return FAILED


def _make_sample(folder: Path) -> int:
    from zhenggai_desktop.paths import resources_folder  # noqa: PLC0415 - not for --help
    from zhenggai_desktop.services.sample import make_sample  # noqa: PLC0415
    from zhenggai_desktop.temporary import private_folder  # noqa: PLC0415

    streams.prepare()
    try:
        with private_folder():
            files = make_sample(resources_folder() / SAMPLE_SOURCE, folder)
    except ZhenggaiError as error:
        streams.complain(str(error))
        return FAILED
    streams.write_out(f"台账文件：{files.ledger}\nExcel 台账：{files.workbook}\nWord 通报：{files.notice}")
    return DONE


if __name__ == "__main__":
    sys.exit(main())
