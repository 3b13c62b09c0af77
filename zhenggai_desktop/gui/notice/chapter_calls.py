"""What the list of chapters asks for: a new chapter, one less, another order, the scheme's heading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenggai_desktop.domain.records import ChapterRole
from zhenggai_desktop.gui import messages
from zhenggai_desktop.gui.notice.chapter_list import chapter_caption

if TYPE_CHECKING:
    from zhenggai_desktop.gui.pages.notice import NoticePage


def add(page: NoticePage) -> None:
    """A new chapter behind the one in the editor, its title ready to be typed."""
    from zhenggai_desktop.services.notice_editing import add_chapter  # noqa: PLC0415 - with the first edit

    chapter = page.own_chapter()
    before = {known.uid for known in page.session.snapshot.chapters}
    page.edit(add_chapter, "新的章节", chapter.id if chapter else None)
    added = next((known.uid for known in page.session.snapshot.chapters if known.uid not in before), "")
    page.chapters.choose(added)
    page.editor.title.setFocus()
    page.editor.title.selectAll()


def remove(page: NoticePage) -> None:
    """Take the chapter in the editor away; one that holds words, or all issues, only when that was meant."""
    from zhenggai_desktop.services.notice_editing import remove_chapter  # noqa: PLC0415

    chapter = page.own_chapter()
    if chapter is None:
        return
    if chapter.blocks or chapter.role is ChapterRole.ISSUES:
        name = chapter_caption(chapter, {})
        more = "问题和措施仍在台账中；可以撤销。" if chapter.role is ChapterRole.ISSUES else "可以撤销。"
        choices = ["删除章节", messages.CANCEL]
        if messages.ask(page, f"要删除“{name}”这一章吗？", more, choices) == messages.CANCEL:
            return
    page.edit(remove_chapter, chapter.id)


def move(page: NoticePage, by: int) -> None:
    """Put the chapter in the editor so many places further down, up where ``by`` is negative; not beyond an end."""
    from zhenggai_desktop.services.notice_editing import move_chapter, own_chapters  # noqa: PLC0415

    chapter = page.own_chapter()
    if chapter is None:
        return
    ids = [known.id for known in own_chapters(page.session.snapshot)]
    if 0 <= (to := ids.index(chapter.id) + by) < len(ids):
        page.edit(move_chapter, chapter.id, to)


def use_scheme_heading(page: NoticePage) -> None:
    """Give the chapter in the editor the heading that its scheme has for it."""
    from zhenggai_desktop.services.notice_editing import use_scheme_heading as use  # noqa: PLC0415

    if (chapter := page.own_chapter()) is not None:
        page.edit(use, chapter.id)
