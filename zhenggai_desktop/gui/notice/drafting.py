"""The notice as it stands with what is typed but not stored yet, and where its blocks lead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from functools import cached_property

from zhenggai_desktop.domain.blocks import TEMPLATE_ITEM, Anchor, Document
from zhenggai_desktop.domain.changes import RecordKey
from zhenggai_desktop.domain.frame import notice_chapters
from zhenggai_desktop.domain.notice import chapter_headings
from zhenggai_desktop.domain.placeholders import Offer, Placeholder, offers, placeholders
from zhenggai_desktop.domain.records import Chapter, ChapterBlock, Issue, Measure, Section, Snapshot
from zhenggai_desktop.domain.schemes import scheme_for

_TYPES: dict[str, tuple[type[Section | Issue | Measure], str]] = {
    "section": (Section, "sections"),
    "issue": (Issue, "issues"),
    TEMPLATE_ITEM: (Issue, "issues"),
    "measure": (Measure, "measures"),
}


class Reading:
    """What the page asks a snapshot again and again, each answer worked out once.

    From the reading ``before`` comes what a change of prose leaves as it is: to count a large ledger takes its time.
    """

    def __init__(self, snapshot: Snapshot, before: Reading | None = None) -> None:
        self.snapshot = snapshot
        self.scheme = scheme_for(snapshot.facts)
        self.chapters = notice_chapters(snapshot, self.scheme)
        if before is not None and _counts_the_same(before.snapshot, snapshot):
            self.placeholders = before.placeholders

    @cached_property
    def headings(self) -> Mapping[str, str]:
        """uid of a chapter → its heading as printed."""
        return chapter_headings(self.snapshot, self.scheme)

    @cached_property
    def placeholders(self) -> Mapping[str, Placeholder]:
        return placeholders(self.snapshot)

    @cached_property
    def offers(self) -> tuple[Offer, ...]:
        return tuple(offers(self.snapshot, self.placeholders))

    def chapter(self, uid: str) -> Chapter | None:
        """The chapter, of the ledger or of the frame; None where it is gone."""
        return next((chapter for chapter in self.chapters if chapter.uid == uid), None)


def _counts_the_same(one: Snapshot, other: Snapshot) -> bool:
    """True where at most prose is another: figures are counted from records that are not even made anew."""
    names = (field.name for field in fields(Snapshot) if field.name not in ("facts", "chapters", "waivers", "drafts"))
    return all(getattr(one, name) is getattr(other, name) for name in names)


def with_typed(snapshot: Snapshot, uid: str, title: str, blocks: tuple[ChapterBlock, ...]) -> Snapshot:
    """The snapshot with a chapter of the ledger as it is typed at this moment."""
    chapters = tuple(
        replace(chapter, title=title, blocks=blocks) if chapter.uid == uid else chapter for chapter in snapshot.chapters
    )
    return replace(snapshot, chapters=chapters)


def key_of(snapshot: Snapshot, anchor: Anchor) -> RecordKey | None:
    """The record of the tree that an anchor names; None for a chapter and for a record that is gone."""
    if anchor.kind not in _TYPES:
        return None
    record_type, field = _TYPES[anchor.kind]
    record = next((record for record in getattr(snapshot, field) if record.uid == anchor.uid), None)
    return None if record is None else (record_type, record.id)


def prose_places(document: Document, chapter: Chapter) -> Sequence[int]:
    """Where the chapter's own blocks stand among the document's, in order; its heading is not one of them."""
    places = [
        place
        for place, block in enumerate(document.blocks)
        if block.anchor is not None and block.anchor.kind == "chapter" and block.anchor.uid == chapter.uid
    ]
    return places[len(places) - len(chapter.blocks) :]
