"""Title, signature and date of a returned draft: the ledger's own facts."""

from __future__ import annotations

from collections.abc import Sequence

from zhenggai_desktop.domain.draft_text import DraftBlock, comparable
from zhenggai_desktop.domain.frame import notice_title
from zhenggai_desktop.domain.line_merging import merged_text
from zhenggai_desktop.domain.records import DocumentKind, LedgerFacts, Snapshot
from zhenggai_desktop.domain.returned_target import Owned
from zhenggai_desktop.domain.takes import SetValue

STANDS_ALWAYS = "这一行空着时仍照台账的基本信息印出，请在定稿里删去"


def fact_take(snapshot: Snapshot, one: Owned, blocks: Sequence[DraftBlock]) -> SetValue | str | None:
    """What the changed lines set; a sentence where the ledger cannot be without such a line, None for nothing."""
    facts = snapshot.facts
    begun = any(chapter.document is DocumentKind.NOTICE for chapter in snapshot.chapters)
    base = "\n".join(blocks[at].text for at in one.base)
    theirs = "\n".join(line.text for line in one.target)
    otherwise = {  # what is printed where the fact is empty
        "title": notice_title(snapshot),
        "signature": "" if begun else facts.organisation,
        "date": base if facts.publication_date and not begun else "",
    }[one.owner.uid]
    name, ours = {
        "title": ("notice_title", facts.notice_title.replace("\n", "")),  # a chosen break says nothing of the words
        "signature": ("signature_organisation", facts.signature_organisation),
        "date": ("signature_date", facts.signature_date),
    }[one.owner.uid]
    if not theirs and otherwise and not (name == "notice_title" and begun):
        return STANDS_ALWAYS
    ours = ours or otherwise
    value, conflict = merged_text(base, ours, theirs)
    if comparable(value) == comparable(ours):
        return None
    return SetValue((LedgerFacts, facts.uid), name, value, ours, conflict)
