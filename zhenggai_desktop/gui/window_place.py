"""Where a window stood, and bringing it back to where it can be seen: a screen may be gone, or smaller than it was."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRect
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

_LEAST_SEEN = (160, 60)  # pixels of the upper edge: enough to take hold of the window


def place_of(window: QWidget) -> str:
    """Place and size in Qt's own words."""
    return bytes(window.saveGeometry().toBase64().data()).decode("ascii")


def put_back(window: QWidget, words: str) -> None:
    """What ``place_of`` gave, moved onto a screen where it lies outside of all; "" leaves the window where it is."""
    if words:
        window.restoreGeometry(QByteArray.fromBase64(words.encode("ascii", "ignore")))
    screens = [screen.availableGeometry() for screen in QGuiApplication.screens()]
    if screens and not window.isMaximized() and not window.isFullScreen():
        window.setGeometry(seen(window.geometry(), screens))


def seen(place: QRect, screens: list[QRect]) -> QRect:
    """``place``, or one on the nearest screen where too little of its upper edge is to be seen or it is too large."""
    edge = QRect(place.topLeft(), place.size()).adjusted(0, 0, 0, _LEAST_SEEN[1] - place.height())
    overlaps = [edge.intersected(screen) for screen in screens]
    best = max(range(len(screens)), key=lambda at: overlaps[at].width() * overlaps[at].height())
    screen, overlap = screens[best], overlaps[best]
    if overlap.width() >= _LEAST_SEEN[0] and overlap.height() >= _LEAST_SEEN[1] // 2 and screen.top() <= place.top():
        size = place.size().boundedTo(screen.size())
        return QRect(place.topLeft(), size)
    size = place.size().boundedTo(screen.size())
    put = QRect(screen.topLeft(), size)
    put.moveCenter(screen.center())
    return put
