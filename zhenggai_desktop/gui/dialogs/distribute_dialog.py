"""To whom sheets to fill in go, how many rows each gets, and into which folder."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from zhenggai_desktop.domain.distribution import By
from zhenggai_desktop.domain.progress import UNASSIGNED
from zhenggai_desktop.domain.records import Snapshot
from zhenggai_desktop.gui.dialogs.dialog import Dialog
from zhenggai_desktop.gui.dialogs.drop_down import DropDown
from zhenggai_desktop.gui.dialogs.files import ask_folder
from zhenggai_desktop.gui.messages import CANCEL
from zhenggai_desktop.gui.style import GAP, MARGIN, TITLE_SCALE, plain_label
from zhenggai_desktop.services.distributing import recipients

_NAMES: Mapping[By, str] = {By.DEPARTMENT: "牵头部门", By.LEADER: "责任领导", By.UNIT: "涉及单位"}
_RECIPIENTS: Mapping[By, str] = {By.DEPARTMENT: "部门", By.LEADER: "领导", By.UNIT: "单位"}
_SIZE = (620, 560)


class DistributeDialog(Dialog):
    """Accepted means: write a sheet for each of ``chosen`` into ``folder``."""

    help_topic = "分给部门"

    def __init__(self, snapshot: Snapshot, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._snapshot = snapshot
        self.setWindowTitle("分发填报表")
        self.resize(*_SIZE)
        self.kinds = DropDown()
        self.kinds.setAccessibleName("按什么分发")
        for by, name in _NAMES.items():
            self.kinds.addItem(f"按{name}", by)
        self.list = self._make_list()
        self.note = plain_label()
        self.note.setProperty("warning", True)
        self.note.setWordWrap(True)
        self.folder_line = QLineEdit(str(folder))
        self.folder_line.setAccessibleName("放填报表的文件夹")
        self.accept_button = QPushButton()
        self._arrange()
        self.kinds.currentIndexChanged.connect(self._show_recipients)
        self.list.itemChanged.connect(self._show_state)
        self.folder_line.textChanged.connect(self._show_state)
        self._show_recipients()

    @property
    def by(self) -> By:
        return self.kinds.currentData()

    @property
    def folder(self) -> Path:
        return Path(self.folder_line.text().strip())

    @property
    def chosen(self) -> frozenset[str]:
        """The recipients that are ticked."""
        return frozenset(item.text(0) for item in self._items() if item.checkState(0) is Qt.CheckState.Checked)

    # --- arranging

    def _make_list(self) -> QTreeWidget:
        tree = QTreeWidget()
        tree.setAccessibleName("发给谁")
        tree.setRootIsDecorated(False)
        tree.setHeaderLabels(["发给", "行数"])
        tree.header().setStretchLastSection(False)
        tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        tree.headerItem().setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return tree

    def _arrange(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(GAP)
        layout.addWidget(plain_label("每个部门一份填报表", scale=TITLE_SCALE, bold=True))
        words = plain_label(
            "各表只有自己的问题和措施：看的内容已锁定，填的格子是浅黄色。收回时用“收回填报表”，自动合并到台账。",
            muted=True,
        )
        words.setWordWrap(True)
        layout.addWidget(words)
        layout.addWidget(self.kinds, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.note)
        layout.addLayout(self._folder_row())
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addStretch(1)
        cancel = QPushButton(CANCEL)
        cancel.clicked.connect(self.reject)
        self.accept_button.clicked.connect(self.accept)
        self.accept_button.setDefault(True)
        row.addWidget(self.accept_button)
        row.addWidget(cancel)
        layout.addLayout(row)

    def _folder_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(GAP)
        caption = plain_label("放在(&F)")
        caption.setBuddy(self.folder_line)
        choose = QPushButton("选择文件夹…")
        choose.setAutoDefault(False)
        choose.clicked.connect(self._on_choose)
        row.addWidget(caption)
        row.addWidget(self.folder_line, 1)
        row.addWidget(choose)
        return row

    # --- showing

    def _show_recipients(self) -> None:
        self.list.clear()
        nobodys = 0
        for name, rows in recipients(self._snapshot, self.by):
            item = QTreeWidgetItem([name, str(rows)])
            item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            known = name != UNASSIGNED
            item.setCheckState(0, Qt.CheckState.Checked if known else Qt.CheckState.Unchecked)
            self.list.addTopLevelItem(item)
            nobodys += 0 if known else rows
        name = _NAMES[self.by]
        self.note.setText(f"{nobodys}行还没有填{name}，没有勾选；填好后再分发，就会发给它们的{_RECIPIENTS[self.by]}。")
        self.note.setVisible(nobodys > 0)
        self._show_state()

    def _show_state(self) -> None:
        count = len(self.chosen)
        self.accept_button.setText(f"生成{count}份填报表" if count else "生成填报表")
        self.accept_button.setEnabled(bool(count and self.folder_line.text().strip()))

    def _items(self) -> list[QTreeWidgetItem]:
        return [item for at in range(self.list.topLevelItemCount()) if (item := self.list.topLevelItem(at))]

    def _on_choose(self) -> None:
        chosen = ask_folder(self, "放填报表的文件夹", self.folder)
        if chosen is not None:
            self.folder_line.setText(str(chosen))
