"""One change for many rows: what is filled in is set on all of them, in one step."""

from __future__ import annotations

import datetime as dt
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialogButtonBox, QGridLayout, QVBoxLayout, QWidget

from zhenggai_desktop.domain.records import Issue
from zhenggai_desktop.gui.dialogs.dialog import Dialog
from zhenggai_desktop.gui.forms.editor_making import caption_of, make_editor
from zhenggai_desktop.gui.forms.editors import Editor, LineField
from zhenggai_desktop.gui.forms.form_specs import BULK_FIELDS
from zhenggai_desktop.gui.messages import CANCEL
from zhenggai_desktop.gui.session import LedgerSession
from zhenggai_desktop.gui.style import GAP, MARGIN, TITLE_SCALE, plain_label
from zhenggai_desktop.services.suggestions import suggestions


class BulkEdit(Dialog):
    """Accepted means: set ``values``. A field counts when it is ticked, which typing into it does by itself."""

    help_topic = "填台账"

    def __init__(self, session: LedgerSession, count: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setWindowTitle("批量修改")
        self.setMinimumWidth(560)
        self.ticks: dict[str, QCheckBox] = {}
        self.editors: dict[str, Editor] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(GAP)
        layout.addWidget(plain_label(f"给选中的{count}项设定", scale=TITLE_SCALE, bold=True))
        layout.addWidget(plain_label("只修改打勾的内容；打勾而留空，就是清空。一次撤销可以全部退回。", muted=True))
        layout.addSpacing(GAP)
        layout.addLayout(self._grid())
        layout.addStretch(1)
        layout.addSpacing(GAP)
        self._buttons = QDialogButtonBox()
        self._accept = self._buttons.addButton(f"修改{count}项", QDialogButtonBox.ButtonRole.AcceptRole)
        self._accept.setDefault(True)
        self._buttons.addButton(CANCEL, QDialogButtonBox.ButtonRole.RejectRole)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        layout.addWidget(self._buttons)
        self._show_state()
        next(iter(self.editors.values())).setFocus()

    def values(self) -> dict[str, Any]:
        """The ticked fields."""
        return {name: self.editors[name].value() for name, tick in self.ticks.items() if tick.isChecked()}

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(GAP * 2)
        grid.setVerticalSpacing(GAP)
        grid.setColumnStretch(1, 1)
        offered = suggestions(self._session.snapshot)
        for row, spec in enumerate(BULK_FIELDS):
            editor = make_editor(Issue, spec, self._basis)
            tick = QCheckBox(caption_of(Issue, spec))
            tick.setObjectName(f"tick-{spec.name}")
            tick.setAccessibleName(f"修改{caption_of(Issue, spec)}")
            tick.toggled.connect(self._show_state)
            editor.edited.connect(lambda tick=tick: tick.setChecked(True))
            if isinstance(editor, LineField) and spec.name in offered:
                editor.set_suggestions(offered[spec.name])
            grid.addWidget(tick, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(editor, row, 1)
            self.ticks[spec.name], self.editors[spec.name] = tick, editor
        return grid

    def _basis(self) -> tuple[dt.date | None, dt.date]:
        return self._session.snapshot.facts.feedback_date, self._session.today()

    def _show_state(self) -> None:
        self._accept.setEnabled(any(tick.isChecked() for tick in self.ticks.values()))
