"""New records that others bring, to be ticked: what belongs to another one takes it along."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QPushButton, QTreeWidgetItem, QVBoxLayout, QWidget

from zhenggai_desktop.gui.dialogs.review_tables import plain_tree, share_width, shown
from zhenggai_desktop.gui.style import GAP, plain_label
from zhenggai_desktop.services.reviewing import Review

_TAKEN, _PLACE, _WORDS, _WHO = range(4)


class AdditionList(QWidget):
    """The additions of a review. Those that are only offered wait for their tick, those of a copy are ticked."""

    changed = Signal()

    def __init__(self, review: Review, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._needs = review.needs
        self.tree = plain_tree("新增", ["收入", "属于", "内容", "来自"])
        state = Qt.CheckState.Unchecked if review.offers else Qt.CheckState.Checked
        for one in review.additions:
            words = shown(one.line.theirs) if one.line.theirs else ""
            item = QTreeWidgetItem(["", one.line.place, words, one.who])
            item.setCheckState(_TAKEN, state)
            item.setToolTip(_WORDS, one.line.theirs.replace("<", "＜"))
            self.tree.addTopLevelItem(item)
        share_width(self.tree, (_PLACE, _WORDS))
        self.tree.header().setSectionResizeMode(_TAKEN, QHeaderView.ResizeMode.ResizeToContents)
        self.tree.setColumnHidden(_WORDS, not any(one.line.theirs for one in review.additions))
        self.tree.setColumnHidden(_WHO, not any(one.who for one in review.additions))
        self.hint = plain_label(self._words(review), muted=True)
        self._arrange()
        self.tree.itemChanged.connect(self._on_changed)

    @property
    def ticked(self) -> list[int]:
        """The places of those that are wanted."""
        return [at for at, item in enumerate(self._items()) if item.checkState(_TAKEN) is Qt.CheckState.Checked]

    def tick(self, at: int, *, wanted: bool) -> None:
        """Tick one or take its tick away, as a click does."""
        self._items()[at].setCheckState(_TAKEN, Qt.CheckState.Checked if wanted else Qt.CheckState.Unchecked)

    def tick_all(self, *, wanted: bool) -> None:
        """Tick all of them, or none."""
        with QSignalBlocker(self.tree):
            for at in range(len(self._items())):
                self.tick(at, wanted=wanted)
        self.changed.emit()

    def _arrange(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, GAP, 0, 0)
        layout.setSpacing(GAP)
        layout.addWidget(self.tree, 1)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self.hint, 1)
        for words, wanted in (("全部收入", True), ("都不收入", False)):
            button = QPushButton(words)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked=False, wanted=wanted: self.tick_all(wanted=wanted))
            row.addWidget(button)
        layout.addLayout(row)

    @staticmethod
    def _words(review: Review) -> str:
        if review.offers:
            return "新增的内容只是供选择，勾选的才收入台账。"
        return "不勾选的不收入。收入一个问题，它所在的新方面一同收入。" if any(review.needs) else "不勾选的不收入。"

    def _items(self) -> Sequence[QTreeWidgetItem]:
        return [item for at in range(self.tree.topLevelItemCount()) if (item := self.tree.topLevelItem(at))]

    def _on_changed(self, item: QTreeWidgetItem, column: int) -> None:
        """A tick takes along what the record belongs to; a tick taken away takes along what belongs to the record."""
        if column != _TAKEN:
            return
        at = self.tree.indexOfTopLevelItem(item)
        wanted = item.checkState(_TAKEN) is Qt.CheckState.Checked
        along = self._needs[at] if wanted else [other for other, needs in enumerate(self._needs) if at in needs]
        with QSignalBlocker(self.tree):
            for other in along:
                self.tick(other, wanted=wanted)
        self.tree.viewport().update()
        self.changed.emit()
