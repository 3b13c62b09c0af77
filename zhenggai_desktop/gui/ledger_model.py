"""The ledger as a tree for Qt: sections, issues, sub-issues and measures with number, title, status, deadline, owner.

Rows are known by integers only (a record's id with its kind), never by Python objects: Qt keeps no references, so an
index that outlives a change cannot crash the program. Where rows stand is known to ``ListedRows``, what they say to
``RowWords``; here is what Qt asks and is told. A view asks thousands of times for one painting: answers are looked
up, not worked out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from os import urandom
from typing import Any, NamedTuple

from PySide6.QtCore import (
    QAbstractItemModel,
    QMimeData,
    QModelIndex,
    QModelRoleDataSpan,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QIcon

from zhenggai_desktop.domain.changes import Changes, RecordKey
from zhenggai_desktop.domain.filters import Found
from zhenggai_desktop.domain.outline import Outline
from zhenggai_desktop.domain.records import Section, Snapshot, Status
from zhenggai_desktop.domain.workflow import Workflow
from zhenggai_desktop.gui.listed_rows import ListedRows
from zhenggai_desktop.gui.row_drag import ROWS_MIME, dragged_rows, may_stand, rows_data
from zhenggai_desktop.gui.row_words import RowWords
from zhenggai_desktop.gui.session import this_day
from zhenggai_desktop.gui.status_marks import late_icon, status_icon
from zhenggai_desktop.gui.tree_columns import CAPTIONS, Column
from zhenggai_desktop.gui.tree_rows import (
    KINDS,
    ROOT,
    TreeRecord,
    below_in,
    concerned_nodes,
    is_rearranged,
    is_shifted,
    is_whole,
    kind_and_id,
    knows,
    node_of,
    parent_of,
    record_in,
    touched_records,
)

AnyIndex = QModelIndex | QPersistentModelIndex
_FEW = 200  # touched records; rows of more are listed anew at once instead of one by one
_COLUMNS = len(Column)
_ROWS_ALONE = QAbstractItemModel.LayoutChangeHint.VerticalSortHint  # columns stay: headers need not look
_TITLE, _STATUS, _DEADLINE = int(Column.TITLE), int(Column.STATUS), int(Column.DEADLINE)
_SECTION = KINDS.index(Section)
_ROOM = Qt.ItemFlag.ItemIsDropEnabled  # joined once: Qt asks for each cell of each row it looks at
_TO_READ = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
_TO_MOVE = _TO_READ | Qt.ItemFlag.ItemIsDragEnabled | _ROOM
_TO_RENAME = _TO_MOVE | Qt.ItemFlag.ItemIsEditable


class PaintedRow(NamedTuple):
    """What a row says by ``Column``, how many rows stand above it, whether there are some below it, and its marks."""

    texts: tuple[str, ...]
    depth: int
    status: Status | None
    has_rows: bool
    is_late: bool
    is_section: bool


class LedgerModel(QAbstractItemModel):
    """Reads a snapshot; knows neither files nor how the ledger is changed. A drop is asked for by ``dropped``."""

    dropped = Signal(object, object, object)  # keys, key of the parent or None, key in front of which or None

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.today: Callable[[], dt.date] = this_day
        self.editable = False
        self._section_font = QFont()
        self._section_font.setBold(True)
        self._answers: dict[int, Callable[[int, int], Any]] = {
            Qt.ItemDataRole.DisplayRole: self._text,
            Qt.ItemDataRole.EditRole: self._text,
            Qt.ItemDataRole.ToolTipRole: self._hint,
            Qt.ItemDataRole.DecorationRole: self._mark,
            Qt.ItemDataRole.FontRole: self._font,
            Qt.ItemDataRole.AccessibleTextRole: self._spoken,
        }
        self._own_word = urandom(8).hex()  # of the rows that are dragged here; those of another window have another
        self._replaced: set[int] | None = set()  # rows that came anew with the last change of the tree
        empty = Outline(Snapshot())
        self._rows = ListedRows(empty)
        self._words = RowWords(empty, lambda: self.today())  # noqa: PLW0108 - it may be set later

    # --- what the window asks

    @property
    def outline(self) -> Outline:
        return self._rows.outline

    @property
    def workflow(self) -> Workflow:
        return self._words.workflow

    @property
    def found(self) -> Found | None:
        """What a filter left; None where everything is shown."""
        return self._rows.found

    def record(self, index: AnyIndex) -> TreeRecord | None:
        """The record of a row; None for no row."""
        return record_in(self.outline, index.internalId()) if index.isValid() else None

    def key(self, index: AnyIndex) -> RecordKey | None:
        """The record of a row by type and id, good across changes; None for no row."""
        record = self.record(index)
        return None if record is None else (type(record), record.id)

    def keys_between(self, first: AnyIndex, last: AnyIndex) -> list[RecordKey]:
        """The records of rows that stand below each other in one branch."""
        here = self._rows.below(self._rows.above(first.internalId()))
        return [kind_and_id(node) for node in here[first.row() : last.row() + 1]]

    def index_of(self, key: RecordKey, column: int = 0) -> QModelIndex:
        """The row of a record; an invalid index where the ledger holds no such record or a filter hides it."""
        kind, record_id = key
        if kind not in KINDS:
            return QModelIndex()
        node = node_of(kind, record_id)
        is_there = knows(self.outline, node) and self._rows.shows(node)
        return self._index(node, column) if is_there else QModelIndex()

    def number(self, record: TreeRecord) -> str:
        """“2”, “2-1”, “2-1-3”; a measure is counted within its issue as “措施1”."""
        return self._words.number(record)

    def came_anew(self) -> set[RecordKey] | None:
        """The rows that the last change of the tree put in, with all below them; None where all are new."""
        return None if self._replaced is None else {kind_and_id(node) for node in self._with_below(self._replaced)}

    def _with_below(self, nodes: Iterable[int]) -> Iterator[int]:
        for node in nodes:
            yield node
            yield from self._with_below(node_of(type(row), row.id) for row in below_in(self.outline, node))

    def painted_row(self, index: AnyIndex, day: dt.date) -> PaintedRow:
        """All that is painted of a row, in one answer; ``day`` decides what is late."""
        node = index.internalId()
        depth = sum(1 for _ in self._rows.line_up(node)) - 1
        texts, (status, is_late) = self._words.texts(node), self._words.marks(node, day)
        has_rows = bool(self._rows.below(node))
        return PaintedRow(texts, depth, status, has_rows, is_late, node % len(KINDS) == _SECTION)

    # --- another state of the ledger

    def show_snapshot(self, snapshot: Snapshot, changes: Changes | None = None, outline: Outline | None = None) -> bool:
        """Show another state of the ledger: another ledger without ``changes``, then in full. False where the rows
        stayed and only what changed is drawn again; else ``came_anew`` says which are new. ``outline`` is that of the
        snapshot, where somebody has it."""
        self._replaced = set()
        if changes is None:
            self._reset(outline or Outline(snapshot), None)
            return True
        old, outline = self.outline, outline or self.outline.after(snapshot, changes)
        if not is_whole(outline):
            self._reset(Outline(snapshot), changes)
            return True
        if not is_rearranged(old, outline, changes):
            self._use(outline)
            self._redraw(concerned_nodes(old, outline, changes))
            return False
        if self.found is None and len(changes.touched) <= _FEW:
            self._rearrange(outline, changes)
        else:
            self._reset(outline, changes)
        return True

    def show_found(self, found: Found | None) -> None:
        """Show only what a filter left, with what stands above it; None shows everything."""
        self.beginResetModel()
        self._rows.begin_anew(self.outline, found)
        self._words.forget_all()
        self.endResetModel()

    def _use(self, outline: Outline) -> None:
        self._rows.outline = outline
        self._words.follow(outline)

    def _reset(self, outline: Outline, changes: Changes | None) -> None:
        """Everything anew: rows below those at the top are listed when they are asked for."""
        self.beginResetModel()
        found = None if changes is None else _found_after(self.found, outline, changes)
        self._use(outline)
        self._rows.begin_anew(outline, found)
        self._words.forget_all()
        self.endResetModel()
        self._replaced = None

    def _rearrange(self, outline: Outline, changes: Changes) -> None:
        """Rows below the parents that are concerned come, go and change places in one layout, whose parents it tells:
        a view needs to look at no others. Rows that stay somewhere stay open and selected."""
        rows, old = self._rows, self.outline
        was, now = (touched_records(state, changes) for state in (old, outline))
        parents = {parent_of(record) for state in (was, now) for record in state.values()}
        staying = [node for node in parents if node == ROOT or (knows(old, node) and knows(outline, node))]
        before = {node: rows.below(node) for node in staying}  # what Qt asks for in between is listed as it was
        wanted = {node: [node_of(type(row), row.id) for row in below_in(outline, node)] for node in staying}
        changed = {node: wanted[node] for node in staying if before[node] != wanted[node]}
        turned = {rows.above(node) for node in changed if node != ROOT and bool(before[node]) != bool(wanted[node])}
        held, displaced = list[QModelIndex](), set[int]()
        laid_out = [QPersistentModelIndex(self._parent_index(node)) for node in changed.keys() | turned]
        if laid_out:
            _laid_out(self.layoutAboutToBeChanged).emit(laid_out, _ROWS_ALONE)
            held = self.persistentIndexList()
            displaced = rows.replace(changed)
            self._words.forget(node for node in displaced if not rows.has_place(node))
            self._words.forget_numbers(displaced)
        self._use(outline)
        if laid_out:
            held = [index for index in held if index.internalId() in displaced]
            self.changePersistentIndexList(held, [self._index_after(index) for index in held])
            _laid_out(self.layoutChanged).emit(laid_out, _ROWS_ALONE)
        self._replaced = {node_of(kind, at) for kind, at in changes.added if kind in KINDS}
        concerned = concerned_nodes(old, outline, changes)
        self._redraw(concerned, staying, {node for node in now if is_shifted(was.get(node), now[node])})

    def _index_after(self, index: QModelIndex) -> QModelIndex:
        """The cell of the same record in the rows as they are now; an invalid one where it is gone."""
        node = index.internalId()
        return self._index(node, index.column()) if knows(self.outline, node) else QModelIndex()

    def _redraw(self, nodes: set[int], renumbered: Sequence[int] = (), shifted: Set[int] = frozenset()) -> None:
        """Announce rows, all above them (statuses are derived), all below (duties are inherited), and those whose
        numbers begin with that of a ``renumbered`` one. Their words are joined anew.

        Of ``shifted`` rows nothing changed but their place among their siblings: what is below inherits nothing new.
        """
        rows, words = self._rows, self._words
        inherited = {parent for node in nodes if node not in shifted for parent in rows.listed_below(node)}
        numbered = {parent for node in nodes if node in shifted for parent in rows.shifted_below(node)}
        numbered.update(parent for node in renumbered for parent in rows.numbered_below(node))
        words.forget(one for node in (*(nodes - shifted), *renumbered) for one in rows.line_up(node))
        for parent in inherited:
            words.forget(rows.below(parent))
        for parent in numbered:
            words.forget_numbers(rows.below(parent))
        whole, single = inherited | numbered, {one for node in (*nodes, *renumbered) for one in rows.line_up(node)}
        for node in single:
            if rows.has_place(node) and rows.above(node) not in whole:
                self._announce(rows.above(node), rows.row(node), rows.row(node))
        for parent in whole:
            self._announce(parent, 0, len(rows.below(parent)) - 1)

    def _announce(self, parent: int, first: int, last: int) -> None:
        here = self._rows.below(parent)
        self.dataChanged.emit(self.createIndex(first, 0, here[first]), self.createIndex(last, _COLUMNS - 1, here[last]))

    # --- what Qt asks

    def index(self, row: int, column: int, parent: AnyIndex = QModelIndex()) -> QModelIndex:  # noqa: B008
        below = self._rows.below(parent.internalId())
        if 0 <= row < len(below) and 0 <= column < _COLUMNS and parent.column() <= 0:
            return self.createIndex(row, column, below[row])
        return QModelIndex()

    def sibling(self, row: int, column: int, index: AnyIndex) -> QModelIndex:
        if index.isValid() and row == index.row() and 0 <= column < _COLUMNS:
            return self.createIndex(row, column, index.internalId())  # the common question: the next cell of a row
        return super().sibling(row, column, index)

    def parent(self, index: AnyIndex = QModelIndex()) -> QModelIndex:  # type: ignore[override]  # noqa: B008
        node = index.internalId()
        if node == ROOT:
            return QModelIndex()
        above = self._rows.above(node)
        return QModelIndex() if above == ROOT else self.createIndex(self._rows.row(above), 0, above)

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.column() > 0 else len(self._rows.below(parent.internalId()))

    def hasChildren(self, parent: AnyIndex = QModelIndex()) -> bool:  # noqa: B008
        return parent.column() <= 0 and bool(self._rows.below(parent.internalId()))

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: ARG002, B008
        return _COLUMNS

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return CAPTIONS[Column(section)]
        return None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        answer = self._answers.get(role)
        return None if answer is None or not index.isValid() else answer(index.internalId(), index.column())

    def multiData(self, index: AnyIndex, roleDataSpan: QModelRoleDataSpan) -> None:  # noqa: N803 - Qt's name
        """All that a cell's painting asks at once: one call out of Qt instead of seven."""
        node, column, answers = index.internalId(), index.column(), self._answers
        all_asked: Any = roleDataSpan  # the stubs know its length and not its parts
        for at in range(roleDataSpan.length()):
            asked = all_asked[at]
            answer = answers.get(asked.role())
            said = None if answer is None else answer(node, column)
            if said is None:
                asked.clearData()
            else:
                asked.setData(said)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        column = index.column()
        if column < 0:
            return _ROOM if self.editable else Qt.ItemFlag.NoItemFlags
        if not self.editable:
            return _TO_READ
        return _TO_RENAME if column == _TITLE else _TO_MOVE

    # --- rows on the move

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        return [ROWS_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        return rows_data(self._own_word, (index.internalId() for index in indexes))

    def canDropMimeData(
        self, data: QMimeData, _action: Qt.DropAction, _row: int, _column: int, parent: AnyIndex
    ) -> bool:
        """Where the rows of this very ledger may stand, and nowhere else."""
        return self.editable and may_stand(self.outline, self._dragged(data), self.key(parent))

    def dropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: AnyIndex) -> bool:
        if not self.canDropMimeData(data, action, row, column, parent):
            return False
        above = self.index(parent.row(), 0, parent.parent()) if parent.isValid() else QModelIndex()
        before = self.key(self.index(row, 0, above)) if row >= 0 else None
        self.dropped.emit(self._dragged(data), self.key(above), before)
        return False  # the ledger moves the rows; the view must not remove them

    def _dragged(self, data: QMimeData) -> list[RecordKey]:
        return dragged_rows(self._own_word, data, self.outline)

    # --- what a cell says

    def _text(self, node: int, column: int) -> str:
        return self._words.texts(node)[column]

    def _hint(self, node: int, column: int) -> str | None:
        """Written so that it is not taken for markup."""
        from html import escape  # noqa: PLC0415 - it reads a table of all entities

        text = self._words.hint(node, column)
        return f"<qt>{escape(text)}</qt>" if text else None

    def _mark(self, node: int, column: int) -> QIcon | None:
        if column == _STATUS:
            status = self._words.status(record_in(self.outline, node))
            return None if status is None else status_icon(status)
        if column == _DEADLINE and self._words.is_late(record_in(self.outline, node)):
            return late_icon()
        return None

    def _font(self, node: int, _column: int) -> QFont | None:
        return self._section_font if node % len(KINDS) == _SECTION else None

    def _spoken(self, node: int, column: int) -> str:
        return self._words.spoken(node, column)

    # --- where a row stands

    def _index(self, node: int, column: int) -> QModelIndex:
        return self.createIndex(self._rows.row(node), column, node)

    def _parent_index(self, node: int) -> QModelIndex:
        return QModelIndex() if node == ROOT else self._index(node, 0)


def _laid_out(signal: Any) -> Any:
    """Of a signal with two forms the one that says most; its stub knows none."""
    return signal["QList<QPersistentModelIndex>,QAbstractItemModel::LayoutChangeHint"]


def _found_after(found: Found | None, outline: Outline, changes: Changes) -> Found | None:
    """While a filter is on, what is edited stays where it is and what is added is shown too."""
    if found is None:
        return None
    added = (record_in(outline, node_of(kind, at)) for kind, at in changes.added if kind in KINDS)
    return found.with_rows(outline, added)
