"""The page of the ledger's history: who changed what when, narrowed down, exported, and the way back to a point."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSplitter,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from zhenggai_desktop.domain.changes import HistoryEntry
from zhenggai_desktop.domain.records import (
    ClosingStep,
    Evidence,
    Extension,
    Issue,
    LedgerFacts,
    LogEntry,
    Measure,
    Milestone,
    Outcome,
    Record,
    Section,
)
from zhenggai_desktop.gui import messages
from zhenggai_desktop.gui.calls import Call
from zhenggai_desktop.gui.clear_button import give_clear_button
from zhenggai_desktop.gui.column_widths import set_widths
from zhenggai_desktop.gui.dialogs import files
from zhenggai_desktop.gui.dialogs.drop_down import DropDown
from zhenggai_desktop.gui.focus_entry import lead_focus
from zhenggai_desktop.gui.folders import Purpose
from zhenggai_desktop.gui.forms.date_editors import DateField, FirstDayField, unread_words
from zhenggai_desktop.gui.page_table import Page
from zhenggai_desktop.gui.progress import edit_away
from zhenggai_desktop.gui.session import LedgerSession
from zhenggai_desktop.gui.style import GAP, MARGIN, plain_label
from zhenggai_desktop.services.ledger_history import (
    HistoryFilter,
    StepReader,
    find_steps,
    moment_words,
    people,
    step_words,
    write_history,
)
from zhenggai_desktop.services.step_names import short_title
from zhenggai_desktop.texts import RECORD_NAMES

_ENTRY = int(Qt.ItemDataRole.UserRole)
_PAUSE = 250  # milliseconds after a key before the list is narrowed
_ONE_ROW = 86  # characters that the fields of the filter need beside each other
_SHOWN = 1000  # steps; older ones are found by the filter
_EVERYBODY, _EVERYTHING, _ANY_ISSUE = "全部人员", "全部类别", "全部问题"
_NOBODY = "（未署名）"
_KINDS: tuple[type[Record], ...] = (
    Issue, Measure, Section, LogEntry, Outcome, Evidence, ClosingStep, Extension, Milestone, LedgerFacts,
)  # fmt: skip


class HistoryPage(Page):
    """Follows the session; reads the log when it is seen."""

    def __init__(self, session: LedgerSession, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._entries: tuple[HistoryEntry, ...] = ()
        self._newest: int | None = None  # id of the last step of all, whatever the filter leaves
        self._reader: StepReader | None = None
        self._stale = True
        self.people, self.kinds, self.issues = DropDown(), DropDown(), DropDown()
        self.first, self.last = FirstDayField(self._basis), DateField(self._basis)
        self.words = QLineEdit()
        self.words.setAcceptDrops(False)  # a file that is dropped here is for the window
        self.words.setPlaceholderText("操作或内容里的文字")
        give_clear_button(self.words)
        self.rows = _tree("修改历史", ("时间", "操作人", "操作"), (11, 7, 0))
        self.details = _tree("这一步改了什么", ("类别", "记录", "项目", "原来", "改为"), (6, 14, 7, 0, 0))
        self.count = plain_label(muted=True)
        self.back_button = QPushButton("回到这一步之后…")
        self.export_button = QPushButton("导出历史…")
        self.name = plain_label(muted=True)
        self.name_button = QPushButton("修改姓名…")
        self.name_button.setProperty("link", True)
        self._head = QGridLayout()
        self._fields: list[tuple[QLabel, QWidget]] = []
        self._is_one_row: bool | None = None
        self._due = QTimer(self, singleShot=True, interval=_PAUSE)
        self._due.timeout.connect(self._show_found)
        self._arrange()
        self._connect()

    def wanted(self) -> HistoryFilter:
        """What the fields ask for."""
        who = self.people.currentText() if self.people.currentIndex() > 0 else None
        return HistoryFilter(
            who="" if who == _NOBODY else who,
            first=self.first.value(),
            last=self.last.value(),
            record_type=_KINDS[self.kinds.currentIndex() - 1] if self.kinds.currentIndex() > 0 else None,
            issue_id=self.issues.currentData() if self.issues.currentIndex() > 0 else None,
            words=self.words.text(),
        )

    # --- arranging

    def _arrange(self) -> None:
        for kind in (_EVERYTHING, *(RECORD_NAMES[kind] for kind in _KINDS)):
            self.kinds.addItem(kind)
        self.issues.setMinimumContentsLength(10)
        self.issues.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        for field, name in ((self.first, "从"), (self.last, "到")):
            field.setAccessibleName(f"日期{name}")
            field.setMaximumWidth(self.fontMetrics().horizontalAdvance("字") * 11)
        self._head.setHorizontalSpacing(GAP)
        self._head.setVerticalSpacing(GAP - 2)
        captions = {"人员(&P)": self.people, "类别(&K)": self.kinds, "问题(&Q)": self.issues, "从(&F)": self.first}
        for caption, widget in {**captions, "到(&T)": self.last, "查找(&S)": self.words}.items():
            label = QLabel(caption)
            label.setBuddy(widget)
            self._fields.append((label, widget))
        self._place_fields(one_row=True)
        foot = QHBoxLayout()
        for widget in (self.count, self.name, self.name_button):
            foot.addWidget(widget)
        foot.addStretch(1)
        foot.addWidget(self.export_button)
        foot.addWidget(self.back_button)
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setObjectName("history-splitter")
        splitter.setHandleWidth(3)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.rows)
        splitter.addWidget(self.details)
        splitter.setSizes([420, 200])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, GAP, MARGIN, GAP)
        layout.setSpacing(GAP)
        layout.addLayout(self._head)
        layout.addWidget(splitter, 1)
        layout.addLayout(foot)
        lead_focus(self, self.rows)

    def _place_fields(self, *, one_row: bool) -> None:
        """Six fields in a row; three and three where large letters leave no room for that."""
        if one_row is self._is_one_row:
            return
        self._is_one_row = one_row
        in_row = len(self._fields) if one_row else len(self._fields) // 2
        for at, pair in enumerate(self._fields):
            row, place = divmod(at, in_row)
            for step, widget in enumerate(pair):
                self._head.removeWidget(widget)
                self._head.addWidget(widget, row, 2 * place + step)
            self._head.setColumnStretch(2 * at + 1, 0)
        for widget in (self.issues, self.words):
            place = [field for _, field in self._fields].index(widget) % in_row
            self._head.setColumnStretch(2 * place + 1, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place_fields(one_row=event.size().width() >= self.fontMetrics().horizontalAdvance("字") * _ONE_ROW)
        super().resizeEvent(event)

    def _connect(self) -> None:
        self.session.switched.connect(self._on_switched)
        self.session.changed.connect(lambda _changes: self._refresh())
        for box in (self.people, self.kinds, self.issues):
            box.currentIndexChanged.connect(lambda _at: self._show_found())
        for field in (self.first, self.last):
            field.left.connect(self._on_day)
            field.returnPressed.connect(field.left)
        self.words.textChanged.connect(lambda _text: self._due.start())
        self.rows.currentItemChanged.connect(lambda _now, _before: self._show_details())
        self.back_button.clicked.connect(lambda: messages.guarded(self, self._go_back))
        self.export_button.clicked.connect(lambda: messages.guarded(self, self._export))
        self.name_button.clicked.connect(lambda: self.called.emit(Call.USER_NAME))

    # --- showing

    def _show_all(self) -> None:
        self._stale = False
        self._reader = None
        who = self.session.write(people)
        _refill(self.people, [_EVERYBODY, *(name or _NOBODY for name in who)])
        self._show_issues()
        self._show_found()
        self.show_name()

    def show_name(self) -> None:
        """Under which name steps are written from now on."""
        self.name.setText(f"现在的操作人：{self.session.who or _NOBODY}")

    def _show_issues(self) -> None:
        outline = self.session.outline
        numbers, chosen = outline.numbers(), self.issues.currentData()
        self.issues.blockSignals(True)
        self.issues.clear()
        self.issues.addItem(_ANY_ISSUE, None)
        for issue in outline.walk():
            self.issues.addItem(f"{numbers[issue.id]} {short_title(issue)}", issue.id)
        self.issues.setCurrentIndex(max(self.issues.findData(chosen), 0))
        self.issues.blockSignals(False)

    def _show_found(self) -> None:
        if not self.session.is_open:
            return
        chosen, wanted = self._chosen(), self.wanted()
        self._entries = self.session.write(lambda ledger: find_steps(ledger, wanted))
        steps = self._entries if wanted == HistoryFilter() else self.session.write(lambda ledger: ledger.history())
        self._newest = steps[0].id if steps else None
        shown = self._entries[:_SHOWN]
        self.rows.blockSignals(True)
        self.rows.clear()
        self.rows.addTopLevelItems([self._item(entry) for entry in shown])
        ids = [entry.id for entry in shown]
        at = ids.index(chosen) if chosen in ids else 0
        if (current := self.rows.topLevelItem(at)) is not None:
            self.rows.setCurrentItem(current)
        self.rows.blockSignals(False)
        more = f"，列出最近{_SHOWN}步" if len(self._entries) > _SHOWN else ""
        self.count.setText(f"共{len(self._entries)}步{more}　")
        self._show_details()

    def _on_day(self) -> None:
        """A day that cannot be read asks nothing, which is said."""
        self._show_found()
        if words := unread_words({"从": self.first, "到": self.last}):
            self.told.emit(words)

    def _item(self, entry: HistoryEntry) -> QTreeWidgetItem:
        item = QTreeWidgetItem([moment_words(entry), entry.who or _NOBODY, step_words(entry)])
        item.setData(0, _ENTRY, entry.id)
        return item

    def _show_details(self) -> None:
        self.details.clear()
        chosen = self._chosen()
        self.export_button.setEnabled(bool(self._entries))
        self.back_button.setEnabled(chosen is not None and chosen != self._newest and not self.session.read_only)
        if chosen is None:
            return
        if self._reader is None:
            self._reader = self.session.write(StepReader)
        for line in self._reader.lines(chosen)[:_SHOWN]:
            rows = [(field.caption, field.before, field.after) for field in line.fields] or [(line.act, "", "")]
            for row in rows:
                item = QTreeWidgetItem([line.kind, *(" ".join(text.split()) for text in (line.name, *row))])
                for column in range(1, 5):
                    item.setToolTip(column, item.text(column).replace("<", "＜"))  # never markup
                self.details.addTopLevelItem(item)

    def _chosen(self) -> int | None:
        item: QTreeWidgetItem | None = self.rows.currentItem()
        return item.data(0, _ENTRY) if item else None

    # --- what the buttons do

    def _go_back(self) -> None:
        """Everything as it was after the chosen step, as a new step."""
        chosen = self._chosen()
        entry = next((one for one in self._entries if one.id == chosen), None)
        if entry is None:
            return
        self.session.flush()
        later = sum(one.id > entry.id for one in self.session.write(lambda ledger: ledger.history()))
        more = f"此后的{later}步会一起退回，作为新的一步留在历史里，也可以再撤销。"
        choices = ["回到这一步之后", messages.CANCEL]
        if messages.ask(self, f"回到“{entry.label}”之后（{moment_words(entry)}）？", more, choices) == choices[0]:
            caption = f"正在回到“{entry.label}”之后…"
            edit_away(self.session, self, caption, lambda ledger, _tick: ledger.undo_to(entry.id))
            self.told.emit(f"已回到“{entry.label}”之后，可用“撤销”退回。")

    def _export(self) -> None:
        path = self.session.path
        assert path is not None, "the history is of an open ledger"
        suggestion = self.session.folders.suggestion(Purpose.EXPORT, path.with_name(f"{path.stem}-修改历史.xlsx"))
        target: Path | None = files.ask_workbook(self, suggestion)
        if target is not None:
            self.session.folders.used(Purpose.EXPORT, target)
            wanted = self.wanted()
            caption = f"正在导出“{target.name}”…"
            edit_away(self.session, self, caption, lambda ledger, _tick: write_history(ledger, wanted, target))
            messages.tell_exported(self, target)

    def _basis(self) -> tuple[dt.date | None, dt.date]:
        return self.session.snapshot.facts.feedback_date, self.session.today()

    # --- what the session reports

    def _on_switched(self) -> None:
        self._reader = None
        self._ask_nothing()
        self.rows.blockSignals(True)
        self.rows.clear()
        self.rows.blockSignals(False)
        self.details.clear()
        self._refresh()

    def _ask_nothing(self) -> None:
        """Another ledger is seen whole: the issue of an id is another one there."""
        self.issues.blockSignals(True)
        self.issues.clear()
        self.issues.blockSignals(False)
        for box in (self.people, self.kinds):
            box.blockSignals(True)
            box.setCurrentIndex(0)
            box.blockSignals(False)
        for field in (self.first, self.last):
            field.set_value(None)
        self.words.clear()
        self._due.stop()

    def _refresh(self) -> None:
        self._stale = True
        if self.isVisible() and self.session.is_open:
            self._show_all()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale and self.session.is_open:
            self._show_all()


def _refill(box: QComboBox, names: list[str]) -> None:
    """New names; the chosen one stays chosen where it is still there."""
    chosen = box.currentText()
    box.blockSignals(True)
    box.clear()
    box.addItems(names)
    box.setCurrentIndex(max(box.findText(chosen), 0))
    box.blockSignals(False)


def _tree(name: str, heads: tuple[str, ...], widths: tuple[int, ...]) -> QTreeWidget:
    """``widths`` in characters; 0 takes what is left."""
    rows = QTreeWidget()
    rows.setRootIsDecorated(False)
    rows.setUniformRowHeights(True)
    rows.setAlternatingRowColors(True)
    rows.setHeaderLabels(list(heads))
    rows.setAccessibleName(name)
    set_widths(rows, widths)
    return rows
