"""How the window looks: fonts with Chinese fallbacks, calm colours, distances. One place, so that all pages agree."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QLabel

from zhenggai_desktop.gui.style_sheet import TICKED, sheet
from zhenggai_desktop.gui.themes import LIGHT, Theme, palette_of

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
    application.setStyleSheet(sheet(theme) + _sizes(points))


def mark_side(points: float) -> int:
    """Pixels of a mark beside words of a size."""
    return round(points * 1.5)


def _sizes(points: float) -> str:
    """Sizes that depend on the letters: a style sheet knows no other unit for them."""
    scaled = (TITLE_SCALE, DISPLAY_SCALE)
    labels = "\n".join(f'QLabel[scale="{scale}"] {{ font-size: {points * scale:.2f}pt; }}' for scale in scaled)
    marks = f"QTreeView, QTableView, QLineEdit {{ icon-size: {mark_side(points)}px; }}"
    rows = f"QTreeView::item {{ min-height: {round(points * 2.75)}px; }}"
    return "\n".join((labels, marks, rows, _indicators(points)))


def _indicators(points: float) -> str:
    """What is ticked, chosen and opened beside the letters. A radio button's dot is what its border leaves."""
    side, arrow, small = (round(points * size) for size in (1.33, 1.14, 0.95))
    border = round(side * 0.36)
    dot = side + 2 - 2 * border
    return f"""
{TICKED}, QRadioButton::indicator {{ width: {side}px; height: {side}px; }}
QRadioButton::indicator {{ border-radius: {side // 2 + 1}px; }}
QRadioButton::indicator:checked {{ width: {dot}px; height: {dot}px; border-width: {border}px; }}
QComboBox::down-arrow {{ width: {arrow}px; height: {arrow}px; }}
QAbstractSpinBox::up-arrow, QAbstractSpinBox::down-arrow {{ width: {small}px; height: {small}px; }}
"""


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
