"""What others say of the notice: the opinions of reviewing bodies before, the comments of the public after."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from zhenggai_desktop.domain.document_tables import submitted_drafts
from zhenggai_desktop.domain.records import PublicComment, ReviewOpinion, Snapshot
from zhenggai_desktop.errors import UsageError

if TYPE_CHECKING:
    from zhenggai_desktop.services.ledger import Ledger


def add_opinion(
    ledger: Ledger,
    *,
    body: str = "",
    text: str = "",
    adopted: bool | None = None,
    given_on: dt.date | None = None,
    draft_id: int = 0,
) -> ReviewOpinion:
    """Keep a body's opinion of a draft, by default of the one that went out for approval last.

    Raises UsageError where nothing went out for approval yet.
    """
    draft_id = draft_id or _last_submitted(ledger.snapshot)
    with ledger.step("登记会审意见") as writer:
        return writer.add(ReviewOpinion(draft_id=draft_id, body=body, text=text, adopted=adopted, given_on=given_on))


def add_comment(ledger: Ledger, text: str, received_on: dt.date | None = None) -> PublicComment:
    """Keep what somebody said of the published notice. Raises UsageError for no words."""
    if not text.strip():
        raise UsageError("没有写意见的内容", "请写出收到的意见")
    with ledger.step("登记群众意见") as writer:
        return writer.add(PublicComment(text=text.strip(), received_on=received_on))


def answer_comment(ledger: Ledger, number: int, *, answer: str, answered_by: str, answered_on: dt.date) -> None:
    """Keep how the ``number``-th comment (from 1) was answered, by whom and when. Raises UsageError for none such."""
    comments = ledger.snapshot.public_comments
    if not 1 <= number <= len(comments):
        raise UsageError(f"没有第{number}条群众意见", f"现有{len(comments)}条，用 comment 查看")
    with ledger.step("登记群众意见的答复") as writer:
        writer.update(
            PublicComment, comments[number - 1].id, answer=answer, answered_by=answered_by, answered_on=answered_on
        )


def _last_submitted(snapshot: Snapshot) -> int:
    drafts = submitted_drafts(snapshot)
    if not drafts:
        raise UsageError("还没有导出过送审稿", "请先导出送审稿，再登记会审意见")
    return drafts[-1].id
