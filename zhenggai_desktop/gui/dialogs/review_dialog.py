"""What others bring, before it is taken in: conflicts to choose, changes, additions to tick, who returned."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QTabWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from zhenggai_desktop.gui.dialogs.addition_list import AdditionList
from zhenggai_desktop.gui.dialogs.conflict_view import ConflictView
from zhenggai_desktop.gui.dialogs.dialog import Dialog
from zhenggai_desktop.gui.dialogs.foot import foot
from zhenggai_desktop.gui.dialogs.review_tables import plain_tree, share_width, shown
from zhenggai_desktop.gui.style import GAP, MARGIN, TITLE_SCALE, plain_label
from zhenggai_desktop.gui.themes import current
from zhenggai_desktop.services.merge_writing import Decisions, Prefer
from zhenggai_desktop.services.reviewing import Returns, Review, ReviewLine

_SIZE = (1080, 660)  # pixels; fits a 1366 × 768 screen with its taskbar


class ReviewDialog(Dialog):
    """Accepted means: take in what ``decisions`` say. ``theirs`` is what the other side is called (填报表, 副本)."""

    help_topic = "收回合并"

    def __init__(self, review: Review, title: str, theirs: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.review = review
        self.setWindowTitle(title)
        self.resize(*_SIZE)
        self.conflicts = ConflictView(review.conflicts, theirs) if review.conflicts else None
        self.additions = AdditionList(review)
        self.tabs = QTabWidget()
        self.accept_button = QPushButton("收入台账")
        self.state = plain_label(muted=True)
        self.copied = plain_label(muted=True)
        self._fill_tabs(theirs)
        self._arrange()
        self._show_state()

    def decisions(self) -> Decisions:
        """What was chosen; conflicts without a choice stay as the ledger has them."""
        return Decisions(self.conflicts.sides if self.conflicts else {}, additions=self.additions.ticked)

    # --- arranging

    def _arrange(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(GAP)
        words = self.review.counts if self.review.brings else "没有可以收入的修改。"
        layout.addWidget(plain_label(words, scale=TITLE_SCALE, bold=True))
        layout.addWidget(self.tabs, 1)
        self.accept_button.clicked.connect(self.accept)
        layout.addLayout(foot(self, self.state, self.accept_button, primary=self.accept_button))

    def _fill_tabs(self, theirs: str) -> None:
        review = self.review
        if self.conflicts is not None:
            self.tabs.addTab(self.conflicts, f"冲突 {len(review.conflicts)}")
            self.conflicts.decided.connect(self._show_state)
        if review.changes:
            self.tabs.addTab(_changes(review.changes), f"修改 {len(review.changes)}")
        if review.additions:
            self.tabs.addTab(self.additions, f"新增 {len(review.additions)}")
            self.additions.changed.connect(self._show_state)
        if review.kept:
            self.tabs.addTab(_kept(review.kept), f"未采用 {len(review.kept)}")
        if review.returns is not None:
            total = len(review.returns.returned) + len(review.returns.outstanding)
            self.tabs.addTab(self._returns(review.returns), f"返回情况 {len(review.returns.returned)}/{total}")
        if not self.tabs.count():
            self.tabs.addTab(plain_label(f"{theirs}与台账一致。"), "内容")

    def _returns(self, returns: Returns) -> QWidget:
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, GAP, 0, 0)
        layout.setSpacing(GAP)
        tree = plain_tree("返回情况", ["部门或个人", "情况"])
        theme = current()
        groups = ((returns.outstanding, "尚未返回", theme.problem), (returns.returned, "已返回", theme.muted))
        for names, words, colour in groups:
            for name in names:
                item = QTreeWidgetItem([name, words])
                item.setForeground(1, QColor(colour))
                tree.addTopLevelItem(item)
        share_width(tree, (0,))
        layout.addWidget(tree, 1)
        message = plain_label(returns.message)
        message.setWordWrap(True)
        message.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        layout.addWidget(message)
        row = QHBoxLayout()
        copy = QPushButton("复制这段文字，发到微信群")
        copy.setAutoDefault(False)
        copy.clicked.connect(lambda: self._copy(returns.message))
        row.addWidget(copy)
        row.addWidget(self.copied, 1)
        layout.addLayout(row)
        return page

    # --- what the clerk does

    def _copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.copied.setText("已复制")

    def _show_state(self) -> None:
        """What accepting would take in."""
        decisions, review = self.decisions(), self.review
        undecided = self.conflicts.undecided if self.conflicts else 0
        settled = sum(side is not Prefer.OURS for side in decisions.sides.values())
        wanted = len(decisions.additions or ())
        counts = ((len(review.changes), "处修改"), (settled, "处冲突按选择"), (wanted, "条新增"))
        taken = "、".join(f"{count}{words}" for count, words in counts if count)
        waiting = f"还有{undecided}处冲突没有选择，将保留台账的内容。" if undecided else ""
        left = len(review.additions) - wanted
        without = f"{left}条新增没有勾选，不收入。" if left else ""
        self.state.setText(waiting + (f"将收入{taken}，可以一次撤销。" if taken else "") + without)
        self.accept_button.setEnabled(bool(taken) or review.returns is not None)


def _changes(lines: Sequence[ReviewLine]) -> QTreeWidget:
    tree = plain_tree("修改", ["问题或措施", "内容", "台账原来", "改为", "来自"])
    for one in lines:
        line = one.line
        item = QTreeWidgetItem([line.place, line.field, shown(line.ours), shown(line.theirs), one.who])
        for column, words in ((0, line.place), (2, line.ours), (3, line.theirs)):
            item.setToolTip(column, words.replace("<", "＜"))  # never markup: the words come from files
        item.setForeground(2, QColor(current().muted))
        tree.addTopLevelItem(item)
    share_width(tree, (0, 2, 3))
    tree.setColumnHidden(4, not any(one.who for one in lines))
    return tree


def _kept(lines: Sequence[tuple[str, str]]) -> QTreeWidget:
    tree = plain_tree("未采用", ["来自", "说明"])
    for who, sentence in lines:
        item = QTreeWidgetItem([who, sentence])
        item.setToolTip(1, sentence.replace("<", "＜"))
        tree.addTopLevelItem(item)
    tree.setColumnHidden(0, not any(who for who, _ in lines))
    return tree
