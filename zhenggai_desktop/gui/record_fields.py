"""What there is to read about a record: captions and words in groups, empty fields left out. No widgets here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zhenggai_desktop.domain.outline import Outline
from zhenggai_desktop.domain.records import Issue, LedgerFacts, Measure, Section, WithheldGround
from zhenggai_desktop.domain.workflow import Duties, Workflow
from zhenggai_desktop.texts import (
    CATEGORY_NAMES,
    INSPECTION_NAMES,
    LEVEL_NAMES,
    WITHHELD_NAMES,
    date_text,
    field_name,
    list_text,
    status_text,
    track_text,
)

Field = tuple[str, str]  # caption and words


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that belong together, under a heading; "" for the first group, which needs none."""

    heading: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class RecordText:
    """Everything the window shows about one record. ``place`` says where it stands, from the top."""

    place: str
    title: str
    groups: tuple[Group, ...]


def describe_section(section: Section, outline: Outline) -> RecordText:
    """A section with the count of its issues."""
    issues = outline.issues_of(section)
    below = sum(1 for issue in issues for _ in outline.walk_below(issue)) - len(issues)
    fields = [
        *_named(Section, category=CATEGORY_NAMES[section.category], source=section.source),
        ("问题", f"{len(issues)}个" + (f"，具体表现{below}个" if below else "")),
        *_named(Section, introduction=section.introduction, note=section.note),
    ]
    return RecordText(f"方面 {outline.section_number(section)}", section.title, _groups(("", fields)))


def describe_issue(issue: Issue, workflow: Workflow) -> RecordText:
    """An issue with its own words, its duties and its measures."""
    outline = workflow.outline
    status = status_text(workflow.status(issue)) + ("" if issue.status is None else "（手工设定）")
    measures = outline.measures_of(issue)
    groups = [
        ("", [("完成情况", status), *_duties(workflow.duties(issue)), *_more(issue)]),
        ("反馈", [*_feedback(issue)]),
        ("公开", [*_public(issue)]),
    ]
    groups += [(f"措施 {at}", [*_measure(measure, workflow)]) for at, measure in enumerate(measures, 1)]
    return RecordText(_place(issue, outline), issue.title, _groups(*groups))


def describe_measure(measure: Measure, workflow: Workflow) -> RecordText:
    """A measure with the duties that count for it."""
    outline = workflow.outline
    issue = outline.issue(measure.issue_id)
    fields = [*_measure(measure, workflow), *_duties(workflow.measure_duties(measure))]
    at = outline.measures_of(issue).index(measure) + 1
    place = f"{_place(issue, outline)} › {issue.title}"
    return RecordText(place, f"措施 {at}", _groups(("", fields)))


def describe_ledger(facts: LedgerFacts, units: Sequence[str]) -> RecordText:
    """The ledger's own facts: who answers for it, what was inspected when, how to reach the office."""
    inspection = INSPECTION_NAMES[facts.kind]
    period = " 至 ".join(filter(None, (date_text(facts.inspection_start), date_text(facts.inspection_end))))
    level = "" if facts.level is None else LEVEL_NAMES[facts.level]
    basics = [
        *_named(LedgerFacts, organisation=facts.organisation),
        (f"被{inspection}单位", list_text(tuple(units))),
        ("级别", level),
        (f"{inspection}组", facts.team),
        (f"{inspection}时间", period),
        *_dates(facts, "feedback_date", "plan_due", "concentrated_end", "report_due", "publication_date"),
    ]
    contacts = _named(LedgerFacts, phone=facts.phone, address=facts.address, postcode=facts.postcode, email=facts.email)
    signature = _named(
        LedgerFacts, signature_organisation=facts.signature_organisation, signature_date=facts.signature_date
    )
    advice = [(f"意见 {at}", text) for at, text in enumerate(facts.recommendations, 1)]
    groups = _groups(("", basics), ("联系方式", [*contacts]), ("落款", [*signature]), ("意见建议", advice))
    return RecordText("台账", facts.organisation or "未填写责任单位", groups)


def _place(issue: Issue, outline: Outline) -> str:
    section = outline.section_of(issue)
    above = [] if section is None else [section.title]
    above += [step.title for step in outline.path(issue)[:-1]]
    return " › ".join([f"问题 {outline.number(issue)}", *above])


def _duties(duties: Duties) -> Iterator[Field]:
    yield "整改时限", duties.deadline
    yield "到期日", date_text(duties.due_on)
    yield "整改类型", track_text(duties.track, standing=duties.standing)
    yield "责任领导", list_text(duties.leaders)
    yield "牵头部门", duties.lead_department
    yield "配合部门", list_text(duties.supporting_departments)
    yield "责任人", duties.owner


def _more(issue: Issue) -> Iterator[Field]:
    yield from _named(
        Issue,
        units=list_text(issue.units),
        goal=issue.goal,
        answered_by=issue.answered_by,
        completed_on=date_text(issue.completed_on),
        note=issue.note,
    )
    yield "重点", "是" if issue.emphasis else ""
    yield "销号", "已销号" if issue.closed else ""


def _feedback(issue: Issue) -> Iterator[Field]:
    yield "反馈原文", issue.original_text
    for at, text in enumerate(issue.recommendations, 1):
        yield "整改意见" if len(issue.recommendations) == 1 else f"整改意见 {at}", text


def _public(issue: Issue) -> Iterator[Field]:
    yield "答复开头", issue.answer_introduction
    yield "公开文字", issue.public_text
    if issue.withheld != WithheldGround.NONE:
        yield "不公开理由", WITHHELD_NAMES[issue.withheld]
        yield "拟用表述", issue.withheld_wording
        yield "不公开审批", issue.withheld_approval


def _measure(measure: Measure, workflow: Workflow) -> Iterator[Field]:
    yield "完成情况", status_text(workflow.measure_status(measure))
    yield from _named(
        Measure,
        content=measure.content,
        progress=measure.progress,
        completed_on=date_text(measure.completed_on),
        note=measure.note,
    )


def _dates(facts: LedgerFacts, *names: str) -> Iterator[Field]:
    for name in names:
        yield field_name(LedgerFacts, name), date_text(getattr(facts, name))


def _named(kind: type[LedgerFacts | Section | Issue | Measure], **words: str) -> Iterator[Field]:
    """Fields under their shared captions."""
    for name, text in words.items():
        yield field_name(kind, name), text


def _groups(*groups: tuple[str, Sequence[Field]]) -> tuple[Group, ...]:
    """Groups without their empty fields; groups without fields are left out."""
    filled = ((heading, tuple((caption, text) for caption, text in fields if text)) for heading, fields in groups)
    return tuple(Group(heading, fields) for heading, fields in filled if fields)
