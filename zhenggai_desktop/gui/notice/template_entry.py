"""The fields of one entry of a template: its words with placeholders to choose from, or the columns of its table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QHeaderView,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from zhenggai_desktop.domain.document_names import column_names
from zhenggai_desktop.domain.document_template import TEXT_KINDS, BlockSpec, ColumnSpec
from zhenggai_desktop.gui.dialogs.drop_down import DropDown
from zhenggai_desktop.gui.style import GAP, plain_label

_KEY = int(Qt.ItemDataRole.UserRole)
_NAME, _CAPTION, _WIDTH = range(3)
_LEVELS = ("一、", "（一）", "1.", "（1）")
_LONGEST_VALUE = 14  # characters of a value beside its placeholder
_HINTS = {
    "each": "这里的各段对台账里的每一项重复一次，内容在它下面的各段里。",
    "form": "表单的格子请在另存的文件里改；这里可以移动或删除它。",
    "chapters": "通报的各章放在这里，文字在“通报”页修改。",
    "prose": "这里放通报里同名一节的文字；没有时用它下面的各段。",
}


class EntryEditor(QWidget):
    """Shows one entry; says every change as a whole ``BlockSpec``."""

    edited = Signal(object)  # BlockSpec

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._spec: BlockSpec | None = None
        self.text = QPlainTextEdit()
        self.text.setAccessibleName("这一段的文字")
        self.text.setTabChangesFocus(True)
        self.level = DropDown()
        self.level.setAccessibleName("标题级别")
        for at, mark in enumerate(_LEVELS, 1):
            self.level.addItem(f"{mark}　{at}级标题", at)
        self.landscape = QCheckBox("这一页起横排")
        self.insert_button = QPushButton("插入台账内容(&I)")
        self.insert_button.setAutoDefault(False)
        self.menu = QMenu(self.insert_button)
        self.insert_button.setMenu(self.menu)
        self.table = QTableWidget(0, 3)
        self.table.setAccessibleName("表格的列")
        self.table.setHorizontalHeaderLabels(["列", "表头文字", "宽度"])
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(_CAPTION, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(_WIDTH, QHeaderView.ResizeMode.ResizeToContents)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.up_button, self.down_button = QPushButton("列上移"), QPushButton("列下移")
        self.hint = plain_label(muted=True)
        self.hint.setWordWrap(True)
        self._arrange()
        self.text.textChanged.connect(self._on_edited)
        self.level.activated.connect(lambda _at: self._on_edited())
        self.landscape.clicked.connect(lambda _on: self._on_edited())
        self.table.itemChanged.connect(lambda _item: self._on_edited())
        self.up_button.clicked.connect(lambda: self.move_column(-1))
        self.down_button.clicked.connect(lambda: self.move_column(+1))

    def show_entry(self, spec: BlockSpec | None, offered: Mapping[str, Mapping[str, str]]) -> None:
        """Show an entry, None for none; ``offered`` are the placeholders by group."""
        self._spec = None  # nothing that is filled in is a change
        kind = spec.kind if spec is not None else ""
        has_text, is_table = kind in TEXT_KINDS, kind == "table"
        for widget, shown in (
            (self.text, has_text),
            (self.insert_button, has_text),
            (self.level, kind == "heading"),
            (self.landscape, kind == "page"),
            (self.table, is_table),
            (self.up_button, is_table),
            (self.down_button, is_table),
        ):
            widget.setVisible(shown)
        words = _HINTS.get(kind, "打勾的列才印；宽度是各列之间的比例，0 为自动。" if is_table else "")
        self.hint.setText(words + (_condition(spec) if spec is not None else ""))
        self.hint.setVisible(bool(self.hint.text()))
        if spec is None:
            return
        with QSignalBlocker(self.text), QSignalBlocker(self.table):
            self.text.setPlainText(spec.text)
            self._fill_columns(spec)
        self.level.setCurrentIndex(max(self.level.findData(spec.level), 0))
        self.landscape.setChecked(spec.landscape)
        self._fill_menu(offered)
        self._spec = spec

    def move_column(self, by: int) -> None:
        """The chosen column past its neighbour."""
        row = self.table.currentRow()
        if not (0 <= row < self.table.rowCount() and 0 <= row + by < self.table.rowCount()):
            return
        with QSignalBlocker(self.table):
            for column in range(3):
                mine, other = self.table.takeItem(row, column), self.table.takeItem(row + by, column)
                self.table.setItem(row + by, column, mine)
                self.table.setItem(row, column, other)
        self.table.setCurrentCell(row + by, _NAME)
        self._on_edited()

    def insert(self, name: str) -> None:
        """A placeholder at the cursor."""
        self.text.insertPlainText(f"{{{name}}}")
        self.text.setFocus()

    # --- inside

    def _fill_columns(self, spec: BlockSpec) -> None:
        """The columns of the table in their order, then those that it might have."""
        names = column_names(spec.of)
        chosen = {column.key for column in spec.columns}
        rest = [ColumnSpec(key, caption) for key, caption in names.items() if key not in chosen]
        self.table.setRowCount(len(spec.columns) + len(rest) if spec.kind == "table" else 0)
        for row, column in enumerate((*spec.columns, *rest) if spec.kind == "table" else ()):
            name = QTableWidgetItem(names.get(column.key, column.key))
            name.setFlags(name.flags() & ~Qt.ItemFlag.ItemIsEditable)
            name.setCheckState(Qt.CheckState.Checked if column.key in chosen else Qt.CheckState.Unchecked)
            name.setData(_KEY, column)
            self.table.setItem(row, _NAME, name)
            self.table.setItem(row, _CAPTION, QTableWidgetItem(column.caption))
            self.table.setItem(row, _WIDTH, QTableWidgetItem(f"{column.width:g}"))

    def _columns(self) -> tuple[ColumnSpec, ...]:
        found: list[ColumnSpec] = []
        for row in range(self.table.rowCount()):
            name = self._cell(row, _NAME)
            if name.checkState() is Qt.CheckState.Checked:
                column: ColumnSpec = name.data(_KEY)
                caption = self._cell(row, _CAPTION).text().strip() or name.text()
                found.append(replace(column, caption=caption, width=_width(self._cell(row, _WIDTH).text())))
        return tuple(found)

    def _cell(self, row: int, column: int) -> QTableWidgetItem:
        found = self.table.item(row, column)
        assert found is not None, "every row was filled"
        return found

    def _fill_menu(self, offered: Mapping[str, Mapping[str, str]]) -> None:
        self.menu.clear()
        for group, values in offered.items():
            menu = self.menu.addMenu(group)
            for name, value in values.items():
                short = value if len(value) <= _LONGEST_VALUE else f"{value[:_LONGEST_VALUE]}…"
                action = menu.addAction(f"{name}　{short}" if short else name)
                action.triggered.connect(lambda _=False, name=name: self.insert(name))

    def _on_edited(self) -> None:
        if self._spec is None:
            return
        spec = self._spec
        if spec.kind == "table":
            columns = self._columns()
            spec = replace(spec, columns=columns or spec.columns)  # a table has one column at the least
        elif spec.kind == "page":
            spec = replace(spec, landscape=self.landscape.isChecked())
        else:
            level = self.level.currentData() if spec.kind == "heading" else spec.level
            spec = replace(spec, text=self.text.toPlainText(), level=level)
        if spec != self._spec:
            self._spec = spec
            self.edited.emit(spec)

    def _arrange(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GAP, 0, GAP, 0)
        layout.setSpacing(GAP)
        layout.addWidget(self.hint)
        layout.addWidget(self.level)
        layout.addWidget(self.landscape)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.insert_button, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.table, 2)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        for button in (self.up_button, self.down_button):
            button.setAutoDefault(False)
            row.addWidget(button)
        row.addStretch(1)
        layout.addLayout(row)
        layout.addStretch(0)


def _condition(spec: BlockSpec) -> str:
    """When the entry is printed, as a sentence; "" for always."""
    found = [f"有“{name}”" for name in spec.when] + [f"没有“{name}”" for name in spec.unless]
    return f"台账里{'、'.join(found)}时才印这一段。" if found else ""


def _width(text: str) -> float:
    """A share; 0 for what is no number."""
    try:
        return min(max(float(text), 0.0), 100.0)
    except ValueError:
        return 0.0
