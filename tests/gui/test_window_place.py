"""A window comes back to where it can be seen."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication, QWidget

from zhenggai_desktop.gui.window_place import place_of, put_back, seen

ONE = [QRect(0, 0, 1366, 728)]
TWO = [*ONE, QRect(1366, 0, 1920, 1040)]


@pytest.mark.parametrize(
    ("place", "screens", "expected"),
    [
        (QRect(100, 50, 1180, 640), ONE, QRect(100, 50, 1180, 640)),
        (QRect(1500, 80, 1180, 740), TWO, QRect(1500, 80, 1180, 740)),
        (QRect(1500, 80, 1180, 700), ONE, QRect(93, 14, 1180, 700)),  # its screen is gone
        (QRect(100, 50, 2400, 1300), ONE, QRect(100, 50, 1366, 728)),  # its screen became smaller
        (QRect(-1100, 50, 1180, 640), ONE, QRect(93, 44, 1180, 640)),  # a rim of 80 pixels is no hold
        (QRect(100, -400, 1180, 640), ONE, QRect(93, 44, 1180, 640)),  # its title is above the screen
    ],
)
def test_it_is_moved_only_where_it_would_not_be_seen(place: QRect, screens: list[QRect], expected: QRect) -> None:
    assert seen(place, screens) == expected


def test_words_of_another_screen_bring_it_back(qapp: QApplication) -> None:
    window = QWidget()
    window.setGeometry(9000, 9000, 400, 300)
    words = place_of(window)
    put_back(window, words)
    assert qapp.primaryScreen().availableGeometry().contains(window.geometry())
    window.deleteLater()


def test_words_that_say_nothing_leave_it_on_the_screen(qapp: QApplication) -> None:
    window = QWidget()
    window.setGeometry(20, 30, 400, 300)
    put_back(window, "!!!")
    assert window.geometry() == QRect(20, 30, 400, 300)
    window.deleteLater()
