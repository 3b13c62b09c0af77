"""The ways of the notice out of the window: files, printer, clipboard; and a scheme's way in."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from zhenggai_desktop.domain.frame import notice_title
from zhenggai_desktop.domain.layout_file import ledger_profile
from zhenggai_desktop.domain.schemes import Scheme
from zhenggai_desktop.gui import messages
from zhenggai_desktop.gui.dialogs import files
from zhenggai_desktop.gui.folders import Purpose
from zhenggai_desktop.gui.notice.document_output import documents_folder
from zhenggai_desktop.gui.notice.head import CLEAN_COPY, EDITION_NAMES
from zhenggai_desktop.gui.paper_writing import PDF, write_pdf
from zhenggai_desktop.gui.progress import edit_away, wait_for
from zhenggai_desktop.gui.proof.unresolved import unresolved_words

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from zhenggai_desktop.domain.records import Draft
    from zhenggai_desktop.gui.pages.notice import NoticePage
    from zhenggai_desktop.paper.pages import LaidOut
    from zhenggai_desktop.services.ledger import Ledger
    from zhenggai_desktop.services.ticking import Tick

_KINDS = {
    ".docx": "Word 文档 (*.docx)",
    PDF: "PDF 文件 (*.pdf)",
    ".html": "网页 (*.html)",
    ".txt": "纯文本 (*.txt)",
}


def export(page: NoticePage, way: str) -> None:
    """Ask where to, write the notice there and register it. ``way`` is a suffix or ``CLEAN_COPY``.

    Raises ``ZhenggaiError``.
    """
    page.session.flush()
    ledger = page.session.path
    assert ledger is not None, "an export needs a ledger"
    final = way == CLEAN_COPY
    suffix = ".docx" if final else way
    name = "发布稿" if final else EDITION_NAMES[page.edition]
    suggestion = ledger.with_name(f"{ledger.stem}整改通报（{name}）{suffix}")
    path = files.ask_export(page, "导出通报", suggestion, _KINDS[suffix], page.session.folders)
    if path is None:
        return
    registered = _write(page, path, suffix, final=final)
    messages.tell_exported(page, path, "\n\n".join(filter(None, (registered, unresolved_words(page.session, page)))))


def _write(page: NoticePage, path: Path, suffix: str, *, final: bool) -> str:
    """What is written is what the preview shows: the same blocks, the same edition, the same layout.

    Gives the sentence about the register.
    """
    from zhenggai_desktop.services.drafts import send_notice, sending_words  # noqa: PLC0415 - on demand

    profile, edition, documents = ledger_profile(page.session.snapshot.facts), page.edition, documents_folder()

    def send(ledger: Ledger, tick: Tick) -> Draft | None:
        write = partial(write_pdf, path=path, profile=profile, tick=tick) if suffix == PDF else None
        return send_notice(
            ledger, path, edition=edition, final=final, write=write, profile=profile, documents=documents, tick=tick
        )

    return sending_words(edit_away(page.session, page, f"正在导出“{path.name}”…", send))


def print_notice(page: NoticePage) -> None:
    """Ask for a printer and print. Raises ``ZhenggaiError``."""
    page.session.flush()
    ask_and_print(page, page.fresh_pages)


def ask_and_print(parent: QWidget, pages: Callable[[], LaidOut]) -> None:
    """Ask for a printer and print ``pages``, which are laid out only then. Raises CancelledError."""
    from zhenggai_desktop.gui import printing  # noqa: PLC0415 - asks the system for its printers

    printing.ask_and_print(parent, "", None, lambda printer, tick: print_pages(pages(), printer, tick))


def print_pages(laid_out: LaidOut, printer: QPrinter, tick: Tick = lambda _done, _total: None) -> None:
    """All pages on a printer, or on the PDF that a printer without a device writes; what ``tick`` raises ends it."""
    from zhenggai_desktop.paper.painting import paint_all, paper_layout  # noqa: PLC0415

    def stopped(page: int) -> bool:
        tick(page, len(laid_out.pages))
        return False

    printer.setDocName(laid_out.document.title)
    printer.setFullPage(True)
    printer.setPageLayout(paper_layout(laid_out))
    paint_all(printer, laid_out, stopped=stopped)


def copy(page: NoticePage) -> None:
    """The whole notice onto the clipboard, as plain text and as HTML for a web site's editor."""
    from zhenggai_desktop.services.notice_output import clipboard_texts  # noqa: PLC0415

    compose = page.composing()
    plain, html = wait_for(page, "正在准备通报全文…", lambda: clipboard_texts(compose()))
    data = QMimeData()
    data.setText(plain)
    data.setHtml(html)
    QGuiApplication.clipboard().setMimeData(data)
    page.told.emit("通报全文已复制，可以粘贴到网站后台或聊天窗口。")


def open_scheme(page: NoticePage) -> None:
    """Ask for a scheme file and head the notice by it. Raises ``UsageError`` naming what is wrong with it."""
    from zhenggai_desktop.services.exporting import chosen_scheme  # noqa: PLC0415
    from zhenggai_desktop.services.notice_editing import choose_scheme  # noqa: PLC0415

    facts = page.session.snapshot.facts
    page.head.show_notice(notice_title(page.session.snapshot), facts, editable=not page.session.read_only)
    folders = page.session.folders
    folder = folders.start(Purpose.STYLE, page.session.path.parent if page.session.path else Path.home())
    chosen, _ = QFileDialog.getOpenFileName(page, "读入标题方案", str(folder), "标题方案 (*.json);;所有文件 (*)")
    if chosen:
        folders.used(Purpose.STYLE, Path(chosen))
        scheme: Scheme = chosen_scheme(page.session.snapshot, chosen)
        page.session.edit(lambda ledger: choose_scheme(ledger, scheme))
