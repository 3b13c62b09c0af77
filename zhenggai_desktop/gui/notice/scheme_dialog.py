"""The scheme's editor: headings, numbers, answers and chapters, with the pages beside them as they will be printed.

Nothing is stored before “用于本台账”; a scheme can be kept as a file for other ledgers, and taken from a notice.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt, QTimer
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QFormLayout,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from zhenggai_desktop.domain.layout_file import ledger_profile
from zhenggai_desktop.domain.notice import compose
from zhenggai_desktop.domain.numbering import NumberStyle
from zhenggai_desktop.domain.records import AnswerForm, AnswerPlace, Snapshot
from zhenggai_desktop.domain.schemes import BUILT_IN, HeadingPattern, Scheme
from zhenggai_desktop.gui import messages
from zhenggai_desktop.gui.dialogs import files
from zhenggai_desktop.gui.dialogs.dialog import Dialog
from zhenggai_desktop.gui.dialogs.drop_down import DropDown
from zhenggai_desktop.gui.dialogs.foot import foot
from zhenggai_desktop.gui.folders import Folders, Purpose
from zhenggai_desktop.gui.messages import busy
from zhenggai_desktop.gui.notice.frame_list import FrameList
from zhenggai_desktop.gui.notice.preview_pane import PreviewPane
from zhenggai_desktop.gui.style import GAP, MARGIN, TITLE_SCALE, plain_label
from zhenggai_desktop.names import SOURCE_SUFFIXES
from zhenggai_desktop.paper.pages import PageMaker
from zhenggai_desktop.services.exporting import chosen_scheme
from zhenggai_desktop.services.scheme_editing import (
    PATTERNS,
    from_words,
    in_words,
    pattern_of,
    problems,
    save_scheme_file,
    scheme_from_notice,
    to_try_on,
    with_frame,
    with_pattern,
)
from zhenggai_desktop.texts import ANSWER_FORM_NAMES, ANSWER_PLACE_NAMES

_SIZE = (1280, 690)  # pixels; fits a 1366 × 768 screen with its taskbar
_WAIT = 60  # milliseconds after a key before the pages follow
_FILES = "标题方案 (*.json);;所有文件 (*)"
_NOTICES = f"整改通报 ({' '.join(f'*{suffix}' for suffix in SOURCE_SUFFIXES)});;所有文件 (*)"
_STYLES = {
    NumberStyle.NONE: "不编号",
    NumberStyle.CHINESE: "一、二、三",
    NumberStyle.DECIMAL: "1、2、3",
    NumberStyle.CIRCLED: "①②③",
}
_RESTARTS = "勾选：在上一级之下从一重新编号；不勾：全文连续编号"
_PLACES = (AnswerPlace.OWN, AnswerPlace.RUN_IN)
_FORMS = (AnswerForm.RUN_IN, AnswerForm.NUMBERED, AnswerForm.PLAIN)


class PatternRow:
    """The fields of one heading pattern."""

    def __init__(self, caption: str, changed: Callable[[], None]) -> None:
        self.label = QLabel(caption)
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.text = QLineEdit()
        self.text.setAccessibleName(f"{caption}标题")
        self.style = _box(f"{caption}编号样式", _STYLES)
        self.restarts = QCheckBox()
        self.restarts.setToolTip(_RESTARTS)
        self.restarts.setAccessibleName(f"{caption}在上一级之下重新编号")
        self.problem = plain_label()
        self.problem.setProperty("problem", True)
        self.problem.setVisible(False)
        self.label.setBuddy(self.text)
        self.text.textEdited.connect(lambda _text: changed())
        self.style.activated.connect(lambda _at: changed())
        self.restarts.toggled.connect(lambda _on: changed())

    def add_to(self, grid: QGridLayout, row: int) -> None:
        grid.addWidget(self.label, row, 0)
        grid.addWidget(self.text, row, 1)
        grid.addWidget(self.style, row, 2)
        grid.addWidget(self.restarts, row, 3, Qt.AlignmentFlag.AlignCenter)
        grid.addWidget(self.problem, row + 1, 1, 1, 3)

    def show_pattern(self, pattern: HeadingPattern) -> None:
        with QSignalBlocker(self.restarts), QSignalBlocker(self.style):
            if from_words(self.text.text()) != pattern.pattern:
                self.text.setText(in_words(pattern.pattern))
                self.text.setCursorPosition(0)
            self.style.setCurrentIndex(self.style.findData(pattern.style))
            self.restarts.setChecked(pattern.restarts)

    def pattern(self, like: HeadingPattern) -> HeadingPattern:
        text, restarts = from_words(self.text.text()), self.restarts.isChecked()
        more = like.with_recommendations if text == like.pattern else ""
        return replace(
            like,
            pattern=text,
            style=NumberStyle(self.style.currentData()),
            restarts=restarts,
            with_recommendations=more,
        )

    def show_problem(self, words: str) -> None:
        self.problem.setText(words)
        self.problem.setVisible(bool(words))


class SchemeDialog(Dialog):
    """Accepted means: head the notice by ``scheme``. ``folder`` is where files are looked for first."""

    help_topic = "出通报"

    def __init__(
        self,
        snapshot: Snapshot,
        scheme: Scheme,
        folder: Path,
        *,
        editable: bool = True,
        parent: QWidget | None = None,
        folders: Folders | None = None,
    ) -> None:
        super().__init__(parent)
        self.scheme = scheme
        self._snapshot = snapshot
        self._tried = to_try_on(snapshot)
        self._folder, self._folders = folder, folders or Folders()
        self._maker = PageMaker(ledger_profile(snapshot.facts))
        self.setWindowTitle("标题方案")
        self.resize(*_SIZE)
        self.base = _box("以哪个方案为底", {name: f"{name.upper()}　{one.caption}" for name, one in BUILT_IN.items()})
        self.rows = {key: PatternRow(caption, self._on_edited) for key, caption in PATTERNS.items()}
        self.rows["chapter"].restarts.setVisible(False)  # there is nothing above a chapter
        self.label = QLineEdit()
        self.place = _box("答复位置", {place: ANSWER_PLACE_NAMES[place] for place in _PLACES})
        self.form = _box("答复形式", {form: ANSWER_FORM_NAMES[form] for form in _FORMS})
        self.run_in_item = QLineEdit()
        self.paragraph_item = QLineEdit()
        self.item_style = _box("分段编号样式", {s: _STYLES[s] for s in NumberStyle if s is not NumberStyle.NONE})
        self.item_problem = plain_label()
        self.item_problem.setProperty("problem", True)
        self.item_problem.setVisible(False)
        self.frame_list = FrameList()
        self.preview = PreviewPane()
        self.file_button = QPushButton("方案文件")
        self.notice_button = QPushButton("从通报提取(&N)…")
        self.use_button = QPushButton("用于本台账")
        self.use_button.setProperty("primary", True)
        self._editable = editable
        self._showing = QTimer(self)
        self._showing.setSingleShot(True)
        self._showing.setInterval(_WAIT)
        self._arrange()
        self._connect()
        self.show_scheme(scheme)

    # --- arranging

    def _arrange(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(GAP)
        head = QHBoxLayout()
        head.setSpacing(GAP)
        head.addWidget(plain_label("标题方案", scale=TITLE_SCALE, bold=True), 1)
        caption = plain_label("以哪个方案为底(&B)")
        caption.setBuddy(self.base)
        for widget in (caption, self.base, self.notice_button, self.file_button):
            head.addWidget(widget)
        layout.addLayout(head)
        panes = QSplitter(Qt.Orientation.Horizontal)
        panes.addWidget(self._scrolled())
        panes.addWidget(self.preview)
        panes.setHandleWidth(1)
        panes.setSizes([_SIZE[0] * 5 // 9, _SIZE[0] * 4 // 9])
        panes.setChildrenCollapsible(False)
        layout.addWidget(panes, 1)
        layout.addLayout(self._foot())
        menu = QMenu(self.file_button)
        menu.addAction("读入方案文件(&R)…").triggered.connect(lambda: messages.guarded(self, self._on_read))
        self.save_action = menu.addAction("另存为方案文件(&S)…")
        self.save_action.triggered.connect(lambda: messages.guarded(self, self._on_save))
        self.file_button.setProperty("drop", True)
        self.file_button.setMenu(menu)

    def _scrolled(self) -> QScrollArea:
        area = QScrollArea()
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidgetResizable(True)
        area.setWidget(self._fields())
        return area

    def _fields(self) -> QWidget:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(MARGIN - 4, MARGIN - 4, MARGIN - 4, MARGIN - 4)
        column.setSpacing(GAP)
        column.addWidget(plain_label("标题", bold=True))
        column.addWidget(plain_label("{编号}和{标题}处由程序填写，其余照印", muted=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(GAP)
        grid.setVerticalSpacing(GAP // 2)
        grid.setColumnStretch(1, 1)
        heads = [plain_label(words, muted=True) for words in ("写法", "编号", "重新编号")]
        for at, head in enumerate(heads, 1):
            grid.addWidget(head, 0, at)
        heads[-1].setToolTip(_RESTARTS)
        for at, row in enumerate(self.rows.values()):
            row.add_to(grid, 1 + 2 * at)
        column.addLayout(grid)
        column.addSpacing(GAP)
        column.addWidget(plain_label("整改情况的写法", bold=True))
        form = QFormLayout()
        form.setSpacing(GAP)
        form.addRow("引语", self.label)
        form.addRow("位置", self.place)
        form.addRow("形式", self.form)
        form.addRow("连写的序号", self.run_in_item)
        self.paragraph_item.setAccessibleName("分段的序号")
        items = QHBoxLayout()
        items.addWidget(self.paragraph_item, 1)
        items.addWidget(self.item_style)
        form.addRow("分段的序号", items)
        form.addRow("", self.item_problem)
        column.addLayout(form)
        column.addSpacing(GAP)
        column.addWidget(plain_label("新通报的章节", bold=True))
        column.addWidget(plain_label("还没有写过通报时按此搭框架；写过的章节不受影响", muted=True))
        column.addWidget(self.frame_list)
        column.addStretch(1)
        return side

    def _foot(self) -> QHBoxLayout:
        for button in (self.file_button, self.notice_button):
            button.setAutoDefault(False)
        words = plain_label("预览用台账开头的问题；点“用于本台账”之前不会写入", muted=True)
        return foot(self, words, self.use_button)

    def _connect(self) -> None:
        self.base.activated.connect(lambda at: self.show_scheme(BUILT_IN[self.base.itemData(at)]))
        for field in (self.label, self.run_in_item, self.paragraph_item):
            field.textEdited.connect(lambda _text: self._on_edited())
        for box in (self.place, self.form, self.item_style):
            box.activated.connect(lambda _at: self._on_edited())
        self.frame_list.edited.connect(self._on_edited)
        self.notice_button.clicked.connect(lambda: messages.guarded(self, self._on_notice))
        self.use_button.clicked.connect(self.accept)
        self._showing.timeout.connect(self._show_pages)

    # --- showing

    def show_scheme(self, scheme: Scheme) -> None:
        """Edit another scheme."""
        self.scheme = scheme
        answer = scheme.answer
        self.base.setCurrentIndex(self.base.findData(scheme.name))
        for key, row in self.rows.items():
            row.show_pattern(pattern_of(scheme, key))
        for field, text in (
            (self.label, answer.label),
            (self.run_in_item, in_words(answer.run_in_item)),
            (self.paragraph_item, in_words(answer.paragraph_item)),
        ):
            field.setText(text)
        for box, value in ((self.place, answer.place), (self.form, answer.form), (self.item_style, answer.item_style)):
            box.setCurrentIndex(box.findData(value))
        self.frame_list.show_frame(scheme.frame)
        self._show_state()
        self._show_pages()

    def _show_state(self) -> None:
        """Problems beside their fields; what is wrong cannot be used."""
        found = dict(problems(self.scheme))
        for key, row in self.rows.items():
            row.show_problem(found.get(key, ""))
        words = found.get("run_in_item") or found.get("paragraph_item", "")
        self.item_problem.setText(words)
        self.item_problem.setVisible(bool(words))
        self.use_button.setEnabled(self._editable and not found)
        self.save_action.setEnabled(not found)

    def _show_pages(self) -> None:
        """The pages of the last scheme that can be used stay while a pattern is half written."""
        self._showing.stop()
        if not dict(problems(self.scheme)):
            self.preview.show_pages(self._maker.lay_out(compose(self._tried, self.scheme)), ())

    # --- what the clerk does

    def _on_edited(self) -> None:
        scheme = self.scheme
        for key, row in self.rows.items():
            scheme = with_pattern(scheme, key, row.pattern(pattern_of(scheme, key)))
        answer = replace(
            scheme.answer,
            label=self.label.text(),
            place=AnswerPlace(self.place.currentData()),
            form=AnswerForm(self.form.currentData()),
            run_in_item=from_words(self.run_in_item.text()),
            paragraph_item=from_words(self.paragraph_item.text()),
            item_style=NumberStyle(self.item_style.currentData()),
        )
        self.scheme = with_frame(replace(scheme, answer=answer), self.frame_list.frame)
        self._show_state()
        self._showing.start()

    def _on_notice(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, "从通报提取标题方案", str(self._folder), _NOTICES)
        if chosen:
            with busy():
                scheme = scheme_from_notice(Path(chosen))
            self.show_scheme(scheme)

    def _on_read(self) -> None:
        start = self._folders.start(Purpose.STYLE, self._folder)
        chosen, _ = QFileDialog.getOpenFileName(self, "读入标题方案", str(start), _FILES)
        if chosen:
            self._folders.used(Purpose.STYLE, Path(chosen))
            self.show_scheme(chosen_scheme(self._snapshot, chosen))

    def _on_save(self) -> None:
        suggestion = self._folders.start(Purpose.STYLE, self._folder) / "标题方案.json"
        path = files.ask_target(self, "另存为方案文件", suggestion, _FILES)
        if path is not None:
            self._folders.used(Purpose.STYLE, path)
            save_scheme_file(path, self.scheme)
            messages.tell(self, f"已保存方案文件“{path.name}”。", "其他台账可用“从文件读入标题方案”采用它。")


def _box(name: str, choices: dict[NumberStyle, str] | dict[str, str] | dict[AnswerPlace, str] | dict[AnswerForm, str]):
    box = DropDown()
    box.setAccessibleName(name)
    for value, caption in choices.items():
        box.addItem(caption, value)
    return box
