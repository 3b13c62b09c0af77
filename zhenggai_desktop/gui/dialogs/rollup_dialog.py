"""Which ledgers are summed into one workbook."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from zhenggai_desktop.gui.dialogs.dialog import Dialog
from zhenggai_desktop.gui.dialogs.files import ask_ledgers
from zhenggai_desktop.gui.dialogs.foot import foot
from zhenggai_desktop.gui.style import GAP, MARGIN, TITLE_SCALE, plain_label

_SIZE = (660, 480)
_PATH = int(Qt.ItemDataRole.UserRole)


class RollupDialog(Dialog):
    """Accepted means: sum the ledgers of ``paths``, in their order."""

    help_topic = "收回合并"

    def __init__(self, paths: Iterable[Path], folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self.setWindowTitle("汇总多个台账")
        self.resize(*_SIZE)
        self.list = QListWidget()
        self.list.setAccessibleName("要汇总的台账")
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.add_button = QPushButton("添加台账(&A)…")
        self.remove_button = QPushButton("移出(&R)")
        self.accept_button = QPushButton("汇总")
        self._arrange()
        self._connect()
        self.add(paths)

    @property
    def paths(self) -> list[Path]:
        """The ledgers in their order."""
        return [Path(self.list.item(at).data(_PATH)) for at in range(self.list.count())]

    def add(self, paths: Iterable[Path]) -> None:
        """Add ledgers that are not there yet."""
        known = set(self.paths)
        for path in paths:
            if path not in known:
                item = QListWidgetItem(f"{path.stem}　　{path.parent}")
                item.setData(_PATH, str(path))
                self.list.addItem(item)
                known.add(path)
        self._show_state()

    def _arrange(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(GAP)
        layout.addWidget(plain_label("要汇总的台账", scale=TITLE_SCALE, bold=True))
        words = plain_label(
            "每个单位一行：应整改、已整改、完成率、逾期、立行立改、制度、挽回、问责；另有逾期清单和共性问题。",
            muted=True,
        )
        words.setWordWrap(True)
        layout.addWidget(words)
        layout.addWidget(self.list, 1)
        buttons = (self.add_button, self.remove_button, None, self.accept_button)
        layout.addLayout(foot(self, *buttons, primary=self.accept_button))

    def _connect(self) -> None:
        self.add_button.clicked.connect(self._on_add)
        self.remove_button.clicked.connect(self._on_remove)
        self.accept_button.clicked.connect(self.accept)
        self.list.itemSelectionChanged.connect(self._show_state)
        remove = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self.list, self._on_remove)
        remove.setContext(Qt.ShortcutContext.WidgetShortcut)

    def _on_add(self) -> None:
        self.add(ask_ledgers(self, self._folder))

    def _on_remove(self) -> None:
        for item in self.list.selectedItems():
            self.list.takeItem(self.list.row(item))
        self._show_state()

    def _show_state(self) -> None:
        count = self.list.count()
        self.accept_button.setText(f"汇总{count}个台账" if count else "汇总")
        self.accept_button.setEnabled(count > 0)
        self.remove_button.setEnabled(bool(self.list.selectedItems()))
