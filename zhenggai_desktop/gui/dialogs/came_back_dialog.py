"""Which issues of the last round came back (反弹)? Proposed side by side; nothing is marked that nobody ticked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QHeaderView,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from zhenggai_desktop.gui.dialogs.dialog import Dialog
from zhenggai_desktop.gui.messages import CANCEL
from zhenggai_desktop.gui.style import GAP, MARGIN, TITLE_SCALE, plain_label
from zhenggai_desktop.services.next_round import CameBack

_ABOUT = "下面的问题与上轮反馈的相同或相近。请逐项核对，只把确实反弹的打上勾；打勾的会写进备注并列为重点。"


class CameBackDialog(Dialog):
    """Accepted means: ``chosen``. Equal titles are ticked beforehand, near ones are not."""

    help_topic = "换电脑"

    def __init__(self, found: Sequence[CameBack], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._found = tuple(found)
        self.setWindowTitle("比对上轮台账")
        self.resize(860, 460)
        about = plain_label(_ABOUT, muted=True)
        about.setWordWrap(True)
        self.rows = QTreeWidget()
        self.rows.setRootIsDecorated(False)
        self.rows.setAlternatingRowColors(True)
        self.rows.setAccessibleName("可能反弹的问题")
        self.rows.setHeaderLabels(["这一轮的问题", "上一轮的问题", "上轮结果", "相近程度"])
        header = self.rows.header()
        header.setStretchLastSection(False)
        for column in (0, 1):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        for column in (2, 3):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        for one in self._found:
            alike = "相同" if one.likeness == 1 else f"{one.likeness:.0%}"
            result = "已销号" if one.was_closed else "未销号"
            item = QTreeWidgetItem([one.issue.title, one.before.title, result, alike])
            item.setCheckState(0, Qt.CheckState.Checked if one.likeness == 1 else Qt.CheckState.Unchecked)
            for column in (0, 1):
                item.setToolTip(column, item.text(column))
            self.rows.addTopLevelItem(item)
        buttons = QDialogButtonBox()
        self.accept_button = buttons.addButton("标记反弹", QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(CANCEL, QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.rows.itemChanged.connect(lambda _item, _column: self._show_state())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(GAP)
        layout.addWidget(plain_label("比对上轮台账", scale=TITLE_SCALE, bold=True))
        for widget in (about, self.rows, buttons):
            layout.addWidget(widget)
        self._show_state()

    def chosen(self) -> tuple[CameBack, ...]:
        """What was ticked."""
        items = (self.rows.topLevelItem(at) for at in range(self.rows.topLevelItemCount()))
        ticked = [item is not None and item.checkState(0) is Qt.CheckState.Checked for item in items]
        return tuple(one for one, tick in zip(self._found, ticked, strict=True) if tick)

    def _show_state(self) -> None:
        count = len(self.chosen())
        self.accept_button.setEnabled(count > 0)
        self.accept_button.setText(f"标记反弹（{count}项）" if count else "标记反弹")
