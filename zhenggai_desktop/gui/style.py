"""How the window looks: fonts with Chinese fallbacks, calm colours, distances. One place, so that all pages agree."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QLabel

from zhenggai_desktop.gui.themes import LIGHT, Theme, palette_of
from zhenggai_desktop.paths import resources_folder

FAMILIES = ["Microsoft YaHei UI", "Microsoft YaHei", "PingFang SC", "Noto Sans CJK SC", "WenQuanYi Micro Hei", "SimSun"]
POINTS = 10.5  # 五号, the size clerks read all day
TITLE_SCALE = 1.35
DISPLAY_SCALE = 2.2

#: Fusion on every desktop, so that pictures stay true. As an argument: ``setStyle`` would give the style back, and
#: making a Python class of it with its enums costs more than the window's widgets.
ARGUMENTS = ("-style", "Fusion")

GAP = 8  # pixels between things that belong together
MARGIN = 20  # pixels between things that do not

_WORN = "zhenggai-look"  # property of the application

SCALES = (80, 90, 100, 110, 125, 150, 175, 200)  # per cent
LARGE = 150  # and above: large type


def rescaled(scale: int, by: int) -> int:
    """The next larger (+1) or smaller (-1) size of letters; 0 gives the usual one."""
    if by == 0:
        return 100
    at = min(range(len(SCALES)), key=lambda at: abs(SCALES[at] - scale)) + by
    return SCALES[max(0, min(at, len(SCALES) - 1))]


def _sheet(t: Theme) -> str:
    """The style sheet in a theme's colours; sizes that depend on letters are apart."""
    ground = "light" if t.scheme is Qt.ColorScheme.Light else "dark"
    icons = (resources_folder() / "icons").as_posix()
    tick, chevron = f"{icons}/tick-{ground}.svg", f"{icons}/chevron-{ground}.svg"
    chevron_up = f"{icons}/chevron-up-{ground}.svg"
    on_accent = f"{icons}/chevron-{'dark' if ground == 'light' else 'light'}.svg"
    return f"""
QToolBar {{ background: {t.surface}; border: 0; border-bottom: 1px solid {t.line}; spacing: 2px; padding: 5px 10px; }}
QToolBar::separator {{ background: {t.line}; width: 1px; margin: 6px 8px; }}
QToolButton {{ padding: 5px 9px; border-radius: 4px; border: 0; }}
QToolButton:hover:enabled {{ background: {t.ground}; }}
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
QTreeView {{ border: 1px solid transparent; outline: 0; alternate-background-color: {t.stripe}; }}
QTreeView::item {{ padding-right: 6px; border: 0; }}
QTreeView {{ selection-background-color: {t.selected}; selection-color: {t.ink}; }}
QTreeView::item:selected {{ background: {t.selected}; color: {t.ink}; }}
QTreeView[boxed="true"] {{ border-color: {t.line}; border-radius: 3px; }}
QTreeView:focus {{ border: 1px solid {t.accent}; }}
QHeaderView::section {{ background: {t.surface}; color: {t.muted}; border: 0; border-bottom: 1px solid {t.line};
    padding: 7px 6px 7px 4px; }}
QListView {{ selection-background-color: {t.selected}; selection-color: {t.ink}; outline: 0; }}
QListView::item:selected {{ background: {t.selected}; color: {t.ink}; }}
QListWidget[plain="true"] {{ background: transparent; border: 0; outline: 0; }}
QListWidget[plain="true"]::item {{ padding: 6px 8px; border-radius: 4px; color: {t.ink}; }}
QListWidget[plain="true"]::item:selected {{ background: {t.selected}; }}
QListWidget[plain="true"]:focus {{ border: 1px solid {t.accent}; }}
QTableView {{ background: {t.surface}; border: 1px solid {t.line}; gridline-color: {t.line};
    selection-background-color: {t.selected}; selection-color: {t.ink}; }}
QSplitter::handle {{ background: {t.line}; }}
QLineEdit, QPlainTextEdit, QComboBox {{ background: {t.surface}; border: 1px solid {t.line}; border-radius: 3px;
    padding: 4px 6px; selection-background-color: {t.accent}; selection-color: {t.on_accent}; }}
QPlainTextEdit {{ padding: 2px 3px; }}
QLineEdit:hover, QPlainTextEdit:hover, QComboBox:hover {{ border-color: {t.edge}; }}
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus {{ border: 1px solid {t.accent}; background: {t.focused}; }}
QLineEdit:read-only, QPlainTextEdit:read-only, QComboBox:disabled {{ background: {t.ground}; color: {t.ink}; }}
QComboBox::drop-down {{ border: 0; width: 24px; }}
QComboBox::down-arrow {{ image: url("{chevron}"); width: 12px; height: 12px; }}
QTreeView QLineEdit {{ padding: 0 3px; border-radius: 0; }}
QProgressBar {{ background: {t.ground}; border: 1px solid {t.line}; border-radius: 4px; height: 10px; }}
QProgressBar::chunk {{ background: {t.accent}; border-radius: 3px; }}
QProgressBar[busy="true"]::chunk {{ width: 24px; }}
QAbstractSpinBox {{ background: {t.surface}; border: 1px solid {t.line}; border-radius: 3px; padding: 4px 6px; }}
QAbstractSpinBox:hover {{ border-color: {t.edge}; }}
QAbstractSpinBox:focus {{ border: 1px solid {t.accent}; background: {t.focused}; }}
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{ border: 0; width: 20px; background: transparent; }}
QAbstractSpinBox::up-arrow {{ image: url("{chevron_up}"); width: 10px; height: 10px; }}
QAbstractSpinBox::down-arrow {{ image: url("{chevron}"); width: 10px; height: 10px; }}
QCheckBox {{ padding: 5px 2px; spacing: 7px; }}
QCheckBox:focus {{ color: {t.accent}; background: {t.selected}; border-radius: 3px; }}
QCheckBox::indicator, QTreeView::indicator, QListView::indicator {{ width: 14px; height: 14px;
    border: 1px solid {t.muted}; border-radius: 3px; background: {t.surface}; }}
QRadioButton::indicator {{ width: 14px; height: 14px; border: 1px solid {t.muted}; border-radius: 8px;
    background: {t.surface}; }}
QCheckBox::indicator:hover, QTreeView::indicator:hover, QListView::indicator:hover, QRadioButton::indicator:hover {{
    border-color: {t.accent}; }}
QCheckBox::indicator:checked, QTreeView::indicator:checked, QListView::indicator:checked {{
    background: {t.accent}; border-color: {t.accent}; image: url("{tick}"); }}
QRadioButton::indicator:checked {{ width: 6px; height: 6px; border: 5px solid {t.accent}; }}
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled {{ border-color: {t.disabled};
    background: {t.ground}; }}
QCheckBox::indicator:checked:disabled {{ background: {t.disabled}; }}
QTabBar::tab {{ padding: 8px 16px; border: 0; border-bottom: 2px solid transparent; color: {t.muted};
    background: transparent; }}
QTabBar::tab:hover {{ color: {t.ink}; }}
QTabBar::tab:selected {{ color: {t.accent}; border-bottom: 2px solid {t.accent}; }}
QTabBar::tab:focus {{ background: {t.selected}; }}
QTabBar#pages {{ background: {t.surface}; }}
QTabWidget::pane {{ border: 0; border-top: 1px solid {t.line}; }}
QTabWidget > QTabBar::tab {{ padding: 7px 11px; }}
QFrame[card="true"] {{ background: {t.surface}; border: 1px solid {t.line}; border-radius: 6px; }}
QFrame[card="true"]:hover, QFrame[card="true"]:focus {{ border-color: {t.accent}; }}
QScrollArea[plain="true"] {{ background: transparent; }}
QScrollArea[plain="true"] > QWidget > QWidget {{ background: transparent; }}
QLabel[problem="true"] {{ color: {t.problem}; }}
QScrollArea {{ border: 0; background: {t.surface}; }}
QScrollBar:vertical {{ background: transparent; width: 11px; margin: 2px; }}
QScrollBar:horizontal {{ background: transparent; height: 11px; margin: 2px; }}
QScrollBar::handle {{ background: {t.handle}; border-radius: 3px; }}
QScrollBar::handle:hover {{ background: {t.handle_hovered}; }}
QScrollBar::handle:vertical {{ min-height: 32px; }}
QScrollBar::handle:horizontal {{ min-width: 32px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QFrame[rule="true"] {{ background: {t.line}; border: 0; max-height: 1px; min-height: 1px; }}
QLabel[muted="true"] {{ color: {t.muted}; }}
QLabel[warning="true"] {{ background: {t.warning_ground}; border: 1px solid {t.warning_line}; border-radius: 4px;
    padding: 7px 14px; color: {t.warning}; }}
QFrame[strip="true"] {{ background: {t.warning_ground}; border: 0; border-bottom: 1px solid {t.warning_line}; }}
QFrame[strip="true"] QLabel {{ color: {t.warning}; }}
QFrame[quiet="true"] {{ background: {t.chip}; border: 0; border-bottom: 1px solid {t.line}; }}
QPushButton {{ padding: 7px 18px; border: 1px solid {t.line}; border-radius: 4px; background: {t.surface}; }}
QPushButton:hover {{ border-color: {t.accent}; }}
QPushButton:focus {{ border: 2px solid {t.accent}; padding: 6px 17px; }}
QPushButton:default, QPushButton[primary="true"] {{ background: {t.accent}; border-color: {t.accent};
    color: {t.on_accent}; }}
QPushButton:default:focus, QPushButton[primary="true"]:focus {{ border: 2px solid {t.ink}; }}
QPushButton[link="true"] {{ border: 0; background: transparent; color: {t.accent}; padding: 3px 0; text-align: left; }}
QPushButton[link="true"]:hover {{ text-decoration: underline; }}
QPushButton[link="true"]:focus {{ background: {t.selected}; border-radius: 3px; }}
QPushButton[drop="true"] {{ padding-right: 20px; }}
QPushButton[field="true"] {{ padding: 4px 20px 4px 6px; text-align: left; border-radius: 3px; }}
QPushButton[field="true"]:focus {{ padding: 3px 19px 3px 5px; }}
QPushButton[drop="true"]:focus {{ padding-right: 19px; }}
QPushButton[link="true"][drop="true"] {{ padding-right: 2px; }}
QPushButton::menu-indicator {{ image: url("{chevron}"); width: 12px; height: 12px;
    subcontrol-origin: padding; subcontrol-position: right center; right: 10px; }}
QPushButton[link="true"]::menu-indicator {{ right: 0; }}
QPushButton[primary="true"]::menu-indicator {{ image: url("{on_accent}"); }}
QPushButton:disabled {{ color: {t.disabled}; background: {t.ground}; border-color: {t.line}; }}
"""


def dress(application: QApplication, scale: int = 100, theme: Theme = LIGHT) -> None:
    """Give the application its font, colours and distances.

    ``scale`` is the size of letters in per cent of the usual one. Both may change while windows are open; what is
    worn already is not put on again, for that takes its time.
    """
    worn = f"{scale} {theme.ground}"
    if application.property(_WORN) == worn:
        return
    application.setProperty(_WORN, worn)
    font = QFont(FAMILIES)
    points = POINTS * scale / 100
    font.setPointSizeF(points)
    application.setFont(font)
    application.setPalette(palette_of(theme))
    application.setStyleSheet(_sheet(theme) + _sizes(points))


def mark_side(points: float) -> int:
    """Pixels of a mark beside words of a size."""
    return round(points * 1.5)


def _sizes(points: float) -> str:
    """Sizes that depend on the letters: a style sheet knows no other unit for them."""
    scaled = (TITLE_SCALE, DISPLAY_SCALE)
    labels = "\n".join(f'QLabel[scale="{scale}"] {{ font-size: {points * scale:.2f}pt; }}' for scale in scaled)
    marks = f"QTreeView {{ icon-size: {mark_side(points)}px; }}"
    return f"{labels}\n{marks}\nQTreeView::item {{ min-height: {round(points * 2.75)}px; }}\n"


def plain_label(text: str = "", *, muted: bool = False, scale: float = 1.0, bold: bool = False) -> QLabel:
    """A label that shows its text as it is, never as markup: the words come from foreign files."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    if scale in (TITLE_SCALE, DISPLAY_SCALE):
        label.setProperty("scale", str(scale))  # by the style sheet, which follows the size of letters
    if bold:
        font = QFont()
        font.setBold(True)
        label.setFont(font)
    if muted:
        label.setProperty("muted", True)
    return label
