"""What an office keeps beside the tree: people, meetings, documents with their drafts, what was imported."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from zhenggai_desktop.domain.record_making import Value, frozen
from zhenggai_desktop.domain.record_words import BlockKind, ChapterRole, DocumentKind, NoteKind


@frozen
class ChapterBlock(Value):
    """One paragraph of a chapter as written, its own number included."""

    kind: BlockKind
    level: int
    text: str


@frozen
class Chapter(Value):
    """A chapter of a document that is printed in its order."""

    id: int = 0
    uid: str = ""
    position: int = 0
    document: DocumentKind = DocumentKind.NOTICE
    role: ChapterRole = ChapterRole.NARRATIVE
    edition: str = ""  # "" = every edition
    title: str = ""
    printed_heading: str = ""
    blocks: tuple[ChapterBlock, ...] = ()


@frozen
class DeclaredFigure(Value):
    """A number that a text states. It is compared with what is counted, never added to it."""

    id: int = 0
    uid: str = ""
    position: int = 0
    text: str = ""
    number: Decimal | None = None
    unit: str = ""
    place: str = ""


@frozen
class Department(Value):
    """An office that answers for issues; its other names are read in tables that come back."""

    id: int = 0
    uid: str = ""
    position: int = 0
    name: str = ""
    short_name: str = ""
    aliases: tuple[str, ...] = ()


@frozen
class Person(Value):
    """Somebody who answers for issues, or is named in them."""

    id: int = 0
    uid: str = ""
    position: int = 0
    name: str = ""
    post: str = ""
    department_id: int | None = None
    public_role: str = ""  # stands for the person in a public text
    aliases: tuple[str, ...] = ()


@frozen
class Milestone(Value):
    """A meeting, report or visit on the way, due on a day and done on one.

    ``files`` are its papers: the ``file_name`` of evidence where the ledger keeps the file, else what somebody wrote of
    a paper in a cabinet; in older ledgers also the place of a file, from the ledger's folder or whole.
    """

    id: int = 0
    uid: str = ""
    position: int = 0
    kind: str = ""
    title: str = ""
    due_on: dt.date | None = None
    done_on: dt.date | None = None
    place: str = ""
    attendees: str = ""
    minutes_number: str = ""
    summary: str = ""
    files: tuple[str, ...] = ()


@frozen
class Draft(Value):
    """One export of a document: what left the office, with the blocks as exported (domain.md §4 Document)."""

    id: int = 0
    uid: str = ""
    position: int = 0
    milestone_id: int | None = None
    kind: str = ""
    edition: str = ""
    version: str = ""
    exported_at: dt.datetime | None = None
    file_name: str = ""
    draft_id: str = ""
    blocks: str = ""  # JSON as exported


@frozen
class ReviewOpinion(Value):
    """What another office said of a draft, and whether it was followed."""

    id: int = 0
    uid: str = ""
    draft_id: int = 0
    body: str = ""
    text: str = ""
    adopted: bool | None = None
    given_on: dt.date | None = None


@frozen
class DistributionRound(Value):
    """A table that was sent out to be filled in; ``base_values`` is what it held then."""

    id: int = 0
    uid: str = ""
    recipient: str = ""
    sent_on: dt.date | None = None
    returned_on: dt.date | None = None
    base_values: str = ""  # JSON
    file_name: str = ""


@frozen
class Waiver(Value):
    """A finding of the proofreader that somebody looked at and let stand."""

    id: int = 0
    uid: str = ""
    finding_code: str = ""
    record_uid: str = ""
    words: str = ""
    reason: str = ""
    waived_on: dt.date | None = None
    waived_by: str = ""


@frozen
class PublicComment(Value):
    """What somebody outside said after publication, and what he was answered."""

    id: int = 0
    uid: str = ""
    received_on: dt.date | None = None
    text: str = ""
    answered_by: str = ""
    answered_on: dt.date | None = None
    answer: str = ""


@frozen
class Source(Value):
    """A file that was imported."""

    id: int = 0
    uid: str = ""
    document: DocumentKind = DocumentKind.FEEDBACK
    file_name: str = ""
    sha256: str = ""
    imported_at: dt.datetime | None = None


@frozen
class SourceNote(Value):
    """What an import said about a line: a leftover, a doubt or a normalisation."""

    id: int = 0
    uid: str = ""
    source_id: int = 0
    position: int = 0
    kind: NoteKind = NoteKind.DOUBT
    code: str = ""
    line: int = 0
    text: str = ""
