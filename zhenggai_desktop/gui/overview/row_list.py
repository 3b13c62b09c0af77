"""Issues at the side of the overview: the next deadlines, or what stands behind a number. A click leads there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem, QWidget

from zhenggai_desktop.domain.changes import RecordKey
from zhenggai_desktop.domain.progress import Due, Overview
from zhenggai_desktop.domain.records import Issue, Measure
from zhenggai_desktop.gui import themes
from zhenggai_desktop.gui.column_widths import set_widths
from zhenggai_desktop.gui.overview.colours import late_colour
from zhenggai_desktop.gui.status_marks import status_icon
from zhenggai_desktop.gui.style import MARGIN
from zhenggai_desktop.texts import STATUS_NAMES

_TOP = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
_KEY = int(Qt.ItemDataRole.UserRole)
_HEADS = ("序号", "问题", "责任部门", "时限")
_WIDTHS = (4.5, 0, 8, 10.5)  # characters; 0 takes what is left
_DEPARTMENT = 2
_LEAST_TITLE = 9  # characters; where the list is narrower, it does without the department
_NO_DUES, _NO_ISSUES = "没有未完成事项的时限", "没有对应的问题"


class RowList(QTreeWidget):
    """Shows issues and measures; Enter or a click asks for the record."""

    record_chosen = Signal(object)  # RecordKey

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setHeaderLabels(list(_HEADS))
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setAlternatingRowColors(True)
        self.setAccessibleName("问题")
        set_widths(self, _WIDTHS)
        self._empty_words = ""
        self.itemClicked.connect(self._on_item)
        self.itemActivated.connect(self._on_item)

    def show_issues(self, overview: Overview, ids: Sequence[int]) -> None:
        """The issues with these ids, in reading order."""
        self._empty_words = _NO_ISSUES
        wanted, late = set(ids), {item.id for item in (*overview.items, *overview.beyond) if item.late}
        self._show(
            self._item(overview, issue, None, _deadline(overview, issue), late=issue.id in late)
            for issue in overview.outline.walk()
            if issue.id in wanted
        )

    def show_dues(self, overview: Overview, dues: Sequence[Due]) -> None:
        """Deadlines with the days that are left, or by which they are over."""
        self._empty_words = _NO_DUES
        self._show(self._item(overview, due.issue, due.measure, _days(due), late=due.left < 0) for due in dues)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room it is for the titles."""
        super().resizeEvent(event)
        character = self.fontMetrics().horizontalAdvance("字")
        room = event.size().width() - character * (sum(_WIDTHS) + _LEAST_TITLE)
        self.setColumnHidden(_DEPARTMENT, room < 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.topLevelItemCount() and self._empty_words:
            painter = QPainter(self.viewport())
            painter.setPen(QColor(themes.current().muted))
            inside = self.viewport().rect().adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
            painter.drawText(inside, int(_TOP), self._empty_words)

    def _show(self, items: Iterable[QTreeWidgetItem]) -> None:
        self.clear()
        found = list(items)
        self.addTopLevelItems(found)
        if found:
            self.setCurrentItem(found[0])

    def _item(
        self, overview: Overview, issue: Issue, measure: Measure | None, deadline: str, *, late: bool
    ) -> QTreeWidgetItem:
        workflow = overview.workflow
        status = workflow.status(issue) if measure is None else workflow.measure_status(measure)
        duties = workflow.told_duties(issue) if measure is None else workflow.measure_duties(measure)
        words = issue.title if measure is None else f"措施：{measure.content}"
        item = QTreeWidgetItem([overview.outline.numbers()[issue.id], words, duties.lead_department, deadline])
        item.setIcon(1, status_icon(status))
        for column, text in ((1, f"{STATUS_NAMES[status]}　{words}"), (3, deadline)):
            item.setToolTip(column, text.replace("<", "＜"))  # never markup: the words come from files
        item.setData(0, _KEY, (Issue, issue.id) if measure is None else (Measure, measure.id))
        if late:
            item.setForeground(3, QBrush(late_colour()))
        return item

    def _on_item(self, item: QTreeWidgetItem) -> None:
        record_type, record_id = item.data(0, _KEY)
        key: RecordKey = (record_type, record_id)
        self.record_chosen.emit(key)


def _deadline(overview: Overview, issue: Issue) -> str:
    duties = overview.workflow.told_duties(issue)
    due = duties.due_on
    return duties.deadline or ("" if due is None else f"{due.year}.{due.month}.{due.day}")


def _days(due: Due) -> str:
    day = f"{due.due_on.month}月{due.due_on.day}日"
    if due.left < 0:
        return f"{day} 逾期{-due.left}天"
    return f"{day} 今天" if due.left == 0 else f"{day} 还有{due.left}天"
