"""The process above the overview: what is due next in words, the line of milestones, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QScrollArea, QVBoxLayout, QWidget

from zhenggai_desktop.domain.office_rules import NOTICE, PERIODS, office_rules
from zhenggai_desktop.domain.process import next_step, process_line
from zhenggai_desktop.domain.progress import Overview
from zhenggai_desktop.errors import ZhenggaiError
from zhenggai_desktop.gui.calls import Call
from zhenggai_desktop.gui.elided_label import elided_label
from zhenggai_desktop.gui.months.process_line import ProcessLine, sentence, state_words
from zhenggai_desktop.gui.session import LedgerSession
from zhenggai_desktop.gui.style import GAP, MARGIN, plain_label


class ProcessPanel(QWidget):
    """Shown anew by its page with ``show_overview``."""

    called = Signal(object)  # Call
    told = Signal(str)

    def __init__(self, session: LedgerSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.words = elided_label(bold=True)
        self.refusal = plain_label()
        self.refusal.setProperty("problem", True)
        self.refusal.hide()
        self.line = ProcessLine()
        self.lay_out_button = QPushButton("列出流程节点")
        self.meeting_button = QPushButton("新增会议、报告…")
        self.period_button = QPushButton("按预设算日期\u2002")  # room for the arrow of its menu
        self.stages_button = QPushButton("调整流程…")
        self.chase_button = QPushButton()
        self._area = QScrollArea()
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        periods = QMenu(self)
        for period in PERIODS:
            periods.addAction(period.name, lambda period=period: self._guarded(lambda: self._choose(period)))
        self.period_button.setMenu(periods)
        self.period_button.setAccessibleName("按预设算日期")
        self.period_button.setToolTip(f"按反馈日期计算方案、集中整改和报告的期限；{NOTICE}")
        links = (self.lay_out_button, self.meeting_button, self.period_button, self.stages_button, self.chase_button)
        for button in links:
            button.setProperty("link", True)
        head = QHBoxLayout()
        head.setContentsMargins(MARGIN, 0, MARGIN, 0)
        head.setSpacing(GAP * 2)
        head.addWidget(self.words, 1)
        head.addWidget(self.refusal)
        for button in (self.chase_button, *links[:-1]):
            head.addWidget(button)
        self._area.setWidget(self.line)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        rule = QFrame()
        rule.setProperty("rule", True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 2, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(self._area)
        layout.addWidget(rule)

    def _connect(self) -> None:
        self.line.chosen.connect(self._on_chosen)
        self.line.moved.connect(self._on_moved)
        self.line.menu_wanted.connect(self._on_menu)
        self.stages_button.clicked.connect(self._on_stages)
        self.lay_out_button.clicked.connect(lambda: self._guarded(self._lay_out))
        self.meeting_button.clicked.connect(self._on_meeting)
        self.chase_button.clicked.connect(lambda: self.called.emit(Call.CHASE))

    # --- showing

    def show_overview(self, overview: Overview) -> None:
        """Show the ledger of this overview on its day."""
        from zhenggai_desktop.domain.chasing import Reason, reminders  # noqa: PLC0415 - loaded with the first look

        snapshot = overview.snapshot
        rules = office_rules(snapshot.facts)
        steps = process_line(snapshot, rules, overview.today)
        following = next_step(steps)
        self.line.show_steps(steps, following)
        self._area.setVisible(bool(steps))
        self._area.setFixedHeight(self.line.sizeHint().height() + self._area.horizontalScrollBar().sizeHint().height())
        if following is not None:
            title = following.milestone.title or following.milestone.kind
            self.words.setText(f"流程：下一步 {title}，{state_words(following)}")
            self.words.setToolTip(sentence(following).replace("<", "＜"))
        else:
            self.words.setText("流程：没有待办的节点" if steps else "流程：还没有列出节点")
        writable = not self._session.read_only
        self.lay_out_button.setVisible(writable and not steps)
        self.meeting_button.setVisible(writable and bool(steps))
        self.period_button.setVisible(writable)
        self.stages_button.setVisible(writable)
        found = reminders(overview, rules)
        late = sum(one.reason is Reason.LATE for one in found)
        self.chase_button.setVisible(bool(found))
        self.chase_button.setText(f"要催办{len(found)}项" + (f"，{late}项已逾期" if late else ""))
        QTimer.singleShot(0, self.line, lambda: self._on_moved(self.line.current_rect()))

    # --- doing

    def _lay_out(self) -> None:
        from zhenggai_desktop.services.process import lay_out  # noqa: PLC0415 - on demand

        self._session.edit(lay_out)

    def _choose(self, period: object) -> None:
        from zhenggai_desktop.services.process import choose_period  # noqa: PLC0415

        self._session.edit(lambda ledger: choose_period(ledger, period))  # type: ignore[arg-type] - of PERIODS

    def _on_chosen(self, milestone_id: int) -> None:
        from zhenggai_desktop.gui.dialogs.agreement import agreed  # noqa: PLC0415
        from zhenggai_desktop.gui.months.milestone_dialog import MilestoneDialog  # noqa: PLC0415

        self._session.flush()
        agreed(MilestoneDialog(self._session, milestone_id, self.window()))

    def _on_meeting(self) -> None:
        from zhenggai_desktop.gui.dialogs.agreement import agreed  # noqa: PLC0415
        from zhenggai_desktop.gui.months.milestone_dialog import NewMilestoneDialog  # noqa: PLC0415

        self._session.flush()
        agreed(NewMilestoneDialog(self._session, self.window()))

    def _on_stages(self) -> None:
        from zhenggai_desktop.gui.dialogs.agreement import agreed  # noqa: PLC0415
        from zhenggai_desktop.gui.months.stages_dialog import StagesDialog  # noqa: PLC0415

        self._session.flush()
        dialog = StagesDialog(self._session, self.window())
        if agreed(dialog) and dialog.change.kept:
            kept = "、".join(f"“{title}”" for title in dialog.change.kept)
            self.told.emit(f"{kept}已填过内容，留在流程线上；不要的话可以在节点里删除。")

    def _on_menu(self, milestone_id: int, place: QPoint) -> None:
        from zhenggai_desktop.gui.months.papers_menu import papers_here, papers_menu  # noqa: PLC0415

        menu = papers_menu(papers_here(self._session, milestone_id), self)
        menu.addSeparator()
        menu.addAction("查看或修改这个节点…", lambda: self._on_chosen(milestone_id))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)

    def _on_moved(self, place: QRect) -> None:
        middle = place.center()
        self._area.ensureVisible(middle.x(), middle.y(), self._area.viewport().width() // 3, 0)

    def _guarded(self, work: Callable[[], None]) -> None:
        self.refusal.hide()
        try:
            work()
        except ZhenggaiError as error:
            self.refusal.setText(f"{error.what_happened}。{error.what_to_do}。")
            self.refusal.show()
