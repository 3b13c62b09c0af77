"""An open ledger: its pages under a row of tabs."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from zhenggai_desktop.domain.collector import no_garbage_collection
from zhenggai_desktop.gui.calls import Call
from zhenggai_desktop.gui.messages import COPY_ELSEWHERE
from zhenggai_desktop.gui.months.chase_strip import ChaseStrip
from zhenggai_desktop.gui.page_table import LEDGER, PAGES, Page
from zhenggai_desktop.gui.session import LedgerSession
from zhenggai_desktop.gui.style import MARGIN, plain_label

if TYPE_CHECKING:
    from zhenggai_desktop.domain.changes import RecordKey

_MINUTE = 60_000  # milliseconds between two looks at the day


class Workspace(QWidget):
    """Makes a page when it is first shown and hands on what pages ask for."""

    called = Signal(object)  # Call
    told = Signal(str)
    named = Signal(str)  # the user said who he is
    writing_wanted = Signal()  # the ledger is open to read and somebody wants to edit it

    def __init__(self, session: LedgerSession, actions: Mapping[Call, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._actions = actions
        self._made: dict[str, Page] = {}
        self.sides: dict[str, str] = {}  # how pages that were not seen yet were parted, by the name of what parts them
        self.ask_name = False  # nobody said yet who works on this PC
        self._tabs = QTabBar()
        self._tabs.setDrawBase(False)
        self._tabs.setExpanding(False)
        self._tabs.setAccessibleName("页面")
        self._tabs.setObjectName("pages")
        self._stack = QStackedWidget()
        for at, spec in enumerate(PAGES):
            self._tabs.addTab(spec.caption)
            self._tabs.setTabToolTip(at, spec.shortcut)
            QShortcut(QKeySequence(spec.shortcut), self, lambda key=spec.key: self.show_page(key))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._read_only_strip())
        layout.addWidget(self._name_strip())
        self.chase_strip = ChaseStrip(session)
        self.chase_strip.called.connect(self.called)
        layout.addWidget(self.chase_strip)
        layout.addWidget(self._tabs)
        layout.addWidget(self._stack, 1)
        self._tabs.currentChanged.connect(self._on_tab_changed)
        session.switched.connect(self._on_switched)
        self.minute = QTimer(self, interval=_MINUTE)
        self.minute.timeout.connect(self._on_minute)
        self.minute.start()

    def page(self, key: str) -> Page:
        """A page of the table, made now where it was not yet."""
        if key not in self._made:
            with no_garbage_collection():  # its modules are loaded, its widgets made
                page = next(spec for spec in PAGES if spec.key == key).make(self._session)
            page.take_actions(self._actions)
            page.called.connect(self.called)
            page.told.connect(self.told)
            page.record_chosen.connect(self.show_record)
            page.issues_chosen.connect(self._on_issues_chosen)
            self._made[key] = page
            self._stack.addWidget(page)
        return self._made[key]

    def _part(self, page: Page) -> None:
        """As the user parted it in an earlier run, once it is seen for the first time."""
        if not self.sides:
            return
        known = [(one, words) for one in _named_splitters(page) if (words := self.sides.get(one.objectName()))]
        layout = page.layout()
        if known and layout is not None:
            page.resize(self._stack.size())  # else the parts would grow to it, each by its share
            layout.activate()
        for splitter, words in known:
            sizes = [int(word) for word in words.split() if word.isdecimal()]
            if len(sizes) == splitter.count():
                splitter.setSizes(sizes)
            del self.sides[splitter.objectName()]

    def kept_sides(self) -> dict[str, str]:
        """``sides`` with how the pages that were seen are parted now."""
        splitters = [one for page in self._made.values() for one in _named_splitters(page)]
        splitters = [one for one in splitters if one.objectName() not in self.sides]
        return {**self.sides, **{one.objectName(): " ".join(map(str, one.sizes())) for one in splitters}}

    def show_page(self, key: str) -> None:
        """Bring a page to the front and give it the keyboard."""
        at = next(at for at, spec in enumerate(PAGES) if spec.key == key)
        self._tabs.setCurrentIndex(at)
        page = self.page(key)
        if self._stack.currentWidget() is not page or not page.isVisible():
            self._stack.setCurrentWidget(page)
            self._part(page)
            self.chase_strip.set_wanted(not page.tells_what_is_due)
            page.setFocus()

    @property
    def current_page(self) -> str:
        """The key of the page in front."""
        return PAGES[self._tabs.currentIndex()].key

    def show_record(self, key: RecordKey) -> None:
        """Show a record on the ledger page, whoever asked for it."""
        self.show_page(LEDGER)
        self.page(LEDGER).show_record(key)

    def _read_only_strip(self) -> QWidget:
        """Says that and why nothing can be changed, where it cannot be overlooked."""
        self.strip = QFrame()
        self.strip.setProperty("strip", True)
        self._why = plain_label()
        self._why.setWordWrap(True)
        self.write_button = QPushButton("改为可以编辑")
        self.write_button.clicked.connect(self.writing_wanted)
        row = QHBoxLayout(self.strip)
        row.setContentsMargins(MARGIN, 6, MARGIN, 6)
        row.addWidget(self._why, 1)
        row.addWidget(self.write_button)
        self.strip.hide()
        return self.strip

    def _name_strip(self) -> QWidget:
        """Asks once who works on this PC, without standing in the way of anything."""
        self.name_strip = QFrame()
        self.name_strip.setProperty("quiet", True)
        caption = QLabel("您的姓名，写进修改历史(&U)")
        self.name_field = QLineEdit()
        self.name_field.setMaximumWidth(self.fontMetrics().horizontalAdvance("字") * 12)
        caption.setBuddy(self.name_field)
        self.name_button = QPushButton("记住")
        self.name_button.clicked.connect(self._on_named)
        self.name_field.returnPressed.connect(self._on_named)
        row = QHBoxLayout(self.name_strip)
        row.setContentsMargins(MARGIN, 4, MARGIN, 4)
        for widget in (caption, self.name_field, self.name_button):
            row.addWidget(widget)
        row.addWidget(plain_label("只在这台电脑上问一次，以后可在“编辑”菜单里修改", muted=True))
        row.addStretch(1)
        self.name_strip.hide()
        return self.name_strip

    def _on_named(self) -> None:
        name = self.name_field.text().strip() or self._session.who
        if name:
            self.named.emit(name)
            self.page(self.current_page).setFocus()  # the strip goes away, and the keyboard with it

    def _show_strip(self) -> None:
        asked = self.ask_name and self._session.is_open and not self._session.read_only
        self.name_strip.setVisible(asked)
        if asked and not self.name_field.text():
            self.name_field.setText(self._session.who)
        held = self._session.held_by
        todo = "请等对方关闭台账后，点“改为可以编辑”" if held else COPY_ELSEWHERE
        reason = held or "文件所在的位置不能写入"
        self._why.setText(f"现在是只读方式，可以查看、筛选和导出，不能修改。{reason}；{todo}。")
        self.strip.setVisible(self._session.is_open and self._session.read_only)

    def _on_issues_chosen(self, caption: str, ids: Collection[int]) -> None:
        """The page in front stays: whoever then goes to the ledger finds these issues there."""
        self.page(LEDGER).show_issues(caption, ids)

    def _on_minute(self) -> None:
        """Behind a dialog the day waits: what the dialog speaks of stays as it is."""
        if QApplication.activeModalWidget() is None:
            self._session.look_at_day()

    def _on_tab_changed(self, at: int) -> None:
        self.show_page(PAGES[at].key)

    def _on_switched(self) -> None:
        self._show_strip()
        if self._session.is_open:
            self.show_page(LEDGER)


def _named_splitters(page: QWidget) -> list[QSplitter]:
    return [one for one in page.findChildren(QSplitter) if one.objectName()]
