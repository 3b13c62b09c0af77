"""From the editor to its place on the printed page, and from a click on the page to the words or the record."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from zhenggai_desktop.gui.notice.drafting import key_of, prose_places

if TYPE_CHECKING:
    from zhenggai_desktop.gui.pages.notice import NoticePage
    from zhenggai_desktop.paper.pages import Spot


def show_place(page: NoticePage, number: int) -> None:
    """Mark on the page the block of the chapter in which the keyboard is, by its number in the editor."""
    chapter = page.chapter_shown
    if page.laid_out is None or chapter is None or not (page.pages.is_fresh and page.editor.text.hasFocus()):
        return
    chapter = replace(chapter, blocks=page.editor.text.blocks())
    places = prose_places(page.laid_out.document, chapter)
    if number < len(places):
        page.preview.view.mark(page.laid_out.lines_of_block(places[number]))


def go_to(page: NoticePage, spot: Spot) -> None:
    """A click in the preview: to the words of a chapter in the editor, to a record of the tree on the ledger page."""
    if spot.anchor is None or page.laid_out is None:
        return
    key = key_of(page.session.snapshot, spot.anchor)
    if key is not None:
        if page.is_stored():
            page.record_chosen.emit(key)
    elif spot.anchor.kind == "chapter":
        document = page.laid_out.document
        page.chapters.choose(spot.anchor.uid)
        chapter = page.chapter_shown
        if chapter is not None and spot.block in (places := prose_places(document, chapter)):
            page.editor.text.go_to(list(places).index(spot.block), spot.place)
        page.editor.text.setFocus()
