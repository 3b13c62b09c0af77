"""A figure as a tile: its number large, its caption, and the formula below. A click opens the rows behind it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont, QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLayout, QPushButton, QVBoxLayout, QWidget

from zhenggai_desktop.domain.figures import Figure
from zhenggai_desktop.gui.style import DISPLAY_SCALE, GAP, plain_label

_SHEET = """
QPushButton#tile { background: palette(base); border: 1px solid palette(mid); border-radius: 6px; padding: 0; }
QPushButton#tile:hover { border-color: palette(link); background: palette(alternate-base); }
QPushButton#tile:focus { border: 2px solid palette(link); }
QPushButton#tile QLabel { color: palette(text); background: transparent; }
QPushButton#tile QLabel[muted="true"] { color: palette(placeholder-text); }
"""
MAIN = ("issues", "items", "items_rate", "measures_rate", "closed", "withheld")  # as tiles; the rest as a table
_PADDING = 8  # pixels inside a tile
_WIDEST = "98.71%"
_ROOM = 54  # characters that two columns of the table need; where there is less, it has one
_LONGEST = 15  # characters of a caption in it; a declared figure is called by its sentence


class Tile(QPushButton):
    """One figure."""

    def __init__(self, caption: str, number: str, formula: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("tile")
        self.setStyleSheet(_SHEET)
        self.setAccessibleName(f"{caption} {number}")
        self.setAccessibleDescription(formula)
        self.setToolTip("点击查看对应的问题")
        self._formula = formula.removesuffix(f" = {number}")  # the number stands above it
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_PADDING, 10, _PADDING, 10)
        layout.setSpacing(2)
        layout.addWidget(plain_label(caption, muted=True))
        layout.addWidget(plain_label(number, scale=DISPLAY_SCALE, bold=True))
        below = plain_label(self._formula, muted=True)
        below.setWordWrap(True)
        layout.addWidget(below)
        layout.addStretch(1)

    def lines(self, width: int) -> int:
        """Lines that the formula needs in a tile of a width in pixels."""
        room = max(width - 2 * _PADDING - 4, 1)
        return max(1, -(-self.fontMetrics().horizontalAdvance(self._formula) // room))


class FigureTiles(QWidget):
    """The figures that everybody asks for first. ``late`` is counted by the page: figures know no day."""

    chosen = Signal(str, str)  # key of the figure, what to call its rows

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = QGridLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(GAP)
        self._columns = 0
        self.tiles: dict[str, Tile] = {}

    def show_figures(self, figures: Sequence[Figure], late: int) -> None:
        """Show the main figures in their order, and how many items are late."""
        found = {figure.key: figure for figure in figures}
        _empty(self._layout)
        self.tiles.clear()
        for key in MAIN:
            if (figure := found.get(key)) is not None and (figure.value or key != "withheld"):
                self._add(key, figure.caption, figure.text, figure.formula)
        self._add("late", "逾期", f"{late}个", "未完成且已过整改时限" if late else "没有逾期的事项")
        self._columns = 0
        self._deal()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._deal()

    def _add(self, key: str, caption: str, number: str, below: str) -> None:
        tile = Tile(caption, number, below)
        tile.clicked.connect(lambda: self.chosen.emit(key, caption))
        self.tiles[key] = tile

    def _deal(self) -> None:
        """As many tiles beside each other as have room for a rate, in rows of equal length."""
        if not self.tiles:
            return
        bold = QFont(self.font())
        bold.setBold(True)
        least = round(QFontMetricsF(bold).horizontalAdvance(_WIDEST) * DISPLAY_SCALE) + 2 * _PADDING
        fitting = max((self.width() + GAP) // (least + GAP), 1)
        rows = -(-len(self.tiles) // fitting)
        columns = -(-len(self.tiles) // rows)
        width = (self.width() + GAP) // columns - GAP
        lines = max(tile.lines(width) for tile in self.tiles.values())
        for tile in self.tiles.values():
            tile.setMinimumHeight(self.fontMetrics().height() * (4 + lines) + 12)
        if columns == self._columns:
            return
        self._columns = columns
        for at, tile in enumerate(self.tiles.values()):
            self._layout.addWidget(tile, at // columns, at % columns)
        for column in range(len(self.tiles)):
            self._layout.setColumnStretch(column, 1 if column < columns else 0)


def _empty(layout: QLayout) -> None:
    while layout.count():
        layout.takeAt(0).widget().deleteLater()


class FigureTable(QWidget):
    """All other figures, a line each with its formula."""

    chosen = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = QGridLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setHorizontalSpacing(GAP * 2)
        self._layout.setVerticalSpacing(0)
        self.buttons: dict[str, QPushButton] = {}
        self._figures: list[Figure] = []
        self._columns = 2

    def fit(self, width: int) -> None:
        """Stand in as many columns as there is room for in ``width`` pixels."""
        columns = 2 if width >= _ROOM * self.fontMetrics().horizontalAdvance("字") else 1
        if columns != self._columns:
            self._columns = columns
            self._deal()

    def show_figures(self, figures: Iterable[Figure]) -> None:
        """Show what has no tile."""
        self._figures = [figure for figure in figures if figure.key not in MAIN]
        self._deal()

    def _deal(self) -> None:
        _empty(self._layout)
        self.buttons.clear()
        rest = self._figures
        rows = -(-len(rest) // self._columns)
        for column in range(6):
            self._layout.setColumnStretch(column, 0)
        for at, figure in enumerate(rest):
            row, column = at % rows, at // rows * 3
            self._layout.addWidget(self._button(figure), row, column)
            self._layout.addWidget(plain_label(figure.text, bold=True), row, column + 1)
            formula = plain_label(figure.formula, muted=True)
            formula.setWordWrap(True)
            self._layout.addWidget(formula, row, column + 2)
            self._layout.setColumnStretch(column + 2, 1)

    def _button(self, figure: Figure) -> QPushButton:
        caption = figure.caption if len(figure.caption) <= _LONGEST else figure.caption[: _LONGEST - 1] + "…"
        button = QPushButton(caption.replace("&", "&&"))
        button.setToolTip(figure.caption.replace("<", "＜"))
        button.setProperty("link", True)
        button.setAccessibleName(f"{figure.caption} {figure.text}")
        button.clicked.connect(lambda: self.chosen.emit(figure.key, figure.caption))
        self.buttons[figure.key] = button
        return button
