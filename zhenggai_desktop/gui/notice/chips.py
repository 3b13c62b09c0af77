"""Placeholders inside a text as chips: name and present value in a box that is one character for the cursor."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPen,
    QPyTextObject,
    QTextCharFormat,
    QTextDocument,
    QTextFormat,
)

from zhenggai_desktop.domain.placeholders import Placeholder
from zhenggai_desktop.gui import themes

CHIP = int(QTextFormat.ObjectTypes.UserObject) + 1
_NAME = int(QTextFormat.Property.UserProperty) + 1
OBJECT = "\ufffc"  # stands for the chip in the document's text
_PADDING = 5.0
_SMALL = 0.82  # the name, of the size of the value


def chip_format(name: str, base: QTextCharFormat) -> QTextCharFormat:
    """The format of the character that is the chip."""
    found = QTextCharFormat(base)
    found.setObjectType(CHIP)
    found.setProperty(_NAME, name)
    found.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignBaseline)
    return found


def chip_name(text_format: QTextFormat) -> str:
    """The placeholder's name; "" where the format is no chip's."""
    return str(text_format.property(_NAME) or "")


class ChipPainter(QPyTextObject):
    """Draws the chips of one document with the values of this moment."""

    def __init__(self, parent: QTextDocument) -> None:
        super().__init__(parent)
        self.known: Mapping[str, Placeholder] = {}

    def intrinsicSize(self, doc: QTextDocument, _position: int, text_format: QTextFormat) -> QSizeF:
        value, name = self._fonts(doc)
        width = QFontMetricsF(name).horizontalAdvance(chip_name(text_format))
        width += QFontMetricsF(value).horizontalAdvance(self._value(chip_name(text_format)))
        return QSizeF(width + 3 * _PADDING, QFontMetricsF(value).ascent() + 3)

    def drawObject(
        self, painter: QPainter, rect: QRectF, doc: QTextDocument, _position: int, text_format: QTextFormat
    ) -> None:
        text = chip_name(text_format)
        value, name = self._fonts(doc)
        theme = themes.current()
        ink, frame = (theme.ink, theme.accent) if text in self.known else (theme.problem, theme.problem)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = rect.adjusted(1, 0, -1, 2)
        painter.setPen(QPen(QColor(frame), 1))
        painter.setBrush(QColor(theme.chip))
        painter.drawRoundedRect(box, 4, 4)
        base = rect.bottom() - 2
        painter.setPen(QColor(theme.muted))
        painter.setFont(name)
        painter.drawText(QRectF(rect.left() + _PADDING, rect.top(), rect.width(), base - rect.top()), 0x0080, text)
        painter.setPen(QColor(ink))
        painter.setFont(value)
        shift = QFontMetricsF(name).horizontalAdvance(text) + 2 * _PADDING
        painter.drawText(
            QRectF(rect.left() + shift, rect.top(), rect.width(), base - rect.top()), 0x0080, self._value(text)
        )
        painter.restore()

    def _value(self, name: str) -> str:
        placeholder = self.known.get(name)
        return "？" if placeholder is None else placeholder.value

    @staticmethod
    def _fonts(doc: QTextDocument) -> tuple[QFont, QFont]:
        value = QFont(doc.defaultFont())
        value.setBold(True)
        name = QFont(doc.defaultFont())
        name.setPointSizeF(name.pointSizeF() * _SMALL)
        return value, name
