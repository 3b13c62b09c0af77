"""Families 2, 3, 4 and 7: required parts, unanswered issues, statuses against words, numbering (domain.md §9)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhenggai_desktop.domain.answers import enumeration_doubt
from zhenggai_desktop.domain.blocks import Kind
from zhenggai_desktop.domain.figures import answered_items
from zhenggai_desktop.domain.outline import Outline
from zhenggai_desktop.domain.proofread.findings import DocumentRule, Family, Hit, Severity
from zhenggai_desktop.domain.proofread.subject import Subject
from zhenggai_desktop.domain.records import Issue, Status
from zhenggai_desktop.domain.status_words import unfinished_word
from zhenggai_desktop.domain.workflow import Workflow

_BASIS = re.compile(r"根据|按照|依据|经.{2,20}(?:批准|同意|研究)")


def required_parts(subject: Subject) -> Iterator[tuple[int, Hit]]:
    """Title, basis, dates, team, organisation, contacts, signature and date."""
    facts = subject.facts
    kinds = {text.kind for text in subject.texts}
    opening = "".join(text.text for text in subject.texts[:4])
    wanted = (
        (Kind.TITLE in kinds, "缺少标题"),
        (bool(_BASIS.search(opening)), "开头没有写明巡察的依据"),
        (facts.inspection_start is not None, "开头没有写明巡察的起止日期"),
        (facts.feedback_date is not None, "开头没有写明反馈日期"),
        (bool(facts.team), "开头没有写明巡察组名称"),
        (any(text.is_contact for text in subject.texts), "缺少联系方式"),
        (Kind.SIGNATURE in kinds, "缺少落款单位"),
        (Kind.DATE in kinds, "缺少落款日期"),
    )
    for there, message in wanted:
        if not there:
            yield -1, Hit(0, 0, message)


def unanswered(subject: Subject) -> Iterator[tuple[int, Hit]]:
    """An issue that the notice heads and does not answer."""
    missing = {issue.uid: issue for issue in answered_items(subject.snapshot, answered=False)}
    for i, text in enumerate(subject.texts):
        issue = missing.get(text.anchor.uid) if text.anchor else None
        if issue is not None and text.kind is Kind.HEADING:
            yield i, Hit(0, len(text.text), f"问题“{issue.title}”没有整改情况")


def unfinished_but_done(subject: Subject) -> Iterator[tuple[int, Hit]]:
    """正在, 拟, 预计, 尚未 in the words of a measure that the ledger holds for done."""
    if subject.plan is not None:
        return
    outline = Outline(subject.snapshot)
    workflow = Workflow(outline)
    by_uid = {issue.uid: issue for issue in subject.snapshot.issues}
    for i, text in enumerate(subject.texts):
        issue = by_uid.get(text.anchor.uid) if text.anchor and text.is_answer else None
        for measure in outline.measures_of(issue) if issue else ():
            word = unfinished_word(measure.progress)
            at = text.text.find(measure.progress) if word else -1
            if at >= 0 and workflow.measure_status(measure) is Status.DONE:
                start = at + measure.progress.find(word)
                yield i, Hit(start, start + len(word), f"台账记为已完成，文字中却有“{word}”")


def standing_without_result(subject: Subject) -> Iterator[tuple[int, Hit]]:
    """A standing item needs a stage result."""
    standing = {issue.uid: issue for issue in subject.snapshot.issues if issue.standing}
    told = {text.anchor.uid for text in subject.texts if text.anchor and text.is_answer}
    for i, text in enumerate(subject.texts):
        issue: Issue | None = standing.get(text.anchor.uid) if text.anchor and text.kind is Kind.HEADING else None
        if issue is not None and issue.uid not in told:
            yield i, Hit(0, len(text.text), f"“{issue.title}”需长期坚持，但没有写阶段成效")


def enumerations(subject: Subject) -> Iterator[tuple[int, Hit]]:
    """一是 without 二是, a number of the enumeration missing."""
    for i, text in enumerate(subject.texts):
        doubt = enumeration_doubt([text.text]) if text.kind is Kind.PARAGRAPH else ""
        if doubt:
            at = text.text.find(doubt.split("”")[0].removeprefix("有“").removeprefix("“"))
            yield i, Hit(max(at, 0), max(at, 0) + 2, doubt)


def heading_numbers(subject: Subject) -> Iterator[tuple[int, Hit]]:
    """Numbers of headings skipped or repeated, a level missing: what the reading core doubts already."""
    for note in subject.plan.doubts if subject.plan else ():
        if note.code in ("number", "level_missing"):
            at = next((i for i, text in enumerate(subject.texts) if text.line == note.line), -1)
            yield at, Hit(0, 0 if at < 0 else len(subject.texts[at].text), f"标题编号：{note.text}")


RULES: tuple[DocumentRule, ...] = (
    DocumentRule("required-part", Family.PARTS, Severity.ERROR, required_parts),
    DocumentRule("unanswered", Family.COVERAGE, Severity.ERROR, unanswered),
    DocumentRule("unfinished-done", Family.STATUS, Severity.ERROR, unfinished_but_done),
    DocumentRule("standing-result", Family.STATUS, Severity.ERROR, standing_without_result),
    DocumentRule("enumeration", Family.NUMBERING, Severity.WARNING, enumerations),
    DocumentRule("heading-number", Family.NUMBERING, Severity.WARNING, heading_numbers),
)
