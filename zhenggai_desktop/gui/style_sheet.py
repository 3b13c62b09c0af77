"""The rules of the look in a theme's colours, by kind of widget; sizes that depend on letters are in ``style``."""

from __future__ import annotations

from PySide6.QtCore import Qt

from zhenggai_desktop.gui.themes import Theme
from zhenggai_desktop.paths import resources_folder

#: What can be ticked, in lists too.
TICKED = ", ".join(f"{kind}::indicator" for kind in ("QCheckBox", "QTreeView", "QListView", "QTableView"))


def sheet(theme: Theme) -> str:
    """The whole style sheet."""
    parts = (_bars, _views, _fields, _marks, _tabs, _frames, _scrolling, _buttons)
    return "".join(part(theme) for part in parts)


def _icon(theme: Theme, name: str, *, on_accent: bool = False) -> str:
    """The address of a picture for the ground on which it stands."""
    is_light = (theme.scheme is Qt.ColorScheme.Light) is not on_accent
    return f"{(resources_folder() / 'icons').as_posix()}/{name}-{'light' if is_light else 'dark'}.svg"


def _each(selectors: str, state: str) -> str:
    return ", ".join(f"{one}{state}" for one in selectors.split(", "))


def _bars(t: Theme) -> str:
    """Menus, toolbar and status bar."""
    chevron = _icon(t, "chevron")
    return f"""
QToolBar {{ background: {t.surface}; border: 0; border-bottom: 1px solid {t.line}; spacing: 2px; padding: 5px 10px; }}
QToolBar::separator {{ background: {t.line}; width: 1px; margin: 6px 8px; }}
QToolButton {{ padding: 5px 9px; border-radius: 4px; border: 0; }}
QToolButton:hover:enabled {{ background: {t.ground}; }}
QToolButton:focus {{ background: {t.selected}; border: 1px solid {t.accent}; padding: 4px 8px; }}
QToolButton:pressed:enabled {{ background: {t.selected}; }}
QToolButton[popupMode="2"] {{ padding-right: 22px; }}
QToolButton::menu-indicator {{ image: url("{chevron}"); width: 12px; height: 12px; subcontrol-origin: padding;
    subcontrol-position: right center; right: 6px; }}
QMenuBar {{ background: {t.surface}; padding: 2px 8px; }}
QMenuBar::item {{ padding: 4px 10px; border-radius: 4px; background: transparent; }}
QMenuBar::item:selected {{ background: {t.selected}; }}
QStatusBar {{ background: {t.surface}; border-top: 1px solid {t.line}; color: {t.muted}; }}
QStatusBar::item {{ border: 0; }}
QStatusBar QLabel {{ color: {t.muted}; padding: 2px 14px; }}
"""


def _views(t: Theme) -> str:
    """Trees, lists and tables."""
    return f"""
QTreeView {{ border: 1px solid transparent; outline: 0; alternate-background-color: {t.stripe}; }}
QTreeView::item {{ padding-right: 6px; border: 0; }}
QTreeView {{ selection-background-color: {t.selected}; selection-color: {t.ink}; }}
QTreeView::item:selected {{ background: {t.selected}; color: {t.ink}; }}
QTreeView[boxed="true"] {{ border-color: {t.line}; border-radius: 3px; }}
QTreeView:focus {{ border: 1px solid {t.accent}; }}
QHeaderView::section {{ background: {t.surface}; color: {t.muted}; border: 0; border-bottom: 1px solid {t.line};
    padding: 7px 6px 7px 4px; }}
QListView {{ border: 1px solid {t.line}; selection-background-color: {t.selected}; selection-color: {t.ink};
    outline: 0; }}
QListView:focus, QTableView:focus {{ border-color: {t.accent}; }}
QListView::item:selected {{ background: {t.selected}; color: {t.ink}; }}
QListWidget[plain="true"] {{ background: transparent; border-color: transparent; outline: 0; }}
QListWidget[plain="true"]::item {{ padding: 6px 8px; border-radius: 4px; color: {t.ink}; }}
QListWidget[plain="true"]::item:selected {{ background: {t.selected}; }}
QListWidget[plain="true"]:focus {{ border: 1px solid {t.accent}; }}
QTableView {{ background: {t.surface}; border: 1px solid {t.line}; gridline-color: {t.line}; outline: 0;
    selection-background-color: {t.selected}; selection-color: {t.ink}; }}
QTableView::item {{ border: 0; padding-right: 1px; }}
QTableView::item:selected, QTableView::item:focus {{ background: {t.selected}; color: {t.ink}; }}
QSplitter::handle {{ background: {t.line}; }}
"""


def _fields(t: Theme) -> str:
    """What is typed into, and progress."""
    chevron = _icon(t, "chevron")
    chevron_up = _icon(t, "chevron-up")
    return f"""
QLineEdit, QPlainTextEdit, QComboBox {{ background: {t.surface}; border: 1px solid {t.line}; border-radius: 3px;
    padding: 4px 6px; selection-background-color: {t.accent}; selection-color: {t.on_accent}; }}
QPlainTextEdit {{ padding: 2px 3px; }}
QTextEdit {{ background: {t.surface}; border: 1px solid {t.line}; border-radius: 3px; }}
QTextEdit:focus {{ border-color: {t.accent}; }}
QLineEdit:hover, QPlainTextEdit:hover, QComboBox:hover {{ border-color: {t.edge}; }}
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus {{ border: 1px solid {t.accent}; background: {t.focused}; }}
QLineEdit:read-only, QPlainTextEdit:read-only, QComboBox:disabled {{ background: {t.ground}; color: {t.ink}; }}
QComboBox::drop-down {{ border: 0; width: 24px; }}
QComboBox::down-arrow {{ image: url("{chevron}"); }}
QTreeView QLineEdit {{ padding: 0 3px; border-radius: 0; }}
QProgressBar {{ background: {t.ground}; border: 1px solid {t.line}; border-radius: 4px; height: 10px; }}
QProgressBar::chunk {{ background: {t.accent}; border-radius: 3px; }}
QProgressBar[busy="true"]::chunk {{ width: 24px; }}
QAbstractSpinBox {{ background: {t.surface}; border: 1px solid {t.line}; border-radius: 3px; padding: 4px 6px; }}
QAbstractSpinBox:hover {{ border-color: {t.edge}; }}
QAbstractSpinBox:focus {{ border: 1px solid {t.accent}; background: {t.focused}; }}
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{ border: 0; width: 20px; background: transparent; }}
QAbstractSpinBox::up-arrow {{ image: url("{chevron_up}"); }}
QAbstractSpinBox::down-arrow {{ image: url("{chevron}"); }}
"""


def _marks(t: Theme) -> str:
    """Check boxes, radio buttons and ticks in lists."""
    tick = _icon(t, "tick")
    return f"""
QCheckBox {{ padding: 5px 2px; spacing: 7px; }}
QCheckBox:focus, QRadioButton:focus {{ color: {t.accent}; background: {t.selected}; border-radius: 3px; }}
{TICKED} {{ border: 1px solid {t.muted}; border-radius: 3px; background: {t.surface}; }}
QRadioButton::indicator {{ border: 1px solid {t.muted}; background: {t.surface}; }}
{_each(TICKED, ":hover")}, QRadioButton::indicator:hover {{ border-color: {t.accent}; }}
{_each(TICKED, ":checked")} {{ background: {t.accent}; border-color: {t.accent}; image: url("{tick}"); }}
QRadioButton::indicator:checked {{ border-color: {t.accent}; }}
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled {{ border-color: {t.disabled};
    background: {t.ground}; }}
QCheckBox::indicator:checked:disabled {{ background: {t.disabled}; }}
"""


def _tabs(t: Theme) -> str:
    """Tabs."""
    return f"""
QTabBar::tab {{ padding: 8px 16px; border: 0; border-bottom: 2px solid transparent; color: {t.muted};
    background: transparent; }}
QTabBar::tab:hover {{ color: {t.ink}; }}
QTabBar::tab:selected {{ color: {t.accent}; border-bottom: 2px solid {t.accent}; }}
QTabBar::tab:focus {{ background: {t.selected}; }}
QTabBar#pages {{ background: {t.surface}; }}
QTabWidget::pane {{ border: 0; border-top: 1px solid {t.line}; }}
QTabWidget::tab-bar {{ left: 9px; }}
QTabWidget > QTabBar::tab {{ padding: 7px 11px; }}
QTabWidget#record::tab-bar {{ left: 12px; }}
QTabWidget#record > QTabBar::tab {{ padding: 7px 8px; }}
QTabBar::scroller {{ width: 48px; }}
QTabBar QToolButton {{ padding: 0; background: {t.surface}; }}
"""


def _frames(t: Theme) -> str:
    """Cards, strips and words."""
    return f"""
QFrame[card="true"] {{ background: {t.surface}; border: 1px solid {t.line}; border-radius: 6px; }}
QFrame[card="true"]:hover, QFrame[card="true"]:focus {{ border-color: {t.accent}; }}
QLabel[problem="true"] {{ color: {t.problem}; }}
QFrame[rule="true"] {{ background: {t.line}; border: 0; max-height: 1px; min-height: 1px; }}
QLabel[muted="true"] {{ color: {t.muted}; }}
QLabel[warning="true"] {{ background: {t.warning_ground}; border: 1px solid {t.warning_line}; border-radius: 4px;
    padding: 7px 14px; color: {t.warning}; }}
QFrame[strip="true"] {{ background: {t.warning_ground}; border: 0; border-bottom: 1px solid {t.warning_line}; }}
QFrame[strip="true"] QLabel {{ color: {t.warning}; }}
QFrame[quiet="true"] {{ background: {t.chip}; border: 0; border-bottom: 1px solid {t.line}; }}
"""


def _scrolling(t: Theme) -> str:
    """Areas that scroll, and their bars."""
    return f"""
QScrollArea[plain="true"] {{ background: transparent; }}
QScrollArea[plain="true"] > QWidget > QWidget {{ background: transparent; }}
QScrollArea {{ border: 0; background: {t.surface}; }}
QScrollArea[framed="true"] {{ border: 1px solid transparent; }}
QScrollArea[framed="true"]:focus {{ border-color: {t.accent}; }}
QScrollBar:vertical {{ background: transparent; width: 11px; margin: 2px; }}
QScrollBar:horizontal {{ background: transparent; height: 11px; margin: 2px; }}
QScrollBar::handle {{ background: {t.handle}; border-radius: 3px; }}
QScrollBar::handle:hover {{ background: {t.handle_hovered}; }}
QScrollBar::handle:vertical {{ min-height: 32px; }}
QScrollBar::handle:horizontal {{ min-width: 32px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
"""


def _buttons(t: Theme) -> str:
    """Buttons."""
    chevron = _icon(t, "chevron")
    on_accent = _icon(t, "chevron", on_accent=True)
    return f"""
QPushButton {{ padding: 7px 18px; border: 1px solid {t.line}; border-radius: 4px; background: {t.surface};
    outline: 0; }}
QPushButton:hover {{ border-color: {t.accent}; }}
QPushButton:focus {{ border: 2px solid {t.accent}; padding: 6px 17px; }}
QPushButton:default, QPushButton[primary="true"] {{ background: {t.accent}; border-color: {t.accent};
    color: {t.on_accent}; }}
QPushButton:default:focus, QPushButton[primary="true"]:focus {{ border: 2px solid {t.ink}; }}
QPushButton[link="true"] {{ border: 0; background: transparent; color: {t.accent}; padding: 3px 0; text-align: left; }}
QPushButton[link="true"]:hover {{ text-decoration: underline; }}
QPushButton[link="true"]:focus {{ background: {t.selected}; border-radius: 3px; }}
QPushButton[drop="true"] {{ padding-right: 20px; }}
QPushButton[field="true"] {{ padding: 4px 8px 4px 6px; text-align: left; border-radius: 3px;
    background-image: url("{chevron}"); background-repeat: no-repeat; background-position: right center;
    background-origin: content; }}
QPushButton[field="true"]:focus {{ padding: 3px 7px 3px 5px; }}
QPushButton[drop="true"]:focus {{ padding-right: 19px; }}
QPushButton[link="true"][drop="true"] {{ padding-right: 2px; }}
QPushButton::menu-indicator {{ image: url("{chevron}"); width: 12px; height: 12px;
    subcontrol-origin: padding; subcontrol-position: right center; right: 10px; }}
QPushButton[link="true"]::menu-indicator {{ right: 0; }}
QPushButton[primary="true"]::menu-indicator {{ image: url("{on_accent}"); }}
QPushButton:disabled {{ color: {t.disabled}; background: {t.ground}; border-color: {t.line}; }}
"""
