"""本周进展: what departments report, typed into many lines at once and entered as one step."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QPushButton, QVBoxLayout, QWidget

from zhenggai_desktop.domain.changes import Changes, RecordKey
from zhenggai_desktop.domain.outline import measure_number
from zhenggai_desktop.domain.progress import UNASSIGNED, Overview
from zhenggai_desktop.domain.records import Issue, Measure, Snapshot, Status
from zhenggai_desktop.domain.workflow import Duties
from zhenggai_desktop.errors import ZhenggaiError
from zhenggai_desktop.gui import messages
from zhenggai_desktop.gui.calls import Call
from zhenggai_desktop.gui.dialogs.agreement import agreed
from zhenggai_desktop.gui.focus_entry import lead_focus
from zhenggai_desktop.gui.forms.date_editors import DateField
from zhenggai_desktop.gui.forms.editors import LineField
from zhenggai_desktop.gui.forms.record_form import PAUSE
from zhenggai_desktop.gui.months.issue_rows import DepartmentBox
from zhenggai_desktop.gui.months.kept_entries import KeptEntries
from zhenggai_desktop.gui.months.progress_model import Line, ProgressModel
from zhenggai_desktop.gui.months.progress_table import ProgressTable
from zhenggai_desktop.gui.months.view_table import MonthView
from zhenggai_desktop.gui.session import LedgerSession
from zhenggai_desktop.gui.style import MARGIN, plain_label
from zhenggai_desktop.services.progress_entry import enter, last_entries

_SAID = 6000  # milliseconds that a sentence about what was typed stays


class ProgressView(MonthView):
    """Typed entries wait for “登记”; they are entered too when the view is left or the ledger closes."""

    def __init__(self, session: LedgerSession, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.date = DateField(self._basis)
        self.reporter = LineField()
        self.departments = DepartmentBox()
        self.late = QCheckBox("只看逾期")
        self.silent = QCheckBox("只看本周没有进展的")
        self.done = QCheckBox("含已完成")
        self.model = ProgressModel(self)
        self.table = ProgressTable(self.model)
        self.enter_button = QPushButton("登记")
        self.gather_button = QPushButton("汇入整改进展…")
        self.report_button = QPushButton("周报、月报…")
        self.problem = plain_label()
        self._lines: tuple[Line, ...] = ()
        self._kept = KeptEntries(session.user_folder)
        self._taken_up = ""  # uid of the ledger whose kept entries are shown
        self._keeping = QTimer(self, singleShot=True, interval=PAUSE)
        self._keeping.timeout.connect(self._keep)
        self._said = QTimer(self, singleShot=True, interval=_SAID)
        self._said.timeout.connect(lambda: self._say(""))
        self._arrange()
        self._connect()
        session.add_closer(self._on_closing)
        session.leaving.connect(self._on_leaving)
        session.changed.connect(self._on_changed)
        session.new_day.connect(self._on_new_day)

    # --- arranging

    def _arrange(self) -> None:
        self.reporter.setPlaceholderText("谁报的，可不填")
        character = self.fontMetrics().horizontalAdvance("字")
        self.date.setFixedWidth(character * 11)
        self.reporter.setFixedWidth(character * 9)
        self.date.setAccessibleName("日期")
        self.reporter.setAccessibleName("报告人")
        self.enter_button.setProperty("primary", True)
        self.enter_button.setToolTip("Ctrl+Enter")
        self.problem.setProperty("problem", True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        words = [plain_label("日期"), plain_label("报告人")]
        layout.addLayout(
            self.row(words[0], self.date, words[1], self.reporter, None, self.departments, self.late, self.silent,
                     self.done)
        )  # fmt: skip
        layout.addWidget(self.table, 1)
        layout.addLayout(self.row(self.enter_button, self.problem, None, self.gather_button, self.report_button))
        hint = plain_label(
            "逐行往下填，回车到下一行；内容与上一行相同时写“同上”。Ctrl+回车登记，一次撤销可以全部退回。", muted=True
        )
        hint.setContentsMargins(MARGIN, 0, MARGIN, 6)
        hint.setWordWrap(True)
        layout.addWidget(hint)
        lead_focus(self, self.table)

    def _connect(self) -> None:
        self.reporter.edited.connect(lambda: self.model.say_reporter(self.reporter.text()))
        self.reporter.left.connect(self._on_reporter)
        self.date.edited.connect(self._show_state)
        self.departments.currentIndexChanged.connect(lambda _at: self._on_filter())
        for box in (self.late, self.silent, self.done):
            box.toggled.connect(lambda _on: self._on_filter())
        self.model.typed.connect(self._show_state)
        self.model.typed.connect(self._keeping.start)
        self.table.typing.connect(self._keeping.start)
        self.table.typing.connect(self._show_count)
        self.model.refused.connect(self._say)
        self.table.enter_wanted.connect(lambda: self.guarded(self.store))
        self.table.record_wanted.connect(lambda row: self.record_chosen.emit(self.model.lines[row].key))
        self.enter_button.clicked.connect(lambda: self.guarded(self.store))
        self.gather_button.clicked.connect(self._on_gather)
        self.report_button.clicked.connect(self._on_report)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, lambda: self.guarded(self.store))

    def _basis(self) -> tuple[dt.date | None, dt.date]:
        return self.session.snapshot.facts.feedback_date, self.session.today()

    # --- showing

    def gathered(self) -> Callable[[], tuple[Line, ...]]:
        """The records that can be reported on."""
        snapshot, today = self.session.snapshot, self.session.today()
        return lambda: tuple(reported_on(snapshot, today))

    def show_found(self, found: tuple[Line, ...]) -> None:
        """What was typed stays, and so does the field in which is being typed."""
        self.table.commit()
        if not self.date.text().strip():
            self.date.set_value(self.session.today())
        self.model.read_only = self.session.read_only
        self.gather_button.setEnabled(not self.session.read_only)
        self._lines = found
        self._take_up()
        if self.model.entries:
            snapshot = self.session.snapshot
            known = {(type(one), one.id) for one in (*snapshot.issues, *snapshot.measures)}
            self._drop(lambda key: key not in known)
        self._show_offered()

    def _show_offered(self) -> None:
        """The departments of what is asked for, and of these the lines."""
        names = {line.department or UNASSIGNED for line in self._lines if self._is_asked_for(line)}
        self.departments.offer(sorted(names, key=lambda name: (name == UNASSIGNED, name)))
        self._show_lines()

    def _is_asked_for(self, line: Line) -> bool:
        return self.done.isChecked() or line.status is not Status.DONE

    def _take_up(self) -> None:
        """What an earlier run left behind that did not end well."""
        snapshot = self.session.snapshot
        if self._taken_up == snapshot.facts.uid or self.session.read_only:
            return
        self._taken_up = snapshot.facts.uid
        known = {line.key for line in self._lines}
        found = [entry for entry in self._kept.entries(snapshot) if entry.key in known]
        self.model.take_up(found)
        if found:
            self.told.emit(f"上次有{len(found)}项进展没有登记，已经找回；请核对后点“登记”。")

    def _keep(self) -> None:
        """Have what waits to be entered outlive this run, with the cell in which is being typed."""
        self._keeping.stop()
        if self.session.is_open and not self.session.read_only and self._taken_up == self.session.snapshot.facts.uid:
            self._kept.keep(self.session.snapshot, self.model.with_typed(*self.table.typed))

    def _show_lines(self) -> None:
        shown = [
            line
            for line in self._lines
            if self._is_asked_for(line)
            and self.departments.takes(line.department or UNASSIGNED)
            and (line.late or not self.late.isChecked())
            and (line.silent or not self.silent.isChecked())
        ]
        self.model.show_lines(shown, [line.key for line in self._lines])
        self._show_state()

    def _on_reporter(self) -> None:
        """Whoever is named next is not who told what stands there."""
        self.model.keep_reporter()
        self._keeping.start()

    def _on_filter(self) -> None:
        self.table.commit()
        self._show_offered()

    def _show_count(self) -> None:
        """How many entries wait, the one that is being typed too."""
        count = len(self.model.with_typed(*self.table.typed))
        self.enter_button.setText(f"登记{count}项" if count else "登记")
        self.enter_button.setEnabled(bool(count) and not self.session.read_only)

    def _show_state(self) -> None:
        self._show_count()
        self._say(self.date.problem())

    def _say(self, sentence: str) -> None:
        self.problem.setText(sentence)
        if sentence and sentence != self.date.problem():
            self._said.start()

    # --- doing

    def store(self) -> None:
        """Enter everything that is typed, as one step. UsageError where the date is none."""
        self.settle()
        self.table.commit()
        entries, on = self.model.entries, self.date.value()
        if not entries:
            return
        if on is None:
            from zhenggai_desktop.errors import UsageError  # noqa: PLC0415 - rarely

            self.date.setFocus()
            raise UsageError("“本周进展”上面的日期读不出来", "请改成例如 2025.6.30 再登记")
        count = self.session.write(lambda ledger: enter(ledger, entries, on=on))
        self.model.forget()
        self._keep()
        self.told.emit(f"已登记{count}项进展，可以撤销。")

    def _on_closing(self) -> None:
        """The ledger is to be closed: nothing that was typed is lost. It may yet stay open."""
        if not self.session.read_only:
            self.store()

    def _on_leaving(self) -> None:
        """Now it is closed. What was given up with it waits until it is opened again; nothing goes on to another."""
        self._keep()  # what was typed and taken back by hand must not come again
        self._taken_up = ""
        self.date.clear()
        self.reporter.clear()
        self._lines = ()
        self.model.forget()
        self.model.show_lines((), ())

    def _on_changed(self, changes: Changes) -> None:
        """At once: the place of a record that is gone may be another's soon."""
        if changes.removed:
            self._drop(changes.removed.__contains__)

    def _on_new_day(self) -> None:
        """Yesterday's date stays with what was typed under it; what is typed from now on is of today."""
        if not self.model.with_typed(*self.table.typed):
            self.date.set_value(self.session.today())
            self._show_state()

    def _drop(self, is_gone: Callable[[RecordKey], bool]) -> None:
        if gone := self.model.drop(is_gone):
            words = "；".join(entry.text for entry in gone)
            self.told.emit(f"所在的行已经删除，没有登记的进展也去掉了：{words}")

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous() and self.session.is_open and not self.session.read_only:
            self._store_quietly()

    def _store_quietly(self) -> None:
        try:
            self.store()
        except ZhenggaiError as error:
            messages.show_error(self.window(), error)

    def _on_gather(self) -> None:
        from zhenggai_desktop.gui.months.gather_dialog import GatherDialog  # noqa: PLC0415 - on demand

        self.guarded(self.store)
        measures = [line.key[1] for line in self.model.lines if line.key[0] is Measure]
        agreed(GatherDialog(self.session, measures, self.window()))

    def _on_report(self) -> None:
        self.guarded(self.store)
        self.called.emit(Call.PERIOD_REPORT)


def reported_on(snapshot: Snapshot, today: dt.date) -> Iterator[Line]:
    """The measures of issues that are not closed, and such issues that have none, in reading order."""
    overview = Overview(snapshot, today)
    outline, workflow = overview.outline, overview.workflow
    numbers, last = outline.numbers(), last_entries(snapshot)
    monday = today - dt.timedelta(days=today.weekday())

    def line(one: Issue | Measure, number: str, title: str, duties: Duties, status: Status) -> Line:
        key = (type(one), one.id)
        entry = last.get(key)
        late = status is not Status.DONE and duties.due_on is not None and duties.due_on < today
        silent = entry is None or entry.entered_on is None or entry.entered_on < monday
        return Line(key, number, " ".join(title.split()), duties.lead_department, status, late, silent, entry)

    for item in (*overview.items, *overview.beyond):
        if item.issue.closed:
            continue
        measures = outline.measures_of(item.issue)
        if not measures:
            yield line(item.issue, numbers[item.id], item.issue.title, overview.told(item), item.status)
        for at, one in enumerate(measures, 1):
            title, duties = one.content or one.progress, workflow.measure_duties(one)
            yield line(one, measure_number(numbers[item.id], at), title, duties, workflow.measure_status(one))
