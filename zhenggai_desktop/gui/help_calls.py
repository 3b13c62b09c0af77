"""Calls about the program itself: its manual, its keys, what it is made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from zhenggai_desktop.gui import messages
from zhenggai_desktop.gui.calls import Call

if TYPE_CHECKING:
    from zhenggai_desktop.gui.manual.window import ManualWindow

_KEYS, _LICENCES = "快捷键", "开源许可"  # pages of the manual


class HelpCalls(QObject):
    """``page_shown`` gives the key of the ledger's page in front, "" where no ledger is open."""

    def __init__(self, folder: Path, window: QWidget, page_shown: Callable[[], str]) -> None:
        super().__init__(window)
        self._folder = folder  # of the manual
        self._window = window
        self._page_shown = page_shown
        self.manual: ManualWindow | None = None
        self.handlers: Mapping[Call, Callable[[], None]] = {
            Call.MANUAL: lambda: self.show_manual(self._topic()),
            Call.SHORTCUTS: lambda: self.show_manual(_KEYS),
            Call.ABOUT: self._about,
        }

    def show_manual(self, topic: str) -> None:
        """The manual at one of its pages, beside the window."""
        from zhenggai_desktop.gui.manual.window import ManualWindow  # noqa: PLC0415 - not at start

        if self.manual is None:
            self.manual = ManualWindow(self._folder, self._window)
        self.manual.open_at(topic)

    def close(self) -> None:
        """Close the manual with the window."""
        if self.manual is not None:
            self.manual.close()

    def _topic(self) -> str:
        """The page of the manual about what has the keyboard."""
        from zhenggai_desktop.gui.manual.window import TOPICS, topic_of  # noqa: PLC0415

        shown = self._page_shown()
        return topic_of(self._window.focusWidget(), TOPICS[shown] if shown else "")

    def _about(self) -> None:
        if messages.about(self._window):
            self.show_manual(_LICENCES)
