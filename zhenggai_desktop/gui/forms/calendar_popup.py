"""The calendar below a date's field."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QDate, QPoint, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QCalendarWidget, QMenu, QWidget, QWidgetAction


class CalendarPopup(QMenu):
    """A calendar that closes when a day is chosen or Esc is pressed."""

    chosen = Signal(object)  # date

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._calendar = QCalendarWidget(self)
        self._calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self._calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        action = QWidgetAction(self)
        action.setDefaultWidget(self._calendar)
        self.addAction(action)
        self._calendar.clicked.connect(self._on_day)
        self._calendar.activated.connect(self._on_day)

    def show_at(self, place: QPoint, date: dt.date) -> None:
        with QSignalBlocker(self._calendar):
            self._calendar.setSelectedDate(QDate(date.year, date.month, date.day))
        self.popup(place)
        self._calendar.setFocus()

    def _on_day(self, day: QDate) -> None:
        if self.isVisible():  # a double click says it twice
            self.close()
            self.chosen.emit(dt.date(day.year(), day.month(), day.day()))
