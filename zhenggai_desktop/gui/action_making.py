"""From the table of actions to menus, toolbar and shortcuts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from zhenggai_desktop.gui import themes
from zhenggai_desktop.gui.actions import SPECS
from zhenggai_desktop.gui.calls import THEME_CALLS, Call
from zhenggai_desktop.gui.menus import MENUS, TOOLBAR
from zhenggai_desktop.gui.pictures import tinted


def make_actions(window: QMainWindow, icons: Path, perform: Callable[[Call], None]) -> dict[Call, QAction]:
    """An action for each row of the table; triggered, it calls ``perform`` with its name."""
    actions: dict[Call, QAction] = {}
    for call, spec in SPECS.items():
        action = QAction(spec.text, window)
        action.setObjectName(f"action-{call}")
        if spec.short:
            action.setIconText(spec.short)
        action.setCheckable(spec.checkable)
        if spec.shortcut is not None:
            action.setShortcuts(_keys(spec.shortcut))
        if spec.in_tree:
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        elif spec.on_page:
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.setStatusTip(spec.tip)
        action.setToolTip(spec.tip)
        action.triggered.connect(lambda _checked=False, call=call: perform(call))
        actions[call] = action
    group = QActionGroup(window)
    for call in THEME_CALLS:
        group.addAction(actions[call])
    show_icons(actions, icons)
    return actions


def _keys(shortcut: QKeySequence.StandardKey | str) -> list[QKeySequence]:
    """All keys that mean it on this system, the first to be shown; Enter of the keypad is Enter too."""
    if isinstance(shortcut, str):
        other = [QKeySequence(shortcut.replace("Return", "Enter"))] if shortcut.endswith("Return") else []
        return [QKeySequence(shortcut), *other]
    more = [QKeySequence("Ctrl+=")] if shortcut == QKeySequence.StandardKey.ZoomIn else []  # + without Shift
    return [*QKeySequence.keyBindings(shortcut), *more]


def show_icons(actions: Mapping[Call, QAction], icons: Path) -> None:
    """The actions' pictures in the ink of the theme that is worn."""
    for call, spec in SPECS.items():
        if spec.icon:
            actions[call].setIcon(tinted(icons / f"{spec.icon}.svg", themes.current()))


def fill_menus(window: QMainWindow, actions: Mapping[Call, QAction]) -> list[QMenu]:
    """The menu bar and the toolbar. Gives the menus."""
    menus = [window.menuBar().addMenu(title) for title, _ in MENUS]
    for menu, (_, calls) in zip(menus, MENUS, strict=True):
        fill_menu(menu, calls, actions)
    toolbar = window.addToolBar("工具栏")
    toolbar.setObjectName("toolbar")
    toolbar.setMovable(False)
    toolbar.toggleViewAction().setVisible(False)
    for call in TOOLBAR:
        if call is None:
            toolbar.addSeparator()
        else:
            toolbar.addAction(actions[call])
    return menus


def fill_menu(menu: QMenu, calls: tuple[Call | None, ...], actions: Mapping[Call, QAction]) -> None:
    """Actions in their order, None as a line."""
    for call in calls:
        if call is None:
            menu.addSeparator()
        else:
            menu.addAction(actions[call])
