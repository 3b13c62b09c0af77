"""A foreign workbook before it is imported: doubts first, its sheets with what the columns mean, what it becomes."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSignalBlocker, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from zhenggai_desktop.domain.plan import ImportPlan
from zhenggai_desktop.domain.table_columns import Column
from zhenggai_desktop.gui.dialogs.dialog import Dialog
from zhenggai_desktop.gui.dialogs.drop_down import DropDown
from zhenggai_desktop.gui.dialogs.foot import foot
from zhenggai_desktop.gui.dialogs.header_rows import HeaderRows
from zhenggai_desktop.gui.dialogs.import_preview import IMPORT, summary
from zhenggai_desktop.gui.dialogs.meaning_box import MeaningBox
from zhenggai_desktop.gui.dialogs.plan_view import EntryList, PlanView
from zhenggai_desktop.gui.dialogs.sheet_grid import SheetGrid
from zhenggai_desktop.gui.messages import busy
from zhenggai_desktop.gui.style import GAP, MARGIN, TITLE_SCALE, plain_label
from zhenggai_desktop.services.workbook_assistant import SheetReading, WorkbookAssistant

_SIZE = (1240, 680)  # pixels; fits a 1366 × 768 screen with its taskbar
_DOUBTS_SHOWN = 4  # rows; more scroll


class WorkbookDialog(Dialog):
    """Accepted means: import ``plan``, and remember what was said of the columns."""

    help_topic = "收到反馈怎么办"

    def __init__(self, assistant: WorkbookAssistant, *, compared: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._assistant = assistant
        self.setWindowTitle("导入台账表格")
        self.resize(*_SIZE)
        self.summary = plain_label()
        self.summary.setWordWrap(True)
        self.doubts_caption = plain_label(bold=True)
        self.doubts = EntryList("存疑之处")
        self.sheets = DropDown()
        self.sheets.setAccessibleName("工作表")
        for one in assistant.sheets:
            self.sheets.addItem(one.sheet.name + ("（隐藏）" if one.sheet.hidden else ""))
        self.is_read = QCheckBox("导入这张表(&L)")
        self.rows = HeaderRows()
        self.column_caption = plain_label()
        self.meaning = MeaningBox()
        self.grid = SheetGrid()
        self.result_view = PlanView(compared=compared)
        self.import_button = QPushButton(IMPORT)
        self._arrange()
        self._connect()
        start = next((at for at, one in enumerate(assistant.sheets) if one.is_read), 0)
        self.sheets.setCurrentIndex(start)
        self._show_sheet()
        self._show_result()
        self.grid.setFocus()

    @property
    def plan(self) -> ImportPlan:
        """The plan as the columns are understood now."""
        return self._assistant.plan

    # --- arranging

    def _arrange(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(GAP)
        layout.addWidget(plain_label(self.plan.source_name, scale=TITLE_SCALE, bold=True))
        for widget in (self.summary, self.doubts_caption, self.doubts):
            layout.addWidget(widget)
        panes = QSplitter(Qt.Orientation.Horizontal)
        panes.addWidget(self._sheet_pane())
        panes.addWidget(self.result_view)
        panes.setHandleWidth(1)
        panes.setSizes([_SIZE[0] * 13 // 20, _SIZE[0] * 7 // 20])
        panes.setChildrenCollapsible(False)
        layout.addWidget(panes, 1)
        layout.addLayout(self._foot())

    def _sheet_pane(self) -> QWidget:
        pane = QWidget()
        layout = QVBoxLayout(pane)
        layout.setContentsMargins(0, 0, GAP, 0)
        layout.setSpacing(GAP)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        self._add_captioned(row, "工作表(&S)", self.sheets)
        row.addWidget(self.is_read)
        row.addStretch(1)
        row.addWidget(self.rows)
        layout.addLayout(row)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self.column_caption)
        row.addWidget(self.meaning)
        row.addStretch(1)
        self.meaning.setAccessibleName("这一列的含义")
        layout.addLayout(row)
        layout.addWidget(self.grid, 1)
        return pane

    @staticmethod
    def _add_captioned(row: QHBoxLayout, words: str, widget: QWidget) -> None:
        caption = plain_label(words)
        caption.setBuddy(widget)
        row.addWidget(caption)
        row.addWidget(widget)

    def _foot(self) -> QHBoxLayout:
        self.import_button.clicked.connect(self._on_import)
        self.import_button.setToolTip("Ctrl+Enter")
        words = "各列的含义可以改，以后遇到同样的表会记得。点“导入”之前，不会写入台账。"
        return foot(self, plain_label(words, muted=True), self.import_button, primary=self.import_button)

    def _connect(self) -> None:
        self.sheets.activated.connect(lambda _at: self._show_sheet())
        self.is_read.clicked.connect(self._on_read)
        self.rows.chosen.connect(self._on_header)
        self.meaning.chosen.connect(self._on_meaning)
        self.grid.column_chosen.connect(lambda _column: self._show_column())
        self.grid.meaning_asked.connect(self._on_head)
        self.doubts.line_chosen.connect(self._on_line)
        self.doubts.itemClicked.connect(lambda _item: self._show_sheet_of_doubt())
        self.result_view.line_chosen.connect(self._on_line)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.import_button.click)

    # --- showing

    @property
    def _at(self) -> int:
        return max(0, self.sheets.currentIndex())

    @property
    def _reading(self) -> SheetReading:
        return self._assistant.sheets[self._at]

    def _show_sheet(self) -> None:
        one = self._reading
        self.grid.show_sheet(one.sheet, one.header, is_read=one.is_read)
        self._show_head()

    def _show_head(self) -> None:
        """What is said of the sheet as a whole, and of its current column."""
        one = self._reading
        with QSignalBlocker(self.is_read):
            self.is_read.setChecked(one.is_read)
        self.rows.show_reading(one)
        for widget in (self.rows, self.meaning):
            widget.setEnabled(one.is_read)
        self._show_column()

    def _show_column(self) -> None:
        one, at = self._reading, max(0, self.grid.currentIndex().column())
        use = one.header.uses[at]
        self.column_caption.setText(f"第{at + 1}列“{use.caption}”是" if use.caption else f"第{at + 1}列是")
        self.meaning.show_use(one.by_itself.uses[at], one.said.get(at))

    def _show_result(self) -> None:
        assistant = self._assistant
        self.summary.setText(assistant.problem or summary(assistant.plan, assistant.report))
        self.summary.setProperty("problem", bool(assistant.problem))
        self.summary.style().polish(self.summary)
        doubts = assistant.plan.doubts
        self.doubts_caption.setText(f"存疑 {len(doubts)} 处，请核对" if doubts else "没有存疑之处")
        self.doubts_caption.setVisible(not assistant.problem)
        self.doubts.show_entries([(note.line, note.text) for note in doubts])
        self.doubts.setVisible(bool(doubts))
        height = self.doubts.sizeHintForRow(0) if doubts else 0
        self.doubts.setFixedHeight(min(len(doubts), _DOUBTS_SHOWN) * height + 2 * self.doubts.frameWidth() + 2)
        self.result_view.show_plan(assistant.plan, assistant.report)
        self.import_button.setEnabled(assistant.report.writes and not assistant.problem)

    def _show_changed(self) -> None:
        one = self._reading
        self.grid.cells.show_header(one.header, is_read=one.is_read)
        self._show_head()
        self._show_result()

    # --- what the clerk does

    def _on_read(self, is_read: bool) -> None:
        with busy():
            self._assistant.set_read(self._at, is_read=is_read)
            self._show_changed()

    def _on_header(self, first_row: int, end_row: int) -> None:
        with busy():
            self._assistant.set_header(self._at, first_row, end_row)
            self._show_changed()

    def _on_meaning(self, meaning: Column | None) -> None:
        with busy():
            self._assistant.set_meaning(self._at, max(0, self.grid.currentIndex().column()), meaning)
            self._show_changed()

    def _on_head(self, column: int) -> None:
        """A click on a column's head opens the choices below it."""
        if not self._reading.is_read:
            return
        header = self.grid.horizontalHeader()
        at = header.mapToGlobal(QPoint(header.sectionViewportPosition(column), header.height()))
        self.meaning.pop_up(at)

    def _on_line(self, line: int) -> None:
        self._show_sheet_of_doubt()
        self.grid.go_to(line - 1)

    def _show_sheet_of_doubt(self) -> None:
        """Doubts about one of several sheets name it."""
        item = self.doubts.currentItem()
        words = item.text(1) if item else ""
        for at, one in enumerate(self._assistant.sheets):
            if words.startswith(f"工作表“{one.sheet.name}”") and at != self._at:
                self.sheets.setCurrentIndex(at)
                self._show_sheet()

    def _on_import(self) -> None:
        self._assistant.remember()
        self.accept()
