"""Files that are dropped with the mouse: which they are, and a tab that takes them while another is in front."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QTabWidget


def dropped_files(data: QMimeData) -> list[Path]:
    """The files of this machine that are dragged or were copied; none where it is something else."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def is_for_evidence(data: QMimeData) -> bool:
    """True for copied files, whose text would be their addresses, and for a picture alone; cells of a workbook come
    with a picture of themselves."""
    return bool(dropped_files(data)) or (data.hasImage() and not data.hasText())


def accept_copy(event: QDropEvent, *, there: bool) -> None:
    """Take a drag or a drop as copying where files are ``there``, and refuse it where none are."""
    if there:
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
    else:
        event.ignore()


class TabDrops(QObject):
    """Lets files be dropped on one tab's own word: it comes to the front as soon as they are above it."""

    dropped = Signal(object)  # list[Path]

    def __init__(self, tabs: QTabWidget, at: int, is_open: Callable[[], bool]) -> None:
        super().__init__(tabs)
        self._tabs, self._at, self._is_open = tabs, at, is_open
        tabs.tabBar().setAcceptDrops(True)
        tabs.tabBar().installEventFilter(self)

    def eventFilter(self, _bar: QObject, event: QEvent) -> bool:
        kinds = QEvent.Type
        if event.type() not in (kinds.DragEnter, kinds.DragMove, kinds.Drop):
            return False
        assert isinstance(event, QDropEvent)
        paths = dropped_files(event.mimeData())
        if not paths or not self._is_open():
            return False
        accept_copy(event, there=event.type() == kinds.DragEnter or self._is_above(event))
        if event.isAccepted() and event.type() == kinds.Drop:
            QTimer.singleShot(0, self, lambda: self.dropped.emit(paths))  # the file manager waits until it is over
        return True

    def _is_above(self, event: QDropEvent) -> bool:
        above = self._tabs.tabBar().tabAt(event.position().toPoint()) == self._at
        if above and isinstance(event, QDragMoveEvent):
            self._tabs.setCurrentIndex(self._at)
        return above
