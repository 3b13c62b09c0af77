"""The selected row, to be edited: its form, and what hangs on it as tabs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from zhenggai_desktop.domain.changes import RecordKey
from zhenggai_desktop.domain.record_making import Value, frozen
from zhenggai_desktop.domain.records import (
    ClosingStep,
    Evidence,
    Issue,
    LogEntry,
    Measure,
    Outcome,
    Record,
    Section,
    Snapshot,
)
from zhenggai_desktop.domain.workflow import Workflow
from zhenggai_desktop.gui.counting import Counting
from zhenggai_desktop.gui.elided_label import elided_label
from zhenggai_desktop.gui.file_drops import TabDrops
from zhenggai_desktop.gui.forms.form_specs import FORMS, PUBLIC_FORM
from zhenggai_desktop.gui.forms.inherited import inherited_words
from zhenggai_desktop.gui.forms.record_form import RecordForm
from zhenggai_desktop.gui.later import Later
from zhenggai_desktop.gui.session import LedgerSession
from zhenggai_desktop.gui.style import GAP, MARGIN
from zhenggai_desktop.services.attachments import count_on

if TYPE_CHECKING:
    from zhenggai_desktop.gui.forms.evidence_list import EvidenceList
    from zhenggai_desktop.gui.forms.history_list import HistoryList
    from zhenggai_desktop.gui.forms.record_list import RecordList
    from zhenggai_desktop.gui.months.timeline_list import TimelineList

TreeRecord = Section | Issue | Measure


@frozen
class TabSpec(Value):
    """A tab and for which rows it is there."""

    caption: str
    rows: tuple[type[TreeRecord], ...]
    listed: type[Record] | None = None


_OFFER_WAIT = 200  # milliseconds
CONTENT, PUBLIC, TIMELINE, HISTORY = "内容", "公开", "经过", "历史"
TABS: tuple[TabSpec, ...] = (
    TabSpec(CONTENT, (Section, Issue, Measure)),
    TabSpec(PUBLIC, (Issue,)),
    TabSpec("进展记录", (Issue, Measure), LogEntry),
    TabSpec("成果", (Issue, Measure), Outcome),
    TabSpec("佐证", (Issue, Measure), Evidence),
    TabSpec("销号", (Issue,), ClosingStep),
    TabSpec(TIMELINE, (Issue,)),
    TabSpec(HISTORY, (Section, Issue, Measure)),
)
_EVIDENCE = next(at for at, spec in enumerate(TABS) if spec.listed is Evidence)


class RecordPane(QWidget):
    """Follows the selection of the tree. Forms and lists are made when they are first shown.

    A form is filled a moment after its row was selected: what was done in the tree is seen at once. It is filled
    before the keyboard or anybody else comes to it.
    """

    told = Signal(str)

    def __init__(self, session: LedgerSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._record: TreeRecord | None = None
        self._workflow: Workflow | None = None
        self._place_words = ""
        self._kind: type[TreeRecord] | None = None  # of the row that is shown
        self._shown_key: RecordKey | None = None
        self._chosen_tab = 0
        self._is_settled = True
        self._due = QTimer(self, singleShot=True, interval=0)
        self._due.timeout.connect(self.settle)
        self._forms: dict[type[Record], RecordForm] = {}
        self._lists: dict[int, QWidget] = {}
        self._listings: dict[int, RecordList] = {}
        self._histories: dict[int, HistoryList | TimelineList] = {}
        self._known: tuple[Snapshot, Mapping[str, Sequence[str]]] | None = None
        self._offer_due = Later(_OFFER_WAIT, self._offer, self)
        self._gathering = Counting(_gathered, self)
        self._gathering.counted.connect(self._on_gathered)
        self._place = elided_label(muted=True)
        self._place.setContentsMargins(MARGIN, GAP, MARGIN, 0)
        self._holders: list[QVBoxLayout] = []
        self._content = QStackedWidget()
        self._tabs = QTabWidget()
        self._tabs.setDocumentMode(True)
        self._tabs.tabBar().setDrawBase(False)
        self._tabs.setAccessibleName("所选内容")
        self._tabs.setObjectName("record")  # eight tabs beside each other
        for at, spec in enumerate(TABS):  # pages are made when they are first in front
            holder = QWidget()
            self._holders.append(QVBoxLayout(holder))
            self._holders[at].setContentsMargins(0, 0, 0, 0)
            self._tabs.addTab(holder, spec.caption)
        self._holders[0].addWidget(self._content)
        drops = TabDrops(self._tabs, _EVIDENCE, lambda: self._record is not None and not session.read_only)
        drops.dropped.connect(self._on_files)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._place)
        layout.addWidget(self._tabs, 1)
        self._tabs.currentChanged.connect(self._on_tab)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._on_focus)
        self.show_record(None, None, "")

    def form(self, record_type: type[Record]) -> RecordForm:
        """The form of a kind of row."""
        self.settle()
        if record_type not in self._forms:
            form = RecordForm(self._session, record_type, FORMS[record_type])
            form.told.connect(self.told)
            self._forms[record_type] = form
            self._content.addWidget(form)
        return self._forms[record_type]

    @property
    def tabs(self) -> QTabWidget:
        """The tabs of the row."""
        self.settle()
        return self._tabs

    @property
    def key(self) -> RecordKey | None:
        """The row that is shown."""
        return None if self._record is None else (type(self._record), self._record.id)

    def take_focus(self) -> None:
        """The keyboard into the first field of the tab in front."""
        self.settle()
        at = self._tabs.currentIndex()
        page = self._content.currentWidget() if at == 0 else self._lists[at]
        if isinstance(page, RecordForm):
            next(iter(page.editors.values())).setFocus()
        else:
            page.setFocus()  # the rows of a list are its focus proxy

    def show_record(self, record: TreeRecord | None, workflow: Workflow | None, place: str) -> None:
        """Show a row, or the same row after a change. What was typed before must be stored."""
        self._record, self._workflow, self._place_words = record, workflow, place
        self._is_settled = False
        if record is None or self._tabs.currentIndex() in self._listings or self._has_keyboard():
            self.settle()
        else:
            self._due.start()

    def settle(self) -> None:
        """Show now what waits to be shown."""
        self._due.stop()
        if self._is_settled:
            return
        self._is_settled = True
        record = self._record
        if self._place.text() != self._place_words:
            self._place.setText(self._place_words)
        self._tabs.setVisible(record is not None)
        before, self._kind = self._kind, None if record is None else type(record)
        if record is None:
            for form in self._forms.values():
                form.show_record(None)
            self._leave_others(None)
            return
        if self._kind is not before:
            self._offer_tabs(type(record))
        self._show_content(record)
        self._show_counts((type(record), record.id))
        self._show_tab()
        self._leave_others((type(record), record.id))

    def paste_evidence(self) -> bool:
        """Take the copied files or picture where the tab of evidence is in front; False where it is not."""
        in_front = self._record is not None and self.tabs.currentIndex() == _EVIDENCE
        if in_front:
            cast("EvidenceList", self._page(_EVIDENCE)).paste()
        return in_front

    def show_caption(self, caption: str) -> None:
        """Bring a tab to the front."""
        self.settle()
        self._tabs.setCurrentIndex(next(at for at, spec in enumerate(TABS) if spec.caption == caption))

    # --- inside

    def _offer_tabs(self, kind: type[TreeRecord]) -> None:
        """The tabs of a kind of row: the one that was chosen last where it is among them, else the first."""
        with QSignalBlocker(self._tabs):
            for at, spec in enumerate(TABS):
                self._tabs.setTabVisible(at, kind in spec.rows)
            self._tabs.setCurrentIndex(self._chosen_tab if kind in TABS[self._chosen_tab].rows else 0)

    def _has_keyboard(self) -> bool:
        focused = QApplication.focusWidget()
        return focused is not None and self.isAncestorOf(focused)

    def _on_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        if not self._is_settled and now is not None and self.isAncestorOf(now):
            self.settle()

    def _on_tab(self, at: int) -> None:
        self._chosen_tab = max(at, 0)
        self.settle()
        self._show_tab()

    def _on_files(self, paths: list[Path]) -> None:
        """Files were dropped on the word of the tab of evidence."""
        self._tabs.setCurrentIndex(_EVIDENCE)
        cast("EvidenceList", self._page(_EVIDENCE)).take(paths)

    def _show_content(self, record: TreeRecord) -> None:
        form = self.form(type(record))
        for kind, other in self._forms.items():
            if kind is not type(record):
                other.show_record(None)
        self._fill(form, record)
        if self._content.currentWidget() is not form:
            self._content.setCurrentWidget(form)

    def _leave_others(self, key: RecordKey | None) -> None:
        """What stands behind the tab in front belongs to the row of which it was shown, and to no other."""
        if key == self._shown_key:
            return
        self._shown_key = key
        in_front = self._tabs.currentIndex() if key is not None else 0
        for at, page in self._lists.items():
            form = self._listings[at].form if at in self._listings else page
            if at != in_front and isinstance(form, RecordForm):
                form.show_record(None)

    def _fill(self, form: RecordForm, record: TreeRecord) -> None:
        form.show_record(record)
        form.set_read_only(self._session.read_only)
        if self._workflow is not None and isinstance(record, Issue | Measure):
            form.set_inherited(inherited_words(record, self._workflow))
        self._offer_due.start_after_painting()

    def _offer(self) -> None:
        """Give the form in front the values that were used; gathered a moment later, once for each state."""
        if not self._session.is_open or self._record is None:
            return
        if self._known is not None and self._known[0] is self._session.snapshot:
            self._on_gathered(*self._known)
        else:
            self._gathering.ask(self._session.snapshot)

    def _on_gathered(self, snapshot: Snapshot, known: Mapping[str, Sequence[str]]) -> None:
        self._known = snapshot, known
        if snapshot is self._session.snapshot and self._record is not None:
            for form in (self.form(type(self._record)), *(listing.form for listing in self._listings.values())):
                form.set_suggestions(known)

    def _show_counts(self, key: RecordKey) -> None:
        for at, spec in enumerate(TABS):
            if spec.listed is not None and key[0] in spec.rows:
                count = count_on(self._session.snapshot, spec.listed, key)
                caption = f"{spec.caption} {count}" if count else spec.caption
                if self._tabs.tabText(at) != caption:
                    self._tabs.setTabText(at, caption)

    def _show_tab(self) -> None:
        """Fill the tab in front; the others wait."""
        at, record = self._tabs.currentIndex(), self._record
        if at <= 0 or record is None:
            return
        page, key = self._page(at), (type(record), record.id)
        if at in self._listings:
            self._listings[at].show_owner(key)
            self._offer_due.start()
        elif at in self._histories:
            self._histories[at].show_key(key)
        elif isinstance(page, RecordForm):
            self._fill(page, record)

    def _page(self, at: int) -> QWidget:
        """What a tab holds, loaded and made when it is first in front."""
        if at not in self._lists:
            self._lists[at] = self._made(at, TABS[at])
            page = self._lists[at]
            self._holders[at].addWidget(page if isinstance(page, QScrollArea) else _scrolled(page))
        return self._lists[at]

    def _made(self, at: int, spec: TabSpec) -> QWidget:
        if spec.caption == PUBLIC:
            form = RecordForm(self._session, Issue, PUBLIC_FORM)
            form.told.connect(self.told)
            return form
        if spec.caption == TIMELINE:
            from zhenggai_desktop.gui.months.timeline_list import TimelineList  # noqa: PLC0415 - not at start

            self._histories[at] = TimelineList(self._session)
            return self._histories[at]
        if spec.listed is None:
            from zhenggai_desktop.gui.forms.history_list import HistoryList  # noqa: PLC0415 - not at start

            self._histories[at] = HistoryList(self._session)
            return self._histories[at]
        from zhenggai_desktop.gui.forms.listing_making import make_list  # noqa: PLC0415

        self._listings[at] = make_list(self._session, spec.listed)
        self._listings[at].told.connect(self.told)
        return self._listings[at]


def _scrolled(page: QWidget) -> QScrollArea:
    """With large letters on a small screen buttons, list and form do not all have room at once."""
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidgetResizable(True)
    area.setWidget(page)
    return area


def _gathered(snapshot: Snapshot) -> Mapping[str, Sequence[str]]:
    from zhenggai_desktop.services.suggestions import suggestions  # noqa: PLC0415 - not at start

    return suggestions(snapshot)
