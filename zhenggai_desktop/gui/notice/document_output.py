"""The other documents of the ledger on their way out of the window, and their templates to be changed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from zhenggai_desktop import paths
from zhenggai_desktop.domain.layout_file import ledger_profile
from zhenggai_desktop.gui import messages
from zhenggai_desktop.gui.dialogs import files
from zhenggai_desktop.gui.folders import Purpose
from zhenggai_desktop.gui.progress import edit_away

if TYPE_CHECKING:
    from zhenggai_desktop.gui.pages.notice import NoticePage

_WORD = "Word 文档 (*.docx);;网页 (*.html);;纯文本 (*.txt)"
_TEMPLATE = "文书模板 (*.json)"


def documents_folder() -> Path:
    """Where the built-in templates of documents lie."""
    return paths.resources_folder() / "documents"


def own_folder() -> Path:
    """Where the user's own templates lie, which stand in for the built-in ones."""
    return paths.own_documents_folder(paths.user_folder())


def show_documents(page: NoticePage) -> None:
    """The documents with their pages, and their templates to be changed. Raises ``ZhenggaiError``."""
    from zhenggai_desktop.gui.notice.documents_dialog import DocumentsDialog  # noqa: PLC0415 - on demand

    page.session.flush()
    dialog = DocumentsDialog(page.session, documents_folder(), own_folder(), page)
    try:
        dialog.exec()
    finally:
        dialog.deleteLater()


def export(page: NoticePage, kind: str) -> None:
    """Ask where to, write a document of the ledger there and register it; "" asks for a template first.

    Raises ``ZhenggaiError``.
    """
    from zhenggai_desktop.services.documents import chosen_template, send_document, template_name  # noqa: PLC0415 - on demand
    from zhenggai_desktop.services.drafts import sending_words  # noqa: PLC0415

    page.session.flush()
    ledger = page.session.path
    assert ledger is not None, "a document needs a ledger"
    if not kind:
        start = page.session.folders.start(Purpose.STYLE, ledger.parent)
        kind, _ = QFileDialog.getOpenFileName(page, "选择文书模板", str(start), _TEMPLATE)
        if not kind:
            return
        page.session.folders.used(Purpose.STYLE, Path(kind))
    template = chosen_template(template_name(kind, own_folder()), documents_folder())
    name = template.caption.partition("（")[0]
    suggestion = ledger.with_name(f"{ledger.stem}{name}.docx")
    path = files.ask_export(page, f"导出{name}", suggestion, _WORD, page.session.folders)
    if path is None:
        return
    profile = ledger_profile(page.session.snapshot.facts)
    today = page.session.today()
    sent = edit_away(
        page.session,
        page,
        f"正在导出“{path.name}”…",
        lambda ledger, tick: send_document(ledger, path, template, today=today, profile=profile, tick=tick),
    )
    more = "".join(f"{warning}。" for warning in sent.warnings)
    messages.tell_exported(page, path, sending_words(sent.draft) + more)


def save_template(page: NoticePage, kind: str) -> None:
    """Ask where to and write a built-in template there. Raises ``ZhenggaiError``."""
    from zhenggai_desktop.services.documents import KIND_NAMES, save_template  # noqa: PLC0415 - on demand

    ledger, folders = page.session.path, page.session.folders
    folder = folders.start(Purpose.STYLE, ledger.parent if ledger else Path.home())
    name = KIND_NAMES[kind].partition("（")[0]
    path = files.ask_target(page, "另存文书模板", folder / f"{name}模板.json", _TEMPLATE)
    if path is not None:
        folders.used(Purpose.STYLE, path)
        save_template(kind, documents_folder(), path)
        page.told.emit(f"已另存“{path.name}”。用记事本改好后，从“其他文书”中的“用自己的模板”选用。")
