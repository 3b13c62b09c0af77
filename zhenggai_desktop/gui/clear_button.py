"""The button that empties a search field, in the ink of the theme: Qt's own is dark on every ground."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QEvent, QObject, QPointF
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QLineEdit

from zhenggai_desktop.gui import themes
from zhenggai_desktop.gui.inner_button import InnerButton


def give_clear_button(field: QLineEdit) -> None:
    """Show the button as soon as something is typed."""
    field.installEventFilter(_Clearing(field))


class _Clearing(QObject):
    """Belongs to the field and follows its theme, its letters and its size."""

    def __init__(self, field: QLineEdit) -> None:
        super().__init__(field)
        self._button = InnerButton(field, "清空")
        self._button.clicked.connect(field.clear)
        field.textChanged.connect(lambda text: self._button.setVisible(bool(text)))
        self._button.setVisible(bool(field.text()))
        self._show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.PaletteChange:
            self._show()
        elif event.type() in (QEvent.Type.Resize, QEvent.Type.FontChange):
            self._button.fit()
        return super().eventFilter(watched, event)

    def _show(self) -> None:
        theme = themes.current()
        self._button.setIcon(_icon(theme.muted, theme.surface))


@cache
def _icon(ink: str, ground: str) -> QIcon:
    """A disc with a cross."""
    from PySide6.QtGui import QColor, QPainter, QPen  # noqa: PLC0415 - not at start

    from zhenggai_desktop.gui.drawn_icons import SIZE, drawn_icon  # noqa: PLC0415

    def draw(painter: QPainter) -> None:
        painter.setPen(QColor(ink))
        painter.setBrush(QColor(ink))
        painter.drawEllipse(QPointF(SIZE / 2, SIZE / 2), 5.5, 5.5)
        painter.setPen(QPen(QColor(ground), 1.4))
        painter.drawLine(QPointF(6, 6), QPointF(10, 10))
        painter.drawLine(QPointF(10, 6), QPointF(6, 10))

    return drawn_icon(draw)
