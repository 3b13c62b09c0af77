"""The text of a manual page: its pictures are never wider than there is room."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QByteArray, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QImage, QResizeEvent, QTextDocument
from PySide6.QtWidgets import QTextBrowser, QWidget

MARGIN = 24  # pixels around the text
_PAUSE = 150  # milliseconds after the last change of size


class PageText(QTextBrowser):
    """Asks by ``refit`` to be shown again when its width is another."""

    refit = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.document().setDocumentMargin(MARGIN)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # the room must not hang on the pictures
        self._fitted = 0
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE)
        self._timer.timeout.connect(self.refit)

    @property
    def room(self) -> int:
        """Pixels for a picture."""
        return max(self.viewport().width() - 2 * MARGIN, 1)

    def loadResource(self, kind: int, url: QUrl) -> Any:
        found = super().loadResource(kind, url)
        if kind != QTextDocument.ResourceType.ImageResource.value or not isinstance(found, QByteArray):
            return found
        self._fitted = self.room
        image = QImage.fromData(found)
        if image.width() <= self._fitted:
            return image
        ratio = self.devicePixelRatioF()
        width = min(round(self._fitted * ratio), image.width())
        image = image.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)
        image.setDevicePixelRatio(width / self._fitted)
        return image

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fitted and self.room != self._fitted:
            self._timer.start()
