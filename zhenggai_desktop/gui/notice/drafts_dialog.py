"""The register of drafts: what left the office, and what differs between two drafts or a draft and the ledger now."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QSplitter,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from zhenggai_desktop.domain.draft_comparing import ParagraphChange
from zhenggai_desktop.domain.records import Snapshot
from zhenggai_desktop.errors import CancelledError, ZhenggaiError
from zhenggai_desktop.gui.dialogs.dialog import Dialog
from zhenggai_desktop.gui.dialogs.drop_down import DropDown
from zhenggai_desktop.gui.messages import CLOSE
from zhenggai_desktop.gui.notice import document_output
from zhenggai_desktop.gui.notice.marked_text import MarkedText
from zhenggai_desktop.gui.progress import wait_for
from zhenggai_desktop.gui.style import GAP, MARGIN, TITLE_SCALE, plain_label
from zhenggai_desktop.services.drafts import compare_drafts, draft_name, numbered
from zhenggai_desktop.texts import CHANGE_NAMES

_SIZE = (1180, 640)  # pixels; fits a 1366 × 768 screen with its taskbar
NOW = "台账现状"
_ROW = int(Qt.ItemDataRole.UserRole)


class DraftsDialog(Dialog):
    """Choose a draft in the list; it is compared with what the box names."""

    help_topic = "送审改稿"

    def __init__(self, snapshot: Snapshot, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._snapshot = snapshot
        self.setWindowTitle("文稿登记")
        self.resize(*_SIZE)
        self.list = self._make_list()
        self.other = DropDown()
        self.other.setAccessibleName("与哪一稿比较")
        self.state = plain_label()
        self.state.setWordWrap(True)
        self.changes = MarkedText("不同之处")
        self._fill()
        self._arrange()
        self.list.currentItemChanged.connect(lambda _item: self._show())
        self.other.activated.connect(lambda _at: self._show())
        if (first := self.list.topLevelItem(0)) is not None:
            self.list.setCurrentItem(first)
        self._show()
        self.list.setFocus()

    def _make_list(self) -> QTreeWidget:
        made = QTreeWidget()
        made.setAccessibleName("导出过的文稿")
        made.setHeaderLabels(["序号", "文稿", "导出时间", "文件"])
        made.setRootIsDecorated(False)
        made.setUniformRowHeights(True)
        made.setAlternatingRowColors(True)
        for column in range(4):
            made.header().setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        made.header().setStretchLastSection(True)
        return made

    def _fill(self) -> None:
        """The newest first."""
        with QSignalBlocker(self.other):
            self.other.addItem(NOW, None)
            for number, draft in reversed(numbered(self._snapshot)):
                at = f"{draft.exported_at.astimezone():%Y-%m-%d %H:%M}" if draft.exported_at else ""
                item = QTreeWidgetItem([str(number), draft_name(draft), at, draft.file_name])
                item.setData(0, _ROW, number)
                self.list.addTopLevelItem(item)
                self.other.addItem(f"{number}　{draft_name(draft)}", number)

    def _arrange(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(GAP)
        layout.addWidget(plain_label("文稿登记", scale=TITLE_SCALE, bold=True))
        count = len(self._snapshot.drafts)
        layout.addWidget(
            plain_label(f"导出过 {count} 份；选中一份，右边显示它与另一份的不同" if count else _EMPTY, muted=True)
        )
        panes = QSplitter(Qt.Orientation.Horizontal)
        panes.addWidget(self.list)
        panes.addWidget(self._right())
        panes.setHandleWidth(1)
        panes.setSizes([_SIZE[0] // 2, _SIZE[0] // 2])
        panes.setChildrenCollapsible(False)
        layout.addWidget(panes, 1)
        close = QPushButton(CLOSE)
        close.clicked.connect(self.reject)
        close.setAutoDefault(False)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(close)
        layout.addLayout(row)

    def _right(self) -> QWidget:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(GAP, 0, 0, 0)
        column.setSpacing(GAP)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        caption = plain_label("与这一份比较(&B)")
        caption.setBuddy(self.other)
        row.addWidget(caption)
        row.addWidget(self.other, 1)
        column.addLayout(row)
        column.addWidget(self.state)
        column.addWidget(self.changes, 1)
        return side

    def _show(self) -> None:
        chosen = self.list.selectedItems()
        if not chosen:
            self.state.setText("")
            self.changes.show_entries((), "")
            return
        drafts = dict(numbered(self._snapshot))
        one, number = drafts[chosen[0].data(0, _ROW)], self.other.currentData()
        other = None if number is None else drafts[number]
        first, second = (one, other) if other is None or one.position <= other.position else (other, one)
        try:
            found = wait_for(
                self,
                "正在比较两份文稿…",
                lambda: compare_drafts(
                    self._snapshot, first, second, document_output.documents_folder(), document_output.own_folder()
                ),
            )
        except ZhenggaiError as error:
            self.state.setText("没有比较完" if isinstance(error, CancelledError) else str(error))
            self.changes.show_entries((), "")
            return
        names = f"{draft_name(first)} → {NOW if second is None else draft_name(second)}"
        self.state.setText(f"{names}：{f'{len(found)} 处不同' if found else '没有不同'}")
        self.changes.show_entries(((change_caption(change), change.pieces) for change in found), "没有不同")


_EMPTY = "还没有导出过通报；每导出一次就在这里登记一份"


def change_caption(change: ParagraphChange) -> str:
    """“改写　第3段”."""
    places = change.new or change.old
    first, last = places[0] + 1, places[-1] + 1
    return (
        f"{CHANGE_NAMES[change.kind]}　第 {first} 段"
        if first == last
        else (f"{CHANGE_NAMES[change.kind]}　第 {first} 至 {last} 段")
    )
