"""What may wait until the window is still, or until it has painted what it shows by now."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer


class Later(QTimer):
    """Calls once, so many milliseconds after the last ``start``."""

    def __init__(self, wait: int, call: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent, singleShot=True, interval=wait)  # type: ignore[call-overload] - properties by name
        self.timeout.connect(call)
        self._painting = QTimer(self, singleShot=True, interval=0)  # type: ignore[call-overload]
        self._painting.timeout.connect(lambda: self.start())  # noqa: PLW0108 - the milliseconds are another ``start``

    def start_after_painting(self) -> None:
        """Wait from when what was shown by now is painted, however long that takes: Qt lays out and paints before it
        looks at a timer."""
        self.stop()
        self._painting.start()

    def stop(self) -> None:
        """Call no more for what was started."""
        self._painting.stop()
        super().stop()
