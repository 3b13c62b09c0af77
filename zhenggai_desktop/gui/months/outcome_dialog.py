"""Quick entry of outcomes across issues, and what they come to by kind and by issue; each total opens its rows, and
each row leads to its issue."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCompleter,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
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
from zhenggai_desktop.gui import messages
from zhenggai_desktop.gui.dialogs.dialog import Dialog
from zhenggai_desktop.gui.dialogs.drop_down import DropDown
from zhenggai_desktop.gui.dialogs.foot import foot
from zhenggai_desktop.gui.messages import CLOSE
from zhenggai_desktop.gui.session import LedgerSession
from zhenggai_desktop.gui.style import GAP, MARGIN, TITLE_SCALE, plain_label
from zhenggai_desktop.services.outcome_entry import (
    OutcomeLine,
    Total,
    enter_outcomes,
    issues_of_outcomes,
    kinds_to_offer,
    totals_by_issue,
    totals_by_kind,
    units_in_use,
)
from zhenggai_desktop.texts import date_text

_HEADS = ("种类", "数量", "单位", "内容（制度名称、事由等）", "用于问题（序号）")
_ROWS = 12
_SIZE = (61, 37)  # characters
_ABOUT = "一行一项，写完点“登记”。种类可以从单子里选，也可以自己写；单子在“台账信息—成果种类”里定。几个问题用“、”隔开。"
_ABOUT_TOTALS = "通报和概览里的数字就是这里的合计。展开一项看它由哪几条合成，双击一条转到它的问题。"
_OFFERED = 15  # kinds that are seen at a time
_ENTER, _DROP, _BACK = "登记并关闭", "不登记，关闭", "返回"
_TABS = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
_ISSUE = int(Qt.ItemDataRole.UserRole)


class OutcomeDialog(Dialog):
    """Stays open after each entry, so that the totals can be seen growing. Accepted means: ``issue_id`` is wanted."""

    help_topic = "销号"

    def __init__(self, session: LedgerSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.issue_id = 0
        self.setWindowTitle("成果登记与合计")
        character = self.fontMetrics().horizontalAdvance("字")
        self.resize(character * _SIZE[0], character * _SIZE[1])
        self.table = QTableWidget(_ROWS, len(_HEADS))
        self.table.setAccessibleName("要登记的成果")
        self.table.setHorizontalHeaderLabels(_HEADS)
        self.kinds = KindDelegate(session, self.table)
        self.table.setItemDelegateForColumn(0, self.kinds)
        self.table.horizontalHeader().setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        for column, width in ((0, 8), (1, 6), (2, 5), (4, 9)):
            self.table.setColumnWidth(column, character * width)
        self.by_kind, self.by_issue = _tree("按种类的合计"), _tree("按问题的合计")
        self.said = plain_label("")
        self.about = plain_label(muted=True)
        for label in (self.about, self.said):
            label.setWordWrap(True)
        self.tabs = QTabWidget()
        for widget, caption in ((self.table, "登记"), (self.by_kind, "按种类合计"), (self.by_issue, "按问题合计")):
            self.tabs.addTab(widget, caption)
        self.tabs.currentChanged.connect(lambda _at: self._show_about())
        for tree in (self.by_kind, self.by_issue):
            tree.itemActivated.connect(self._on_activated)
        self.enter_button = QPushButton("登记")
        self.enter_button.clicked.connect(self.enter)
        self.enter_button.setEnabled(not session.read_only)
        self.table.cellChanged.connect(self._on_cell)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(GAP)
        layout.addWidget(plain_label("成果登记与合计", scale=TITLE_SCALE, bold=True))
        for part in (self.about, self.tabs, self.said):
            layout.addWidget(part)
        layout.addLayout(foot(self, None, self.enter_button, primary=self.enter_button, close=CLOSE))
        self._show_about()
        self._show_totals()
        self.table.setFocus()

    def reject(self) -> None:
        """Close; what was typed and not registered is asked about."""
        self.table.setFocus()  # a cell that is open is written
        count = len(self._typed())
        if count and not self._session.read_only:
            choices = [_ENTER, _DROP, _BACK]
            answer = messages.ask(self, f"登记表里还有{count}项没有登记。", "关闭后就不再保留。", choices)
            if answer == _ENTER:
                self.enter()
            if answer == _BACK or (answer == _ENTER and self._typed()):
                return
        super().reject()

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

    def _typed(self) -> list[OutcomeLine]:
        """What is not registered yet."""
        return [line for row in range(self.table.rowCount()) if not (line := self._line(row)).is_empty]

    def _text(self, row: int, column: int) -> str:
        item = self.table.item(row, column)
        return "" if item is None else item.text().strip()

    def _show_about(self) -> None:
        self.about.setText(_ABOUT if self.tabs.currentIndex() == 0 else _ABOUT_TOTALS)

    def _show_totals(self) -> None:
        snapshot = self._session.snapshot
        numbers, used = self._session.outline.numbers(), issues_of_outcomes(snapshot)
        cited = {at: "、".join(numbers[issue_id] for issue_id in ids) for at, ids in used.items()}
        self.by_kind.clear()
        self.by_issue.clear()
        for total in totals_by_kind(snapshot):
            self.by_kind.addTopLevelItem(_total(total, lambda at: used.get(at, (0,))[0], cited))
        for one in totals_by_issue(snapshot):
            item = QTreeWidgetItem([one.caption, ""])
            item.setData(0, _ISSUE, one.issue_id)
            item.addChildren([_total(total, lambda _at, to=one.issue_id: to, {}) for total in one.totals])
            self.by_issue.addTopLevelItem(item)

    def _on_activated(self, item: QTreeWidgetItem, _column: int) -> None:
        """Leave for the issue of a row; a total opens its rows, as the tree does by itself."""
        issue_id = item.data(0, _ISSUE) or 0
        if not issue_id or (item.childCount() and item.parent()):
            return
        if self._typed():
            self.said.setText("登记表里还有没登记的内容，请先点“登记”，再转到问题。")
            return
        self.issue_id = issue_id
        self.accept()


class KindDelegate(QStyledItemDelegate):
    """A kind is chosen from the office's or typed."""

    def __init__(self, session: LedgerSession, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session

    def createEditor(
        self, parent: QWidget, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QWidget:
        box = DropDown(parent)
        box.setEditable(True)
        box.setInsertPolicy(DropDown.InsertPolicy.NoInsert)
        box.setAccessibleName(_HEADS[0])
        box.addItems(list(kinds_to_offer(self._session.snapshot)))
        box.setMaxVisibleItems(_OFFERED)
        completer, line = box.completer(), box.lineEdit()
        assert completer is not None  # it is editable
        assert line is not None
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        box.activated.connect(lambda _at: self.commitData.emit(box))
        line.installEventFilter(self)
        return box

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tab in the line goes on to the next cell, as it does from any other; the line alone would go to a button."""
        if isinstance(watched, QLineEdit):
            tabbed = event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in _TABS
            return tabbed and super().eventFilter(watched.parent(), event)
        return super().eventFilter(watched, event)

    def setEditorData(self, editor: QWidget, index: QModelIndex | QPersistentModelIndex) -> None:
        assert isinstance(editor, DropDown)
        editor.setCurrentText(index.data() or "")

    def setModelData(
        self, editor: QWidget, model: QAbstractItemModel, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        assert isinstance(editor, DropDown)
        model.setData(index, editor.currentText().strip())


def _tree(name: str) -> QTreeWidget:
    tree = QTreeWidget()
    tree.setAccessibleName(name)
    tree.setHeaderLabels(["", "数量"])
    tree.header().setStretchLastSection(False)
    tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    tree.headerItem().setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return tree


def _total(total: Total, issue_of: Callable[[int], int], cited: Mapping[int, str]) -> QTreeWidgetItem:
    item = QTreeWidgetItem([f"{total.caption}（{len(total.outcomes)}条）", total.text])
    item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    for outcome in total.outcomes:
        row = _row(outcome, cited.get(outcome.id, ""))
        row.setData(0, _ISSUE, issue_of(outcome.id))
        item.addChild(row)
    return item


def _row(outcome: Outcome, cited: str) -> QTreeWidgetItem:
    words = " ".join(filter(None, (date_text(outcome.produced_on), outcome.title or outcome.source_text)))
    number = "" if outcome.number is None else f"{exact(outcome.number)}{outcome.unit}"
    item = QTreeWidgetItem([(words or outcome.kind) + (f"　用于问题{cited}" if cited else ""), number])
    item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return item
