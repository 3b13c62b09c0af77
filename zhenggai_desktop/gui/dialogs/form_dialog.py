"""The blank form that somebody sent: how its columns are understood, what will stand in them, which rows."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from zhenggai_desktop.domain.form_lines import FILLING_NAMES, FormLines, form_lines
from zhenggai_desktop.domain.records import Snapshot
from zhenggai_desktop.domain.table_columns import Column
from zhenggai_desktop.errors import ZhenggaiError
from zhenggai_desktop.gui.dialogs.cell_order import order_cells
from zhenggai_desktop.gui.dialogs.dialog import Dialog
from zhenggai_desktop.gui.dialogs.drop_down import DropDown
from zhenggai_desktop.gui.dialogs.files import ask_form
from zhenggai_desktop.gui.dialogs.foot import foot
from zhenggai_desktop.gui.dialogs.header_rows import HeaderRows
from zhenggai_desktop.gui.dialogs.meaning_box import MeaningBox
from zhenggai_desktop.gui.progress import wait_for
from zhenggai_desktop.gui.style import GAP, MARGIN, TITLE_SCALE, plain_label
from zhenggai_desktop.services.form_assistant import FormAssistant
from zhenggai_desktop.services.form_filling import Form, told_standing
from zhenggai_desktop.services.form_memory import FormMemory

_SIZE = (860, 620)
_CAPTION, _MEANING, _EXAMPLE = range(3)


class FormDialog(Dialog):
    """Accepted means: fill ``lists`` with ``snapshot``. Forms that were filled before are offered by name.

    ``part`` is what a filter left of the ledger, None where nothing is filtered.
    """

    help_topic = "分给部门"

    def __init__(
        self, whole: Snapshot, part: Snapshot | None, memory: FormMemory, folder: Path, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._whole, self._part = whole, part
        self._memory, self._folder = memory, folder
        self._assistant: FormAssistant | None = None
        self.setWindowTitle("按表填写")
        self.resize(*_SIZE)
        self.forms = DropDown()
        self.forms.setAccessibleName("空表")
        self.forms.setPlaceholderText("还没有用过的空表")
        self.choose_button = QPushButton("选择空表(&O)…")
        self.only_shown = QCheckBox("只填筛选出来的问题(&F)")
        self.only_shown.setVisible(part is not None)
        self.only_shown.setChecked(part is not None)
        self.tables = DropDown()
        self.tables.setAccessibleName("工作表或表格")
        self.is_filled = QCheckBox("填写这张表(&W)")
        self.rows = HeaderRows()
        self.state = plain_label()
        self.state.setWordWrap(True)
        self.table = self._make_table()
        self.accept_button = QPushButton("填写并保存…")
        self._arrange()
        self._connect()
        self._offer(memory.forms())

    @property
    def lists(self) -> tuple[Form, ...]:
        """The lists of the form that will be filled, as they are understood; () where they cannot be."""
        return self._assistant.forms if self._assistant and not self._assistant.problem else ()

    @property
    def snapshot(self) -> Snapshot:
        """What is filled in."""
        return self._part if self._part is not None and self.only_shown.isChecked() else self._whole

    def choose(self, path: Path) -> None:
        """Take the form in this file."""
        self._offer((path, *(form for form in self._memory.forms() if form != path)))

    # --- arranging

    def _make_table(self) -> QTableWidget:
        table = QTableWidget(0, 3)
        table.setAccessibleName("表的各列")
        table.setHorizontalHeaderLabels(["表头", "填什么", "第一行将是"])
        table.verticalHeader().hide()
        table.setShowGrid(False)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        table.verticalHeader().setDefaultSectionSize(table.fontMetrics().height() + 20)
        header.setSectionResizeMode(_CAPTION, QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(_MEANING, QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(_EXAMPLE, QHeaderView.ResizeMode.Stretch)
        header.resizeSection(_CAPTION, 200)
        header.resizeSection(_MEANING, table.fontMetrics().horizontalAdvance("汉") * 16)
        return table

    def _arrange(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(GAP)
        layout.addWidget(plain_label("用台账填写发来的空表", scale=TITLE_SCALE, bold=True))
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self.forms, 1)
        row.addWidget(self.choose_button)
        layout.addLayout(row)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self.tables)
        row.addWidget(self.is_filled)
        row.addStretch(1)
        row.addWidget(self.rows)
        layout.addLayout(row)
        layout.addWidget(self.state)
        layout.addWidget(self.table, 1)
        self.choose_button.setAutoDefault(False)
        layout.addLayout(foot(self, self.only_shown, None, self.accept_button, primary=self.accept_button))

    def _connect(self) -> None:
        self.choose_button.clicked.connect(self._on_choose)
        self.forms.activated.connect(lambda _at: self._read())
        self.tables.activated.connect(self._on_table)
        self.is_filled.clicked.connect(self._on_filled)
        self.rows.chosen.connect(self._on_header)
        self.only_shown.toggled.connect(lambda _on: self._show_examples())
        self.accept_button.clicked.connect(self._on_accept)

    def _offer(self, forms: tuple[Path, ...]) -> None:
        self.forms.clear()
        for form in forms:
            self.forms.addItem(form.name, form)
        self.forms.setEnabled(bool(forms))
        self.forms.setCurrentIndex(0 if forms else -1)
        self._read()

    # --- reading and showing

    def _read(self) -> None:
        path: Path | None = self.forms.currentData()
        self._assistant = None
        problem = "请选择巡察办等发来的空表（xlsx 或 docx），程序按它的表头填写，格式不变。"
        if path is not None:
            try:
                memory = self._memory
                caption = f"正在读取“{path.name}”…"
                self._assistant = wait_for(self, caption, lambda: FormAssistant(path, memory))
            except ZhenggaiError as error:
                problem = str(error)
        tables = self._assistant.tables if self._assistant else []
        self.tables.clear()
        self.tables.addItems([one.name for one in tables])
        self.tables.setVisible(len(tables) > 1)
        self.is_filled.setVisible(len(tables) > 1)
        if self._assistant:
            self.tables.setCurrentIndex(self._assistant.at)
        self._show_reading()
        if self._assistant is None:
            self._say(problem, is_problem=path is not None)

    def _show_reading(self) -> None:
        """Show the header of the table that is chosen, and its columns."""
        reading = self._assistant.reading if self._assistant else None
        self.is_filled.setChecked(self._assistant is not None and self._assistant.at in self._assistant.filled)
        self.rows.setVisible(reading is not None)
        uses = reading.header.uses if reading else ()
        if reading:
            self.rows.show_reading(reading)
        self.table.setRowCount(len(uses))
        for at, use in enumerate(uses):
            for column, words in ((_CAPTION, use.caption or f"（第{at + 1}列没有表头）"), (_EXAMPLE, "")):
                item = QTableWidgetItem(words)
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEditable)
                self.table.setItem(at, column, item)
            box = MeaningBox(FILLING_NAMES)
            box.setAccessibleName(f"“{use.caption}”填什么")
            assert reading is not None  # its columns are shown
            box.show_use(reading.by_itself.uses[at], reading.said.get(at))
            box.chosen.connect(lambda meaning, at=at: self._on_meaning(at, meaning))
            self.table.setCellWidget(at, _MEANING, box)
        order_cells(self.table, _MEANING, self.accept_button)
        self._show_examples()

    def _show_examples(self) -> None:
        """The first line as it will stand in the form, and what is said of the whole."""
        self.accept_button.setEnabled(bool(self.lists))
        if self._assistant is None:
            return
        lines = form_lines(self.snapshot, self._assistant.reading.header.uses)
        first = lines.rows[0] if lines.rows else ("",) * self.table.rowCount()
        for at, words in enumerate(first):
            item = self.table.item(at, _EXAMPLE)
            if item is not None:
                item.setText(" ".join(words.split()))
                item.setToolTip(words.replace("<", "＜"))
        problem = self._assistant.problem
        self._say(problem or self._prospect(lines), is_problem=bool(problem))

    def _prospect(self, lines: FormLines) -> str:
        """What will be filled; of the table that is chosen, to which ``lines`` belong, what stays empty too."""
        assert self._assistant is not None, "something will be filled"
        empty = f"；台账里没有这些列的内容，将空着：{'、'.join(lines.empty)}" if lines.empty else ""
        twice = told_standing(sum(form.standing for form in self._assistant.forms))
        empty += f"；{twice}" if twice else ""
        counts = f"{len(lines.rows)}行"
        filled, at = self._assistant.filled, self._assistant.at
        if filled == {at}:
            return f"将填写{counts}{empty}。"
        names = "、".join(f"“{self._assistant.tables[each].name}”" for each in sorted(filled))
        own = f"，这张表{counts}{empty}" if at in filled else "；这张表不填"
        return f"将填写{names}{own}。"

    def _say(self, words: str, *, is_problem: bool) -> None:
        self.state.setText(words)
        self.state.setProperty("problem", is_problem)
        self.state.style().polish(self.state)

    # --- what the clerk does

    def _on_choose(self) -> None:
        path = ask_form(self, self._folder)
        if path is not None:
            self.choose(path)

    def _on_table(self, at: int) -> None:
        if self._assistant is not None:
            self._assistant.at = at
            self._show_reading()

    def _on_filled(self, checked: bool) -> None:
        if self._assistant is not None:
            (self._assistant.filled.add if checked else self._assistant.filled.discard)(self._assistant.at)
            self._show_examples()

    def _on_header(self, first_row: int, end_row: int) -> None:
        if self._assistant is not None:
            self._assistant.reading.set_header(first_row, end_row)
            self._show_reading()

    def _on_meaning(self, at: int, meaning: Column | None) -> None:
        if self._assistant is not None:
            self._assistant.reading.set_meaning(at, meaning)
            self._show_examples()

    def _on_accept(self) -> None:
        """Remember the form and what was said of it."""
        if self._assistant is not None:
            self._assistant.remember()
            self.accept()
