"""Where the keyboard goes when it is given to a page as a whole.

Not Qt's focus proxy: with one, Tab takes the page itself for a stop and leaps to what it stands for, over everything
that is in front of that.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget


def lead_focus(page: QWidget, entry: QWidget) -> None:
    """Whoever gives the keyboard to ``page`` gives it to ``entry``; the last word counts."""
    known = page.findChild(_Entry, options=Qt.FindChildOption.FindDirectChildrenOnly)
    if known is None:
        page.installEventFilter(_Entry(page, entry))
    else:
        known.entry = entry


class _Entry(QObject):
    """Belongs to the page."""

    def __init__(self, page: QWidget, entry: QWidget) -> None:
        super().__init__(page)
        self.entry = entry

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusIn:
            self.entry.setFocus(event.reason())
        return super().eventFilter(watched, event)
