"""本单位规定: lead times, closing chain and lengths of an office, to be set where the ledger's other settings are."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Qt, QTimer
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QSpinBox, QVBoxLayout, QWidget

from zhenggai_desktop.domain.office_rules import (
    NOTICE,
    PERIODS,
    LeadTime,
    OfficeRules,
    load_rules,
    office_rules,
    rules_text,
)
from zhenggai_desktop.errors import ZhenggaiError
from zhenggai_desktop.gui.dialogs.drop_down import DropDown
from zhenggai_desktop.gui.dialogs.number_boxes import NumberBox
from zhenggai_desktop.gui.forms.editors import LinesField
from zhenggai_desktop.gui.forms.record_form import PAUSE
from zhenggai_desktop.gui.session import LedgerSession
from zhenggai_desktop.gui.style import GAP, MARGIN, plain_label

#: Lead times by the name of the rule, with what a clerk calls them.
_TRACKS = (("immediate", "立行立改"), ("dated", "限期整改"), ("staged", "分阶段整改"), ("untracked", "没有填整改类型"))
_LONGEST = 365  # days


class RulesForm(QWidget):
    """What is changed is stored after a pause and when the field is left; then what cannot be stored is said below."""

    def __init__(self, session: LedgerSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.first: dict[str, QSpinBox] = {}
        self.second: dict[str, QSpinBox] = {}
        self.silent = self._days("多少天没有进展就提醒")
        self.silent.setSpecialValueText("不提醒")
        self.chain = LinesField(6)
        self.chain.setAccessibleName("销号环节")
        self.periods = DropDown()
        self.period_button = QPushButton("按此计算期限")
        self.stages_button = QPushButton("调整流程…")
        self.usual_button = QPushButton("恢复通常做法")
        self.problem, self.period_problem = plain_label(), plain_label()
        for label in (self.problem, self.period_problem):
            label.setProperty("problem", True)
            label.setWordWrap(True)
        self.period_problem.hide()
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._flush)
        self._arrange()
        for box in (*self.first.values(), *self.second.values(), self.silent):
            box.editingFinished.connect(self._on_left)
            box.lineEdit().textEdited.connect(lambda _text: self._pause.start())
        self.chain.left.connect(self._on_left)
        self.chain.edited.connect(self._pause.start)
        self.period_button.clicked.connect(self._on_period)
        self.stages_button.clicked.connect(self._on_stages)
        self.usual_button.clicked.connect(lambda: self._store(self._usual()))
        session.add_flusher(self._flush)

    # --- arranging

    def _arrange(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, GAP, MARGIN, MARGIN)
        layout.setSpacing(GAP)
        words = plain_label(f"各地做法不同，这里的数字{NOTICE}。只影响这个台账。", muted=True)
        words.setWordWrap(True)
        layout.addWidget(words)
        layout.addWidget(plain_label("期限", bold=True))
        row = QHBoxLayout()
        row.setSpacing(GAP)
        for period in PERIODS:
            self.periods.addItem(period.name)
        self.periods.setAccessibleName("集中整改的长度")
        row.addWidget(self.periods)
        row.addWidget(self.period_button)
        row.addWidget(plain_label("由反馈日期算出方案、集中整改、报告的日期，流程节点跟着变", muted=True))
        row.addStretch(1)
        layout.addLayout(row)
        layout.addWidget(self.period_problem)
        layout.addWidget(plain_label("整改流程的环节", bold=True))
        stages = QHBoxLayout()
        stages.setSpacing(GAP)
        stages.addWidget(self.stages_button)
        stages.addWidget(plain_label("增加、改名、删除环节，定它的期限和证明材料", muted=True))
        stages.addStretch(1)
        layout.addLayout(stages)
        layout.addWidget(plain_label("提前几天提醒", bold=True))
        layout.addLayout(self._lead_times())
        layout.addWidget(plain_label("销号环节，一行一个，最后一个办完就是销号", bold=True))
        layout.addWidget(self.chain)
        layout.addWidget(self.problem)
        layout.addWidget(self.usual_button, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addStretch(1)

    def _lead_times(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(GAP * 2)
        grid.setVerticalSpacing(GAP)
        for column, caption in enumerate(("整改类型", "第一次（黄色）", "第二次（橙色）")):
            grid.addWidget(plain_label(caption, muted=True), 0, column)
        for at, (name, caption) in enumerate(_TRACKS, 1):
            self.first[name], self.second[name] = self._days(f"{caption}第一次"), self._days(f"{caption}第二次")
            for column, widget in enumerate((plain_label(caption), self.first[name], self.second[name])):
                grid.addWidget(widget, at, column)
        last = len(_TRACKS) + 1
        grid.addWidget(plain_label("久无进展"), last, 0)
        grid.addWidget(self.silent, last, 1)
        grid.setColumnStretch(3, 1)
        return grid

    @staticmethod
    def _days(name: str) -> QSpinBox:
        box = NumberBox()
        box.setRange(0, _LONGEST)
        box.setSuffix(" 天")
        box.setAccessibleName(name)
        box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        box.setKeyboardTracking(False)
        return box

    # --- showing and storing

    def show_rules(self) -> None:
        """Show the rules of the open ledger; what is being typed is left alone."""
        rules = office_rules(self._session.snapshot.facts)
        for name, _ in _TRACKS:
            lead: LeadTime = getattr(rules, name)
            for box, value in ((self.first[name], lead.first), (self.second[name], lead.second)):
                with QSignalBlocker(box):
                    box.setValue(value)
        with QSignalBlocker(self.silent):
            self.silent.setValue(rules.silent_days)
        if self.chain.value() != rules.closing_chain:
            self.chain.set_value(rules.closing_chain)
        self.problem.setText("")
        writable = not self._session.read_only
        for widget in (*self.first.values(), *self.second.values(), self.silent, self.periods):
            widget.setEnabled(writable)
        for button in (self.period_button, self.stages_button):
            button.setEnabled(writable)
        self.usual_button.setEnabled(writable and rules_text(rules) != rules_text(self._usual()))
        self.chain.set_read_only(not writable)

    def rules(self) -> OfficeRules:
        """What the fields say now. UsageError where that is no rule."""
        leads = {name: LeadTime(self.first[name].value(), self.second[name].value()) for name, _ in _TRACKS}
        known = office_rules(self._session.snapshot.facts)
        found = replace(known, closing_chain=self.chain.value(), silent_days=self.silent.value(), **leads)
        return load_rules(rules_text(found))

    def _wrong(self) -> str:
        """What cannot be stored, in words; "" for nothing."""
        for name, caption in _TRACKS:
            if self.second[name].value() > self.first[name].value():
                return f"{caption}：第二次提醒不能比第一次更早"
        chain = self.chain.value()
        if not chain:
            return "销号环节至少要有一个"
        double = next((name for name in chain if chain.count(name) > 1), "")
        return f"销号环节“{double}”写了两次" if double else ""

    def _flush(self) -> None:
        """Store what is typed so far, where it is a rule."""
        if self.isVisible() and self._session.is_open and not self._session.read_only:
            for box in (*self.first.values(), *self.second.values(), self.silent):
                box.interpretText()
            if not self._wrong():
                self._store_if_changed()

    def _on_left(self) -> None:
        self._pause.stop()
        self.problem.setText(self._wrong())
        if not self.problem.text() and self._session.is_open and not self._session.read_only:
            self._store_if_changed()

    def _store_if_changed(self) -> None:
        try:
            rules = self.rules()
        except ZhenggaiError as error:
            self.problem.setText(f"{error.what_happened}。")
            return
        if rules_text(rules) != rules_text(office_rules(self._session.snapshot.facts)):
            self._store(rules)

    def _usual(self) -> OfficeRules:
        """What is usual for all that is set here; the kinds of outcomes and the process are set elsewhere."""
        rules = office_rules(self._session.snapshot.facts)
        return replace(OfficeRules(), outcome_kinds=rules.outcome_kinds, process=rules.process)

    def _store(self, rules: OfficeRules) -> None:
        from zhenggai_desktop.services.process import set_rules  # noqa: PLC0415 - on demand

        self._session.write(lambda ledger: set_rules(ledger, rules))

    def _on_stages(self) -> None:
        from zhenggai_desktop.gui.dialogs.agreement import agreed  # noqa: PLC0415
        from zhenggai_desktop.gui.months.stages_dialog import StagesDialog  # noqa: PLC0415

        agreed(StagesDialog(self._session, self.window()))

    def _on_period(self) -> None:
        from zhenggai_desktop.services.process import choose_period  # noqa: PLC0415

        period = PERIODS[self.periods.currentIndex()]
        self.period_problem.hide()
        try:
            self._session.edit(lambda ledger: choose_period(ledger, period))
        except ZhenggaiError as error:
            self.period_problem.setText(f"{error.what_happened}。{error.what_to_do}。")
            self.period_problem.show()
