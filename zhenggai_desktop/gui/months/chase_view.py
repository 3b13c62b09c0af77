"""催办: who has to be reminded today, of what; letters, short texts and a calendar from what is ticked."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from zhenggai_desktop.domain.changes import RecordKey
from zhenggai_desktop.domain.chasing import URGENCY_NAMES, Reminder, Urgency, by_department, by_leader
from zhenggai_desktop.domain.layout_file import ledger_profile
from zhenggai_desktop.domain.office_rules import office_rules
from zhenggai_desktop.domain.progress import UNASSIGNED
from zhenggai_desktop.domain.records import Chase, Issue, Snapshot
from zhenggai_desktop.domain.watching import Look, looked_at, watched
from zhenggai_desktop.gui import messages
from zhenggai_desktop.gui.calls import Call
from zhenggai_desktop.gui.dialogs import files
from zhenggai_desktop.gui.dialogs.agreement import agreed
from zhenggai_desktop.gui.dialogs.drop_down import DropDown
from zhenggai_desktop.gui.dialogs.number_boxes import NumberBox
from zhenggai_desktop.gui.focus_entry import lead_focus
from zhenggai_desktop.gui.folders import Purpose
from zhenggai_desktop.gui.months.chase_list import ChaseList, Groups, key_of
from zhenggai_desktop.gui.months.deadline_dialogs import extending
from zhenggai_desktop.gui.months.urgency_marks import urgency_icon
from zhenggai_desktop.gui.months.view_table import MonthView
from zhenggai_desktop.gui.notice.document_output import documents_folder
from zhenggai_desktop.gui.progress import write_file
from zhenggai_desktop.gui.session import LedgerSession
from zhenggai_desktop.gui.style import MARGIN, plain_label
from zhenggai_desktop.services import chase_letters
from zhenggai_desktop.services.chase_letters import LETTER_NAMES, Addressed, Letter, concerns, uid_of
from zhenggai_desktop.services.chasing import due_reminders, last_chases, record_chase
from zhenggai_desktop.texts import INSPECTION_NAMES, field_name

#: What can be looked at; a number of days is asked for where there is a usual one.
_LOOKS: tuple[tuple[str, Look, int | None], ...] = (
    ("全部（按提醒期）", Look.ALL, None),
    ("已逾期", Look.LATE, None),
    ("3天内到期", Look.DUE, 3),
    ("7天内到期", Look.DUE, 7),
    ("若干天内到期", Look.DUE, -30),
    ("该启动还没启动", Look.START, None),
    ("久无进展", Look.SILENT, -14),
)
_MEANINGS = {
    Urgency.RED: "已逾期",
    Urgency.ORANGE: "临近到期或该启动",
    Urgency.YELLOW: "快到期或久无进展",
}
MESSAGE = "短信提醒"  # the kind under which a copied text is kept
_LONGEST_WAIT = 3650  # days


class Found(NamedTuple):
    """What is due in a snapshot as it is looked at, in groups, and when each was chased last."""

    snapshot: Snapshot
    due: tuple[Reminder, ...]
    groups: Groups
    chases: Mapping[RecordKey, Chase]
    by_leader: bool


class ChaseView(MonthView):
    """Lines with ticks; what is done is done for those that are ticked."""

    def __init__(self, session: LedgerSession, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.looks, self.groups, self.letters = DropDown(), DropDown(), DropDown()
        self.days = NumberBox()
        self.list = ChaseList()
        self.each = QCheckBox("每个对象一个文件")
        self.keep = QCheckBox("同时登记催办")
        self.write_button = QPushButton("生成文书…")
        self.copy_button = QPushButton("复制短信文字")
        self.extend_button = QPushButton("延期…")
        self.hand_button = QPushButton("责任交接…")
        self.calendar_button = QPushButton("导出日历…")
        self._nothing = plain_label(muted=True)
        self._counts: dict[Urgency, QLabel] = {}
        self._marks: dict[Urgency, QLabel] = {}
        self._snapshot = Snapshot()
        self._arrange()
        self._connect()

    # --- arranging

    def _arrange(self) -> None:
        for caption, _, _ in _LOOKS:
            self.looks.addItem(caption)
        for caption in ("按牵头部门", "按责任领导"):
            self.groups.addItem(caption)
        for letter, name in LETTER_NAMES.items():
            self.letters.addItem(name, letter.value)
        for box, name in ((self.looks, "看什么"), (self.groups, "分组"), (self.letters, "文书")):
            box.setAccessibleName(name)
        self.days.setRange(1, _LONGEST_WAIT)
        self.days.setSuffix(" 天")
        self.days.setAccessibleName("天数")
        self.days.hide()
        self.keep.setChecked(True)
        self.keep.setToolTip("在每个问题或措施上记下：哪天、用什么方式催过")
        self.write_button.setProperty("primary", True)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._nothing)
        self._nothing.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self.row(self.looks, self.days, self.groups, None, *self._legend()))
        layout.addWidget(self._stack, 1)
        layout.addLayout(self.row(self.letters, self.each, self.write_button, self.copy_button, self.keep, None,
                                   self.extend_button, self.hand_button, self.calendar_button))  # fmt: skip
        lead_focus(self, self.list)

    def _legend(self) -> list[QWidget]:
        found: list[QWidget] = []
        for urgency, meaning in _MEANINGS.items():
            mark, count = QLabel(), plain_label(muted=True)
            mark.setAccessibleName(URGENCY_NAMES[urgency])
            count.setToolTip(f"{URGENCY_NAMES[urgency]}：{meaning}")
            self._marks[urgency], self._counts[urgency] = mark, count
            found += [mark, count]
        return found

    def _connect(self) -> None:
        self.looks.currentIndexChanged.connect(self._on_look)
        self.days.valueChanged.connect(lambda _days: self.refresh())
        self.groups.currentIndexChanged.connect(lambda _at: self.refresh())
        self.letters.currentIndexChanged.connect(lambda _at: self._show_buttons())
        self.list.ticked.connect(self._show_buttons)
        self.list.itemSelectionChanged.connect(self._show_buttons)
        self.list.record_chosen.connect(self.record_chosen)
        self.write_button.clicked.connect(lambda: self.guarded(self._write))
        self.copy_button.clicked.connect(lambda: self.guarded(self._copy))
        self.extend_button.clicked.connect(self._on_extend)
        self.hand_button.clicked.connect(lambda: self.called.emit(Call.HAND_ON))
        self.calendar_button.clicked.connect(lambda: self.called.emit(Call.CALENDAR))

    # --- showing

    def gathered(self) -> Callable[[], Found]:
        """Who is to be reminded today."""
        today, snapshot, leaders = self.session.today(), self.session.snapshot, self._by_leader
        look, days = self._look()

        def found() -> Found:
            seen = looked_at(snapshot, look, days)
            due = watched(due_reminders(seen, today), look, days, office_rules(snapshot.facts))
            return Found(seen, due, by_leader(due) if leaders else by_department(due), last_chases(snapshot), leaders)

        return found

    def show_found(self, found: Found) -> None:
        today, self._snapshot = self.session.today(), found.snapshot
        self.list.show_groups(found.groups, found.chases, leaders=found.by_leader)
        self._show_counts(found.due)
        self._stack.setCurrentIndex(0 if found.due else 1)
        self._nothing.setText(f"{today.month}月{today.day}日，{self.looks.currentText()}：没有要催办的事项。")
        self._show_buttons()

    def show_look(self, look: Look) -> None:
        """Look at something by its name."""
        self.looks.setCurrentIndex(next(at for at, (_, known, _) in enumerate(_LOOKS) if known is look))

    def _look(self) -> tuple[Look, int]:
        _, look, days = _LOOKS[self.looks.currentIndex()]
        return look, self.days.value() if days is not None and days < 0 else days or 0

    @property
    def _by_leader(self) -> bool:
        return self.groups.currentIndex() == 1

    @property
    def _letter(self) -> Letter:
        return Letter(self.letters.currentData())

    def _show_counts(self, found: tuple[Reminder, ...]) -> None:
        counts = Counter(one.urgency for one in found)
        for urgency, meaning in _MEANINGS.items():
            size = self.fontMetrics().height()
            self._marks[urgency].setPixmap(urgency_icon(urgency).pixmap(size, size))
            self._counts[urgency].setText(f"{meaning} {counts[urgency]}")

    def _show_buttons(self) -> None:
        ticked, pairs, letter = self.list.ticked_pairs(), self._answered_for(), self._letter
        count = len({name for name, one in pairs if concerns(letter, one)})
        unanswered = f"打勾的事项都没有填{self._who}，请先填写{self._who}" if ticked and not pairs else ""
        unfit = f"打勾的事项里没有要发{LETTER_NAMES[letter]}的，可以换一种文书"
        self.write_button.setEnabled(bool(count))
        self.write_button.setText(f"生成{count}份…" if count else "生成文书…")
        self.write_button.setToolTip("" if count else unanswered or unfit)
        self.copy_button.setEnabled(bool(pairs))
        self.copy_button.setToolTip(unanswered)
        writable = not self.session.read_only
        self.keep.setEnabled(writable)
        self.extend_button.setEnabled(writable and self.list.current_reminder() is not None)
        self.hand_button.setEnabled(writable)

    # --- to whom

    @property
    def _who(self) -> str:
        """What has to be filled in for somebody to be written to."""
        return field_name(Issue, "leaders" if self._by_leader else "lead_department")

    def _answered_for(self) -> list[tuple[str, Reminder]]:
        """Recipient and reminder of what is ticked and has a recipient."""
        return [(name, one) for name, one in self.list.ticked_pairs() if name != UNASSIGNED]

    def _left_out(self, kind: Letter | None = None) -> str:
        """A sentence about what is ticked and has nobody to be told (by a letter of this kind); "" for nothing."""
        left = [one for name, one in self.list.ticked_pairs() if name == UNASSIGNED]
        count = sum(kind is None or concerns(kind, one) for one in left)
        return f"另有{count}项没有填{self._who}，没有生成；请先填写{self._who}。" if count else ""

    # --- doing

    def _addressed(self, kind: Letter) -> tuple[Addressed, ...]:
        only = {(name, uid_of(one)) for name, one in self.list.ticked_pairs()}
        return chase_letters.letters(
            self._snapshot,
            kind,
            folder=documents_folder(),
            today=self.session.today(),
            leaders=self._by_leader,
            only=only,
        )

    def _write(self) -> None:
        """Letters for what is ticked, into one file or one for each, and the chase kept on every record."""
        self.session.flush()
        ledger, kind = self.session.path, self._letter
        assert ledger is not None, "letters need a ledger"
        found = self._addressed(kind)
        name, profile = LETTER_NAMES[kind], ledger_profile(self.session.snapshot.facts)
        suggestion = ledger.with_name(f"{ledger.stem}{name}{self.session.today():%m%d}.docx")
        suggestion = self.session.folders.suggestion(Purpose.EXPORT, suggestion)
        each = self.each.isChecked()
        target = self._ask_folder(suggestion.parent) if each else files.ask_paper(self, name, suggestion)
        if target is None:
            return
        self.session.folders.used(Purpose.EXPORT, target / "x" if each else target)
        others = ""
        if each:
            with messages.busy():
                others = chase_letters.other_names(
                    found, kind, chase_letters.write_letters(found, kind, target, profile)
                )
        else:
            write_file(
                self, f"正在写{name}…", target, lambda path: chase_letters.write_letters(found, kind, path, profile)
            )
        more = others + self._kept(found, name) + self._left_out(kind)
        if each:
            messages.tell_written(self, f"已生成{len(found)}份{name}。{more}", target)
        else:
            messages.tell_exported(self, target, more)

    def _ask_folder(self, start: Path) -> Path | None:
        chosen = QFileDialog.getExistingDirectory(self, "放文书的文件夹", str(start))
        return Path(chosen) if chosen else None

    def _copy(self) -> None:
        """The ticked reminders as short texts, one for each recipient."""
        facts, today = self.session.snapshot.facts, self.session.today()
        groups: dict[str, list[Reminder]] = {}
        for name, one in self._answered_for():
            groups.setdefault(name, []).append(one)
        sender, term = facts.signature_organisation or facts.organisation_short, INSPECTION_NAMES[facts.kind]
        left, text = self._left_out(), short_texts(groups, sender, today, term, leaders=self._by_leader)
        QGuiApplication.clipboard().setText(text)
        kept = ""
        if self.keep.isChecked() and not self.session.read_only:
            chased = {uid_of(one): one for found in groups.values() for one in found}
            count = self.session.edit(lambda ledger: record_chase(ledger, chased.values(), MESSAGE, "", on=today))
            kept = f"已登记催办{count}项，可以撤销。"
        self.told.emit(f"已复制{len(groups)}段短信文字，可以粘贴到微信或短信。{kept}{left}")

    def _kept(self, found: tuple[Addressed, ...], name: str) -> str:
        if not self.keep.isChecked() or self.session.read_only:
            return ""
        today = self.session.today()
        count = self.session.edit(lambda ledger: chase_letters.record_letters(ledger, found, name, on=today))
        return f"已登记催办{count}项。"

    def _on_extend(self) -> None:
        one = self.list.current_reminder()
        if one is not None:
            self.session.flush()
            agreed(extending(self.session, [key_of(one)], self.window()))

    def _on_look(self, at: int) -> None:
        days = _LOOKS[at][2]
        asked = days is not None and days < 0
        self.days.setVisible(asked)
        if asked and days is not None:
            usual = office_rules(self.session.snapshot.facts).silent_days if _LOOKS[at][1] is Look.SILENT else -days
            self.days.blockSignals(True)
            self.days.setValue(usual)
            self.days.blockSignals(False)
        self.refresh()


def short_texts(
    groups: dict[str, list[Reminder]], sender: str, today: dt.date, term: str, *, leaders: bool = False
) -> str:
    """A text for each recipient, a blank line between two."""
    from zhenggai_desktop.domain.chasing import message  # noqa: PLC0415 - only when something is copied

    return "\n\n".join(
        message(name, found, sender=sender, today=today, term=term, leader=leaders) for name, found in groups.items()
    )
