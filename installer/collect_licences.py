"""Write ``resources/licences``: the licence of everything that a package carries, for whoever changes a dependency.

    .venv/bin/python installer/collect_licences.py

The texts of Python's packages come from what is installed, those of the libraries below them from Debian's folders of
documents (``/usr/share/common-licenses``, ``/usr/share/doc``). ``index.json`` says what each text belongs to; versions
are not in it, so that it changes only with what is bundled.
"""

from __future__ import annotations

import json
import re
import shutil
import sysconfig
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import distribution
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "licences"
COMMON = Path("/usr/share/common-licenses")
DOCUMENTS = Path("/usr/share/doc")
#: Locked, and never part of a package: pip makes environments; on no system the program asks for time zones by name.
NOT_BUNDLED = {"pip"}
LICENCE_FILE = re.compile(r"(^|/)(licen[cs]e|copying|notice)[^/]*$", re.IGNORECASE)

QT_WORDS = """Qt 与 PySide6（Qt for Python）以 GNU 宽通用公共许可证第 3 版（LGPL-3.0）使用，未作修改。
它们是程序文件夹 _internal/PySide6 里的动态库，可以换成同一版本的其他构建。源代码见 https://download.qt.io/ 与
https://code.qt.io/ 。LGPL-3.0 的全文在前，它所引用的 GPL-3.0 的全文在后。
"""
SQLITE_WORDS = """SQLite is in the public domain. https://www.sqlite.org/copyright.html

The author disclaims copyright to this source code. In place of a legal notice, here is a blessing:
May you do good and not evil.
May you find forgiveness for yourself and forgive others.
May you share freely, never taking more than you give.
"""
RUNTIME_WORDS = """Windows 版带有 Microsoft Visual C++ 运行库（vcruntime140.dll 等），按 Microsoft Visual Studio
许可条款中可再发行代码的规定随程序分发：https://visualstudio.microsoft.com/license-terms/ 。
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands in the index for one text."""

    name: str
    licence: str
    file: str
    use: str = ""


#: Licences of Python's packages in the usual short words; those that are missing here stop the script.
PACKAGES: dict[str, tuple[str, str]] = {
    "cffi": ("MIT-0", "读取加密的 PDF"),
    "charset-normalizer": ("MIT", "读取 PDF"),
    "click": ("BSD-3-Clause", "SQLite 工具"),
    "click-default-group": ("BSD-3-Clause", "SQLite 工具"),
    "cryptography": ("Apache-2.0 或 BSD-3-Clause", "读取加密的 PDF"),
    "defusedxml": ("PSF-2.0", "读取 XML"),
    "et-xmlfile": ("MIT", "写 Excel"),
    "lxml": ("BSD-3-Clause", "读写 Word、Excel"),
    "openpyxl": ("MIT", "读写 Excel"),
    "pdfminer-six": ("MIT", "读取 PDF"),
    "pluggy": ("MIT", "SQLite 工具"),
    "pycparser": ("BSD-3-Clause", "读取加密的 PDF"),
    "pypinyin": ("MIT", "按拼音首字母查找"),
    "pycryptodomex": ("BSD-2-Clause 与公有领域", "给压缩包加密码"),
    "pyzipper": ("MIT", "给压缩包加密码"),
    "python-calamine": ("MIT", "读取 Excel、WPS 表格"),
    "python-dateutil": ("Apache-2.0 或 BSD-3-Clause", "SQLite 工具"),
    "python-docx": ("MIT", "读写 Word"),
    "msoffcrypto-tool": ("MIT", "给导出文件加密码"),
    "olefile": ("BSD-2-Clause", "给导出文件加密码"),
    "sqlite-fts4": ("Apache-2.0", "SQLite 工具"),
    "sqlite-utils": ("Apache-2.0", "台账文件"),
    "tabulate": ("MIT", "SQLite 工具"),
    "typing-extensions": ("PSF-2.0", "Python 工具"),
    "tzdata": ("Apache-2.0", "时区"),
}
BY_QT = {"pyside6-essentials", "shiboken6"}

#: Libraries below Python: the Debian package whose copyright file holds the text.
LIBRARIES: dict[str, tuple[str, str, str]] = {
    "bzip2": ("bzip2-1.0.6", "libbz2-1.0", "Python 的标准库"),
    "libffi": ("MIT", "libffi8", "Python 的标准库"),
    "OpenSSL": ("Apache-2.0", "libssl3", "Python 的标准库"),
    "XZ Utils": ("公有领域", "liblzma5", "Python 的标准库"),
    "zlib": ("Zlib", "zlib1g", "Python 的标准库"),
    "ICU": ("Unicode-3.0", "libicu72", "Qt"),
    "xcb-util": ("MIT", "libxcb-cursor0", "Linux 上的窗口"),
}


def main() -> None:
    """Empty the folder and write it anew."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    entries = [*_fundamental(), *_packages(), *_libraries()]
    index = json.dumps([asdict(entry) for entry in entries], ensure_ascii=False, indent=1)
    (FOLDER / "index.json").write_text(index + "\n", encoding="utf-8", newline="\n")


def _fundamental() -> Iterator[Entry]:
    texts = [(COMMON / name).read_text("utf-8") for name in ("LGPL-3", "GPL-3")]
    yield _entry("Qt、PySide6、Shiboken", "LGPL-3.0", "\n\n".join((QT_WORDS, *texts)), "窗口", "qt")
    python = Path(sysconfig.get_path("stdlib")) / "LICENSE.txt"
    yield _entry("Python", "PSF-2.0", python.read_text("utf-8"), "运行环境", "python")
    yield _entry("SQLite", "公有领域", SQLITE_WORDS, "台账文件", "sqlite")
    bootloader = _text_of("pyinstaller", re.compile(r"COPYING", re.IGNORECASE))
    yield _entry("PyInstaller 启动程序", "GPL-2.0，附启动程序例外", bootloader, "启动", "pyinstaller")
    yield _entry("Microsoft Visual C++ 运行库", "微软可再发行条款", RUNTIME_WORDS, "Windows", "vc-runtime")


def _packages() -> Iterator[Entry]:
    for name in locked_names():
        if name not in BY_QT | NOT_BUNDLED:
            licence, use = PACKAGES[name]
            yield _entry(name, licence, _text_of(name, LICENCE_FILE), use, name)


def _libraries() -> Iterator[Entry]:
    for name, (licence, package, use) in LIBRARIES.items():
        text = (DOCUMENTS / package / "copyright").read_text("utf-8")
        yield _entry(name, licence, text, use, name.lower().replace(" ", "-"))


def locked_names() -> list[str]:
    """The packages that the program's lock installs, as the lock writes them."""
    lock = (ROOT / "installer" / "requirements.txt").read_text("utf-8")
    return re.findall(r"^([A-Za-z0-9._-]+)==", lock, re.MULTILINE)


def _text_of(name: str, wanted: re.Pattern[str]) -> str:
    """All licence files of an installed package, one after the other; without any, its whole metadata's words."""
    files = [path for path in distribution(name).files or () if wanted.search(str(path)) and "dist-info" in str(path)]
    texts = [Path(str(path.locate())).read_text("utf-8") for path in sorted(files, key=str)]
    if not texts:
        raise SystemExit(f"{name}: no licence text is installed")
    return "\n\n".join(texts)


def _entry(name: str, licence: str, text: str, use: str, stem: str) -> Entry:
    file = f"{stem}.txt"
    (FOLDER / file).write_text(text.replace("\r\n", "\n"), encoding="utf-8", newline="\n")
    return Entry(name, licence, file, use)


if __name__ == "__main__":
    main()
