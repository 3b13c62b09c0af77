"""What the head of the notice page asks for: another title, another scheme, another layout."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from zhenggai_desktop.domain.frame import notice_title
from zhenggai_desktop.domain.layout_file import ledger_profile, profile_word
from zhenggai_desktop.domain.schemes import scheme_for
from zhenggai_desktop.gui.dialogs.layout_dialog import ask_layout

if TYPE_CHECKING:
    from zhenggai_desktop.gui.pages.notice import NoticePage


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
