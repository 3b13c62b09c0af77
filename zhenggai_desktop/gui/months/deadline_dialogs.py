"""What the user is asked when a deadline is put off, and when somebody hands on what he answers for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QCheckBox, QWidget

from zhenggai_desktop.domain.changes import RecordKey
from zhenggai_desktop.domain.records import Extension, HandOver, Issue, Measure
from zhenggai_desktop.domain.workflow import Workflow
from zhenggai_desktop.errors import EditRefusedError
from zhenggai_desktop.gui.forms.form_specs import FieldSpec, Kind
from zhenggai_desktop.gui.months.fields_dialog import FieldsDialog
from zhenggai_desktop.gui.session import LedgerSession
from zhenggai_desktop.services import chasing
from zhenggai_desktop.services.step_names import short_title
from zhenggai_desktop.services.suggestions import suggestions
from zhenggai_desktop.services.tree_places import record_of

_TOPIC = "催办"
_EXTENSION = (
    FieldSpec("new_deadline", Kind.DEADLINE, caption="新时限"),
    FieldSpec("reason", Kind.TEXT, lines=2, caption="理由"),
    FieldSpec("approval", caption="批准（谁、文号）", hint="如 党工委会议同意，〔2025〕12号"),
    FieldSpec("decided_on", Kind.DATE, half=True, caption="批准日期"),
)
_HAND_OVER = (
    FieldSpec("old_owner", caption="原责任人", hint="责任领导或责任人的姓名"),
    FieldSpec("new_owner", caption="接手人"),
    FieldSpec("handed_on", Kind.DATE, half=True, caption="交接日期"),
    FieldSpec("note", Kind.TEXT, caption="说明"),
)


def extending(session: LedgerSession, keys: Sequence[RecordKey], parent: QWidget | None = None) -> FieldsDialog:
    """延期 of these rows to one new deadline; what each had is said above."""
    dialog = FieldsDialog(
        session, Extension, _EXTENSION, title="延期", verb="延期", topic=_TOPIC, parent=parent,
        about=_old_deadlines(session, keys),
    )  # fmt: skip
    dialog.set_values({"decided_on": session.today()})

    def put_off(values: Mapping[str, Any]) -> None:
        on = values["decided_on"] or session.today()
        session.edit(
            lambda ledger: chasing.extend_deadlines(
                ledger, keys, values["new_deadline"], reason=values["reason"], approval=values["approval"], on=on
            )
        )

    dialog.work = put_off
    dialog.editors["new_deadline"].setFocus()
    return dialog


class HandOnDialog(FieldsDialog):
    """责任交接 in the whole ledger, or in the selected rows only; ``count`` records changed hands."""

    def __init__(self, session: LedgerSession, keys: Sequence[RecordKey], parent: QWidget | None = None) -> None:
        super().__init__(
            session, HandOver, _HAND_OVER, title="责任交接", verb="交接", topic=_TOPIC, parent=parent,
            about="接手人代替原责任人，作为责任领导或责任人；每一项都留下交接记录。",
        )  # fmt: skip
        self.count = 0
        self._keys = [key for key in keys if key[0] in (Issue, Measure)]
        self.only_selected = QCheckBox(f"只交接选中的{len(self._keys)}行")
        self.only_selected.setEnabled(len(self._keys) > 1)
        self.middle.addWidget(self.only_selected)
        known = suggestions(session.snapshot)
        names = list(dict.fromkeys((*known.get("leaders", ()), *known.get("owner", ()))))
        self.offer("old_owner", names)
        self.offer("new_owner", names)
        self.set_values({"handed_on": session.today()})
        self.work = self._hand_on
        self.editors["old_owner"].setFocus()

    def _hand_on(self, values: Mapping[str, Any]) -> None:
        snapshot = self._session.snapshot
        everything: list[RecordKey] = [(Issue, issue.id) for issue in snapshot.issues]
        everything += [(Measure, measure.id) for measure in snapshot.measures]
        keys = self._keys if self.only_selected.isChecked() else everything
        on = values["handed_on"] or self._session.today()
        if not values["old_owner"].strip():
            raise EditRefusedError("没有写原责任人", "请填写由谁交出")
        self.count = self._session.edit(
            lambda ledger: chasing.hand_over(
                ledger, keys, values["old_owner"].strip(), values["new_owner"].strip(), on=on, note=values["note"]
            )
        )
        if not self.count:
            raise EditRefusedError(f"没有由“{values['old_owner']}”负责的事项", "请核对姓名，或者不限于选中的行")


def _old_deadlines(session: LedgerSession, keys: Sequence[RecordKey]) -> str:
    """What one row has now and had at first, where that is another; how many for several."""
    if len(keys) > 1:
        return f"所选{len(keys)}行推后到同一时限；原时限、理由和批准都留在记录里。"
    outline = session.outline
    record, workflow = record_of(outline, keys[0]), Workflow(outline)
    assert isinstance(record, Issue | Measure)
    duties = workflow.duties(record) if isinstance(record, Issue) else workflow.measure_duties(record)
    first = chasing.original_deadline(session.snapshot, keys[0])
    words = f"现在的时限：{duties.deadline or '未填'}" + (f"，最初的时限：{first}" if first else "")
    return f"“{short_title(record)}”{words}。原时限、理由和批准都留在记录里。"
