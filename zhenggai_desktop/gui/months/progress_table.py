"""The table of 本周进展: the cell with the keyboard is a field, so that an input method is never disturbed.

Enter goes down the column, as in a spreadsheet; Shift+Enter up; Ctrl+Enter enters everything.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent, QTextCursor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QPlainTextEdit,
    QStyledItemDelegate,
    QTableView,
    QWidget,
)

from zhenggai_desktop.domain.changes import RecordKey
from zhenggai_desktop.gui.forms.editors import is_undo
from zhenggai_desktop.gui.months.progress_model import AnyIndex, Column, ProgressModel, one_line

_CELL_MARGIN = 6  # pixels
_WIDEST_NUMBER = 10  # characters
_WIDTHS = {Column.NUMBER: 4.6, Column.DEPARTMENT: 6, Column.REPORTER: 5}  # characters
_SHARES = {Column.TITLE: 0.32, Column.LAST: 0.28, Column.TEXT: 0.40}  # of what is left
_LINES = 2  # of text in a row
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ProgressTable(QTableView):
    """Shows a ``ProgressModel``."""

    enter_wanted = Signal()  # Ctrl+Enter
    record_wanted = Signal(int)  # the line that was double-clicked
    typing = Signal()  # a key in the field of a line

    def __init__(self, model: ProgressModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = model
        self._left: tuple[RecordKey, int, int] | None = None  # of the open field, while its lines come anew
        self.setModel(model)
        model.modelAboutToBeReset.connect(self._note_field)
        model.modelReset.connect(self._fit_number)
        model.modelReset.connect(self._open_again)  # after the table has heard of it
        self._delegate = _Delegate(self)
        self.setItemDelegate(self._delegate)
        self._delegate.moved.connect(self._move)
        self._delegate.entered.connect(self.enter_wanted)
        self._delegate.typing.connect(self.typing)
        self.setAccessibleName("本周进展")
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.CurrentChanged | trigger.SelectedClicked | trigger.AnyKeyPressed)
        self.setTabKeyNavigation(False)
        self.setWordWrap(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)  # columns share the width
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().lineSpacing() * _LINES + 8)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.doubleClicked.connect(self._on_double)
        self.verticalScrollBar().rangeChanged.connect(lambda _least, _most: self._fit())

    def start_at(self, row: int) -> None:
        """The keyboard into the field of a line."""
        index = self.model().index(row, Column.TEXT)
        if index.isValid():
            self.setFocus()
            self.setCurrentIndex(index)
            if self.state() != QAbstractItemView.State.EditingState:
                self.edit(index)

    def commit(self) -> None:
        """Take what is being typed into the model; the field stays as it is."""
        self._delegate.store()

    @property
    def typed(self) -> tuple[int, str]:
        """The line in whose field is being typed, and its words; (-1, "") where none is."""
        words = self._delegate.words
        return (-1, "") if words is None else (self.currentIndex().row(), words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self.start_at(0)

    def _note_field(self) -> None:
        field, row = self._delegate.field, self.currentIndex().row()
        if field is None or not field.hasFocus() or row < 0:
            self._left = None
        else:
            self._left = self._lines.lines[row].key, row, field.textCursor().position()

    def _open_again(self) -> None:
        """Whoever types in a field goes on typing there, wherever its line is now; one is near that is no more."""
        if self._left is None or not self._lines.lines:
            return
        (key, near, cursor), self._left = self._left, None
        keys = [line.key for line in self._lines.lines]
        self.start_at(keys.index(key) if key in keys else min(near, len(keys) - 1))
        field = self._delegate.field
        if field is not None and key in keys:
            place = field.textCursor()
            place.setPosition(min(cursor, len(field.toPlainText())))
            field.setTextCursor(place)

    def _fit(self) -> None:
        character = self.fontMetrics().horizontalAdvance("字")
        fixed = {column: round(width * character) for column, width in _WIDTHS.items()}
        fixed[Column.NUMBER] = max(fixed[Column.NUMBER], self._number_width())
        room = self.viewport().width() - sum(fixed.values())
        widths = {**fixed, **{column: round(room * share) for column, share in _SHARES.items()}}
        for column, width in widths.items():
            self.setColumnWidth(column, max(width, character * 4))

    def _fit_number(self) -> None:
        """“1-1-1-措1” is not broken; where there is room for it, widths that were dragged stay."""
        if self.columnWidth(Column.NUMBER) < self._number_width():
            self._fit()

    def _number_width(self) -> int:
        metrics = self.fontMetrics()
        longest = max((line.number for line in self._lines.lines), key=len, default="")
        return min(
            metrics.horizontalAdvance(longest) + 2 * _CELL_MARGIN, _WIDEST_NUMBER * metrics.horizontalAdvance("字")
        )

    def _move(self, by: int) -> None:
        row = self.currentIndex().row() + by
        if 0 <= row < self.model().rowCount():
            self.start_at(row)

    def _on_double(self, index: QModelIndex) -> None:
        if index.column() != Column.TEXT:
            self.record_wanted.emit(index.row())


class _Delegate(QStyledItemDelegate):
    """A field for the cell in which is typed; what is typed is stored when the field is left."""

    moved = Signal(int)  # lines down (+1) or up (-1)
    entered = Signal()
    typing = Signal()

    def __init__(self, table: QTableView) -> None:
        super().__init__(table)
        self._editor: QPlainTextEdit | None = None
        self._is_filled = False  # the field has the words of its line
        self._storing = False

    @property
    def field(self) -> QPlainTextEdit | None:
        """The field that is open."""
        return self._editor

    @property
    def words(self) -> str | None:
        """What stands in the field; None without one."""
        return None if self._editor is None else self._editor.toPlainText()

    def store(self) -> None:
        if self._editor is not None:
            self.commitData.emit(self._editor)

    def initStyleOption(self, option: Any, index: AnyIndex) -> None:
        super().initStyleOption(option, index)
        option.decorationAlignment = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter

    def createEditor(self, parent: QWidget, _option: object, _index: AnyIndex) -> QWidget:
        editor = QPlainTextEdit(parent)
        editor.setUndoRedoEnabled(False)
        editor.setTabChangesFocus(True)
        editor.setAccessibleName("本次进展")
        editor.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        editor.document().setDocumentMargin(2)
        editor.textChanged.connect(self.typing)
        self._editor, self._is_filled = editor, False
        return editor

    def destroyEditor(self, editor: QWidget, index: AnyIndex) -> None:
        if editor is self._editor:
            self._editor = None
        super().destroyEditor(editor, index)

    def setEditorData(self, editor: QWidget, index: AnyIndex) -> None:
        """Its own echo leaves the field as it is: with its blanks at the end, its cursor, what is being composed."""
        assert isinstance(editor, QPlainTextEdit)
        text = index.data(Qt.ItemDataRole.EditRole)
        if self._storing or one_line(editor.toPlainText()) == text:
            self._is_filled = True
            return
        editor.setPlainText(text)
        if self._is_filled:
            editor.moveCursor(QTextCursor.MoveOperation.End)
        else:
            editor.selectAll()
        self._is_filled = True

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: AnyIndex) -> None:
        assert isinstance(editor, QPlainTextEdit)
        self._storing = True
        try:
            model.setData(index, editor.toPlainText(), Qt.ItemDataRole.EditRole)
        finally:
            self._storing = False

    def updateEditorGeometry(self, editor: QWidget, option: Any, _index: AnyIndex) -> None:
        editor.setGeometry(option.rect)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if is_undo(event):
            event.ignore()
            return True
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            if event.key() in _ENTER:
                self.store()
                if control:
                    self.entered.emit()
                else:
                    self.moved.emit(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
                return True
            if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and self._at_edge(event.key()):
                self.store()
                self.moved.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
                return True
            if event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
                self.store()
                return False
        return super().eventFilter(editor, event)

    def _at_edge(self, key: int) -> bool:
        """True on the first (last) line of a text, from where an arrow leaves the field."""
        assert self._editor is not None
        cursor = self._editor.textCursor()
        before = cursor.position()
        move = cursor.MoveOperation.Up if key == Qt.Key.Key_Up else cursor.MoveOperation.Down
        cursor.movePosition(move)
        return cursor.position() == before
