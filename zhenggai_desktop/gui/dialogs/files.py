"""Which file? Each question is one function: it gives a path, or None where the user thought better of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from zhenggai_desktop.gui.folders import Folders, Purpose
from zhenggai_desktop.gui.messages import CANCEL, ask
from zhenggai_desktop.names import LEDGER_SUFFIX, SOURCE_SUFFIXES, WORKBOOK_SUFFIXES

if TYPE_CHECKING:
    from PySide6.QtWidgets import QFileDialog


def _patterns(*suffixes: str) -> str:
    return " ".join(f"*{suffix}" for suffix in suffixes)


_ENDING = re.compile(r"\*(\.\w+)")
LEDGERS = f"整改台账 (*{LEDGER_SUFFIX})"
SOURCES = ";;".join((
    f"反馈意见、通报或台账表格 ({_patterns(*SOURCE_SUFFIXES, *WORKBOOK_SUFFIXES)})",
    f"台账表格 ({_patterns(*WORKBOOK_SUFFIXES)})",
    "所有文件 (*)",
))  # fmt: skip
WORKBOOKS = "Excel 工作簿 (*.xlsx)"
NOTICES = "Word 文档 (*.docx)"
PDFS = "PDF 文件 (*.pdf)"
RETURNED = "填报表 (*.xlsx *.xls *.et *.ods *.xlsm);;所有文件 (*)"
FORMS = "空表 (*.xlsx *.xlsm *.docx)"
CALENDARS = "日历 (*.ics)"
ARCHIVES = "归档包 (*.zip)"


def ask_ledger(parent: QWidget, folder: Path) -> Path | None:
    """A ledger to open."""
    return _path(_dialog().getOpenFileName(parent, "打开台账", str(folder), LEDGERS)[0])


def ask_source(parent: QWidget, folder: Path) -> Path | None:
    """A feedback document, notice or ledger table to import."""
    return _path(_dialog().getOpenFileName(parent, "导入反馈意见、通报或台账表格", str(folder), SOURCES)[0])


def ask_evidence(parent: QWidget, folder: Path) -> list[Path]:
    """Files that prove something; none where the user thought better of it."""
    return _paths(_dialog().getOpenFileNames(parent, "添加佐证材料", str(folder), "所有文件 (*)")[0])


def ask_ledgers(parent: QWidget, folder: Path) -> list[Path]:
    """Several ledgers."""
    return _paths(_dialog().getOpenFileNames(parent, "添加台账", str(folder), LEDGERS)[0])


def ask_returned(parent: QWidget, folder: Path) -> list[Path]:
    """Sheets that came back, any number at once."""
    return _paths(_dialog().getOpenFileNames(parent, "收回填报表", str(folder), RETURNED)[0])


def ask_form(parent: QWidget, folder: Path) -> Path | None:
    """A blank form that somebody sent."""
    return _path(_dialog().getOpenFileName(parent, "选择空表", str(folder), FORMS)[0])


def ask_folder(parent: QWidget, title: str, folder: Path) -> Path | None:
    """A folder to write into."""
    return _path(_dialog().getExistingDirectory(parent, title, str(folder)))


def ask_new_ledger(parent: QWidget, suggestion: Path) -> Path | None:
    """Where a new ledger shall stand."""
    return ask_target(parent, "新建台账", suggestion, LEDGERS)


def ask_workbook(parent: QWidget, suggestion: Path) -> Path | None:
    """Where the Excel ledger shall stand."""
    return ask_target(parent, "导出整改台账", suggestion, WORKBOOKS)


def ask_notice(parent: QWidget, suggestion: Path) -> Path | None:
    """Where the Word notice shall stand."""
    return ask_target(parent, "导出通报", suggestion, NOTICES)


def ask_paper(parent: QWidget, name: str, suggestion: Path) -> Path | None:
    """Where a Word paper called ``name`` shall stand."""
    return ask_target(parent, f"导出{name}", suggestion, NOTICES)


def ask_printed(parent: QWidget, name: str, suggestion: Path) -> Path | None:
    """Where a paper called ``name`` shall stand, as Word or PDF by its ending."""
    return ask_target(parent, f"导出{name}", suggestion, f"{NOTICES};;{PDFS}")


def ask_calendar(parent: QWidget, suggestion: Path) -> Path | None:
    """Where the calendar file shall stand."""
    return ask_target(parent, "导出日历", suggestion, CALENDARS)


def ask_archive(parent: QWidget, folder: Path) -> Path | None:
    """An archive to open."""
    return _path(_dialog().getOpenFileName(parent, "打开归档包", str(folder), ARCHIVES)[0])


def ask_new_archive(parent: QWidget, suggestion: Path) -> Path | None:
    """Where a new archive shall stand."""
    return ask_target(parent, "归档打包", suggestion, ARCHIVES)


def ask_ledger_copy(parent: QWidget, suggestion: Path) -> Path | None:
    """Where a copy of the ledger shall stand."""
    return ask_target(parent, "另存副本", suggestion, LEDGERS)


def ask_filled_form(parent: QWidget, suggestion: Path) -> Path | None:
    """Where the filled form shall stand; it keeps the form's kind."""
    return ask_target(parent, "填好的表存为", suggestion, f"与空表相同 (*{suggestion.suffix})")


def _dialog() -> type[QFileDialog]:
    from PySide6.QtWidgets import QFileDialog  # noqa: PLC0415 - a window is on the screen before any dialog is

    return QFileDialog


def ask_target(parent: QWidget, title: str, suggestion: Path, kinds: str) -> Path | None:
    """Where a file of one of ``kinds`` shall stand. An ending that is left out is added, which the dialog does not do
    on every system: that of the kind which was chosen, or else the suggestion's.

    The dialog asks before it overwrites the name that was typed, not the one with its ending: that is asked here.
    """
    name, kind_chosen = _dialog().getSaveFileName(parent, title, str(suggestion), kinds)
    chosen, endings = _path(name), _ENDING.findall(kinds)
    wanted = next(iter(_ENDING.findall(kind_chosen)), suggestion.suffix)
    if chosen is None or chosen.suffix.lower() == wanted or (chosen.suffix.lower() in endings and not kind_chosen):
        return chosen
    chosen = chosen.with_suffix("") if chosen.suffix.lower() in endings else chosen
    chosen = chosen.with_name(chosen.name + wanted)
    if chosen.exists() and ask(parent, f"“{chosen.name}”已经存在。", "是否替换？", ["替换", CANCEL]) == CANCEL:
        return None
    return chosen


def ask_export(parent: QWidget, title: str, suggestion: Path, kinds: str, folders: Folders) -> Path | None:
    """``ask_target`` for what leaves the ledger: it begins where the last export went, and that is remembered."""
    path = ask_target(parent, title, folders.suggestion(Purpose.EXPORT, suggestion), kinds)
    if path is not None:
        folders.used(Purpose.EXPORT, path)
    return path


def _paths(chosen: Sequence[str]) -> list[Path]:
    return [Path(name) for name in chosen]


def _path(chosen: str) -> Path | None:
    return Path(chosen) if chosen else None
