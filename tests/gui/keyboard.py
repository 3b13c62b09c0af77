"""Fingers on the keyboard: real key events to whatever has the focus, Chinese through the input method."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def focused() -> QWidget:
    """Whatever has the keyboard."""
    widget = QApplication.focusWidget()
    assert widget is not None, "nothing has the keyboard"
    return widget


def come_back_to(widget: QWidget) -> None:
    """Have the keyboard in the widget's window after a dialog that came and went, as a desktop does by itself."""
    widget.window().activateWindow()
    QApplication.processEvents()


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
    """One key, to whatever has the keyboard."""
    QTest.keyClick(focused(), key, modifiers)
    QApplication.processEvents()  # a field in the tree is closed by a queued call


def type_text(text: str, widget: QWidget | None = None) -> None:
    """Words as an input method gives them: composed first, then committed."""
    target = widget or focused()
    QApplication.sendEvent(target, QInputMethodEvent("zhong", []))
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(target, event)


def clear(widget: QWidget) -> None:
    """Select all and delete."""
    QTest.keyClick(widget, Qt.Key.Key_A, CTRL)
    QTest.keyClick(widget, Qt.Key.Key_Delete)
