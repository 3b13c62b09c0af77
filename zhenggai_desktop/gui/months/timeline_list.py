"""What happened to an issue, day by day: feedback, entries, chases, extensions, evidence, closing. To be read only."""

from __future__ import annotations

from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from zhenggai_desktop.domain.changes import RecordKey
from zhenggai_desktop.domain.timeline import timeline
from zhenggai_desktop.gui.column_widths import set_widths
from zhenggai_desktop.gui.focus_entry import lead_focus
from zhenggai_desktop.gui.session import LedgerSession
from zhenggai_desktop.texts import date_text

_HEADS = ("日期", "事项", "内容", "经办")
_WIDTHS = (9, 6, 0, 6)  # characters; 0 takes what is left


class TimelineList(QWidget):
    """The events of one issue, with those of its sub-issues and measures."""

    def __init__(self, session: LedgerSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.rows = QTreeWidget()
        self.rows.setRootIsDecorated(False)
        self.rows.setAlternatingRowColors(True)
        self.rows.setHeaderLabels(list(_HEADS))
        self.rows.setAccessibleName("经过")
        self.rows.setWordWrap(True)
        set_widths(self.rows, _WIDTHS)
        lead_focus(self, self.rows)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.rows)

    def show_key(self, key: RecordKey) -> None:
        """List the events of an issue, the earliest first."""
        self.rows.clear()
        if not self._session.is_open:
            return
        snapshot = self._session.snapshot
        issue = next((issue for issue in snapshot.issues if issue.id == key[1]), None)
        if issue is None:
            return
        for event in timeline(snapshot, self._session.outline, issue):
            item = QTreeWidgetItem([date_text(event.day) or "未注明", event.what, event.text, event.who])
            for column in (2, 3):
                item.setToolTip(column, item.text(column).replace("<", "＜"))  # never markup
            self.rows.addTopLevelItem(item)
        if (first := self.rows.topLevelItem(0)) is not None:
            self.rows.setCurrentItem(first)
