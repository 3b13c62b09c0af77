"""The tab of an issue on its closing: where it stands in the chain, what is missing, and the ways on and back."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from zhenggai_desktop.domain.changes import RecordKey
from zhenggai_desktop.domain.records import ClosingStep, Issue
from zhenggai_desktop.gui.dialogs.agreement import agreed
from zhenggai_desktop.gui.forms.record_list import RecordList
from zhenggai_desktop.gui.months import closing_dialogs
from zhenggai_desktop.gui.months.papers import write_paper
from zhenggai_desktop.gui.session import LedgerSession
from zhenggai_desktop.gui.style import GAP, MARGIN, plain_label
from zhenggai_desktop.services import closing
from zhenggai_desktop.texts import list_text

GO_ON, BACK, REOPEN, FORM = "办理…", "退回…", "重新整改…", "审批表…"
ADD, REMOVE = "补记一步", "删除"
_DONE, _NEXT, _OPEN = "✓", "▶", "○"
_TOGETHER = "\u2060"  # a step is not broken over two lines


class ClosingList(RecordList):
    """The chain with its marks above the steps that were taken. Steps taken elsewhere are put in by hand (补记)."""

    def __init__(
        self,
        session: LedgerSession,
        parent: QWidget | None = None,
        *,
        confirm: Callable[[RecordKey], bool] | None = None,
    ) -> None:
        self._states: closing.States | None = None  # of the ledger as it was looked at last
        super().__init__(session, ClosingStep, parent, confirm=confirm)
        self.chain = plain_label()
        self.chain.setAccessibleName("销号进行到哪一步")
        self.lacks = plain_label()
        for label in (self.chain, self.lacks):
            label.setWordWrap(True)
            label.setContentsMargins(MARGIN, 0, MARGIN, 0)
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        layout = self.layout()
        assert isinstance(layout, QBoxLayout)
        layout.insertWidget(0, self.lacks)
        layout.insertWidget(0, self.chain)
        layout.insertSpacing(0, GAP // 2)
        layout.addStretch(0)  # what is left, as long as there is no step whose form takes it

    # --- what the buttons do

    def go_on(self) -> None:
        """The next step for this issue."""
        if (issue_id := self._issue_id()) is not None:
            self._session.flush()
            agreed(closing_dialogs.ClosingDialog(self._session, [issue_id], self.window()))

    def send_back(self) -> None:
        """Back to the beginning, with a reason."""
        if (issue_id := self._issue_id()) is not None:
            agreed(closing_dialogs.sending_back(self._session, [issue_id], self.window()))

    def reopen(self) -> None:
        """A closed issue is open again, with a reason."""
        if (issue_id := self._issue_id()) is not None:
            agreed(closing_dialogs.reopening(self._session, [issue_id], self.window()))

    def write_form(self) -> None:
        """销号申请审批表 of this issue as a Word file."""
        if (issue_id := self._issue_id()) is not None:
            self._done(lambda: write_applications(self, self._session, [issue_id]))

    # --- inside

    def show_owner(self, owner: RecordKey | None) -> None:
        super().show_owner(owner)
        issue = self._issue()
        if issue is not None:
            self._show_state(issue)

    def _show_state(self, issue: Issue) -> None:
        states = self._states
        if states is None or states.snapshot is not self._session.snapshot:
            states = self._states = closing.States(self._session.snapshot, self._session.outline)
        state, chain = states.of(issue), states.chain
        following = chain.index(state.next_step) if state.next_step in chain else len(chain)
        marks = [_DONE if at < following else _NEXT if at == following else _OPEN for at in range(len(chain))]
        steps = [f"{mark}{name}" for mark, name in zip(marks, chain, strict=True)]
        self.chain.setText("　".join(_TOGETHER.join(step) for step in steps))
        self.chain.setAccessibleDescription("，".join(steps))
        closed = self._session.outline.is_closed(issue)  # also by an issue above it
        lacks = () if closed else states.lacks_of(issue)
        first = (
            "已销号。" if issue.closed else "已随上级问题销号。" if closed else _missing(lack.text for lack in lacks)
        )
        self.lacks.setText(_words(first, state.returns, state.reopenings))
        self.lacks.setProperty("problem", bool(lacks))
        self.lacks.setProperty("muted", not lacks)
        self.lacks.style().polish(self.lacks)
        self.form.set_hint("step", list_text(tuple(chain)))
        self.form.set_suggestions({"step": chain})
        writable = not self._session.read_only
        for caption, possible in ((GO_ON, not closed), (BACK, state.begun), (REOPEN, closed)):
            self.buttons[caption].setEnabled(writable and possible)
        self.buttons[GO_ON].setText(f"办理“{state.next_step}”…" if state.next_step else GO_ON)
        self.buttons[FORM].setEnabled(True)

    def _calls(self) -> list[dict[str, Callable[[], None]]]:
        return [
            {GO_ON: self.go_on, BACK: self.send_back, REOPEN: self.reopen},
            {FORM: self.write_form, ADD: self.add, REMOVE: self.remove},
        ]

    def _issue_id(self) -> int | None:
        return None if self._owner is None else self._owner[1]

    def _issue(self) -> Issue | None:
        return next((issue for issue in self._session.snapshot.issues if issue.id == self._issue_id()), None)


def write_applications(parent: QWidget, session: LedgerSession, issue_ids: list[int]) -> None:
    """销号申请审批表 of these issues as one Word file, each on a page of its own. Raises TargetError."""
    from zhenggai_desktop.services.paperwork import closing_applications  # noqa: PLC0415 - not at start

    write_paper(parent, session, "销号申请审批表", lambda snapshot: closing_applications(snapshot, issue_ids))


def _missing(lacks: Iterable[str]) -> str:
    words = "；".join(lacks)
    return f"还缺：{words}。" if words else "具备销号条件。"


def _words(first: str, returns: int, reopenings: int) -> str:
    """“还缺：没有佐证材料；……”, “具备销号条件。”, “已销号。”, with how often it was sent back or reopened."""
    counts = [(returns, "退回"), (reopenings, "重新整改")]
    return first + "".join(f"{what}{count}次。" for count, what in counts if count)
