"""Quick entry of outcomes across issues, and what they come to by kind and by issue; each total opens its rows."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QTabWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from zhenggai_desktop.domain.exact_numbers import exact
from zhenggai_desktop.domain.records import Outcome
from zhenggai_desktop.errors import ZhenggaiError
from zhenggai_desktop.gui.dialogs.dialog import Dialog
from zhenggai_desktop.gui.session import LedgerSession
from zhenggai_desktop.gui.style import GAP, MARGIN, plain_label
from zhenggai_desktop.services.outcome_entry import (
    OutcomeLine,
    Total,
    enter_outcomes,
    totals_by_issue,
    totals_by_kind,
    units_in_use,
)
from zhenggai_desktop.texts import date_text

_HEADS = ("类别", "数量", "单位", "内容（制度名称、事由等）", "用于问题（编号）")
_ROWS = 12
_ABOUT = "一行一项，写完点“登记”。类别例如制度新建、制度修订、提醒谈话、清退资金、线索移交；几个问题用“、”隔开。"


class OutcomeDialog(Dialog):
    """Stays open after each entry, so that the totals can be seen growing."""

    def __init__(self, session: LedgerSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setWindowTitle("成果登记与合计")
        self.resize(860, 520)
        self.table = QTableWidget(_ROWS, len(_HEADS))
        self.table.setAccessibleName("要登记的成果")
        self.table.setHorizontalHeaderLabels(_HEADS)
        self.table.horizontalHeader().setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        character = self.fontMetrics().horizontalAdvance("字")
        for column, width in ((0, 8), (1, 6), (2, 5), (4, 9)):
            self.table.setColumnWidth(column, character * width)
        self.by_kind, self.by_issue = _tree("按类别的合计"), _tree("按问题的合计")
        self.said = plain_label("")
        about = plain_label(_ABOUT, muted=True)
        for label in (about, self.said):
            label.setWordWrap(True)
        tabs = QTabWidget()
        for widget, caption in ((self.table, "登记"), (self.by_kind, "按类别合计"), (self.by_issue, "按问题合计")):
            tabs.addTab(widget, caption)
        buttons = QDialogButtonBox()
        self.enter_button = buttons.addButton("登记", QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton("关闭", QDialogButtonBox.ButtonRole.RejectRole)
        self.enter_button.clicked.connect(self.enter)
        self.enter_button.setEnabled(not session.read_only)
        buttons.rejected.connect(self.reject)
        self.table.cellChanged.connect(self._on_cell)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(GAP)
        for part in (about, tabs, self.said, buttons):
            layout.addWidget(part)
        self._show_totals()

    def enter(self) -> None:
        """Store what was typed in one step; what is refused is said, and stays as it was typed."""
        lines, today = [self._line(row) for row in range(self.table.rowCount())], self._session.today()
        try:
            count = self._session.edit(lambda ledger: enter_outcomes(ledger, lines, on=today))
        except ZhenggaiError as error:
            self.said.setText(str(error))
            return
        if count:
            self.table.clearContents()
        self.said.setText(f"已登记{count}项，可用“撤销”一次退回。" if count else "还没有填写。")
        self._show_totals()

    def _on_cell(self, row: int, column: int) -> None:
        """A kind that was used before brings its unit along."""
        if column == 0 and not self._text(row, 2):
            unit = units_in_use(self._session.snapshot).get(self._text(row, 0), "")
            if unit:
                self.table.setItem(row, 2, QTableWidgetItem(unit))

    def _line(self, row: int) -> OutcomeLine:
        return OutcomeLine(*(self._text(row, column) for column in range(len(_HEADS))))

    def _text(self, row: int, column: int) -> str:
        item = self.table.item(row, column)
        return "" if item is None else item.text().strip()

    def _show_totals(self) -> None:
        snapshot = self._session.snapshot
        self.by_kind.clear()
        self.by_issue.clear()
        self.by_kind.addTopLevelItems(list(_items(totals_by_kind(snapshot))))
        for caption, totals in totals_by_issue(snapshot):
            item = QTreeWidgetItem([caption, ""])
            item.addChildren(list(_items(totals)))
            self.by_issue.addTopLevelItem(item)


def _tree(name: str) -> QTreeWidget:
    tree = QTreeWidget()
    tree.setAccessibleName(name)
    tree.setHeaderLabels(["", "数量"])
    tree.header().setStretchLastSection(False)
    tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    tree.headerItem().setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return tree


def _items(totals: Iterable[Total]) -> Iterable[QTreeWidgetItem]:
    for total in totals:
        item = QTreeWidgetItem([f"{total.caption}（{len(total.outcomes)}条）", total.text])
        item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        item.addChildren([_row(outcome) for outcome in total.outcomes])
        yield item


def _row(outcome: Outcome) -> QTreeWidgetItem:
    words = " ".join(filter(None, (date_text(outcome.produced_on), outcome.title or outcome.source_text)))
    number = "" if outcome.number is None else f"{exact(outcome.number)}{outcome.unit}"
    item = QTreeWidgetItem([words or outcome.kind, number])
    item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return item
