"""Items that are painted side by side or below each other: one of them has the keyboard, one is under the mouse."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QToolTip, QWidget

_CHOOSE = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class DrawnItems(QWidget):
    """What each kind paints and says of its items it answers itself; how one goes among them is the same for all."""

    keys: ClassVar[Mapping[Qt.Key, int]] = {}  # how many items further each leads
    nothing: ClassVar[str] = ""  # said where there are no items

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.current = 0
        self.hovered = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    # --- what each kind answers

    def count(self) -> int:
        """How many items there are."""
        raise NotImplementedError

    def item_at(self, point: QPointF) -> int:
        """The item at a place; -1 where there is none."""
        raise NotImplementedError

    def sentence(self, at: int) -> str:
        """All about an item, for a screen reader."""
        raise NotImplementedError

    def tip(self, at: int) -> str:
        """The same for the mouse."""
        return self.sentence(at)

    def choose(self, at: int) -> None:
        """An item was asked for by the keyboard."""
        raise NotImplementedError

    def on_moved(self) -> None:
        """Another item has the keyboard, or this one came to it."""

    # --- the same for all

    def set_current(self, at: int) -> None:
        """Give an item the keyboard."""
        self.current = at
        self.describe()
        self.on_moved()
        self.update()

    def describe(self) -> None:
        """Say to a screen reader which item has the keyboard."""
        self.setAccessibleDescription(self.sentence(self.current) if self.count() else self.nothing)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = self.item_at(event.position())
        if at >= 0:
            self.set_current(at)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = self.item_at(event.position())
        if at != self.hovered:
            self.hovered = at
            self.setCursor(Qt.CursorShape.PointingHandCursor if at >= 0 else Qt.CursorShape.ArrowCursor)
            self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, last = Qt.Key(event.key()), self.count() - 1
        wanted = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: last}.get(key, self.current + self.keys.get(key, 0))
        if wanted != self.current and 0 <= wanted <= last:
            self.set_current(wanted)
        elif key in _CHOOSE and last >= 0:
            self.choose(self.current)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            at = self.item_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), self.tip(at) if at >= 0 else "", self)
            return True
        if event.type() == QEvent.Type.HoverLeave:
            self.hovered = -1
            self.update()
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.on_moved()
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()
