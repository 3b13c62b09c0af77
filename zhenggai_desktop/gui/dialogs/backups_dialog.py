"""The backups of a ledger: when, why, how big, and what restoring one would change."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from zhenggai_desktop.errors import ZhenggaiError
from zhenggai_desktop.gui.dialogs.dialog import Dialog
from zhenggai_desktop.gui.messages import CLOSE, busy
from zhenggai_desktop.gui.style import GAP, MARGIN, TITLE_SCALE, plain_label
from zhenggai_desktop.services.backups import Backup, compare, moment_words, newest, origin_words, size_words

if TYPE_CHECKING:
    from zhenggai_desktop.domain.records import Snapshot

_SIZE = (900, 540)
_NOT_NOW = "台账现在以只读方式打开，不能恢复到这一份，可以恢复成另一个台账。这一份与现在的台账不同的是："
_ELSEWHERE = "这一份不是在台账现在的位置备份的，{}：那里可能是同一台账的副本，或者是它改名、移动之前的位置，请核对。"
_AT = int(Qt.ItemDataRole.UserRole)
_FROM = 4  # the column of it


class Wish(Enum):
    """What the user wants done; the caller does it."""

    NOTHING = auto()
    BACK_UP = auto()
    RESTORE = auto()
    RESTORE_TO = auto()
    FOLDER = auto()
    PLACE = auto()


class BackupsDialog(Dialog):
    """``wish`` and ``chosen`` say how it was left. ``now`` is the open ledger, None for one that does not open.

    Where it is not ``replaceable``, it is open to read only, and others may be writing it.
    """

    help_topic = "换电脑"

    def __init__(
        self,
        ledger: Path,
        backups: Sequence[Backup],
        now: Snapshot | None,
        parent: QWidget | None = None,
        *,
        replaceable: bool = True,
    ) -> None:
        super().__init__(parent)
        self._ledger, self._backups, self._now, self._replaceable = ledger, backups, now, replaceable
        self.wish = Wish.NOTHING
        self.setWindowTitle("备份与恢复")
        self.resize(*_SIZE)
        self.list = QTreeWidget()
        self.list.setAccessibleName("备份")
        self.list.setRootIsDecorated(False)
        self.list.setHeaderLabels(["时间", "原因", "大小", "佐证材料", "来自"])
        self.difference = QPlainTextEdit()
        self.difference.setReadOnly(True)
        self.difference.setAccessibleName("恢复会改变什么")
        self.now_button = QPushButton("立即备份(&B)")
        self.place_button = QPushButton("更改位置(&L)…")
        self.folder_button = QPushButton("打开文件夹(&F)")
        self.to_button = QPushButton("恢复成另一个台账(&T)…")
        self.restore_button = QPushButton("恢复到这一份(&R)")
        self._arrange(ledger)
        self._fill()

    @property
    def chosen(self) -> Backup | None:
        """The backup that is selected."""
        items = self.list.selectedItems()
        return self._backups[items[0].data(0, _AT)] if items else None

    def _arrange(self, ledger: Path) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(GAP)
        layout.addWidget(plain_label(f"“{ledger.stem}”的备份", scale=TITLE_SCALE, bold=True))
        words = plain_label(
            "打开、关闭台账时（有改动才备份），以及导入、合并、收回填报表、收入退回稿和升级之前，自动备份，佐证材料也在其中；"
            "保留最近10份、14天每天一份、12个月每月一份。恢复之前，现在的台账会先备份。",
            muted=True,
        )
        words.setWordWrap(True)
        layout.addWidget(words)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(self.list)
        splitter.addWidget(self.difference)
        splitter.setSizes([520, 380])
        splitter.setChildrenCollapsible(False)
        layout.addWidget(splitter, 1)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        close = QPushButton(CLOSE)
        close.clicked.connect(self.reject)
        wishes = {
            self.now_button: Wish.BACK_UP,
            self.place_button: Wish.PLACE,
            self.folder_button: Wish.FOLDER,
            self.to_button: Wish.RESTORE_TO,
            self.restore_button: Wish.RESTORE,
        }
        for button, wish in wishes.items():
            if wish is Wish.RESTORE_TO:
                row.addStretch(1)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked=False, wish=wish: self._leave(wish))
            row.addWidget(button)
        close.setAutoDefault(False)
        row.addWidget(close)
        self.restore_button.setProperty("primary", True)
        layout.addLayout(row)
        self.list.itemSelectionChanged.connect(self._show_chosen)

    def _fill(self) -> None:
        for at, backup in enumerate(self._backups):
            evidence = f"{len(backup.evidence)}个" if backup.evidence else "—"
            item = QTreeWidgetItem([moment_words(backup.taken_at), backup.reason, size_words(backup.size), evidence])
            item.setData(0, _AT, at)
            item.setTextAlignment(2, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            if origin_words(backup, self._ledger):
                name = Path(backup.ledger).name
                item.setText(_FROM, name if name != self._ledger.name else backup.ledger)
                item.setToolTip(_FROM, backup.ledger)
            self.list.addTopLevelItem(item)
        elsewhere = any(origin_words(backup, self._ledger) for backup in self._backups)
        self.list.setColumnHidden(_FROM, not elsewhere)
        for column in range(self.list.columnCount()):
            self.list.resizeColumnToContents(column)
        own = newest(self._ledger, self._backups) if self._backups else None
        first = self.list.topLevelItem(self._backups.index(own) if own is not None else 0)
        if first is not None:
            self.list.setCurrentItem(first)
        self._show_chosen()

    def _show_chosen(self) -> None:
        backup = self.chosen
        for button in (self.folder_button, self.to_button, self.restore_button):
            button.setEnabled(backup is not None and (self._replaceable or button is not self.restore_button))
        words = self._words(backup)
        origin = origin_words(backup, self._ledger) if backup is not None else ""
        self.difference.setPlainText(f"{_ELSEWHERE.format(origin)}\n\n{words}" if origin else words)

    def _words(self, backup: Backup | None) -> str:
        if backup is None:
            return "还没有备份。"
        if self._now is None:
            return "现在的台账打不开，恢复会把它整个换成这份备份；损坏的文件会另存保留。"
        try:
            with busy():
                found = compare(backup, self._now)
        except ZhenggaiError as error:
            self.restore_button.setEnabled(False)
            self.to_button.setEnabled(False)
            return str(error)
        if not found:
            return "与现在的台账没有不同。"
        head = "恢复到这一份将改变：" if self._replaceable else _NOT_NOW
        lines = [line for one in found for line in (one.words, *(f"　　{title}" for title in one.titles))]
        return "\n".join([head, "", *lines])

    def _leave(self, wish: Wish) -> None:
        self.wish = wish
        self.accept()
