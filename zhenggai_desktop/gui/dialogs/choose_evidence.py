"""Which of the evidence that the ledger has? Any number of files, looked for by words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialogButtonBox,
    QHeaderView,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from zhenggai_desktop.domain.records import Evidence
from zhenggai_desktop.gui.dialogs.dialog import Dialog
from zhenggai_desktop.gui.messages import CANCEL
from zhenggai_desktop.gui.style import GAP, MARGIN, TITLE_SCALE, plain_label
from zhenggai_desktop.texts import date_text, field_name

_COLUMNS = ("title", "category", "dated_on")
_KEY = int(Qt.ItemDataRole.UserRole)


class ChooseEvidence(Dialog):
    """Accepted means: ``chosen``."""

    help_topic = "换电脑"

    def __init__(self, known: Sequence[Evidence], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("引用已有佐证材料")
        self.resize(560, 420)
        self.words = QLineEdit()
        self.words.setPlaceholderText("按名称查找")
        self.words.setAccessibleName("按名称查找")
        self.words.textChanged.connect(self._on_words)
        self.rows = QTreeWidget()
        self.rows.setRootIsDecorated(False)
        self.rows.setAccessibleName("台账里的佐证材料")
        self.rows.setHeaderLabels([field_name(Evidence, name) for name in _COLUMNS])
        self.rows.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.rows.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for record in known:
            item = QTreeWidgetItem([record.title or record.file_name, record.category, date_text(record.dated_on)])
            item.setData(0, _KEY, record.id)
            self.rows.addTopLevelItem(item)
        self._buttons = QDialogButtonBox()
        self.accept_button = self._buttons.addButton("引用", QDialogButtonBox.ButtonRole.AcceptRole)
        self._buttons.addButton(CANCEL, QDialogButtonBox.ButtonRole.RejectRole)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        self.rows.itemSelectionChanged.connect(self._show_state)
        self.rows.itemDoubleClicked.connect(lambda _item, _column: self.accept())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(GAP)
        layout.addWidget(plain_label("引用已有佐证材料", scale=TITLE_SCALE, bold=True))
        text = "同一份材料可以证明多个问题，文件只保存一份。" if known else "台账里还没有其他佐证材料。"
        layout.addWidget(plain_label(text, muted=True))
        for widget in (self.words, self.rows, self._buttons):
            layout.addWidget(widget)
        self._show_state()
        self.words.setFocus()

    def chosen(self) -> list[int]:
        """Ids of the chosen records."""
        return [item.data(0, _KEY) for item in self.rows.selectedItems()]

    def _on_words(self, words: str) -> None:
        for at in range(self.rows.topLevelItemCount()):
            item = self.rows.topLevelItem(at)
            assert item is not None
            item.setHidden(words.strip().lower() not in item.text(0).lower())

    def _show_state(self) -> None:
        self.accept_button.setEnabled(bool(self.chosen()))
