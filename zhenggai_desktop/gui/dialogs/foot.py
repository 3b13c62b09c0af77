"""The row of buttons at the foot of a dialog."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QWidget

from zhenggai_desktop.gui.messages import CANCEL
from zhenggai_desktop.gui.style import GAP


def foot(
    dialog: QDialog, *parts: QWidget | None, primary: QPushButton | None = None, close: str = CANCEL
) -> QHBoxLayout:
    """``parts`` from left to right and a button that leaves; words take the room that is left, None too.

    No button is the default one: Enter in a field or a list of the dialog must not end it. ``primary``, one of the
    parts, is the one that stands out.
    """
    row = QHBoxLayout()
    row.setSpacing(GAP)
    leave = QPushButton(close)
    leave.clicked.connect(dialog.reject)
    for part in (*parts, leave):
        if part is None:
            row.addStretch(1)
            continue
        row.addWidget(part, 1 if isinstance(part, QLabel) else 0)
        if isinstance(part, QPushButton):
            part.setAutoDefault(False)
    if primary is not None:
        primary.setProperty("primary", True)
    return row
