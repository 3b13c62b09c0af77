"""The bar above the tree: words to find, views that are asked for often, conditions in drop-downs, and the count."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from zhenggai_desktop.domain.filters import VIEWS, Filter
from zhenggai_desktop.domain.saved_views import SavedView
from zhenggai_desktop.gui.clear_button import give_clear_button
from zhenggai_desktop.gui.forms.editors import ChoiceField
from zhenggai_desktop.gui.later import Later
from zhenggai_desktop.gui.manual.keys import TOPIC
from zhenggai_desktop.gui.session import LedgerSession
from zhenggai_desktop.gui.style import GAP, plain_label
from zhenggai_desktop.gui.view_names import ask_view_name, may_remove

if TYPE_CHECKING:
    from zhenggai_desktop.gui.filter_conditions import ConditionGrid

_PAUSE = 120  # milliseconds without a key before the tree follows
_OFFER_WAIT = 200  # milliseconds after a change before what the conditions offer follows
_LONGEST_WORDS = 20  # characters of what is looked for that are said on paper
_BUILT_IN = tuple(VIEWS)


class FilterBar(QWidget):
    """Says by ``asked`` what is wanted. It knows what is offered, not what is found."""

    asked = Signal(object)  # Filter
    export_wanted = Signal()
    told = Signal(str)  # a sentence for the status bar
    left = Signal()  # Enter or Down in the search field: on to the rows

    def __init__(self, session: LedgerSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._base = Filter()  # what the view asks
        self._base_name = _BUILT_IN[0]  # "" for rows behind a figure
        self.search = _SearchField()
        self.views = ChoiceField(())
        self._conditions: ConditionGrid | None = None
        self._following: QWidget | None = None  # what stands below the bar
        self.more_button = QPushButton("条件")
        self.view_button = QPushButton("视图")
        self.export_button = QPushButton("导出…")
        self.clear_button = QPushButton("清除")
        self.count = plain_label(muted=True)
        self.pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self.setProperty(TOPIC, "查找与筛选")
        menu = QMenu(self.view_button)
        self.save_action = menu.addAction("存为视图(&S)…", self._on_save)
        self.rename_action = menu.addAction("改名(&R)…", self._on_rename)
        self.remove_action = menu.addAction("删除视图(&D)", self._on_remove)
        menu.aboutToShow.connect(self._show_state)
        self.view_button.setProperty("drop", True)
        self.view_button.setMenu(menu)
        self._arrange()
        self._offering = Later(_OFFER_WAIT, self._offer, self)
        self._connect()
        self.show_count("")

    @property
    def wanted(self) -> Filter:
        """What the bar asks: the view, and in it every condition that is set, and the words."""
        return replace(self._base, **self._asked())

    def caption(self) -> str:
        """What is asked, in words for paper: the view, and what narrows it down further."""
        view, chosen = self.views.currentText(), self._chosen
        asked = self._asked()
        if chosen is not None and chosen.wanted == Filter(**asked):
            return view
        words = asked.pop("words").strip()
        parts = ["按条件筛选"] if asked else []
        parts += [f"查找“{words[:_LONGEST_WORDS]}{'…' * (len(words) > _LONGEST_WORDS)}”"] if words else []
        return "，".join(parts if parts and view == _BUILT_IN[0] else [view, *parts])

    @property
    def conditions(self) -> ConditionGrid:
        """Made when conditions are first wanted: a ledger is on the screen sooner, and most searches go without."""
        if self._conditions is None:
            from zhenggai_desktop.gui.filter_conditions import ConditionGrid  # noqa: PLC0415 - with what it is made of

            grid = self._conditions = ConditionGrid(self._basis)
            grid.hide()
            self._column.addWidget(grid)
            grid.changed.connect(self._ask)
            grid.told.connect(self.told)
            if self._following is not None:
                self.order_before(self._following)
        return self._conditions

    def order_before(self, following: QWidget) -> None:
        """Have Tab lead through the bar as one reads it, and on to what stands below it."""
        self._following = following
        head = (self.search, self.views, self.view_button, self.more_button, self.export_button, self.clear_button)
        for one, other in pairwise((*head, *self._grid_fields(), following)):
            QWidget.setTabOrder(one, other)

    def _grid_fields(self) -> tuple[QWidget, ...]:
        grid = self._conditions
        return (
            () if grid is None else (grid.statuses, *grid.choices.values(), *grid.days.values(), *grid.ticks.values())
        )

    def take_focus(self) -> None:
        """Ctrl+F: into the search field, ready to be overwritten."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def reset(self) -> None:
        """Ask nothing, without saying so: another ledger is shown."""
        self._show_filter(Filter())
        self._base, self._base_name = Filter(), _BUILT_IN[0]
        self._fill_views(_BUILT_IN[0])
        self._offer()
        self.show_count("")

    def clear(self) -> None:
        """Ask nothing, and say so."""
        self.reset()
        self._ask()

    def show_issues(self, caption: str, ids: Collection[int]) -> None:
        """Ask for given issues: what stands behind a figure."""
        self.reset()
        self._base, self._base_name = Filter(issue_ids=frozenset(ids)), ""
        with QSignalBlocker(self.views):
            self.views.addItem(f"概览：{caption}")
            self.views.setCurrentIndex(self.views.count() - 1)
        self._ask()

    def show_count(self, words: str) -> None:
        """How many of how many; "" where all is shown."""
        self.count.setText(words)
        for widget in (self.count, self.export_button, self.clear_button):
            widget.setVisible(bool(words))
        self._show_state()

    # --- arranging

    def _arrange(self) -> None:
        self.search.setPlaceholderText("查找文字或拼音首字母（Ctrl+F）")
        self.search.setAccessibleName("查找")
        self.search.setAcceptDrops(False)  # a file that is dropped here is for the window
        give_clear_button(self.search)
        self.views.setAccessibleName("视图")
        self.views.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.views.setMinimumContentsLength(6)
        self.views.setSizeAdjustPolicy(ChoiceField.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._fill_views(_BUILT_IN[0])
        self.more_button.setCheckable(True)
        self.more_button.setToolTip("按状态、部门、时限等筛选")
        self.view_button.setToolTip("把现在的条件存成自己的视图，或给自己的视图改名、删除")
        self.export_button.setToolTip("把筛选出来的问题导出为 Excel 表格")
        for button in (self.more_button, self.view_button, self.export_button, self.clear_button):
            button.setProperty("link", True)
        line = QHBoxLayout()
        line.setSpacing(GAP)
        line.addWidget(self.search, 1)
        for widget in (self.views, self.view_button, self.more_button):
            line.addWidget(widget)
        for widget in (self.count, self.export_button, self.clear_button):
            line.addWidget(widget)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(GAP, GAP // 2, GAP, GAP // 2)
        column.addLayout(line)

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
        self._session.changed.connect(lambda _changes: self._offering.start())

    # --- views

    @property
    def _saved(self) -> list[SavedView]:
        return self._session.views.views(self._session.snapshot.facts.uid) if self._session.is_open else []

    @property
    def _chosen(self) -> SavedView | None:
        """The user's own view that is chosen."""
        name = self.views.currentData()
        return next((view for view in self._saved if view.name == name), None)

    def _fill_views(self, chosen: str) -> None:
        """The built-in views and the user's own; the rows behind a figure only as long as they are shown."""
        with QSignalBlocker(self.views):
            self.views.clear()
            self.views.addItems(_BUILT_IN)
            if saved := self._saved:
                self.views.insertSeparator(self.views.count())
            for view in saved:
                self.views.addItem(view.name, view.name)
            self.views.setCurrentIndex(max(self.views.findText(chosen), 0))
        self._show_state()

    def _on_view(self, at: int) -> None:
        caption, view = self.views.itemText(at), self._chosen
        if view is not None:
            self.conditions.offer(self._session.snapshot)
            self._show_filter(view.wanted)
            self._base, self._base_name = VIEWS[view.base](self._session.today()), view.base
        elif caption in VIEWS:
            self._base, self._base_name = VIEWS[caption](self._session.today()), caption
        else:
            return
        self._fill_views(caption)
        self._ask()

    def _show_filter(self, wanted: Filter) -> None:
        """Words and conditions into the fields, without saying so."""
        self.pause.stop()
        with QSignalBlocker(self.search):
            self.search.setText(wanted.words)
        if self._conditions is not None or wanted.conditions != Filter():
            self.conditions.show_filter(wanted)

    def _asked(self) -> dict[str, Any]:
        """The words and every condition that is set, by field of the filter."""
        conditions = {} if self._conditions is None else self._conditions.values()
        return {"words": self.search.text(), **conditions}

    def _show_state(self) -> None:
        own = self._chosen is not None
        self.save_action.setEnabled(bool(self._base_name) and not self.wanted.is_empty)
        self.rename_action.setEnabled(own)
        self.remove_action.setEnabled(own)
        self.view_button.setEnabled(self._session.is_open)

    def _on_save(self) -> None:
        chosen = self._chosen
        suggestion = chosen.name if chosen is not None else self.search.text().strip()
        name = ask_view_name(self, "存为视图", suggestion)
        if name:
            wanted = Filter(**self._asked())
            self._session.views.save(self._session.snapshot.facts.uid, SavedView(name, self._base_name, wanted))
            self._fill_views(name)

    def _on_rename(self) -> None:
        chosen = self._chosen
        name = ask_view_name(self, "视图改名", chosen.name) if chosen is not None else ""
        if chosen is not None and name:
            self._session.views.rename(self._session.snapshot.facts.uid, chosen.name, name)
            self._fill_views(name)

    def _on_remove(self) -> None:
        chosen = self._chosen
        if chosen is not None and may_remove(self, chosen.name):
            self._session.views.remove(self._session.snapshot.facts.uid, chosen.name)
            self.clear()

    # --- what the user does

    def _ask(self) -> None:
        self.pause.stop()
        self.asked.emit(self.wanted)

    def _on_return(self) -> None:
        if self.pause.isActive():
            self._ask()
        self.left.emit()

    def _on_more(self, shown: bool) -> None:
        if shown:
            self.conditions.setVisible(True)
            self._offer()
        elif self._conditions is not None:
            self._conditions.setVisible(False)

    def _offer(self) -> None:
        """Have conditions that are in sight offer what the ledger holds now."""
        if self._conditions is not None and self.more_button.isChecked():
            self._conditions.offer(self._session.snapshot)

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
