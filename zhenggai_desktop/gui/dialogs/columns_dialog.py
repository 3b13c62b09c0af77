"""Which columns the printed ledger has: ticked or not, in which order, under which captions, how wide."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from zhenggai_desktop.domain.ledger_template import COLUMN_KEYS, WHOLE, Template, TemplateColumn
from zhenggai_desktop.gui.dialogs.cell_order import order_cells
from zhenggai_desktop.gui.dialogs.dialog import Dialog
from zhenggai_desktop.gui.dialogs.foot import foot
from zhenggai_desktop.gui.dialogs.number_boxes import NumberBox
from zhenggai_desktop.gui.style import GAP, MARGIN, TITLE_SCALE, plain_label
from zhenggai_desktop.texts import LEDGER_COLUMNS

_SIZE = (640, 640)
_NAMES = dict(zip(COLUMN_KEYS, LEDGER_COLUMNS, strict=True))
_SHOWN, _CAPTION, _WIDTH = range(3)
_WIDEST = 60  # characters: half an A3 page


class ColumnsDialog(Dialog):
    """Accepted means: print the ledger as ``template``."""

    help_topic = "填台账"

    def __init__(self, template: Template, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._template = template
        self.setWindowTitle("台账表格的列")
        self.resize(*_SIZE)
        self.title_line = QLineEdit(template.title)
        self.table = self._make_table()
        self.up_button, self.down_button = QPushButton("上移(&U)"), QPushButton("下移(&D)")
        self.reset_button = QPushButton("恢复通用的列(&R)")
        self.accept_button = QPushButton("保存")
        self._arrange()
        self._connect()
        self._fill(_with_hidden(template))

    @property
    def template(self) -> Template:
        """The columns as they are on the screen."""
        shown = [column for column, is_shown in self._rows() if is_shown]
        title = self.title_line.text().strip() or WHOLE.title
        return Template(self._template.name, title, self._template.lines, tuple(shown))

    # --- arranging

    def _make_table(self) -> QTableWidget:
        table = QTableWidget(0, 3)
        table.setAccessibleName("各列")
        table.setHorizontalHeaderLabels(["列", "表头文字", "宽度（字）"])
        table.verticalHeader().hide()
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        header = table.horizontalHeader()
        header.setSectionResizeMode(_SHOWN, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(_CAPTION, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(_WIDTH, QHeaderView.ResizeMode.Fixed)
        header.resizeSection(_WIDTH, 130)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        table.verticalHeader().setDefaultSectionSize(table.fontMetrics().height() + 16)
        table.setShowGrid(False)
        return table

    def _arrange(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(GAP)
        layout.addWidget(plain_label("导出的台账有哪些列", scale=TITLE_SCALE, bold=True))
        layout.addWidget(plain_label("打勾的列才导出。宽度为“自动”的列按内容分配。", muted=True))
        row = QHBoxLayout()
        caption = plain_label("标题结尾(&T)")
        caption.setBuddy(self.title_line)
        row.addWidget(caption)
        row.addWidget(self.title_line, 1)
        layout.addLayout(row)
        layout.addWidget(self.table, 1)
        buttons = (self.up_button, self.down_button, self.reset_button, None, self.accept_button)
        layout.addLayout(foot(self, *buttons, primary=self.accept_button))

    def _connect(self) -> None:
        self.up_button.clicked.connect(lambda: self._move(-1))
        self.down_button.clicked.connect(lambda: self._move(+1))
        self.reset_button.clicked.connect(self._on_reset)
        self.accept_button.clicked.connect(self.accept)
        self.table.currentCellChanged.connect(lambda *_: self._show_state())
        self.table.itemChanged.connect(lambda _item: self._show_state())
        for keys, by in (("Alt+Up", -1), ("Alt+Down", +1)):
            QShortcut(QKeySequence(keys), self, lambda by=by: self._move(by))

    # --- rows

    def _fill(self, rows: Iterable[tuple[TemplateColumn, bool]], current: int = 0) -> None:
        rows = list(rows)
        with QSignalBlocker(self.table):
            self.table.setRowCount(len(rows))
            for at, (column, is_shown) in enumerate(rows):
                self._set_row(at, column, is_shown=is_shown)
        order_cells(self.table, _WIDTH, self.up_button)
        self.table.setCurrentCell(current, _SHOWN)
        self._show_state()

    def _set_row(self, at: int, column: TemplateColumn, *, is_shown: bool) -> None:
        name = QTableWidgetItem(_NAMES[column.key])
        name.setFlags(name.flags() & ~Qt.ItemFlag.ItemIsEditable)
        name.setCheckState(Qt.CheckState.Checked if is_shown else Qt.CheckState.Unchecked)
        name.setData(Qt.ItemDataRole.UserRole, column.key)
        width = NumberBox()
        width.setRange(0, _WIDEST)
        width.setSpecialValueText("自动")
        width.setValue(column.width)
        width.setAccessibleName(f"{_NAMES[column.key]}的宽度")
        self.table.setItem(at, _SHOWN, name)
        self.table.setItem(at, _CAPTION, QTableWidgetItem(column.caption))
        self.table.setCellWidget(at, _WIDTH, width)

    def _rows(self) -> list[tuple[TemplateColumn, bool]]:
        found: list[tuple[TemplateColumn, bool]] = []
        for at in range(self.table.rowCount()):
            name, caption = self.table.item(at, _SHOWN), self.table.item(at, _CAPTION)
            width = self.table.cellWidget(at, _WIDTH)
            assert name is not None
            assert caption is not None
            assert isinstance(width, QSpinBox)
            key = name.data(Qt.ItemDataRole.UserRole)
            column = TemplateColumn(key, caption.text().strip() or _NAMES[key], width.value())
            found.append((column, name.checkState() is Qt.CheckState.Checked))
        return found

    def _move(self, by: int) -> None:
        at = self.table.currentRow()
        rows = self._rows()
        if 0 <= at < len(rows) and 0 <= at + by < len(rows):
            rows.insert(at + by, rows.pop(at))
            self._fill(rows, at + by)

    def _on_reset(self) -> None:
        self.title_line.setText(WHOLE.title)
        self._fill(_with_hidden(WHOLE))

    def _show_state(self) -> None:
        at = self.table.currentRow()
        self.up_button.setEnabled(at > 0)
        self.down_button.setEnabled(0 <= at < self.table.rowCount() - 1)
        self.accept_button.setEnabled(any(is_shown for _, is_shown in self._rows()))


def _with_hidden(template: Template) -> list[tuple[TemplateColumn, bool]]:
    """The template's columns, then those that it has not."""
    own = [(column, True) for column in template.columns]
    keys = {column.key for column in template.columns}
    return own + [(TemplateColumn(key, _NAMES[key]), False) for key in COLUMN_KEYS if key not in keys]
