"""What was done to a record: when, by whom, what."""

from __future__ import annotations

from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from zhenggai_desktop.domain.changes import HistoryEntry, RecordKey
from zhenggai_desktop.gui.session import LedgerSession

_WIDTHS = (11, 6)  # characters of time and name; the step takes what is left


class HistoryList(QWidget):
    """Read only: the steps that touched one record, the newest first."""

    def __init__(self, session: LedgerSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.rows = QTreeWidget()
        self.rows.setRootIsDecorated(False)
        self.rows.setUniformRowHeights(True)
        self.rows.setHeaderLabels(["时间", "操作人", "操作"])
        self.rows.setAccessibleName("历史")
        character = self.rows.fontMetrics().horizontalAdvance("字")
        for column, width in enumerate(_WIDTHS):
            self.rows.header().resizeSection(column, character * width)
        self.rows.header().setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.rows)

    def show_key(self, key: RecordKey) -> None:
        """List the steps that touched a record."""
        from zhenggai_desktop.services.attachments import history_of  # noqa: PLC0415 - see the session

        entries = self._session.write(lambda ledger: history_of(ledger, key)) if self._session.is_open else []
        self.rows.clear()
        items = [QTreeWidgetItem([_moment(entry), entry.who, _words(entry)]) for entry in entries]
        self.rows.addTopLevelItems(items)
        if items:
            self.rows.setCurrentItem(items[0])


def _moment(entry: HistoryEntry) -> str:
    at = entry.at.astimezone()
    return f"{at.month}月{at.day}日 {at:%H:%M}"


def _words(entry: HistoryEntry) -> str:
    return f"{entry.label}（已撤销）" if entry.undone else entry.label
