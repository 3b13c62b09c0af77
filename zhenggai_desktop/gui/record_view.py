"""The selected record, to read: where it stands, its title, its fields."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from zhenggai_desktop.gui.record_fields import Group, RecordText
from zhenggai_desktop.gui.style import GAP, MARGIN, TITLE_SCALE, plain_label

_CAPTION_WIDTH = 6  # characters; the longest caption in use has six


class RecordView(QScrollArea):
    """Shows a ``RecordText``. Words can be marked and copied, not changed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("所选内容")
        self._shown: RecordText | None = None
        self.setWidget(QWidget())

    def show_text(self, text: RecordText) -> None:
        """Show another record, from its top; the same words again change nothing."""
        if text == self._shown:
            return
        self._shown = text
        self.setWidget(_sheet(text))
        self.verticalScrollBar().setValue(0)

    def words(self) -> str:
        """All that is shown, line by line."""
        return "\n".join(label.text() for label in self.widget().findChildren(QLabel))


def _sheet(text: RecordText) -> QWidget:
    sheet = QWidget()
    sheet.setAutoFillBackground(True)
    sheet.setBackgroundRole(QPalette.ColorRole.Base)
    layout = QVBoxLayout(sheet)
    layout.setContentsMargins(MARGIN + 4, MARGIN, MARGIN + 4, MARGIN)
    layout.setSpacing(GAP)
    layout.addWidget(_reading(text.place, muted=True))
    layout.addWidget(_reading(text.title, scale=TITLE_SCALE, bold=True))
    for group in text.groups:
        layout.addSpacing(GAP)
        layout.addWidget(_line())
        if group.heading:
            layout.addWidget(_reading(group.heading, bold=True))
        layout.addLayout(_grid(group))
    layout.addStretch(1)
    return sheet


def _grid(group: Group) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(GAP * 2)
    grid.setVerticalSpacing(GAP)
    grid.setColumnStretch(1, 1)
    for row, (caption, words) in enumerate(group.fields):
        label = plain_label(caption, muted=True)
        label.setMinimumWidth(label.fontMetrics().horizontalAdvance("字") * _CAPTION_WIDTH)
        grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(_reading(words), row, 1)
    return grid


def _reading(words: str, *, muted: bool = False, scale: float = 1.0, bold: bool = False) -> QLabel:
    label = plain_label(words, muted=muted, scale=scale, bold=bold)
    label.setWordWrap(True)
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    return label


def _line() -> QFrame:
    line = QFrame()
    line.setProperty("rule", True)
    return line
