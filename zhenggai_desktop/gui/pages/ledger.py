"""The page of an open ledger: its head, its tree, and the selected record to read."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from zhenggai_desktop.domain.changes import Changes, RecordKey
from zhenggai_desktop.domain.figures import figures
from zhenggai_desktop.domain.records import Issue, Measure, Section, Snapshot
from zhenggai_desktop.gui.actions import Call
from zhenggai_desktop.gui.ledger_model import Column, LedgerModel
from zhenggai_desktop.gui.page_table import Page
from zhenggai_desktop.gui.record_fields import (
    RecordText,
    describe_issue,
    describe_ledger,
    describe_measure,
    describe_section,
)
from zhenggai_desktop.gui.record_view import RecordView
from zhenggai_desktop.gui.session import LedgerSession
from zhenggai_desktop.gui.style import GAP, MARGIN, TITLE_SCALE, plain_label
from zhenggai_desktop.texts import date_text

#: Widths in characters of the application's font; the title takes what is left.
_WIDTHS = {Column.NUMBER: 10, Column.STATUS: 7, Column.DEADLINE: 10}
_COUNTS = ("sections", "issues", "sub_issues", "measures")  # figures of the headline
_OPENED_AT_MOST = 300  # rows; more are opened by the user


class LedgerPage(Page):
    """Follows the session; keeps what is open and selected in the tree across changes."""

    def __init__(self, session: LedgerSession, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.model = LedgerModel(self)
        self.tree = _tree(self.model)
        self.record_view = RecordView()
        self._title = plain_label(scale=TITLE_SCALE, bold=True)
        self._facts = plain_label(muted=True)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setHandleWidth(1)
        splitter.setChildrenCollapsible(False)
        self._left = QStackedWidget()
        self._left.addWidget(self.tree)
        self._left.addWidget(self._invitation())
        splitter.addWidget(self._left)
        splitter.addWidget(self.record_view)
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 2)
        splitter.setSizes([780, 520])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._head())
        layout.addWidget(splitter, 1)
        self.setFocusProxy(self.tree)
        self.tree.selectionModel().currentChanged.connect(self._on_current_changed)
        session.switched.connect(lambda: self.show_ledger(session.snapshot))
        session.changed.connect(lambda changes: self.show_changes(session.snapshot, changes))
        self.show_ledger(session.snapshot)

    def show_record(self, key: RecordKey) -> None:
        """Select a record's row and scroll to it."""
        self.tree.setCurrentIndex(self.model.index_of(key))

    def show_ledger(self, snapshot: Snapshot) -> None:
        """Show another ledger from its beginning."""
        self.model.show_snapshot(snapshot)
        self._open_rows()
        self._show_head()
        self.tree.setCurrentIndex(self.model.index(0, 0))
        self._show_record()

    def show_changes(self, snapshot: Snapshot, changes: Changes) -> None:
        """Show the ledger as it is after a change, with the same rows open and selected."""
        current = self.model.key(self.tree.currentIndex())
        opened = self._opened_rows(QModelIndex())
        sections = {section.id for section in self.model.outline.snapshot.sections}
        rows_stay = self.model.show_snapshot(snapshot, changes)
        if not sections:
            self._open_rows()
        if not rows_stay:
            new = [(Section, section.id) for section in snapshot.sections if section.id not in sections]
            self._open_again([*opened, *new], current)
        self._show_head()
        self._show_record()

    def _opened_rows(self, parent: QModelIndex) -> list[RecordKey]:
        """The rows that are open and can be seen to be, from the top."""
        keys: list[RecordKey] = []
        for row in range(self.model.rowCount(parent)):
            index = self.model.index(row, 0, parent)
            if self.tree.isExpanded(index) and (key := self.model.key(index)) is not None:
                keys.append(key)
                keys.extend(self._opened_rows(index))
        return keys

    def _open_again(self, opened: Sequence[RecordKey], current: RecordKey | None) -> None:
        """Open rows and select one, as far as they still exist; the first row where the selected one is gone."""
        for key in opened:
            if (index := self.model.index_of(key)).isValid():
                self.tree.expand(index)
        index = QModelIndex() if current is None else self.model.index_of(current)
        self.tree.setCurrentIndex(index if index.isValid() else self.model.index(0, 0))

    def _head(self) -> QWidget:
        head = QWidget()
        head.setBackgroundRole(QPalette.ColorRole.Window)
        layout = QVBoxLayout(head)
        layout.setContentsMargins(MARGIN, GAP + 4, MARGIN, GAP + 4)
        layout.setSpacing(2)
        layout.addWidget(self._title)
        layout.addWidget(self._facts)
        return head

    def _invitation(self) -> QWidget:
        """What stands in the place of a tree without rows: the way to fill it."""
        page = QWidget()
        page.setAutoFillBackground(True)
        page.setBackgroundRole(QPalette.ColorRole.Base)
        layout = QVBoxLayout(page)
        layout.setSpacing(GAP)
        layout.addStretch(2)
        layout.addWidget(plain_label("台账里还没有问题"), 0, Qt.AlignmentFlag.AlignHCenter)
        button = QPushButton("导入反馈意见或通报…")
        button.clicked.connect(lambda: self.called.emit(Call.IMPORT))
        layout.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)
        return page

    def _show_head(self) -> None:
        snapshot = self.model.outline.snapshot
        self._title.setText(snapshot.facts.organisation or "未填写责任单位")
        self._facts.setText(headline(snapshot))
        self._left.setCurrentIndex(0 if self.model.rowCount() else 1)

    def _show_record(self) -> None:
        self.record_view.show_text(self._described(self.model.record(self.tree.currentIndex())))

    def _described(self, record: Section | Issue | Measure | None) -> RecordText:
        match record:
            case Section():
                return describe_section(record, self.model.outline)
            case Issue():
                return describe_issue(record, self.model.workflow)
            case Measure():
                return describe_measure(record, self.model.workflow)
            case None:
                snapshot = self.model.outline.snapshot
                return describe_ledger(snapshot.facts, [unit.name for unit in snapshot.inspected_units])

    def _open_rows(self) -> None:
        """Open sections and the issues that have sub-issues; measures stay folded, or there is no overview."""
        left = _OPENED_AT_MOST
        outline = self.model.outline
        for section in outline.snapshot.sections:
            left -= len(outline.issues_of(section))
            if left < 0:
                return
            self.tree.expand(self.model.index_of((Section, section.id)))
        for issue in outline.walk():
            if not outline.is_leaf(issue):
                left -= len(outline.sub_issues(issue))
                if left < 0:
                    return
                self.tree.expand(self.model.index_of((Issue, issue.id)))

    def _on_current_changed(self, _current: QModelIndex, _previous: QModelIndex) -> None:
        self._show_record()


def headline(snapshot: Snapshot) -> str:
    """Team, date of the feedback, and how far the ledger is: the same figures as everywhere, a rate by its formula."""
    facts = snapshot.facts
    found = {figure.key: figure for figure in figures(snapshot)}
    counts = [figure for key in _COUNTS if (figure := found.get(key)) is not None and figure.value]
    rate = found.get("items_rate")
    parts = [
        facts.team,
        f"{date_text(facts.feedback_date)}反馈" if facts.feedback_date else "",
        *(f"{figure.caption} {figure.text}" for figure in counts),
        rate.formula if rate is not None else "",
    ]
    return "　·　".join(part for part in parts if part)


def _tree(model: LedgerModel) -> QTreeView:
    tree = QTreeView()
    tree.setModel(model)
    tree.setAccessibleName("问题清单")
    tree.setUniformRowHeights(True)
    tree.setAlternatingRowColors(True)
    tree.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    tree.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    tree.setExpandsOnDoubleClick(True)
    tree.setIndentation(18)
    header = tree.header()
    header.setStretchLastSection(False)
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    header.setSectionsMovable(False)
    header.setSectionResizeMode(Column.TITLE, QHeaderView.ResizeMode.Stretch)
    character = tree.fontMetrics().horizontalAdvance("字")
    for column, width in _WIDTHS.items():
        header.resizeSection(column, character * width)
    return tree
