"""The ledgers opened last, in the menu: filled when it is opened, for files come and go."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget


class RecentMenu(QMenu):
    """``recent`` gives the paths, the newest first."""

    chosen = Signal(object)  # Path

    def __init__(self, recent: Callable[[], Sequence[Path]], parent: QWidget | None = None) -> None:
        super().__init__("最近的台账(&R)", parent)
        self._recent = recent
        self.aboutToShow.connect(self.fill)

    def fill(self) -> None:
        """List what is there now; a file that is gone is listed and cannot be chosen."""
        self.clear()
        for at, path in enumerate(self._recent(), start=1):
            words = f"{path.stem}　（{path.parent}）".replace("&", "&&")
            action = self.addAction(f"&{at} {words}" if at < 10 else words)
            action.setEnabled(path.exists())
            action.triggered.connect(lambda _=False, path=path: self.chosen.emit(path))
        if self.isEmpty():
            self.addAction("还没有打开过台账").setEnabled(False)
