"""What the user is asked when issues are applied for, go on, are sent back, closed or reopened (对账销号)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QLabel, QTreeWidget, QTreeWidgetItem, QWidget

from zhenggai_desktop.domain.closing import AGREED, ClosingConditions, Lack
from zhenggai_desktop.domain.records import ClosingStep, Issue, Snapshot
from zhenggai_desktop.gui.dialogs.drop_down import DropDown
from zhenggai_desktop.gui.forms.form_specs import FieldSpec, Kind
from zhenggai_desktop.gui.months.fields_dialog import FieldsDialog
from zhenggai_desktop.gui.session import LedgerSession
from zhenggai_desktop.services import closing

_TOPIC = "销号"
_ID = int(Qt.ItemDataRole.UserRole)
_ROWS = 6  # of the list of issues; more are scrolled
_NOTHING_LACKS = "具备条件"
OVERRIDE = "override"

_DECISION = (
    FieldSpec("taken_on", Kind.DATE, half=True, caption="日期"),
    FieldSpec("taken_by", half=True),
    FieldSpec("document_number", half=True),
)


class ClosingDialog(FieldsDialog):
    """The next step for one issue or for many that stand at the same step; unticked issues are left as they are."""

    def __init__(self, session: LedgerSession, issue_ids: Sequence[int], parent: QWidget | None = None) -> None:
        fields = (
            *_DECISION,
            FieldSpec("opinion", Kind.TEXT, caption="意见"),
            FieldSpec(OVERRIDE, Kind.TEXT, caption="理由", hint="不具备条件仍要办理的，写明理由，与这一步一起留存"),
        )
        super().__init__(
            session, ClosingStep, fields, title="办理销号", verb="办理", topic=_TOPIC, parent=parent,
            about="每办一步都留下记录；最后一步办完，问题即销号。一次撤销可以全部退回。",
        )  # fmt: skip
        snapshot = session.snapshot
        self._at_step = _by_step(snapshot, issue_ids)
        self._lacks = _lacks_of(snapshot, issue_ids)
        self._titles = {issue.id: issue.title for issue in snapshot.issues}
        self._numbers = session.outline.numbers()
        self.steps = DropDown()
        self.issues = _issue_list()
        for step, ids in self._at_step.items():
            self.steps.addItem(f"{step}（{len(ids)}项）", step)
        row = QHBoxLayout()
        caption = QLabel("环节(&S)")
        caption.setBuddy(self.steps)
        row.addWidget(caption)
        row.addWidget(self.steps, 1)
        self.middle.addLayout(row)
        self.middle.addWidget(self.issues, 1)
        self.set_values({"taken_on": session.today(), "opinion": AGREED})
        self.steps.currentIndexChanged.connect(lambda _at: self._show_issues())
        self.issues.itemChanged.connect(lambda _item, _column: self._show_need())
        self.work = self._advance
        self._show_issues()

    @property
    def is_empty(self) -> bool:
        """True where every issue that was asked about is closed already."""
        return not self._at_step

    def chosen(self) -> list[int]:
        """The ticked issues."""
        found = (self.issues.topLevelItem(at) for at in range(self.issues.topLevelItemCount()))
        return [item.data(0, _ID) for item in found if item and item.checkState(0) is Qt.CheckState.Checked]

    def _show_issues(self) -> None:
        ids = self._at_step.get(str(self.steps.currentData()), ())
        self.issues.blockSignals(True)
        self.issues.clear()
        for issue_id in ids:
            lacks = "；".join(lack.text for lack in self._lacks[issue_id]) or _NOTHING_LACKS
            item = QTreeWidgetItem([f"{self._numbers[issue_id]} {self._titles[issue_id]}", lacks])
            item.setData(0, _ID, issue_id)
            item.setCheckState(0, Qt.CheckState.Checked)
            for column in (0, 1):
                item.setToolTip(column, item.text(column).replace("<", "＜"))  # never markup
            self.issues.addTopLevelItem(item)
        self.issues.blockSignals(False)
        self._show_need()

    def _show_need(self) -> None:
        """A reason is asked for only where something is missing."""
        chosen = self.chosen()
        lacking = any(self._lacks[issue_id] for issue_id in chosen)
        reason = self.editors[OVERRIDE]
        reason.setEnabled(lacking)
        step = self.steps.currentData() or ""
        self.accept_button.setText(f"办理“{step}”（{len(chosen)}项）" if len(chosen) != 1 else f"办理“{step}”")
        self.accept_button.setEnabled(bool(chosen))

    def _advance(self, values: Mapping[str, Any]) -> None:
        chosen, decision, reason = self.chosen(), _decision(values), str(values[OVERRIDE])
        self._session.edit(lambda ledger: closing.advance(ledger, chosen, decision, override=reason))


def sending_back(session: LedgerSession, issue_ids: Sequence[int], parent: QWidget | None = None) -> FieldsDialog:
    """退回: back to the beginning, with a reason."""
    return _with_reason(session, issue_ids, "退回", "退回后从申请重新开始；退回的理由留在记录里。", parent)


def reopening(session: LedgerSession, issue_ids: Sequence[int], parent: QWidget | None = None) -> FieldsDialog:
    """重新整改: a closed issue is open again, with a reason."""
    return _with_reason(
        session,
        issue_ids,
        "重新整改",
        "回头看发现反弹的问题重新打开，状态改为“正在推进”；上级问题已销号的一并打开。",
        parent,
    )


def _with_reason(
    session: LedgerSession, issue_ids: Sequence[int], verb: str, about: str, parent: QWidget | None
) -> FieldsDialog:
    titles = {issue.id: issue.title for issue in session.snapshot.issues}
    what = f"“{titles[issue_ids[0]]}”" if len(issue_ids) == 1 else f"{len(issue_ids)}个问题"
    fields = (FieldSpec("opinion", Kind.TEXT, lines=2, caption="理由"), *_DECISION)
    dialog = FieldsDialog(
        session, ClosingStep, fields, title=f"{verb}{what}", about=about, verb=verb, topic=_TOPIC, parent=parent
    )
    dialog.setWindowTitle(verb)
    dialog.set_values({"taken_on": session.today()})
    act = closing.send_back if verb == "退回" else closing.reopen
    dialog.work = lambda values: session.edit(lambda ledger: act(ledger, issue_ids, _decision(values)))
    dialog.editors["opinion"].setFocus()
    return dialog


def _decision(values: Mapping[str, Any]) -> closing.Decision:
    names = ("taken_on", "opinion", "taken_by", "document_number")
    return closing.Decision(**{name: values[name] for name in names})


def _by_step(snapshot: Snapshot, issue_ids: Sequence[int]) -> dict[str, list[int]]:
    """Open issues by the step they stand before, in the order of the chain."""
    wanted, found = set(issue_ids), dict[str, list[int]]()
    states = closing.States(snapshot)
    for issue in snapshot.issues:
        step = states.of(issue).next_step
        if issue.id in wanted and step is not None:
            found.setdefault(step, []).append(issue.id)
    return {step: found[step] for step in states.chain if step in found}


def _lacks_of(snapshot: Snapshot, issue_ids: Sequence[int]) -> dict[int, tuple[Lack, ...]]:
    conditions, wanted = ClosingConditions(snapshot), set(issue_ids)
    return {issue.id: conditions.lacks(issue) for issue in snapshot.issues if issue.id in wanted}


def _issue_list() -> QTreeWidget:
    rows = QTreeWidget()
    rows.setRootIsDecorated(False)
    rows.setUniformRowHeights(True)
    rows.setHeaderLabels(["问题", "销号条件"])
    rows.setAccessibleName("要办理的问题")
    rows.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    rows.header().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
    character = rows.fontMetrics().horizontalAdvance("字")
    rows.setMinimumHeight(character * 2 * (_ROWS + 1) // 2)
    return rows


def issues_of(snapshot: Snapshot, keys: Sequence[tuple[type, int]]) -> list[int]:
    """The issues among selected rows; a selected measure stands for its issue."""
    of_measure = {measure.id: measure.issue_id for measure in snapshot.measures}
    ids = [key[1] if key[0] is Issue else of_measure.get(key[1]) for key in keys]
    return list(dict.fromkeys(issue_id for issue_id in ids if issue_id is not None))
