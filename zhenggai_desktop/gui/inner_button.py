"""A picture at the end of a line of text, as large as its letters: Qt's own stays at 16 pixels."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QIcon, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QToolButton

from zhenggai_desktop.gui.style import mark_side

_AROUND = 4  # pixels beside the picture
_BORDER = 1  # pixels of the field's own


class InnerButton(QToolButton):
    """Its field says when to ``fit``. Never comes in Tab's way: whatever it does the keyboard does by another way."""

    def __init__(self, field: QLineEdit, words: str) -> None:
        super().__init__(field)
        self._field = field
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setToolTip(words)
        self.setAccessibleName(words)

    def fit(self) -> None:
        """Stand at the end of the field, and leave the rest of it to the words."""
        field, side = self._field, mark_side(self._field.font().pointSizeF())
        width = side + 2 * _AROUND
        self.setGeometry(field.width() - width - _BORDER, _BORDER, width, field.height() - 2 * _BORDER)
        margins = field.textMargins()
        if margins.right() != width:
            margins.setRight(width)
            field.setTextMargins(margins)

    def picture(self) -> QRect:
        """Where the picture stands in the button."""
        side = mark_side(self._field.font().pointSizeF())
        place = QRect(0, 0, side, side)
        place.moveCenter(self.rect().center())
        return place

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        mode = QIcon.Mode.Normal if self.isEnabled() else QIcon.Mode.Disabled
        self.icon().paint(painter, self.picture(), Qt.AlignmentFlag.AlignCenter, mode)
