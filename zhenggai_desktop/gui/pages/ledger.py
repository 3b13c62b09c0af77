"""The page of an open ledger: its head, its tree, and the selected record to edit."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import cast

from PySide6.QtCore import QByteArray, QPoint, QSize, Qt, QTimer
from PySide6.QtGui import QAction, QPalette, QResizeEvent
from PySide6.QtWidgets import QMenu, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from zhenggai_desktop.domain.changes import Changes, RecordKey
from zhenggai_desktop.domain.filters import Filter, Finder, exported_ids, exported_measure_ids
from zhenggai_desktop.domain.records import Issue, Measure, Section, Snapshot
from zhenggai_desktop.domain.row_texts import RowTexts
from zhenggai_desktop.errors import ZhenggaiError
from zhenggai_desktop.gui import messages
from zhenggai_desktop.gui.action_making import fill_menu
from zhenggai_desktop.gui.actions import SPECS
from zhenggai_desktop.gui.calls import Call
from zhenggai_desktop.gui.counting import Counting
from zhenggai_desktop.gui.elided_label import elided_label
from zhenggai_desktop.gui.filter_bar import FilterBar
from zhenggai_desktop.gui.focus_entry import lead_focus
from zhenggai_desktop.gui.forms.record_pane import RecordPane
from zhenggai_desktop.gui.later import Later
from zhenggai_desktop.gui.ledger_memory import LedgerView
from zhenggai_desktop.gui.ledger_model import LedgerModel
from zhenggai_desktop.gui.ledger_tree import LedgerTree
from zhenggai_desktop.gui.menus import TREE_MENU
from zhenggai_desktop.gui.opened_rows import first_opened, nearest, nearest_found, opened_by_filter
from zhenggai_desktop.gui.page_table import Page
from zhenggai_desktop.gui.pages.empty_tree import Invitation, nothing_found
from zhenggai_desktop.gui.pages.ledger_words import count_words, headline, opening_words, place_words
from zhenggai_desktop.gui.reading_ahead import ReadingAhead
from zhenggai_desktop.gui.session import LedgerSession
from zhenggai_desktop.gui.style import GAP, MARGIN, TITLE_SCALE
from zhenggai_desktop.gui.tree_columns import Column
from zhenggai_desktop.gui.tree_edits import TreeEdits
from zhenggai_desktop.services.pinyin import Initials
from zhenggai_desktop.services.tree_places import holds
from zhenggai_desktop.texts import date_text

_FIGURES_WAIT = 200  # milliseconds
_TREE, _INVITATION, _NOTHING = range(3)  # what stands at the left
_LINES_WITH_HEADING = 15  # of the page's height; on less the list needs them all
_TREE_KINDS = (Section, Issue, Measure)


class LedgerPage(Page):
    """Follows the session; keeps what is open and selected in the tree across changes."""

    def __init__(self, session: LedgerSession, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.model = LedgerModel(self)
        self.model.today = lambda: session.today()  # noqa: PLW0108 - it may be set later
        self.tree = LedgerTree(self.model)
        self.pane = RecordPane(session)
        self.edits = TreeEdits(session, self.tree)
        self.bar = FilterBar(session)
        self._initials = Initials()
        self._texts = RowTexts(self._initials)
        self._finder: Finder | None = None
        self.ahead = ReadingAhead(lambda: self._initials("一"), self)  # what tells readings is loaded with the first
        self._changing = False
        self._opened_before: set[RecordKey] | None = None  # in the tree before it was filtered
        self._actions: Mapping[Call, QAction] = {}
        self._title = elided_label(scale=TITLE_SCALE, bold=True)
        self._facts = elided_label(muted=True)
        self._figures_due = Later(_FIGURES_WAIT, self._show_figures, self)
        self._counting = Counting(headline, self)
        self._counting.counted.connect(self._on_counted)
        self._left = QStackedWidget()
        self._left.addWidget(self.tree)
        self._invitation = Invitation()
        self._left.addWidget(self._invitation)
        self._left.addWidget(nothing_found())
        self.splitter = self._splitter()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self._heading = self._head()
        layout.addWidget(self._heading)
        layout.addWidget(self.splitter, 1)
        lead_focus(self, self.tree)
        self._connect()
        self.show_ledger(session.snapshot)

    def take_actions(self, actions: Mapping[Call, QAction]) -> None:
        """Keys of the tree count while the tree has the keyboard: an action's widget is where its key counts."""
        self._actions = actions
        self.addActions([actions[call] for call, spec in SPECS.items() if spec.on_page])
        for call in TREE_MENU:
            if call is not None:
                self.tree.addAction(actions[call])

    def perform(self, call: Call) -> None:
        """Do something with the selected rows."""
        if call is Call.OTHER_SIDE:
            self._change_sides()
        elif call is Call.FIND:
            self.bar.take_focus()
        else:
            self.edits.perform(call)

    def print_page(self) -> None:
        """Print the list as it is filtered, with the columns that are shown."""
        from zhenggai_desktop.gui.list_print import ListPaper, print_list  # noqa: PLC0415 - on demand

        self.session.flush()
        columns = [column for column in Column if not self.tree.isColumnHidden(column)]
        with messages.busy():
            paper = ListPaper(self.model, columns, f"{self._title.text()}整改清单", self._listed_words())
        print_list(self, paper)

    def _listed_words(self) -> str:
        day = date_text(self.session.today())
        count = count_words(self.model.found, self.model.outline.snapshot)
        return f"{self.bar.caption()}　{count or self._facts.text()}　（{day}）"

    def show_record(self, key: RecordKey) -> None:
        """Select a record's row and scroll to it; a filter that hides it is taken off."""
        if self.model.found is not None and not self.model.index_of(key).isValid():
            self.bar.clear()
        self.tree.select_keys([key])

    def show_ledger(self, snapshot: Snapshot) -> None:
        """Show another ledger from its beginning."""
        self.model.editable = not self.session.read_only
        self.bar.reset()
        self._texts = RowTexts(self._initials)
        self.ahead.begin(self._texts.read_ahead(snapshot))
        self._opened_before = None
        self.tree.opened.clear()
        self.model.show_snapshot(snapshot, outline=self.session.outline)
        view = self.session.memory.view(self.session.path) if self.session.path is not None else None
        self.tree.open_keys(first_opened(self.model.outline) if view is None else view.opened)
        self._show_title()
        self._facts.setText(opening_words(snapshot))
        self._figures_due.start_after_painting()
        self.tree.setCurrentIndex(self.model.index(0, 0))
        if view is not None and view.current is not None:
            self.tree.select_keys([view.current])
        self._show_record()
        self.pane.settle()  # another ledger is seen as a whole

    def _on_leaving(self) -> None:
        """Remember how the ledger was looked at."""
        self.ahead.stop()
        if self.session.path is not None:
            view = LedgerView(
                tuple(self.tree.opened if self._opened_before is None else self._opened_before), self.tree.current_key()
            )
            self.session.memory.remember_view(self.session.path, view)

    def show_changes(self, snapshot: Snapshot, changes: Changes) -> None:
        """Show the ledger as it is after a change, with the same rows open and selected."""
        selected, current = self.tree.selected_keys(), self.tree.current_key()
        was_empty, place = self.model.rowCount() == 0, self.tree.verticalScrollBar().value()
        wanted, outline = self._near(current), self.session.outline
        found = next((key for key in wanted if holds(outline, key)), None)
        self._changing = True  # a row that goes hands its selection on; what is selected is settled below
        try:
            if found is not None and found != current:  # else the view lays out what it is about to lose
                self.tree.select_keys([found])
            is_rearranged = self.model.show_snapshot(snapshot, changes, outline)
        finally:
            self._changing = False
        if is_rearranged:
            self.tree.opened |= {key for key in changes.added if key[0] is Section}
            self.tree.opened |= set(first_opened(self.model.outline)) if was_empty else set()
            self.tree.restore(self.model.came_anew())
            found = next((key for key in wanted if self.model.index_of(key).isValid()), None)
            kept = [key for key in selected if holds(self.model.outline, key)]
            chosen = [found, *(key for key in kept if key != found)] if found else kept
            if (self.tree.current_key(), set(self.tree.selected_keys())) != (found, set(chosen)):
                self.tree.select_keys(chosen)
            self.tree.verticalScrollBar().setValue(place)
            if not self.tree.currentIndex().isValid():
                self.tree.setCurrentIndex(self.model.index(0, 0))
        if changes.label.startswith(("撤销：", "恢复：")):
            self._show_touched(changes)
        if self.model.found is not None:
            self.bar.show_count(count_words(self.model.found, snapshot))
        self._show_title()
        self.tree.lay_out()
        self._figures_due.start()
        self._show_record()

    def _near(self, current: RecordKey | None) -> list[RecordKey]:
        """The current row, then those to select where it is gone, the best first."""
        found, outline = self.model.found, self.model.outline
        if current is None:
            return []
        return list(nearest(outline, current) if found is None else nearest_found(outline, found, current))

    def layout_state(self) -> tuple[str, str]:
        """Sides and columns in Qt's own words."""
        sides = bytes(self.splitter.saveState().toBase64().data()).decode("ascii")
        return sides, self.tree.column_state()

    def restore_layout(self, sides: str, columns: str) -> None:
        """What ``layout_state`` gave; "" leaves things as they are."""
        if sides:
            self.splitter.restoreState(QByteArray.fromBase64(sides.encode("ascii", "ignore")))
        self.tree.restore_columns(columns)

    # --- arranging

    def _connect(self) -> None:
        session = self.session
        self.tree.selectionModel().currentChanged.connect(lambda _now, _before: self._on_current_changed())
        self.tree.menu_wanted.connect(self._on_menu_wanted)
        self.model.dropped.connect(self._on_dropped, Qt.ConnectionType.QueuedConnection)
        self.edits.told.connect(self.told)
        self.edits.take_evidence = self.pane.paste_evidence
        self.pane.told.connect(self.told)
        self.bar.told.connect(self.told)
        self._invitation.called.connect(self.called)
        self.bar.asked.connect(self.show_filtered)
        self.bar.left.connect(self.tree.setFocus)
        self.bar.export_wanted.connect(lambda: self.called.emit(Call.EXPORT_SHOWN))
        session.add_flusher(self.tree.commit)
        session.leaving.connect(self._on_leaving)
        session.switched.connect(lambda: self.show_ledger(session.snapshot))
        session.changed.connect(lambda changes: self.show_changes(session.snapshot, changes))
        session.new_day.connect(self.tree.canvas.update)  # other rows are late

    def _splitter(self) -> QSplitter:
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setHandleWidth(3)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self._side())
        splitter.addWidget(self.pane)
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 2)
        splitter.setSizes([800, 560])
        return splitter

    def _side(self) -> QWidget:
        """The tree under its filter."""
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self._left, 1)
        self.bar.order_before(self.tree)
        return side

    def _head(self) -> QWidget:
        head = QWidget()
        head.setBackgroundRole(QPalette.ColorRole.Window)
        layout = QVBoxLayout(head)
        layout.setContentsMargins(MARGIN, GAP, MARGIN, GAP)
        layout.setSpacing(2)
        layout.addWidget(self._title)
        layout.addWidget(self._facts)
        return head

    def minimumSizeHint(self) -> QSize:
        """On a small screen with large letters the page does without its heading."""
        least, heading = super().minimumSizeHint(), self._heading
        return QSize(least.width(), least.height() - (0 if heading.isHidden() else heading.minimumSizeHint().height()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._heading.setVisible(event.size().height() >= _LINES_WITH_HEADING * self.fontMetrics().lineSpacing())

    # --- showing

    def _show_title(self) -> None:
        self._title.setText(self.model.outline.snapshot.facts.organisation or "未填写责任单位")
        filtered = self.model.found is not None
        self._show_left(_TREE if self.model.rowCount() else _NOTHING if filtered else _INVITATION)
        self.bar.setVisible(filtered or self.model.rowCount() > 0)

    def _show_left(self, at: int) -> None:
        """The tree or what stands in its place. The first row takes the keyboard along, and so does the last."""
        before = self._left.currentIndex()
        focused = cast("QWidget | None", self.window().focusWidget())  # its stub forgets None
        elsewhere = focused is not None and (self.pane.isAncestorOf(focused) or self.bar.isAncestorOf(focused))
        self._left.setCurrentIndex(at)
        lead_focus(self, self._invitation if at == _INVITATION else self.tree)
        if at != before and _INVITATION in (at, before) and self.isVisible() and not elsewhere:
            self.setFocus()

    def _show_figures(self) -> None:
        """After a change they wait a moment: counting a large ledger would be felt at every key."""
        self._counting.ask(self.model.outline.snapshot)

    def _on_counted(self, snapshot: Snapshot, words: str) -> None:
        if snapshot is self.model.outline.snapshot:
            self._facts.setText(words)

    def _show_record(self) -> None:
        record = self.model.record(self.tree.currentIndex())
        place = "" if record is None else place_words(record, self.model)
        self.pane.show_record(record, self.model.workflow, place)

    def _show_touched(self, changes: Changes) -> None:
        """After an undo or redo: the row that it was about."""
        touched = [key for key in changes.added or changes.updated if key[0] in _TREE_KINDS]
        if touched and self.tree.current_key() not in touched:
            self.tree.select_keys(sorted(touched, key=lambda key: (_TREE_KINDS.index(key[0]), key[1]))[:1])

    # --- filtering

    @property
    def shown_ids(self) -> tuple[frozenset[int], frozenset[int]] | None:
        """The issues and the measures that an export of what a filter left holds; None where everything is shown."""
        found, outline = self.model.found, self.model.outline
        return None if found is None else (exported_ids(found, outline), exported_measure_ids(found, outline))

    def show_issues(self, caption: str, ids: Collection[int]) -> None:
        """Show only these issues."""
        self.bar.show_issues(caption, ids)

    def show_filtered(self, wanted: Filter) -> None:
        """Show what a filter leaves; the selected row stays selected where it is still there."""
        current = self.tree.current_key()
        if wanted.is_empty:
            opened = set(self.tree.opened) if self._opened_before is None else self._opened_before
            self._opened_before = None
            self.model.show_found(None)
        else:
            self._opened_before = set(self.tree.opened) if self._opened_before is None else self._opened_before
            found = self._asked_finder().find(wanted, self.session.today())
            self.model.show_found(found)
            opened = set(opened_by_filter(self.model.outline, found))
        self.tree.opened = opened
        self.tree.restore()
        self.bar.show_count(count_words(self.model.found, self.model.outline.snapshot))
        self._show_title()
        if current is None or not self.model.index_of(current).isValid():
            self.tree.setCurrentIndex(self.model.index(0, 0))
        else:
            self.tree.select_keys([current])
        self._on_current_changed()

    def _asked_finder(self) -> Finder:
        if self._finder is None or self._finder.outline is not self.model.outline:
            self._finder = Finder(self.model.outline, self.model.workflow, self._texts)
        return self._finder

    # --- what the user does

    def _on_current_changed(self) -> None:
        """What was typed is stored before another record takes its place; where that fails, the old one stays."""
        if self._changing:
            return
        form_key, key = self.pane.key, self.tree.current_key()
        if key != form_key and not self._is_flushed():
            if form_key is not None:
                QTimer.singleShot(0, lambda: self.tree.select_keys([form_key]))
            return
        self._show_record()

    def _is_flushed(self) -> bool:
        try:
            self.session.flush()
        except ZhenggaiError as error:
            messages.show_error(self, error)
            return False
        return True

    def _on_dropped(self, keys: list[RecordKey], parent: RecordKey | None, before: RecordKey | None) -> None:
        self.edits.put(keys, parent, before)

    def _on_menu_wanted(self, place: QPoint) -> None:
        menu = QMenu(self)
        fill_menu(menu, TREE_MENU, self._actions)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)

    def _change_sides(self) -> None:
        """From the tree into the form, from the form back to the tree."""
        if self.tree.hasFocus():
            self.pane.take_focus()
        else:
            self.tree.setFocus()
