"""A question with a few fields: what is refused is said below them, and the dialog stays with what was typed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QDialogButtonBox, QLabel, QPushButton, QVBoxLayout, QWidget

from zhenggai_desktop.domain.records import Record
from zhenggai_desktop.errors import CancelledError, ZhenggaiError
from zhenggai_desktop.gui.dialogs.dialog import Dialog, order_fields
from zhenggai_desktop.gui.forms.editor_making import make_cell
from zhenggai_desktop.gui.forms.editors import Editor, LineField
from zhenggai_desktop.gui.forms.field_grid import Cell, FieldGrid
from zhenggai_desktop.gui.forms.form_specs import FieldSpec
from zhenggai_desktop.gui.manual.keys import add_help_key
from zhenggai_desktop.gui.messages import CANCEL
from zhenggai_desktop.gui.session import LedgerSession
from zhenggai_desktop.gui.style import GAP, MARGIN, TITLE_SCALE, plain_label

_WIDTH = 38  # characters


class FieldsDialog(Dialog):
    """``work`` gets the values by name when the user agrees; what it raises is shown, and nothing is closed.

    ``self.middle`` takes widgets between the words above and the fields, ``self.below`` what follows from the fields.
    """

    def __init__(
        self,
        session: LedgerSession,
        record_type: type[Record],
        fields: Sequence[FieldSpec],
        *,
        title: str,
        about: str = "",
        verb: str,
        topic: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self.work: Callable[[Mapping[str, Any]], None] = lambda _values: None
        self.editors: dict[str, Editor] = {}
        self._problems: dict[str, QLabel] = {}
        self.setWindowTitle(title)
        self.setMinimumWidth(520)
        self.heading = plain_label(title, scale=TITLE_SCALE, bold=True)
        self.about = plain_label(about, muted=True)
        self.refusal = plain_label()
        for label in (self.heading, self.about, self.refusal):
            label.setWordWrap(True)
        self.refusal.setProperty("problem", True)
        self.refusal.setAccessibleName("没有办成的原因")
        self.refusal.hide()
        self.about.setVisible(bool(about))
        self.middle, self.below = QVBoxLayout(), QVBoxLayout()
        self.middle.setSpacing(GAP)
        self._grid = FieldGrid([self._cell(record_type, spec) for spec in fields])
        self.accept_button = QPushButton(verb)
        self._arrange()
        add_help_key(self, topic)

    def values(self) -> dict[str, Any]:
        """What the fields say now."""
        return {name: editor.value() for name, editor in self.editors.items()}

    def set_values(self, values: Mapping[str, Any]) -> None:
        """Fill fields before the dialog is shown."""
        for name, value in values.items():
            self.editors[name].set_value(value)

    def offer(self, name: str, values: Sequence[str]) -> None:
        """Values that were used before, for a line."""
        editor = self.editors[name]
        assert isinstance(editor, LineField)
        editor.set_suggestions(values)

    def accept(self) -> None:
        """Have the work done; stay where it cannot be."""
        problems = {name: editor.problem() for name, editor in self.editors.items()}
        for name, problem in problems.items():
            self._problems[name].setText(problem)
            self._problems[name].setVisible(bool(problem))
        if any(problems.values()):
            next(self.editors[name] for name, problem in problems.items() if problem).setFocus()
            return
        try:
            self.work(self.values())
        except CancelledError:
            return  # the user thought better of it, and knows
        except ZhenggaiError as error:
            self.refusal.setText(f"{error.what_happened}。{error.what_to_do}。" if error.what_to_do else str(error))
            self.refusal.show()
            return
        super().accept()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        layout = self.layout()
        if layout is not None and not event.spontaneous():
            order_fields(layout)  # what each dialog has of its own was made after the fields and buttons

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._grid.fit(event.size().width() - 2 * MARGIN, self.fontMetrics().horizontalAdvance("字"))
        super().resizeEvent(event)

    def sizeHint(self) -> QSize:
        """Wide enough for two dates beside each other, however large the letters are."""
        hint = super().sizeHint()
        return QSize(max(hint.width(), self.fontMetrics().horizontalAdvance("字") * _WIDTH), hint.height())

    # --- inside

    def _arrange(self) -> None:
        buttons = QDialogButtonBox()
        buttons.addButton(self.accept_button, QDialogButtonBox.ButtonRole.AcceptRole)
        self.accept_button.setDefault(True)
        buttons.addButton(CANCEL, QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(GAP)
        layout.addWidget(self.heading)
        layout.addWidget(self.about)
        layout.addLayout(self.middle)
        layout.addLayout(self._grid)
        layout.addLayout(self.below)
        layout.addWidget(self.refusal)
        layout.addStretch(1)
        layout.addSpacing(GAP)
        layout.addWidget(buttons)

    def _cell(self, record_type: type[Record], spec: FieldSpec) -> Cell:
        editor, cell = make_cell(record_type, spec, self._basis)
        self.editors[spec.name], self._problems[spec.name] = editor, cell.problem
        return cell

    def _basis(self) -> tuple[dt.date | None, dt.date]:
        return self._session.snapshot.facts.feedback_date, self._session.today()
