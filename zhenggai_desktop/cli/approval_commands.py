"""The commands around approval and publication: opinions of reviewing bodies, comments of the public."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path

from zhenggai_desktop import texts
from zhenggai_desktop.cli.dates import read_date
from zhenggai_desktop.cli.results import Result, backups_root, json_result, read_snapshot, user_name
from zhenggai_desktop.domain.records import PublicComment, ReviewOpinion, Snapshot
from zhenggai_desktop.errors import UsageError
from zhenggai_desktop.services import approval, drafts
from zhenggai_desktop.services.ledger import Ledger

_ADOPTED = {"yes": True, "no": False}
_ADOPTED_NAMES = {True: "采纳", False: "未采纳", None: "未定"}


def _opinion(arguments: argparse.Namespace) -> Result:
    path = Path(arguments.ledger)
    if not (arguments.body or arguments.text):
        return _opinions(read_snapshot(path), as_json=arguments.json)
    with Ledger.open(path, who=user_name(), backups=backups_root()) as ledger:
        draft_id = drafts.draft_at(ledger.snapshot, arguments.draft).id if arguments.draft else 0
        approval.add_opinion(
            ledger,
            body=arguments.body,
            text=arguments.text,
            adopted=_ADOPTED.get(arguments.adopted),
            given_on=_day(arguments.date),
            draft_id=draft_id,
        )
        return _opinions(ledger.snapshot, as_json=arguments.json)


def _opinions(snapshot: Snapshot, *, as_json: bool) -> Result:
    if as_json:
        return json_result([_opinion_values(opinion) for opinion in snapshot.review_opinions])
    names = {draft.id: drafts.draft_name(draft) for draft in snapshot.drafts}
    lines = [
        f"{number}  {opinion.body}  {_ADOPTED_NAMES[opinion.adopted]}  {texts.date_text(opinion.given_on)}  "
        f"{names[opinion.draft_id]}：{opinion.text}"
        for number, opinion in enumerate(snapshot.review_opinions, 1)
    ]
    return Result("\n".join(lines) or "还没有登记会审意见。")


def _opinion_values(opinion: ReviewOpinion) -> dict[str, object]:
    given = opinion.given_on.isoformat() if opinion.given_on else None
    return {"body": opinion.body, "text": opinion.text, "adopted": opinion.adopted, "given_on": given}


def _comment(arguments: argparse.Namespace) -> Result:
    path = Path(arguments.ledger)
    if bool(arguments.answer) != bool(arguments.number):
        raise UsageError("--answer 要与 --number 一起使用", "请写明答复的是第几条意见")
    if not (arguments.text or arguments.answer):
        return _comments(read_snapshot(path), as_json=arguments.json)
    with Ledger.open(path, who=user_name(), backups=backups_root()) as ledger:
        day = _day(arguments.date)
        if arguments.answer:
            number = int(arguments.number) if arguments.number.isdecimal() else 0
            approval.answer_comment(ledger, number, answer=arguments.answer, answered_by=arguments.by, answered_on=day)
        else:
            approval.add_comment(ledger, arguments.text, day)
        return _comments(ledger.snapshot, as_json=arguments.json)


def _comments(snapshot: Snapshot, *, as_json: bool) -> Result:
    if as_json:
        return json_result([_comment_values(comment) for comment in snapshot.public_comments])
    lines = [
        f"{number}  {texts.date_text(comment.received_on)}  {comment.text}  →  {_answered(comment)}"
        for number, comment in enumerate(snapshot.public_comments, 1)
    ]
    return Result("\n".join(lines) or "还没有登记群众意见。")


def _answered(comment: PublicComment) -> str:
    if not comment.answer:
        return "尚未答复"
    return "  ".join(
        part for part in (comment.answered_by, texts.date_text(comment.answered_on), comment.answer) if part
    )


def _comment_values(comment: PublicComment) -> dict[str, object]:
    return {
        "received_on": comment.received_on.isoformat() if comment.received_on else None,
        "text": comment.text,
        "answered_by": comment.answered_by,
        "answered_on": comment.answered_on.isoformat() if comment.answered_on else None,
        "answer": comment.answer,
    }


def _day(text: str) -> dt.date:
    return read_date(text) if text else dt.datetime.now().astimezone().date()


APPROVAL_COMMANDS: Mapping[str, Callable[[argparse.Namespace], Result]] = {"opinion": _opinion, "comment": _comment}
