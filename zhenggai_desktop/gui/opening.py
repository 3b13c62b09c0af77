"""A file opened in the program of the system. What could be a program is only shown in its folder."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from zhenggai_desktop.gui import messages

_PROGRAMS = {
    ".exe", ".com", ".bat", ".cmd", ".pif", ".scr", ".msi", ".msc", ".cpl", ".lnk", ".url", ".scf", ".inf", ".reg",
    ".vbs", ".vbe", ".js", ".jse", ".wsf", ".wsh", ".ps1", ".hta", ".chm", ".jar", ".desktop", ".sh", ".run",
    ".appimage",
}  # fmt: skip


def open_file(parent: QWidget, place: Path) -> None:
    """Have the system open a file; a program is refused with a sentence."""
    if place.suffix.lower() in _PROGRAMS:
        messages.tell(parent, f"“{place.name}”是可以运行的程序，不在这里打开。", "请打开所在文件夹，确认可靠后再用。")
        return
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(place)))
