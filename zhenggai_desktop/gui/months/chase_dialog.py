"""催办: who has to be reminded today and of what; as letters in Word, or as short texts for WeChat and SMS.

Recipients are ticked; what is written or copied is kept as a chase on every record it speaks of.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QSpinBox,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from zhenggai_desktop.domain.chasing import URGENCY_NAMES, Reason, Reminder, Urgency, by_department, by_leader, message
from zhenggai_desktop.domain.progress import UNASSIGNED
from zhenggai_desktop.domain.records import Issue, Measure, Snapshot
from zhenggai_desktop.errors import ZhenggaiError
from zhenggai_desktop.gui import messages, themes
from zhenggai_desktop.gui.dialogs import files
from zhenggai_desktop.gui.folders import Purpose
from zhenggai_desktop.gui.manual.keys import add_help_key
from zhenggai_desktop.gui.messages import CLOSE
from zhenggai_desktop.gui.notice.document_output import documents_folder
from zhenggai_desktop.gui.session import LedgerSession
from zhenggai_desktop.gui.style import GAP, MARGIN, TITLE_SCALE, plain_label
from zhenggai_desktop.services import chasing
from zhenggai_desktop.services.chase_letters import LETTER_NAMES, Letter, concerns, letters, send_letters

_HEADS = ("对象、序号", "事项", "情况", "时限", "已催办")
_WIDTHS = (12, 0, 15, 11, 11)  # characters; 0 takes what is left
_MARKS = {Urgency.RED: "●", Urgency.ORANGE: "▲", Urgency.YELLOW: "■"}  # told apart without colour
_NAME = int(Qt.ItemDataRole.UserRole)

#: What the list may be narrowed to: caption and which reminders, given the days of the field beside it.
_RANGES: tuple[tuple[str, Callable[[Reminder, int], bool]], ...] = (
    ("全部", lambda _one, _days: True),
    ("已超期", lambda one, _days: one.reason is Reason.LATE),
    ("3天内到期", lambda one, _days: one.left is not None and 0 <= one.left <= 3),
    ("7天内到期", lambda one, _days: one.left is not None and 0 <= one.left <= 7),
    ("下列天数内到期", lambda one, days: one.left is not None and 0 <= one.left <= days),
    ("应当启动", lambda one, _days: one.reason is Reason.START),
    ("没有进展", lambda one, days: one.silent is not None and one.silent >= days),
)
_WITH_DAYS = (4, 6)  # of those, the ones that look at the days


class ChaseDialog(QDialog):
    """Everything to be reminded of, by department or by leader."""

    def __init__(self, session: LedgerSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._found: tuple[Reminder, ...] = ()
        self._grouped: dict[str, tuple[Reminder, ...]] = {}
        self._chased: Mapping[tuple[type, int], str] = {}
        self.setWindowTitle("催办")
        self.resize(980, 560)
        self.summary = plain_label(scale=TITLE_SCALE, bold=True)
        self.by = QComboBox()
        self.by.addItems(["按牵头部门", "按责任领导"])
        self.ranges = QComboBox()
        self.days = QSpinBox()
        self.days.setRange(1, 365)
        self.days.setValue(15)
        self.days.setSuffix(" 天")
        self.days.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.letter = QComboBox()
        for kind in Letter:
            self.letter.addItem(LETTER_NAMES[kind], kind.value)
        self.rows = _tree()
        self.record = QCheckBox("发出后登记催办记录")
        self.record.setChecked(True)
        self.record.setVisible(not session.read_only)
        self.copy_button = QPushButton("复制短信、微信文字")
        self.copy_button.setAutoDefault(False)
        self.write_button = QPushButton()
        self.write_button.setProperty("primary", True)
        self.said = plain_label(muted=True)
        self.said.setWordWrap(True)
        self._arrange()
        self._connect()
        self._load()
        add_help_key(self, "催办")

    def recipients(self) -> list[str]:
        """The ticked departments or leaders; what nobody answers for is never among them."""
        return [
            item.data(0, _NAME)
            for item in self._groups()
            if item.checkState(0) is Qt.CheckState.Checked and item.data(0, _NAME) != UNASSIGNED
        ]

    # --- arranging

    def _arrange(self) -> None:
        head = QHBoxLayout()
        for caption, widget in (("分组(&G)", self.by), ("范围(&R)", self.ranges), ("天数(&N)", self.days)):
            label = QLabel(caption)
            label.setBuddy(widget)
            head.addWidget(label)
            head.addWidget(widget)
            head.addSpacing(GAP)
        head.addStretch(1)
        foot = QHBoxLayout()
        foot.addWidget(self.record)
        foot.addStretch(1)
        label = QLabel("文书(&L)")
        label.setBuddy(self.letter)
        for widget in (label, self.letter, self.copy_button, self.write_button):
            foot.addWidget(widget)
        buttons = QDialogButtonBox()
        buttons.addButton(CLOSE, QDialogButtonBox.ButtonRole.RejectRole).setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(GAP)
        layout.addWidget(self.summary)
        layout.addLayout(head)
        layout.addWidget(self.rows, 1)
        layout.addLayout(foot)
        layout.addWidget(self.said)
        layout.addWidget(buttons)

    def _connect(self) -> None:
        self.by.currentIndexChanged.connect(lambda _at: self._show())
        self.ranges.currentIndexChanged.connect(lambda _at: self._show())
        self.days.valueChanged.connect(lambda _days: self._show())
        self.letter.currentIndexChanged.connect(lambda _at: self._show_buttons())
        self.rows.itemChanged.connect(lambda _item, _column: self._show_buttons())
        self.copy_button.clicked.connect(lambda: self._guarded(self._copy))
        self.write_button.clicked.connect(lambda: self._guarded(self._write))

    # --- showing

    def _load(self) -> None:
        snapshot, today = self._session.snapshot, self._session.today()
        self._found = chasing.due_reminders(snapshot, today)
        self._chased = _last_chases(snapshot)
        counts = Counter(one.urgency for one in self._found)
        words = "，".join(
            f"{_MARKS[level]}{URGENCY_NAMES[level]} {counts[level]}项" for level in Urgency if counts[level]
        )
        self.summary.setText(f"{today.month}月{today.day}日要催办的：{words}" if words else "今天没有需要催办的事项")
        self.summary.setAccessibleName("要催办的项数")
        at = max(self.ranges.currentIndex(), 0)
        self.ranges.blockSignals(True)
        self.ranges.clear()
        for caption, holds in _RANGES:
            count = sum(holds(one, self.days.value()) for one in self._found)
            self.ranges.addItem(f"{caption}（{count}）")
        self.ranges.setCurrentIndex(at)
        self.ranges.blockSignals(False)
        self._show()

    def _show(self) -> None:
        at = max(self.ranges.currentIndex(), 0)
        self.days.setEnabled(at in _WITH_DAYS)
        holds, days = _RANGES[at][1], self.days.value()
        shown = [one for one in self._found if holds(one, days)]
        self._grouped = dict(by_leader(shown) if self.by.currentIndex() else by_department(shown))
        self.rows.blockSignals(True)
        self.rows.clear()
        for name, own in self._grouped.items():
            item = QTreeWidgetItem([f"{name}（{len(own)}）"])
            item.setData(0, _NAME, name)
            item.setCheckState(0, Qt.CheckState.Unchecked if name == UNASSIGNED else Qt.CheckState.Checked)
            self.rows.addTopLevelItem(item)
            for one in own:
                item.addChild(self._row(one))
            item.setExpanded(True)
        self.rows.blockSignals(False)
        if (first := self.rows.topLevelItem(0)) is not None:
            self.rows.setCurrentItem(first)
        self._show_buttons()

    def _row(self, one: Reminder) -> QTreeWidgetItem:
        what = f"{_MARKS[one.urgency]} {URGENCY_NAMES[one.urgency]}　{one.words}"
        row = QTreeWidgetItem([one.number, one.title, what, one.duties.deadline, self._chased.get(_key(one), "")])
        row.setForeground(2, QBrush(QColor(_colour(one.urgency))))
        row.setToolTip(1, one.title.replace("<", "＜"))  # never markup: the words come from files
        return row

    def _show_buttons(self) -> None:
        recipients, kind = self.recipients(), Letter(self.letter.currentData())
        count = sum(any(concerns(kind, one) for one in self._grouped[name]) for name in recipients)
        self.copy_button.setEnabled(bool(recipients))
        self.write_button.setEnabled(bool(count))
        self.write_button.setText(f"生成{self.letter.currentText()}（{count}份）…")

    def _groups(self) -> list[QTreeWidgetItem]:
        found = (self.rows.topLevelItem(at) for at in range(self.rows.topLevelItemCount()))
        return [item for item in found if item is not None]

    # --- what the buttons do

    def _copy(self) -> None:
        """The shown rows of the ticked recipients as texts."""
        facts, today = self._session.snapshot.facts, self._session.today()
        sender = facts.organisation_short or facts.organisation
        chosen = {name: self._grouped[name] for name in self.recipients()}
        texts = [message(name, own, sender=sender, today=today) for name, own in chosen.items()]
        QApplication.clipboard().setText("\n\n".join(texts))
        said = f"已复制发给{len(chosen)}个对象的文字，可以粘贴到微信或短信"
        if self._keeps_record():
            found = {_key(one): one for own in chosen.values() for one in own}
            count = self._session.edit(
                lambda ledger: chasing.record_chase(ledger, found.values(), "短信提醒", "", on=today)
            )
            said += f"；登记了{count}项催办"
            self._load()
        self.said.setText(f"{said}。")

    def _write(self) -> None:
        kind = Letter(self.letter.currentData())
        name, path = LETTER_NAMES[kind], self._session.path
        assert path is not None, "letters are about an open ledger"
        today = self._session.today()
        suggestion = self._session.folders.suggestion(
            Purpose.EXPORT, path.with_name(f"{path.stem}-{name}{today:%m%d}.docx")
        )
        target = files.ask_paper(self, name, suggestion)
        if target is not None:
            self._session.folders.used(Purpose.EXPORT, target)
            self._send(kind, target)

    def _send(self, kind: Letter, target: Path) -> None:
        folder, wanted, today = documents_folder(), set(self.recipients()), self._session.today()
        leaders, record = bool(self.by.currentIndex()), self._keeps_record()
        found = letters(self._session.snapshot, kind, folder=folder, today=today, leaders=leaders)
        chosen = [one for one in found if one.recipient in wanted]
        with messages.busy():
            count = self._session.edit(
                lambda ledger: send_letters(ledger, chosen, kind, target, on=today, record=record)
            )
        self._load()
        self.said.setText(
            f"已生成{len(chosen)}份{LETTER_NAMES[kind]}" + (f"；登记了{count}项催办。" if record else "。")
        )
        messages.tell_exported(self, target)

    def _keeps_record(self) -> bool:
        return self.record.isChecked() and not self._session.read_only

    def _guarded(self, work: Callable[[], None]) -> None:
        try:
            work()
        except ZhenggaiError as error:
            messages.show_error(self, error)


def _tree() -> QTreeWidget:
    rows = QTreeWidget()
    rows.setUniformRowHeights(True)
    rows.setHeaderLabels(list(_HEADS))
    rows.setAccessibleName("要催办的事项")
    header = rows.header()
    header.setStretchLastSection(False)
    character = rows.fontMetrics().horizontalAdvance("字")
    for column, width in enumerate(_WIDTHS):
        if width:
            header.resizeSection(column, character * width)
        else:
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
    return rows


def _key(one: Reminder) -> tuple[type, int]:
    return (Issue, one.issue.id) if one.measure is None else (Measure, one.measure.id)


def _last_chases(snapshot: Snapshot) -> Mapping[tuple[type, int], str]:
    """“2次，3月5日” for every record that was chased."""
    found: dict[tuple[type, int], list[dt.date | None]] = {}
    for chase in snapshot.chases:
        key = (Issue, chase.issue_id) if chase.issue_id is not None else (Measure, chase.measure_id or 0)
        found.setdefault(key, []).append(chase.chased_on)
    return {key: _times(days) for key, days in found.items()}


def _times(days: list[dt.date | None]) -> str:
    last = max((day for day in days if day is not None), default=None)
    return f"{len(days)}次" + (f"，{last.month}月{last.day}日" if last is not None else "")


def _colour(urgency: Urgency) -> str:
    theme = themes.current()
    return {Urgency.RED: theme.late, Urgency.ORANGE: theme.warning, Urgency.YELLOW: theme.muted}[urgency]
