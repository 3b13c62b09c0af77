"""The tree of a ledger on the screen: one-line rows, renaming in place, drag and drop, columns to choose."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QByteArray,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QRect,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QMenu,
    QStyledItemDelegate,
    QWidget,
)

from zhenggai_desktop.domain.changes import RecordKey
from zhenggai_desktop.gui.branch_tree import BranchTree, is_above
from zhenggai_desktop.gui.ledger_model import AnyIndex, LedgerModel
from zhenggai_desktop.gui.row_painting import RowPainter
from zhenggai_desktop.gui.tree_columns import CAPTIONS, Column

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStyleOptionViewItem

#: Widths as pixels and characters of the application's font, where there is much room, some, and little; the title
#: takes what is left. The number stands behind the indentation of four levels, the status behind its mark.
_INDENTATION, _MARK = 16, 16
_WIDTHS = {
    Column.NUMBER: (4 * _INDENTATION, 3.6, 3.6, 3.6),
    Column.STATUS: (_MARK, 5.8, 5.8, 5.6),
    Column.DEADLINE: (10, 9.5, 9.5, 5.5),
    Column.OWNER: (10, 9, 6, 3.6),
    Column.DONE: (10, 3.4, 3.4, 2.8),
}
_GOOD_TITLES = (30, 18)  # characters; where the wide and the usual widths leave less, the others are narrower
_PAUSE = 600  # milliseconds without a key after which a title that is being typed is stored
_LEAST_TITLE = 10  # characters
_ALWAYS = {Column.NUMBER, Column.TITLE}


class LedgerTree(BranchTree):
    """Shows a ``LedgerModel``. Knows what is open and selected by record, across every change of the model."""

    renamed = Signal(object, str)  # key, new title
    stored = Signal(object, str)  # the same, while it is still being typed
    menu_wanted = Signal(QPoint)

    def __init__(self, model: LedgerModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.opened: set[RecordKey] = set()
        self._restoring = False
        self._width = 0  # of what is shown, in pixels
        self._fitting = False
        self._is_set = False  # the user's own widths and columns
        self._character = 0
        self._delegate = _TitleDelegate(self)
        self._rows = model
        self.painting = RowPainter(self, model)
        self.follow(model)
        self.setAccessibleName("问题清单")
        self.setAlternatingRowColors(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setExpandsOnDoubleClick(True)
        self.setIndentation(_INDENTATION)
        self._delegate.renamed.connect(self.renamed)
        self._delegate.stored.connect(self.stored)
        self.setItemDelegateForColumn(Column.TITLE, self._delegate)
        self._arrange_header()
        self.expanded.connect(self._on_expanded)
        self.collapsed.connect(self._on_collapsed)

    # --- by record

    def selected_keys(self) -> list[RecordKey]:
        """The selected rows; the current one where none is selected."""
        selected: Any = self.selectionModel().selection()  # a list of spans, which its stub does not say
        spans = ((span.topLeft(), span.bottomRight()) for span in selected if span.isValid())
        keys = [key for first, last in spans for key in self._rows.keys_between(first, last)]
        current = self.current_key() if not keys else None
        return keys if current is None else [current]

    def current_key(self) -> RecordKey | None:
        return self._rows.key(self.currentIndex())

    def select_keys(self, keys: Iterable[RecordKey]) -> None:
        """Select rows and bring the first of them into view."""
        indexes = [index for key in keys if (index := self._rows.index_of(key)).isValid()]
        if not indexes:
            return
        for index in indexes:
            self._open_above(index)
        for at, index in enumerate(indexes):
            self._select(index, more=at > 0)
        self.scrollTo(indexes[0])

    def open_keys(self, keys: Iterable[RecordKey]) -> None:
        """Open rows; those that are not there are passed over."""
        for key in keys:
            if (index := self._rows.index_of(key)).isValid():
                self.setExpanded(index, True)

    def _select(self, index: QModelIndex, *, more: bool = False) -> None:
        """Said in full: the view's own way would look at the keys that are held, and Ctrl is held while pasting."""
        selection, flag = self.selectionModel(), QItemSelectionModel.SelectionFlag
        if more:
            selection.select(index, flag.Select | flag.Rows)
        else:
            selection.setCurrentIndex(index, flag.ClearAndSelect | flag.Rows)

    def _open_above(self, index: QModelIndex) -> None:
        above = index.parent()
        while above.isValid():
            self.setExpanded(above, True)
            above = above.parent()

    def restore(self, keys: Iterable[RecordKey] | None = None) -> None:
        """Open again what was open of ``keys``; without any, of everything: after a reset of the model."""
        wanted = set(self.opened) if keys is None else self.opened.intersection(keys)
        if not wanted:
            return
        self._restoring = True
        self.setUpdatesEnabled(False)
        self.open_keys(wanted)
        self.setUpdatesEnabled(True)
        self._restoring = False

    def rename(self, key: RecordKey) -> None:
        """Edit a row's title in place."""
        index = self._rows.index_of(key, Column.TITLE)
        if index.isValid():
            if self.selected_keys() != [key]:
                self._select(self._rows.index_of(key))
            self.scrollTo(index)
            self.edit(index)

    def commit(self) -> None:
        """Take what is being typed into a row as its title: the ledger is about to be closed, exported or undone."""
        editor = self._delegate.editor
        if editor is not None:
            self.commitData(editor)
            self._delegate.forget(editor)
            if editor in self.canvas.findChildren(QLineEdit):  # or the change took it along
                self.closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)

    # --- columns

    def column_state(self) -> str:
        """Widths and hidden columns in the header's own words; "" as long as the user has set none."""
        if not self._is_set:
            return ""
        return bytes(self.header().saveState().toBase64().data()).decode("ascii")

    def restore_columns(self, state: str) -> None:
        """What ``column_state`` gave; words of another version change nothing."""
        if state and self.header().restoreState(QByteArray.fromBase64(state.encode("ascii", "ignore"))):
            self._is_set = True
            self._fit_title()

    def column_menu(self) -> QMenu:
        """Which columns are shown, to be ticked."""
        menu = QMenu(self)
        self.fill_columns(menu)
        return menu

    def fill_columns(self, menu: QMenu) -> None:
        """The same in a menu that is there already."""
        for column in Column:
            if column not in _ALWAYS:
                action = menu.addAction(CAPTIONS[column])
                action.setCheckable(True)
                action.setChecked(not self.isColumnHidden(column))
                action.toggled.connect(lambda shown, column=column: self._show_column(column, shown=shown))

    def _show_column(self, column: Column, *, shown: bool) -> None:
        self.setColumnHidden(column, not shown)
        self._is_set = True
        self._fit_title()

    # --- what Qt reports

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._width = event.size().width()
        self._fit_columns()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and self._character:
            self.lay_out_whole()
            self._fit_columns()

    def doItemsLayout(self) -> None:
        """A row that goes takes the field for its title along."""
        super().doItemsLayout()
        editor = self._delegate.editor
        if editor is not None and editor.isHidden() and self._delegate.has_lost_its_row(self._rows):
            self.closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)

    def paintEvent(self, event: QPaintEvent) -> None:
        self.painting.begin()
        super().paintEvent(event)

    def drawRow(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        rect: QRect = option.rect  # type: ignore[attr-defined] - the stubs do not know it
        self.painting.draw(painter, rect, index)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab changes the level of rows and F6 leads to the form; in a ledger that is open to read Tab goes on."""
        return False if self._rows.editable else super().focusNextPrevChild(forward)

    def commitData(self, editor: QWidget) -> None:
        """Enter stores by a queued call: by then something else may have stored the title and closed its field."""
        if editor is self._delegate.editor:
            super().commitData(editor)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Tab ends the renaming, it does not begin the next one; Esc takes back what a pause has stored."""
        if hint == QAbstractItemDelegate.EndEditHint.RevertModelCache:
            self._delegate.take_back()
        self._delegate.forget(editor)
        super().closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        self.setFocus()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_wanted.emit(event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()  # an action's key; nothing here is "activated"
            return
        super().keyPressEvent(event)

    def _on_expanded(self, index: QModelIndex) -> None:
        key = self._rows.key(index)
        if key is not None:
            self.opened.add(key)

    def _on_collapsed(self, index: QModelIndex) -> None:
        key = self._rows.key(index)
        if key is not None and not self._restoring:
            self.opened.discard(key)
        if is_above(index, self.currentIndex()):  # what is deleted or changed next must be in sight
            self._select(index)

    def _fit_columns(self) -> None:
        """Widths that go with the letters and the room, unless the user has set his own: those go with the letters."""
        character = self.fontMetrics().horizontalAdvance("字")
        header, before = self.header(), self._character
        header.setMinimumSectionSize(character * 2)
        self._fitting = True
        try:
            if not self._is_set:
                for column, width in self._usual_widths(character).items():
                    header.resizeSection(column, width)
            elif before and before != character:
                for column in _WIDTHS:
                    if not header.isSectionHidden(column):
                        header.resizeSection(column, round(header.sectionSize(column) * character / before))
        finally:
            self._fitting = False
        self._character = character
        self._fit_title()

    def _usual_widths(self, character: int) -> dict[Column, int]:
        found: dict[Column, int] = {}
        for at, title in enumerate((*_GOOD_TITLES, 0)):
            found = {column: round(pixels + character * widths[at]) for column, (pixels, *widths) in _WIDTHS.items()}
            if self._width - sum(found.values()) >= character * title:
                break
        return found

    def _on_resized(self, column: int, _before: int, _now: int) -> None:
        if column != Column.TITLE and not self._fitting:
            self._is_set = True

    def _fit_title(self) -> None:
        """The title takes what is left, but never so little that it cannot be read: then one scrolls sideways."""
        header, least = self.header(), self.fontMetrics().horizontalAdvance("字") * _LEAST_TITLE
        others = sum(header.sectionSize(column) for column in Column if column is not Column.TITLE)
        fits = self._width - others >= least
        mode = QHeaderView.ResizeMode.Stretch if fits else QHeaderView.ResizeMode.Interactive
        if header.sectionResizeMode(Column.TITLE) != mode:
            header.setSectionResizeMode(Column.TITLE, mode)
        if not fits:
            header.resizeSection(Column.TITLE, least)

    def _arrange_header(self) -> None:
        header = self.header()
        header.setStretchLastSection(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionsMovable(False)
        header.setSectionResizeMode(Column.TITLE, QHeaderView.ResizeMode.Stretch)
        self._fit_columns()
        header.sectionResized.connect(self._on_resized)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._on_header_menu)

    def _on_header_menu(self, place: QPoint) -> None:
        menu = self.column_menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.header().mapToGlobal(place))


class _TitleDelegate(QStyledItemDelegate):
    """Renames by a signal: the model is changed by the ledger, not by the view."""

    renamed = Signal(object, str)
    stored = Signal(object, str)  # the same, while it is still being typed

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.editor: QLineEdit | None = None  # as long as a title is being typed
        self._key: RecordKey | None = None
        self._first = self._stored = ""  # the title as it was, and as a pause has stored it
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self._store)

    def createEditor(self, parent: QWidget, _option: object, index: AnyIndex) -> QWidget:
        rows = index.model()
        assert isinstance(rows, LedgerModel)
        editor = self.editor = QLineEdit(parent)
        editor.setAccessibleName("标题")
        editor.setFrame(False)
        self._key = rows.key(index)
        self._first = self._stored = index.data(Qt.ItemDataRole.EditRole)
        editor.textEdited.connect(lambda _text: self._pause.start())
        return editor

    def take_back(self) -> None:
        """The title as it was before it was typed over."""
        if self._key is not None and self._stored != self._first:
            self.renamed.emit(self._key, self._first)

    def has_lost_its_row(self, rows: LedgerModel) -> bool:
        """Whether a title is being typed that no row has any more."""
        return self._key is not None and not rows.index_of(self._key).isValid()

    def forget(self, editor: QWidget) -> None:
        """Nothing is being typed any more."""
        if self.editor is editor:
            self._pause.stop()
            self.editor = self._key = None

    def _store(self) -> None:
        """Typing that pauses is stored: a title that is not finished is not lost either."""
        if self.editor is not None and self._key is not None and self.editor.text() != self._stored:
            self._stored = self.editor.text()
            self.stored.emit(self._key, self._stored)

    def setEditorData(self, editor: QWidget, index: AnyIndex) -> None:
        assert isinstance(editor, QLineEdit)
        if not editor.isModified():  # what is being typed is not overwritten by its own echo
            editor.setText(index.data(Qt.ItemDataRole.EditRole))

    def destroyEditor(self, editor: QWidget, index: AnyIndex) -> None:
        self.forget(editor)
        super().destroyEditor(editor, index)

    def setModelData(self, editor: QWidget, _model: object, index: AnyIndex) -> None:
        assert isinstance(editor, QLineEdit)
        rows = index.model()
        assert isinstance(rows, LedgerModel)
        key = rows.key(index)
        if key is not None and editor.text() != index.data(Qt.ItemDataRole.EditRole):
            self.forget(editor)  # what follows stores everything that is typed, and this is on its way
            self.renamed.emit(key, editor.text())
