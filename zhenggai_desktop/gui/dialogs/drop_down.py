"""A box with a value that the wheel of a mouse passes by: a page is scrolled, and nothing on it is changed unseen."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget


class DropDown(QComboBox):
    """One of several; a click or the keyboard chooses."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # the usual one lets the wheel take the keyboard

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
