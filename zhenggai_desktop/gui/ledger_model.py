"""The ledger as a tree for Qt: sections, issues, sub-issues and measures with number, title, status, deadline, owner.

Rows are known by integers only (a record's id with its kind), never by Python objects: Qt keeps no references, so an
index that outlives a change cannot crash the program. Rows of a parent are listed when they are first asked for.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
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
from zhenggai_desktop.services.tree_places import holds, refuse_impossible
from zhenggai_desktop.texts import date_text, status_text

AnyIndex = QModelIndex | QPersistentModelIndex
TreeRecord = Section | Issue | Measure

_ROOT = -1
_KINDS: tuple[type[TreeRecord], ...] = (Section, Issue, Measure)


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
        self._take(Snapshot())

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
        if kind not in _KINDS or not self._holds(kind, record_id) or not self._shows(_node(kind, record_id)):
            return QModelIndex()
        return self._index(_node(kind, record_id), column)

    def show_snapshot(self, snapshot: Snapshot, changes: Changes | None = None) -> bool:
        """Show another state of the ledger: another ledger without ``changes``, then in full. False where the rows
        stayed and only what changed is drawn again."""
        if changes is None or self._is_rearranged(snapshot, changes):
            self.beginResetModel()
            self._take(snapshot)
            self._found = None if changes is None else self._found_after(changes)
            self.endResetModel()
            return True
        self._done: dict[int, tuple[int, int]] = {}
        self._outline = Outline(snapshot)
        self._workflow = Workflow(self._outline)
        self._redraw({_node(kind, at) for kind in _KINDS for at in changes.ids(kind)})
        return False

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
        return QModelIndex() if above == _ROOT else self._index(above, 0)

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
            return Qt.ItemFlag.ItemIsDropEnabled if self.editable else Qt.ItemFlag.NoItemFlags
        found = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        if self.editable:
            found |= Qt.ItemFlag.ItemIsDragEnabled | Qt.ItemFlag.ItemIsDropEnabled
            if index.column() == Column.TITLE:
                found |= Qt.ItemFlag.ItemIsEditable
        return found

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
        keys: list[RecordKey] = [(_KINDS[int(node) % len(_KINDS)], int(node) // len(_KINDS)) for node in nodes]
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
        node = _node(type(record), record.id)
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

    def _take(self, snapshot: Snapshot) -> None:
        self._outline = Outline(snapshot)
        self._workflow = Workflow(self._outline)
        self._listed: dict[int, list[int]] = {}
        self._rows: dict[int, int] = {}
        self._done: dict[int, tuple[int, int]] = {}

    def _is_rearranged(self, snapshot: Snapshot, changes: Changes) -> bool:
        """True where rows came, went or stand elsewhere: known from what was touched, not from all there is."""
        if any(kind in _KINDS for kind, _ in changes.added | changes.removed):
            return True
        touched = {kind: {at for of, at in changes.updated if of is kind} for kind in _KINDS}
        rows: dict[type[TreeRecord], Sequence[TreeRecord]] = {
            Section: snapshot.sections,
            Issue: snapshot.issues,
            Measure: snapshot.measures,
        }
        return any(
            _place(self._record(_node(kind, record.id))) != _place(record)
            for kind, ids in touched.items()
            if ids
            for record in rows[kind]
            if record.id in ids
        )

    def _node_of(self, index: AnyIndex) -> int:
        return index.internalId() if index.isValid() else _ROOT

    def _children(self, node: int) -> list[int]:
        if node not in self._listed:
            found = self._found
            records = (row for row in self._below(node) if found is None or found.shows(row))
            self._listed[node] = [_node(type(record), record.id) for record in records]
            self._rows.update((child, row) for row, child in enumerate(self._listed[node]))
        return self._listed[node]

    def _below(self, node: int) -> Iterator[TreeRecord]:
        outline = self._outline
        if node == _ROOT:
            yield from outline.issues_of(None)
            yield from outline.snapshot.sections
            return
        record = self._record(node)
        if isinstance(record, Section):
            yield from outline.issues_of(record)
        elif isinstance(record, Issue):
            yield from outline.sub_issues(record)
            yield from outline.measures_of(record)

    def _parent(self, node: int) -> int:
        record = self._record(node)
        if isinstance(record, Measure):
            return _node(Issue, record.issue_id)
        if isinstance(record, Section):
            return _ROOT
        if record.parent_id is not None:
            return _node(Issue, record.parent_id)
        return _ROOT if record.section_id is None else _node(Section, record.section_id)

    def _index(self, node: int, column: int) -> QModelIndex:
        self._children(self._parent(node))
        return self.createIndex(self._rows[node], column, node)

    def _record(self, node: int) -> TreeRecord:
        record_id, kind = divmod(node, len(_KINDS))
        match kind:
            case 0:
                return self._outline.section(record_id)
            case 1:
                return self._outline.issue(record_id)
            case _:
                return self._outline.measure(record_id)

    def _holds(self, kind: type[TreeRecord], record_id: int) -> bool:
        try:
            self._record(_node(kind, record_id))
        except KeyError:
            return False
        return True

    def _redraw(self, nodes: set[int]) -> None:
        """Announce the rows themselves, all above (statuses are derived) and all below (duties are inherited)."""
        affected: set[int] = set()
        for node in nodes:
            affected.update(self._line_up(node))
            affected.update(self._all_below(node))
        for node in filter(self._shows, affected):
            self.dataChanged.emit(self._index(node, 0), self._index(node, len(Column) - 1))

    def _shows(self, node: int) -> bool:
        return self._found is None or self._found.shows(self._record(node))

    def _found_after(self, changes: Changes) -> Found | None:
        """While a filter is on, what is edited stays where it is and what is added is shown too."""
        if self._found is None:
            return None
        added = (self._record(_node(kind, at)) for kind, at in changes.added if kind in _KINDS)
        return self._found.with_rows(self._outline, added)

    def _line_up(self, node: int) -> Iterator[int]:
        while node != _ROOT:
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


def _node(kind: type[TreeRecord], record_id: int) -> int:
    """The number by which a row is known: the record's id and its kind in one."""
    return record_id * len(_KINDS) + _KINDS.index(kind)


def _place(record: TreeRecord) -> tuple[object, ...]:
    """Where a row stands, without what it says."""
    return tuple(getattr(record, name, None) for name in ("position", "section_id", "parent_id", "issue_id"))
