"""A feedback document becomes an import plan: sections, issues with their details, recommendations and periods."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from zhenggai_desktop.domain.document_parts import ChapterLines, Parts, prose_block
from zhenggai_desktop.domain.facts_reader import (
    body_of,
    inspected_phrase,
    parse_date,
    read_due_periods,
    read_lead,
    units_of,
)
from zhenggai_desktop.domain.heading_forms import sentence_end
from zhenggai_desktop.domain.issue_tree import IssueTree, Node, feedback_tree, number_doubts
from zhenggai_desktop.domain.plan import ImportPlan, ProposedIssue, ProposedSection
from zhenggai_desktop.domain.records import (
    BlockKind,
    Chapter,
    ChapterBlock,
    ChapterRole,
    Issue,
    LedgerFacts,
    Section,
    new_uid,
)
from zhenggai_desktop.domain.source_lines import Line

_RECOMMENDATIONS = re.compile(
    r"(?:意见(?:和)?建议|整改(?:工作)?(?:意见|建议|要求)|工作建议|建议|几点(?:意见|要求|建议)|下一步.*(?:意见|建议|要求))$"
)
_ISSUES = re.compile(r"问题(?!.*(?:建议|意见|要求)$)|不足")
_OTHER = re.compile(r"成效|成绩|概况|基本情况|总体评价|总体情况|开展情况")
_TITLE_UNIT = re.compile(r"对(.{2,40}?)(?:开展)?(?:常规|专项|提级|政治)?(?:巡察|巡视)")
_DEEPEST = 3


def read_feedback(parts: Parts, plan: ImportPlan, *, tabled: bool = False) -> None:
    """Fill ``plan`` with everything that the parts of a feedback document, or of a ledger's text, say.

    ``tabled``: the issues stand in tables, so that chapters which hold none are prose.
    """
    _FeedbackReader(parts, plan, tabled=tabled).read()


class _FeedbackReader:
    def __init__(self, parts: Parts, plan: ImportPlan, *, tabled: bool) -> None:
        self._parts = parts
        self._plan = plan
        self._tabled = tabled
        self._recommendations: list[str] = []

    def read(self) -> None:
        parts = self._parts
        self._chapter(ChapterRole.LEAD, [*parts.title, *parts.opening], titles=len(parts.title))
        holding = [chapter for chapter in parts.chapters if _holds_issues(chapter)]
        if holding:
            self._chapters_around([*holding, *filter(_said_to_hold, parts.chapters)])
        elif self._tabled:
            for chapter in parts.chapters:
                self._prose_or_recommendations(chapter)
        else:
            self._chapters_as_sections()
        closing = [*parts.closing, *parts.signature, *([parts.date] if parts.date else [])]
        self._chapter(ChapterRole.CLOSING, closing)
        self._facts()

    # --- chapters

    def _chapters_around(self, holding: Sequence[ChapterLines]) -> None:
        for chapter in self._parts.chapters:
            if chapter in holding:
                tree = feedback_tree(chapter.lines)
                self._chapter(ChapterRole.ISSUES, tree.before, chapter.heading)
                self._issues(tree)
            else:
                self._prose_or_recommendations(chapter)

    def _chapters_as_sections(self) -> None:
        """一、二、三 are themselves the sections, apart from chapters of praise and of recommendations."""
        lines: list[Line] = []
        for chapter in self._parts.chapters:
            title = chapter.heading.body if chapter.heading else ""
            prose = _OTHER.search(title) or _RECOMMENDATIONS.search(title)
            if not prose or _said_to_hold(chapter):
                lines += [*([chapter.heading] if chapter.heading else []), *chapter.lines]
                continue
            self._prose_or_recommendations(chapter)
        self._issues(feedback_tree(lines))

    def _prose_or_recommendations(self, chapter: ChapterLines) -> None:
        title = chapter.heading.body.rstrip("。：") if chapter.heading else ""
        if not _RECOMMENDATIONS.search(title):
            self._chapter(ChapterRole.NARRATIVE, chapter.lines, chapter.heading)
            return
        marked = [line for line in chapter.lines if line.mark]
        self._recommendations += [line.body for line in marked]
        self._chapter(ChapterRole.NARRATIVE, [line for line in chapter.lines if not line.mark], chapter.heading)

    def _chapter(self, role: ChapterRole, lines: Sequence[Line], heading: Line | None = None, titles: int = 0) -> None:
        if not lines and heading is None:
            return
        title_blocks = [ChapterBlock(BlockKind.TITLE, 0, line.text) for line in lines[:titles]]
        self._plan.chapters.append(
            Chapter(
                id=len(self._plan.chapters) + 1,
                uid=new_uid(),
                document=self._plan.document,
                role=role,
                title=heading.body if heading else "",
                printed_heading=heading.text if heading else "",
                blocks=(*title_blocks, *map(prose_block, lines[titles:])),
            )
        )

    # --- sections and issues

    def _issues(self, tree: IssueTree) -> None:
        roots = tree.roots
        self._check_numbers(roots)
        loose = [root for root in roots if not tree.heads_section(root)]
        if loose:
            self._plan.sections.append(ProposedSection(None, 0, [self._issue(root, 1) for root in loose]))
        for root in filter(tree.heads_section, roots):
            title, rest = _title(root)
            introduction = "\n".join(text for text in (rest, *(line.text for line in root.texts)) if text)
            section = ProposedSection(Section(uid=new_uid(), title=title, introduction=introduction), root.line.number)
            section.issues.extend(self._issue(child, 1) for child in root.children)
            self._check_numbers(root.children)
            self._plan.sections.append(section)

    def _issue(self, node: Node, depth: int) -> ProposedIssue:
        title, rest = _title(node)
        texts = [text for text in (rest, *(line.text for line in node.texts)) if text]
        if depth == _DEEPEST:
            texts += [text for child in node.children for below in child.walk() for text in _all_words(below)]
        record = Issue(uid=new_uid(), title=title, original_text="\n".join(texts))
        proposed = ProposedIssue(record, node.line.number, node.line.mark.text if node.line.mark else "")
        if depth < _DEEPEST:
            self._check_numbers(node.children)
            proposed.issues.extend(self._issue(child, depth + 1) for child in node.children)
        return proposed

    def _check_numbers(self, nodes: Sequence[Node]) -> None:
        self._plan.doubts.extend(number_doubts(nodes))

    # --- facts

    def _facts(self) -> None:
        parts = self._parts
        lead = "".join(line.text for line in parts.opening)
        title = "".join(line.text for line in parts.title)
        facts = read_lead(LedgerFacts(), lead or title)
        if facts.feedback_date is None and parts.date:
            facts = replace(facts, feedback_date=parse_date(parts.date.text))
        if not facts.team and parts.signature:
            facts = replace(facts, team=parts.signature[-1].text)
        named = _TITLE_UNIT.search(title)
        unit = inspected_phrase(lead) or (named[1] if named else "")
        everything = "\n".join(line.text for line in self._all_lines())
        facts = read_due_periods(facts, everything)
        self._plan.facts = replace(
            facts, organisation=unit, organisation_body=body_of(unit), recommendations=tuple(self._recommendations)
        )
        self._plan.inspected_units = units_of(unit)

    def _all_lines(self) -> list[Line]:
        parts = self._parts
        return [*parts.opening, *(line for chapter in parts.chapters for line in chapter.lines), *parts.closing]


def _holds_issues(chapter: ChapterLines) -> bool:
    """True for a chapter like 巡察发现的主要问题 that has numbered lines below it."""
    if chapter.heading is None or not any(line.mark or line.role.heads_record for line in chapter.lines):
        return False
    title = chapter.heading.body
    own = re.match(r"(?:关于|针对).+(?:方面|问题)", title)
    return bool(_ISSUES.search(title)) and not own and not _RECOMMENDATIONS.search(title)


def _said_to_hold(chapter: ChapterLines) -> bool:
    """True where a person said of one of the lines that it heads a section or an issue."""
    return any(line.role.heads_record for line in chapter.lines)


def _title(node: Node) -> tuple[str, str]:
    """The first sentence of a numbered line without its stop, and the words after it."""
    body = node.line.body
    end = sentence_end(body)
    if not end:
        return body.rstrip("：；"), ""
    return body[: end - 1] or body, body[end:]


def _all_words(node: Node) -> list[str]:
    return [node.line.text, *(line.text for line in node.texts)]
