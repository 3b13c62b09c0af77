"""销号: what is not closed, with its countdown, what each lacks, and the steps taken for many at once."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QBrush
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from zhenggai_desktop.domain.office_rules import office_rules
from zhenggai_desktop.domain.records import Issue
from zhenggai_desktop.domain.unclosed import ClosingRow, closing_rows, common_step
from zhenggai_desktop.gui.calls import Call
from zhenggai_desktop.gui.dialogs.agreement import agreed
from zhenggai_desktop.gui.dialogs.drop_down import DropDown
from zhenggai_desktop.gui.focus_entry import lead_focus
from zhenggai_desktop.gui.lazy_items import Cells, LazyItem
from zhenggai_desktop.gui.months.closing_dialogs import ClosingDialog, reopening, sending_back
from zhenggai_desktop.gui.months.closing_list import write_applications
from zhenggai_desktop.gui.months.issue_rows import DepartmentBox, IssueRows
from zhenggai_desktop.gui.months.view_table import MonthView
from zhenggai_desktop.gui.overview.colours import late_colour
from zhenggai_desktop.gui.session import LedgerSession
from zhenggai_desktop.gui.status_marks import status_icon
from zhenggai_desktop.gui.style import plain_label
from zhenggai_desktop.texts import STATUS_NAMES, date_text

_HEADS = ("序号", "问题", "牵头部门", "时限", "倒计时", "办理情况", "还缺什么")
_WIDTHS = (5.5, 0, 8, 9.5, 6.5, 9, 0)  # characters; those of 0 share what is left

#: What is listed: caption and which rows.
_SHOWN: tuple[tuple[str, Callable[[ClosingRow], bool]], ...] = (
    ("未销号", lambda row: not row.closed),
    ("具备条件，可以申请", lambda row: not row.closed and not row.lacks and not row.state.begun),
    ("正在办理", lambda row: not row.closed and row.state.begun),
    ("还缺条件", lambda row: not row.closed and bool(row.lacks)),
    ("已销号", lambda row: row.closed),
)


class ClosingView(MonthView):
    """Ticked rows are what is decided on; without a tick it is the row that the keyboard is on."""

    def __init__(self, session: LedgerSession, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.shown, self.departments = DropDown(), DepartmentBox()
        self.list = _List()
        self.tick_button = QPushButton("全选")
        self.step_button = QPushButton("办理下一步…")
        self.back_button = QPushButton("退回…")
        self.reopen_button = QPushButton("重新整改…")
        self.form_button = QPushButton("审批表…")
        self.ledger_button = QPushButton("销号台账…")
        self._words = plain_label(muted=True)
        self._rows: tuple[ClosingRow, ...] = ()
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        for caption, _ in _SHOWN:
            self.shown.addItem(caption)
        self.shown.setAccessibleName("列出哪些")
        self.step_button.setProperty("primary", True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self.row(self.shown, self.departments, self.tick_button, None, self._words))
        layout.addWidget(self.list, 1)
        layout.addLayout(
            self.row(self.step_button, self.back_button, self.reopen_button, None, self.form_button,
                     self.ledger_button)
        )  # fmt: skip
        lead_focus(self, self.list)

    def _connect(self) -> None:
        self.shown.currentIndexChanged.connect(lambda _at: self._show_rows())
        self.departments.currentIndexChanged.connect(lambda _at: self._show_rows())
        self.tick_button.clicked.connect(self._on_tick_all)
        self.list.itemChanged.connect(lambda _item, _column: self._show_buttons())
        self.list.itemSelectionChanged.connect(self._show_buttons)
        self.list.itemDoubleClicked.connect(lambda item, _column: self._open(item))
        self.list.enter_pressed = lambda: self._open(self.list.current())
        self.step_button.clicked.connect(lambda: self.guarded(self._on_step))
        self.back_button.clicked.connect(lambda: self.guarded(self._on_send_back))
        self.reopen_button.clicked.connect(lambda: self.guarded(self._on_reopen))
        self.form_button.clicked.connect(lambda: self.guarded(self._on_form))
        self.ledger_button.clicked.connect(lambda: self.called.emit(Call.CLOSING_LEDGER))

    # --- showing

    def gathered(self) -> Callable[[], tuple[ClosingRow, ...]]:
        """How far each item is today."""
        snapshot = self.session.snapshot
        return partial(closing_rows, snapshot, office_rules(snapshot.facts), self.session.today())

    def show_found(self, found: tuple[ClosingRow, ...]) -> None:
        self._rows = found
        self.departments.offer(sorted({name for row in self._rows for name in row.departments}))
        self._show_rows()

    def forget(self) -> None:
        super().forget()
        self.show_found(())

    def _show_rows(self) -> None:
        test = _SHOWN[self.shown.currentIndex()][1]
        takes = self.departments.takes
        rows = [row for row in self._rows if test(row) and takes(*row.departments)]
        self.list.show_rows(rows, _cells, self.list.ticked_ids())
        closed = sum(row.closed for row in self._rows)
        late = sum(row.late for row in self._rows)
        words = f"已销号 {closed}/{len(self._rows)}，未销号 {len(self._rows) - closed}"
        self._words.setText(words + (f"，其中逾期 {late}" if late else ""))
        self._show_buttons()

    def chosen(self) -> list[ClosingRow]:
        """What is ticked; without a tick the current row."""
        return self.list.chosen()

    def _show_buttons(self) -> None:
        rows, writable = self.chosen(), not self.session.read_only
        still_open = [row for row in rows if not row.closed]
        step, many = common_step(still_open), f"（{len(still_open)}项）" if len(still_open) > 1 else ""
        self.step_button.setText(f"办理“{step}”{many}…" if step else f"办理下一步{many}…")
        self.step_button.setEnabled(writable and bool(still_open))
        self.back_button.setEnabled(writable and bool(rows) and all(row.state.begun for row in rows))
        self.reopen_button.setEnabled(writable and bool(rows) and all(row.closed for row in rows))
        self.form_button.setEnabled(bool(rows))
        self.ledger_button.setEnabled(bool(self._rows))
        self.tick_button.setText("全不选" if self.list.ticked_ids() else "全选")

    # --- doing

    def _ids(self) -> list[int]:
        return [row.issue.id for row in self.chosen()]

    def _on_tick_all(self) -> None:
        self.list.tick_all(ticked=not self.list.ticked_ids())
        self._show_buttons()

    def _on_step(self) -> None:
        self.session.flush()
        ids = [row.issue.id for row in self.chosen() if not row.closed]
        if agreed(ClosingDialog(self.session, ids, self.window())):
            self._untick()

    def _on_send_back(self) -> None:
        if agreed(sending_back(self.session, self._ids(), self.window())):
            self._untick()

    def _on_reopen(self) -> None:
        if agreed(reopening(self.session, self._ids(), self.window())):
            self._untick()

    def _untick(self) -> None:
        self.list.tick_all(ticked=False)
        self._show_buttons()

    def _on_form(self) -> None:
        self.session.flush()
        write_applications(self, self.session, self._ids())

    def _open(self, item: LazyItem | None) -> None:
        if item is not None:
            self.record_chosen.emit((Issue, item.row.issue.id))


def _cells(row: ClosingRow) -> Cells:
    duties, status = row.duties, row.item.status
    lacks = "；".join(lack.text for lack in row.lacks) or ("" if row.closed else "条件具备")
    deadline = duties.deadline or date_text(duties.due_on)
    title = " ".join(row.issue.title.split())
    texts = (row.number, title, duties.lead_department, deadline, row.countdown, row.words, lacks)
    hints = {1: f"{STATUS_NAMES[status]}　{title}", **{column: texts[column] for column in (3, 5, 6)}}
    return Cells(texts, hints, {1: status_icon(status)}, {4: QBrush(late_colour())} if row.late else {})


class _List(IssueRows):
    """Rows with ticks."""

    def __init__(self) -> None:
        super().__init__("销号", _HEADS, _WIDTHS)

    def ticked_ids(self) -> set[int]:
        return {item.row.issue.id for item in self.items() if item.ticked}

    def chosen(self) -> list[ClosingRow]:
        current = self.current()
        return [item.row for item in self.items() if item.ticked] or ([current.row] if current else [])

    def tick_all(self, *, ticked: bool) -> None:
        for item in self.items():
            item.ticked = ticked
        self.scheduleDelayedItemsLayout()
