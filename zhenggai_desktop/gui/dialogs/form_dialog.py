"""The blank form that somebody sent: how its columns are understood, what will stand in them, which rows."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from zhenggai_desktop.domain.form_lines import form_lines
from zhenggai_desktop.domain.records import Snapshot
from zhenggai_desktop.domain.table_columns import Column, ColumnUse
from zhenggai_desktop.domain.workbook_reader import ANY_SHAPE, caption_keys
from zhenggai_desktop.errors import ZhenggaiError
from zhenggai_desktop.gui.dialogs.drop_down import DropDown
from zhenggai_desktop.gui.dialogs.meaning_box import MeaningBox
from zhenggai_desktop.gui.messages import CANCEL, busy
from zhenggai_desktop.gui.style import GAP, MARGIN, TITLE_SCALE, plain_label
from zhenggai_desktop.services.form_filling import FORM_SUFFIXES, Form, read_form
from zhenggai_desktop.services.form_memory import FormMemory

FORMS = f"空表 ({' '.join(f'*{suffix}' for suffix in FORM_SUFFIXES)})"
_SIZE = (860, 620)
_CAPTION, _MEANING, _EXAMPLE = range(3)


class FormDialog(QDialog):
    """Accepted means: fill ``form`` with ``snapshot``. Forms that were filled before are offered by name.

    ``part`` is what a filter left of the ledger, None where nothing is filtered.
    """

    def __init__(
        self, whole: Snapshot, part: Snapshot | None, memory: FormMemory, folder: Path, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._whole, self._part = whole, part
        self._memory, self._folder = memory, folder
        self._by_itself: tuple[ColumnUse, ...] = ()
        self._said: dict[int, Column] = {}
        self.form: Form | None = None
        self.setWindowTitle("按表填写")
        self.resize(*_SIZE)
        self.forms = DropDown()
        self.forms.setAccessibleName("空表")
        self.forms.setPlaceholderText("还没有用过的空表")
        self.choose_button = QPushButton("选择空表(&O)…")
        self.only_shown = QCheckBox("只填筛选出来的问题(&F)")
        self.only_shown.setVisible(part is not None)
        self.only_shown.setChecked(part is not None)
        self.state = plain_label()
        self.state.setWordWrap(True)
        self.table = self._make_table()
        self.accept_button = QPushButton("填写并保存…")
        self._arrange()
        self._connect()
        self._offer(memory.forms())

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
        header.resizeSection(_MEANING, 230)
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
        layout.addWidget(self.state)
        layout.addWidget(self.table, 1)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self.only_shown)
        row.addStretch(1)
        cancel = QPushButton(CANCEL)
        cancel.clicked.connect(self.reject)
        self.accept_button.setProperty("primary", True)
        for button in (self.accept_button, cancel):
            button.setAutoDefault(False)
            row.addWidget(button)
        self.choose_button.setAutoDefault(False)
        layout.addLayout(row)

    def _connect(self) -> None:
        self.choose_button.clicked.connect(self._on_choose)
        self.forms.activated.connect(lambda _at: self._read())
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
        self.form, self._said = None, {}
        problem = "请选择巡察办等发来的空表（xlsx 或 docx），程序按它的表头填写，格式不变。"
        if path is not None:
            try:
                with busy():
                    self.form = read_form(path, self._memory.chosen)
                    self._learn(read_form(path, {self.form.shape: {}, ANY_SHAPE: {}}))
            except ZhenggaiError as error:
                self.form, problem = None, str(error)
        self.state.setText(problem if self.form is None else "")
        self.state.setProperty("problem", path is not None and self.form is None)
        self.state.style().polish(self.state)
        self._fill_table()
        self.accept_button.setEnabled(self.form is not None)

    def _learn(self, plain: Form) -> None:
        """What the program reads by itself, and what was said before."""
        assert self.form is not None
        words = self._memory.chosen.get(self.form.shape, {})
        keys = caption_keys(self.form.header)
        self._said = {at: words[key] for at, key in enumerate(keys) if key in words}
        self._by_itself = plain.header.uses

    def _fill_table(self) -> None:
        uses = self.form.header.uses if self.form else ()
        self.table.setRowCount(len(uses))
        for at, use in enumerate(uses):
            for column, words in ((_CAPTION, use.caption or f"（第{at + 1}列没有表头）"), (_EXAMPLE, "")):
                item = QTableWidgetItem(words)
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEditable)
                self.table.setItem(at, column, item)
            box = MeaningBox()
            box.setAccessibleName(f"“{use.caption}”填什么")
            box.show_use(self._by_itself[at], self._said.get(at))
            box.chosen.connect(lambda meaning, at=at: self._on_meaning(at, meaning))
            self.table.setCellWidget(at, _MEANING, box)
        self._show_examples()

    def _show_examples(self) -> None:
        """The first line as it will stand in the form, and what is said of the whole."""
        if self.form is None:
            return
        lines = form_lines(self.snapshot, self.form.header.uses)
        first = lines.rows[0] if lines.rows else ("",) * len(self.form.header.uses)
        for at, words in enumerate(first):
            item = self.table.item(at, _EXAMPLE)
            if item is not None:
                item.setText(" ".join(words.split()))
                item.setToolTip(words.replace("<", "＜"))
        empty = f"；台账里没有这些列的内容，将空着：{'、'.join(lines.empty)}" if lines.empty else ""
        self.state.setText(f"将填写{len(lines.rows)}行{empty}。")

    # --- what the clerk does

    def _on_choose(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "选择空表", str(self._folder), FORMS)
        if name:
            self.choose(Path(name))

    def _on_meaning(self, at: int, meaning: Column | None) -> None:
        assert self.form is not None
        if meaning is None:
            self._said.pop(at, None)
        else:
            self._said[at] = meaning
        uses = list(self.form.header.uses)
        uses[at] = self._by_itself[at] if meaning is None else ColumnUse((meaning,), uses[at].caption)
        self.form = replace(self.form, header=replace(self.form.header, uses=tuple(uses)))
        self._show_examples()

    def _on_accept(self) -> None:
        """Remember the form and what was said of it."""
        if self.form is not None:
            keys = caption_keys(self.form.header)
            self._memory.remember_columns(self.form.shape, {keys[at]: column for at, column in self._said.items()})
            self._memory.remember_form(self.form.path)
            self.accept()
