"""What the head of the notice page asks for: another title, scheme or layout, its drafts, documents and files."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from zhenggai_desktop.domain.frame import notice_title
from zhenggai_desktop.domain.layout_file import ledger_profile, profile_word
from zhenggai_desktop.domain.schemes import scheme_for
from zhenggai_desktop.gui.dialogs.layout_dialog import ask_layout
from zhenggai_desktop.gui.notice import document_output, draft_calls, output

if TYPE_CHECKING:
    from zhenggai_desktop.gui.pages.notice import NoticePage


def connect(page: NoticePage) -> None:
    """Have done what the head asks for; what only the page knows of, the page connects itself."""
    head, guarded = page.head, page.guarded
    head.title_left.connect(lambda title: rename(page, title))
    head.scheme_chosen.connect(lambda name: choose_scheme(page, name))
    head.scheme_file_asked.connect(lambda: guarded(lambda: output.open_scheme(page)))
    head.profile_chosen.connect(lambda name: choose_layout(page, name))
    head.layout_asked.connect(lambda: guarded(lambda: own_layout(page)))
    head.documents_asked.connect(lambda: guarded(lambda: document_output.show_documents(page)))
    head.document_asked.connect(lambda kind: guarded(lambda: document_output.export(page, kind)))
    head.template_asked.connect(lambda kind: guarded(lambda: document_output.save_template(page, kind)))
    head.export_asked.connect(lambda suffix: guarded(lambda: output.export(page, suffix)))
    head.drafts_asked.connect(lambda call: guarded(lambda: draft_calls.CALLS[call](page)))
    head.print_asked.connect(lambda: guarded(lambda: output.print_notice(page)))
    head.copy_asked.connect(lambda: output.copy(page))


def rename(page: NoticePage, title: str) -> None:
    """Give the notice the title that was typed; without one the usual title comes back."""
    page.guarded(lambda: _rename(page, title))


def _rename(page: NoticePage, title: str) -> None:
    from zhenggai_desktop.services.notice_editing import set_notice_title  # noqa: PLC0415 - with the first edit

    if _is_new(page, title):
        page.session.edit(lambda ledger: set_notice_title(ledger, title))
    page.title_waits = False
    page.show_head()


def store_title(page: NoticePage) -> None:
    """The title as it is typed so far; an empty one waits until its field is left, for then the usual one comes.
    Raises ``ZhenggaiError``."""
    from zhenggai_desktop.services.notice_editing import set_notice_title  # noqa: PLC0415

    title = page.head.typed_title
    if not page.title_waits or not title.strip():
        return
    if _is_new(page, title):
        page.session.write(lambda ledger: set_notice_title(ledger, title))
    page.title_waits = False


def _is_new(page: NoticePage, title: str) -> bool:
    return title != notice_title(page.session.snapshot) and not page.session.read_only


def choose_scheme(page: NoticePage, name: str) -> None:
    """Write the headings by another scheme; the one that is chosen already keeps the office's changes to it."""
    from zhenggai_desktop.services.notice_editing import choose_scheme as choose  # noqa: PLC0415

    facts = page.session.snapshot.facts
    if name != (facts.scheme or scheme_for(facts).name):
        page.edit(choose, scheme_for(replace(facts, scheme_changes=""), name))


def choose_layout(page: NoticePage, name: str) -> None:
    """Print by another layout."""
    from zhenggai_desktop.services.notice_editing import choose_layout as choose  # noqa: PLC0415

    page.edit(choose, name)


def own_layout(page: NoticePage) -> None:
    """Own choices for the layout; taken over, they are the ledger's."""
    facts = page.session.snapshot.facts
    profile = ask_layout(ledger_profile(facts), page, page.session.folders)
    page.show_head()
    if profile is not None:
        choose_layout(page, profile_word(profile))
