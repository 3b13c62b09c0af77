"""From the arguments to the exit code: 0 done, 1 findings of a check, 2 wrong use or unreadable input.

Whatever goes wrong ends in one Chinese sentence on standard error. A traceback goes to the log file only.
"""

from __future__ import annotations

import errno
import sys
from collections.abc import Sequence
from pathlib import Path

from zhenggai_desktop.cli import streams
from zhenggai_desktop.cli.arguments import parse
from zhenggai_desktop.errors import ZhenggaiError

DONE, FAILED = 0, 2
_LONGEST_NAME = 40  # characters of a file's name in a sentence

_SYSTEM_SAYS = {
    errno.EACCES: "没有读写权限",
    errno.EPERM: "没有读写权限",
    errno.EROFS: "所在的位置是只读的",
    errno.ENOSPC: "磁盘已满",
    errno.ENOENT: "文件或文件夹不存在",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EISDIR: "这是一个文件夹",
    errno.ENAMETOOLONG: "文件名或路径太长",
    errno.EIO: "磁盘读写出错",
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command. ``argv`` is without the program's name; None takes the process's own."""
    streams.prepare()
    arguments = sys.argv[1:] if argv is None else argv
    try:
        return _run(arguments)
    except ZhenggaiError as error:
        streams.complain(str(error))
    except KeyboardInterrupt:
        streams.complain("操作已经中断，没有做完的一步不会写进台账。")
    except Exception as error:  # noqa: BLE001 - the last door: a bug may not end in a traceback on the screen
        log = _log(error)
        if isinstance(error, OSError) and error.errno:  # without a number it is a library's, of its own parts
            streams.complain(_system_sentence(error))
        else:
            kind = type(error).__name__
            streams.complain(f"程序内部出错（{kind}），这一步没有完成；请把日志文件 {log} 交给维护人员。")
    return FAILED


def _run(arguments: Sequence[str]) -> int:
    try:
        namespace = parse(arguments)
    except SystemExit:  # argparse leaves this way after help and version
        streams.write_out("")
        return DONE
    from zhenggai_desktop.cli.commands import run  # noqa: PLC0415 - help must not wait for it
    from zhenggai_desktop.temporary import clear_leftovers, private_folder  # noqa: PLC0415

    with private_folder():
        result = run(namespace)
    streams.write_out(result.text, for_programs=result.for_programs)
    clear_leftovers()
    return result.code


def _system_sentence(error: OSError) -> str:
    reason = _SYSTEM_SAYS.get(error.errno or 0, f"系统错误 {error.errno}")
    name = Path(str(error.filename)).name if error.filename else ""
    name = f"“{name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1] + '…'}”" if name else "文件"
    return f"读写{name}没有成功：{reason}；请检查位置、权限和磁盘空间后再试。"


def _log(error: BaseException) -> Path:
    from zhenggai_desktop import logs, paths  # noqa: PLC0415 - only a failure needs them

    path = paths.log_file(paths.user_folder())
    logger = logs.start_log(path)
    logger.error("command line failed", exc_info=error)
    logs.stop_log(logger)
    return path
