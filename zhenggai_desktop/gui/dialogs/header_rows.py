"""Which rows of a foreign table are its header, to be corrected by hand."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from zhenggai_desktop.gui.dialogs.number_boxes import NumberBox
from zhenggai_desktop.gui.style import GAP, plain_label
from zhenggai_desktop.services.header_reading import HIGHEST_HEADER, HeaderReading


class HeaderRows(QWidget):
    """“表头从第 3 行到第 4 行”. ``chosen`` tells the first row and the first one below, counted from 0."""

    chosen = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.first, self.last = NumberBox(), NumberBox()
        self.first.setAccessibleName("表头的第一行")
        self.last.setAccessibleName("表头的最后一行")
        caption = plain_label("表头从第(&H)")
        caption.setBuddy(self.first)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        for widget in (caption, self.first, plain_label("行到第"), self.last, plain_label("行")):
            row.addWidget(widget)
        for box in (self.first, self.last):
            box.valueChanged.connect(lambda _value: self.chosen.emit(self.first.value() - 1, self.last.value()))

    def show_reading(self, reading: HeaderReading) -> None:
        """Show where the header is read."""
        header = reading.by_itself
        with QSignalBlocker(self.first), QSignalBlocker(self.last):
            self.first.setRange(1, max(1, reading.table.rows))
            self.first.setValue(header.first_row + 1)
            self.last.setRange(header.first_row + 1, header.first_row + HIGHEST_HEADER)
            self.last.setValue(header.end_row)
