"""汇入整改进展: log entries appended to the progress that the notice prints, seen before it is done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from zhenggai_desktop.domain.records import LogEntry
from zhenggai_desktop.gui.forms.form_specs import FieldSpec, Kind
from zhenggai_desktop.gui.months.fields_dialog import FieldsDialog
from zhenggai_desktop.gui.session import LedgerSession
from zhenggai_desktop.gui.style import MARGIN
from zhenggai_desktop.services.progress_entry import gather_into_progress, gathered_texts

_ID = int(Qt.ItemDataRole.UserRole)
_ROWS = 8
_SINCE = "entered_on"
_FIELDS = (FieldSpec(_SINCE, Kind.FIRST_DAY, half=True, caption="从哪天起", hint="不填就是全部记录"),)
_ABOUT = (
    "进展记录接在“整改进展”后面，通报用的就是整改进展；已经写在里面的不重复写。不想改的去掉勾，一次撤销可以全部退回。"
)


class GatherDialog(FieldsDialog):
    """Accepted means: the ticked measures have it, as one step."""

    def __init__(self, session: LedgerSession, measure_ids: Sequence[int], parent: QWidget | None = None) -> None:
        super().__init__(
            session, LogEntry, _FIELDS, title="汇入整改进展", about=_ABOUT, verb="汇入", topic="催办", parent=parent
        )
        self._ids = tuple(measure_ids)
        self._unticked: set[int] = set()  # measures that shall not have it, whatever the day is
        self.list = _tree()
        self.setMinimumWidth(self.list.minimumWidth() + 2 * MARGIN)
        self.middle.addWidget(self.list, 1)
        self.editors[_SINCE].edited.connect(self._show_rows)
        self.list.itemChanged.connect(lambda item, _column: self._on_tick(item))
        self.work = self._gather
        self._show_rows()

    def _gather(self, values: Mapping[str, Any]) -> None:
        ids, since = self.ticked(), values[_SINCE]
        self._session.edit(lambda ledger: gather_into_progress(ledger, ids, since=since))

    def _show_rows(self) -> None:
        if self.editors[_SINCE].problem():  # half a day is no reason to list everything
            return
        snapshot = self._session.snapshot
        measures = {measure.id: measure for measure in snapshot.measures}
        since = self.editors[_SINCE].value()
        self.list.clear()
        for measure_id, progress in gathered_texts(snapshot, self._ids, since=since).items():
            measure = measures[measure_id]
            added = progress[len(measure.progress.rstrip()) :]
            item = QTreeWidgetItem([" ".join((measure.content or measure.progress).split()), added])
            item.setToolTip(1, added.replace("<", "＜"))  # never markup
            item.setData(0, _ID, measure_id)
            item.setCheckState(0, Qt.CheckState.Unchecked if measure_id in self._unticked else Qt.CheckState.Checked)
            self.list.addTopLevelItem(item)
        self._show_state()

    def ticked(self) -> list[int]:
        """The measures that shall have it."""
        items = (self.list.topLevelItem(at) for at in range(self.list.topLevelItemCount()))
        return [item.data(0, _ID) for item in items if item and item.checkState(0) is Qt.CheckState.Checked]

    def _on_tick(self, item: QTreeWidgetItem) -> None:
        is_ticked = item.checkState(0) is Qt.CheckState.Checked
        (self._unticked.discard if is_ticked else self._unticked.add)(item.data(0, _ID))
        self._show_state()

    def _show_state(self) -> None:
        count = len(self.ticked())
        self.accept_button.setText(f"汇入{count}条措施" if count else "没有要汇入的")
        self.accept_button.setEnabled(bool(count))


def _tree() -> QTreeWidget:
    tree = QTreeWidget()
    tree.setRootIsDecorated(False)
    tree.setUniformRowHeights(True)
    tree.setHeaderLabels(["措施", "接上去的内容"])
    tree.setAccessibleName("将改的措施")
    character = tree.fontMetrics().horizontalAdvance("字")
    tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
    tree.header().resizeSection(0, character * 14)
    tree.setMinimumSize(character * 40, character * 2 * (_ROWS + 1))
    return tree
