"""The office's kinds of outcomes: what is counted, in which unit, and how much of it the ledger has."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from zhenggai_desktop.domain.outcome_kinds import CountedKind, KindUse, kind_uses
from zhenggai_desktop.errors import UsageError, ZhenggaiError
from zhenggai_desktop.gui import messages
from zhenggai_desktop.gui.focus_entry import lead_focus
from zhenggai_desktop.gui.forms.editors import LineField
from zhenggai_desktop.gui.forms.record_form import PAUSE
from zhenggai_desktop.gui.session import LedgerSession
from zhenggai_desktop.gui.style import GAP, MARGIN, plain_label

_COLUMNS = ("种类", "单位", "已登记", "合计")
_HINT = (
    "登记成果时按这里的种类选择，“概览”和通报里的数字按种类合计。改名会一起改已登记的成果；删除后，已登记的成果不变。"
)
_NOT_CHANGED = "“{}”没有改：{}"
_NAME = Qt.ItemDataRole.UserRole


class KindsPage(QWidget):
    """A list over two fields. A new name goes to the outcomes that have the old one.

    What is typed and can be no kind stays in its field, and is given up with a word where the kind is left.
    """

    told = Signal(str)  # a sentence for the status bar

    def __init__(self, session: LedgerSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._uses: tuple[KindUse, ...] = ()
        self._naming = ""  # what the chosen kind is just being called
        self.rows = QTreeWidget()
        self.rows.setRootIsDecorated(False)
        self.rows.setProperty("boxed", True)
        self.rows.setUniformRowHeights(True)
        self.rows.setHeaderLabels(list(_COLUMNS))
        self.rows.setAccessibleName("成果种类")
        self.rows.header().setStretchLastSection(False)
        self.rows.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.name, self.unit = LineField(), LineField()
        self.unit.setPlaceholderText("项、人、件、万元")
        self.problem = plain_label()
        self.problem.setProperty("problem", True)
        self.problem.setWordWrap(True)
        self.buttons: dict[str, QPushButton] = {}
        self._arrange()
        self.rows.currentItemChanged.connect(lambda _now, before: self._on_row(before))
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._on_pause)
        for field in (self.name, self.unit):
            field.left.connect(self._store)
            field.returnPressed.connect(self._store)
            field.edited.connect(self._pause.start)
        session.add_flusher(self._flush)
        session.switched.connect(self._forget)
        lead_focus(self, self.rows)

    def show_kinds(self) -> None:
        """Show the ledger's kinds, the same one chosen."""
        from zhenggai_desktop.services.outcome_kinds import listed_kinds  # noqa: PLC0415 - when it is first shown

        snapshot = self._session.snapshot
        try:
            self._uses = kind_uses(listed_kinds(snapshot), snapshot.outcomes)
        except ZhenggaiError as error:
            self._uses = ()
            self._say(str(error))
        chosen = self._chosen()
        self._fill(self._naming or (chosen.kind.name if chosen else ""))
        for button in self.buttons.values():
            button.setEnabled(not self._session.read_only)
        for field in (self.name, self.unit):
            field.set_read_only(self._session.read_only)

    # --- arranging

    def _arrange(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, GAP, MARGIN, MARGIN)
        layout.setSpacing(GAP)
        calls: dict[str, Callable[[], None]] = {
            "新增种类": self.add,
            "删除": self.remove,
            "恢复通常的种类": self.restore,
        }
        row = QHBoxLayout()
        row.setSpacing(GAP)
        for caption, call in calls.items():
            self.buttons[caption] = QPushButton(caption)
            self.buttons[caption].clicked.connect(call)
            row.addWidget(self.buttons[caption])
        row.addStretch(1)
        layout.addLayout(row)
        layout.addWidget(self.rows, 1)
        grid = QGridLayout()
        grid.setSpacing(GAP)
        for column, (caption, field) in enumerate((("种类", self.name), ("单位", self.unit))):
            label = plain_label(caption, muted=True)
            label.setBuddy(field)
            field.setAccessibleName(caption)
            grid.addWidget(label, 0, 2 * column)
            grid.addWidget(field, 0, 2 * column + 1)
        grid.setColumnStretch(1, 3)
        grid.setColumnStretch(3, 1)
        layout.addLayout(grid)
        layout.addWidget(self.problem)
        hint = plain_label(_HINT, muted=True)
        hint.setWordWrap(True)
        layout.addWidget(hint)

    # --- what the user does

    def add(self) -> None:
        """A new kind with a name of its own, ready to be typed over."""
        from zhenggai_desktop.services.outcome_kinds import add_kind  # noqa: PLC0415

        names = {use.kind.name for use in self._uses}
        name = next(name for at in range(len(names) + 1) if (name := f"新种类{at + 1 if at else ''}") not in names)
        if self._done(lambda: self._session.edit(lambda ledger: add_kind(ledger, CountedKind(name)))):
            self._fill(name)
            self.name.setFocus()
            self.name.selectAll()

    def remove(self) -> None:
        """Offer the chosen kind no longer."""
        from zhenggai_desktop.services.outcome_kinds import remove_kind  # noqa: PLC0415

        use = self._chosen()
        if use is not None:
            self._done(lambda: self._session.edit(lambda ledger: remove_kind(ledger, use.kind.name)))

    def restore(self) -> None:
        """The usual list again; it can be undone."""
        from zhenggai_desktop.services.outcome_kinds import usual_kinds  # noqa: PLC0415

        self._done(lambda: self._session.edit(usual_kinds))

    def _on_row(self, before: QTreeWidgetItem | None) -> None:
        """Another kind; of the one before is said what was not taken."""
        refused = self.problem.text()
        self._show_kind()
        if refused and before is not None:
            self._say(_NOT_CHANGED.format(before.text(0), refused))

    def hideEvent(self, event: QHideEvent) -> None:
        """The page is left: what is no kind goes back to what it was, and that is said."""
        super().hideEvent(event)
        use = self._chosen()
        if event.spontaneous() or use is None or not self._session.is_open:
            return
        try:
            self._write()
        except UsageError as error:
            self._show_kind()
            self.told.emit(_NOT_CHANGED.format(use.kind.name, error))
        except ZhenggaiError as error:  # it stays in its field, and is tried again with the next thing that is done
            self.told.emit(str(error))

    def _on_pause(self) -> None:
        """Store what is typed so far; a name that is another kind's may be half of a longer one and waits."""
        use = self._chosen()
        others = {other.kind.name for other in self._uses if other is not use}
        if use is not None and self.name.text().strip() not in ("", *others):
            self._store()

    def _store(self) -> None:
        self._pause.stop()
        try:
            self._write()
        except ZhenggaiError as error:
            self._say(str(error))

    def _flush(self) -> None:
        """Store what was typed where it is a kind; what is none keeps nobody from anything else."""
        with suppress(UsageError):
            self._write()

    def _forget(self) -> None:
        """Nothing of what was typed is meant for another ledger."""
        self._pause.stop()
        self._uses = ()
        self._fill("")

    def _write(self) -> None:
        """Store what was typed. Raises ``ZhenggaiError``: then it stays in its field."""
        from zhenggai_desktop.services.outcome_kinds import change_kind  # noqa: PLC0415

        use = self._chosen()
        typed = CountedKind(self.name.text().strip(), self.unit.text().strip())
        if use is None or self._session.read_only:
            return
        if typed == use.kind:
            self._say("")
            return
        self._naming = typed.name  # the list is filled anew while this is written
        try:
            self._session.write(lambda ledger: change_kind(ledger, use.kind.name, typed))
            self._fill(typed.name)
        finally:
            self._naming = ""
        self._say("")

    # --- inside

    def _fill(self, name: str) -> None:
        blocked = self.rows.blockSignals(True)
        self.rows.clear()
        for use in self._uses:
            total = "、".join(f"{number:f}{unit}" for unit, number in use.totals)
            row = QTreeWidgetItem([use.kind.name, use.kind.unit, f"{use.count}条" if use.count else "", total])
            row.setData(0, _NAME, use.kind.name)
            if not use.listed:
                row.setToolTip(0, "登记成果时填写的，不在种类清单里；在下面改一改就会加入清单")
            self.rows.addTopLevelItem(row)
            if use.kind.name == name:
                self.rows.setCurrentItem(row)
        first = self.rows.topLevelItem(0)
        if first is not None and not self.rows.selectedItems():
            self.rows.setCurrentItem(first)
        self.rows.blockSignals(blocked)
        self._show_kind()

    def _show_kind(self) -> None:
        use = self._chosen()
        for field, value in ((self.name, use.kind.name if use else ""), (self.unit, use.kind.unit if use else "")):
            if field.text().strip() != value:  # where it is just typed, the cursor stays
                field.set_value(value)
        self._say("")

    def _chosen(self) -> KindUse | None:
        name = next((item.data(0, _NAME) for item in self.rows.selectedItems()), None)
        return next((use for use in self._uses if use.kind.name == name), None)

    def _say(self, sentence: str) -> None:
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))

    def _done(self, work: Callable[[], object]) -> bool:
        try:
            work()
        except ZhenggaiError as error:
            messages.show_error(self, error)
            return False
        return True
