"""The register of drafts: what left the office, when, as which draft, in which words.

A draft is registered in the step in which its file is written: where one fails, there is neither. A ledger that can
only be read still gives its documents out, unregistered and without a draft id, and whoever asked is told.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from zhenggai_desktop.domain.blocks import Document
from zhenggai_desktop.domain.draft_comparing import ParagraphChange, compare
from zhenggai_desktop.domain.draft_text import DraftText, draft_text, read, released, written
from zhenggai_desktop.domain.editions import Edition, edited, edition_called
from zhenggai_desktop.domain.layout import LayoutProfile
from zhenggai_desktop.domain.layout_file import ledger_profile
from zhenggai_desktop.domain.notice import going_out
from zhenggai_desktop.domain.office_rules import office_rules
from zhenggai_desktop.domain.process import milestone_of
from zhenggai_desktop.domain.records import Draft, Snapshot, new_uid
from zhenggai_desktop.domain.schemes import Scheme, scheme_for
from zhenggai_desktop.errors import LedgerLockedError, UsageError
from zhenggai_desktop.services.documents import ledger_document, notice_document, template_called
from zhenggai_desktop.services.exporting import check_notice_target, chosen_scheme, write_document
from zhenggai_desktop.services.ledger import Ledger
from zhenggai_desktop.texts import DRAFT_NOTICE, edition_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhenggai_desktop.services.ticking import Tick

RELEASE = "发布稿"
UNREGISTERED = "台账是以只读方式打开的，这次导出没有登记"
Write = Callable[[Document], None]


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A document that is about to go out: of which kind and edition, and what it was made of."""

    document: Document
    kind: str
    edition: str
    shown: Snapshot  # the ledger as the edition shows it
    scheme: Scheme


def send_out(
    ledger: Ledger,
    path: Path,
    make: Callable[[str], Outgoing],
    write: Write,
    *,
    final: bool = False,
    now: dt.datetime | None = None,
) -> Draft | None:
    """Make a document with a new draft id, write it and register it, as one step; gives the draft.

    It hangs on the milestone of the process to which it belongs, where there is one.

    ``final`` is the text to be published: written clean of bookmarks, ids and names, registered as 发布稿. None for a
    ledger that is open to read only: then the file is written without an id. Raises what ``make`` and ``write`` raise.
    """
    if ledger.read_only:
        outgoing = make("")
        write(released(outgoing.document) if final else outgoing.document)
        return None
    draft_id = "" if final else f"{ledger.snapshot.facts.uid}/{new_uid()}"
    outgoing = make(draft_id)
    document = released(outgoing.document) if final else outgoing.document
    draft = Draft(
        milestone_id=_milestone(ledger.snapshot, outgoing),
        kind=outgoing.kind,
        edition=outgoing.edition,
        version=RELEASE if final else next_version(ledger.snapshot, outgoing.kind, outgoing.edition),
        exported_at=now or dt.datetime.now(dt.UTC),
        file_name=path.name,
        draft_id=draft_id,
        blocks=written(draft_text(outgoing.document, outgoing.shown, outgoing.scheme)),
    )
    with ledger.step(f"登记{draft_name(draft)}") as writer:
        draft = writer.add(draft)
        write(document)
    return draft


def _milestone(snapshot: Snapshot, outgoing: Outgoing) -> int | None:
    """Rules that cannot be read keep no document in the office."""
    try:
        return milestone_of(snapshot, office_rules(snapshot.facts), outgoing.kind, outgoing.edition)
    except UsageError:
        return None


def send_notice(
    ledger: Ledger,
    path: Path,
    *,
    scheme_name: str = "",
    edition: Edition = Edition.PUBLIC,
    final: bool = False,
    write: Write | None = None,
    profile: LayoutProfile | None = None,
    documents: Path | None = None,
    tick: Tick | None = None,
) -> Draft | None:
    """The notice through ``send_out``; ``write`` stands for the writer of the file's suffix.

    ``profile`` stands for the ledger's own layout; ``documents`` is the folder of the built-in templates, which an
    edition for approval needs; ``tick`` is asked before the file takes its place. Raises UsageError for an unknown
    suffix or scheme, TargetError where the file cannot stand.
    """
    snapshot = ledger.snapshot
    if write is None:
        check_notice_target(path)
    scheme = chosen_scheme(snapshot, scheme_name)
    layout = profile or ledger_profile(snapshot.facts)
    today = dt.datetime.now().astimezone().date()

    def make(draft_id: str) -> Outgoing:
        document = notice_document(
            snapshot, scheme, edition, folder=documents or Path(), today=today, draft_id=draft_id
        )
        return Outgoing(document, DRAFT_NOTICE, edition.value, edited(snapshot, edition), scheme)

    def by_suffix(document: Document) -> None:
        write_document(document, path, layout, tick)

    return send_out(ledger, path, make, write or by_suffix, final=final)


@contextmanager
def opened_to_send(path: Path, who: str) -> Generator[Ledger]:
    """The ledger at ``path`` to register in; to read only where somebody else is writing it."""
    try:
        ledger = Ledger.open(path, who=who)
    except LedgerLockedError:
        ledger = Ledger.open(path, read_only=True)
    with ledger:
        yield ledger


# --- looking things up


def next_version(snapshot: Snapshot, kind: str, edition: str) -> str:
    """“第3稿” after two drafts of this kind and edition; 发布稿 are not counted."""
    before = sum(
        draft.kind == kind and draft.edition == edition and draft.version != RELEASE for draft in snapshot.drafts
    )
    return f"第{before + 1}稿"


def draft_name(draft: Draft) -> str:
    """“整改通报（社会公开稿）第2稿”; only the notice has editions in its name, another paper goes out in one."""
    edition = f"（{edition_name(draft.edition)}）" if draft.edition and draft.kind == DRAFT_NOTICE else ""
    return f"{draft.kind}{edition}{draft.version}"


def sending_words(draft: Draft | None) -> str:
    """What became of an export in the register, as a sentence."""
    return f"{UNREGISTERED}。" if draft is None else f"已登记为{draft_name(draft)}。"


def numbered(snapshot: Snapshot) -> tuple[tuple[int, Draft], ...]:
    """The drafts with their numbers in the register, from 1, oldest first."""
    return tuple(enumerate(snapshot.drafts, 1))


def draft_at(snapshot: Snapshot, number: str | int) -> Draft:
    """The draft with a number of the register. Raises UsageError where there is none."""
    found = {str(at): draft for at, draft in numbered(snapshot)}.get(str(number).strip())
    if found is None:
        count = len(snapshot.drafts)
        todo = f"请写 1 到 {count} 之间的序号，用 drafts 查看" if count else "导出一次通报即有登记"
        raise UsageError(f"文稿登记里没有第{number}份", todo)
    return found


def text_of(draft: Draft) -> DraftText:
    """The draft's paragraphs as exported. Raises UsageError where the register does not hold them."""
    text = read(draft.blocks)
    if text is None:
        raise UsageError(f"“{draft_name(draft)}”登记的内容读不出来", "请与另一份文稿比较")
    return text


def text_now(snapshot: Snapshot, like: Draft, documents: Path | None = None, own: Path | None = None) -> DraftText:
    """What the ledger would export now as a draft of this kind and edition.

    ``documents`` is the folder of the built-in templates, ``own`` that of the user's. Raises UsageError for a kind of
    which there is no template at hand.
    """
    scheme = scheme_for(snapshot.facts)
    today = dt.datetime.now().astimezone().date()
    edition = edition_called(like.edition)
    if like.kind == DRAFT_NOTICE:
        folder = documents or Path()
        document = (
            notice_document(snapshot, scheme, edition, folder=folder, today=today)
            if documents
            else going_out(snapshot, scheme, edition)
        )
        return draft_text(document, edited(snapshot, edition), scheme)
    template = template_called(like.kind, documents, own)
    if template is None:
        raise UsageError(f"“{draft_name(like)}”的模板不在本机，不能与台账现状比较", "请与另一份文稿比较")
    document = ledger_document(snapshot, template, today=today, scheme=scheme)
    return draft_text(document, edited(snapshot, Edition(template.edition)), scheme)


def compare_drafts(
    snapshot: Snapshot, one: Draft, other: Draft | None, documents: Path | None = None, own: Path | None = None
) -> Sequence[ParagraphChange]:
    """What differs from ``one`` to ``other``, or to the ledger now. Raises UsageError as ``text_of`` does."""
    later = text_now(snapshot, one, documents, own) if other is None else text_of(other)
    return compare(text_of(one).texts, later.texts)
