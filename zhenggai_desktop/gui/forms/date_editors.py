"""Dates as clerks write them, with a calendar at hand: “2025.6.30”, “6月底”, “反馈后三个月”."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QPoint, QSignalBlocker, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from zhenggai_desktop.gui import themes
from zhenggai_desktop.gui.forms.editors import LineField
from zhenggai_desktop.gui.inner_button import InnerButton
from zhenggai_desktop.gui.pictures import calendar_icon
from zhenggai_desktop.texts import date_text

if TYPE_CHECKING:
    from zhenggai_desktop.gui.forms.calendar_popup import CalendarPopup

_SAID_DAY = re.compile(r"[日号底末初旬天周]|前$|后|\d[./-]\d{1,2}[./-]\d|^\s*\d{1,2}[./-]\d{1,2}\s*$|^\s*\d{8}\s*$")
_PERIODS = ((re.compile("季度"), 3), (re.compile("半年"), 6), (re.compile(r"月|\d{4}[./-]\d"), 1))  # in months
_PARTS = {"初": 1, "上旬": 1, "中旬": 11, "下旬": 21}  # the first days of the parts of a month
_PART = re.compile(f"(?:{'|'.join(_PARTS)})$")
_ONWARD = re.compile(r"^\s*[自从]|(?:起|开始)\s*$")
_NEAR = re.compile("[本当上下次]个?月|[今本当明次去]年")
Basis = Callable[[], tuple[dt.date | None, dt.date]]  # date of the feedback, and today


class _CalendarField(LineField):
    """A line with a button that shows a calendar."""

    def __init__(self, basis: Basis, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._basis = basis
        self._popup: CalendarPopup | None = None
        self._button = InnerButton(self, "选择日期（Alt+↓）")
        self._button.setIcon(calendar_icon(themes.current().muted))
        self._button.clicked.connect(self.show_calendar)

    def read(self) -> dt.date | None:
        """The date that the text says, if any."""
        if not self.text().strip():
            return None
        from zhenggai_desktop.domain.deadlines import read_deadline  # noqa: PLC0415 - many patterns, not at start

        feedback_date, today = self._basis()
        begun = None if self._is_near_today() else feedback_date
        return read_deadline(self._words(), feedback_date=begun, today=today).due_on

    def _words(self) -> str:
        """The text without what says nothing of the day."""
        return self.text()

    def _is_near_today(self) -> bool:
        """Whether the words say how near a day is to today, and not to the feedback."""
        return False

    def set_read_only(self, read_only: bool) -> None:
        super().set_read_only(read_only)
        self._button.setEnabled(not read_only)

    def keyPressEvent(self, event: Any) -> None:
        if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.show_calendar()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._button.setIcon(calendar_icon(themes.current().muted))
        elif event.type() == QEvent.Type.FontChange:
            self._button.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._button.fit()

    def show_calendar(self) -> None:
        """The calendar below the field, at the date that is there."""
        if not self._button.isEnabled():
            return
        if self._popup is None:  # a calendar is heavy: made when it is first asked for
            from zhenggai_desktop.gui.forms.calendar_popup import CalendarPopup  # noqa: PLC0415

            self._popup = CalendarPopup(self)
            self._popup.chosen.connect(self._on_chosen)
        self._popup.show_at(self.mapToGlobal(QPoint(0, self.height())), self.read() or self._basis()[1])

    def _on_chosen(self, date: dt.date) -> None:
        self.setText(self._written(date))
        self.left.emit()

    def _written(self, date: dt.date) -> str:
        return date_text(date)


class DateField(_CalendarField):
    """A day; written out in full when the field is left. A text that is no date is a problem and not stored.

    本月 and 今年 are those in which they are typed; in a deadline, which stays as written, they are the feedback's.
    """

    def __init__(self, basis: Basis, parent: QWidget | None = None) -> None:
        super().__init__(basis, parent)
        self.setPlaceholderText("如 2025.6.30")
        self.left.connect(self._write_out)

    def value(self) -> dt.date | None:
        return self.read()

    def problem(self) -> str:
        return "读不出日期，例如写 2025.6.30" if self.text().strip() and self.read() is None else ""

    def _is_near_today(self) -> bool:
        return _NEAR.search(self.text()) is not None

    def _words(self) -> str:
        return _ONWARD.sub("", self.text())  # a deadline has no day from which something begins, a day asked for has

    def _shown(self, value: Any) -> str:
        return date_text(value)

    def _write_out(self) -> None:
        if (date := self.read()) is not None:
            with QSignalBlocker(self):
                self.setText(date_text(date))


class FirstDayField(DateField):
    """A day from which something counts: of “6月”, “6月上旬” and “2025年” the first, not the last as of a deadline."""

    def read(self) -> dt.date | None:
        day, text = super().read(), self._words()
        if day is not None and (part := _PART.search(text)):
            return day.replace(day=_PARTS[part[0]])
        if day is None or _SAID_DAY.search(text):
            return day
        months = next((months for words, months in _PERIODS if words.search(text)), 12)
        return day.replace(month=day.month + 1 - months, day=1)


def unread_words(fields: Mapping[str, DateField]) -> str:
    """A sentence about the days of a filter that cannot be read, and so ask nothing; "" where all can be."""
    words = (f"“{name}”里写的“{field.text().strip()}”" for name, field in fields.items() if field.problem())
    found = "、".join(words)
    return f"{found}读不出日期，没有按它筛选；请写成例如 2025.6.30。" if found else ""


class DeadlineField(_CalendarField):
    """A deadline's own words; the calendar writes “2025年6月底前”."""

    def __init__(self, basis: Basis, parent: QWidget | None = None) -> None:
        super().__init__(basis, parent)
        self.setPlaceholderText("如 6月底前、立行立改，长期坚持")

    def _written(self, date: dt.date) -> str:
        from zhenggai_desktop.domain.deadlines import write_deadline  # noqa: PLC0415

        return write_deadline(date)
