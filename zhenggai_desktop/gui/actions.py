"""Everything a user can call, in one table: menus, toolbar and shortcuts are made from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from PySide6.QtGui import QAction, QIcon, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

Key = QKeySequence.StandardKey


class Call(StrEnum):
    """What can be called."""

    NEW = "new"
    OPEN = "open"
    IMPORT = "import"
    EXPORT_LEDGER = "export-ledger"
    EXPORT_NOTICE = "export-notice"
    CLOSE = "close"
    QUIT = "quit"
    UNDO = "undo"
    REDO = "redo"
    ABOUT = "about"


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One action. ``short`` is its text on the toolbar and on buttons; ``icon`` a file name without ending."""

    text: str
    short: str = ""
    shortcut: Key | str | None = None
    icon: str = ""
    tip: str = ""


SPECS: Mapping[Call, ActionSpec] = {
    Call.NEW: ActionSpec("新建台账(&N)…", "新建", Key.New, "new", "新建一个空白台账"),
    Call.OPEN: ActionSpec("打开台账(&O)…", "打开", Key.Open, "open", "打开已有的台账文件"),
    Call.IMPORT: ActionSpec(
        "导入反馈意见或通报(&I)…", "导入", "Ctrl+I", "import", "从 Word 或文本文件读入反馈意见，或以往的整改通报"
    ),
    Call.EXPORT_LEDGER: ActionSpec(
        "导出整改台账(Excel)(&E)…", "导出台账", "Ctrl+E", "sheet", "把整改台账导出为 Excel 表格"
    ),
    Call.EXPORT_NOTICE: ActionSpec(
        "导出通报(Word)(&W)…", "导出通报", "Ctrl+Shift+E", "document", "把整改情况通报导出为 Word 文件"
    ),
    Call.CLOSE: ActionSpec("关闭台账(&C)", shortcut=Key.Close, tip="关闭当前台账；内容都已保存"),
    Call.QUIT: ActionSpec("退出(&X)", shortcut="Ctrl+Q", tip="退出程序；内容都已保存"),
    Call.UNDO: ActionSpec("撤销(&U)", "撤销", Key.Undo, "undo", "撤销上一步"),
    Call.REDO: ActionSpec("恢复(&R)", "恢复", Key.Redo, "redo", "恢复刚撤销的一步"),
    Call.ABOUT: ActionSpec("关于整改台账(&A)", tip="版本和说明"),
}

#: Menus in their order; None draws a line.
MENUS: tuple[tuple[str, tuple[Call | None, ...]], ...] = (
    (
        "文件(&F)",
        (
            Call.NEW,
            Call.OPEN,
            None,
            Call.IMPORT,
            None,
            Call.EXPORT_LEDGER,
            Call.EXPORT_NOTICE,
            None,
            Call.CLOSE,
            Call.QUIT,
        ),
    ),
    ("编辑(&E)", (Call.UNDO, Call.REDO)),
    ("帮助(&H)", (Call.ABOUT,)),
)

TOOLBAR: tuple[Call | None, ...] = (
    Call.NEW,
    Call.OPEN,
    None,
    Call.IMPORT,
    None,
    Call.EXPORT_LEDGER,
    Call.EXPORT_NOTICE,
    None,
    Call.UNDO,
    Call.REDO,
)

NEEDS_LEDGER = frozenset({Call.EXPORT_LEDGER, Call.EXPORT_NOTICE, Call.CLOSE})


def make_actions(window: QMainWindow, icons: Path, perform: Callable[[Call], None]) -> dict[Call, QAction]:
    """An action for each row of the table; triggered, it calls ``perform`` with its name."""
    actions: dict[Call, QAction] = {}
    for call, spec in SPECS.items():
        action = QAction(spec.text, window)
        action.setObjectName(f"action-{call}")
        if spec.short:
            action.setIconText(spec.short)
        if spec.icon:
            action.setIcon(QIcon(str(icons / f"{spec.icon}.svg")))
        if spec.shortcut is not None:
            action.setShortcut(QKeySequence(spec.shortcut))
        action.setStatusTip(spec.tip)
        action.setToolTip(spec.tip)
        action.triggered.connect(lambda _checked=False, call=call: perform(call))
        actions[call] = action
    return actions


def fill_menus(window: QMainWindow, actions: Mapping[Call, QAction]) -> None:
    """The menu bar and the toolbar."""
    for title, calls in MENUS:
        _fill(window.menuBar().addMenu(title), calls, actions)
    toolbar = window.addToolBar("工具栏")
    toolbar.setObjectName("toolbar")
    toolbar.setMovable(False)
    toolbar.toggleViewAction().setVisible(False)
    for call in TOOLBAR:
        if call is None:
            toolbar.addSeparator()
        else:
            toolbar.addAction(actions[call])


def _fill(menu: QMenu, calls: tuple[Call | None, ...], actions: Mapping[Call, QAction]) -> None:
    for call in calls:
        if call is None:
            menu.addSeparator()
        else:
            menu.addAction(actions[call])
