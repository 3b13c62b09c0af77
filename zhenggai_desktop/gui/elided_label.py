"""A label on one line that ends in “…” where there is no room for all of it; the whole text is in its tip."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from zhenggai_desktop.gui.style import plain_label


class ElidedLabel(QLabel):
    """Long words make no window wider than the screen. ``text`` gives the whole text."""

    def __init__(self, text: str = "", *, middle: bool = False) -> None:
        super().__init__(text)
        self._mode = Qt.TextElideMode.ElideMiddle if middle else Qt.TextElideMode.ElideRight
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance("字…"), super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        shown = self._shown()
        if shown == self.text():
            super().paintEvent(event)
            return
        from PySide6.QtGui import QPainter  # noqa: PLC0415 - much to load, and words mostly have room

        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        painter.drawText(self.contentsRect(), int(self.alignment()), shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        whole = self.text()
        self.setToolTip("" if self._shown() == whole else whole.replace("<", "＜"))  # never markup

    def _shown(self) -> str:
        return self.fontMetrics().elidedText(self.text(), self._mode, self.contentsRect().width())


def elided_label(text: str = "", *, muted: bool = False, scale: float = 1.0, bold: bool = False) -> ElidedLabel:
    """An ``ElidedLabel`` in the look of ``plain_label``."""
    label, like = ElidedLabel(text), plain_label(muted=muted, scale=scale, bold=bold)
    for name in ("scale", "muted"):
        if like.property(name) is not None:
            label.setProperty(name, like.property(name))
    label.setFont(like.font())
    return label
