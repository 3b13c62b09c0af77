"""The findings with what can be done about the chosen one: mend it, mend all of its kind, or leave it with a reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from zhenggai_desktop.domain.proofread.captions import SEVERITY_NAMES, advice_of
from zhenggai_desktop.domain.proofread.findings import Finding, Severity
from zhenggai_desktop.gui.proof.findings_list import Entry, FindingsList
from zhenggai_desktop.gui.style import GAP, plain_label

_NOTHING = "没有发现问题"
_READING = "正在校对…"


class FindingsPanel(QWidget):
    """Shows findings and asks for everything by signals; it changes nothing itself."""

    chosen = Signal(object)  # Finding: show its words
    opened = Signal(object)  # Finding: go where it can be changed
    mend_asked = Signal(object)  # Finding
    mend_all_asked = Signal(object)  # Finding: all of its kind
    waive_asked = Signal(object, str)  # Finding, reason
    unwaive_asked = Signal(object)  # Waiver
    closed = Signal()

    def __init__(
        self, place_of: Callable[[Finding], str], *, with_waivers: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._with_waivers = with_waivers
        self._editable = True
        self._of_kind: Callable[[Finding], int] = lambda _finding: 0
        self._summary = plain_label(_READING, bold=True)
        self._summary.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.menu_button = QToolButton()
        self.menu_button.setText("更多")
        self.menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu = QMenu(self.menu_button)
        self.menu_button.setProperty("drop", True)
        self.menu_button.setMenu(self.menu)
        self.close_button = QToolButton()
        self.close_button.setText("×")
        self.close_button.setToolTip("收起校对意见")
        self.close_button.setAccessibleName("收起校对意见")
        self.close_button.clicked.connect(self.closed)
        self.list = FindingsList(place_of)
        self._message = plain_label()
        self._message.setWordWrap(True)
        self._message.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._words = plain_label(muted=True)
        self._words.setWordWrap(True)
        self.mend_button = QPushButton("改正")
        self.mend_button.setProperty("primary", True)
        self.mend_all_button = QPushButton()
        self.open_button = QPushButton("到台账修改")
        self.reason = QLineEdit()
        self.reason.setPlaceholderText("不改的理由，如“原文如此”")
        self.reason.setAccessibleName("不改的理由")
        self.waive_button = QPushButton("保留不改")
        self.waive_button.setEnabled(False)
        self.unwaive_button = QPushButton("取消保留")
        self._about: tuple[object, ...] | None = None  # the finding for which a reason is typed
        self._details = QFrame()
        self._arrange()
        self._connect()
        self._show_details(None)

    def show_findings(
        self, entries: Sequence[Entry], of_kind: Callable[[Finding], int], *, editable: bool, trouble: str = ""
    ) -> None:
        """Show other findings. ``of_kind`` says how many of a finding's kind can be mended at once."""
        self._editable, self._of_kind = editable, of_kind
        self._summary.setText(trouble or summary([entry.finding for entry in entries if entry.waiver is None]))
        self._summary.setToolTip(trouble)
        self.list.show_entries(entries)

    # --- arranging

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(GAP, GAP // 2, GAP // 2, GAP // 2)
        head.addWidget(self._summary, 1)
        head.addWidget(self.menu_button)
        head.addWidget(self.close_button)
        details = QVBoxLayout(self._details)
        details.setContentsMargins(GAP, GAP, GAP, GAP)
        details.setSpacing(GAP)
        details.addWidget(self._message)
        details.addWidget(self._words)
        mends = QHBoxLayout()
        for button in (self.mend_button, self.mend_all_button, self.open_button, self.unwaive_button):
            mends.addWidget(button)
        mends.addStretch(1)
        details.addLayout(mends)
        waiving = QHBoxLayout()
        waiving.addWidget(self.reason, 1)
        waiving.addWidget(self.waive_button)
        details.addLayout(waiving)
        rule = QFrame()
        rule.setProperty("rule", True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self.list, 1)
        layout.addWidget(rule)
        layout.addWidget(self._details)
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance("字") * 18)

    def _connect(self) -> None:
        self.list.chosen.connect(self._on_chosen)
        self.list.opened.connect(lambda entry: entry is not None and self.opened.emit(entry.finding))
        self.mend_button.clicked.connect(lambda: self._ask(self.mend_asked))
        self.mend_all_button.clicked.connect(lambda: self._ask(self.mend_all_asked))
        self.open_button.clicked.connect(lambda: self._ask(self.opened))
        self.waive_button.clicked.connect(self._on_waive)
        self.reason.returnPressed.connect(self._on_waive)
        self.reason.textChanged.connect(lambda text: self.waive_button.setEnabled(bool(text.strip())))
        self.unwaive_button.clicked.connect(self._on_unwaive)

    # --- the chosen one

    def _on_chosen(self, entry: Entry | None) -> None:
        self._show_details(entry)
        if entry is not None and self.list.hasFocus():
            self.chosen.emit(entry.finding)

    def _show_details(self, entry: Entry | None) -> None:
        self._details.setVisible(entry is not None)
        about = None if entry is None else (entry.key, entry.waiver is not None)
        if about != self._about:  # else the reason is just being typed while the text is read again
            self._about = about
            self.reason.clear()
        if entry is None:
            return
        finding, waiver = entry.finding, entry.waiver
        told = finding.mend is not None and f"“{finding.mend}”" in finding.message
        advice = "" if told else advice_of(finding)
        self._message.setText(f"{finding.message}。{advice}。" if advice else f"{finding.message}。")
        words = "" if finding.words in finding.message else _excerpt(finding.words)
        beside = f"保留理由：{waiver.reason}" if waiver else words
        self._words.setText(beside)
        self._words.setVisible(bool(beside))
        mendable = self._editable and finding.mend is not None and waiver is None
        alike = self._of_kind(finding) if mendable else 0
        self.mend_button.setVisible(mendable)
        self.mend_all_button.setVisible(alike > 1)
        self.mend_all_button.setText(f"同类{alike}处全部改正")
        in_tree = finding.anchor is not None and finding.anchor.kind != "chapter"
        self.open_button.setVisible(self._with_waivers and in_tree)
        waivable = self._with_waivers and self._editable and waiver is None
        self.reason.setVisible(waivable)
        self.waive_button.setVisible(waivable)
        self.unwaive_button.setVisible(self._editable and waiver is not None)

    def _ask(self, signal: object) -> None:
        entry = self.list.current
        if entry is not None:
            signal.emit(entry.finding)  # type: ignore[attr-defined] - one of this class's signals

    def _on_waive(self) -> None:
        entry, reason = self.list.current, self.reason.text().strip()
        if entry is not None and reason:
            self.waive_asked.emit(entry.finding, reason)

    def _on_unwaive(self) -> None:
        entry = self.list.current
        if entry is not None and entry.waiver is not None:
            self.unwaive_asked.emit(entry.waiver)


_LONGEST = 60  # characters of the words that are quoted


def _excerpt(words: str) -> str:
    if not words:
        return ""
    return f"“{words[:_LONGEST]}……”" if len(words) > _LONGEST else f"“{words}”"


def summary(findings: Sequence[Finding]) -> str:
    """“错误 2　提醒 5”, or that there is nothing."""
    counts = {severity: sum(finding.severity is severity for finding in findings) for severity in Severity}
    return "　".join(f"{SEVERITY_NAMES[each]} {count}" for each, count in counts.items() if count) or _NOTHING
