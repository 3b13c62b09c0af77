"""The other documents of the ledger: each is seen as it will be, saved, printed, and its template changed."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from zhenggai_desktop.domain.document_template import DocumentTemplate
from zhenggai_desktop.domain.layout_file import ledger_profile
from zhenggai_desktop.gui import messages
from zhenggai_desktop.gui.dialogs import files
from zhenggai_desktop.gui.dialogs.agreement import agreed
from zhenggai_desktop.gui.dialogs.dialog import Dialog
from zhenggai_desktop.gui.dialogs.foot import foot
from zhenggai_desktop.gui.messages import CLOSE
from zhenggai_desktop.gui.notice.laying_out import LayingOut
from zhenggai_desktop.gui.notice.preview_pane import PreviewPane
from zhenggai_desktop.gui.paper_writing import PDF, write_pdf
from zhenggai_desktop.gui.progress import edit_away
from zhenggai_desktop.gui.session import LedgerSession
from zhenggai_desktop.gui.style import GAP, MARGIN, TITLE_SCALE, plain_label
from zhenggai_desktop.services.documents import (
    KIND_NAMES,
    chosen_template,
    drop_own,
    keep_own,
    ledger_document,
    template_name,
)

if TYPE_CHECKING:
    from zhenggai_desktop.services.documents import Sent
    from zhenggai_desktop.services.ledger import Ledger
    from zhenggai_desktop.services.ticking import Tick

_SIZE = (1240, 660)  # pixels; fits a 1366 × 768 screen with its taskbar
_KIND = int(Qt.ItemDataRole.UserRole)
_WAYS = "Word 文档 (*.docx);;PDF 文件 (*.pdf);;网页 (*.html);;纯文本 (*.txt)"


class DocumentsDialog(Dialog):
    """Choose a document at the left, see it at the right. ``built_in`` and ``own`` are the folders of templates."""

    help_topic = "出通报"

    def __init__(self, session: LedgerSession, built_in: Path, own: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._built_in, self._own = built_in, own
        self._profile = ledger_profile(session.snapshot.facts)
        self.setWindowTitle("其他文书")
        self.resize(*_SIZE)
        self.list = QListWidget()
        self.list.setAccessibleName("文书")
        self.preview = PreviewPane()
        self.pages = LayingOut(self.preview, self._profile)
        self.edit_button = QPushButton("修改模板(&M)…")
        self.reset_button = QPushButton("恢复自带模板(&R)")
        self.print_button = QPushButton("打印(&P)…")
        self.save_button = QPushButton("导出(&S)…")
        self.save_button.setProperty("primary", True)
        self._fill()
        self._arrange()
        self.list.currentItemChanged.connect(lambda *_: messages.guarded(self, self._show))
        self.edit_button.clicked.connect(lambda: messages.guarded(self, self._on_edit))
        self.reset_button.clicked.connect(lambda: messages.guarded(self, self._on_reset))
        self.print_button.clicked.connect(lambda: messages.guarded(self, self._on_print))
        self.save_button.clicked.connect(lambda: messages.guarded(self, self._on_save))
        self.pages.shown.connect(lambda: self.print_button.setEnabled(True))
        self.list.setCurrentRow(0)

    @property
    def kind(self) -> str:
        """The document that is shown."""
        return str(self.list.currentItem().data(_KIND))

    @property
    def template(self) -> DocumentTemplate:
        """Its template: the user's own where there is one. Raises UsageError where that is damaged."""
        return chosen_template(template_name(self.kind, self._own), self._built_in)

    def _fill(self) -> None:
        for kind, caption in KIND_NAMES.items():
            item = QListWidgetItem(caption)
            item.setData(_KIND, kind)
            item.setSizeHint(QSize(0, self.fontMetrics().lineSpacing() + GAP))
            self.list.addItem(item)
        self._show_owned()

    def _show_owned(self) -> None:
        for at, (kind, caption) in enumerate(KIND_NAMES.items()):
            owned = template_name(kind, self._own) != kind
            self.list.item(at).setText(f"{caption}　· 自己的模板" if owned else caption)

    def _arrange(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(GAP)
        layout.addWidget(plain_label("其他文书", scale=TITLE_SCALE, bold=True))
        layout.addWidget(plain_label("内容取自台账；文字、次序和表格的列由模板决定，模板可以修改。", muted=True))
        panes = QSplitter(Qt.Orientation.Horizontal)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, GAP, 0)
        column.addWidget(self.list)
        panes.addWidget(left)
        panes.addWidget(self.preview)
        panes.setHandleWidth(1)
        panes.setSizes([300, _SIZE[0] - 300])
        panes.setStretchFactor(1, 1)
        panes.setChildrenCollapsible(False)
        layout.addWidget(panes, 1)
        buttons = (self.edit_button, self.reset_button, None, self.print_button, self.save_button)
        layout.addLayout(foot(self, *buttons, close=CLOSE))

    # --- showing

    def _show(self) -> None:
        self.reset_button.setEnabled(template_name(self.kind, self._own) != self.kind)
        self.print_button.setEnabled(False)
        snapshot, template, today = self._session.snapshot, self.template, self._session.today()
        self.pages.show(lambda: ledger_document(snapshot, template, today=today), snapshot, from_the_top=True)

    def done(self, result: int) -> None:
        self.pages.stop()
        super().done(result)

    # --- what the clerk does

    def _on_edit(self) -> None:
        from zhenggai_desktop.gui.notice.template_dialog import TemplateDialog  # noqa: PLC0415 - on demand

        dialog = TemplateDialog(
            self.template,
            self._session.snapshot,
            self._session.today(),
            self._profile,
            self,
            folders=self._session.folders,
        )
        if agreed(dialog):
            keep_own(dialog.template, self._own)
            self._show_owned()
            self._show()

    def _on_reset(self) -> None:
        choices = ["恢复自带模板", messages.CANCEL]
        more = "自己改过的模板会被删除，不能撤销；台账内容不变。"
        if messages.ask(self, f"“{KIND_NAMES[self.kind]}”要改回自带的模板吗？", more, choices) == choices[0]:
            drop_own(self.kind, self._own)
            self._show_owned()
            self._show()

    def _on_print(self) -> None:
        from zhenggai_desktop.gui.notice.output import ask_and_print  # noqa: PLC0415

        laid_out = self.pages.laid_out
        if laid_out is not None:
            ask_and_print(self, lambda: laid_out)

    def _on_save(self) -> None:
        """Write and register the document."""
        from zhenggai_desktop.services.documents import send_document  # noqa: PLC0415
        from zhenggai_desktop.services.drafts import sending_words  # noqa: PLC0415

        ledger, template = self._session.path, self.template
        assert ledger is not None, "a document needs a ledger"
        name = template.caption.partition("（")[0]
        suggestion = ledger.with_name(f"{ledger.stem}{name}.docx")
        path = files.ask_export(self, f"导出{name}", suggestion, _WAYS, self._session.folders)
        if path is None:
            return
        profile, today = self._profile, self._session.today()

        def send(ledger: Ledger, tick: Tick) -> Sent:
            write = partial(write_pdf, path=path, profile=profile, tick=tick) if path.suffix.lower() == PDF else None
            return send_document(ledger, path, template, today=today, profile=profile, write=write, tick=tick)

        sent = edit_away(self._session, self, f"正在导出“{path.name}”…", send)
        messages.tell_exported(self, path, sending_words(sent.draft) + "".join(f"{one}。" for one in sent.warnings))
