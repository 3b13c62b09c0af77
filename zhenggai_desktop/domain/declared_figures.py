"""Figures that a text states about the whole, and where they do not agree with what the text lists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from zhenggai_desktop.domain.plan import ImportPlan, PlanNote, ProposedSection
from zhenggai_desktop.domain.records import Chapter, ChapterRole, DeclaredFigure, SectionCategory
from zhenggai_desktop.domain.source_lines import Line

_FIGURE = re.compile(
    r"(?<![\d.〔年月-])(\d{1,15}(?:\.\d{1,15})?)(余)?(万元|亿元|元|个(?!月|工作日)|项|条|件|人次|人|次|张|份|起|类|方面|名|场|处|家|%)"
)
_ABOUT = re.compile(
    r"问题|整改|措施|制度|线索|立案|了结|处分|诫勉|谈话|移交|办结|办理|事项|追责|问责|警告|处理|大类|方面|挽回|追回|清退|任务|预警卡|约谈|批评教育"
)
_ISSUE_TOTAL = re.compile(
    r"(?<!\d)(\d{1,6})(?:个|项|条)?(?:方面)?(?:的|具体)*(?:问题|整改事项|整改任务|整改问题)|(?:问题|整改事项|整改任务)(?:共|合计)?(\d{1,6})(?:个|项|条)"
)
_PART = re.compile(r"其中|正在|尚未|剩余|未完成|基本完成|继续|重点|难点|突出|牵头|认领|自查|线索|群众|信访|新问题")
_LISTED = re.compile(r"(?<!\d)(\d{1,6})(?:项|个|条)")
_SECTION_TOTAL = re.compile(r"(?<!\d)(\d{1,6})个(?:大类|方面)(?!的?问题)")


_ELSEWHERE = re.compile("立行立改|边巡边改|推动|督促")  # of the inspection itself: no total of what is listed


def declare(plan: ImportPlan, lines: Sequence[Line]) -> None:
    """Fill ``plan.declared`` from its chapters, and doubt the totals that what is listed does not bear out."""
    for chapter in plan.chapters:
        if chapter.role is ChapterRole.CLOSING:
            continue
        plan.declared.extend(_figures(chapter))
    _doubt_totals(plan, lines)
    _doubt_lists(plan)


def _figures(chapter: Chapter) -> Iterable[DeclaredFigure]:
    place = chapter.printed_heading or chapter.title
    for block in chapter.blocks:
        for sentence in re.split(r"(?<=[。；])", block.text):
            for clause in re.split(r"[，。；]", sentence):
                if not _ABOUT.search(clause):
                    continue
                for match in _FIGURE.finditer(clause):
                    yield DeclaredFigure(text=clause, number=Decimal(match[1]), unit=match[3], place=place)


def _doubt_totals(plan: ImportPlan, lines: Sequence[Line]) -> None:
    feedback = [section for section in plan.sections if section.record is None or _answers_feedback(section)]
    headed = sum(len(section.issues) for section in feedback)
    answered = sum(not issue.issues for section in feedback for top in section.issues for issue in top.walk())
    sections = sum(section.record is not None for section in feedback)
    issue_totals: dict[int, int] = {}
    section_totals: dict[int, int] = {}
    for clause, line in _clauses(plan, lines):
        if not _PART.search(clause) and not _ELSEWHERE.search(clause):
            issue_totals |= {int(a or b): line for a, b in _ISSUE_TOTAL.findall(clause)}
        section_totals |= {int(number): line for number in _SECTION_TOTAL.findall(clause)}
    sectioned = not sections and answered == headed in section_totals  # a text may answer section by section
    if headed not in issue_totals and not sectioned:  # a text may count its issues or their sub-issues
        _doubt(plan, "count", issue_totals, answered, "问题")
    _doubt(plan, "section_count", section_totals, sections, "方面")


def _answers_feedback(section: ProposedSection) -> bool:
    return section.record is not None and section.record.category is SectionCategory.FEEDBACK


def _doubt_lists(plan: ImportPlan) -> None:
    """A list beyond the feedback that announces another number of items than it has."""
    for section in plan.sections:
        record = section.record
        if record is None or record.category is SectionCategory.FEEDBACK:
            continue
        totals = {int(number) for number in _LISTED.findall(record.introduction)}
        if totals and len(section.issues) not in totals:
            what = record.title or record.introduction[:12]
            plan.doubts.append(
                PlanNote("list_count", section.line, f"{what}：称{max(totals)}项，列出{len(section.issues)}项")
            )


def _clauses(plan: ImportPlan, lines: Sequence[Line]) -> Iterator[tuple[str, int]]:
    """Clauses of the chapters with the source line in which they stand."""
    at = {line.text: line.number for line in lines}
    for chapter in plan.chapters:
        for block in chapter.blocks:
            for clause in re.split(r"[，。；]", block.text):
                yield clause, at.get(block.text, 0)


def _doubt(plan: ImportPlan, code: str, totals: dict[int, int], listed: int, what: str) -> None:
    extract = bool(totals) and 2 * listed < max(totals)  # some issues of many
    if listed and totals and listed not in totals and not extract:
        most = max(totals)
        plan.doubts.append(PlanNote(code, totals[most], f"{what}：称{most}个，列出{listed}个"))
