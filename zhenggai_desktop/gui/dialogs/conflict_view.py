"""Conflicts, one after the other: what the ledger says and what they say side by side, to choose from."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QSplitter,
    QTextEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from zhenggai_desktop.gui.style import GAP, plain_label
from zhenggai_desktop.gui.themes import current
from zhenggai_desktop.services.merge_writing import Prefer
from zhenggai_desktop.services.reviewing import ReviewLine

_LONGEST_COMPARED = 2_000  # characters; longer texts are shown without marks
_PLACE, _FIELD, _WHO, _SIDE = range(4)
_CHOSEN = {Prefer.OURS: "保留台账", Prefer.THEIRS: "采用{}", Prefer.BOTH: "两边都留"}


class ConflictView(QWidget):
    """``sides`` are the choices made so far by the conflict's place. ``theirs`` is what their side is called."""

    decided = Signal()

    def __init__(self, conflicts: Sequence[ReviewLine], theirs: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._conflicts = conflicts
        self._theirs = theirs
        self.sides: dict[int, Prefer] = {}
        self.list = self._make_list()
        self.ours_text, self.theirs_text = _text("台账现在的内容"), _text(f"{theirs}的内容")
        self.base = plain_label(muted=True)
        self.base.setWordWrap(True)
        self.buttons = {
            Prefer.OURS: QRadioButton("保留台账(&1)"),
            Prefer.THEIRS: QRadioButton(f"采用{theirs}(&2)"),
            Prefer.BOTH: QRadioButton("两边都留，接在后面(&3)"),
        }
        self._group = QButtonGroup(self)
        self._arrange()
        self._connect()
        self.list.setCurrentIndex(self.list.model().index(0, 0))

    @property
    def undecided(self) -> int:
        """How many conflicts nobody looked at yet."""
        return len(self._conflicts) - len(self.sides)

    # --- arranging

    def _make_list(self) -> QTreeWidget:
        tree = QTreeWidget()
        tree.setAccessibleName("冲突")
        tree.setRootIsDecorated(False)
        tree.setUniformRowHeights(True)
        tree.setHeaderLabels(["问题或措施", "内容", "来自", "采用"])
        for at, conflict in enumerate(self._conflicts):
            item = QTreeWidgetItem([conflict.line.place, conflict.line.field, conflict.who, "未选择"])
            item.setForeground(_SIDE, QColor(current().muted))
            item.setData(_PLACE, Qt.ItemDataRole.UserRole, at)
            tree.addTopLevelItem(item)
        header = tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(_PLACE, QHeaderView.ResizeMode.Stretch)
        for column in (_FIELD, _WHO, _SIDE):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        tree.setColumnHidden(_WHO, not any(conflict.who for conflict in self._conflicts))
        return tree

    def _arrange(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, GAP, 0, 0)
        panes = QSplitter(Qt.Orientation.Vertical)
        panes.setChildrenCollapsible(False)
        panes.addWidget(self.list)
        panes.addWidget(self._detail())
        panes.setSizes([200, 300])
        layout.addWidget(panes, 1)

    def _detail(self) -> QWidget:
        detail = QWidget()
        grid = QGridLayout(detail)
        grid.setContentsMargins(0, GAP, 0, 0)
        grid.setSpacing(GAP)
        for at, (side, text) in enumerate(((Prefer.OURS, self.ours_text), (Prefer.THEIRS, self.theirs_text))):
            grid.addWidget(self.buttons[side], 0, at)
            grid.addWidget(text, 1, at)
            grid.setColumnStretch(at, 1)
        grid.setRowStretch(1, 1)
        grid.addWidget(self.base, 2, 0, 1, 2)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self.buttons[Prefer.BOTH])
        row.addStretch(1)
        for side, words in ((Prefer.OURS, "全部保留台账"), (Prefer.THEIRS, f"全部采用{self._theirs}")):
            button = QPushButton(words)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked=False, side=side: self.decide_all(side))
            row.addWidget(button)
        grid.addLayout(row, 3, 0, 1, 2)
        return detail

    def _connect(self) -> None:
        self.list.currentItemChanged.connect(self._show)
        for side, button in self.buttons.items():
            self._group.addButton(button)
            button.clicked.connect(lambda _checked=False, side=side: self._on_chosen(side))

    # --- choosing

    def decide_all(self, side: Prefer) -> None:
        """Choose the same side for every conflict."""
        for at in range(len(self._conflicts)):
            self._decide(at, side)
        self._show(self.list.currentItem())
        self.decided.emit()

    def _on_chosen(self, side: Prefer) -> None:
        self._decide(self._current(), side)
        self.decided.emit()

    def _decide(self, at: int, side: Prefer) -> None:
        self.sides[at] = side
        item = self.list.topLevelItem(at)
        assert item is not None
        item.setText(_SIDE, _CHOSEN[side].format(self._theirs))
        item.setForeground(_SIDE, QColor(current().accent))

    def _current(self) -> int:
        return self.list.currentItem().data(_PLACE, Qt.ItemDataRole.UserRole)

    # --- showing

    def _show(self, item: QTreeWidgetItem | None) -> None:
        if item is None:
            return
        at = self._current()
        conflict, side = self._conflicts[at], self.sides.get(at)
        line = conflict.line
        _show_differences(self.ours_text, line.ours, line.theirs)
        _show_differences(self.theirs_text, line.theirs, line.ours)
        self.base.setText(f"原来：{line.base or '（空）'}")
        self.buttons[Prefer.BOTH].setEnabled(conflict.both)
        self._group.setExclusive(False)
        for choice, button in self.buttons.items():
            with QSignalBlocker(button):
                button.setChecked(choice is side)
        self._group.setExclusive(True)


def _text(name: str) -> QPlainTextEdit:
    text = QPlainTextEdit()
    text.setReadOnly(True)
    text.setAccessibleName(name)
    text.setTabChangesFocus(True)
    return text


def _show_differences(view: QPlainTextEdit, own: str, other: str) -> None:
    """Show a text with what the other one does not have marked."""
    view.setPlainText(own)
    view.setPlaceholderText("（空）")
    marks: list[QTextEdit.ExtraSelection] = []
    if own and other and max(len(own), len(other)) <= _LONGEST_COMPARED:
        look = QTextCharFormat()
        look.setBackground(QColor(current().warning_ground))
        look.setFontUnderline(True)  # not by colour alone
        units = _utf16_places(own)
        for tag, first, last, _, _ in SequenceMatcher(None, own, other, autojunk=False).get_opcodes():
            if tag in ("replace", "delete"):
                mark = QTextEdit.ExtraSelection()
                cursor = QTextCursor(view.document())
                cursor.setPosition(units[first])
                cursor.setPosition(units[last], QTextCursor.MoveMode.KeepAnchor)
                mark.cursor, mark.format = cursor, look  # type: ignore[attr-defined]
                marks.append(mark)
    view.setExtraSelections(marks)


def _utf16_places(text: str) -> list[int]:
    """Where each character begins as Qt counts, and the end."""
    places = [0]
    for char in text:
        places.append(places[-1] + (2 if ord(char) > 0xFFFF else 1))
    return places
