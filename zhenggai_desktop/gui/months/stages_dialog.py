"""The office's process to edit: which stages there are, the papers that prove each, and the day it is due."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from zhenggai_desktop.domain.office_rules import NOTICE, Anchor, Stage
from zhenggai_desktop.domain.process import usual_date
from zhenggai_desktop.domain.rules_words import ANCHOR_NAMES, due_words
from zhenggai_desktop.errors import ZhenggaiError
from zhenggai_desktop.gui.dialogs.dialog import Dialog
from zhenggai_desktop.gui.dialogs.number_boxes import NumberBox
from zhenggai_desktop.gui.forms.editors import CheckField, ChoiceField, LineField, LinesField
from zhenggai_desktop.gui.messages import CANCEL
from zhenggai_desktop.gui.session import LedgerSession
from zhenggai_desktop.gui.style import GAP, MARGIN, TITLE_SCALE, plain_label
from zhenggai_desktop.services.process_rules import (
    Planned,
    ProcessChange,
    planned,
    problem_of,
    set_stages,
    usual_stages,
)
from zhenggai_desktop.texts import date_text

_ANCHORS = tuple((caption, anchor) for anchor, caption in ANCHOR_NAMES.items())
_MOST_DAYS = 3650
_SIZE = (54, 37)  # characters
_ABOUT = f"改的是本台账的规定，{NOTICE}。已经完成的、手工定过日期的节点不动。"


class StagesDialog(Dialog):
    """Accepted means: the stages are stored as one step; ``change`` says what became of the milestones."""

    help_topic = "概览与挂图"

    def __init__(self, session: LedgerSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._stages: list[Planned] = list(planned(session.snapshot))
        self.change = ProcessChange()
        self.setWindowTitle("调整整改流程")
        character = self.fontMetrics().horizontalAdvance("字")
        self.resize(character * _SIZE[0], character * _SIZE[1])
        self.rows = QListWidget()
        self.rows.setAccessibleName("流程环节")
        self.rows.setProperty("boxed", True)
        self.name, self.papers = LineField(), LinesField(3)
        self.anchor = ChoiceField(_ANCHORS)
        self.days = NumberBox()
        self.days.setRange(-_MOST_DAYS, _MOST_DAYS)
        self.days.setSuffix(" 天")
        self.days.setAccessibleName("在这之后多少天，负数是之前")
        self.due = plain_label(muted=True)
        self.due.setWordWrap(True)
        self.meeting = CheckField("是会议，计入会议次数")
        self.repeats = CheckField("可以有多次，每次另行新增")
        self.problem = plain_label()
        self.problem.setProperty("problem", True)
        self.problem.setWordWrap(True)
        self.add_button, self.remove_button = QPushButton("新增环节"), QPushButton("删除环节")
        self.usual_button = QPushButton("恢复通常流程")
        self.accept_button = QPushButton("保存流程")
        self._arrange()
        self._connect()
        self._fill(0)

    # --- arranging

    def _arrange(self) -> None:
        about = plain_label(_ABOUT, muted=True)
        about.setWordWrap(True)
        below = QHBoxLayout()
        for button in (self.add_button, self.remove_button):
            button.setAutoDefault(False)
            below.addWidget(button)
        below.addStretch(1)
        left = QVBoxLayout()
        left.addWidget(self.rows, 1)
        left.addLayout(below)
        panes = QHBoxLayout()
        panes.setSpacing(GAP * 2)
        panes.addLayout(left, 2)
        panes.addLayout(self._fields(), 3)
        buttons = QDialogButtonBox()
        buttons.addButton(self.accept_button, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(self.usual_button, QDialogButtonBox.ButtonRole.ResetRole)
        buttons.addButton(CANCEL, QDialogButtonBox.ButtonRole.RejectRole)
        self.usual_button.setAutoDefault(False)
        self.accept_button.setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(GAP)
        layout.addWidget(plain_label("整改流程的环节", scale=TITLE_SCALE, bold=True))
        layout.addWidget(about)
        layout.addLayout(panes, 1)
        layout.addWidget(self.problem)
        layout.addWidget(buttons)

    def _fields(self) -> QVBoxLayout:
        form = QFormLayout()
        form.setSpacing(GAP)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        day = QHBoxLayout()
        day.setSpacing(GAP)
        day.addWidget(self.anchor, 1)
        day.addWidget(self.days)
        self.anchor.setAccessibleName("从哪一天算起")
        form.addRow("名称(&N)", self.name)
        since = QLabel("从这一天算起(&F)")
        since.setBuddy(self.anchor)
        form.addRow(since, day)
        form.addRow("", self.due)
        form.addRow("证明材料(&P)", self.papers)
        form.addRow("", plain_label("一行一份，如“会议纪要”；没有挂上的算缺材料", muted=True))
        form.addRow("", self.meeting)
        form.addRow("", self.repeats)
        column = QVBoxLayout()
        column.addLayout(form)
        column.addStretch(1)
        return column

    def _connect(self) -> None:
        self.rows.currentRowChanged.connect(lambda _at: self._show_stage())
        for field in (self.name, self.papers, self.anchor, self.meeting, self.repeats):
            field.edited.connect(self._on_edited)
        self.days.valueChanged.connect(lambda _days: self._on_edited())
        self.add_button.clicked.connect(self.add)
        self.remove_button.clicked.connect(self.remove)
        self.usual_button.clicked.connect(self.restore)

    # --- what the user does

    def add(self) -> None:
        """A new stage behind the chosen one, ready to be named."""
        at = self.rows.currentRow() + 1
        self._stages.insert(at, Planned(Stage("", Anchor.FEEDBACK, 0)))
        self._fill(at)
        self.name.setFocus()

    def remove(self) -> None:
        """The chosen stage goes."""
        at = self.rows.currentRow()
        if at >= 0:
            del self._stages[at]
            self._fill(min(at, len(self._stages) - 1))

    def restore(self) -> None:
        """The usual stages again, as far as nothing is stored yet."""
        self._stages = list(usual_stages())
        self._fill(0)

    def accept(self) -> None:
        """Store the stages; stay where they can be no process."""
        try:
            self.change = self._session.edit(lambda ledger: set_stages(ledger, self._stages))
        except ZhenggaiError as error:
            self.problem.setText(f"{error.what_happened}。")
            self.problem.show()
            return
        super().accept()

    # --- inside

    def _fill(self, at: int) -> None:
        with QSignalBlocker(self.rows):
            self.rows.clear()
            self.rows.addItems([one.stage.kind or "（未命名）" for one in self._stages])
            self.rows.setCurrentRow(at)
        self._show_stage()

    def _show_stage(self) -> None:
        at = self.rows.currentRow()
        stage = self._stages[at].stage if at >= 0 else Stage("")
        values = ((self.name, stage.kind), (self.papers, stage.papers), (self.anchor, stage.anchor))
        for field, value in (*values, (self.meeting, stage.meeting), (self.repeats, stage.repeats)):
            field.set_value(value)
            field.setEnabled(at >= 0)
        with QSignalBlocker(self.days):
            self.days.setValue(stage.days)
        self._show_state(stage)

    def _on_edited(self) -> None:
        at = self.rows.currentRow()
        if at < 0:
            return
        stage = Stage(
            self.name.text().strip(),
            Anchor(self.anchor.value()),
            self.days.value() if self.anchor.value() else 0,
            self.papers.value(),
            self.meeting.value(),
            self.repeats.value(),
        )
        self._stages[at] = replace(self._stages[at], stage=stage)
        item = self.rows.item(at)
        if item:
            item.setText(stage.kind or "（未命名）")
        self._show_state(stage)

    def _show_state(self, stage: Stage) -> None:
        writable = not self._session.read_only
        there = self.rows.currentRow() >= 0
        self.days.setEnabled(there and stage.anchor is not Anchor.NONE)
        self.due.setText(_due_words(stage, self._session) if there else "")
        self.remove_button.setEnabled(there)
        problem = problem_of(self._stages)
        self.problem.setText(f"{problem}。" if problem else "")
        self.problem.setVisible(bool(problem))
        self.accept_button.setEnabled(writable and not problem)


def _due_words(stage: Stage, session: LedgerSession) -> str:
    if stage.anchor is Anchor.NONE:
        return "办了再登记，没有期限"
    when, day = due_words(stage), usual_date(stage, session.snapshot.facts)
    return f"{when}，即{date_text(day)}" if day is not None else f"{when}；台账信息里还没有填这个日期"
