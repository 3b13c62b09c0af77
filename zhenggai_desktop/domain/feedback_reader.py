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
from zhenggai_desktop.domain.feedback_nodes import issues_in, issues_of
from zhenggai_desktop.domain.feedback_requests import end_of_issues, requests_in
from zhenggai_desktop.domain.heading_forms import sentence_end
from zhenggai_desktop.domain.issue_tree import IssueTree, Node, number_doubts, runs_on
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
from zhenggai_desktop.domain.units import name_units

_RECOMMENDATIONS = re.compile(
    r"(?:意见(?:和)?建议|整改(?:工作)?(?:意见|建议|要求)|工作建议|建议|几点(?:意见|要求|建议)|下一步.*(?:意见|建议|要求))$"
)
_ISSUES = re.compile(r"问题(?!.*(?:建议|意见|要求)$)|不足")
_OTHER = re.compile(r"成效|成绩|概况|基本情况|总体评价|总体情况|开展情况")
_TITLE_UNITS = tuple(
    re.compile(pattern)
    for pattern in (
        r"对(.{2,40}?)(?:开展|进行)?(?:常规|专项|提级|政治)?(?:巡察|巡视)",
        r"(?:向|给)(.{2,40}?)(?:党组织)?反馈",
        r"(?:巡察|巡视)(?!组|反馈|整改|发现)(.{2,40}?)(?:的)?(?:反馈意见|情况|意见)",
    )
)
_ADDRESSED = re.compile(r"[一-龥]{2,24}(?:党组|党委|党工委|党总支|党支部|委员会|局|办公室|中心|街道|镇|乡)：")
_DATED = re.compile(r"（?\d{4}年\d{1,2}月\d{1,2}日）?")
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
        self._ends: dict[int, Node] = {}  # the last heading of the list before, by rank

    def read(self) -> None:
        parts = self._parts
        tail = self._opening()
        tails = self._tails()
        holding = [chapter for chapter in parts.chapters if _holds_issues(chapter)]
        if holding:
            self._chapters_around([*holding, *filter(_said_to_hold, parts.chapters)])
        elif self._tabled:
            for chapter in parts.chapters:
                self._prose_or_recommendations(chapter)
        else:
            self._chapters_as_sections()
        self._requests([*tail, *tails])
        closing = [*parts.closing, *parts.signature, *([parts.date] if parts.date else [])]
        self._chapter(ChapterRole.CLOSING, closing)
        self._facts()

    # --- chapters

    def _opening(self) -> list[Line]:
        """Keep the opening and the issues that a paragraph of it enumerates where there are no others.

        What follows those is given back.
        """
        parts = self._parts
        opening, nodes, tail = parts.opening, list[Node](), list[Line]()
        if not parts.chapters and not self._tabled:
            for i, line in enumerate(parts.opening):
                words, nodes = issues_in(line)
                if nodes:
                    opening, tail = [*opening[:i], replace(line, text=words)], opening[i + 1 :]
                    break
        self._chapter(ChapterRole.LEAD, [*parts.title, *opening], titles=len(parts.title))
        if nodes:
            self._issues(IssueTree(roots=nodes, section_rank=0))
        return tail

    def _tails(self) -> list[Line]:
        """Take from the chapters without headings for it what stands behind their issues."""
        tails: list[Line] = []
        for chapter in self._parts.chapters:
            title = chapter.heading.body if chapter.heading else ""
            if not _RECOMMENDATIONS.search(title.rstrip("。：")) and any(line.mark for line in chapter.lines):
                end = end_of_issues(chapter.lines)
                tails += chapter.lines[end:]
                chapter.lines = chapter.lines[:end]
        return tails

    def _requests(self, lines: Sequence[Line]) -> None:
        found = requests_in(lines)
        self._recommendations += found.recommendations
        self._chapter(ChapterRole.NARRATIVE, found.prose)

    def _chapters_around(self, holding: Sequence[ChapterLines]) -> None:
        held = {id(chapter) for chapter in holding}  # asking for equal ones costs the square of their number
        several = any(known.role is ChapterRole.ISSUES for known in self._plan.chapters)
        for chapter in self._parts.chapters:
            if id(chapter) in held:
                tree = issues_of(chapter.lines)
                before = len(self._plan.chapters)
                self._chapter(ChapterRole.ISSUES, tree.before, chapter.heading)
                self._issues(tree, self._plan.chapters[-1].id if several else None)
                several = several or len(self._plan.chapters) > before
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
        self._issues(issues_of(lines))

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

    def _issues(self, tree: IssueTree, chapter_id: int | None = None) -> None:
        roots = tree.roots
        self._check_numbers(roots)
        headed, loose = tree.divided()
        if loose:
            nameless = Section(uid=new_uid(), chapter_id=chapter_id) if chapter_id else None
            self._plan.sections.append(ProposedSection(nameless, 0, [self._issue(root, 1) for root in loose]))
        for root in headed:
            title, rest = _title(root)
            introduction = "\n".join(text for text in (rest, *(line.text for line in root.texts)) if text)
            record = Section(uid=new_uid(), title=title, introduction=introduction, chapter_id=chapter_id)
            section = ProposedSection(record, root.line.number)
            section.issues.extend(self._issue(child, 1) for child in root.children)
            self._check_numbers([child for child in root.children if child.line.mark])
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
        """Doubt numbers of one list; it may go on from the one before, where numbers run through the sections."""
        if not nodes:
            return
        before = self._ends.get(nodes[0].rank)
        self._plan.doubts.extend(number_doubts(nodes, through=before if runs_on(before, nodes[0]) else None))
        self._ends[nodes[-1].rank] = nodes[-1]

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
        if facts.feedback_date is None:
            dated = next((line for line in parts.opening if _DATED.fullmatch(line.text)), None)
            facts = replace(facts, feedback_date=parse_date(dated.text) if dated else None)
        unit = inspected_phrase(lead) or self._unit_named(title)
        everything = "\n".join(line.text for line in self._all_lines())
        facts = read_due_periods(facts, everything)
        self._plan.facts = replace(
            facts, organisation=unit, organisation_body=body_of(unit), recommendations=tuple(self._recommendations)
        )
        self._plan.inspected_units = units_of(unit)
        name_units(self._plan)

    def _unit_named(self, title: str) -> str:
        """The inspected body as the title names it, or as the document addresses it."""
        named = next((match[1] for pattern in _TITLE_UNITS if (match := pattern.search(title))), "")
        addressed = self._parts.opening[0].text if self._parts.opening else ""
        return named or (addressed.rstrip("：") if _ADDRESSED.fullmatch(addressed) else "")

    def _all_lines(self) -> list[Line]:
        parts = self._parts
        return [*parts.opening, *(line for chapter in parts.chapters for line in chapter.lines), *parts.closing]


def _holds_issues(chapter: ChapterLines) -> bool:
    """True for a chapter like 巡察发现的主要问题 that has numbered lines below it."""
    if chapter.heading is None or not any(line.mark or line.role.heads_record for line in chapter.lines):
        return False
    title = chapter.heading.body
    if re.search(r"线索|信访", title):
        return False
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
