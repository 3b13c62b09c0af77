"""Records of one kind that belong to something: a list to choose from, and the form of the chosen one below it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeySequence, QPalette, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QPushButton, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from zhenggai_desktop.domain.changes import RecordKey
from zhenggai_desktop.domain.records import (
    ClosingStep,
    Department,
    Evidence,
    InspectedUnit,
    LogEntry,
    Outcome,
    Person,
    PublicComment,
    Record,
    ReviewOpinion,
    Section,
)
from zhenggai_desktop.errors import ZhenggaiError
from zhenggai_desktop.gui import messages
from zhenggai_desktop.gui.focus_entry import lead_focus
from zhenggai_desktop.gui.forms.form_specs import FORMS
from zhenggai_desktop.gui.forms.record_form import RecordForm
from zhenggai_desktop.gui.session import LedgerSession
from zhenggai_desktop.gui.style import GAP, MARGIN
from zhenggai_desktop.gui.wrapped_row import WrappedRow
from zhenggai_desktop.texts import RECORD_NAMES, field_name, in_terms, value_text

#: Columns of each list; the last takes what is left.
COLUMNS: Mapping[type[Record], tuple[str, ...]] = {
    LogEntry: ("entered_on", "reporter", "text"),
    Outcome: ("kind", "number", "unit", "title"),
    Evidence: ("file_name", "category", "title"),
    ClosingStep: ("step", "taken_on", "result", "opinion"),
    InspectedUnit: ("short_name", "name"),
    Section: ("category", "title"),
    Department: ("short_name", "name"),
    Person: ("name", "post", "public_role"),
    ReviewOpinion: ("body", "given_on", "adopted", "text"),
    PublicComment: ("received_on", "answered_by", "text"),
}
_ORDERED = {InspectedUnit, Section, Department, Person}
_WIDTH = 12  # characters at most of a column that is not the last
_ROWS = 5  # of the list; more are scrolled


class RecordList(QWidget):
    """Shows what hangs on ``owner``; None is the ledger itself."""

    counted = Signal(int)
    told = Signal(str)

    def __init__(
        self,
        session: LedgerSession,
        record_type: type[Record],
        parent: QWidget | None = None,
        *,
        confirm: Callable[[RecordKey], bool] | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._type = record_type
        self._owner: RecordKey | None = None
        self._confirm = confirm or (lambda _key: True)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.rows = self._tree()
        self.form = RecordForm(session, record_type, FORMS[record_type])
        self.form.told.connect(self.told)
        self.buttons: dict[str, QPushButton] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, GAP, 0, 0)
        layout.setSpacing(GAP)
        for calls in self._calls():
            layout.addWidget(self._button_row(calls))
        beside = QHBoxLayout()
        beside.setContentsMargins(MARGIN, 0, MARGIN, 0)
        beside.addWidget(self.rows)
        layout.addLayout(beside, 60)  # of the room beyond its rows, as far as they may have it
        layout.addWidget(self.form, 100)
        layout.addStretch(1)
        delete = QShortcut(QKeySequence(Qt.Key.Key_Delete), self.rows, self.remove)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)  # as an argument beside a function it is passed over
        self.rows.currentItemChanged.connect(self._on_current)
        session.leaving.connect(self._on_leaving)
        lead_focus(self, self.rows)

    def show_owner(self, owner: RecordKey | None) -> None:
        """List what belongs to something else, or the same after a change."""
        from zhenggai_desktop.services.attachments import records_on  # noqa: PLC0415 - see the session

        chosen = None if owner != self._owner else self.current_key()
        self._owner = owner
        records = records_on(self._session.snapshot, self._type, owner) if self._session.is_open else []
        self._fill(records, chosen)
        self._follow_terms()
        self._show_buttons()
        self.form.set_read_only(self._session.read_only)
        self.counted.emit(len(records))

    def _follow_terms(self) -> None:
        name, kind = RECORD_NAMES[self._type], self._session.snapshot.facts.kind
        self.rows.setAccessibleName(in_terms(name, kind))
        add = self.buttons.get(f"新增{name}")
        if add is not None:
            add.setText(in_terms(f"新增{name}", kind))

    def current_key(self) -> RecordKey | None:
        """The chosen record."""
        chosen = self.rows.selectedItems()
        return (self._type, chosen[0].data(0, Qt.ItemDataRole.UserRole)) if chosen else None

    def _show_buttons(self) -> None:
        for button in self.buttons.values():
            button.setEnabled(not self._session.read_only)

    def add(self) -> None:
        """A new record, ready to be typed into."""
        from zhenggai_desktop.services.attachments import add_to  # noqa: PLC0415

        owner, today = self._owner, self._session.today()
        key = self._done(lambda: self._session.edit(lambda ledger: add_to(ledger, self._type, owner, today=today)))
        if key is not None:
            self._choose(key)
            next(iter(self.form.editors.values())).setFocus()

    def remove(self) -> None:
        """Delete the chosen record."""
        from zhenggai_desktop.services.attachments import remove_from  # noqa: PLC0415

        key, owner = self.current_key(), self._owner
        if key is not None and not self._session.read_only and self._confirm(key):
            self._done(lambda: self._session.edit(lambda ledger: remove_from(ledger, key, owner)))

    def move(self, by: int) -> None:
        """Move the chosen record up (-1) or down (+1)."""
        from zhenggai_desktop.services.attachments import move_in_list  # noqa: PLC0415

        key = self.current_key()
        if key is not None:
            self._done(lambda: self._session.edit(lambda ledger: move_in_list(ledger, key, by)))

    # --- inside

    def _tree(self) -> QTreeWidget:
        rows = QTreeWidget()
        rows.setRootIsDecorated(False)
        rows.setProperty("boxed", True)
        rows.setUniformRowHeights(True)
        rows.setAccessibleName(RECORD_NAMES[self._type])
        rows.setHeaderLabels([field_name(self._type, name) for name in COLUMNS[self._type]])
        rows.header().setSectionResizeMode(len(COLUMNS[self._type]) - 1, QHeaderView.ResizeMode.Stretch)
        return rows

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        """Room for the list by the letters and the page; its short columns as wide as what they say."""
        character = self.rows.fontMetrics().horizontalAdvance("字")
        line = character * 2
        self.rows.setMaximumHeight(max(line * (_ROWS + 1), self.height() * 2 // 5))
        self.rows.setMinimumHeight(line * 3)  # with large letters on a small screen there is room for no more
        header = self.rows.header()
        for column in range(len(COLUMNS[self._type]) - 1):
            needed = max(self.rows.sizeHintForColumn(column), header.sectionSizeHint(column)) + character
            header.resizeSection(column, min(needed, character * _WIDTH))

    def _calls(self) -> list[dict[str, Callable[[], None]]]:
        """What the buttons above the list do, by their words, in rows."""
        calls: dict[str, Callable[[], None]] = {f"新增{RECORD_NAMES[self._type]}": self.add, "删除": self.remove}
        if self._type in _ORDERED:
            calls |= {"上移": lambda: self.move(-1), "下移": lambda: self.move(1)}
        return [calls]

    def _cell(self, record: Any, name: str) -> str:
        """What a column says of a record, on one line."""
        return " ".join(value_text(getattr(record, name)).split())

    def _button_row(self, calls: Mapping[str, Callable[[], None]]) -> QWidget:
        buttons = {caption: QPushButton(caption) for caption in calls}
        for caption, call in calls.items():
            buttons[caption].clicked.connect(call)
        self.buttons |= buttons
        return _Buttons(list(buttons.values()))

    def _fill(self, records: list[Any], chosen: RecordKey | None) -> None:
        self.rows.blockSignals(True)
        if [record.id for record in records] != self._ids():
            self.rows.clear()
            for record in records:
                item = QTreeWidgetItem()
                item.setData(0, Qt.ItemDataRole.UserRole, record.id)
                self.rows.addTopLevelItem(item)
        items = self._items()
        for item, record in zip(items, records, strict=True):
            for column, name in enumerate(COLUMNS[self._type]):
                item.setText(column, self._cell(record, name))
        ids = self._ids()
        at = ids.index(chosen[1]) if chosen is not None and chosen[1] in ids else 0
        if items:
            self.rows.setCurrentItem(items[at])
        self.rows.blockSignals(False)
        self._fit()
        self.form.show_record(records[at] if records else None)
        self.form.setVisible(bool(records))

    def _ids(self) -> list[int]:
        return [item.data(0, Qt.ItemDataRole.UserRole) for item in self._items()]

    def _items(self) -> list[QTreeWidgetItem]:
        found = (self.rows.topLevelItem(at) for at in range(self.rows.topLevelItemCount()))
        return [item for item in found if item is not None]

    def _choose(self, key: RecordKey) -> None:
        ids = self._ids()
        if key[1] in ids:
            self.rows.setCurrentItem(self._items()[ids.index(key[1])])

    def _on_current(self, _item: QTreeWidgetItem | None, _before: QTreeWidgetItem | None) -> None:
        """What was typed is stored before another record takes its place; where that fails, the old one stays."""
        if self._done(self._session.flush, failed=False) is False:
            if self.form.key is not None:
                with QSignalBlocker(self.rows):
                    self._choose(self.form.key)
            return
        self.show_owner(self._owner)

    def _on_leaving(self) -> None:
        """Another ledger is listed from its first record, whatever was chosen in this one."""
        self._owner = None
        with QSignalBlocker(self.rows):
            self.rows.clear()

    def _done(self, work: Callable[[], Any], failed: Any = None) -> Any:
        try:
            return work()
        except ZhenggaiError as error:
            messages.show_error(self, error)
            return failed


class _Buttons(QWidget):
    """A row of buttons, on further lines where there is no room for one.

    It fits its height itself: asked for the height to its width, the whole page would be as high as its list and its
    form would like to be, and scroll.
    """

    def __init__(self, buttons: Sequence[QPushButton], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = WrappedRow(*buttons, spacing=GAP)
        self._row.setContentsMargins(MARGIN, 0, MARGIN, 0)
        self.setLayout(self._row)

    def hasHeightForWidth(self) -> bool:
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:  # a button came or went
            self._fit()
        return done

    def _fit(self) -> None:
        height = self._row.heightForWidth(self.width())
        if height != self.height():
            self.setFixedHeight(height)
