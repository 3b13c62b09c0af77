"""A plan of rectification in prose (整改方案): written as a notice is, but what stands below its issues is not done."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from zhenggai_desktop.domain.answer_labels import label_of
from zhenggai_desktop.domain.document_parts import Parts
from zhenggai_desktop.domain.heading_forms import sentence_end
from zhenggai_desktop.domain.numbering import without_mark
from zhenggai_desktop.domain.plan import ImportPlan, ProposedIssue
from zhenggai_desktop.domain.records import BlockKind, ChapterBlock, ChapterRole, DocumentKind, Issue, LedgerFacts
from zhenggai_desktop.domain.typography import core

_TITLE = re.compile(r"整改(?:落实)?(?:工作|实施)?(?:方案|措施清单|任务(?:清单|分解表?)|计划)(?:[（(].{1,12}[）)])?$")
_TOLD = re.compile("情况|进展|成效|结果")
_LABEL = re.compile(
    r"(?:整改)?(?:目标|措施|任务|时限|期限)|(?:责任|牵头|分管|配合)(?:领导|人|部门|单位|科室|股室)|完成(?:时限|时间)|负责人"
)


def is_planned(parts: Parts) -> bool:
    """True for a document whose title calls it a plan (关于落实巡察反馈意见的整改方案) and that tells no progress."""
    if _TITLE.search("".join(line.text for line in parts.title)) is None:
        return False
    return not any(_TOLD.search(label_of(line.text)) for chapter in parts.chapters for line in chapter.lines)


def as_planned(plan: ImportPlan) -> None:
    """Make of a plan that was read as a notice what it is: measures to be taken, with nothing done."""
    plan.document = DocumentKind.WORKBOOK
    facts = plan.facts
    plan.facts = LedgerFacts(
        kind=facts.kind,
        level=facts.level,
        organisation=facts.organisation,
        organisation_short=facts.organisation_short,
        organisation_body=facts.organisation_body,
        team=facts.team,
        inspection_start=facts.inspection_start,
        inspection_end=facts.inspection_end,
        feedback_date=facts.feedback_date,
    )
    plan.chapters = [replace(chapter, document=plan.document) for chapter in plan.chapters]
    _keep_title(plan, facts.notice_title)
    plan.doubts = [note for note in plan.doubts if note.code != "status"]
    for section in plan.sections:
        if section.record is not None:
            section.record = replace(section.record, printed_heading="")
        for issue in section.issues:
            _plan_issue(issue)


def _keep_title(plan: ImportPlan, title: str) -> None:
    """The title at the head of the opening, as in a feedback document."""
    at = next((at for at, chapter in enumerate(plan.chapters) if chapter.role is ChapterRole.LEAD), None)
    if at is not None and title:
        blocks = (ChapterBlock(BlockKind.TITLE, 0, title), *plan.chapters[at].blocks)
        plan.chapters[at] = replace(plan.chapters[at], blocks=blocks)


def _plan_issue(issue: ProposedIssue) -> None:
    for measure in issue.measures:
        record = measure.record
        measure.record = replace(record, content=record.progress, progress="", status=None)
    record = issue.record
    end = sentence_end(record.title)
    title, behind = (record.title[: end - 1], record.title[end:]) if end else (record.title, "")
    behind += "。" if behind and behind[-1] not in "。！？；" else ""  # a heading's own stop was taken off
    told = "\n".join(text for text in (record.answer_introduction, record.public_text) if text)
    note = "" if _covered(told, issue) else told
    issue.record = replace(
        record,
        title=title,
        original_text="\n".join(text for text in (behind, record.original_text) if text),
        note="\n".join(text for text in (record.note, note) if text),
        printed_heading="",
        answer_introduction="",
        public_text="",
        status=None,
    )
    for child in issue.issues:
        _plan_issue(child)


def _covered(told: str, issue: ProposedIssue) -> bool:
    """True where the words below an issue say nothing but what its fields and measures hold."""
    held = sorted((words for text in _held(issue) if (words := core(text))), key=len, reverse=True)
    for line in told.split("\n"):
        words = core(without_mark(line.removeprefix(label_of(line))))
        for text in held:
            words = words.replace(text, "")
        if re.sub(rf"{_LABEL.pattern}|\d|[一二三四五六七八九十]是?", "", words):
            return False
    return True


def _held(issue: ProposedIssue) -> Iterator[str]:
    record: Issue = issue.record
    yield from (record.goal, record.deadline, record.lead_department, record.owner)
    yield from (*record.leaders, *record.supporting_departments, *record.recommendations)
    for measure in issue.measures:
        yield measure.record.content
        yield measure.record.deadline
