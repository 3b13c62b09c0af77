"""The ledger as a tree for Qt: sections, issues, sub-issues and measures with number, title, status, deadline, owner.

Rows are known by integers only (a record's id with its kind), never by Python objects: Qt keeps no references, so an
index that outlives a change cannot crash the program. Rows of a parent are listed when they are first asked for.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import IntEnum
from html import escape
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFont, QIcon

from zhenggai_desktop.domain.changes import Changes, RecordKey
from zhenggai_desktop.domain.filters import Found
from zhenggai_desktop.domain.lateness import Lateness, lateness
from zhenggai_desktop.domain.outline import Outline
from zhenggai_desktop.domain.records import Issue, Measure, Section, Snapshot, Status
from zhenggai_desktop.domain.workflow import Duties, Workflow
from zhenggai_desktop.errors import EditRefusedError
from zhenggai_desktop.gui.duty_words import deadline_text, owner_text, owners_text
from zhenggai_desktop.gui.session import this_day
from zhenggai_desktop.gui.status_marks import late_icon, status_icon
from zhenggai_desktop.gui.tree_rows import (
    KINDS,
    ROOT,
    TreeRecord,
    below_in,
    depth_in,
    in_common_order,
    is_rearranged,
    is_whole,
    kind_and_id,
    knows,
    node_of,
    parent_in,
    record_in,
    touched_nodes,
)
from zhenggai_desktop.services.tree_places import holds, refuse_impossible
from zhenggai_desktop.texts import date_text, status_text

AnyIndex = QModelIndex | QPersistentModelIndex
_FEW = 200  # touched records; rows of more are listed anew at once instead of one by one


class Column(IntEnum):
    """The columns in their order."""

    NUMBER = 0
    TITLE = 1
    STATUS = 2
    DEADLINE = 3
    OWNER = 4
    DONE = 5


CAPTIONS: dict[Column, str] = {
    Column.NUMBER: "编号",
    Column.TITLE: "标题",
    Column.STATUS: "状态",
    Column.DEADLINE: "时限",
    Column.OWNER: "责任",
    Column.DONE: "完成",
}
_ROOM = Qt.ItemFlag.ItemIsDropEnabled  # joined once: Qt asks for each cell of each row it looks at
_TO_READ = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
_TO_MOVE = _TO_READ | Qt.ItemFlag.ItemIsDragEnabled | _ROOM
_TO_RENAME = _TO_MOVE | Qt.ItemFlag.ItemIsEditable
ROWS_MIME = "application/x-zhenggai-rows"


class LedgerModel(QAbstractItemModel):
    """Reads a snapshot; knows neither files nor how the ledger is changed. A drop is asked for by ``dropped``."""

    dropped = Signal(object, object, object)  # keys, key of the parent or None, key in front of which or None

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.today: Callable[[], dt.date] = this_day
        self.editable = False
        self._found: Found | None = None
        self._section_font = QFont()
        self._section_font.setBold(True)
        self._answers: dict[int, Callable[[TreeRecord, Column], Any]] = {
            Qt.ItemDataRole.DisplayRole: self._text,
            Qt.ItemDataRole.EditRole: self._text,
            Qt.ItemDataRole.ToolTipRole: self._hint,
            Qt.ItemDataRole.DecorationRole: self._mark,
            Qt.ItemDataRole.FontRole: self._font,
            Qt.ItemDataRole.AccessibleTextRole: self._spoken,
        }
        self._replaced: set[int] | None = set()  # rows that came anew with the last change of the tree
        self._listed: dict[int, list[int]] = {}
        self._rows: dict[int, int] = {}
        self._use(Outline(Snapshot()))

    # --- what the window asks

    @property
    def outline(self) -> Outline:
        return self._outline

    @property
    def workflow(self) -> Workflow:
        return self._workflow

    def record(self, index: AnyIndex) -> TreeRecord | None:
        """The record of a row; None for no row."""
        return self._record(index.internalId()) if index.isValid() else None

    def key(self, index: AnyIndex) -> RecordKey | None:
        """The record of a row by type and id, good across changes; None for no row."""
        record = self.record(index)
        return None if record is None else (type(record), record.id)

    def index_of(self, key: RecordKey, column: int = 0) -> QModelIndex:
        """The row of a record; an invalid index where the ledger holds no such record or a filter hides it."""
        kind, record_id = key
        if (
            kind not in KINDS
            or not knows(self._outline, node_of(kind, record_id))
            or not self._shows(node_of(kind, record_id))
        ):
            return QModelIndex()
        return self._index(node_of(kind, record_id), column)

    def show_snapshot(self, snapshot: Snapshot, changes: Changes | None = None) -> bool:
        """Show another state of the ledger: another ledger without ``changes``, then in full. False where the rows
        stayed and only what changed is drawn again; else ``came_anew`` says which are new."""
        self._replaced = set()
        if changes is None:
            self._reset(Outline(snapshot), None)
            return True
        old, outline = self._outline, self._outline.after(snapshot, changes)
        if not is_whole(outline):
            self._reset(Outline(snapshot), changes)
            return True
        if not is_rearranged(old, outline, changes):
            self._use(outline)
            self._redraw(touched_nodes(changes))
            return False
        if self._found is None and len(changes.touched) <= _FEW:
            self._rearrange(outline, changes)
        else:
            self._reset(outline, changes)
        return True

    def came_anew(self) -> set[RecordKey] | None:
        """The rows that the last change of the tree put in, with all below them; None where all are new."""
        return None if self._replaced is None else {kind_and_id(node) for node in self._with_below(self._replaced)}

    def _with_below(self, nodes: Iterable[int]) -> Iterator[int]:
        for node in nodes:
            yield node
            yield from self._with_below(node_of(type(row), row.id) for row in below_in(self._outline, node))

    def _reset(self, outline: Outline, changes: Changes | None) -> None:
        """Everything anew: rows below those at the top are listed when they are asked for."""
        self.beginResetModel()
        self._use(outline)
        self._listed.clear()
        self._rows.clear()
        self._found = None if changes is None else self._found_after(changes)
        self.endResetModel()
        self._replaced = None

    def _use(self, outline: Outline) -> None:
        self._outline = outline
        self._workflow = Workflow(outline)
        self._done: dict[int, tuple[int, int]] = {}

    def _rearrange(self, outline: Outline, changes: Changes) -> None:
        """Rows leave their old places while the old outline answers and come to the new ones when the new one does:
        whatever Qt asks in between has an answer, and rows elsewhere stay as they are."""
        old, touched = self._outline, touched_nodes(changes)
        parents = {parent_in(state, node) for state in (old, outline) for node in touched if knows(state, node)}
        staying = [node for node in parents if node == ROOT or (knows(old, node) and knows(outline, node))]
        for node in staying:
            self._children(node)  # what Qt asks for first in between would be listed as it was and stay so
        wanted = {node: [node_of(type(row), row.id) for row in below_in(outline, node)] for node in staying}
        for node in sorted(staying, key=lambda node: -depth_in(old, node)):
            self._take_out(node, wanted[node])
        self._use(outline)
        for node in sorted(staying, key=lambda node: depth_in(outline, node)):
            if node in self._listed:  # or it came anew itself, and lists its rows when it is asked
                self._put_in(node, wanted[node])
        self._redraw({node for node in (*touched, *staying) if node != ROOT and knows(outline, node)})

    def _take_out(self, parent: int, wanted: Sequence[int]) -> None:
        """Remove the rows of ``parent`` that are not wanted or stand in another order among those that are."""
        here = self._listed[parent]
        keep = in_common_order(here, wanted)
        index = QModelIndex() if parent == ROOT else self._index(parent, 0)
        last = len(here) - 1
        while last >= 0:
            first = last
            while first >= 0 and here[first] not in keep:
                first -= 1
            if first < last:
                self.beginRemoveRows(index, first + 1, last)
                gone = here[first + 1 : last + 1]
                del here[first + 1 : last + 1]
                for node in gone:
                    self._forget(node)
                self._rows.update((child, row) for row, child in enumerate(here[first + 1 :], first + 1))
                self.endRemoveRows()
            last = first - 1

    def _put_in(self, parent: int, wanted: Sequence[int]) -> None:
        """Insert the wanted rows of ``parent`` that are not there."""
        here = self._listed[parent]
        index = QModelIndex() if parent == ROOT else self._index(parent, 0)
        at = 0
        while at < len(wanted):
            kept, end = here[at] if at < len(here) else None, at
            while end < len(wanted) and wanted[end] != kept:
                end += 1
            if end > at:
                self.beginInsertRows(index, at, end - 1)
                here[at:at] = wanted[at:end]
                self._rows.update((child, row) for row, child in enumerate(here[at:], at))
                self.endInsertRows()
                if self._replaced is not None:
                    self._replaced.update(wanted[at:end])
            at = end + 1

    def _forget(self, node: int) -> None:
        """A row is gone from its place, with all below it."""
        self._rows.pop(node, None)
        for child in self._listed.pop(node, ()):
            self._forget(child)

    @property
    def found(self) -> Found | None:
        """What a filter left; None where everything is shown."""
        return self._found

    def show_found(self, found: Found | None) -> None:
        """Show only what a filter left, with what stands above it; None shows everything."""
        self.beginResetModel()
        self._listed.clear()
        self._rows.clear()
        self._found = found
        self.endResetModel()

    # --- what Qt asks

    def index(self, row: int, column: int, parent: AnyIndex = QModelIndex()) -> QModelIndex:  # noqa: B008
        children = self._children(self._node_of(parent))
        if not (0 <= row < len(children) and 0 <= column < len(Column)) or parent.column() > 0:
            return QModelIndex()
        return self.createIndex(row, column, children[row])

    def parent(self, index: AnyIndex = QModelIndex()) -> QModelIndex:  # type: ignore[override]  # noqa: B008
        if not index.isValid():
            return QModelIndex()
        above = self._parent(index.internalId())
        return QModelIndex() if above == ROOT else self._index(above, 0)

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.column() > 0 else len(self._children(self._node_of(parent)))

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: ARG002, B008
        return len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return CAPTIONS[Column(section)]
        return None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        answer = self._answers.get(role)
        record = self.record(index) if answer is not None else None
        return None if answer is None or record is None else answer(record, Column(index.column()))

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        if not index.isValid():
            return _ROOM if self.editable else Qt.ItemFlag.NoItemFlags
        if not self.editable:
            return _TO_READ
        return _TO_RENAME if index.column() == Column.TITLE else _TO_MOVE

    # --- rows on the move

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        return [ROWS_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        data = QMimeData()
        nodes = dict.fromkeys(str(index.internalId()) for index in indexes)
        data.setData(ROWS_MIME, " ".join(nodes).encode("ascii"))
        return data

    def canDropMimeData(
        self, data: QMimeData, _action: Qt.DropAction, _row: int, _column: int, parent: AnyIndex
    ) -> bool:
        """Where the rows of this very ledger may stand, and nowhere else."""
        keys = self._dragged(data)
        try:
            refuse_impossible(self._outline, keys, self.key(parent))
        except EditRefusedError:
            return False
        return bool(keys) and self.editable

    def dropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: AnyIndex) -> bool:
        if not self.canDropMimeData(data, action, row, column, parent):
            return False
        above = self.index(parent.row(), 0, parent.parent()) if parent.isValid() else QModelIndex()
        before = self.key(self.index(row, 0, above)) if row >= 0 else None
        self.dropped.emit(self._dragged(data), self.key(above), before)
        return False  # the ledger moves the rows; the view must not remove them

    def _dragged(self, data: QMimeData) -> list[RecordKey]:
        nodes = bytes(data.data(ROWS_MIME).data()).decode("ascii").split()
        keys: list[RecordKey] = [(KINDS[int(node) % len(KINDS)], int(node) // len(KINDS)) for node in nodes]
        return [key for key in keys if holds(self._outline, key)]

    # --- what a row says

    def status(self, record: TreeRecord) -> Status | None:
        """A section has none of its own."""
        match record:
            case Issue():
                return self._workflow.status(record)
            case Measure():
                return self._workflow.measure_status(record)
            case Section():
                return None

    def duties(self, record: TreeRecord) -> Duties:
        """Owners and deadline as they count for the record."""
        match record:
            case Issue():
                return self._workflow.duties(record)
            case Measure():
                return self._workflow.measure_duties(record)
            case Section():
                return Duties()

    def number(self, record: TreeRecord) -> str:
        """“2”, “2-1”, “2-1-3”; a measure is counted within its issue as “措施1”."""
        match record:
            case Section():
                return str(self._outline.section_number(record))
            case Issue():
                return self._outline.number(record)
            case Measure():
                issue = self._outline.issue(record.issue_id)
                return f"措施{self._outline.measures_of(issue).index(record) + 1}"

    def _text(self, record: TreeRecord, column: Column) -> str:
        match column:
            case Column.NUMBER:
                return self.number(record)
            case Column.TITLE:
                return _title(record)
            case Column.STATUS:
                return status_text(self.status(record))
            case Column.DEADLINE:
                return deadline_text(self.duties(record))
            case Column.OWNER:
                return owner_text(self.duties(record))
            case Column.DONE:
                done, total = self.done(record)
                return f"{done}/{total}" if total else ""

    def done(self, record: TreeRecord) -> tuple[int, int]:
        """Done and all: of a section its items (issues without sub-issues), of an issue its sub-issues or measures."""
        node = node_of(type(record), record.id)
        if node not in self._done:
            statuses = [self.status(part) for part in self._parts(record)]
            self._done[node] = statuses.count(Status.DONE), len(statuses)
        return self._done[node]

    def _parts(self, record: TreeRecord) -> Iterator[Issue | Measure]:
        outline = self._outline
        match record:
            case Section():
                for issue in outline.issues_of(record):
                    yield from (item for item in outline.walk_below(issue) if outline.is_leaf(item))
            case Issue() if outline.is_leaf(record):
                yield from (*outline.measures_of(record), *outline.linked_measures(record))
            case Issue():
                yield from (item for item in outline.walk_below(record) if outline.is_leaf(item))
            case Measure():
                return

    def is_late(self, record: TreeRecord) -> bool:
        """Open and past its date."""
        if isinstance(record, Section) or self.status(record) is Status.DONE:
            return False
        return lateness(self.duties(record).due_on, self.today()) is Lateness.LATE

    def _late_words(self, record: TreeRecord) -> str:
        due_on = self.duties(record).due_on
        words = date_text(due_on)
        if due_on is not None and self.is_late(record):
            words += f"（已逾期{(self.today() - due_on).days}天）"
        return words

    def _hint(self, record: TreeRecord, column: Column) -> str | None:
        """The whole of a title that may be cut off, the date behind a deadline; written so that it is not markup."""
        texts: dict[Column, Callable[[], str]] = {
            Column.TITLE: lambda: _title(record),
            Column.DEADLINE: lambda: self._late_words(record),
            Column.OWNER: lambda: owners_text(self.duties(record)),
        }
        text = texts[column]() if column in texts else ""
        return f"<qt>{escape(text)}</qt>" if text else None

    def _mark(self, record: TreeRecord, column: Column) -> QIcon | None:
        if column == Column.DEADLINE:
            return late_icon() if self.is_late(record) else None
        status = self.status(record) if column == Column.STATUS else None
        return None if status is None else status_icon(status)

    def _font(self, record: TreeRecord, column: Column) -> QFont | None:  # noqa: ARG002 - a whole row looks alike
        return self._section_font if isinstance(record, Section) else None

    def _spoken(self, record: TreeRecord, column: Column) -> str:
        late = "（逾期）" if column == Column.DEADLINE and self.is_late(record) else ""
        return f"{CAPTIONS[column]} {self._text(record, column)}{late}"

    # --- where a row stands

    def _node_of(self, index: AnyIndex) -> int:
        return index.internalId() if index.isValid() else ROOT

    def _children(self, node: int) -> list[int]:
        if node not in self._listed:
            found = self._found
            records = (row for row in below_in(self._outline, node) if found is None or found.shows(row))
            self._listed[node] = [node_of(type(record), record.id) for record in records]
            self._rows.update((child, row) for row, child in enumerate(self._listed[node]))
        return self._listed[node]

    def _parent(self, node: int) -> int:
        return parent_in(self._outline, node)

    def _record(self, node: int) -> TreeRecord:
        return record_in(self._outline, node)

    def _index(self, node: int, column: int) -> QModelIndex:
        self._children(self._parent(node))
        return self.createIndex(self._rows[node], column, node)

    def _redraw(self, nodes: set[int]) -> None:
        """Announce the rows themselves, all above (statuses are derived) and all below (duties are inherited)."""
        affected: set[int] = set()
        for node in nodes:
            affected.update(self._line_up(node))
            affected.update(self._all_below(node))
        spans: dict[int, list[int]] = {}
        for node in filter(self._shows, affected):
            parent = self._parent(node)
            if parent in self._listed:  # else nobody has seen it yet
                spans.setdefault(parent, []).append(self._rows[node])
        for parent, rows in spans.items():
            here = self._listed[parent]
            first, last = here[min(rows)], here[max(rows)]
            self.dataChanged.emit(self._index(first, 0), self._index(last, len(Column) - 1))

    def _shows(self, node: int) -> bool:
        return self._found is None or self._found.shows(self._record(node))

    def _found_after(self, changes: Changes) -> Found | None:
        """While a filter is on, what is edited stays where it is and what is added is shown too."""
        if self._found is None:
            return None
        added = (self._record(node_of(kind, at)) for kind, at in changes.added if kind in KINDS)
        return self._found.with_rows(self._outline, added)

    def _line_up(self, node: int) -> Iterator[int]:
        while node != ROOT:
            yield node
            node = self._parent(node)

    def _all_below(self, node: int) -> Iterator[int]:
        for child in self._listed.get(node, ()):
            yield child
            yield from self._all_below(child)


def _title(record: TreeRecord) -> str:
    if isinstance(record, Measure):
        return record.content or record.progress
    return record.title
