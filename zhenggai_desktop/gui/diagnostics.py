"""What somebody who helps needs to know about this machine and program. Nothing of a ledger, not even its name."""

from __future__ import annotations

import locale
import platform
import sys
from importlib import metadata

from PySide6.QtCore import QLocale, QSysInfo, qVersion
from PySide6.QtGui import QFontInfo, QGuiApplication

from zhenggai_desktop import __version__, paths
from zhenggai_desktop.gui import themes
from zhenggai_desktop.names import APP_NAME

_PACKAGES = (
    "PySide6-Essentials",
    "sqlite-utils",
    "openpyxl",
    "python-docx",
    "lxml",
    "pdfminer.six",
    "pypinyin",
    "pyzipper",
    "msoffcrypto-tool",
)


def diagnostics() -> str:
    """Versions, system, screens and places, a line each."""
    user = paths.user_folder()
    lines = {
        APP_NAME: f"{__version__}{'（安装包）' if hasattr(sys, '_MEIPASS') else ''}",
        "系统": f"{QSysInfo.prettyProductName()}，{platform.machine()}，内核 {platform.release()}",
        "Python": f"{platform.python_version()}，Qt {qVersion()}",
        "组件": "，".join(f"{name} {version}" for name in _PACKAGES if (version := _version(name))),
        "界面": f"{QGuiApplication.platformName()}，{QFontInfo(QGuiApplication.font()).family()}，{_theme()}",
        "屏幕": "；".join(_screens()),
        "语言": f"{QLocale.system().name()}，{locale.getpreferredencoding(do_setlocale=False)}",
        "程序位置": str(paths.resources_folder().parent),
        "设置": str(paths.settings_file(user)),
        "日志": str(paths.log_file(user)),
    }
    return "\n".join(f"{name}：{value}" for name, value in lines.items())


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:  # a packaged program may carry none
        return ""


def _theme() -> str:
    return next(str(choice) for choice, theme in themes.THEMES.items() if theme is themes.current())


def _screens() -> list[str]:
    return [
        f"{screen.size().width()}×{screen.size().height()}，{round(screen.devicePixelRatio() * 100)}%"
        for screen in QGuiApplication.screens()
    ]
