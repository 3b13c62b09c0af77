"""What every dialog has in common: it fits the screen, and where its fields do not, they scroll."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QFrame, QLayout, QScrollArea, QVBoxLayout, QWidget

from zhenggai_desktop.gui.manual.keys import add_help_key

_FRAME = 34  # pixels of a title bar: what the desktop adds is only known when the window is there


class Dialog(QDialog):
    """The base of all dialogs but Qt's own. F1 opens the manual at ``help_topic``; "" leaves it without."""

    help_topic = ""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        if self.help_topic:
            add_help_key(self, self.help_topic)

    def showEvent(self, event: QShowEvent) -> None:
        room = self.screen().availableGeometry().size()
        self.fit_into(QSize(room.width(), room.height() - _FRAME))
        super().showEvent(event)

    def fit_into(self, room: QSize) -> None:
        """Be no larger than ``room``, in logical pixels; what does not fit scrolls."""
        least = self.minimumSizeHint().expandedTo(self.minimumSize())
        wanted = self.size().expandedTo(least)
        if least.width() > room.width() or least.height() > room.height():
            self._scroll()
        self.resize(wanted.boundedTo(room))

    def _scroll(self) -> None:
        inside, layout = QWidget(), self.layout()
        if layout is None or self.findChild(QScrollArea, "fitting") is not None:
            return
        focused: QWidget | None = self.focusWidget()
        inside.setMinimumWidth(self.minimumWidth())
        self.setMinimumSize(0, 0)
        inside.setLayout(layout)  # takes the fields along
        area = QScrollArea(self)
        area.setObjectName("fitting")
        area.setProperty("plain", True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what stands in it has the keyboard
        area.setWidgetResizable(True)
        area.setWidget(inside)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(area)
        if focused:
            focused.setFocus()


def order_fields(layout: QLayout) -> None:
    """Let Tab lead through a layout as one reads it, whenever its fields were made."""
    fields = list(_fields(layout))
    if fields:  # Qt only puts one behind another, so what was made first has to go behind what is to be first
        made_first = next(one for one in _chain(fields[0].window()) if one in fields)
        QWidget.setTabOrder(made_first, fields[0])
    for one, other in pairwise(fields):
        QWidget.setTabOrder(one, other)


def _chain(window: QWidget) -> Iterator[QWidget]:
    widget = window.nextInFocusChain()
    while widget and widget is not window:
        yield widget
        widget = widget.nextInFocusChain()


def _fields(layout: QLayout) -> Iterator[QWidget]:
    """The widgets of a layout with those in it, in its order. What is in a widget without a layout is its own."""
    for at in range(layout.count()):
        item = layout.itemAt(at)
        inside = item.layout() if item is not None else None
        widget = item.widget() if item is not None else None
        if inside is not None:
            yield from _fields(inside)
        elif widget is not None:
            own = (widget.widget() if isinstance(widget, QScrollArea) else widget).layout()
            if own is not None:
                yield from _fields(own)
            elif widget.focusPolicy() != Qt.FocusPolicy.NoFocus:  # with any other the chain would be left as it is
                yield widget
