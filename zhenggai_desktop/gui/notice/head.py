"""What stands above the chapters: title, scheme, layout, and the ways out."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from zhenggai_desktop.domain.editions import Edition
from zhenggai_desktop.domain.layout import PROFILES, LayoutProfile
from zhenggai_desktop.domain.layout_file import ledger_profile, profile_word
from zhenggai_desktop.domain.records import LedgerFacts
from zhenggai_desktop.domain.schemes import BUILT_IN, scheme_for
from zhenggai_desktop.gui.dialogs.drop_down import DropDown
from zhenggai_desktop.gui.style import GAP, MARGIN
from zhenggai_desktop.services.documents import KIND_NAMES
from zhenggai_desktop.texts import edition_name

_OWN_LAYOUT = "自定义版式…"
_OWN_FILE = "从文件读入标题方案…"
_LEAST_TITLE = 28  # characters of the title beside the choices
_BREAK = "↵"  # shows in the field where the clerk breaks the title's line
CLEAN_COPY = "clean"
"""The way out of the text to be published."""
COLLECT, REGISTER, PUBLISHED, SCHEME = "collect", "register", "published", "scheme"
"""What the menu of drafts asks for."""
_DRAFTS = (
    ("收回退回稿(&B)…", COLLECT),
    ("文稿登记与比较(&D)…", REGISTER),
    ("核对已发布文字(&K)…", PUBLISHED),
    ("编辑标题方案(&S)…", SCHEME),
)
_EXPORTS = (
    ("Word 文档(&W)…", ".docx"),
    ("发布稿 Word（不带编号、作者和批注）(&R)…", CLEAN_COPY),
    ("PDF 文件(&P)…", ".pdf"),
    ("网页 HTML(&H)…", ".html"),
    ("纯文本(&T)…", ".txt"),
)


EDITION_NAMES = {edition: edition_name(edition.value) for edition in Edition}


class NoticeHead(QWidget):
    """A row of fields. It shows facts and asks for everything by signals."""

    title_left = Signal(str)
    scheme_chosen = Signal(str)
    scheme_file_asked = Signal()
    edition_chosen = Signal(object)  # Edition
    profile_chosen = Signal(str)  # what the ledger keeps of the profile
    layout_asked = Signal()
    documents_asked = Signal()
    document_asked = Signal(str)  # kind, "" for a template of the user's own
    template_asked = Signal(str)  # kind
    export_asked = Signal(str)  # suffix or CLEAN_COPY
    drafts_asked = Signal(str)  # COLLECT, REGISTER, PUBLISHED or SCHEME
    print_asked = Signal()
    copy_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = QLineEdit()
        self.title.setAcceptDrops(False)  # a file that is dropped here is for the window
        self.title.setAccessibleName("通报标题")
        self.title.setPlaceholderText("还没有标题")
        self.title.setToolTip(f"要在某处换行，就在那里写一个“{_BREAK}”；不写则自动排成梯形或菱形")
        self.editions = _box("版本", 11)
        for edition, caption in EDITION_NAMES.items():
            self.editions.addItem(caption, edition)
        self.schemes = _box("标题方案", 13)
        for name, scheme in BUILT_IN.items():
            self.schemes.addItem(f"{name.upper()}　{scheme.caption}", name)
        self.schemes.insertSeparator(self.schemes.count())
        self.schemes.addItem(_OWN_FILE, "")
        self.profiles = _box("版式", 8)
        self._offer_profiles(None)
        self.copy_button = QPushButton("复制全文")
        self.print_button = QPushButton("打印…")
        self.export_button = QPushButton("导出")
        self.export_button.setProperty("primary", True)
        menu = QMenu(self.export_button)
        for caption, suffix in _EXPORTS:
            menu.addAction(caption).triggered.connect(lambda _=False, suffix=suffix: self.export_asked.emit(suffix))
        self._add_documents(menu)
        self.export_button.setProperty("drop", True)
        self.export_button.setMenu(menu)
        self.drafts_button = QPushButton("文稿")
        menu = QMenu(self.drafts_button)
        for caption, call in _DRAFTS:
            menu.addAction(caption).triggered.connect(lambda _=False, call=call: self.drafts_asked.emit(call))
        self.drafts_button.setProperty("drop", True)
        self.drafts_button.setMenu(menu)
        self._arrange()
        self._connect()

    @property
    def typed_title(self) -> str:
        """The title as it stands in its field."""
        return self.title.text().replace(_BREAK, "\n")

    def show_notice(self, title: str, facts: LedgerFacts, *, editable: bool) -> None:
        """Show title, scheme and layout of the ledger."""
        shown = title.replace("\n", _BREAK)
        if self.title.text() != shown:
            self.title.setText(shown)
            self.title.setCursorPosition(0)
        self.title.setReadOnly(not editable)
        with QSignalBlocker(self.schemes), QSignalBlocker(self.profiles):
            self._show_schemes(facts)
            self._show_profile(facts)
        self.schemes.setEnabled(editable)
        self.profiles.setEnabled(editable)

    def add_button(self, button: QPushButton) -> None:
        """Give another button its place before those of the ways out."""
        self._first.insertWidget(self._first.indexOf(self.copy_button), button)
        QWidget.setTabOrder(self.drafts_button, button)
        QWidget.setTabOrder(button, self.copy_button)

    def _show_profile(self, facts: LedgerFacts) -> None:
        """A profile of the office's own stands in front of those that are built in."""
        profile = ledger_profile(facts)
        own = None if profile in PROFILES else profile
        if own is not None or self.profiles.itemData(0) != profile_word(PROFILES[0]):
            self._offer_profiles(own)
        self.profiles.setCurrentIndex(max(self.profiles.findData(profile_word(profile)), 0))

    def _offer_profiles(self, own: LayoutProfile | None) -> None:
        self.profiles.clear()
        for profile in (*((own,) if own else ()), *PROFILES):
            self.profiles.addItem(profile.name, profile_word(profile))
        self.profiles.insertSeparator(self.profiles.count())
        self.profiles.addItem(_OWN_LAYOUT, _OWN_LAYOUT)

    def _add_documents(self, menu: QMenu) -> None:
        """The other documents of the ledger, and their templates to be changed."""
        menu.addSeparator()
        others = menu.addMenu("其他文书(&D)")
        others.addAction("预览、打印和修改模板(&V)…").triggered.connect(lambda _=False: self.documents_asked.emit())
        others.addSeparator()
        for kind, caption in KIND_NAMES.items():
            others.addAction(f"{caption}…").triggered.connect(lambda _=False, kind=kind: self.document_asked.emit(kind))
        others.addSeparator()
        others.addAction("用自己的模板…").triggered.connect(lambda: self.document_asked.emit(""))
        templates = others.addMenu("另存模板供修改")
        for kind, caption in KIND_NAMES.items():
            templates.addAction(f"{caption}…").triggered.connect(
                lambda _=False, kind=kind: self.template_asked.emit(kind)
            )

    def _show_schemes(self, facts: LedgerFacts) -> None:
        """A scheme that was changed says so beside its name."""
        chosen = scheme_for(facts)
        for name, scheme in BUILT_IN.items():
            adjusted = "（已调整）" if name == chosen.name and chosen != scheme else ""
            self.schemes.setItemText(self.schemes.findData(name), f"{name.upper()}　{scheme.caption}{adjusted}")
        self.schemes.setCurrentIndex(self.schemes.findData(chosen.name))

    def _arrange(self) -> None:
        self._first, self._second = QHBoxLayout(), QHBoxLayout()
        self._add(self._first, "标题(&N)", self.title, 1)
        self._choices = QWidget()
        choices = QHBoxLayout(self._choices)
        choices.setContentsMargins(0, 0, 0, 0)
        choices.setSpacing(GAP)
        for caption, box in (("版本(&V)", self.editions), ("标题方案(&S)", self.schemes), ("版式(&L)", self.profiles)):
            self._add(choices, caption, box, 0)
        self._first.addWidget(self._choices)
        for button in (self.drafts_button, self.copy_button, self.print_button, self.export_button):
            self._first.addWidget(button)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(MARGIN - 4, GAP, MARGIN - 4, GAP)
        rows.addLayout(self._first)
        rows.addLayout(self._second)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a narrow window the choices stand in a row of their own."""
        super().resizeEvent(event)
        others = self.copy_button.sizeHint().width() * 4 + _LEAST_TITLE * self.fontMetrics().horizontalAdvance("字")
        wide = self.width() >= self._choices.sizeHint().width() + others + 2 * MARGIN
        if wide is (self._first.indexOf(self._choices) < 0):
            (self._second if wide else self._first).removeWidget(self._choices)
            if wide:
                self._first.insertWidget(2, self._choices)
            else:
                self._second.addWidget(self._choices, 0, Qt.AlignmentFlag.AlignLeft)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._choices.minimumSizeHint().width() + 2 * MARGIN, super().minimumSizeHint().height())

    @staticmethod
    def _add(layout: QHBoxLayout, caption: str, field: QWidget, stretch: int) -> None:
        layout.setSpacing(GAP)
        label = QLabel(caption)
        label.setBuddy(field)
        layout.addWidget(label)
        layout.addWidget(field, stretch)

    def _connect(self) -> None:
        self.title.editingFinished.connect(lambda: self.title_left.emit(self.typed_title))
        self.editions.activated.connect(lambda at: self.edition_chosen.emit(Edition(self.editions.itemData(at))))
        self.schemes.activated.connect(self._on_scheme)
        self.profiles.activated.connect(self._on_profile)
        self.copy_button.clicked.connect(self.copy_asked)
        self.print_button.clicked.connect(self.print_asked)

    def _on_profile(self, at: int) -> None:
        word = self.profiles.itemData(at)
        if word == _OWN_LAYOUT:
            self.layout_asked.emit()
        else:
            self.profile_chosen.emit(word)

    def _on_scheme(self, at: int) -> None:
        name = self.schemes.itemData(at)
        if name:
            self.scheme_chosen.emit(name)
        else:
            self.scheme_file_asked.emit()


def _box(name: str, letters: int) -> QComboBox:
    """A box that shows so many letters X whatever the longest choice is; a Chinese character takes one and a half."""
    box = DropDown()
    box.setAccessibleName(name)
    box.setMinimumContentsLength(letters)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
    return box
