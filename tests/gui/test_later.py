"""What may wait: once, after the last call, and not before what is shown was painted."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from zhenggai_desktop.gui.later import Later


class Canvas(QWidget):
    """Notes when it is painted."""

    def __init__(self, seen: list[str]) -> None:
        super().__init__()
        self._seen = seen

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        self._seen.append("painted")


def test_what_waits_is_called_once_after_the_last_start(qtbot: Any) -> None:
    seen: list[str] = []
    canvas = Canvas(seen)
    qtbot.addWidget(canvas)
    later = Later(1, lambda: seen.append("called"), canvas)
    later.start()
    later.start_after_painting()
    later.start_after_painting()
    qtbot.waitUntil(lambda: "called" in seen)
    last = Later(20, lambda: seen.append("end"), canvas)
    last.start()
    qtbot.waitUntil(lambda: "end" in seen)
    assert seen == ["called", "end"]


def test_what_is_shown_is_painted_before(qtbot: Any) -> None:
    seen: list[str] = []
    canvas = Canvas(seen)
    qtbot.addWidget(canvas)
    later = Later(0, lambda: seen.append("called"), canvas)
    canvas.show()
    later.start_after_painting()
    qtbot.waitUntil(lambda: "called" in seen)
    assert seen.index("painted") < seen.index("called")


def test_what_was_stopped_is_not_called(qtbot: Any) -> None:
    seen: list[str] = []
    canvas = Canvas(seen)
    qtbot.addWidget(canvas)
    stopped, other = (Later(0, lambda: seen.append("called"), canvas) for _ in range(2))
    stopped.start_after_painting()
    other.start()
    stopped.stop()
    other.stop()
    last = Later(20, lambda: seen.append("end"), canvas)
    last.start()
    qtbot.waitUntil(lambda: "end" in seen)
    assert seen == ["end"]
