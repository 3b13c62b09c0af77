"""Names that a new file may bear: what Windows cannot hold is refused on every system, since files travel on sticks."""

from __future__ import annotations

import re

from zhenggai_desktop.domain.cleaning import clean, without_invisible
from zhenggai_desktop.errors import TargetError

LONGEST_NAME = 255
"""Most UTF-16 units of a name (NTFS); file systems of Linux count bytes and say so themselves."""

_FORBIDDEN = re.compile(r'[<>:"|?*\\/\x00-\x1f]')
_DEVICE = re.compile(r"(CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(COM|LPT)[0-9¹²³])", re.IGNORECASE)
_SHOWN = 40  # characters of a name in a sentence
_ADVICE = "请换一个文件名"
_READABLE = 60  # characters of a name that is made here; with Chinese ones Linux still has room for the rest
_LONGEST_SUFFIX = 12


def check_file_name(name: str) -> None:
    """Raise ``TargetError`` for a name that Windows cannot hold, and for one with signs that nobody sees."""
    shown = _shown(name)
    if not name or name in {".", ".."}:
        raise TargetError("没有给出文件名", "请写出要保存的文件名")
    if match := _FORBIDDEN.search(name):
        sign = match.group() if match.group().isprintable() else "控制字符"
        raise TargetError(f"文件名“{shown}”中有不能使用的符号 {sign}", _ADVICE)
    if without_invisible(clean(name)) != name:
        raise TargetError(f"文件名“{shown}”中有看不见或无法识别的符号", _ADVICE)
    if name[-1] in ". ":
        raise TargetError(f"文件名“{shown}”以句点或空格结尾，Windows 无法保存", _ADVICE)
    if _DEVICE.fullmatch(name.split(".", 1)[0].rstrip(" ")):
        raise TargetError(f"文件名“{shown}”是 Windows 的保留名称", _ADVICE)
    if len(name.encode("utf-16-le")) // 2 > LONGEST_NAME:
        raise too_long(name)


def too_long(name: str) -> TargetError:
    """The error for a name, or a whole path, that the system cannot hold."""
    return TargetError(f"文件名“{_shown(name)}”或所在路径太长", "请缩短文件名，或换一个层次较浅的文件夹")


def _shown(name: str) -> str:
    visible = "".join(sign for sign in name if sign.isprintable())
    return visible if len(visible) <= _SHOWN else visible[: _SHOWN - 1] + "…"


def usable_name(stem: str, mark: str, suffix: str) -> str:
    """“stem_mark.suffix” as every system can hold it: signs that a name cannot have become “_”, a long stem is cut.

    ``mark`` keeps the name apart from others of the same stem; ``suffix`` comes with its point or is "".
    """
    clean_suffix = _FORBIDDEN.sub("_", without_invisible(clean(suffix))).rstrip(". ")
    return f"{safe_part(stem, _READABLE)}_{mark}{clean_suffix[:_LONGEST_SUFFIX]}"


def safe_part(words: str, longest: int) -> str:
    """Words as part of a name that every system can hold: forbidden signs become “_”, what is over ``longest`` goes.

    “文件” where nothing is left.
    """
    safe = " ".join(_FORBIDDEN.sub("_", without_invisible(clean(words))).split())
    return safe.strip(". ")[:longest].rstrip(". ") or "文件"
