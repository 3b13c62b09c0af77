"""A layout of the office's own: the choices in which offices differ, fonts of this PC, files to keep it in."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from zhenggai_desktop.domain.font_choice import FontReport, check_fonts
from zhenggai_desktop.domain.layout import FONT_SETS, LayoutProfile, twips
from zhenggai_desktop.gui import messages
from zhenggai_desktop.gui.dialogs import files
from zhenggai_desktop.gui.dialogs.dialog import Dialog
from zhenggai_desktop.gui.dialogs.drop_down import DropDown
from zhenggai_desktop.gui.dialogs.number_boxes import DecimalBox
from zhenggai_desktop.gui.folders import Folders, Purpose
from zhenggai_desktop.gui.messages import CANCEL
from zhenggai_desktop.gui.style import GAP, MARGIN, TITLE_SCALE, plain_label
from zhenggai_desktop.services.layouts import ROMAN, load_layout, save_layout

_SETS = (
    ("gb2312", "仿宋_GB2312、楷体_GB2312"),
    ("gbk", "方正仿宋_GBK、方正楷体_GBK"),
    ("plain", "Windows 自带的仿宋、楷体"),
)
_KEPT = "照原来的"  # fonts that belong to none of the sets
_NO_TEMPLATE = "不用模板，按上面的版式"
_LAYOUT_FILE, _WORD_FILE = "版式文件 (*.json)", "Word 模板 (*.docx)"


def ask_layout(profile: LayoutProfile, parent: QWidget, folders: Folders) -> LayoutProfile | None:
    """The profile as the user adjusted it, None where he thought better of it."""
    dialog = LayoutDialog(profile, parent, folders=folders)
    try:
        return dialog.profile if dialog.exec() == QDialog.DialogCode.Accepted else None
    finally:
        dialog.deleteLater()


class LayoutDialog(Dialog):
    """Accepted means: ``profile``."""

    help_topic = "出通报"

    def __init__(
        self, profile: LayoutProfile, parent: QWidget | None = None, *, folders: Folders | None = None
    ) -> None:
        super().__init__(parent)
        self._base, self._folders = profile, folders or Folders()
        self.setWindowTitle("自定义版式")
        self.setMinimumWidth(780)
        self.name = QLineEdit()
        self.line = DecimalBox()
        self.line.setRange(15, 60)
        self.line.setDecimals(2)
        self.line.setSingleStep(0.5)
        self.line.setSuffix(" 磅")
        self.fonts, self.digits = DropDown(), DropDown()
        for key, caption in _SETS:
            self.fonts.addItem(caption, key)
        self.fonts.addItem(_KEPT, "")
        self.digits.addItem("与正文相同（仿宋）", "")
        self.digits.addItem(ROMAN, ROMAN)
        self.bold = QCheckBox("（一）级标题的楷体加粗")
        self.sealed = QCheckBox("加盖印章：日期右空四字，署名在日期上方居中")
        self.widows = QCheckBox("一段不在页尾或页首只留一行（有的页会少于22行）")
        self.substitute = QCheckBox("本机没有的字体改用相近的字体")
        self.missing = plain_label(muted=True)
        self.missing.setWordWrap(True)
        self.missing.setMinimumHeight(3 * self.fontMetrics().lineSpacing())  # a form makes no room for wrapped words
        self.template = plain_label()
        self.template_button = QPushButton("选择模板…")
        self.no_template_button = QPushButton("不用模板")
        self.state = plain_label(muted=True)
        self.load_button = QPushButton("读入版式…")
        self.save_button = QPushButton("另存版式…")
        self.save_template_button = QPushButton("另存为 Word 模板…")
        self._template = ""
        self._arrange()
        self._connect()
        self.show_profile(profile)

    @property
    def profile(self) -> LayoutProfile:
        """What is chosen at this moment."""
        chosen = self.fonts.currentData()
        fonts = FONT_SETS[chosen] if chosen else self._base.fonts
        profile = replace(
            self._base,
            name=self.name.text().strip() or "自定义版式",
            fonts=replace(fonts, digits=self.digits.currentData()),
            substituted="" if chosen else self._base.substituted,
            line_pitch=round(self.line.value() * 20),
            bold_heading_2=self.bold.isChecked(),
            sealed=self.sealed.isChecked(),
            widow_control=self.widows.isChecked(),
            template=self._template,
        )
        return self._fonts_of(profile).substituted(profile) if self.substitute.isChecked() else profile

    def show_profile(self, profile: LayoutProfile) -> None:
        """Fill the fields."""
        self._base = profile
        self._template = profile.template
        self.name.setText(profile.name)
        self.line.setValue(profile.line_pitch / 20)
        without_digits = replace(profile.fonts, digits="")
        key = next((key for key, _ in _SETS if FONT_SETS[key] == without_digits), "")
        self.fonts.setCurrentIndex(self.fonts.findData(key))
        self.digits.setCurrentIndex(max(self.digits.findData(profile.fonts.digits), 0))
        self.bold.setChecked(profile.bold_heading_2)
        self.sealed.setChecked(profile.sealed)
        self.widows.setChecked(profile.widow_control)
        self.substitute.setChecked(False)
        self._show_state()

    # --- inside

    @staticmethod
    def _fonts_of(profile: LayoutProfile) -> FontReport:
        return check_fonts(profile, frozenset(QFontDatabase.families()))

    def _arrange(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(GAP * 2)
        form.setVerticalSpacing(GAP)
        for caption, field in (("名称(&N)", self.name), ("行距(&L)", self.line), ("字体(&F)", self.fonts),
                               ("数字(&D)", self.digits)):  # fmt: skip
            form.addRow(caption, field)
        for field in (self.bold, self.sealed, self.widows, self.substitute, self.missing):
            form.addRow("", field)
        form.addRow("Word 模板", self._row(self.template, self.template_button, self.no_template_button))
        form.addRow("", self.state)
        self._buttons = QDialogButtonBox()
        self.accept_button = self._buttons.addButton("采用这个版式", QDialogButtonBox.ButtonRole.AcceptRole)
        self.accept_button.setDefault(True)
        self._buttons.addButton(CANCEL, QDialogButtonBox.ButtonRole.RejectRole)
        for button in (self.template_button, self.no_template_button):
            button.setAutoDefault(False)
        foot = QHBoxLayout()
        for button in (self.load_button, self.save_button, self.save_template_button):
            button.setAutoDefault(False)
            foot.addWidget(button)
        foot.addStretch(1)
        foot.addWidget(self._buttons)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(GAP)
        layout.addWidget(plain_label("自定义版式", scale=TITLE_SCALE, bold=True))
        layout.addWidget(plain_label("以 GB/T 9704—2012 为准，各地做法不同的几处可以选择。", muted=True))
        layout.addLayout(form)
        layout.addStretch(1)
        layout.addLayout(foot)

    @staticmethod
    def _row(*fields: QWidget) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        for at, field in enumerate(fields):
            row.addWidget(field, 0 if at else 1)
        return holder

    def _connect(self) -> None:
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        self.line.valueChanged.connect(self._show_state)
        self.fonts.currentIndexChanged.connect(self._show_state)
        self.digits.currentIndexChanged.connect(self._show_state)
        self.template_button.clicked.connect(self._choose_template)
        self.no_template_button.clicked.connect(lambda: self._use_template(""))
        self.load_button.clicked.connect(lambda: messages.guarded(self, self._load))
        self.save_button.clicked.connect(lambda: messages.guarded(self, lambda: self._save(_LAYOUT_FILE, ".json")))
        self.save_template_button.clicked.connect(
            lambda: messages.guarded(self, lambda: self._save(_WORD_FILE, ".docx"))
        )

    def _show_state(self) -> None:
        """How many lines a page has, and which fonts are missing."""
        pitch = round(self.line.value() * 20)
        lines = twips(self._base.text_height) // pitch
        characters = twips(self._base.text_width) // self._base.character
        self.state.setText(f"每页{lines}行，每行{characters}个字。")
        chosen = self.fonts.currentData()
        fonts = FONT_SETS[chosen] if chosen else self._base.fonts
        report = self._fonts_of(replace(self._base, fonts=replace(fonts, digits=self.digits.currentData() or "")))
        self.missing.setText("".join(report.lines()) or "这个版式用到的字体本机都有。")
        self.substitute.setEnabled(any(report.missing.values()))
        self.template.setText(Path(self._template).name if self._template else _NO_TEMPLATE)
        self.no_template_button.setEnabled(bool(self._template))

    def _choose_template(self) -> None:
        chosen = self._asked_file("选择 Word 模板", _WORD_FILE)
        if chosen:
            self._use_template(chosen)

    def _use_template(self, path: str) -> None:
        self._template = path
        self._show_state()

    def _load(self) -> None:
        chosen = self._asked_file("读入版式", _LAYOUT_FILE)
        if chosen:
            self.show_profile(load_layout(Path(chosen)))

    def _save(self, kind: str, suffix: str) -> None:
        path = files.ask_target(self, "另存版式", self._start / f"{self.profile.name}{suffix}", kind)
        if path is not None:
            self._folders.used(Purpose.STYLE, path)
            save_layout(self.profile, path)

    @property
    def _start(self) -> Path:
        return self._folders.start(Purpose.STYLE, Path.home())

    def _asked_file(self, title: str, kinds: str) -> str:
        chosen, _ = QFileDialog.getOpenFileName(self, title, str(self._start), kinds)
        if chosen:
            self._folders.used(Purpose.STYLE, Path(chosen))
        return chosen
