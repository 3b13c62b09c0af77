"""The import assistant: a source's lines beside what they become; a clerk puts right what was misread.

Nothing enters a ledger before “导入”; until then every correction can be taken back.
"""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QSplitter, QVBoxLayout, QWidget

from zhenggai_desktop.domain.corrections import Place
from zhenggai_desktop.domain.line_uses import UsedLine
from zhenggai_desktop.domain.plan import ImportPlan
from zhenggai_desktop.domain.records import DocumentKind
from zhenggai_desktop.gui.dialogs.dialog import Dialog
from zhenggai_desktop.gui.dialogs.drop_down import DropDown
from zhenggai_desktop.gui.dialogs.foot import foot
from zhenggai_desktop.gui.dialogs.import_preview import IMPORT, summary
from zhenggai_desktop.gui.dialogs.plan_view import EntryList, PlanView
from zhenggai_desktop.gui.dialogs.source_pane import SourcePane
from zhenggai_desktop.gui.messages import busy
from zhenggai_desktop.gui.style import GAP, MARGIN, TITLE_SCALE, plain_label
from zhenggai_desktop.services.import_assistant import Correct, ImportAssistant
from zhenggai_desktop.texts import DOCUMENT_NAMES

_SIZE = (1240, 680)  # pixels; fits a 1366 × 768 screen with its taskbar
_KINDS = (None, DocumentKind.FEEDBACK, DocumentKind.NOTICE)
_DOUBTS_SHOWN = 3  # rows; more scroll


class ImportDialog(Dialog):
    """Accepted means: import ``plan``. ``compared``: into a ledger that holds something already."""

    help_topic = "收到反馈怎么办"

    def __init__(self, assistant: ImportAssistant, *, compared: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._assistant = assistant
        self.setWindowTitle("导入助手")
        self.resize(*_SIZE)
        self.kind = self._kinds()
        self.summary = plain_label()
        self.summary.setWordWrap(True)
        self.doubts_caption = plain_label(bold=True)
        self.doubts = EntryList("存疑之处")
        self.source = SourcePane()
        self.result_view = PlanView(compared=compared)
        self.import_button = QPushButton(IMPORT)
        self._arrange()
        self._connect()
        self._show(Place(1))
        self.source.view.setFocus()

    @property
    def plan(self) -> ImportPlan:
        """The plan as corrected."""
        return self._assistant.plan

    # --- arranging

    def _kinds(self) -> QComboBox:
        kinds = DropDown()
        kinds.setAccessibleName("文件种类")
        for kind in _KINDS:
            kinds.addItem(f"自动识别（{DOCUMENT_NAMES[self.plan.document]}）" if kind is None else DOCUMENT_NAMES[kind])
        return kinds

    def _arrange(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(GAP)
        layout.addLayout(self._head())
        layout.addWidget(self.summary)
        layout.addWidget(self.doubts_caption)
        layout.addWidget(self.doubts)
        panes = QSplitter(Qt.Orientation.Horizontal)
        panes.addWidget(self.source)
        panes.addWidget(self.result_view)
        panes.setHandleWidth(1)
        panes.setSizes([_SIZE[0] * 5 // 8, _SIZE[0] * 3 // 8])
        panes.setChildrenCollapsible(False)
        layout.addWidget(panes, 1)
        layout.addLayout(self._foot())

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(plain_label(self.plan.source_name, scale=TITLE_SCALE, bold=True), 1)
        caption = plain_label("文件种类(&K)")
        caption.setBuddy(self.kind)
        row.addWidget(caption)
        row.addWidget(self.kind)
        return row

    def _foot(self) -> QHBoxLayout:
        self.import_button.clicked.connect(self.accept)
        self.import_button.setToolTip("Ctrl+Enter")
        words = plain_label("点“导入”之前，不会写入台账", muted=True)
        return foot(self, words, self.import_button, primary=self.import_button)

    def _connect(self) -> None:
        self.kind.activated.connect(self._on_kind)
        self.doubts.line_chosen.connect(self._on_source_line)
        self.result_view.line_chosen.connect(self._on_source_line)
        self.result_view.tree.record_chosen.connect(self._on_record)
        self.source.line_chosen.connect(self._on_line)
        self.source.corrected.connect(self._on_corrected)
        self.source.stepped_back.connect(self._on_step_back)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self, self._on_step_back)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.import_button.click)

    # --- showing

    def _show(self, place: Place) -> None:
        """Show what the source is understood as now, with the line at ``place`` chosen."""
        assistant = self._assistant
        self.summary.setText(summary(assistant.plan, assistant.report))
        self.kind.setCurrentIndex(_KINDS.index(assistant.corrections.kind))
        self._show_doubts()
        self.result_view.show_plan(assistant.plan, assistant.report)
        row = assistant.row_of(place)
        self.source.show_lines(assistant.lines, row, can_step_back=assistant.can_step_back)
        self.import_button.setEnabled(assistant.report.writes)

    def _show_doubts(self) -> None:
        doubts = self.plan.doubts
        self.doubts_caption.setText(f"存疑 {len(doubts)} 处，请核对" if doubts else "没有存疑之处")
        self.doubts.show_entries([(note.line, note.text) for note in doubts])
        self.doubts.setVisible(bool(doubts))
        rows = min(len(doubts), _DOUBTS_SHOWN)
        height = self.doubts.sizeHintForRow(0) if doubts else 0
        self.doubts.setFixedHeight(rows * height + 2 * self.doubts.frameWidth() + 2)

    # --- what the clerk does

    def _on_kind(self, at: int) -> None:
        self._correct(lambda said: said.of_kind(_KINDS[at]), Place(1))

    def _on_corrected(self, correct: Correct) -> None:
        line = self.source.line()
        self._correct(correct, line.place if line else Place(1))

    def _correct(self, correct: Correct, place: Place) -> None:
        with busy():
            self._assistant.correct(correct)
            self._show(place)

    def _on_step_back(self) -> None:
        line = self.source.line()
        with busy():
            self._assistant.step_back()
            self._show(line.place if line else Place(1))

    def _on_source_line(self, number: int) -> None:
        self.source.go_to(self._assistant.row_of(Place(number)))

    def _on_record(self, uid: str) -> None:
        lines = self._assistant.lines
        row = next((row for row, line in enumerate(lines) if line.uid == uid), None)
        if row is not None:
            with QSignalBlocker(self.source):  # the tree is where it should be
                self.source.go_to(row)

    def _on_line(self, line: UsedLine) -> None:
        self.result_view.tree.go_to(line.uid)
