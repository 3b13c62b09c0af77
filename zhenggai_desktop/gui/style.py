"""How the window looks: fonts with Chinese fallbacks, calm colours, distances. One place, so that all pages agree."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QLabel

FAMILIES = ["Microsoft YaHei UI", "Microsoft YaHei", "PingFang SC", "Noto Sans CJK SC", "WenQuanYi Micro Hei", "SimSun"]
POINTS = 10.5  # 五号, the size clerks read all day
TITLE_SCALE = 1.35
DISPLAY_SCALE = 2.2

GAP = 8  # pixels between things that belong together
MARGIN = 20  # pixels between things that do not

ACCENT = "#1f5f99"
INK = "#1f2933"
MUTED = "#5a6773"
LINE = "#d9dee3"
SURFACE = "#ffffff"
GROUND = "#f4f6f8"
STRIPE = "#f8fafb"
SELECTED = "#dceaf7"

_PALETTE = {
    QPalette.ColorRole.Window: GROUND,
    QPalette.ColorRole.WindowText: INK,
    QPalette.ColorRole.Base: SURFACE,
    QPalette.ColorRole.AlternateBase: STRIPE,
    QPalette.ColorRole.Text: INK,
    QPalette.ColorRole.Button: SURFACE,
    QPalette.ColorRole.ButtonText: INK,
    QPalette.ColorRole.PlaceholderText: MUTED,
    QPalette.ColorRole.ToolTipBase: SURFACE,
    QPalette.ColorRole.ToolTipText: INK,
    QPalette.ColorRole.Highlight: ACCENT,
    QPalette.ColorRole.HighlightedText: SURFACE,
    QPalette.ColorRole.Link: ACCENT,
    QPalette.ColorRole.Mid: LINE,
}

PROBLEM = "#b42318"

SCALES = (80, 90, 100, 110, 125, 150, 175, 200)  # per cent


def rescaled(scale: int, by: int) -> int:
    """The next larger (+1) or smaller (-1) size of letters; 0 gives the usual one."""
    if by == 0:
        return 100
    at = min(range(len(SCALES)), key=lambda at: abs(SCALES[at] - scale)) + by
    return SCALES[max(0, min(at, len(SCALES) - 1))]


_SHEET = f"""
QToolBar {{ background: {SURFACE}; border: 0; border-bottom: 1px solid {LINE}; spacing: 2px; padding: 5px 10px; }}
QToolBar::separator {{ background: {LINE}; width: 1px; margin: 6px 8px; }}
QToolButton {{ padding: 5px 9px; border-radius: 4px; border: 0; }}
QToolButton:hover:enabled {{ background: {GROUND}; }}
QToolButton:pressed:enabled {{ background: {SELECTED}; }}
QMenuBar {{ background: {SURFACE}; padding: 2px 8px; }}
QMenuBar::item {{ padding: 4px 10px; border-radius: 4px; background: transparent; }}
QMenuBar::item:selected {{ background: {SELECTED}; }}
QStatusBar {{ background: {SURFACE}; border-top: 1px solid {LINE}; color: {MUTED}; }}
QStatusBar::item {{ border: 0; }}
QStatusBar QLabel {{ color: {MUTED}; padding: 2px 14px; }}
QTreeView {{ border: 1px solid transparent; outline: 0; alternate-background-color: {STRIPE}; }}
QTreeView::item {{ padding-right: 6px; border: 0; }}
QTreeView {{ selection-background-color: {SELECTED}; selection-color: {INK}; }}
QTreeView::item:selected {{ background: {SELECTED}; color: {INK}; }}
QTreeView:focus {{ border: 1px solid {ACCENT}; }}
QHeaderView::section {{ background: {SURFACE}; color: {MUTED}; border: 0; border-bottom: 1px solid {LINE};
    padding: 7px 6px; }}
QSplitter::handle {{ background: {LINE}; }}
QLineEdit, QPlainTextEdit, QComboBox {{ background: {SURFACE}; border: 1px solid {LINE}; border-radius: 3px;
    padding: 4px 6px; selection-background-color: {ACCENT}; selection-color: {SURFACE}; }}
QPlainTextEdit {{ padding: 2px 3px; }}
QLineEdit:hover, QPlainTextEdit:hover, QComboBox:hover {{ border-color: #aab4be; }}
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus {{ border: 1px solid {ACCENT}; background: #fbfdff; }}
QLineEdit:read-only, QPlainTextEdit:read-only, QComboBox:disabled {{ background: {GROUND}; color: {INK}; }}
QComboBox::drop-down {{ border: 0; width: 24px; }}
QComboBox::down-arrow {{ image: none; }}
QTreeView QLineEdit {{ padding: 0 3px; border-radius: 0; }}
QCheckBox {{ padding: 5px 2px; spacing: 7px; }}
QCheckBox:focus {{ color: {ACCENT}; background: {SELECTED}; border-radius: 3px; }}
QTabBar::tab {{ padding: 8px 16px; border: 0; border-bottom: 2px solid transparent; color: {MUTED};
    background: transparent; }}
QTabBar::tab:hover {{ color: {INK}; }}
QTabBar::tab:selected {{ color: {ACCENT}; border-bottom: 2px solid {ACCENT}; }}
QTabBar::tab:focus {{ background: {SELECTED}; }}
QTabBar#pages {{ background: {SURFACE}; }}
QTabWidget::pane {{ border: 0; border-top: 1px solid {LINE}; }}
QTabWidget > QTabBar::tab {{ padding: 7px 11px; }}
QFrame[card="true"] {{ background: {SURFACE}; border: 1px solid {LINE}; border-radius: 6px; }}
QFrame[card="true"]:hover, QFrame[card="true"]:focus {{ border-color: {ACCENT}; }}
QScrollArea[plain="true"] {{ background: transparent; }}
QScrollArea[plain="true"] > QWidget > QWidget {{ background: transparent; }}
QLabel[problem="true"] {{ color: {PROBLEM}; }}
QScrollArea {{ border: 0; background: {SURFACE}; }}
QScrollBar:vertical {{ background: transparent; width: 11px; margin: 2px; }}
QScrollBar:horizontal {{ background: transparent; height: 11px; margin: 2px; }}
QScrollBar::handle {{ background: #c3cbd3; border-radius: 3px; }}
QScrollBar::handle:hover {{ background: #9aa6b2; }}
QScrollBar::handle:vertical {{ min-height: 32px; }}
QScrollBar::handle:horizontal {{ min-width: 32px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QFrame[rule="true"] {{ background: {LINE}; border: 0; max-height: 1px; min-height: 1px; }}
QLabel[muted="true"] {{ color: {MUTED}; }}
QLabel[warning="true"] {{ background: #fff7e6; border: 1px solid #f0d9a8; border-radius: 4px; padding: 7px 14px;
    color: #7a5200; }}
QPushButton {{ padding: 7px 18px; border: 1px solid {LINE}; border-radius: 4px; background: {SURFACE}; }}
QPushButton:hover {{ border-color: {ACCENT}; }}
QPushButton:focus {{ border: 2px solid {ACCENT}; padding: 6px 17px; }}
QPushButton:default, QPushButton[primary="true"] {{ background: {ACCENT}; border-color: {ACCENT}; color: {SURFACE}; }}
QPushButton:default:focus, QPushButton[primary="true"]:focus {{ border: 2px solid {INK}; }}
QPushButton[link="true"] {{ border: 0; background: transparent; color: {ACCENT}; padding: 3px 0; text-align: left; }}
QPushButton[link="true"]:hover {{ text-decoration: underline; }}
QPushButton:disabled {{ color: {MUTED}; background: {GROUND}; }}
"""


def dress(application: QApplication, scale: int = 100) -> None:
    """Give the application its font, colours and distances; the same on every desktop, so that pictures stay true.

    ``scale`` is the size of letters in per cent of the usual one; it may change while windows are open.
    """
    application.setStyle("Fusion")
    application.styleHints().setColorScheme(Qt.ColorScheme.Light)
    font = QFont(FAMILIES)
    points = POINTS * scale / 100
    font.setPointSizeF(points)
    application.setFont(font)
    palette = QPalette()
    for role, colour in _PALETTE.items():
        palette.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText, QPalette.ColorRole.WindowText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor("#a3acb5"))
    application.setPalette(palette)
    application.setStyleSheet(_SHEET + _sizes(points))


def _sizes(points: float) -> str:
    """Sizes that depend on the letters: a style sheet knows no other unit for them."""
    scaled = (TITLE_SCALE, DISPLAY_SCALE)
    labels = "\n".join(f'QLabel[scale="{scale}"] {{ font-size: {points * scale:.2f}pt; }}' for scale in scaled)
    return f"{labels}\nQTreeView::item {{ min-height: {round(points * 2.75)}px; }}\n"


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
