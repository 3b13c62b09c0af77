"""The packages for Linux: a .deb for UOS, Kylin, Debian and Ubuntu, and a .tar.xz for whatever else there is.

What the programs ask of the system is read from the programs: the libraries become the dependencies, and the highest
version of GLIBC's symbols says how old a system may be. A library that no table knows stops the build.
"""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from pathlib import Path

from archives import BuildError
from make_icons import SIZES, picture
from version_resource import COMMAND, PRODUCT

HERE = Path(__file__).resolve().parent
ICONS = HERE.parent / "resources" / "icons"
PACKAGE = "zhenggai-desktop"
PLACE = Path("opt") / PACKAGE
#: Debian's words for the machines a package can be built on.
ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64", "loongarch64": "loong64"}

#: Which package has a library; newer systems name some of them anew.
LIBRARY_PACKAGES = {
    "libc.so.6": "libc6", "libm.so.6": "libc6", "libdl.so.2": "libc6", "libpthread.so.0": "libc6",
    "librt.so.1": "libc6", "libutil.so.1": "libc6", "ld-linux-x86-64.so.2": "libc6",
    "ld-linux-aarch64.so.1": "libc6", "libresolv.so.2": "libc6",
    "libcrypt.so.1": "libcrypt1 | libc6 (<< 2.29)",
    "libgcc_s.so.1": "libgcc-s1 | libgcc1", "libstdc++.so.6": "libstdc++6", "libz.so.1": "zlib1g",
    "libuuid.so.1": "libuuid1", "libexpat.so.1": "libexpat1", "libpng16.so.16": "libpng16-16 | libpng16-16t64",
    "libglib-2.0.so.0": "libglib2.0-0 | libglib2.0-0t64", "libgthread-2.0.so.0": "libglib2.0-0 | libglib2.0-0t64",
    "libgio-2.0.so.0": "libglib2.0-0 | libglib2.0-0t64", "libgobject-2.0.so.0": "libglib2.0-0 | libglib2.0-0t64",
    "libdbus-1.so.3": "libdbus-1-3", "libfontconfig.so.1": "libfontconfig1", "libfreetype.so.6": "libfreetype6",
    "libEGL.so.1": "libegl1", "libGL.so.1": "libgl1", "libGLX.so.0": "libglx0", "libOpenGL.so.0": "libopengl0",
    "libX11.so.6": "libx11-6", "libX11-xcb.so.1": "libx11-xcb1",
    "libxkbcommon.so.0": "libxkbcommon0", "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb.so.1": "libxcb1", "libxcb-glx.so.0": "libxcb-glx0", "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0", "libxcb-shape.so.0": "libxcb-shape0", "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1", "libxcb-xfixes.so.0": "libxcb-xfixes0", "libxcb-xkb.so.1": "libxcb-xkb1",
    "libwayland-client.so.0": "libwayland-client0", "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1", "libwayland-server.so.0": "libwayland-server0",
    "libdrm.so.2": "libdrm2", "libzstd.so.1": "libzstd1", "libvulkan.so.1": "libvulkan1",
    "libcups.so.2": "libcups2 | libcups2t64",
}  # fmt: skip
RECOMMENDED = "fonts-noto-cjk | fonts-wqy-microhei | fonts-wqy-zenhei, shared-mime-info, desktop-file-utils, xdg-utils"
REFRESH = """#!/bin/sh
set -e
for command in "update-mime-database /usr/share/mime" "update-desktop-database -q /usr/share/applications" \\
    "gtk-update-icon-cache -q -f /usr/share/icons/hicolor"; do
    if command -v "${command%% *}" >/dev/null 2>&1; then $command || true; fi
done
"""
README = f"""整改台账（Linux 版）

解压后运行文件夹里的“{PRODUCT}”即可打开窗口，“{COMMAND}”是命令行。不需要安装，不需要管理员权限。
设置和日志放在 ~/.local/share/zhenggai-desktop。所用软件的许可证在 _internal/resources/licences。
"""


def architecture() -> str:
    """This machine in Debian's words."""
    return ARCHITECTURES.get(platform.machine(), platform.machine())


def make_deb(folder: Path, dist: Path, version: str) -> Path:
    """The .deb of the package in ``folder``, written into ``dist``."""
    root = dist / "deb-root"
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(folder, root / PLACE, symlinks=True)
    (root / "usr" / "bin").mkdir(parents=True)
    (root / "usr" / "bin" / COMMAND).symlink_to(f"/{PLACE}/{COMMAND}")
    (root / "usr" / "bin" / PACKAGE).symlink_to(f"/{PLACE}/{PRODUCT}")
    _copy(HERE / "linux" / f"{PACKAGE}.desktop", root / "usr/share/applications")
    _copy(HERE / "linux" / f"{PACKAGE}.xml", root / "usr/share/mime/packages")
    _draw_icons(root / "usr/share/icons/hicolor")
    _write(root / "usr/share/doc" / PACKAGE / "copyright", f"许可证全文：/{PLACE}/_internal/resources/licences\n")
    _write(root / "DEBIAN" / "control", _control(folder, version))
    for script in ("postinst", "postrm"):
        _write(root / "DEBIAN" / script, REFRESH)
        (root / "DEBIAN" / script).chmod(0o755)
    target = dist / f"{PACKAGE}_{version}_{architecture()}.deb"
    # xz: the older dpkg of UOS and Kylin knows no zstd
    subprocess.run(["dpkg-deb", "--root-owner-group", "-Zxz", "--build", str(root), str(target)], check=True, stdout=-3)
    shutil.rmtree(root)
    return target


def make_tar(folder: Path, dist: Path, version: str) -> Path:
    """The same folder as an archive to unpack anywhere, owned by nobody in particular."""
    target = dist / f"{PRODUCT}-{version}-linux-{architecture()}.tar.xz"
    _write(folder.parent / "说明.txt", README)

    def unowned(entry: tarfile.TarInfo) -> tarfile.TarInfo:
        entry.uid = entry.gid = 0
        entry.uname = entry.gname = "root"
        return entry

    with tarfile.open(target, "w:xz") as archive:
        archive.add(folder, f"{PRODUCT}-{version}", filter=unowned)
        archive.add(folder.parent / "说明.txt", f"{PRODUCT}-{version}/说明.txt", filter=unowned)
    return target


def highest_glibc(folder: Path) -> str:
    """The newest GLIBC whose symbols anything in ``folder`` asks for, as ``2.31``."""
    found = {
        tuple(map(int, version.split(".")))
        for program in programs(folder)
        for version in re.findall(r"\bGLIBC_(\d[\d.]*)", _objdump("-T", program))
    }
    return ".".join(map(str, max(found)))


def system_packages(folder: Path) -> list[str]:
    """What the system has to bring, from what the programs ask for. Raises BuildError for an unknown library."""
    own = {path.name for path in folder.rglob("*")}
    needed = {name for program in programs(folder) for name in re.findall(r"NEEDED\s+(\S+)", _objdump("-p", program))}
    unknown = needed - own - set(LIBRARY_PACKAGES)
    if unknown:
        raise BuildError(f"no package is known for {', '.join(sorted(unknown))}")
    return sorted({LIBRARY_PACKAGES[name] for name in needed - own})


def programs(folder: Path) -> Iterator[Path]:
    """Every program and library in ``folder``, each once."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                if file.read(4) == b"\x7fELF":
                    yield path


def _control(folder: Path, version: str) -> str:
    size = sum(path.lstat().st_size for path in folder.rglob("*")) // 1024
    glibc = f"libc6 (>= {highest_glibc(folder)})"
    depends = ", ".join(glibc if name == "libc6" else name for name in system_packages(folder))
    return (
        f"Package: {PACKAGE}\nVersion: {version}\nArchitecture: {architecture()}\n"
        f"Maintainer: {PRODUCT} <noreply@localhost>\nInstalled-Size: {size}\nSection: editors\nPriority: optional\n"
        f"Depends: {depends}\nRecommends: {RECOMMENDED}\n"
        f"Description: {PRODUCT}，从巡察反馈到整改公开稿\n"
        " 导入反馈意见，拆成问题和措施，导出 Excel 台账和 Word 通报。\n"
        " 一个台账一个文件，离线使用。\n"
    )


def _draw_icons(hicolor: Path) -> None:
    for drawing, kind, name in (
        ("zhenggai", "apps", PACKAGE),
        ("ledger", "mimetypes", "application-x-zhenggai-ledger"),
    ):
        for size in SIZES:
            target = hicolor / f"{size}x{size}" / kind / f"{name}.png"
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(picture(drawing, size))
        _copy(ICONS / f"{drawing}.svg", hicolor / "scalable" / kind, f"{name}.svg")


def _objdump(option: str, path: Path) -> str:
    environment = {**os.environ, "LC_ALL": "C"}
    command = ["objdump", option, str(path)]
    return subprocess.run(command, env=environment, capture_output=True, check=True, encoding="utf-8").stdout


def _copy(source: Path, folder: Path, name: str = "") -> None:
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(source, folder / (name or source.name))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
