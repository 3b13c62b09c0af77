"""The button that empties a search field, in the ink of the theme: Qt's own is dark on every ground."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QEvent, QObject, QPointF
from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import QLineEdit

from zhenggai_desktop.gui import themes

_ACTION = "_q_qlineeditclearaction"  # what Qt calls it


def give_clear_button(field: QLineEdit) -> None:
    """Show the button as soon as something is typed."""
    field.setClearButtonEnabled(True)
    action = field.findChild(QAction, _ACTION)
    if action is not None:
        field.installEventFilter(_Inked(field, action))


class _Inked(QObject):
    """Belongs to the field and follows its theme."""

    def __init__(self, field: QLineEdit, action: QAction) -> None:
        super().__init__(field)
        self._action = action
        self._show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.PaletteChange:
            self._show()
        return super().eventFilter(watched, event)

    def _show(self) -> None:
        theme = themes.current()
        self._action.setIcon(_icon(theme.muted, theme.surface))


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
