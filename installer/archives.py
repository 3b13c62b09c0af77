"""What the packages of all systems share: how a failure is told, the portable folder, zip archives."""

from __future__ import annotations

import zipfile
from pathlib import Path

from version_resource import PRODUCT

PORTABLE_MARK, PORTABLE_LEDGERS = "便携版说明.txt", "台账"
PORTABLE_WORDS = f"""{PRODUCT}（便携版）

双击“{PRODUCT}”打开。需要 Windows 10（1809 版）或更新的 Windows，64 位；不需要安装，不需要管理员权限。
请把压缩包全部解压后再打开，不要在压缩包里直接双击，也不要放在网络共享文件夹里运行。

设置和日志放在旁边的“用户数据”文件夹，台账请放在旁边的“台账”文件夹，备份在台账旁边：
整个文件夹复制到别处，就什么都带走了。请不要删除本文件：有它，程序才把设置放在自己旁边。
升级：用新版的“_internal”文件夹和程序替换旧的，其余不动。
本程序不得录入涉密内容。所用软件的许可证在 _internal\\resources\\licences。
"""


class BuildError(Exception):
    """What was made is not what it should be, or cannot be made here."""


def make_portable(folder: Path) -> None:
    """Make the program in ``folder`` keep what it keeps beside itself, and say so in words."""
    (folder / PORTABLE_MARK).write_text(PORTABLE_WORDS, encoding="utf-8-sig", newline="\r\n")
    (folder / PORTABLE_LEDGERS).mkdir(exist_ok=True)


def zipped(folder: Path, target: Path, inside: str) -> None:
    """Pack ``folder`` into a zip, its files below the folder ``inside``; names are UTF-8, as Explorer reads them."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in sorted(folder.rglob("*")):
            archive.write(path, str(Path(inside) / path.relative_to(folder)))
