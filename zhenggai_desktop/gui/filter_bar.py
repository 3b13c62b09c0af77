"""The bar above the tree: words to find, views that are asked for often, conditions in drop-downs, and the count."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from zhenggai_desktop.domain.deadlines import Lateness
from zhenggai_desktop.domain.filters import VIEWS, Filter
from zhenggai_desktop.domain.records import Snapshot, Status, Track
from zhenggai_desktop.gui.forms.date_editors import DateField
from zhenggai_desktop.gui.forms.editors import ChoiceField
from zhenggai_desktop.gui.session import LedgerSession
from zhenggai_desktop.gui.style import GAP, plain_label
from zhenggai_desktop.texts import enum_text, status_text

_PAUSE = 120  # milliseconds without a key before the tree follows
_ANY = "不限"
_ACROSS = 4  # conditions in a row
_VIEW_NAMES = tuple(VIEWS)

#: By field of the filter: the values that are the same in every ledger; then the field of records that holds its names.
_GIVEN: Mapping[str, tuple[tuple[str, Any], ...]] = {
    "statuses": tuple((status_text(status), frozenset({status})) for status in Status),
    "due": (("逾期", Lateness.LATE), ("七日内到期", Lateness.SOON)),
    "track": tuple((enum_text(track), track) for track in Track),
}
_NAMED: Mapping[str, str] = {"department": "lead_department", "leader": "leaders", "owner": "owner", "unit": "units"}
_CAPTIONS: Mapping[str, str] = {
    "statuses": "状态",
    "due": "期限",
    "section_id": "方面",
    "track": "类型",
    "department": "部门",
    "leader": "领导",
    "owner": "责任人",
    "unit": "单位",
}
_DAYS: Mapping[str, str] = {"due_from": "时限自", "due_to": "时限至"}


class FilterBar(QWidget):
    """Says by ``asked`` what is wanted. It knows what is offered, not what is found."""

    asked = Signal(object)  # Filter
    export_wanted = Signal()
    left = Signal()  # Enter or Down in the search field: on to the rows

    def __init__(self, session: LedgerSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._base = Filter()  # what the view asks
        self.search = _SearchField()
        self.views = ChoiceField(())
        self.choices: dict[str, QComboBox] = {name: ChoiceField(()) for name in _CAPTIONS}
        self.days: dict[str, DateField] = {name: DateField(self._basis) for name in _DAYS}
        self.more_button = QPushButton("条件")
        self.export_button = QPushButton("导出…")
        self.clear_button = QPushButton("清除")
        self.count = plain_label(muted=True)
        self.pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._conditions = self._grid()
        self.setProperty("manual-topic", "查找与筛选")
        self._arrange()
        self._connect()
        self.show_count("")

    @property
    def wanted(self) -> Filter:
        """What the bar asks: the view, and in it every condition that is set, and the words."""
        chosen = {name: box.currentData() for name, box in self.choices.items() if box.currentData() is not None}
        dates = {name: day for name, field in self.days.items() if (day := field.read()) is not None}
        return replace(self._base, words=self.search.text(), **chosen, **dates)

    def take_focus(self) -> None:
        """Ctrl+F: into the search field, ready to be overwritten."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def reset(self) -> None:
        """Ask nothing, without saying so: another ledger is shown."""
        self.pause.stop()
        fields = (self.search, self.views, *self.choices.values(), *self.days.values())
        blockers = [QSignalBlocker(field) for field in fields]
        self.search.clear()
        for field in self.days.values():
            field.clear()
        for box in self.choices.values():
            box.setCurrentIndex(0)
        self._base = Filter()
        self._show_view(0)
        del blockers
        self.show_count("")

    def clear(self) -> None:
        """Ask nothing, and say so."""
        self.reset()
        self._ask()

    def show_issues(self, caption: str, ids: Collection[int]) -> None:
        """Ask for given issues: what stands behind a figure."""
        self.reset()
        self._base = Filter(issue_ids=frozenset(ids))
        with QSignalBlocker(self.views):
            self.views.addItem(f"概览：{caption}")
            self._show_view(len(_VIEW_NAMES))
        self._ask()

    def show_count(self, words: str) -> None:
        """How many of how many; "" where all is shown."""
        self.count.setText(words)
        for widget in (self.count, self.export_button, self.clear_button):
            widget.setVisible(bool(words))

    # --- arranging

    def _arrange(self) -> None:
        self.search.setPlaceholderText("查找文字或拼音首字母（Ctrl+F）")
        self.search.setAccessibleName("查找")
        self.search.setClearButtonEnabled(True)
        self.views.setAccessibleName("视图")
        self.views.addItems(_VIEW_NAMES)
        self.views.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.views.setMinimumContentsLength(6)
        self.more_button.setCheckable(True)
        self.more_button.setToolTip("按状态、部门、时限等筛选")
        self.export_button.setToolTip("把筛选出来的问题导出为 Excel 表格")
        for button in (self.more_button, self.export_button, self.clear_button):
            button.setProperty("link", True)
        line = QHBoxLayout()
        line.setSpacing(GAP)
        line.addWidget(self.search, 1)
        for widget in (self.views, self.more_button, self.count, self.export_button, self.clear_button):
            line.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP, GAP // 2, GAP, GAP // 2)
        column.addLayout(line)
        column.addWidget(self._conditions)
        self._conditions.hide()

    def _grid(self) -> QWidget:
        page = QWidget()
        grid = QGridLayout(page)
        grid.setContentsMargins(0, 0, 0, 0)
        fields = [(_CAPTIONS[name], box) for name, box in self.choices.items()]
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
        return page

    def _connect(self) -> None:
        self.pause.timeout.connect(self._ask)
        self.search.textChanged.connect(lambda _text: self.pause.start())
        self.search.returnPressed.connect(self._on_return)
        self.search.went_down.connect(self._on_return)
        self.search.escaped.connect(self.clear)
        self.views.activated.connect(self._on_view)
        self.more_button.toggled.connect(self._on_more)
        self.clear_button.clicked.connect(self.clear)
        self.export_button.clicked.connect(self.export_wanted)
        for box in self.choices.values():
            box.activated.connect(lambda _at: self._ask())
        for field in self.days.values():
            field.left.connect(self._ask)

    # --- what the user does

    def _ask(self) -> None:
        self.pause.stop()
        self.asked.emit(self.wanted)

    def _on_return(self) -> None:
        if self.pause.isActive():
            self._ask()
        self.left.emit()

    def _on_view(self, at: int) -> None:
        if at < len(_VIEW_NAMES):
            self._base = VIEWS[_VIEW_NAMES[at]](self._session.today())
            self._show_view(at)
            self._ask()

    def _show_view(self, at: int) -> None:
        """Show which view is chosen; the rows behind a figure are a view only as long as they are shown."""
        while self.views.count() > max(at + 1, len(_VIEW_NAMES)):
            self.views.removeItem(self.views.count() - 1)
        self.views.setCurrentIndex(at)

    def _on_more(self, shown: bool) -> None:
        if shown:
            self._offer(self._session.snapshot)
        self._conditions.setVisible(shown)

    def _offer(self, snapshot: Snapshot) -> None:
        """Fill the drop-downs with what the ledger holds now; what is chosen stays chosen."""
        from zhenggai_desktop.services.suggestions import suggestions  # noqa: PLC0415 - counted when it is asked for

        used = suggestions(snapshot)
        offered: dict[str, Iterable[tuple[str, Any]]] = {
            **_GIVEN,
            **{name: ((value, value) for value in used[source]) for name, source in _NAMED.items()},
            "section_id": ((section.title, section.id) for section in snapshot.sections),
        }
        for name, box in self.choices.items():
            chosen = box.currentData()
            box.clear()
            box.addItem(_ANY, None)
            for caption, value in offered[name]:
                box.addItem(caption, value)
            box.setCurrentIndex(next((at for at in range(box.count()) if box.itemData(at) == chosen), 0))

    def _basis(self) -> tuple[dt.date | None, dt.date]:
        return self._session.snapshot.facts.feedback_date, self._session.today()


class _SearchField(QLineEdit):
    """A line that Escape empties and Down leaves."""

    escaped = Signal()
    went_down = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys: Mapping[int, Callable[[], None]] = {
            Qt.Key.Key_Escape: self.escaped.emit,
            Qt.Key.Key_Down: self.went_down.emit,
        }
        if event.key() in keys:
            keys[event.key()]()
        else:
            super().keyPressEvent(event)
