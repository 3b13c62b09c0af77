"""Write a file whole or not at all: into a temporary file beside the target, then in its place.

Every writer goes through ``replacing``. What a disk, a folder, a name or another program can do to a target
ends here as a ``TargetError`` with a sentence for the clerk; what is a bug in a writer passes through unchanged.
"""

from __future__ import annotations

import errno
import os
import re
import secrets
import stat
import time
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

from zhenggai_desktop.domain.file_names import check_file_name, too_long
from zhenggai_desktop.durable import clear_abandoned, sync_folder
from zhenggai_desktop.errors import TargetError

_TEMPORARY = re.compile(r"\.~zg[0-9a-f]{12}\.tmp")
_LONGEST_PATH = 259 if os.name == "nt" else None  # UTF-16 units: Word and Excel open nothing longer
_SHARING_VIOLATIONS = (32, 33)  # ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION
_TRIES = 8  # a virus scanner holds a fresh file for a moment; only Windows refuses to replace it meanwhile
_WAIT = 0.1  # seconds between two tries

_DISK_FULL = (errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC))
_BROKEN_MEDIUM = (errno.EIO, errno.ENXIO, errno.ENODEV)


@contextmanager
def replacing(path: Path) -> Generator[Path]:
    """Give the path of an empty temporary file; when the block ends well, it takes the place of ``path``.

    The temporary file lies in the target's folder (a rename is atomic only within one file system) and is gone
    when the block fails, so the target is either the old file or the new one; what a killed run left there is
    removed a day later. A link is followed and stays a link. Permissions of a replaced file are kept. Raises
    ``TargetError``.
    """
    check_file_name(path.name)
    target = _real_target(path)
    clear_abandoned(target.parent, _TEMPORARY)
    temporary = target.with_name(f".~zg{secrets.token_hex(6)}.tmp")
    try:
        _create(temporary, target)
        yield temporary
        _flush(temporary)
        _take_place(temporary, target)
    except OSError as error:
        if (reason := _reason(error, temporary, target)) is None:
            raise
        raise reason from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def _real_target(path: Path) -> Path:
    """The absolute file behind ``path``, once it is clear that a file can stand there."""
    try:
        target = path.resolve()
        folder_is_there, is_folder = target.parent.is_dir(), target.is_dir()
    except (OSError, RuntimeError) as error:  # a name beyond the system's limit; a link that leads to itself
        if getattr(error, "errno", None) == errno.ENAMETOOLONG:
            raise too_long(path.name) from error
        raise TargetError(f"无法访问“{path}”", "请检查位置是否存在，或换一个位置保存") from error
    if _LONGEST_PATH is not None and len(str(target).encode("utf-16-le")) // 2 > _LONGEST_PATH:
        raise too_long(path.name)
    if not folder_is_there:
        raise TargetError(f"文件夹“{target.parent}”不存在", "请先建立该文件夹，或换一个位置保存")
    if is_folder:
        raise TargetError(f"“{target}”是文件夹，不能写成文件", "请换一个文件名")
    if target.exists() and not target.is_file():
        raise TargetError(f"“{target.name}”是设备或管道，不能写成文件", "请换一个文件名")
    if target.exists() and not os.access(target, os.W_OK):
        raise TargetError(f"文件“{target.name}”是只读的", "请取消其只读属性，或换一个文件名")
    return target


def _create(temporary: Path, target: Path) -> None:
    """Make the empty temporary file with the permissions that the finished one shall have."""
    os.close(os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
    if os.name == "posix" and target.exists():
        with suppress(OSError):  # a stick formatted for Windows knows no permissions
            temporary.chmod(stat.S_IMODE(target.stat().st_mode))


def _flush(temporary: Path) -> None:
    """Bring the content to the disk before the name: a power cut must not leave an empty file under a good name."""
    with temporary.open("r+b") as stream:
        os.fsync(stream.fileno())


def _take_place(temporary: Path, target: Path) -> None:
    for left in range(_TRIES - 1, -1, -1):
        try:
            temporary.replace(target)
            sync_folder(target.parent)
            break
        except PermissionError:
            if os.name != "nt" or not left:
                raise
            time.sleep(_WAIT)


def _reason(error: OSError, temporary: Path, target: Path) -> TargetError | None:
    """The sentence for what the system refused; None when the error is not about this target."""
    if error.errno in _DISK_FULL:
        return TargetError(f"磁盘空间不足，“{target.name}”没有写成", "请清理磁盘，或换一个位置保存")
    if error.errno in _BROKEN_MEDIUM:
        return TargetError(f"磁盘或U盘读写出错，“{target.name}”没有写成", "请检查磁盘，或换一个位置保存")
    if error.filename is None or Path(os.fsdecode(error.filename)) != temporary:
        return None
    if error.errno == errno.ENAMETOOLONG:
        return too_long(target.name)
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return _refused(error, target)
    return _unreachable(error, target)


def _unreachable(error: OSError, target: Path) -> TargetError:
    if isinstance(error, FileNotFoundError):
        return TargetError(f"文件夹“{target.parent}”已不可用", "请检查U盘或共享文件夹是否断开，或换一个位置保存")
    return TargetError(f"“{target.name}”没有写成（{error.strerror}）", "请换一个位置保存")


def _refused(error: OSError, target: Path) -> TargetError:
    """Permission refused: by a program that holds the old file (Windows), or by the folder."""
    being_replaced = error.filename2 is not None
    if getattr(error, "winerror", None) in _SHARING_VIOLATIONS or (being_replaced and target.exists()):
        return TargetError(
            f"文件“{target.name}”正被其他程序打开，不能覆盖",
            "请先在 Word、WPS 或 Excel 中关闭它，再重新导出，或换一个文件名",
        )
    return TargetError(f"没有在文件夹“{target.parent}”中写文件的权限", "请换一个位置保存")
