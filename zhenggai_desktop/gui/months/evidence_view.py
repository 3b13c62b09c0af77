"""佐证: which issues lack evidence, whose evidence is dated before the feedback or gone, and files added to a row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QBrush, QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QPushButton, QTreeWidget, QVBoxLayout, QWidget

from zhenggai_desktop.domain.evidence_use import EvidenceRow, evidence_rows
from zhenggai_desktop.domain.records import Issue
from zhenggai_desktop.errors import CancelledError
from zhenggai_desktop.gui.calls import Call
from zhenggai_desktop.gui.dialogs.drop_down import DropDown
from zhenggai_desktop.gui.dialogs.files import ask_evidence
from zhenggai_desktop.gui.evidence_copying import copy_evidence, known_words
from zhenggai_desktop.gui.file_drops import accept_copy, dropped_files
from zhenggai_desktop.gui.focus_entry import lead_focus
from zhenggai_desktop.gui.folders import Purpose
from zhenggai_desktop.gui.lazy_items import Cells, LazyItem
from zhenggai_desktop.gui.months.issue_rows import DepartmentBox, IssueRows
from zhenggai_desktop.gui.months.view_table import MonthView
from zhenggai_desktop.gui.overview.colours import late_colour
from zhenggai_desktop.gui.session import LedgerSession
from zhenggai_desktop.gui.status_marks import status_icon
from zhenggai_desktop.gui.style import plain_label
from zhenggai_desktop.texts import STATUS_NAMES, list_text

Found = tuple[tuple[EvidenceRow, ...], frozenset[int]]  # with the ids of evidence whose file is not found
_HEADS = ("序号", "问题", "牵头部门", "完成情况", "佐证材料")
_WIDTHS = (5.5, 0, 9, 6, 19)  # characters; 0 takes what is left
_HINT = "把文件拖到一行上，就加到那个问题"

#: What is listed: caption, and which rows, with how many of their files are gone.
_SHOWN: tuple[tuple[str, Callable[[EvidenceRow, int], bool]], ...] = (
    ("缺佐证材料", lambda row, _gone: row.is_bare),
    ("已完成而缺佐证", lambda row, _gone: row.is_pressing),
    ("有材料早于反馈", lambda row, _gone: bool(row.early)),
    ("有文件不在了", lambda _row, gone: bool(gone)),
    ("全部问题", lambda _row, _gone: True),
)


class EvidenceView(MonthView):
    """Evidence as the evaluators ask for it: issue by issue, what there is and what is wrong with it."""

    def __init__(self, session: LedgerSession, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.shown, self.departments = DropDown(), DepartmentBox()
        self.list = _List()
        self.add_button = QPushButton("添加文件…")
        self.check_button = QPushButton("核对文件…")
        self.index_button = QPushButton("材料目录…")
        self.said = plain_label(_HINT, muted=True)
        self._words = plain_label(muted=True)
        self._rows: tuple[EvidenceRow, ...] = ()
        self._gone: frozenset[int] = frozenset()  # ids of evidence whose file is not found
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        for caption, _ in _SHOWN:
            self.shown.addItem(caption)
        self.shown.setAccessibleName("列出哪些")
        self.add_button.setProperty("primary", True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self.row(self.shown, self.departments, None, self._words))
        layout.addWidget(self.list, 1)
        layout.addLayout(self.row(self.add_button, self.said, None, self.check_button, self.index_button))
        lead_focus(self, self.list)

    def _connect(self) -> None:
        self.shown.currentIndexChanged.connect(lambda _at: self._show_rows())
        self.departments.currentIndexChanged.connect(lambda _at: self._show_rows())
        self.list.itemSelectionChanged.connect(self._show_buttons)
        self.list.itemDoubleClicked.connect(lambda item, _column: self._open(item))
        self.list.enter_pressed = lambda: self._open(self.list.current())
        self.list.dropped.connect(lambda issue_id, paths: self.guarded(lambda: self._take(issue_id, paths)))
        self.add_button.clicked.connect(lambda: self.guarded(self._on_add))
        self.check_button.clicked.connect(lambda: self.guarded(self._on_check))
        self.index_button.clicked.connect(lambda: self.called.emit(Call.EVIDENCE_LIST))

    # --- showing

    def gathered(self) -> Callable[[], Found]:
        """What proves each item now."""
        snapshot, today = self.session.snapshot, self.session.today()
        folder = self.session.write(lambda ledger: ledger.evidence_folder)

        def found() -> Found:
            gone = folder.missing(one.file_name for one in snapshot.evidence)
            lost = frozenset(one.id for one in snapshot.evidence if one.file_name in gone)
            return evidence_rows(snapshot, today), lost

        return found

    def show_found(self, found: Found) -> None:
        self._rows, self._gone = found
        self.departments.offer(sorted({name for row in self._rows for name in row.departments}))
        self._show_rows()

    def forget(self) -> None:
        super().forget()
        self.show_found(((), frozenset()))

    def _show_rows(self) -> None:
        test, takes = _SHOWN[self.shown.currentIndex()][1], self.departments.takes
        rows = [row for row in self._rows if test(row, self._gone_of(row)) and takes(*row.departments)]
        self.list.show_rows(rows, self._cells)
        bare, pressing = sum(row.is_bare for row in self._rows), sum(row.is_pressing for row in self._rows)
        words = f"有佐证材料 {len(self._rows) - bare}/{len(self._rows)}，缺 {bare}"
        self._words.setText(words + (f"，其中已完成 {pressing}" if pressing else ""))
        self._show_buttons()

    def _gone_of(self, row: EvidenceRow) -> int:
        return sum(one.id in self._gone for one in row.evidence)

    def _cells(self, row: EvidenceRow) -> Cells:
        title, gone, status = " ".join(row.issue.title.split()), self._gone_of(row), row.item.status
        texts = (row.number, title, list_text(row.departments), STATUS_NAMES[status], row.words(gone))
        hints = {1: title, 4: "\n".join(one.title or one.file_name for one in row.evidence)}
        is_wrong = row.is_pressing or row.early or gone
        return Cells(texts, hints, {1: status_icon(status)}, {4: QBrush(late_colour())} if is_wrong else {})

    def _show_buttons(self) -> None:
        writable = not self.session.read_only
        self.add_button.setEnabled(writable and self.list.current_id() is not None)
        self.list.setAcceptDrops(writable)
        self.index_button.setEnabled(bool(self._rows))
        self.check_button.setEnabled(self.session.is_open and bool(self.session.snapshot.evidence))

    # --- doing

    def _on_add(self) -> None:
        issue_id, path = self.list.current_id(), self.session.path
        if issue_id is not None and path is not None:
            paths = ask_evidence(self, self.session.folders.start(Purpose.EVIDENCE, path.parent))
            if paths:
                self.session.folders.used(Purpose.EVIDENCE, paths[0])
                self._take(issue_id, paths)

    def _take(self, issue_id: int, paths: Sequence[Path]) -> None:
        row = next(row for row in self._rows if row.issue.id == issue_id)
        try:
            added = copy_evidence(self.session, self.window(), (Issue, issue_id), paths)
        except CancelledError as error:
            self.said.setText(str(error))
            return
        done = f"已给问题{row.number}添加{len(added.keys)}份，可用“撤销”退回。"
        self.said.setText(done + known_words(added.known, added.restored) if added.keys else "没有可以添加的文件。")

    def _on_check(self) -> None:
        from zhenggai_desktop.gui.dialogs.evidence_check import check_evidence  # noqa: PLC0415 - on demand

        self.said.setText(check_evidence(self.window(), self.session))
        self.refresh()

    def _open(self, item: LazyItem | None) -> None:
        if item is not None:
            self.record_chosen.emit((Issue, item.row.issue.id))


class _List(IssueRows):
    """Rows that files can be dropped on."""

    dropped = Signal(int, list)  # id of an issue, paths

    def __init__(self) -> None:
        super().__init__("问题的佐证材料", _HEADS, _WIDTHS)
        self.setDragDropMode(QTreeWidget.DragDropMode.DropOnly)

    # --- what Qt reports

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        accept_copy(event, there=bool(dropped_files(event.mimeData())))

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        item = self.itemAt(event.position().toPoint())
        if item:
            self.setCurrentItem(item)
        accept_copy(event, there=bool(item) and bool(dropped_files(event.mimeData())))

    def dropEvent(self, event: QDropEvent) -> None:
        item, paths = self.itemAt(event.position().toPoint()), dropped_files(event.mimeData())
        if isinstance(item, LazyItem) and paths:
            accept_copy(event, there=True)
            issue_id = item.row.issue.id
            QTimer.singleShot(0, self, lambda: self.dropped.emit(issue_id, paths))  # the file manager waits until then
