"""A draft that came back: its changes in a list, before and after side by side; what is ticked goes into the ledger.

Nothing is written before “收入”; what is not ticked is refused. Taking is one step of the ledger.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QColor, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QSplitter,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from zhenggai_desktop.domain.change_kinds import ChangeKind
from zhenggai_desktop.domain.text_diff import Fate, Piece
from zhenggai_desktop.errors import ZhenggaiError
from zhenggai_desktop.gui import messages
from zhenggai_desktop.gui.dialogs.dialog import Dialog
from zhenggai_desktop.gui.notice.marked_text import MarkedText, Side
from zhenggai_desktop.gui.style import GAP, MARGIN, TITLE_SCALE, plain_label
from zhenggai_desktop.gui.themes import current
from zhenggai_desktop.services.drafts import draft_name
from zhenggai_desktop.services.returning import Offered, ReturnedFile, Taken
from zhenggai_desktop.texts import CHANGE_NAMES

Take = Callable[[Collection[int], bool], Taken]
_SIZE = (1240, 680)  # pixels; fits a 1366 × 768 screen with its taskbar
_HEADS = ("收入", "修改", "位置", "内容", "修改人")
TICK, KIND, PLACE, WORDS, WHO = range(5)
_LONGEST = 16  # characters of what was taken out or put in
_ROW = int(Qt.ItemDataRole.UserRole)
_UNTRACKED = "未留痕迹"
ALREADY = "台账里已经是这样"
CONFLICT = "台账里这里与导出的不同（此后改过，或是统计的数字、换成职务的姓名）；收入就以退回稿为准"


class ReturnedDialog(Dialog):
    """``take`` writes the changes of these numbers; ``again`` reads the file anew against the ledger as it is then."""

    help_topic = "送审改稿"

    def __init__(
        self, file: ReturnedFile, take: Take, again: Callable[[], ReturnedFile], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._file = file
        self._take = take
        self._again = again
        self.taken = 0
        self.setWindowTitle("收回退回稿")
        self.resize(*_SIZE)
        self.summary = plain_label()
        self.remarks = plain_label()
        self.remarks.setProperty("warning", True)
        self.remarks.setWordWrap(True)
        self.list = self._make_list()
        self.before = MarkedText("导出时的文字", Side.BEFORE)
        self.after = MarkedText("退回稿的文字", Side.AFTER)
        self.before_caption = plain_label("导出时", bold=True)
        self.after_caption = plain_label("退回稿", bold=True)
        self.state = plain_label()
        self.state.setWordWrap(True)
        self.all_button = QPushButton("全部勾选(&A)")
        self.none_button = QPushButton("全部不收(&N)")
        self.take_button = QPushButton()
        self.take_button.setProperty("primary", True)
        self.close_button = QPushButton(messages.CLOSE)
        self._arrange()
        self._connect()
        self._show()
        self.list.setFocus()

    # --- arranging

    def _make_list(self) -> QTreeWidget:
        made = QTreeWidget()
        made.setAccessibleName("退回稿的修改")
        made.setHeaderLabels(list(_HEADS))
        made.setRootIsDecorated(False)
        made.setUniformRowHeights(True)
        made.setAlternatingRowColors(True)
        for column in (TICK, KIND, WHO):
            made.header().setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        for column in (PLACE, WORDS):
            made.header().setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        made.header().setStretchLastSection(False)
        return made

    def _arrange(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(GAP)
        layout.addWidget(plain_label(self._file.name, scale=TITLE_SCALE, bold=True))
        layout.addWidget(self.summary)
        layout.addWidget(self.remarks)
        panes = QSplitter(Qt.Orientation.Horizontal)
        panes.addWidget(self._left())
        panes.addWidget(self._right())
        panes.setHandleWidth(1)
        panes.setSizes([_SIZE[0] // 2, _SIZE[0] // 2])
        panes.setChildrenCollapsible(False)
        layout.addWidget(panes, 1)
        layout.addLayout(self._foot())

    def _left(self) -> QWidget:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, GAP, 0)
        column.setSpacing(GAP)
        column.addWidget(self.list, 1)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self.all_button)
        row.addWidget(self.none_button)
        row.addStretch(1)
        column.addLayout(row)
        return side

    def _right(self) -> QWidget:
        side = QWidget()
        grid = QGridLayout(side)
        grid.setContentsMargins(GAP, 0, 0, 0)
        grid.setSpacing(GAP)
        grid.addWidget(self.before_caption, 0, 0)
        grid.addWidget(self.after_caption, 0, 1)
        grid.addWidget(self.before, 1, 0)
        grid.addWidget(self.after, 1, 1)
        grid.addWidget(self.state, 2, 0, 1, 2)
        grid.setRowStretch(1, 1)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        return side

    def _foot(self) -> QHBoxLayout:
        """No box of buttons: Enter in the list must not take anything."""
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(plain_label("点“收入”之前，不会写入台账；没有勾选的就是不收", muted=True), 1)
        self.take_button.setToolTip("Ctrl+Enter")
        for button in (self.take_button, self.close_button):
            row.addWidget(button)
        for button in (self.take_button, self.close_button, self.all_button, self.none_button):
            button.setAutoDefault(False)
        return row

    def _connect(self) -> None:
        self.list.currentItemChanged.connect(self._on_row)
        self.list.itemChanged.connect(self._on_ticked)
        self.all_button.clicked.connect(lambda: self._tick(set(self._file.clean)))
        self.none_button.clicked.connect(lambda: self._tick(set()))
        self.take_button.clicked.connect(self._on_take)
        self.close_button.clicked.connect(self.reject)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.take_button.click)

    # --- showing

    def _show(self) -> None:
        file = self._file
        counts = {kind: sum(offer.change.kind is kind for offer in file.offers) for kind in ChangeKind}
        words = "、".join(f"{CHANGE_NAMES[kind]} {count} 处" for kind, count in counts.items() if count)
        self.summary.setText(f"{draft_name(file.draft)}：{words or '与导出时一字不差，没有修改'}")
        self.remarks.setText("\n".join(f"{remark}。" for remark in file.remarks))
        self.remarks.setVisible(bool(file.remarks))
        with QSignalBlocker(self.list):
            self.list.clear()
            self.list.addTopLevelItems([self._item(offer) for offer in file.offers])
        self._tick(set() if file.older else set(file.clean))
        if file.offers:
            self.list.setCurrentItem(self._rows()[0])
        else:
            self._on_row(None)

    def _item(self, offer: Offered) -> QTreeWidgetItem:
        change = offer.change
        who = "、".join(change.authors) or _UNTRACKED
        item = QTreeWidgetItem(["", CHANGE_NAMES[change.kind], offer.place, _gist(offer), who])
        item.setData(TICK, _ROW, offer.number)
        for column in (PLACE, WORDS):
            item.setToolTip(column, item.text(column).replace("<", "＜"))  # never markup: the words come from files
        if offer.takable:
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(TICK, Qt.CheckState.Unchecked)
        for column in range(len(_HEADS)) if not offer.takable else ():
            item.setForeground(column, QColor(current().muted))
        return item

    def _tick(self, numbers: set[int]) -> None:
        with QSignalBlocker(self.list):
            for row, offer in zip(self._rows(), self._file.offers, strict=True):
                if offer.takable:
                    ticked = offer.number in numbers
                    row.setCheckState(TICK, Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        self._on_ticked()

    @property
    def ticked(self) -> list[int]:
        """The numbers of the changes to be taken."""
        return [row.data(TICK, _ROW) for row in self._rows() if row.checkState(TICK) is Qt.CheckState.Checked]

    def _rows(self) -> list[QTreeWidgetItem]:
        rows = (self.list.topLevelItem(at) for at in range(self.list.topLevelItemCount()))
        return [row for row in rows if row is not None]

    # --- what the clerk does

    def _on_ticked(self) -> None:
        count = len(self.ticked)
        self.take_button.setText(f"收入 {count} 处" if count else "收入")
        self.take_button.setEnabled(bool(count))
        takable = sum(offer.takable for offer in self._file.offers)
        self.all_button.setEnabled(bool(self._file.clean))
        self.none_button.setEnabled(bool(takable))

    def _on_row(self, item: QTreeWidgetItem | None) -> None:
        offer = self._file.offers[item.data(TICK, _ROW) - 1] if item is not None else None
        if offer is None:
            self.before.show_pieces(())
            self.after.show_pieces(())
            self.state.setText("")
            return
        change = offer.change
        comment = change.comment
        self.after_caption.setText("批注" if comment else "退回稿")
        self.before_caption.setText("批注所指的文字" if comment else "导出时")
        self.before.show_pieces(change.pieces, "（没有这一段）")
        shown = (Piece(Fate.KEPT, comment.text),) if comment else change.pieces
        self.after.show_pieces(shown, "（已删去）")
        self.state.setText(_state(offer))
        self.state.setProperty("problem", bool(offer.reason or offer.conflict))
        self.state.style().unpolish(self.state)
        self.state.style().polish(self.state)

    def _on_take(self) -> None:
        numbers = self.ticked
        if not numbers:
            return
        if self._file.older:
            text = f"退回的是{self._file.draft.version}，之后又导出过新稿。"
            if messages.ask(self, text, "要收入较早一稿的修改吗？", ["收入", messages.CANCEL]) == messages.CANCEL:
                return
        try:
            self.taken += self._take(numbers, self._file.older).count
        except ZhenggaiError as error:
            messages.show_error(self, error)
            return
        try:
            self._file = self._again()
        except ZhenggaiError as error:  # what is listed is no longer what there is to take
            messages.show_error(self, error)
            self.accept()
            return
        if any(offer.takable for offer in self._file.offers):
            self._show()
            self._tick(set())
        else:
            self.accept()


def _gist(offer: Offered) -> str:
    """“十二次 → 十五次”: what the change is about, in a few words."""
    change = offer.change
    if change.comment is not None:
        return _short(change.comment.text)
    gone = "…".join(piece.text for piece in change.pieces if piece.fate is Fate.REMOVED and piece.text.strip())
    come = "…".join(piece.text for piece in change.pieces if piece.fate is Fate.ADDED and piece.text.strip())
    if gone and come:
        return f"{_short(gone)} → {_short(come)}"
    if gone or come:
        return f"加“{_short(come)}”" if come else f"删“{_short(gone)}”"
    return _short(change.before)


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"


def _state(offer: Offered) -> str:
    """What taking would mean, in a sentence."""
    if offer.reason:
        return f"不能收入：{offer.reason}。"
    if offer.already:
        return f"{ALREADY}。"
    if offer.conflict:
        return f"{CONFLICT}。"
    change = offer.change
    when = change.when[:16].replace("T", " ")
    return f"收入后记入会审意见。{when}" if change.comment else (f"修改时间 {when}" if when else "")
