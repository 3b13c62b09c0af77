"""Use cases of writing the notice: its chapters, its title, its scheme. Each is one labelled step.

A ledger without chapters of its own is shown the scheme's frame. The first edit takes the frame in, word for word, as a
step of its own, so that undo gives it back untouched.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from zhenggai_desktop.domain.frame import notice_chapters, notice_title, printed_date
from zhenggai_desktop.domain.placeholders import Offer
from zhenggai_desktop.domain.records import BlockKind, Chapter, ChapterBlock, ChapterRole, DocumentKind, Snapshot
from zhenggai_desktop.domain.schemes import BUILT_IN, Scheme, changes, scheme_for
from zhenggai_desktop.errors import ZhenggaiError

if TYPE_CHECKING:
    from zhenggai_desktop.services.ledger import Ledger
    from zhenggai_desktop.storage.store import Writer

TAKE_FRAME = "采用通报框架"
EDIT_CHAPTER = "修改通报章节"
EDIT_TITLE = "修改通报标题"
_GONE = ("这个章节刚被删除", "请在左边另选一个章节")


class ChapterGoneError(ZhenggaiError):
    """A chapter was to be changed that another step has removed."""

    def __init__(self) -> None:
        super().__init__(*_GONE)


def own_chapters(snapshot: Snapshot) -> tuple[Chapter, ...]:
    """The chapters of the notice that the ledger itself holds; none where only the frame is shown."""
    return tuple(chapter for chapter in snapshot.chapters if chapter.document is DocumentKind.NOTICE)


def take_frame(ledger: Ledger) -> dict[str, int]:
    """Take the scheme's frame into the ledger; uid of the frame's chapter → id of the ledger's.

    What the frame drew from the facts (title, signature, date) is kept with it, so that the notice reads as before. A
    ledger that has chapters is left as it is.
    """
    snapshot = ledger.snapshot
    if own_chapters(snapshot):
        return {}
    with ledger.step(TAKE_FRAME) as writer:
        return write_frame(writer, snapshot)


def write_frame(writer: Writer, snapshot: Snapshot) -> dict[str, int]:
    """``take_frame`` inside a step that does more. The ledger has no chapters yet."""
    facts = snapshot.facts
    frame = notice_chapters(snapshot, scheme_for(facts))
    added = writer.add_many([_without_identity(chapter) for chapter in frame])
    writer.set_facts(
        notice_title=notice_title(snapshot),
        signature_organisation=facts.signature_organisation or facts.organisation,
        signature_date=facts.signature_date or (printed_date(facts.publication_date) if facts.publication_date else ""),
    )
    return {chapter.uid: record.id for chapter, record in zip(frame, added, strict=True)}


def save_chapter(ledger: Ledger, chapter_id: int, *, title: str, blocks: Sequence[ChapterBlock]) -> bool:
    """Keep a chapter as it was typed; False where nothing is different. Raises ChapterGoneError.

    A heading that an imported notice printed in its own way keeps that way as long as it holds the title.
    """
    chapter = _chapter(ledger, chapter_id)
    values: dict[str, object] = {"title": title, "blocks": tuple(blocks)}
    if chapter.title != title and chapter.printed_heading:
        kept = bool(chapter.title and title) and chapter.title in chapter.printed_heading
        values["printed_heading"] = chapter.printed_heading.replace(chapter.title, title, 1) if kept else ""
    if all(getattr(chapter, name) == value for name, value in values.items()):
        return False
    with ledger.step(EDIT_CHAPTER) as writer:
        writer.update(Chapter, chapter_id, **values)
    return True


def use_scheme_heading(ledger: Ledger, chapter_id: int) -> None:
    """Number a chapter by the scheme instead of as its source printed it."""
    _chapter(ledger, chapter_id)
    with ledger.step("按标题方案编号") as writer:
        writer.update(Chapter, chapter_id, printed_heading="")


def add_chapter(ledger: Ledger, title: str, after: int | None) -> int:
    """A new chapter of prose behind the chapter ``after``, at the end without one. Gives its id."""
    chapters = own_chapters(ledger.snapshot)
    place = next((at for at, chapter in enumerate(chapters, 1) if chapter.id == after), len(chapters))
    with ledger.step("添加通报章节") as writer:
        added = writer.add(Chapter(title=title, blocks=(ChapterBlock(BlockKind.PARAGRAPH, 0, ""),)))
        ids = [chapter.id for chapter in chapters]
        writer.reorder(Chapter, [*ids[:place], added.id, *ids[place:]])
    return added.id


def remove_chapter(ledger: Ledger, chapter_id: int) -> None:
    """Delete a chapter with its prose. The issues stay in the ledger."""
    _chapter(ledger, chapter_id)
    with ledger.step("删除通报章节") as writer:
        writer.remove(Chapter, chapter_id)


def move_chapter(ledger: Ledger, chapter_id: int, to: int) -> None:
    """Bring a chapter to place ``to`` (from 0) among the chapters."""
    ids = [chapter.id for chapter in own_chapters(ledger.snapshot)]
    if chapter_id not in ids:
        raise ChapterGoneError
    moved = [other for other in ids if other != chapter_id]
    moved.insert(max(to, 0), chapter_id)
    if moved != ids:
        with ledger.step("移动通报章节") as writer:
            writer.reorder(Chapter, moved)


def set_notice_title(ledger: Ledger, title: str) -> None:
    """The title as it is to be printed; a line feed breaks the line where the clerk wants it."""
    if title != ledger.snapshot.facts.notice_title:
        with ledger.step(EDIT_TITLE) as writer:
            writer.set_facts(notice_title=title)


def choose_scheme(ledger: Ledger, scheme: Scheme) -> None:
    """Head the notice by a scheme; what departs from the built-in one is kept in the ledger."""
    departing = changes(scheme)
    text = json.dumps(departing, ensure_ascii=False) if departing else ""
    facts = ledger.snapshot.facts
    if (facts.scheme, facts.scheme_changes) != (scheme.name, text):
        with ledger.step("选择标题方案") as writer:
            writer.set_facts(scheme=scheme.name, scheme_changes=text)


def choose_layout(ledger: Ledger, profile: str) -> None:
    """Lay the notice out by the layout profile of that name, "" for the standard one."""
    if profile != ledger.snapshot.facts.layout_profile:
        with ledger.step("选择版式") as writer:
            writer.set_facts(layout_profile=profile)


def bind(ledger: Ledger, offers: Sequence[Offer]) -> None:
    """Put placeholders in the place of the literal numbers of ``offers``, in one step."""
    texts: dict[int, list[ChapterBlock]] = {}
    for offer in sorted(offers, key=lambda offer: offer.start, reverse=True):  # from the back: places stay true
        blocks = texts.setdefault(offer.chapter.id, list(offer.chapter.blocks))
        block = blocks[offer.block]
        text = f"{block.text[: offer.start]}{{{offer.placeholder.name}}}{block.text[offer.end :]}"
        blocks[offer.block] = ChapterBlock(block.kind, block.level, text)
    with ledger.step("绑定台账数字") as writer:
        for chapter_id, blocks in texts.items():
            writer.update(Chapter, chapter_id, blocks=tuple(blocks))


def scheme_names() -> tuple[tuple[str, str], ...]:
    """The built-in schemes: name and what the list of choices shows."""
    return tuple((name, f"方案{name.upper()}　{scheme.caption}") for name, scheme in BUILT_IN.items())


def is_composed(chapter: Chapter) -> bool:
    """True where the ledger's issues are printed in the chapter."""
    return chapter.role is ChapterRole.ISSUES


def _chapter(ledger: Ledger, chapter_id: int) -> Chapter:
    found = next((chapter for chapter in own_chapters(ledger.snapshot) if chapter.id == chapter_id), None)
    if found is None:
        raise ChapterGoneError
    return found


def _without_identity(chapter: Chapter) -> Chapter:
    return Chapter(role=chapter.role, title=chapter.title, blocks=chapter.blocks)
