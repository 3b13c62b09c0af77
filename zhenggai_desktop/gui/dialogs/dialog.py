"""What every dialog has in common: it fits the screen, and where its fields do not, they scroll."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QFrame, QScrollArea, QVBoxLayout, QWidget

_FRAME = 34  # pixels of a title bar: what the desktop adds is only known when the window is there


class Dialog(QDialog):
    """The base of all dialogs but Qt's own."""

    def showEvent(self, event: QShowEvent) -> None:
        room = self.screen().availableGeometry().size()
        self.fit_into(QSize(room.width(), room.height() - _FRAME))
        super().showEvent(event)

    def fit_into(self, room: QSize) -> None:
        """Be no larger than ``room``, in logical pixels; what does not fit scrolls."""
        least = self.minimumSizeHint().expandedTo(self.minimumSize())
        wanted = self.size().expandedTo(least)
        if least.width() > room.width() or least.height() > room.height():
            self._scroll()
        self.resize(wanted.boundedTo(room))

    def _scroll(self) -> None:
        inside, layout = QWidget(), self.layout()
        if layout is None or self.findChild(QScrollArea, "fitting") is not None:
            return
        focused: QWidget | None = self.focusWidget()
        inside.setMinimumWidth(self.minimumWidth())
        self.setMinimumSize(0, 0)
        inside.setLayout(layout)  # takes the fields along
        area = QScrollArea(self)
        area.setObjectName("fitting")
        area.setProperty("plain", True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setWidget(inside)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(area)
        if focused:
            focused.setFocus()


def agreed(dialog: QDialog) -> bool:
    """Show the dialog; True where the user agreed to it."""
    try:
        return dialog.exec() == QDialog.DialogCode.Accepted
    finally:
        dialog.deleteLater()
