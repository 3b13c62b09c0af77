"""The frame of a notice that nobody has written yet: title, lead, chapters and closing from the ledger's facts.

Once a ledger has chapters of its own (written or imported) they are printed as they stand and nothing is added.
Gaps that only the clerk can fill are marked with 〔〕, never guessed.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from zhenggai_desktop import texts
from zhenggai_desktop.domain.numbering import chinese_numeral
from zhenggai_desktop.domain.records import (
    BlockKind,
    Chapter,
    ChapterBlock,
    ChapterRole,
    DocumentKind,
    InspectionKind,
    LedgerFacts,
    Snapshot,
)
from zhenggai_desktop.domain.schemes import FrameChapter, Scheme

_TERMS = {InspectionKind.XUNCHA: "巡察", InspectionKind.XUNSHI: "巡视"}
GAP = "〔待填写〕"
CLOSING_UID = "frame-closing"
"""The uid of the closing that the frame gives."""


def inspection_term(kind: InspectionKind) -> str:
    """巡察 or 巡视: the word used everywhere in texts."""
    return _TERMS[kind]


def printed_date(date: dt.date | None) -> str:
    """The date as GB/T 9704-2012 §7.3.5.4 prints it: Arabic digits, full year, no leading zeros; a gap for None."""
    return f"{date.year}年{date.month}月{date.day}日" if date else GAP


_COMMITTEE = re.compile("(?:中共)?(.*(?:委(?!派)|党组))")


def committee_of(facts: LedgerFacts) -> str:
    """Who sent the team: 区委 of 区委第三巡察组, 国资委党委 of 国资委党委巡察组.

    Of the level where the team does not say; "" where neither does.
    """
    match = _COMMITTEE.match(facts.team.partition("巡")[0])
    if match is not None:
        return match[1]
    return texts.LEVEL_NAMES.get(facts.level, "") if facts.level else ""


def notice_title(snapshot: Snapshot) -> str:
    """The title as kept; one from the facts where no notice has been begun; "" for an imported notice without one."""
    facts = snapshot.facts
    if facts.notice_title or _own_chapters(snapshot):
        return facts.notice_title
    name = facts.organisation_short or facts.organisation or GAP
    return f"{name}关于{inspection_term(facts.kind)}整改进展情况的通报"


def notice_chapters(snapshot: Snapshot, scheme: Scheme) -> tuple[Chapter, ...]:
    """The chapters of the notice in order: the ledger's own, or the scheme's frame where it has none."""
    return _own_chapters(snapshot) or _frame(snapshot, scheme)


def _own_chapters(snapshot: Snapshot) -> tuple[Chapter, ...]:
    return tuple(chapter for chapter in snapshot.chapters if chapter.document is DocumentKind.NOTICE)


def _frame(snapshot: Snapshot, scheme: Scheme) -> tuple[Chapter, ...]:
    facts = snapshot.facts
    lead = Chapter(uid="frame-lead", role=ChapterRole.LEAD, blocks=(_prose(_lead(snapshot)),))
    middle = tuple(
        Chapter(
            uid=f"frame-{i}",
            role=chapter.role,
            title=chapter.title,
            blocks=tuple(_headed(chapter)),
        )
        for i, chapter in enumerate(scheme.frame, 1)
    )
    closing = Chapter(uid=CLOSING_UID, role=ChapterRole.CLOSING, blocks=(_prose(_closing(facts)),))
    return (lead, *middle, closing)


def _headed(chapter: FrameChapter) -> Iterator[ChapterBlock]:
    """The headings of a chapter, and below each that the ledger does not fill a gap: a heading with nothing below it
    would go out unseen."""
    for number, heading in enumerate(chapter.headings, 1):
        yield _heading(number, heading)
        yield _prose(GAP)
    if chapter.title and not chapter.headings and chapter.role is ChapterRole.NARRATIVE:
        yield _prose(GAP)


def _prose(text: str) -> ChapterBlock:
    return ChapterBlock(BlockKind.PARAGRAPH, 0, text)


def _heading(number: int, title: str) -> ChapterBlock:
    return ChapterBlock(BlockKind.HEADING, 2, f"（{chinese_numeral(number)}）{title}")


def _lead(snapshot: Snapshot) -> str:
    facts = snapshot.facts
    term = inspection_term(facts.kind)
    team = facts.team or GAP
    committee = committee_of(facts) or GAP
    units = "、".join(unit.name for unit in snapshot.inspected_units) or facts.organisation_short or facts.organisation
    return (
        f"根据{committee}统一部署，{printed_date(facts.inspection_start)}至{printed_date(facts.inspection_end)}，"
        f"{team}对{units or GAP}开展了{term}。{printed_date(facts.feedback_date)}，{team}反馈了{term}意见。"
        f"按照{term}工作要求，现将整改进展情况公布如下。"
    )


def _closing(facts: LedgerFacts) -> str:
    ways = (
        ("联系电话", facts.phone),
        ("邮寄地址", facts.address),
        ("邮政编码", facts.postcode),
        ("电子邮箱", facts.email),
    )
    known = "；".join(f"{caption}：{value}" for caption, value in ways if value) or f"联系电话：{GAP}"
    return f"欢迎干部群众监督整改工作，意见建议可通过以下方式反映。{known}。"
