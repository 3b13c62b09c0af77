"""The lines of a source with the buttons that correct them, and the whole of the chosen line below."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from zhenggai_desktop.domain.blocks import LineRole
from zhenggai_desktop.domain.corrections import Corrections, Place, can_split
from zhenggai_desktop.domain.line_uses import LineUse, UsedLine
from zhenggai_desktop.gui.dialogs.source_lines import NUMBER, ROLE_NAMES, USE, SourceLines
from zhenggai_desktop.gui.style import GAP, plain_label

Said = Callable[[Corrections, Place], Corrections]

_WHOLE_LINES = 3
_LEAVE, _TAKE = "不导入此行(&D)", "恢复导入(&D)"


class SourcePane(QWidget):
    """Shows lines; what the clerk says of the chosen one leaves by ``corrected``."""

    corrected = Signal(object)  # services.import_assistant.Correct
    stepped_back = Signal()
    line_chosen = Signal(object)  # UsedLine

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = SourceLines(self)
        self.view = self._view()
        self.whole = self._whole()
        self.role = QPushButton("改为(&R)")
        self.role.setProperty("drop", True)
        self.role.setMenu(self._roles())
        self.join = QPushButton("并入上一行(&J)")
        self.split = QPushButton("从光标处拆分(&S)")
        self.leave = QPushButton(_LEAVE)
        self.back = QPushButton("撤销更正(&Z)")
        self._arrange()
        self._connect()

    def show_lines(self, lines: tuple[UsedLine, ...], row: int, *, can_step_back: bool) -> None:
        """Show the lines and choose ``row``."""
        self.model.show_lines(lines)
        self.back.setEnabled(can_step_back)
        self.go_to(row)

    def go_to(self, row: int) -> None:
        """Choose a line and bring it into view."""
        index = self.model.index(row, 0)
        self.view.setCurrentIndex(index)
        self.view.scrollTo(index, QTreeView.ScrollHint.PositionAtCenter)
        self._on_line()

    def line(self) -> UsedLine | None:
        """The chosen line; None where there is none."""
        row = self.view.currentIndex().row()
        return self.model.lines[row] if 0 <= row < len(self.model.lines) else None

    # --- arranging

    def _view(self) -> QTreeView:
        view = QTreeView()
        view.setModel(self.model)
        view.setRootIsDecorated(False)
        view.setUniformRowHeights(True)
        swatch = view.fontMetrics().height() // 2
        view.setIconSize(QSize(swatch, swatch))
        view.setAccessibleName("来源文件各行")
        header, letter = view.header(), view.fontMetrics().horizontalAdvance("字")
        header.setStretchLastSection(True)
        for column, letters in ((NUMBER, 4), (USE, 9)):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            header.resizeSection(column, letter * letters)
        return view

    def _whole(self) -> QPlainTextEdit:
        whole = QPlainTextEdit()
        whole.setReadOnly(True)
        whole.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByKeyboard | Qt.TextInteractionFlag.TextSelectableByMouse
        )
        whole.setTabChangesFocus(True)
        whole.setAccessibleName("此行全文，光标处可拆分")
        whole.setFixedHeight(whole.fontMetrics().lineSpacing() * _WHOLE_LINES + GAP * 2)
        return whole

    def _roles(self) -> QMenu:
        menu = QMenu(self)
        for role, name in ROLE_NAMES.items():
            menu.addAction(name).triggered.connect(lambda _=False, role=role: self._say_role(role))
        menu.addSeparator()
        menu.addAction("恢复自动识别").triggered.connect(lambda: self._say(Corrections.as_read))
        return menu

    def _arrange(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, GAP, 0)
        layout.setSpacing(GAP)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        for button in (self.role, self.join, self.split, self.leave):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.back)
        for button in (self.role, self.join, self.split, self.leave, self.back):
            button.setAutoDefault(False)  # Enter in the list must not do what a button does
        caption = plain_label("此行全文，把光标放在要拆分的地方", muted=True)
        caption.setBuddy(self.whole)
        layout.addLayout(row)
        layout.addWidget(self.view, 1)
        layout.addWidget(caption)
        layout.addWidget(self.whole)

    def _connect(self) -> None:
        self.view.selectionModel().currentRowChanged.connect(self._on_current)
        self.whole.cursorPositionChanged.connect(self._show_split)
        self.join.clicked.connect(lambda: self._say(Corrections.join))
        self.leave.clicked.connect(self._on_leave)
        self.split.clicked.connect(self._on_split)
        self.back.clicked.connect(self.stepped_back)

    # --- what is chosen, and what is said of it

    def _on_current(self, current: QModelIndex, _before: QModelIndex) -> None:
        if current.isValid():
            self._on_line()

    def _on_line(self) -> None:
        line = self.line()
        readable = line is not None and line.use is not LineUse.TABLE
        self.whole.setPlainText(line.text if line else "")
        for button in (self.role, self.leave):
            button.setEnabled(readable)
        self.join.setEnabled(readable and self.view.currentIndex().row() > 0)
        left_out = line is not None and line.use is LineUse.LEFT_OUT
        self.leave.setText(_TAKE if left_out else _LEAVE)
        self._show_split()
        if line is not None:
            self.line_chosen.emit(line)

    def _show_split(self) -> None:
        line, at = self.line(), self._cursor()
        self.split.setEnabled(line is not None and line.use is not LineUse.TABLE and can_split(line.text, at))

    def _cursor(self) -> int:
        """Characters before the cursor; Qt counts those beyond the basic plane twice."""
        units = self.whole.toPlainText().encode("utf-16-le")[: 2 * self.whole.textCursor().position()]
        return len(units.decode("utf-16-le", "ignore"))

    def _say_role(self, role: LineRole) -> None:
        self._say(lambda said, place: said.as_role(place, role))

    def _on_leave(self) -> None:
        line = self.line()
        left_out = line is not None and line.use is LineUse.LEFT_OUT
        self._say(Corrections.as_read if left_out else Corrections.leave_out)

    def _on_split(self) -> None:
        at = self._cursor()
        self._say(lambda said, place: said.split(place, at))

    def _say(self, say: Said) -> None:
        line = self.line()
        if line is not None:
            self.corrected.emit(lambda said: say(said, line.place))
