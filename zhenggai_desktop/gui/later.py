"""What may wait until the window is still, has painted what it shows by now, and itself waits for nothing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from zhenggai_desktop.gui.progress import is_waiting


class Later(QTimer):
    """Calls once, so many milliseconds after the last ``start``; not while the window waits for some work: that a
    ledger is backed up when it is opened comes first."""

    def __init__(self, wait: int, call: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent, singleShot=True, interval=wait)  # type: ignore[call-overload] - properties by name
        self._call = call
        self.timeout.connect(self._on_timeout)
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

    def _on_timeout(self) -> None:
        if is_waiting():
            self.start()
        else:
            self._call()
