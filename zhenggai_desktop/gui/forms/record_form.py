"""The form of one record: what is typed is stored after a pause, on leaving a field, and before anything else is done.

Nothing typed is lost: a pause of 0.6 seconds stores it, ten seconds of typing without one too. A form does not
take its own words back: after storing, a field that is being typed in stays as it is.

What cannot be read, a date that is none, stays in its field and out of the ledger. It belongs to its record and its
ledger alone: where another record takes its place that is said, and before its ledger is left it is asked about.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from time import monotonic
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from zhenggai_desktop.domain.changes import Changes, RecordKey
from zhenggai_desktop.domain.records import InspectionKind, Record
from zhenggai_desktop.errors import CancelledError, ZhenggaiError
from zhenggai_desktop.gui import messages
from zhenggai_desktop.gui.forms.character_count import CharacterCount
from zhenggai_desktop.gui.forms.date_editors import DeadlineField
from zhenggai_desktop.gui.forms.deadline_note import deadline_note
from zhenggai_desktop.gui.forms.editor_making import caption_of, hint, make_cell
from zhenggai_desktop.gui.forms.editors import CheckField, ChoiceField, DepartmentField, Editor, LineField, TextField
from zhenggai_desktop.gui.forms.field_grid import Cell, FieldGrid
from zhenggai_desktop.gui.forms.form_specs import FieldSpec, GroupSpec
from zhenggai_desktop.gui.session import LedgerSession
from zhenggai_desktop.gui.style import GAP, MARGIN, plain_label
from zhenggai_desktop.texts import RECORD_NAMES, in_terms

PAUSE = 600  # milliseconds without a key after which typed text is stored
_LONGEST_WAIT = 10.0  # seconds of typing without a pause
_BACK, _DROP = "返回修改", "放弃这几个字"


class RecordForm(QScrollArea):
    """Fields of one record type, bound to one record at a time by ``show_record``."""

    stored = Signal()
    told = Signal(str)  # that words which could not be stored went with their record

    def __init__(
        self,
        session: LedgerSession,
        record_type: type[Record],
        groups: Sequence[GroupSpec],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self.record_type = record_type
        self._record: Any = None
        self._dirty: dict[str, None] = {}  # a set that keeps the order of typing
        self._dirty_since = 0.0
        self._storing: frozenset[str] = frozenset()  # fields of which the ledger hears at this moment
        self.editors: dict[str, Editor] = {}
        self._problems: dict[str, Any] = {}
        self._grids: list[FieldGrid] = []
        self._hints: dict[str, str] = {}
        self._counts: dict[str, CharacterCount] = {}
        self._terms: list[tuple[str, Callable[[str], object]]] = []  # words that follow 巡察 or 巡视, and who says them
        self._kind = InspectionKind.XUNCHA
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        self._timer.timeout.connect(self._on_pause)
        self._warning = plain_label()
        self._warning.setProperty("warning", True)
        self._warning.setWordWrap(True)
        self._warning.hide()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(self._sheet(groups))
        session.add_flusher(self.flush)
        session.add_closer(self._ask_about_unstored)
        session.leaving.connect(self._leave_record)
        session.changed.connect(self._on_changed)

    # --- what is shown

    @property
    def key(self) -> RecordKey | None:
        """The record that is shown."""
        return None if self._record is None else (self.record_type, self._record.id)

    def show_record(self, record: Record | None) -> None:
        """Show a record: another one (what was typed into the old one must be stored), or the same after a change.

        What could not be stored goes with the old one, and is told.
        """
        other = record is None or self._record is None or (record.id, record.uid) != (self._record.id, self._record.uid)
        if other:
            self._say_unstored()
            self._leave_record()
        self._record = record
        self.setEnabled(record is not None)
        if record is None:
            return
        self._follow_terms()
        if other:
            self.verticalScrollBar().setValue(0)
        for name, editor in self.editors.items():
            if isinstance(editor, DepartmentField):
                editor.set_departments([(one.name, one.id) for one in self._session.snapshot.departments])
            if name in self._dirty:
                continue
            value = getattr(record, name)
            if other or editor.value() != value or editor.problem():
                editor.set_value(value)
            self._show_problem(name)

    def _follow_terms(self) -> None:
        kind = self._session.snapshot.facts.kind
        if kind is not self._kind:
            self._kind = kind
            for words, say in self._terms:
                say(in_terms(words, kind))

    def _in_terms(self, words: str, say: Callable[[str], object]) -> None:
        """Have words said anew whenever the ledger goes over to the other term."""
        if in_terms(words, InspectionKind.XUNSHI) != words:
            self._terms.append((words, say))

    def set_read_only(self, read_only: bool) -> None:
        for editor in self.editors.values():
            editor.set_read_only(read_only)

    def set_inherited(self, words: Mapping[str, str]) -> None:
        """What counts for a field as long as it is empty, shown in grey: “同问题：王科长”."""
        for name, editor in self.editors.items():
            if isinstance(editor, LineField | TextField):
                text = words.get(name) or self._hints[name]
                if editor.placeholderText() != text:
                    editor.setPlaceholderText(text)
            elif isinstance(editor, ChoiceField) and name in words:
                editor.set_caption(None, words[name])

    def set_hint(self, name: str, words: str) -> None:
        """What may be written into a line or a text, where only the ledger knows it."""
        editor = self.editors[name]
        assert isinstance(editor, LineField | TextField), "only what is typed has a hint"
        self._hints[name] = words
        hint(editor, words)

    def set_suggestions(self, values: Mapping[str, Sequence[str]]) -> None:
        """Values already used, by field."""
        for name, editor in self.editors.items():
            if isinstance(editor, LineField) and name in values:
                editor.set_suggestions(values[name])

    # --- storing

    def flush(self) -> None:
        """Store what was typed. ZhenggaiError where that fails; the words then stay in their fields."""
        self._timer.stop()
        if self._record is None or not self._dirty or self._storing or self._session.read_only:
            return
        values = {name: self.editors[name].value() for name in self._dirty if not self.editors[name].problem()}
        if not values:  # what cannot be read is nothing to be stored
            return
        self._storing = frozenset(values)
        try:
            self._store(values)
        except ZhenggaiError as error:
            self._warn(f"还没有保存：{error}")
            raise
        finally:
            self._storing = frozenset()
        for name in values:
            self._dirty.pop(name, None)
        self._dirty_since = monotonic()
        self._warning.hide()
        self.stored.emit()

    def _store(self, values: Mapping[str, Any]) -> None:
        from zhenggai_desktop.services import editing  # noqa: PLC0415 - see the session

        key, today = self.key, self._session.today()
        assert key is not None
        # dirty fields are spared by the echo, so they stay marked until the step is over
        self._session.write(lambda ledger: editing.set_fields(ledger, key, values, today=today))

    def _on_edited(self, name: str) -> None:
        if self._record is None:
            return
        if not self._dirty:
            self._dirty_since = monotonic()
        self._dirty[name] = None
        self._show_problem(name)
        if isinstance(self.editors[name], CheckField | ChoiceField):
            self._on_pause()
        elif monotonic() - self._dirty_since < _LONGEST_WAIT or not self._timer.isActive():
            self._timer.start()

    def _on_pause(self) -> None:
        """A failure is told in the form; it is tried again with the next key and before anything else is done."""
        try:
            self.flush()
        except ZhenggaiError:
            return

    def _on_left(self, name: str) -> None:
        self._on_pause()
        if self._record is not None:
            self._show_problem(name)

    # --- letting go

    def _leave_record(self) -> None:
        """The one way to forget: nothing that stands in the fields belongs to any record from now on."""
        self._timer.stop()
        self._record = None
        self._dirty.clear()
        self._warning.hide()

    def _on_changed(self, changes: Changes) -> None:
        """A record that is gone takes along what could not be stored in it, wherever its form is."""
        if self.key in changes.removed:
            self.show_record(None)

    def _unstored(self) -> list[str]:
        """The words that are not in the ledger, each with why."""
        found: list[str] = []
        for name in self._dirty:
            if name in self._storing:  # the step is done, its echo brought another record
                continue
            editor = self.editors[name]
            if isinstance(editor, LineField | TextField) and self._record is not None:
                words = editor.text() if isinstance(editor, LineField) else editor.toPlainText()
                where = f"{RECORD_NAMES[self.record_type]}的“{editor.accessibleName()}”"
                reason = f"：{problem}" if (problem := editor.problem()) else ""
                found.append(f"{where}里写的“{' '.join(words.split())}”没有存上{reason}。")
        return found

    def _say_unstored(self) -> None:
        if unstored := self._unstored():
            self.told.emit("".join(unstored))

    def _ask_about_unstored(self) -> None:
        """The ledger is about to be left. CancelledError where the user rather stays, in the field."""
        text, choices = "".join(self._unstored()), [_DROP, _BACK]
        if not text:
            return
        if messages.ask(self.window(), text, "可以返回改好，也可以放弃。", choices, default=_BACK) == _BACK:
            self.editors[next(iter(self._dirty))].setFocus()
            raise CancelledError
        self._take_back()

    def _take_back(self) -> None:
        """The fields say what the ledger says."""
        record = self._record
        self._leave_record()
        self.show_record(record)

    # --- arranging

    def _sheet(self, groups: Sequence[GroupSpec]) -> QWidget:
        sheet = QWidget()
        sheet.setAutoFillBackground(True)
        sheet.setBackgroundRole(QPalette.ColorRole.Base)
        layout = QVBoxLayout(sheet)
        layout.setContentsMargins(MARGIN, GAP + 4, MARGIN, MARGIN)
        layout.setSpacing(GAP)
        layout.addWidget(self._warning)
        for group in groups:
            if group.heading:
                layout.addSpacing(GAP)
                heading = plain_label(group.heading, bold=True)
                layout.addWidget(heading)
                self._in_terms(group.heading, heading.setText)
            self._grids.append(FieldGrid([self._cell(spec) for spec in group.fields]))
            layout.addLayout(self._grids[-1])
        layout.addStretch(1)
        return sheet

    def _cell(self, spec: FieldSpec) -> Cell:
        editor, cell = make_cell(self.record_type, spec, self._basis)
        if spec.limit and cell.label is not None and isinstance(editor, TextField):
            self._counts[spec.name] = CharacterCount(cell.label, editor, spec.limit)
        editor.edited.connect(lambda: self._on_edited(spec.name))
        editor.left.connect(lambda: self._on_left(spec.name))
        self.editors[spec.name] = editor
        self._problems[spec.name] = cell.problem
        self._hints[spec.name] = editor.placeholderText() if isinstance(editor, LineField | TextField) else ""
        caption = caption_of(self.record_type, spec)
        self._in_terms(caption, editor.setAccessibleName)
        if cell.label is not None:
            self._in_terms(caption, cell.label.setText)
        self._in_terms(spec.hint, partial(self.set_hint, spec.name))
        if isinstance(editor, ChoiceField) and spec.name != "kind":  # which is the switch itself
            for words, value in spec.choices:
                self._in_terms(words, partial(editor.set_caption, value))
        return cell

    def resizeEvent(self, event: QResizeEvent) -> None:
        width, character = event.size().width() - 2 * MARGIN, self.fontMetrics().horizontalAdvance("字")
        for grid in self._grids:  # first: the sheet gets the height that its fields need in their new places
            grid.fit(width, character)
        super().resizeEvent(event)

    def _basis(self) -> tuple[dt.date | None, dt.date]:
        return self._session.snapshot.facts.feedback_date, self._session.today()

    def _show_problem(self, name: str) -> None:
        words, label = self.editors[name].problem(), self._problems[name]
        if name in self._counts:
            words = words or self._counts[name].show()
        editor = self.editors[name]
        if isinstance(editor, DeadlineField) and name not in self._dirty and not editor.hasFocus():  # not while typing
            words = words or deadline_note(self._record, self._session.snapshot.facts.feedback_date)
        if label.text() != words:
            label.setText(words)
        if label.isHidden() == bool(words):
            label.setVisible(bool(words))

    def _warn(self, sentence: str) -> None:
        self._warning.setText(sentence)
        self._warning.show()
