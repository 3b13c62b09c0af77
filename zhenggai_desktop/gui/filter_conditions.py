"""The conditions of a filter: drop-downs with what the ledger holds, two days, and ticks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSizePolicy,
    QWidget,
    QWidgetAction,
)

from zhenggai_desktop.domain.filters import Filter
from zhenggai_desktop.domain.lateness import Lateness
from zhenggai_desktop.domain.records import Snapshot, Status, Track
from zhenggai_desktop.gui.forms.date_editors import Basis, DateField, FirstDayField, unread_words
from zhenggai_desktop.gui.forms.editors import ChoiceField
from zhenggai_desktop.gui.style import GAP, plain_label
from zhenggai_desktop.texts import LIST_SEPARATOR, enum_text, status_text

_ANY = "不限"
_ACROSS = 4  # conditions in a row
_LONGEST_DAY = "2025年12月31日"

#: By field of the filter: the values that are the same in every ledger; then the field of records that holds its names.
_GIVEN: Mapping[str, tuple[tuple[str, Any], ...]] = {
    "due": (("逾期", Lateness.LATE), ("七日内到期", Lateness.SOON)),
    "track": tuple((enum_text(track), track) for track in Track),
}
_NAMED: Mapping[str, str] = {"department": "lead_department", "leader": "leaders", "owner": "owner", "unit": "units"}
_CAPTIONS: Mapping[str, str] = {
    "due": "期限",
    "section_id": "方面",
    "track": "类型",
    "department": "部门",
    "leader": "领导",
    "owner": "责任人",
    "unit": "单位",
}
_DAYS: Mapping[str, str] = {"due_from": "时限自", "due_to": "时限至"}
_TICKS: Mapping[str, str] = {
    "without_measures": "未填措施",
    "without_evidence": "无佐证",
    "to_close": "待销号",
    "withheld": "不公开",
}


class ConditionGrid(QWidget):
    """Knows what is chosen; ``changed`` when it is another."""

    changed = Signal()
    told = Signal(str)  # that a day cannot be read

    def __init__(self, basis: Basis, parent: QWidget | None = None) -> None:
        """``basis`` gives the date of the feedback and today, for “反馈后三个月” as a day."""
        super().__init__(parent)
        self.statuses = StatusChoice()
        self.choices: dict[str, QComboBox] = {name: ChoiceField(()) for name in _CAPTIONS}
        self.days: dict[str, DateField] = {
            name: FirstDayField(basis) if name == "due_from" else DateField(basis) for name in _DAYS
        }
        self.ticks: dict[str, QCheckBox] = {name: QCheckBox(caption) for name, caption in _TICKS.items()}
        self._is_narrow = False
        self._arrange()
        for box in self.choices.values():
            box.activated.connect(lambda _at: self.changed.emit())
        self.statuses.changed.connect(self.changed)
        for field in self.days.values():
            field.left.connect(self._on_day)
            field.returnPressed.connect(field.left)
        for tick in self.ticks.values():
            tick.clicked.connect(lambda _checked: self.changed.emit())

    def _on_day(self) -> None:
        self.changed.emit()
        if words := unread_words({_DAYS[name]: field for name, field in self.days.items()}):
            self.told.emit(words)

    def values(self) -> dict[str, Any]:
        """What is asked, by field of the filter."""
        chosen = {name: box.currentData() for name, box in self.choices.items() if box.currentData() is not None}
        dates = {name: day for name, field in self.days.items() if (day := field.read()) is not None}
        statuses = {"statuses": self.statuses.value()} if self.statuses.value() else {}
        return statuses | chosen | dates | {name: True for name, tick in self.ticks.items() if tick.isChecked()}

    def show_filter(self, wanted: Filter) -> None:
        """Choose what a filter asks, without saying so. What the ledger does not hold any more is added."""
        fields = (*self.choices.values(), *self.days.values(), *self.ticks.values())
        blockers = [QSignalBlocker(field) for field in fields]
        self.statuses.set_value(wanted.statuses)
        for name, box in self.choices.items():
            value = getattr(wanted, name)
            asked = bool(value) and value is not Lateness.NONE
            at = _position(box, value) if asked else 0
            if at < 0 and isinstance(value, str) and name != "track":
                box.addItem(value, value)
                at = box.count() - 1
            box.setCurrentIndex(max(at, 0))
        for name, field in self.days.items():
            day = getattr(wanted, name)
            field.set_value(day)
        for name, tick in self.ticks.items():
            tick.setChecked(getattr(wanted, name))
        del blockers

    def offer(self, snapshot: Snapshot) -> None:
        """Fill the drop-downs with what the ledger holds now; what is chosen stays chosen, also where the ledger does
        not hold it any more: it is still asked."""
        from zhenggai_desktop.services.suggestions import suggestions  # noqa: PLC0415 - counted when it is asked for

        used = suggestions(snapshot)
        offered: dict[str, Iterable[tuple[str, Any]]] = {
            **_GIVEN,
            **{name: ((value, value) for value in used[source]) for name, source in _NAMED.items()},
            "section_id": ((section.title, section.id) for section in snapshot.sections),
        }
        for name, box in self.choices.items():
            caption, chosen = box.currentText(), box.currentData()
            box.clear()
            box.addItem(_ANY, None)
            for words, value in offered[name]:
                box.addItem(words, value)
            if _position(box, chosen) < 0:
                box.addItem(caption, chosen)
            box.setCurrentIndex(_position(box, chosen))

    def _arrange(self) -> None:
        self._grid = grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        fields: list[tuple[str, QWidget]] = [("状态", self.statuses)]
        fields += [(_CAPTIONS[name], box) for name, box in self.choices.items()]
        fields += [(_DAYS[name], field) for name, field in self.days.items()]
        for at, (caption, field) in enumerate(fields):
            row, column = divmod(at, _ACROSS)
            label = plain_label(caption)
            label.setBuddy(field)
            field.setAccessibleName(caption)
            if isinstance(field, QComboBox):  # a long name must not make the window wider
                field.setMinimumContentsLength(3)
                field.addItem(_ANY, None)
            grid.addWidget(label, row, column * 2)
            grid.addWidget(field, row, column * 2 + 1)
            grid.setColumnStretch(column * 2 + 1, 1)
        self._ticks = QWidget()
        ticks = QHBoxLayout(self._ticks)
        ticks.setContentsMargins(0, 0, 0, 0)
        ticks.setSpacing(GAP)
        for tick in self.ticks.values():
            ticks.addWidget(tick)
        ticks.addStretch(1)
        row, column = divmod(len(fields), _ACROSS)
        grid.addWidget(self._ticks, row, column * 2, 1, (_ACROSS - column) * 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where a quarter of the room is too little for a day, each day has half of it and the ticks their own row."""
        super().resizeEvent(event)
        words = self.fontMetrics().horizontalAdvance(f"{_CAPTIONS['owner']}{_LONGEST_DAY}字字")
        is_narrow = self.width() < words * _ACROSS
        if is_narrow is self._is_narrow:
            return
        self._is_narrow = is_narrow
        grid, row = self._grid, len(_CAPTIONS) // _ACROSS + 1
        for at, field in enumerate(self.days.values()):
            label = grid.itemAtPosition(row, 0 if at == 0 else 2 if is_narrow else _ACROSS)
            assert label is not None
            column = at * (_ACROSS if is_narrow else 2)
            grid.addWidget(label.widget(), row, column)
            grid.addWidget(field, row, column + 1, 1, _ACROSS - 1 if is_narrow else 1)
        if is_narrow:
            grid.addWidget(self._ticks, row + 1, 0, 1, _ACROSS * 2)
        else:
            grid.addWidget(self._ticks, row, _ACROSS, 1, _ACROSS)


class StatusChoice(QPushButton):
    """Any number of statuses, ticked in a menu that stays until it is left; none is any."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_ANY, parent)
        self.setProperty("field", True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        menu = self._menu = QMenu(self)
        self.ticks = {status: QCheckBox(status_text(status)) for status in Status}
        for tick in self.ticks.values():
            action = QWidgetAction(menu)
            action.setDefaultWidget(tick)
            menu.addAction(action)
            tick.toggled.connect(lambda _checked: self._on_ticked())
        self.clicked.connect(self._open)  # a menu of the button's own would take its words to the very edge

    def _open(self) -> None:
        self._menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def value(self) -> frozenset[Status]:
        return frozenset(status for status, tick in self.ticks.items() if tick.isChecked())

    def set_value(self, statuses: frozenset[Status]) -> None:
        """Tick these, without saying so."""
        blockers = [QSignalBlocker(tick) for tick in self.ticks.values()]
        for status, tick in self.ticks.items():
            tick.setChecked(status in statuses)
        del blockers
        self._show()

    def _on_ticked(self) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        chosen = self.value()
        words = LIST_SEPARATOR.join(status_text(status) for status in Status if status in chosen)
        self.setText({0: _ANY, 1: words}.get(len(chosen), f"{len(chosen)}种"))
        self.setToolTip(words)
        self.setAccessibleDescription(words or _ANY)


def _position(box: QComboBox, value: Any) -> int:
    """Where a value stands among the choices; -1 where it does not. Qt's own search does not know sets."""
    return next((at for at in range(box.count()) if box.itemData(at) == value), -1)
