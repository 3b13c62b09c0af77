"""The page of the working months: whom to chase, what departments report this week, what can be closed."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from zhenggai_desktop.domain.changes import Changes
from zhenggai_desktop.gui import themes
from zhenggai_desktop.gui.focus_entry import lead_focus
from zhenggai_desktop.gui.manual.keys import TOPIC
from zhenggai_desktop.gui.months.view_table import VIEWS, MonthView
from zhenggai_desktop.gui.page_table import Page
from zhenggai_desktop.gui.session import LedgerSession
from zhenggai_desktop.gui.style import GAP, MARGIN


class MonthsPage(Page):
    """Its views are made when they are first in front, and show the ledger anew only while they are seen."""

    def __init__(self, session: LedgerSession, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName("督办")
        self._stack = QStackedWidget()
        self._views: dict[str, MonthView] = {}
        self._stale: set[str] = set()
        self._theme = themes.current()
        for spec in VIEWS:
            self.tabs.addTab(spec.caption)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, GAP // 2, 0, 0)
        layout.setSpacing(0)
        holder = QVBoxLayout()
        holder.setContentsMargins(MARGIN - 6, 0, MARGIN, 0)
        holder.addWidget(self.tabs)
        layout.addLayout(holder)
        layout.addWidget(self._stack, 1)
        self.tabs.currentChanged.connect(lambda _at: self._show_view())
        session.switched.connect(self._on_switched)
        session.changed.connect(self._on_changed)
        session.new_day.connect(lambda: self._on_changed(None))

    @property
    def tells_what_is_due(self) -> bool:
        return True

    def view(self, key: str) -> MonthView:
        """A view of the table, made now where it was not yet."""
        if key not in self._views:
            view = next(spec for spec in VIEWS if spec.key == key).make(self.session)
            self._views[key] = view
            self._stale.add(key)
            self._stack.addWidget(view)
            view.told.connect(self.told)
            view.record_chosen.connect(self.record_chosen)
            view.called.connect(self.called)
        return self._views[key]

    def show_view(self, key: str) -> None:
        """Bring a view to the front and give it the keyboard."""
        self.tabs.setCurrentIndex(next(at for at, spec in enumerate(VIEWS) if spec.key == key))
        self._show_view()
        self.view(key).setFocus()

    def _show_view(self) -> None:
        spec = VIEWS[self.tabs.currentIndex()]
        key, view = spec.key, self.view(spec.key)
        self.setProperty(TOPIC, spec.topic)
        self._stack.setCurrentWidget(view)
        lead_focus(self, view)
        if key in self._stale and self.isVisible() and self.session.is_open:
            self._stale.discard(key)
            view.refresh()

    def _on_switched(self) -> None:
        for view in self._views.values():
            view.forget()
        self._on_changed(None)

    def _on_changed(self, _changes: Changes | None) -> None:
        self._stale |= set(self._views)
        if self.isVisible():
            self._show_view()

    def changeEvent(self, event: QEvent) -> None:
        """Marks carry the colours of the theme in which they were made."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._theme is not themes.current():
            self._theme = themes.current()
            self._on_changed(None)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_view()
